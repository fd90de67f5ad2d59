package desk_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"passdesk/intents"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/redact"
	"passdesk/internal/reply"
	"passdesk/internal/store"
)

// agent is what Sakura does in conversation "c".
func agent(do chat.AgentAct, text chat.Raw) chat.AgentMessage {
	return chat.AgentMessage{Conversation: "c", Agent: "a-1", Name: "Sakura", Do: do, Text: text}
}

func (o *office) act(m chat.AgentMessage) chat.Reply {
	o.Helper()
	r, err := o.Agent(context.Background(), m)
	if err != nil {
		o.Fatalf("Agent(%+v): %v", m, err)
	}
	return r
}

// helped is a conversation in which an agent is.
func helped(t *testing.T, options desk.Options) *office {
	t.Helper()
	options.HandOver = true
	o := open(t, options)
	o.say(chat.Message{Conversation: "c", Text: "vpn", Language: "en"})
	o.say(chat.Message{Conversation: "c", Command: chat.Human})
	o.act(agent(chat.AgentJoin, ""))
	return o
}

// lines are the turns of conversation "c": who said what, and the step of the reply.
func (o *office) lines() []string {
	o.Helper()
	var lines []string
	for _, turn := range o.turns() {
		r, err := desk.DecodeReply(turn.Reply)
		if err != nil {
			o.Fatal(err)
		}
		lines = append(lines, turn.Channel+" "+turn.Said.String()+turn.Pressed+" > "+r.Step)
	}
	return lines
}

// TestAgent: from join to leave what a customer writes is the agent's, and the bot goes on afterwards
// where it stood.
func TestAgent(t *testing.T) {
	kept := 0
	o := helped(t, desk.Options{Kept: func(conversation string) {
		if kept++; conversation != "c" {
			t.Errorf("kept in %q", conversation)
		}
	}})
	o.act(agent(chat.AgentSay, "Good morning"))
	relayed := o.say(chat.Message{Conversation: "c", Text: "old"})
	if where(relayed) != "relayed  in en, 1 questions, facts map[prompt:vpn]" || relayed.Text != "" || len(relayed.Choices) > 0 {
		t.Errorf("the customer is answered: %s %q", where(relayed), relayed.Text)
	}
	o.act(agent(chat.AgentLeave, ""))
	r := o.say(chat.Message{Conversation: "c", Text: "old"})
	if r.Ask != "coupon" || r.Facts["vpn-generation"] != "legacy" {
		t.Errorf("after the agent left: %s", where(r))
	}
	want := []string{
		` vpn > ask`, ` {"command":"human"} > human`, `console {"agent":"join","name":"Sakura"} > agent`,
		`console Good morning{"agent":"say","name":"Sakura"} > agent`, ` old > relayed`,
		`console {"agent":"leave","name":"Sakura"} > agent`, ` old > ask`,
	}
	if diff := cmp.Diff(want, o.lines()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if kept != len(want) || len(o.jobs()) != 1 {
		t.Errorf("%d turns were told of, %d jobs; want %d and one", kept, len(o.jobs()), len(want))
	}
}

// TestButtonsWhileAnAgentIsThere: what is pressed is answered by the bot; starting again, or where one
// stood, goes back to it.
func TestButtonsWhileAnAgentIsThere(t *testing.T) {
	tests := []struct {
		name string
		m    chat.Message
		step string
		then string // step of the reply to what is written next
	}{
		{"choice", chat.Message{Choose: &chat.Choose{Fact: "vpn-generation", Value: "legacy"}}, "ask", "relayed"},
		{"an answer to change", chat.Message{Change: "prompt"}, "ask", "relayed"},
		{"back", chat.Message{Command: chat.Back}, "ask", "relayed"},
		{"all", chat.Message{Command: chat.All}, "human", "relayed"}, // nothing is asked, so there is nothing to show
		{"human", chat.Message{Command: chat.Human}, "human", "relayed"},
		{"restart", chat.Message{Command: chat.Restart}, "ask", "answer"},
		{"start", chat.Message{Command: chat.Start}, "ask", "answer"},
		{"the word for it", chat.Message{Text: "start again"}, "relayed", "relayed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := helped(t, desk.Options{})
			test.m.Conversation = "c"
			if r := o.say(test.m); r.Step != test.step {
				t.Errorf("%s; want %s", where(r), test.step)
			}
			if r := o.say(chat.Message{Conversation: "c", Text: "installer"}); r.Step != test.then {
				t.Errorf("then %s; want %s", where(r), test.then)
			}
			if n := len(o.jobs()); n != 1 {
				t.Errorf("%d jobs, want one", n)
			}
			_, err := o.Agent(context.Background(), agent(chat.AgentSay, "hello"))
			if away := test.then != "relayed"; errors.Is(err, chat.ErrAway) != away {
				t.Errorf("the agent says something: %v; away %v", err, away)
			}
		})
	}
}

// TestNothingChanges: who is there cannot join, who is not cannot leave, and neither is a turn.
func TestNothingChanges(t *testing.T) {
	o := helped(t, desk.Options{})
	turns := len(o.turns())
	o.act(agent(chat.AgentJoin, ""))
	other := agent(chat.AgentLeave, "")
	other.Agent = "a-2"
	o.act(other)
	if n := len(o.turns()); n != turns {
		t.Errorf("%d turns more", n-turns)
	}
	if r := o.say(chat.Message{Conversation: "c", Text: "old"}); r.Step != chat.StepRelayed {
		t.Errorf("after another left: %s", where(r))
	}
	o.act(agent(chat.AgentLeave, ""))
	turns = len(o.turns())
	o.act(agent(chat.AgentLeave, ""))
	if n := len(o.turns()); n != turns {
		t.Errorf("left twice: %d turns more", n-turns)
	}
}

// TestAColleagueTakesOver: the one who joins last is there.
func TestAColleagueTakesOver(t *testing.T) {
	o := helped(t, desk.Options{})
	colleague := chat.AgentMessage{Conversation: "c", Agent: "a-2", Name: "Ken", Do: chat.AgentJoin}
	o.act(colleague)
	if _, err := o.Agent(context.Background(), agent(chat.AgentSay, "hello")); !errors.Is(err, chat.ErrAway) {
		t.Errorf("the first one says something: %v, want ErrAway", err)
	}
	colleague.Do, colleague.Text = chat.AgentSay, "I am here"
	o.act(colleague)
	lines := o.lines()
	if last := lines[len(lines)-1]; last != `console I am here{"agent":"say","name":"Ken"} > agent` {
		t.Errorf("last turn %s", last)
	}
}

// TestAgentIsKeptOnce: what comes again is not said again, whatever happened since.
func TestAgentIsKeptOnce(t *testing.T) {
	o := helped(t, desk.Options{})
	said := agent(chat.AgentSay, "Good morning")
	said.ID = "m1"
	want := o.act(said)
	other := desk.New(content(), o.store, desk.Options{Now: func() time.Time { return o.now }})
	for range 2 {
		if got := o.act(said); !cmp.Equal(want, got) {
			t.Errorf("again: %s", cmp.Diff(want, got))
		}
		if got, err := other.Agent(context.Background(), said); err != nil || !cmp.Equal(want, got) {
			t.Errorf("at another desk: %v %s", err, cmp.Diff(want, got))
		}
		o.act(agent(chat.AgentLeave, ""))
	}
	if n := strings.Count(strings.Join(o.lines(), "\n"), "Good morning"); n != 1 {
		t.Errorf("it is kept %d times", n)
	}
}

func TestAgentRefused(t *testing.T) {
	long := chat.Raw(strings.Repeat("x", desk.MaxText+1))
	tests := []struct {
		name   string
		change func(*chat.AgentMessage)
		want   error
	}{
		{"no such conversation", func(m *chat.AgentMessage) { m.Conversation = "other" }, chat.ErrNotFound},
		{"no conversation", func(m *chat.AgentMessage) { m.Conversation = "" }, chat.ErrInvalid},
		{"no agent", func(m *chat.AgentMessage) { m.Agent = "" }, chat.ErrInvalid},
		{"no name", func(m *chat.AgentMessage) { m.Name = "" }, chat.ErrInvalid},
		{"a name that is no text", func(m *chat.AgentMessage) { m.Name = "a\xff" }, chat.ErrInvalid},
		{"a long name", func(m *chat.AgentMessage) { m.Name = strings.Repeat("a", desk.MaxID+1) }, chat.ErrInvalid},
		{"a long id of an agent", func(m *chat.AgentMessage) { m.Agent = strings.Repeat("a", desk.MaxID+1) }, chat.ErrInvalid},
		{"nothing to do", func(m *chat.AgentMessage) { m.Do = "" }, chat.ErrInvalid},
		{"something else to do", func(m *chat.AgentMessage) { m.Do = "dance" }, chat.ErrInvalid},
		{"nothing to say", func(m *chat.AgentMessage) { m.Text = " \n" }, chat.ErrInvalid},
		{"too much to say", func(m *chat.AgentMessage) { m.Text = long }, chat.ErrInvalid},
		{"joining with words", func(m *chat.AgentMessage) { m.Do = chat.AgentJoin }, chat.ErrInvalid},
		{"not there", func(m *chat.AgentMessage) { m.Agent = "a-2" }, chat.ErrAway},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := helped(t, desk.Options{})
			m := agent(chat.AgentSay, "hello")
			test.change(&m)
			turns := len(o.turns())
			r, err := o.Agent(context.Background(), m)
			if !errors.Is(err, test.want) || !cmp.Equal(chat.Reply{}, r) || len(o.turns()) != turns {
				t.Errorf("%v, %s, %d turns more; want %v", err, where(r), len(o.turns())-turns, test.want)
			}
			if strings.Contains(err.Error(), "hello") {
				t.Errorf("the error quotes the agent: %v", err)
			}
		})
	}
}

// TestSecretsWhileAnAgentIsThere: what customer and agent write is masked, and the customer is told,
// once.
func TestSecretsWhileAnAgentIsThere(t *testing.T) {
	o := helped(t, desk.Options{})
	first := o.say(chat.Message{Conversation: "c", Text: "my password is Tr0ub4dor&3xyz"})
	if first.Step != chat.StepRelayed || !strings.Contains(first.Text, phrase(guide.PhraseSecretSeen)) {
		t.Errorf("the customer is told %q in step %s", first.Text, first.Step)
	}
	second := o.say(chat.Message{Conversation: "c", Text: "my password is Tr0ub4dor&3xyz"})
	if second.Step != chat.StepRelayed || second.Text != "" {
		t.Errorf("the second time the customer is told %q", second.Text)
	}
	o.act(agent(chat.AgentSay, "your password is Tr0ub4dor&3xyz"))
	for _, line := range o.lines() {
		if strings.Contains(line, "Tr0ub4dor") {
			t.Errorf("kept: %s", line)
		}
	}
	if found := o.records[len(o.records)-1].Found; len(found) != 1 {
		t.Errorf("masked in what the agent said: %v", found)
	}
}

// TestAgentsPasteAnswers: what the bot says, an agent can say: nothing of it is masked.
func TestAgentsPasteAnswers(t *testing.T) {
	g := content().Guide
	cleaner, err := redact.New(intents.Files, g.Texts()) // as the program makes it
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range g.Answers() {
		for _, language := range guide.Languages() {
			text := reply.Plain(reply.Guidance(g, id, language))
			if said := cleaner.Clean(text, "").Text.String(); said != text {
				t.Errorf("%s in %s:\n%s", id, language, cmp.Diff(text, said))
			}
		}
	}
}

// TestQuietForLong: who answers an agent the next day answers the agent. Where none is there, a
// conversation that was quiet for long is the bot's again; its hand-over is not forgotten by an agent who
// comes late.
func TestQuietForLong(t *testing.T) {
	o := helped(t, desk.Options{Idle: time.Hour})
	o.now = o.now.Add(2 * time.Hour)
	if r := o.say(chat.Message{Conversation: "c", Text: "it was in spring"}); r.Step != chat.StepRelayed || r.Language != "en" {
		t.Errorf("after two hours with the agent: %s", where(r))
	}
	o.act(agent(chat.AgentSay, "hello"))
	o.say(chat.Message{Conversation: "c", Command: chat.Start})
	o.now = o.now.Add(2 * time.Hour)
	if _, err := o.Agent(context.Background(), agent(chat.AgentSay, "hello")); !errors.Is(err, chat.ErrAway) {
		t.Errorf("after two hours: %v, want ErrAway", err)
	}
	o.act(agent(chat.AgentJoin, ""))
	o.act(agent(chat.AgentSay, "hello"))
	if r := o.say(chat.Message{Conversation: "c", Text: "thanks"}); r.Step != chat.StepRelayed || r.Language != "en" {
		t.Errorf("with the agent back: %s", where(r))
	}
	o.say(chat.Message{Conversation: "c", Command: chat.Human})
	if n := len(o.jobs()); n != 1 {
		t.Errorf("%d hand-overs of one worry", n)
	}
	o.act(agent(chat.AgentLeave, ""))
	o.now = o.now.Add(2 * time.Hour)
	if r := o.say(chat.Message{Conversation: "c", Text: "installer"}); r.Step != "answer" {
		t.Errorf("after two hours: %s", where(r))
	}
}

// TestClosed: whoever closes a hand-over, nobody is in the conversation any more, and a person can be
// asked for again.
func TestClosed(t *testing.T) {
	closing := func(o *office, by, reference string) {
		m := agent(chat.AgentClose, "")
		m.Agent, m.Reference = by, reference
		o.act(m)
	}
	t.Run("by a colleague", func(t *testing.T) {
		o := helped(t, desk.Options{})
		closing(o, "lead", "H-another")
		if r := o.say(chat.Message{Conversation: "c", Text: "thanks"}); r.Step != chat.StepRelayed {
			t.Errorf("after another hand-over was closed: %s", where(r))
		}
		closing(o, "lead", handover.Reference(o.jobs()[0].ID))
		if r := o.say(chat.Message{Conversation: "c", Text: "installer"}); r.Step != "answer" {
			t.Errorf("closed: %s", where(r))
		}
	})
	t.Run("without a word", func(t *testing.T) {
		o := open(t, desk.Options{HandOver: true})
		first := o.say(chat.Message{Conversation: "c", Command: chat.Human})
		closing(o, "lead", first.Reference)
		turns := o.lines()
		closing(o, "lead", first.Reference)
		if len(o.lines()) != len(turns) {
			t.Error("closing twice is a turn")
		}
		if again := o.say(chat.Message{Conversation: "c", Command: chat.Human}); again.Reference == first.Reference || len(o.jobs()) != 2 {
			t.Errorf("asked again: %s, %d hand-overs", again.Reference, len(o.jobs()))
		}
	})
}

// TestAside: what is not for the bot alone does not send an agent away.
func TestAside(t *testing.T) {
	o := helped(t, desk.Options{Relay: "relay"})
	relayed := func() (n int) {
		for _, job := range o.jobs() {
			if job.Kind == "relay" {
				n++
			}
		}
		return n
	}
	for i, m := range []chat.Message{
		{Conversation: "c", Command: chat.Start, Aside: true, Text: ":+1:"},
		{Conversation: "c", Command: chat.Start, Aside: true, Attachment: "(a picture)"},
		{Conversation: "c", Text: "this window", Attachment: "(a picture)"},
	} {
		if r := o.say(m); r.Step != chat.StepRelayed || relayed() != i+1 {
			t.Errorf("%d: %s, %d relayed", i, where(r), relayed())
		}
	}
	if lines := o.lines(); !strings.HasSuffix(lines[len(lines)-1], "this window\n(a picture) > relayed") {
		t.Errorf("kept: %q", lines)
	}
	if r := o.say(chat.Message{Conversation: "c", Command: chat.Start, Aside: true, Language: "ja"}); r.Step != chat.StepRelayed || r.Language != "ja" || relayed() != 3 {
		t.Errorf("another language: %s, %d relayed", where(r), relayed())
	}
	o.act(agent(chat.AgentLeave, ""))
	if r := o.say(chat.Message{Conversation: "c", Command: chat.Start, Aside: true, Text: ":+1:"}); r.Step == chat.StepRelayed {
		t.Errorf("without an agent: %s", where(r))
	}
}

// TestTwoChoicesAtOnce: of two choices of one question that are pressed at the same time, on two servers, one
// counts; a later one is a change of mind.
func TestTwoChoicesAtOnce(t *testing.T) {
	choose := func(value, id string) chat.Message {
		return chat.Message{ID: id, Conversation: "c", Choose: &chat.Choose{Fact: "vpn-generation", Value: value}, After: 1}
	}
	for range 50 {
		o := open(t, desk.Options{})
		o.say(chat.Message{Conversation: "c", Text: "vpn"})
		other := desk.New(content(), o.store, desk.Options{})
		var answered atomic.Int64
		var group sync.WaitGroup
		for value, d := range map[string]*desk.Desk{"current": o.Desk, "legacy": other} {
			group.Go(func() {
				switch _, err := d.Handle(context.Background(), choose(value, value)); {
				case errors.Is(err, chat.ErrAnswered):
					answered.Add(1)
				case err != nil:
					t.Error(err)
				}
			})
		}
		group.Wait()
		if n := answered.Load(); n != 1 || len(o.turns()) != 2 {
			t.Fatalf("%d were told that it was answered; %d turns", n, len(o.turns()))
		}
		later := choose("legacy", "later")
		later.After = 2
		if r := o.say(later); r.Facts["vpn-generation"] != "legacy" {
			t.Fatalf("later: %s", where(r))
		}
	}
}

// TestPressedInTheLocale: a button says nothing of the language; what is known of it stays known.
func TestPressedInTheLocale(t *testing.T) {
	o := open(t, desk.Options{})
	o.say(chat.Message{Conversation: "c", Command: chat.Start, Locale: "en"})
	for range 2 {
		if r := o.say(chat.Message{Conversation: "c", Choose: &chat.Choose{Fact: "prompt", Value: "vpn"}}); r.Language != "en" {
			t.Errorf("pressed: %s", where(r))
		}
	}
}

// TestAfterAnAgentLeft the bot is as patient as with somebody new, and can hand over again.
func TestAfterAnAgentLeft(t *testing.T) {
	o := helped(t, desk.Options{})
	o.act(agent(chat.AgentLeave, ""))
	if r := o.say(chat.Message{Conversation: "c", Text: "hm"}); r.Step == "human" || len(o.jobs()) != 1 {
		t.Errorf("a message that is not understood: %s, %d jobs", where(r), len(o.jobs()))
	}
	r := o.say(chat.Message{Conversation: "c", Command: chat.Human})
	jobs := o.jobs()
	if len(jobs) != 2 || !strings.Contains(r.Text, phrase(guide.PhraseHandedOver)) {
		t.Errorf("%d jobs, text %q; want another hand-over", len(jobs), r.Text)
	}
}

// TestCase: with the hand-over there is a case for agents.
func TestCase(t *testing.T) {
	o := open(t, desk.Options{HandOver: true})
	r := o.say(chat.Message{Conversation: "c", Channel: "web", Command: chat.Human, Locale: "en"})
	cases, err := o.store.Cases(context.Background(), store.CaseFilter{State: store.CaseOpen}, 0, 10)
	if err != nil || len(cases) != 1 {
		t.Fatalf("%+v, %v", cases, err)
	}
	job := o.jobs()[0]
	want := store.Case{
		ID: job.ID, Conversation: "c", Channel: "web", Sequence: 1, Reference: r.Reference, Language: "en",
		Details: job.Details, State: store.CaseOpen, Created: job.Created,
	}
	if diff := cmp.Diff(want, cases[0], cmpopts.EquateApproxTime(time.Second)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAgentSpeaksTheCustomersLanguage, which only the locale tells of who has pressed buttons.
func TestAgentSpeaksTheCustomersLanguage(t *testing.T) {
	for locale, want := range map[string]string{"": "ja", "en": "en", "ja": "ja"} {
		o := open(t, desk.Options{HandOver: true})
		o.say(chat.Message{Conversation: "c", Command: chat.Human, Locale: locale})
		if r := o.act(agent(chat.AgentJoin, "")); r.Language != want {
			t.Errorf("locale %q: joined in %s, want %s", locale, r.Language, want)
		}
		if r := o.say(chat.Message{Conversation: "c", Text: "hello", Locale: locale}); r.Language != want {
			t.Errorf("locale %q: relayed in %s, want %s", locale, r.Language, want)
		}
		r := o.say(chat.Message{Conversation: "c", Text: "hello", Language: "en"})
		if r.Language != "en" || o.act(agent(chat.AgentLeave, "")).Language != "en" {
			t.Errorf("a language that was chosen: %s", r.Language)
		}
		if _, err := o.Handle(context.Background(), chat.Message{Conversation: "c", Text: "x", Language: "fr"}); !errors.Is(err, chat.ErrInvalid) {
			t.Errorf("a third language: %v", err)
		}
	}
}
