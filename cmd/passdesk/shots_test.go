package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"passdesk/internal/browsertest"
)

var shots = flag.String("shots", "", "directory to write pictures of the customers' pages into, for people to look at")

// TestShots draws what customers see, for people. The console has the same.
func TestShots(t *testing.T) {
	if *shots == "" {
		t.Skip("no -shots")
	}
	chromium := browsertest.New(os.Getenv)
	t.Cleanup(chromium.Stop)
	at, _ := site(t)
	pages := []struct {
		name, address string
		press         []string
	}{
		{"first", "/", nil},
		{"windows", "/", []string{"prompt:unsure"}},
		{"answer", "/", []string{"prompt:vpn", "vpn-generation:current", "vpn-need:signin"}},
		{"update", "/", []string{"prompt:netupdate"}},
		{"person", "/", []string{"prompt:vpn", "human"}},
		{"demo", "/embed/demo", nil},
		{"help", "/help/", nil},
		{"article", "/help/", []string{"/vpn-signin"}},
	}
	looks := map[string]browsertest.Options{
		"wide": {Width: 900, Height: 900}, "phone": {Width: 360, Height: 740}, "dark": {Width: 360, Height: 740, Dark: true}, "forced": {Width: 360, ForcedColors: true},
	}
	for _, language := range []string{"ja", "en"} {
		for look, o := range looks {
			o.Language, o.NoScript = language, true
			for _, page := range pages {
				address, press := at+page.address, page.press
				if page.address == "/help/" {
					address += language
				}
				if len(press) == 1 && press[0][0] == '/' {
					address, press = address+press[0], nil
				}
				p := chromium.Page(t, address, o)
				for _, value := range press {
					p.ClickAndLoad(`button[value="` + value + `"]`)
				}
				p.Screenshot(filepath.Join(*shots, page.name+"-"+language+"-"+look+".png"))
			}
		}
	}
}
