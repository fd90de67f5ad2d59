package console_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"passdesk/internal/browsertest"
	"passdesk/internal/canned"
	"passdesk/internal/chat"
	"passdesk/internal/console"
	"passdesk/internal/guide"
)

// selected is the answer that the search box says is selected.
const selected = `document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant"))?.dataset.answer`

// TestKeyboard (U23): everything about an answer by keyboard alone, and what assistive technology sees.
func TestKeyboard(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.as(sato, "/agent/"), browsertest.Options{Language: "en"})
	p.AllowClipboard(s.url)
	p.Until("the list", `document.querySelectorAll("[role=option]").length > 20`)
	p.Press(kb.Tab)
	// The harness writes a character even if its key was taken, so the event is made here.
	if !p.True(`(() => {
		const e = new KeyboardEvent("keydown", {key: "/", bubbles: true, cancelable: true}), away = document.activeElement.id !== "q";
		document.activeElement.dispatchEvent(e);
		return away && e.defaultPrevented && document.activeElement.id === "q";
	})()`) {
		t.Error("/ does not lead to the search box, or would be written into it")
	}
	p.Type("vpn")
	p.Until("what was found", fmt.Sprintf(`document.querySelectorAll("[role=option]").length === %d && %s`, len(s.options.Canned().Search("vpn", nil)), selected))
	var first, second, last string
	p.Eval(selected, &first)
	p.Press(kb.ArrowDown)
	p.Eval(selected, &second)
	p.Press(kb.End)
	p.Eval(selected, &last)
	p.Press(kb.ArrowDown)
	if !p.True(selected + ` === "` + first + `"`) {
		t.Error("down from the last is not the first")
	}
	p.Press(kb.ArrowUp)
	if !p.True(selected + ` === "` + last + `"`) {
		t.Error("up from the first is not the last")
	}
	p.Press(kb.Home)
	if first == second || second == last || !p.True(selected+` === "`+first+`"`) {
		t.Errorf("keys selected %q, %q, %q", first, second, last)
	}
	p.Press(kb.Enter)
	toast(p, first)
	if got := read(p); !strings.Contains(got["text/plain"], content().Answer(first).Summary.Japanese) || got["text/html"] != "" {
		t.Errorf("Enter copied %q", got)
	}
	roles := map[string]int{}
	for _, e := range p.Tree() {
		roles[e.Role]++
		if e.Role == "combobox" && e.Name != "Search the answers" || e.Role == "listbox" && e.Name != "Answers found" {
			t.Errorf("%s is called %q", e.Role, e.Name)
		}
	}
	if roles["combobox"] != 1 || roles["listbox"] != 1 || roles["option"] < 5 || roles["status"] != 1 || roles["log"]+roles["alert"] != 0 {
		t.Errorf("roles: %v", roles)
	}
	p.Press(kb.Enter, chromedp.ModifierCtrl)
	p.Until("an added answer", `document.querySelectorAll(".tray li").length === 1 && document.querySelector("[name=a]").value === "`+first+`"`)
	p.Press(kb.Escape)
	p.Until("a cleared search", `document.getElementById("q").value === "" && !document.querySelector("[aria-selected=true]")`)
	p.Press("b", chromedp.ModifierCtrl)
	toast(p, first)
	p.Press("m", chromedp.ModifierCtrl)
	toast(p, "e-mail")
	p.Press(kb.Tab)
	p.Type("?")
	if !p.True(`document.getElementById("keys").open`) {
		t.Error("? shows no keys")
	}
	p.Press(kb.Escape)
	if faults := p.Faults(); len(faults) > 0 {
		t.Errorf("faults %q", faults)
	}
	if elsewhere := p.Elsewhere(s.url); len(elsewhere) > 0 {
		t.Errorf("requests to other hosts: %q", elsewhere)
	}
}

// TestFocusIsSeen: whatever the tabulator key reaches shows that it has the focus, and nothing holds it.
func TestFocusIsSeen(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.as(sato, "/agent/?q=vpn&a=vpn-signin&a=overview"), browsertest.Options{})
	p.Until("the message", `document.querySelector(".tray") && document.querySelector("[aria-selected=true]")`)
	reached := map[string]bool{}
	for range 60 {
		p.Press(kb.Tab)
		var at struct{ Name, Outline string }
		p.Eval(`(() => {
			const e = document.activeElement, seen = e.type === "radio" ? e.nextElementSibling : e, style = getComputedStyle(seen);
			return {Name: (e.id || e.dataset?.copy || e.name || e.textContent).trim().slice(0, 40), Outline: style.outlineStyle + " " + style.outlineWidth};
		})()`, &at)
		if at.Outline != "solid 3px" && at.Name != "" && !p.True(`document.activeElement === document.body`) {
			t.Errorf("%q has the focus and does not show it: %s", at.Name, at.Outline)
		}
		reached[at.Name] = true
	}
	for _, name := range []string{"v-customer", "v-case", "down-vpn-signin", "up-overview", "remove-overview", "plain", "rich", "mail", "slack", "markdown", "subject", "link", "next-customer"} {
		if !reached[name] {
			t.Errorf("%s cannot be reached: %v", name, reached)
		}
	}
}

// TestSearchAsYouType (U24, trap of half-typed kana): every way of writing finds it, while it is being typed.
func TestSearchAsYouType(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.as(sato, "/agent/"), browsertest.Options{})
	for _, text := range []string{"vpn-signin", "ｖｐｎ ろぐいん", "VPN ログイン", "signing in vpn", "ｖｐｎ　ﾛｸﾞｲﾝ"} {
		p.Eval(fmt.Sprintf(`(() => { const q = document.getElementById("q"); q.value = %q; q.dispatchEvent(new InputEvent("input", {bubbles: true})); })()`, text), nil)
		p.Until("vpn-signin by "+text, `[...document.querySelectorAll("[role=option]")].some(o => o.dataset.answer === "vpn-signin") && document.querySelectorAll("[role=option]").length < 15`)
	}
	p.Eval(`document.getElementById("q").value = ""`, nil)
	p.Focus("#q")
	p.Compose("ぶい")
	p.Compose("ぶいぴー")
	p.Until("a list that is narrowed while composing", `document.querySelectorAll("[role=option]").length < 20`)
	p.Commit("VPN")
	p.Until("what was found", selected)
}

// TestComposing (U1): Enter that belongs to an input method copies and sends nothing, whatever the order of events.
func TestComposing(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", "こまっています")
	p := chromium.Page(t, s.as(sato, "/agent/"), browsertest.Options{})
	p.AllowClipboard(s.url)
	p.Eval(`navigator.clipboard.writeText("before")`, nil)
	p.Focus("#q")
	p.Compose("ぱす")
	p.EnterWithCode(229)
	p.EnterWithCode(13)
	p.Commit("パス")
	p.Until("what was found", selected)
	p.Eval(`(() => { // Safari: composing ends before the key
		const q = document.getElementById("q");
		q.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
		q.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true, cancelable: true}));
	})()`, nil)
	p.Eval(`new Promise(r => setTimeout(r, 300))`, nil)
	if got := read(p)["text/plain"]; got != "before" {
		t.Errorf("while composing %q was copied", got)
	}
	p.Press(kb.Enter)
	p.Until("a copy", `document.getElementById("toast").textContent !== ""`)

	if s.post(console.CasePath(one.ID)+"/claim", map[string][]string{"message": {"m"}}).StatusCode != 303 {
		t.Fatal("the case cannot be claimed")
	}
	before := s.people.spoken()
	p.Go(s.url + console.CasePath(one.ID))
	p.Focus("#words")
	p.Compose("こん")
	p.EnterWithCode(229)
	p.EnterWithCode(13)
	p.Commit("こんにちは")
	p.Eval(`(() => {
		const w = document.getElementById("words");
		w.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
		w.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true, cancelable: true}));
	})()`, nil)
	p.Eval(`new Promise(r => setTimeout(r, 300))`, nil)
	if after := s.people.spoken(); after != before {
		t.Errorf("while composing something was sent: %s", after)
	}
	p.Press(kb.Enter)
	p.Until("what was said", `document.getElementById("log").textContent.includes("こんにちは")`)
	if n := strings.Count(s.people.spoken(), "こんにちは"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

// TestPaste: a customer's message finds its answer, or the question to ask, and is in no address.
func TestPaste(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.as(sato, "/agent/"), browsertest.Options{})
	p.AllowClipboard(s.url)
	paste := func(text string) {
		p.Eval(fmt.Sprintf(`(() => {
			const data = new DataTransfer(); data.setData("text/plain", %q);
			document.getElementById("q").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		})()`, text), nil)
	}
	paste("お世話になっております。\n以前のVPNのクーポンは手元にあります。hunter2")
	p.Until("an answer", `document.querySelector("#reading .read")?.dataset.answer === "vpn-legacy-reissue" && document.querySelector("#sheet [name=now]")?.value === "vpn-legacy-reissue"`)
	if !p.True(`document.querySelector("#reading .warning")`) {
		t.Error("no warning of the secret")
	}
	paste("お世話になっております。\nVPNのことで困っています。")
	p.Until("a question that is seen", `document.querySelectorAll("#reading .choices a").length === 3 && document.querySelector("#reading").getBoundingClientRect().height > 100`)
	p.Eval(`document.getElementById("q").value = "こまっていますVPN"; document.getElementById("q").dispatchEvent(new InputEvent("input", {bubbles: true}))`, nil)
	p.Until("a question for a text that nothing has", `document.querySelectorAll("[role=option]").length === 0 && document.querySelectorAll("#reading .choices a").length === 3`)
	p.ClickAndLoad("#reading .choices a")
	for _, url := range p.Requests() {
		if strings.Contains(url, "hunter2") || strings.Contains(url, "%E") {
			t.Errorf("text in the address %s", url)
		}
	}
	if !strings.Contains(p.URL(), "/agent/guide?f=prompt:vpn,vpn-generation:") {
		t.Errorf("the choice leads to %s", p.URL())
	}
}

// TestGuided: a call by keyboard alone, to the answer and its copy; back and change keep their promises.
func TestGuided(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.as(sato, "/agent/guide"), browsertest.Options{Language: "en"})
	p.AllowClipboard(s.url)
	press := func(key, want string) {
		p.Press(key)
		p.Until("the page "+want, fmt.Sprintf(`location.search.includes(%q) && document.readyState === "complete" && document.documentElement.dataset.ready`, want))
	}
	press("3", "f=prompt:vpn&")
	press("1", "vpn-generation:current&")
	press("2", "vpn-need:lost&")
	p.Press("b", chromedp.ModifierCtrl)
	toast(p, "vpn-credentials-lost")
	if got := read(p)["text/plain"]; !strings.Contains(got, content().Answer("vpn-credentials-lost").Summary.Japanese) {
		t.Errorf("copied %q", got)
	}
	press("b", "f=prompt:vpn,vpn-generation:current&")
	p.Eval(`history.back()`, nil)
	p.Until("the answer again", `document.querySelector("#sheet [name=now]")?.value === "vpn-credentials-lost"`)
	p.Eval(`document.querySelector(".path div:nth-child(2) .change").click()`, nil)
	p.Until("the question again", fmt.Sprintf(`document.querySelector(".aloud")?.textContent === %q`, content().Question("vpn-generation").Ask.Japanese))
}

// TestLive: agent and customer talk without reloading, and who comes too late is told so.
func TestLive(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", "こまっています")
	page := s.as(sato, console.CasePath(one.ID))
	p := chromium.Page(t, page, browsertest.Options{Language: "en"})
	late := chromium.Page(t, s.as(suzuki, console.CasePath(one.ID)), browsertest.Options{Language: "en"})
	p.ClickAndLoad(`form[action$="/claim"] button`)
	late.ClickAndLoad(`form[action$="/claim"] button`)
	if got := late.Text("#notice"); !strings.Contains(got, "佐藤") {
		t.Errorf("who comes too late reads %q", got)
	}
	p.Focus("#words")
	p.Type("Hello, this is support.")
	p.Press(kb.Enter)
	p.Type("Another line.") // at once
	p.Press(kb.Enter)
	p.Type("Not yet")
	p.Until("what was said", `[...document.querySelectorAll("#log .agent .words")].map(e => e.textContent).join("|") === "Hello, this is support.|Another line."`)
	if !p.True(`document.activeElement.id === "words" && document.activeElement.value === "Not yet"`) {
		var got string
		p.Eval(`document.activeElement.id + ": " + document.activeElement.value`, &got)
		t.Errorf("after sending the focus and what was written since are %q", got)
	}
	s.people.hear(chat.Message{Channel: "web", Conversation: "c1", Text: "パスワードはhunter2です"})
	p.Until("the customer's words", `document.querySelector("#log > :last-child").textContent.includes("パスワードは") || document.querySelector("#log").lastElementChild.previousElementSibling.textContent.includes("パスワードは")`)
	if p.True(`document.body.textContent.includes("hunter2")`) {
		t.Error("a password is shown")
	}
	var order []float64
	p.Eval(`[...document.querySelectorAll("#log [data-sequence]")].map(e => Number(e.dataset.sequence))`, &order)
	for i := 1; i < len(order); i++ {
		if order[i] < order[i-1] {
			t.Errorf("lines are out of order or twice: %v", order)
		}
	}
	if faults := p.Faults(); len(faults) > 0 {
		t.Errorf("faults %q", faults)
	}
	p.Eval(`fetch = () => Promise.reject(new Error("no network")); null`, nil)
	p.Press(kb.Enter)
	p.Until("what was said without scripts", `[...document.querySelectorAll("#log .agent .words")].some(e => e.textContent === "Not yet")`)
}

// TestSearchIsQuick (U24) reports the time from a key to the list for a thousand answers: 50
// milliseconds on a machine that does nothing else.
func TestSearchIsQuick(t *testing.T) {
	g := manyAnswers(t, 1000)
	library := canned.New(g, nil)
	s := open(t, func(o *console.Options) {
		o.Guide, o.Canned = func() *guide.Guide { return g }, func() *canned.Library { return library }
	})
	p := chromium.Page(t, s.as(sato, "/agent/"), browsertest.Options{})
	p.Until("the list", `document.querySelectorAll("[role=option]").length === 60 && document.getElementById("count").textContent.includes("1000")`)
	var took []float64
	p.Eval(`(async () => {
		const q = document.getElementById("q"), found = document.getElementById("found"), took = [];
		for (const text of ["t", "to", "topic", "topic 7", "topic 77", "topic 777", "ばん", "topic 1", "topic 12", "topic 123"]) {
			const changed = new Promise(r => new MutationObserver((_, o) => { o.disconnect(); r(); }).observe(found, {childList: true}));
			const began = performance.now();
			q.value = text;
			q.dispatchEvent(new InputEvent("input", {bubbles: true}));
			await changed;
			await new Promise(r => requestAnimationFrame(r));
			took.push(performance.now() - began);
			await new Promise(r => setTimeout(r, 150));
		}
		return took.sort((a, b) => a - b);
	})()`, &took)
	t.Logf("milliseconds from key to list, sorted: %.0f", took)
	if median := took[len(took)/2]; median > 2000 { // a safety net, not a measurement: the machine may have other work
		t.Errorf("the median is %.0f ms", median)
	}
}
