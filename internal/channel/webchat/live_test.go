package webchat_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"

	"passdesk/internal/channel/webchat"
	"passdesk/internal/chat"
)

// TestLiveHelp: a support agent comes, talks and goes.
func TestLiveHelp(t *testing.T) {
	s := open(t, nil)
	c := s.customer("en").get("/").send("choose", "prompt:vpn")
	wantsNot(t, "page", c.page, "data-listen")
	c.send("command", "human")
	wants(t, "page", c.page, `data-listen="/events"`, "may answer right here")
	id := c.conversation()
	s.agent(id, chat.AgentJoin, "")
	c.get("/")
	wants(t, "heading", c.heading(), "You're talking to our support team")
	wants(t, "log", c.log(), "A support agent has joined")
	wants(t, "page", c.page, `value="start">Back to the assistant`, "Check for new messages", "Your message to the support agent")
	wantsNot(t, "page", c.page, `name="choose"`, `name="speak"`)
	if c.get("/?t=3"); c.heading() != "You're talking to our support team" {
		t.Errorf("what the agent did right after it is not on the page: %q", c.heading())
	}
	s.agent(id, chat.AgentSay, "Hello <script>alert(1)</script>")
	c.send("say", "Thank you, my password is hunter2xyz")
	wants(t, "log", c.log(), "Support agent 佐藤 <b> Hello <script>alert(1)</script>", "You: Thank you, my password is •••", "looked like a password")
	wantsNot(t, "page", c.page, "<script>alert", "<b>佐", "hunter2xyz")
	if turns := c.turns(); len(turns) != 6 || !strings.Contains(turns[5].Reply, chat.StepRelayed) {
		t.Errorf("%d turns, the last %s", len(turns), turns[len(turns)-1].Reply)
	}
	// The earlier page is as it was, and its buttons lead back to the assistant.
	if c.get("/?t=2"); !strings.Contains(c.heading(), "Which VPN") {
		t.Errorf("heading %q", c.heading())
	}
	c.get("/").send("command", "start")
	wants(t, "log", c.log(), "You: Back to the assistant")
	wants(t, "page", c.page, `name="choose"`)

	s.agent(id, chat.AgentJoin, "")
	s.agent(id, chat.AgentLeave, "")
	c.get("/")
	wants(t, "log", c.log(), "The support agent has left the conversation")
	wants(t, "page", c.page, `name="choose"`, `name="speak"`)
}

// TestLongLiveHelp: a conversation of which the page shows the end only.
func TestLongLiveHelp(t *testing.T) {
	s := open(t, nil)
	c := s.customer("en").get("/").send("choose", "prompt:vpn")
	s.agent(c.conversation(), chat.AgentJoin, "")
	for range 70 {
		s.agent(c.conversation(), chat.AgentSay, "One moment.")
	}
	c.get("/")
	wants(t, "heading", c.heading(), "You're talking to our support team")
	if said := strings.Count(c.log(), "One moment."); said != 60 {
		t.Errorf("%d lines, want 60", said)
	}
	s.agent(c.conversation(), chat.AgentLeave, "")
	c.get("/")
	wants(t, "page", c.page, `value="start"`)
}

// read returns what comes in a stream up to the word, or all of it.
func (c *customer) stream(address string) (*bufio.Reader, *http.Response) {
	c.Helper()
	r, err := http.NewRequestWithContext(c.Context(), http.MethodGet, c.URL+address, nil)
	if err != nil {
		c.Fatal(err)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { _ = answer.Body.Close() })
	return bufio.NewReader(answer.Body), answer
}

func await(t *testing.T, lines *bufio.Reader, want string) {
	t.Helper()
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("waited for %q: %v", want, err)
		}
		if strings.TrimSpace(line) == want {
			return
		}
	}
}

// TestEvents: a stream tells of turns, outlives the server's limits for requests, and ends when the
// server stops.
func TestEvents(t *testing.T) {
	stopping := make(chan struct{})
	s := open(t, func(o *webchat.Options) { o.Heartbeat, o.Stopping = 50*time.Millisecond, stopping })
	c := s.customer("en").get("/").send("command", "human")
	lines, answer := c.stream("/events?after=2")
	if got := answer.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("%s: %q", answer.Status, got)
	}
	await(t, lines, ": still here")
	s.agent(c.conversation(), chat.AgentJoin, "")
	await(t, lines, "event: turn")
	await(t, lines, `data: {"sequence":3}`)
	time.Sleep(readTimeout + 100*time.Millisecond)
	s.agent(c.conversation(), chat.AgentSay, "Hello")
	await(t, lines, `data: {"sequence":4}`)
	// Whoever comes late is told at once.
	late, _ := c.stream("/events?after=1")
	await(t, late, `data: {"sequence":4}`)
	close(stopping)
	for {
		if _, err := lines.ReadString('\n'); err != nil {
			break
		}
	}
}

// TestNoEvents: who has no conversation, or one too many streams, gets none.
func TestNoEvents(t *testing.T) {
	s := open(t, func(o *webchat.Options) { o.Limits.Streams = 1 })
	if c := s.customer("en").get("/events"); c.status != http.StatusNotFound {
		t.Errorf("without a conversation: status %d", c.status)
	}
	c := s.customer("en").get("/").send("command", "human")
	_, first := c.stream("/events")
	if c.get("/events"); c.status != http.StatusServiceUnavailable || c.answer.Get("Retry-After") == "" {
		t.Errorf("one too many: status %d", c.status)
	}
	_ = first.Body.Close()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		_, again := c.stream("/events")
		if again.StatusCode == http.StatusOK {
			_ = again.Body.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the place of a stream that ended is not free")
		}
	}
	if err := s.store.Forget(t.Context(), c.conversation()); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		_, gone := c.stream("/events")
		if gone.StatusCode == http.StatusNoContent {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("of a conversation that is not there: %s", gone.Status)
		}
	}
	off := open(t, func(o *webchat.Options) { o.Listen = nil }).customer("en").get("/").send("command", "human")
	wantsNot(t, "page", off.page, "data-listen", "may answer right here")
	if off.get("/events"); off.status != http.StatusNotFound {
		t.Errorf("without anything to listen to: status %d", off.status)
	}
}

// TestStreamsOfOne: nobody takes all places by opening one conversation again and again.
func TestStreamsOfOne(t *testing.T) {
	s := open(t, func(o *webchat.Options) { o.Limits.Streams = 20 })
	c, other := s.customer("en").get("/").send("command", "human"), s.customer("en").get("/").send("command", "human")
	for i := range 8 {
		if _, one := c.stream("/events"); one.StatusCode != http.StatusOK {
			t.Fatalf("page %d: %s", i+1, one.Status)
		}
	}
	if c.get("/events"); c.status != http.StatusServiceUnavailable {
		t.Errorf("page 9: status %d", c.status)
	}
	if _, one := other.stream("/events"); one.StatusCode != http.StatusOK {
		t.Errorf("somebody else's page: %s", one.Status)
	}
}
