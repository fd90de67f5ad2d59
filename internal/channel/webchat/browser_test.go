package webchat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"passdesk/internal/browsertest"
	"passdesk/internal/chat"
)

// quote is a text as a script writes it.
func quote(text string) string {
	data, _ := json.Marshal(text) // any text can be
	return string(data)
}

// clean fails if something went wrong in a page or it asked anybody else for anything.
func clean(t *testing.T, s *stand, p *browsertest.Page) {
	t.Helper()
	if faults := p.Faults(); len(faults) > 0 {
		t.Errorf("%s: faults: %q", p.URL(), faults)
	}
	if found := p.Elsewhere(s.URL); len(found) > 0 {
		t.Errorf("%s: requests elsewhere: %q", p.URL(), found)
	}
}

// heading is what the group of choices is called.
func heading(p *browsertest.Page) (text string) {
	p.Eval(`document.querySelector("#heading").textContent`, &text)
	return text
}

// log is the text of the transcript.
func log(p *browsertest.Page) (text string) {
	p.Eval(`document.querySelector("#log").innerText`, &text)
	return text
}

// turn waits until a page shows a turn.
func turn(p *browsertest.Page, n int) {
	p.Until(fmt.Sprintf("turn %d", n), fmt.Sprintf(`main.dataset.turn === "%d" && !main.hasAttribute("aria-busy")`, n))
}

// TestInputMethod (U1): Enter while composing never sends.
func TestInputMethod(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.URL+"/", browsertest.Options{Language: "ja"})
	p.Eval(`addEventListener("submit", () => { window.sent = (window.sent || 0) + 1 }, true)`, nil)
	p.Focus("#say")
	p.Compose("びーぴーえぬ")
	p.EnterWithCode(13)
	p.Compose("VPN")
	p.EnterWithCode(229)
	p.Commit("vpn")
	p.Eval(`(say.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true})), say.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true, cancelable: true})))`, nil)
	if p.True(`window.sent`) {
		t.Fatal("sent while composing")
	}
	if !p.True(`say.value.endsWith("vpn")`) {
		t.Errorf("the text box lacks what was composed")
	}
	p.Eval(`say.value = "vpn"`, nil)
	p.Press(kb.Enter)
	turn(p, 2)
	if !p.True(`window.sent === 1 && say.value === "" && document.activeElement === say`) {
		t.Error("not sent exactly once, or the text or the focus is not as it should be")
	}
	clean(t, s, p)
}

// TestWithoutScripts (U2): a conversation from the first question to an agent.
func TestWithoutScripts(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.URL+"/", browsertest.Options{Language: "ja", NoScript: true})
	for _, selector := range []string{
		`[value="prompt:vpn"]`, `[value="vpn-generation:unsure"]`, `[value="vpn-clue:none"]`, `[value$=".no"]`, `[value="back"]`, `[value="restart"]`,
		`[value="prompt:unsure"]`, `[value="window:web-login"]`, `[name="change"]`, `[value="human"]`, `[name="speak"]`, `[value="restart"]`,
	} {
		p.ClickAndLoad(selector)
	}
	p.Eval(`document.querySelector("#say").value = "vpn"`, nil)
	p.ClickAndLoad("#send")
	if !strings.Contains(heading(p), "Which VPN") || !strings.Contains(log(p), "サポート担当者に相談する") {
		t.Errorf("heading %q", heading(p))
	}
	p.Eval(`history.back()`, nil)
	p.Until("the page before", `main.dataset.turn === "13"`)
	if !strings.Contains(heading(p), "When were you asked") {
		t.Errorf("going back leads to %q", heading(p))
	}
	clean(t, s, p)
}

// TestBack (U3): the browser's back and forward buttons lead through the questions.
func TestBack(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		s := open(t, nil)
		p := chromium.Page(t, s.URL+"/", browsertest.Options{NoScript: !scripts})
		press := func(selector string, n int) {
			t.Helper()
			p.Eval(`document.querySelector(`+quote(selector)+`).click()`, nil)
			turn(p, n)
		}
		press(`[value="prompt:vpn"]`, 2)
		press(`[value="vpn-generation:current"]`, 3)
		if !strings.HasSuffix(strings.TrimSuffix(p.URL(), "#e3"), "/?t=3") {
			t.Errorf("address %s", p.URL())
		}
		p.Eval(`history.back()`, nil) // without scripts of ours, too
		turn(p, 2)
		if !strings.Contains(heading(p), "Which VPN") || p.True(`document.querySelector("#e3q")`) {
			t.Errorf("scripts %v: back shows %q", scripts, heading(p))
		}
		p.Eval(`history.back()`, nil)
		turn(p, 1)
		if !strings.Contains(heading(p), "When were you asked") {
			t.Errorf("scripts %v: back twice shows %q", scripts, heading(p))
		}
		press(`[value="prompt:install"]`, 4)
		p.Reload()
		turn(p, 4)
		if !strings.Contains(log(p), "While installing") {
			t.Errorf("scripts %v: %q", scripts, log(p))
		}
		clean(t, s, p)
	}
}

// TestKeyboard (U4): a whole conversation by keyboard; the focus is always where the choices are.
func TestKeyboard(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.URL+"/", browsertest.Options{})
	p.Press(kb.Tab)
	if !p.True(`document.activeElement.matches(".skip")`) {
		t.Error("the first stop is not the way to the question")
	}
	p.Press(kb.Enter)
	for n, want := range []string{"prompt:netupdate", "mac-password", ""} {
		p.Press(kb.Tab)
		if want != "" && !p.True(`document.activeElement.matches("#choices button") && document.activeElement === document.querySelector("#choices button")`) {
			t.Errorf("step %d: the next stop is not the first choice", n)
		}
		p.Eval(`addEventListener("submit", () => setTimeout(() => { window.held = document.activeElement.id }), {once: true})`, nil)
		p.Press(kb.Enter)
		turn(p, n+2)
		if !p.True(`document.activeElement.id === "choices" && window.held === "choices"`) {
			t.Errorf("step %d: the focus is elsewhere", n)
		}
	}
	// Yes was pressed for the answer; the third press chose the first follow-up of the thanks.
	if !strings.Contains(log(p), "Yes") {
		t.Errorf("log %q", log(p))
	}
	clean(t, s, p)
}

// TestLiveRegion (U5): one log with a name, with no controls in it, of which only new lines are added.
func TestLiveRegion(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.URL+"/", browsertest.Options{})
	p.Eval(`(window.kept = document.querySelector("#log").firstElementChild, window.added = [],
		new MutationObserver(all => all.forEach(m => m.addedNodes.forEach(n => added.push(n.id)))).observe(document.querySelector("#log"), {childList: true}))`, nil)
	p.Click(`[value="prompt:netupdate"]`)
	turn(p, 2)
	var added []string
	p.Eval(`added.filter(Boolean)`, &added)
	if strings.Join(added, " ") != "e2 e2b e2q" || !p.True(`kept.isConnected`) {
		t.Errorf("added %q", added)
	}
	logs := 0
	for _, e := range p.Tree() {
		if e.Role == "log" {
			if logs++; e.Name != "Conversation" {
				t.Errorf("the log is called %q", e.Name)
			}
		}
	}
	if logs != 1 || p.True(`document.querySelector("#log :is(button, a, input, form), [aria-live], [role=status], [role=alert]")`) {
		t.Errorf("%d logs, or more than a log", logs)
	}
	clean(t, s, p)
}

// TestLiveHelpInBrowser: an agent's words come by themselves and take no focus away; what is being
// written stays.
func TestLiveHelpInBrowser(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.URL+"/", browsertest.Options{})
	p.Click(`[value="human"]`)
	turn(p, 2)
	id := s.last()
	p.Focus("#say")
	p.Type("I am wri")
	s.agent(id, chat.AgentJoin, "")
	turn(p, 3)
	s.agent(id, chat.AgentSay, "Hello <b>there</b>")
	turn(p, 4)
	if !strings.Contains(log(p), "Hello <b>there</b>") || !strings.Contains(heading(p), "support team") {
		t.Errorf("log %q", log(p))
	}
	p.Type("ting")
	p.Press(kb.Enter)
	turn(p, 5)
	if !strings.Contains(log(p), "I am writing") || !p.True(`document.activeElement === say`) {
		t.Errorf("log %q", log(p))
	}
	p.Focus(`[value="start"]`)
	s.agent(id, chat.AgentLeave, "")
	turn(p, 6)
	if !p.True(`document.activeElement.id === "choices"`) {
		t.Error("the focus was lost with its button")
	}
	clean(t, s, p)
}
