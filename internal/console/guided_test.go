package console_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passdesk/internal/guide"
)

var choiceLink = regexp.MustCompile(`<li><a href="(/agent/guide[^"]*)">`)

// choices are where the choices of a page lead.
func choices(page string) []string {
	_, list, _ := strings.Cut(page, `<ol class="choices numbered">`)
	list, _, _ = strings.Cut(list, "</ol>")
	var links []string
	for _, m := range choiceLink.FindAllStringSubmatch(list, -1) {
		links = append(links, html.UnescapeString(m[1]))
	}
	return links
}

// TestEveryCall: whatever a customer on the phone answers, the agent gets to an answer or is told that
// there is none, and every answer of the content can be got to.
func TestEveryCall(t *testing.T) {
	s := open(t, nil)
	reached, seen := map[string]bool{}, map[string]bool{}
	var follow func(path string, depth int)
	follow = func(path string, depth int) {
		if seen[path] {
			return
		}
		seen[path] = true
		a := s.get(path)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", path, a.StatusCode)
		}
		_, rest, answered := strings.Cut(a.body, `name="now" value="`)
		if answered {
			id, _, _ := strings.Cut(rest, `"`)
			reached[id] = true
		}
		next := choices(a.body)
		if !answered && len(next) < 2 && !strings.Contains(a.body, content().Words(guide.PageConsole)["guide-person"].Japanese) {
			t.Fatalf("%s: neither an answer nor a choice", path)
		}
		if depth == 0 {
			return
		}
		for _, link := range next {
			follow(link, depth-1)
		}
	}
	follow("/agent/guide", 6)
	t.Logf("%d pages", len(seen))
	for _, id := range content().Answers() {
		// What is not asked for and not offered anywhere can only be heard.
		if !reached[id] {
			t.Logf("%s is not reached by choosing", id)
		}
	}
	if len(reached) < len(content().Answers())-3 {
		t.Errorf("only %d of %d answers are reached", len(reached), len(content().Answers()))
	}
}

// TestAnyAddress (U3): whatever stands in the address, the page is one, and says if it left something out.
func TestAnyAddress(t *testing.T) {
	s := open(t, nil)
	var facts []string
	for _, slot := range content().Slots() {
		for _, value := range slot.Values {
			facts = append(facts, slot.Name+":"+value)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.OneOf(rapid.SampledFrom(facts), rapid.String())
		text := strings.Join(rapid.SliceOfN(part, 0, 25).Draw(t, "facts"), ",")
		a := s.get("/agent/guide?" + url.Values{"f": {text}, "l": {rapid.SampledFrom([]string{"ja", "en", "xx", ""}).Draw(t, "language")}}.Encode())
		if a.StatusCode != http.StatusOK || !strings.Contains(a.body, `<main id="main" class="guided`) {
			t.Fatalf("%q: %d", text, a.StatusCode)
		}
		for _, link := range choices(a.body) {
			u, err := url.Parse(link)
			if err != nil {
				t.Fatalf("%q leads to %q", text, link)
			}
			for _, f := range strings.Split(u.Query().Get("f"), ",") {
				slot, value, _ := strings.Cut(f, ":")
				if !content().Valid(guide.Fact{Slot: slot, Value: value}) {
					t.Fatalf("%q leads to %q", text, link)
				}
			}
		}
	})
	if page := s.get("/agent/guide?f=prompt:gone", "Accept-Language", "en").body; !strings.Contains(page, "was left out") || !strings.Contains(page, `data-key="b"`) == strings.Contains(page, "Answers so far") {
		t.Error("nothing is said of what was left out")
	}
	if page := s.get("/agent/guide", "Accept-Language", "en").body; strings.Contains(page, "was left out") {
		t.Error("nothing was left out")
	}
}
