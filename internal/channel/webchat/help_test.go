package webchat_test

import (
	"encoding/json"
	"encoding/xml"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"passdesk/internal/channel/webchat"
)

// TestHelpPages: every answer has a page in every language, with all that search engines want.
func TestHelpPages(t *testing.T) {
	s := open(t, func(o *webchat.Options) { o.PublicURL = "https://help.example.com/" })
	c := s.customer("en")
	for _, language := range []string{"ja", "en"} {
		list := c.get("/help/" + language).page
		for _, a := range s.Options.Articles(language) {
			wants(t, "list", list, `href="/help/`+language+"/"+a.ID+`"`)
			c.get("/help/" + language + "/" + a.ID)
			if c.status != http.StatusOK {
				t.Errorf("%s: status %d", c.at, c.status)
			}
			wants(t, a.ID, c.page, `<html lang="`+language+`">`, "<h1>"+html.EscapeString(a.Title)+"</h1>",
				`<link rel="canonical" href="https://help.example.com/help/`+language+`/`+a.ID+`">`,
				`hreflang="ja" href="https://help.example.com/help/ja/`+a.ID, `hreflang="en" href="https://help.example.com/help/en/`+a.ID,
				`<meta name="description" content="`, `href="/?lang=`+language+`"`, a.Reviewed)
			for _, part := range a.Parts {
				for _, item := range part.Items {
					wants(t, a.ID, c.page, item.Text, item.URL)
				}
			}
			checkStructured(t, c.page, a.Title)
			if got := c.answer.Get("Cache-Control"); got != "public, max-age=300" || len(c.answer.Values("Set-Cookie")) > 0 {
				t.Errorf("%s: Cache-Control %q, cookies %q", a.ID, got, c.answer.Values("Set-Cookie"))
			}
		}
	}
	for _, address := range []string{"/help/fr", "/help/ja/nothing", "/help/fr/overview", "/help/ja/", "/help/", "/help/ja/overview/", "/nothing", "/assets/x.css"} {
		if c.get(address); c.status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, c.status)
		}
		wants(t, address, c.page, "Page not found", `href="/"`, `href="/help/en"`, "noindex")
	}
}

var data = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

func checkStructured(t *testing.T, page, title string) {
	t.Helper()
	found := data.FindStringSubmatch(page)
	var got struct {
		Type       string `json:"@type"`
		MainEntity []struct {
			Name           string
			AcceptedAnswer struct{ Text string }
		}
	}
	if found == nil || json.Unmarshal([]byte(found[1]), &got) != nil || got.Type != "FAQPage" || len(got.MainEntity) != 1 {
		t.Fatalf("structured data %.300q", found)
	}
	if got.MainEntity[0].Name != title || len(got.MainEntity[0].AcceptedAnswer.Text) < 40 {
		t.Errorf("structured data of %q: %+v", title, got.MainEntity[0])
	}
}

// TestHelpIsKept: a browser that has the page gets it only when it has changed.
func TestHelpIsKept(t *testing.T) {
	version := "v1"
	c := open(t, func(o *webchat.Options) { o.Version = func() string { return version } }).customer("ja")
	for _, address := range []string{"/help/ja", "/help/ja/overview"} {
		tag := c.get(address).answer.Get("ETag")
		if c.header.Set("If-None-Match", tag); c.get(address).status != http.StatusNotModified || tag == "" {
			t.Errorf("%s: status %d with tag %q", address, c.status, tag)
		}
		version += "x"
		if c.get(address); c.status != http.StatusOK {
			t.Errorf("%s: status %d after a change", address, c.status)
		}
		c.header.Del("If-None-Match")
	}
}

// TestSitemap: search engines find every help page, and nothing else.
func TestSitemap(t *testing.T) {
	s := open(t, nil)
	c := s.customer("en").get("/sitemap.xml")
	var got struct {
		URL []struct {
			Loc  string `xml:"loc"`
			Link []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(c.page), &got); err != nil {
		t.Fatal(err)
	}
	if want := 2 * (2 + len(s.Options.Articles("ja"))); len(got.URL) != want {
		t.Errorf("%d pages, want %d", len(got.URL), want)
	}
	for _, page := range got.URL {
		if len(page.Link) != 2 || !strings.HasPrefix(page.Loc, s.URL) {
			t.Errorf("page %+v", page)
		}
		if c.get(strings.TrimPrefix(page.Loc, s.URL)); c.status != http.StatusOK {
			t.Errorf("%s: status %d", page.Loc, c.status)
		}
	}
	c.get("/robots.txt")
	wants(t, "robots", c.page, "Sitemap: "+s.URL+"/sitemap.xml", "Disallow: /agent/")
}
