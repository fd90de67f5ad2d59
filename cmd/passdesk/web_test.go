package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"passdesk/internal/browsertest"
)

// logs is what a server writes, and where the address of the server stands.
type logs struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *logs) Write(line []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(line)
}

func (l *logs) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

// address waits until the server listens.
func (l *logs) address(t *testing.T) string {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		for line := range strings.Lines(l.String()) {
			var record struct{ Msg, Address string }
			if json.Unmarshal([]byte(line), &record) == nil && record.Msg == "listening" {
				return "http://" + record.Address
			}
		}
	}
	t.Fatalf("it does not listen: %s", l)
	return ""
}

// site runs `passdesk serve` with an agent Sato, and returns its address and its log.
func site(t *testing.T) (string, *logs) {
	t.Helper()
	const password = "correct horse battery\n"
	data, log := t.TempDir(), &logs{}
	t.Setenv("PASSDESK_DATA", data)
	t.Setenv("PASSDESK_HANDOVER_TARGET", "console")
	t.Setenv("PASSDESK_LISTEN", "127.0.0.1:0")
	var out bytes.Buffer
	if code := run(t.Context(), []string{"agent", "add", "Sato"}, strings.NewReader(password), &out, &out); code != exitFine {
		t.Fatalf("agent add: %d %s", code, out.String())
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"serve"}, strings.NewReader(""), log, log) }()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitFine {
			t.Errorf("serve ended with %d: %s", code, log)
		}
	})
	return log.address(t), log
}

// TestPersonTakesOver goes the whole way in two browsers: a customer gets stuck and asks for a person, an
// agent signs in, claims the hand-over and talks to them, and closes it; then the bot is there again. A
// password that the customer types on the way is in nobody's page and in no log.
func TestPersonTakesOver(t *testing.T) {
	chromium := browsertest.New(os.Getenv)
	t.Cleanup(chromium.Stop)
	at, log := site(t)
	const secret = "Sunf1ower77"

	customer := chromium.Page(t, at, browsertest.Options{Language: "en-US", Width: 360})
	customer.Click(`button[value="prompt:vpn"]`)
	customer.Until("the next question", `document.querySelector('button[value="vpn-generation:current"]')`)
	customer.Focus("#say")
	customer.Type("my password is " + secret)
	customer.Press(kb.Enter)
	customer.Until("the warning", `document.querySelector("#log").innerText.includes("•••")`)
	customer.Click(`button[value="human"]`)
	customer.Until("a reference", `/H-[0-9A-Z]{4}-[0-9A-Z]{4}/.test(document.querySelector("#log").innerText)`)

	agent := chromium.Page(t, at+"/agent/", browsertest.Options{Language: "en-US"})
	agent.Focus("#name")
	agent.Type("sato")
	agent.Focus("#password")
	agent.Type("correct horse battery")
	agent.ClickAndLoad(`form[action="/agent/sign-in"] button`)
	agent.Go(at + "/agent/cases")
	agent.ClickAndLoad(`ul.list a`)
	if seen := agent.Text("#log"); !strings.Contains(seen, "•••") || strings.Contains(seen, secret) {
		t.Errorf("the agent sees %q", seen)
	}
	agent.ClickAndLoad(`form[action$="/claim"] button`)
	customer.Until("that a person is there", `document.querySelector("#choices").innerText.includes("support team")`)

	agent.Focus("#words")
	agent.Type("Hello, this is Sato.")
	agent.Press(kb.Enter)
	customer.Until("the person's words", `document.querySelector("#log").innerText.includes("Hello, this is Sato.")`)
	customer.Focus("#say")
	customer.Type("Thanks for coming")
	customer.Press(kb.Enter)
	agent.Until("the customer's words", `document.querySelector("#log").innerText.includes("Thanks for coming")`)

	agent.Eval(`document.querySelector("#outcome").value = "solved"`, nil)
	agent.ClickAndLoad(`form[action$="/close"] button`)
	customer.Until("the assistant again", `document.querySelector('#choices button[name="choose"], #choices button[value="restart"]')`)
	for name, p := range map[string]*browsertest.Page{"customer": customer, "agent": agent} {
		if faults := p.Faults(); len(faults) > 0 {
			t.Errorf("%s: %q", name, faults)
		}
		if elsewhere := p.Elsewhere(at); len(elsewhere) > 0 {
			t.Errorf("%s: requests elsewhere: %q", name, elsewhere)
		}
		if broken := p.Axe(); len(broken) > 0 {
			t.Errorf("%s: %s", name, strings.Join(broken, "\n"))
		}
	}
	if strings.Contains(log.String(), secret) || strings.Contains(log.String(), "Thanks for coming") {
		t.Error("the log holds what was said")
	}
}
