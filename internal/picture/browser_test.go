package picture_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/browsertest"
	"passdesk/internal/guide"
	"passdesk/internal/picture"
)

// sheet serves a page with all pictures in one language, each 320 wide, under a policy that allows
// no style but that of a file.
func sheet(t *testing.T, language guide.Language) string {
	t.Helper()
	var page strings.Builder
	fmt.Fprintf(&page, `<!doctype html><html lang="%s"><title>Pictures</title><link rel="stylesheet" href="/style.css"><main><h1>Pictures</h1>`, language)
	for i, p := range pictures(t) {
		page.WriteString("<div>" + draw(t, p, language, fmt.Sprintf("p%d-", i)) + "</div>\n")
	}
	page.WriteString("</main></html>")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/style.css":
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			_, _ = w.Write([]byte(`:root { color-scheme: light dark } div { width: 320px; float: left; margin: 4px } ` + picture.Style()))
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:")
			_, _ = w.Write([]byte(page.String()))
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL + "/"
}

// faultsInLayout finds text that leaves the drawing or the box it stands in, that is too small, or that
// lies over other text or under a number.
const faultsInLayout = `[...document.querySelectorAll("svg.picture")].flatMap(svg => {
	const box = e => { const b = e.getBBox(); return {l: b.x, t: b.y, r: b.x + b.width, b: b.y + b.height, e} };
	const inside = (a, b) => a.l >= b.l && a.r <= b.r && a.t >= b.t && a.b <= b.b;
	const overlap = (a, b) => a.l < b.r && b.l < a.r && a.t < b.b && b.t < a.b;
	const name = svg.querySelector("title").textContent + ": ", view = svg.viewBox.baseVal;
	const whole = {l: 0, t: 0, r: view.width, b: view.height};
	const texts = [...svg.querySelectorAll("text")].map(box), badges = [...svg.querySelectorAll(".badge")].map(box);
	const rects = [...svg.querySelectorAll("rect")].map(box).sort((a, b) => (a.r - a.l) * (a.b - a.t) - (b.r - b.l) * (b.b - b.t));
	const faults = [];
	texts.forEach((t, i) => {
		const says = name + t.e.textContent, x = (t.l + t.r) / 2, y = (t.t + t.b) / 2;
		if (t.r - t.l < 1) faults.push(says + " has no width");
		if (parseFloat(getComputedStyle(t.e).fontSize) < 11) faults.push(says + " is too small");
		if (!inside(t, whole)) faults.push(says + " leaves the drawing");
		const around = rects.find(r => r.l <= x && x <= r.r && r.t <= y && y <= r.b);
		if (!t.e.matches(".number") && around && !inside(t, around)) faults.push(says + " leaves its box");
		texts.slice(i + 1).filter(o => overlap(t, o)).forEach(o => faults.push(says + " lies over " + o.e.textContent));
		if (!t.e.matches(".number")) badges.filter(b => overlap(t, b)).forEach(() => faults.push(says + " lies under a number"));
	});
	svg.querySelectorAll(".ring, .badge").forEach(e => {
		const b = box(e);
		if (!inside({l: b.l - 1.5, t: b.t - 1.5, r: b.r + 1.5, b: b.b + 1.5}, whole)) faults.push(name + "a ring leaves the drawing");
	});
	return faults;
})`

// TestLayout (trap 11): in a real browser with real fonts, nothing collides and nothing is cut off.
func TestLayout(t *testing.T) {
	for _, language := range guide.Languages() {
		p := chromium.Page(t, sheet(t, language), browsertest.Options{Width: 1100, Height: 900})
		if n := len(pictures(t)); !p.True(fmt.Sprintf(`document.querySelectorAll("svg.picture text").length > %d * 3`, n)) {
			t.Errorf("%s: there is hardly any text", language)
		}
		var faults []string
		p.Eval(faultsInLayout, &faults)
		if len(faults) > 0 {
			t.Errorf("%s:\n%s", language, strings.Join(faults, "\n"))
		}
		if faults := p.Faults(); len(faults) > 0 {
			t.Errorf("%s: faults %q", language, faults)
		}
		// The check finds what it is for.
		p.Eval(`document.querySelectorAll("svg.picture text:not(.number)").forEach(e => { e.textContent += " and quite a few words more" })`, nil)
		if p.Eval(faultsInLayout, &faults); len(faults) < len(pictures(t)) {
			t.Errorf("%s: texts that are far too long: only %q", language, faults)
		}
	}
}

// TestAccessible: a drawing is one image with a name and a description, and axe finds nothing.
func TestAccessible(t *testing.T) {
	for _, language := range guide.Languages() {
		p := chromium.Page(t, sheet(t, language), browsertest.Options{})
		var want, got []browsertest.Accessible
		for _, drawn := range pictures(t) {
			want = append(want, browsertest.Accessible{Role: "image", Name: drawn.Title.In(language), Description: drawn.Description.In(language)})
		}
		for _, e := range p.Tree() {
			if e.Role == "image" || e.Role == "img" {
				got = append(got, browsertest.Accessible{Role: "image", Name: unescape(e.Name), Description: unescape(e.Description)})
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", language, diff)
		}
		if broken := p.Axe(); len(broken) > 0 {
			t.Errorf("%s: axe: %q", language, broken)
		}
	}
}

// unescape reads the inside of a JSON string, which is what Tree gives.
func unescape(s string) string {
	var text string
	if json.Unmarshal([]byte(`"`+s+`"`), &text) != nil {
		return s
	}
	return text
}

// colours are the fills and strokes that a drawing uses, as the browser works them out.
const colours = `[...new Set([...document.querySelectorAll("svg.picture *")].flatMap(e => { const c = getComputedStyle(e); return [c.fill, c.stroke] }))].filter(c => c !== "none").sort()`

// faint lists text and rings that stand out too little from what is right behind them.
const faint = `(() => {
	const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
	const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05) };
	const at = (e, x, y) => { const b = e.getBBox(); return b.x <= x && x <= b.x + b.width && b.y <= y && y <= b.y + b.height };
	const found = [];
	document.querySelectorAll("svg.picture").forEach(svg => {
		const all = [...svg.querySelectorAll("rect, path, circle, text")];
		all.forEach((e, i) => {
			const text = e.matches("text"), ring = e.matches(".ring");
			if (!text && !ring) return;
			const b = e.getBBox(), x = ring ? b.x : b.x + b.width / 2, y = b.y + b.height / 2;
			const behind = all.slice(0, i).reverse().find(o => !o.matches("text, .ring, .line, .sign") && at(o, x, y));
			const own = getComputedStyle(e)[ring ? "stroke" : "fill"], back = behind ? getComputedStyle(behind).fill : getComputedStyle(document.documentElement).backgroundColor;
			const c = contrast(own, back);
			if (c < (text ? 4.5 : 3)) found.push(svg.querySelector("title").textContent + ": " + (e.textContent || "ring") + " " + own + " on " + back + " " + c.toFixed(2));
		});
	});
	return found;
})()`

// TestColours (trap 10): light and dark differ, forced colours do not blank the drawings, and all of them
// can be read.
func TestColours(t *testing.T) {
	looks := map[string]browsertest.Options{
		"light": {}, "dark": {Dark: true}, "forced": {ForcedColors: true}, "forced-dark": {ForcedColors: true, Dark: true},
	}
	used := map[string][]string{}
	for name, o := range looks {
		for _, o.Language = range []string{"ja", "en"} {
			o.Width, o.Height = 1040, 640
			p := chromium.Page(t, sheet(t, guide.Language(o.Language)), o)
			var found, weak []string
			p.Eval(colours, &found)
			if p.Eval(faint, &weak); len(weak) > 0 {
				t.Errorf("%s: too faint: %q", name, weak)
			}
			if len(found) < 2 {
				t.Errorf("%s: there are only the colours %q", name, found)
			}
			used[name] = found
			if dir := os.Getenv("PICSHOTS"); dir != "" {
				p.Screenshot(dir + "/" + name + "." + o.Language + ".png")
			}
		}
	}
	if cmp.Equal(used["light"], used["dark"]) || cmp.Equal(used["light"], used["forced"]) {
		t.Errorf("the colours do not change: %q", used)
	}
}
