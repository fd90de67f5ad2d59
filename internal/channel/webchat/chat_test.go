package webchat_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestFirstPage: opening the page keeps nothing and sets no cookie.
func TestFirstPage(t *testing.T) {
	s := open(t, nil)
	c := s.customer("ja").get("/")
	if c.status != http.StatusOK || len(c.answer.Values("Set-Cookie")) > 0 {
		t.Fatalf("status %d, cookies %q", c.status, c.answer.Values("Set-Cookie"))
	}
	wants(t, "page", c.page, `<html lang="ja">`, `role="log"`, "パスワードや各種コードは入力しないでください", `value="prompt:unsure"`, `value="human"`)
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Cache-Control": "private, no-cache", "Referrer-Policy": "same-origin",
	} {
		if got := c.answer.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	wants(t, "Vary", strings.Join(c.answer.Values("Vary"), ","), "Accept-Language", "Cookie")
	policy := c.answer.Get("Content-Security-Policy")
	wants(t, "policy", policy, "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
	wantsNot(t, "policy", policy, "unsafe")
	wantsNot(t, "page", c.page, " style=", "<style", " onclick", "javascript:")
}

// TestWalk: a whole conversation without scripts.
func TestWalk(t *testing.T) {
	s := open(t, nil)
	c := s.customer("en").get("/")
	c.send("choose", "prompt:vpn")
	if c.at.Query().Get("t") != "2" || c.status != http.StatusOK {
		t.Fatalf("%s: status %d", c.at, c.status)
	}
	wants(t, "log", c.log(), "Hello!", "You: When signing in to the VPN app (username and password)", "Which VPN do you have?")
	wants(t, "heading", c.heading(), "Which VPN do you have?")
	wants(t, "buttons", strings.Join(c.buttons(), " "), "choose=vpn-generation:current", "command=back", "command=restart", "command=human", "change=prompt", "speak=ja")
	c.send("choose", "vpn-generation:current").send("choose", "vpn-need:signin")
	wants(t, "heading", c.heading(), "Did that solve it?")
	if got := c.buttons(); !slices.Contains(got, "solved=4.yes") || !slices.Contains(got, "solved=4.no") || !slices.Contains(got, "command=human") {
		t.Errorf("buttons %q", got)
	}
	wants(t, "page", c.page, `<nav class="links"`, `target="_blank" rel="noopener noreferrer"`, "Your answers so far")
	c.send("solved", "4.yes")
	wants(t, "log", c.log(), "You: Yes", "Glad if that helped")
	wants(t, "links stay", c.page, `<nav class="links"`)
	c.send("command", "restart")
	wants(t, "log", c.log(), "You: Start again", "Your earlier answers have been cleared")
	if c.answer.Get("Cache-Control") != "no-store" {
		t.Errorf("a conversation may be kept: %q", c.answer.Get("Cache-Control"))
	}
	c.send("choose", "prompt:portal").send("change", "prompt")
	wants(t, "log", c.log(), "You: Change my answer: where you were asked")
}

// TestTranscriptIsText: nothing that can be pressed or followed is in the log.
func TestTranscriptIsText(t *testing.T) {
	c := open(t, nil).customer("en").get("/")
	c.send("choose", "prompt:vpn").send("choose", "vpn-generation:current").send("choose", "vpn-need:signin").send("solved", "4.no").send("command", "human")
	_, after, _ := strings.Cut(c.page, `role="log"`)
	log, _, _ := strings.Cut(after, `<div id="links">`)
	wantsNot(t, "log", log, "<a ", "<button", "<input", "<form", "aria-live")
	wants(t, "log", log, "https://") // of the answer before the last
	if strings.Count(c.page, "aria-live")+strings.Count(c.page, `role="status"`)+strings.Count(c.page, `role="alert"`)+strings.Count(c.page, `role="log"`) != 1 {
		t.Error("more than one live region")
	}
}

// TestEarlierTurns: the address shows the conversation as it was.
func TestEarlierTurns(t *testing.T) {
	c := open(t, nil).customer("en").get("/")
	c.send("choose", "prompt:vpn").send("choose", "vpn-generation:current")
	latest := c.heading()
	c.get("/?t=2")
	wants(t, "heading", c.heading(), "Which VPN do you have?")
	wants(t, "page", c.page, "gone back to an earlier point", `href="/?t=3"`)
	c.get("/?t=1")
	wants(t, "heading", c.heading(), "When were you asked")
	for _, address := range []string{"/", "/?t=99", "/?t=-1", "/?t=x", "/?t=0", "/?t=", "/?t=3", "/?t=9223372036854775808", "/?x=%zz"} {
		if c.get(address); c.heading() != latest || c.status != http.StatusOK {
			t.Errorf("%s: status %d, %q, want the latest question", address, c.status, c.heading())
		}
	}
	// An old button states its fact, as if it were new.
	c.get("/?t=1").send("choose", "prompt:install")
	wants(t, "log", c.log(), "You: While installing Intego software")
	if c.at.Query().Get("t") != "4" {
		t.Errorf("%s, want the fourth turn", c.at)
	}
}

// TestNonsense: what means nothing gets a note and the question, never an error.
func TestNonsense(t *testing.T) {
	for _, begun := range []bool{false, true} {
		for _, pressed := range [][2]string{
			{"choose", "nothing:here"}, {"choose", ""}, {"choose", "prompt"}, {"choose", "prompt:"}, {"choose", "prompt:\x00"}, {"change", ""}, {"change", "x"},
			{"command", "x"}, {"command", ""}, {"solved", "x"}, {"solved", "1.maybe"}, {"solved", ".yes.no"}, {"solved", "-1.yes"}, {"solved", "+1.yes"}, {"solved", ".yes"}, {"speak", "fr"}, {"say", " \n"}, {"say", ""},
		} {
			c := open(t, nil).customer("en").get("/")
			if begun {
				c.send("choose", "prompt:vpn")
			}
			question, turns := c.heading(), len(c.turns())
			c.send(pressed[0], pressed[1])
			if c.status != http.StatusOK || c.heading() != question || len(c.turns()) > max(1, turns) {
				t.Errorf("begun %v, %q: status %d, %q, %d turns", begun, pressed, c.status, c.heading(), len(c.turns()))
			}
			if !strings.Contains(c.log(), "That button no longer works") && !strings.Contains(c.log(), "There was no message") {
				t.Errorf("begun %v, %q: nothing is told in %s", begun, pressed, c.log())
			}
		}
	}
}

// TestTwice: what comes twice is answered once, and the same button pressed later is another message.
func TestTwice(t *testing.T) {
	s := open(t, nil)
	c := s.customer("en").get("/")
	first, page := c.fields(), c.page
	c.sendFields(first, "choose", "prompt:vpn")
	c.page = page
	c.sendFields(c.fields(), "choose", "prompt:vpn")
	if len(c.turns()) != 2 {
		t.Errorf("%d turns after the first press came twice", len(c.turns()))
	}
	// Both before there was a cookie.
	a, b := s.customer("en").get("/"), s.customer("en")
	fields := a.fields()
	a.sendFields(fields, "say", "vpn")
	fields.Del("say")
	b.sendFields(fields, "say", "vpn")
	if a.conversation() != b.conversation() || len(a.turns()) != 2 {
		t.Errorf("two conversations, or %d turns", len(a.turns()))
	}
	// Another text from the same page is another message.
	a.page = b.page
	fields = a.fields()
	a.sendFields(fields, "say", "old")
	fields.Del("say")
	a.sendFields(fields, "say", "installer")
	a.sendFields(fields, "say", "installer")
	if len(a.turns()) != 4 {
		t.Errorf("%d turns, want 4", len(a.turns()))
	}
	a.get("/").send("command", "back").send("command", "back")
	if len(a.turns()) != 6 {
		t.Errorf("%d turns, want 6", len(a.turns()))
	}
}

// TestSolvedOnce: whether an answer helped is recorded once, however often and wherever it is pressed.
func TestSolvedOnce(t *testing.T) {
	c := open(t, nil).customer("ja").get("/").send("choose", "prompt:netupdate")
	page := c.page
	c.send("solved", "2.yes").get("/?t=2").send("solved", "2.yes")
	c.page = page
	c.send("solved", "2.yes")
	said := 0
	for _, turn := range c.turns() {
		if turn.Said.String() == "はい" {
			said++
		}
	}
	if said != 1 || len(c.turns()) != 3 {
		t.Errorf("yes %d times in %d turns", said, len(c.turns()))
	}
	wants(t, "log", c.log(), "はい", "お役に立てたなら幸いです")
}

// TestSecrets: a secret is shown masked, told of once, and in no page, id or store.
func TestSecrets(t *testing.T) {
	c := open(t, nil).customer("en").get("/").send("say", "my password is Tr0ub4dor&3")
	wants(t, "log", c.log(), "•••", "looked like a password")
	wantsNot(t, "page", c.page, "Tr0ub4dor")
	for _, turn := range c.turns() {
		wantsNot(t, "store", turn.Said.String()+turn.Message+turn.Pressed+turn.Reply, "Tr0ub4dor")
	}
}

// TestGone: a conversation that is not there any more leads to the first question, with a note.
func TestGone(t *testing.T) {
	s := open(t, nil)
	c := s.customer("en").get("/").send("choose", "prompt:vpn")
	old := c.conversation()
	if err := s.store.Forget(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	page := c.page
	c.get("/?t=2")
	wants(t, "log", c.log(), "Hello!", "We couldn't find your earlier conversation")
	if c.conversation() != "" {
		t.Error("the cookie is still there")
	}
	// A button of the old page begins another one.
	c = s.customer("en").get("/").send("choose", "prompt:vpn")
	if err := s.store.Forget(t.Context(), c.conversation()); err != nil {
		t.Fatal(err)
	}
	c.page = page
	c.send("choose", "vpn-generation:current")
	wants(t, "heading", c.heading(), "With your VPN")
	if stranger := s.customer("en").get("/?t=5"); stranger.status != http.StatusOK {
		t.Errorf("status %d", stranger.status)
	} else {
		wants(t, "log", stranger.log(), "We couldn't find your earlier conversation")
	}
	if shared := s.customer("en").get("/?t=1"); strings.Contains(shared.log(), "couldn't find") {
		t.Error("a first page has a note")
	}
}
