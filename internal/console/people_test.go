package console_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/console"
	"passdesk/internal/store"
)

// act presses a button on the page of a case.
func (s *site) act(who console.Agent, one store.Case, verb string, form url.Values) answer {
	s.t.Helper()
	return s.send(who, http.MethodPost, console.CasePath(one.ID)+"/"+verb, form, "Sec-Fetch-Site", "same-origin", "Accept-Language", "en")
}

func outcome(o store.CaseOutcome) url.Values { return url.Values{"outcome": {string(o)}} }

func words(id, text string) url.Values { return url.Values{"message": {id}, "text": {text}} }

// TestWayOfACase: from open to closed, what each agent may do on the way, and that doing it twice does
// it once.
func TestWayOfACase(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", "こまっています")
	steps := []struct {
		who    console.Agent
		verb   string
		form   url.Values
		status int
		says   string // part of the page that comes back
		state  string // of the case afterwards
	}{
		{sato, "say", words("1", "too early"), 409, "too early", "open "},
		{sato, "close", outcome(store.Solved), 409, "Somebody else was faster", "open "},
		{author, "claim", nil, 403, "", "open "},
		{sato, "claim", nil, 303, "", "claimed sato"},
		{sato, "claim", nil, 303, "", "claimed sato"},
		{suzuki, "claim", nil, 409, "佐藤 has taken it", "claimed sato"},
		{suzuki, "say", words("2", "me too"), 409, "佐藤 has taken it", "claimed sato"},
		{suzuki, "return", nil, 409, "佐藤 has taken it", "claimed sato"},
		{suzuki, "close", outcome(store.Other), 409, "佐藤 has taken it", "claimed sato"},
		{admin, "say", words("3", "me three"), 409, "佐藤 has taken it", "claimed sato"},
		{sato, "say", words("4", "Hello."), 303, "", "claimed sato"},
		{sato, "say", words("4", "Hello."), 303, "", "claimed sato"},
		{sato, "say", words("5", "  "), 303, "", "claimed sato"},
		{sato, "close", outcome(""), 422, "choose an outcome", "claimed sato"},
		{sato, "close", outcome("perfect"), 422, "choose an outcome", "claimed sato"},
		{sato, "return", nil, 303, "", "open "},
		{sato, "return", nil, 303, "", "open "},
		{suzuki, "claim", nil, 303, "", "claimed suzuki"},
		{admin, "return", nil, 303, "", "open "},
		{sato, "claim", nil, 303, "", "claimed sato"},
		{sato, "close", outcome(store.NotSolved), 303, "", "closed sato"},
		{sato, "close", outcome(store.NotSolved), 303, "", "closed sato"},
		{sato, "close", outcome(store.Solved), 409, "Somebody else was faster", "closed sato"},
		{suzuki, "claim", nil, 409, "Closed", "closed sato"},
		{sato, "say", words("6", "too late"), 409, "too late", "closed sato"},
	}
	for i, step := range steps {
		a := s.act(step.who, one, step.verb, step.form)
		now, err := s.people.store.Case(t.Context(), one.ID)
		if err != nil {
			t.Fatal(err)
		}
		if a.StatusCode != step.status || !strings.Contains(a.body, step.says) || fmt.Sprint(now.State, " ", now.Agent) != step.state {
			t.Fatalf("step %d, %s by %s: %d, case %s %s, page %s", i, step.verb, step.who.ID, a.StatusCode, now.State, now.Agent, a.body)
		}
	}
	spoken := s.people.spoken()
	if strings.Count(spoken, "Hello.") != 1 || strings.Contains(spoken, "too ") || strings.Contains(spoken, "me t") {
		t.Errorf("said: %s", spoken)
	}
	if strings.Count(spoken, `"join"`) != 3 || strings.Count(spoken, `"leave"`) != 3 {
		t.Errorf("joined and left: %s", spoken)
	}
	if len(s.faults) > 0 {
		t.Errorf("faults: %q", s.faults)
	}
}

// TestOneGetsIt: of many who claim a case at the same moment one has it, and the others are told who.
func TestOneGetsIt(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", "こまっています")
	var all sync.WaitGroup
	status := make([]int, 8)
	for i := range status {
		all.Go(func() { status[i] = s.act([]console.Agent{sato, suzuki}[i%2], one, "claim", nil).StatusCode })
	}
	all.Wait()
	counts := map[int]int{}
	for _, code := range status {
		counts[code]++
	}
	if counts[303] != 4 || counts[409] != 4 {
		t.Errorf("answers: %v", counts)
	}
}

// TestCustomerWentAway: an agent who has the case can speak although the customer had gone back to the bot.
func TestCustomerWentAway(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", "こまっています")
	s.act(sato, one, "claim", nil)
	s.people.hear(chat.Message{Channel: "web", Conversation: "c1", Command: chat.Restart})
	if a := s.act(sato, one, "say", words("1", "Are you still there?")); a.StatusCode != http.StatusSeeOther {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	if spoken := s.people.spoken(); strings.Count(spoken, "Are you still there?") != 1 {
		t.Errorf("said: %s", spoken)
	}
}

// TestCasePage: what an agent sees of a case, and what nobody sees.
func TestCasePage(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("api", "c1", "パスワードはhunter2です")
	page := s.get(console.CasePath(one.ID), "Accept-Language", "en").body
	label := content().Question("vpn-generation").Values["legacy"].Label
	for what, want := range map[string]string{
		"the reference": one.Reference, "what was pressed, in the customer's language": label.Japanese, "the fact, in the agent's": label.English,
		"the answer": content().Answer("vpn-legacy-coupon-unknown").Title.English, "the way into guided mode": "prompt:vpn,vpn-generation:legacy,coupon:unknown",
		"that customers of this channel are elsewhere": "be answered from here", "that the button was one": "(button)",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s: no %q", what, want)
		}
	}
	if strings.Contains(page, "hunter2") || strings.Contains(page, one.ID) {
		t.Error("a password or an id is in the page")
	}
	if a := s.act(sato, one, "claim", nil); a.StatusCode != http.StatusSeeOther {
		t.Errorf("claim: %d", a.StatusCode)
	}
	if spoken := s.people.spoken(); strings.Contains(spoken, "join") {
		t.Error("an agent joined a conversation whose customer cannot see it")
	}
	for _, path := range []string{"/agent/cases/" + one.ID, "/agent/cases/!!!", "/agent/cases/bm8", console.CasePath(strings.Repeat("x", 5000)), console.CasePath("\x00")} {
		if a := s.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%.60s: %d", path, a.StatusCode)
		}
	}
}

// TestLists: every case is in the list where agents look for it.
func TestLists(t *testing.T) {
	s := open(t, nil)
	free, mine, other, over := s.people.handOver("web", "a", "x"), s.people.handOver("web", "b", "x"), s.people.handOver("web", "c", "x"), s.people.handOver("web", "d", "x")
	s.act(sato, mine, "claim", nil)
	s.act(suzuki, other, "claim", nil)
	s.act(sato, over, "claim", nil)
	s.act(sato, over, "close", outcome(store.Solved))
	for list, want := range map[string][]store.Case{
		"": {free}, "open": {free}, "nonsense": {free}, "mine": {mine}, "taken": {mine, other}, "closed": {over},
	} {
		page := s.get("/agent/cases?list=" + list).body
		for _, one := range []store.Case{free, mine, other, over} {
			wanted := false
			for _, w := range want {
				wanted = wanted || w.ID == one.ID
			}
			if strings.Contains(page, one.Reference) != wanted {
				t.Errorf("list %q, %s: %v", list, one.Conversation, !wanted)
			}
		}
	}
	for i := range 60 {
		s.people.handOver("web", fmt.Sprint("many", i), "x")
	}
	first := s.get("/agent/cases").body
	if n := strings.Count(first, "<li><a href=\"/agent/cases/"); n != 50 || !strings.Contains(first, "list=open&amp;skip=50") {
		t.Errorf("%d on the first page", n)
	}
	if n := strings.Count(s.get("/agent/cases?list=open&skip=50").body, "<li><a href=\"/agent/cases/"); n != 11 {
		t.Errorf("%d on the second page", n)
	}
}

// TestEvents: an event says how far a conversation is, and nothing else; streams end with the session
// and with the service.
func TestEvents(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", "こまっています")
	if a := s.send(author, "GET", console.CasePath(one.ID)+"/events", nil); a.StatusCode != http.StatusForbidden {
		t.Errorf("an author's events: %d", a.StatusCode)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+console.CasePath(one.ID)+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: whoCookie, Value: "sato"})
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("Content-Type %q", kind)
	}
	lines := bufio.NewScanner(response.Body)
	next := func() string {
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return text
			}
		}
		return "the end"
	}
	if got := next(); got != `{"sequence":5}` {
		t.Errorf("first event %s", got)
	}
	s.people.hear(chat.Message{Channel: "web", Conversation: "c1", Text: "まだですか"})
	if got := next(); got != `{"sequence":6}` {
		t.Errorf("next event %s", got)
	}
	turns := s.get(console.CasePath(one.ID) + "/turns?after=5").body
	if !strings.Contains(turns, "まだですか") || strings.Contains(turns, "こまって") || strings.Contains(turns, "<html") {
		t.Errorf("new turns: %s", turns)
	}
	for _, after := range []string{"", "-1", "x", "99999999999999999999"} {
		if a := s.get(console.CasePath(one.ID) + "/turns?after=" + after); a.StatusCode != http.StatusBadRequest {
			t.Errorf("after %q: %d", after, a.StatusCode)
		}
	}
	s.people.stop()
	if got := next(); got != "the end" {
		t.Errorf("when the service stops: %s", got)
	}
}
