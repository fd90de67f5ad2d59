package webchat_test

import (
	"net/http"
	"strings"
	"testing"

	"passdesk/internal/channel/webchat"
)

// TestEmbed: who may put the chat into their pages, and what they load.
func TestEmbed(t *testing.T) {
	s := open(t, func(o *webchat.Options) { o.FrameAncestors = []string{"https://www.example.com"} })
	c := s.customer("en").get("/embed")
	wants(t, "policy", c.answer.Get("Content-Security-Policy"), "frame-ancestors 'self' https://www.example.com")
	wants(t, "page", c.page, `class="embedded"`, `action="/embed"`, "noindex", "Open in its own window")
	c.path = "/embed"
	if c.send("command", "human"); c.at.Path != "/embed" {
		t.Errorf("leads to %s", c.at)
	}
	wants(t, "page", c.page, `data-listen="/embed/events"`)
	wants(t, "policy", s.customer("en").get("/").answer.Get("Content-Security-Policy"), "frame-ancestors 'none'")

	c.get("/embed.js")
	if len(c.page) > 5000 || !strings.HasPrefix(c.answer.Get("Content-Type"), "text/javascript") || c.answer.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("%d bytes, %v", len(c.page), c.answer)
	}
	wants(t, "script", c.page, `"open":"パスワードのヘルプ"`, `"close":"Close"`)
	wantsNot(t, "script", c.page, `"words"`, ".style", "innerHTML")
	wants(t, "demo", c.get("/embed/demo").page, s.URL+"/embed.js", `data-language="auto"`)
	if c = open(t, nil).customer("en").get("/embed"); !strings.HasSuffix(c.answer.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
		t.Errorf("policy %q", c.answer.Get("Content-Security-Policy"))
	}
}

// TestOptions: settings that cannot be meant are refused.
func TestOptions(t *testing.T) {
	for _, change := range []func(*webchat.Options){
		func(o *webchat.Options) { o.FrameAncestors = []string{"*"} },
		func(o *webchat.Options) { o.FrameAncestors = []string{"https://a.example/path"} },
		func(o *webchat.Options) { o.FrameAncestors = []string{"https://a.example; script-src *"} },
		func(o *webchat.Options) { o.FrameAncestors = []string{"javascript:alert(1)"} },
		func(o *webchat.Options) { o.PublicURL = "help.example.com" },
		func(o *webchat.Options) { o.PublicURL = "ftp://help.example.com" },
		func(o *webchat.Options) { o.Limits.Remembered = -1 },
	} {
		var o webchat.Options
		change(&o)
		if _, err := webchat.New(o); err == nil {
			t.Errorf("New(%+v): no error", o)
		}
	}
}

// TestFirstPageIsLight: what comes over the wire until the page is there.
func TestFirstPageIsLight(t *testing.T) {
	c := open(t, nil).customer("ja")
	c.header.Set("Accept-Encoding", "gzip")
	c.get("/")
	wire, requests := len(c.page), 1
	for _, found := range assetAddress.FindAllString(c.page, -1) {
		c.get(found)
		if c.status != http.StatusOK || c.answer.Get("Content-Encoding") != "gzip" || !strings.Contains(c.answer.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, %v", found, c.status, c.answer)
		}
		wire += len(c.page)
		requests++
	}
	if wire > 30_000 || requests > 3 {
		t.Errorf("%d bytes in %d requests", wire, requests)
	}
	t.Logf("%d bytes in %d requests", wire, requests)
	c.header.Set("Accept-Encoding", "identity")
	script := c.get(assetAddress.FindAllString(c.get("/").page, -1)[1]).page
	if len(script) < 1000 || len(script) > 4096 || c.answer.Get("Content-Encoding") != "" {
		t.Errorf("the script has %d bytes, %v", len(script), c.answer)
	}
}
