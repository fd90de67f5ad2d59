package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// AgentChannel is the channel of what agents say.
const AgentChannel = "console"

// Agent keeps what a support agent does in a conversation, once, as a turn like those of the customer.
// The text is masked as a customer's is: an agent may paste a secret, too. Joining where one is
// already, and leaving where one is not, changes nothing and is no turn. Errors are those of Handle;
// beside them chat.ErrNotFound if there is no such conversation, and chat.ErrAway if the agent is not
// in it and wants to say something.
func (d *Desk) Agent(ctx context.Context, m chat.AgentMessage) (chat.Reply, error) {
	raw := string(m.Text)
	m.Text = "" // from here on only clean has the raw text
	t := d.turn(chat.Message{ID: m.ID, Channel: AgentChannel, Conversation: m.Conversation, Known: true, Deliver: chat.Delivery{With: m.With}}, raw)
	t.agent = &m
	r, err := t.handle(ctx, raw)
	return t.finish(r, err)
}

// validAgent refuses what no agent can mean.
func (t *turn) validAgent(raw string) error {
	if err := validID("agent", t.agent.Agent); err != nil {
		return err
	}
	if err := validID("name", t.agent.Name); err != nil {
		return err
	}
	says := t.agent.Do == chat.AgentSay
	switch {
	case t.agent.Agent == "" || t.agent.Name == "":
		return fmt.Errorf("%w: no agent or no name", chat.ErrInvalid)
	case !says && !slices.Contains([]chat.AgentAct{chat.AgentJoin, chat.AgentLeave, chat.AgentClose}, t.agent.Do):
		return fmt.Errorf("%w: unknown thing to do", chat.ErrInvalid)
	case says != (strings.TrimSpace(raw) != ""):
		return fmt.Errorf("%w: text goes with saying and with nothing else", chat.ErrInvalid)
	case t.long:
		return fmt.Errorf("%w: more than %d bytes of text", chat.ErrInvalid, MaxText)
	}
	return nil
}

// act keeps a turn of an agent's.
func (t *turn) act(ctx context.Context, kept remembered, raw string) (chat.Reply, error) {
	before, _ := t.recall(kept)
	before.HandOver = kept.memory.HandOver // whoever joins late has that very hand-over before them
	t.message.Locale = before.Locale
	step := dialogue.Step{Kind: chat.StepAgent}
	changes, err := before.changes(t.agent)
	switch {
	case err != nil:
		return chat.Reply{}, err
	case !changes:
		return t.silent(before, step), nil
	case t.agent.Do == chat.AgentClose && before.isAbout(t.agent.Reference):
		t.agent.Do = chat.AgentLeave // so it looks to the customer
	}
	said := t.content.Clean(raw, "")
	t.record.Found = said.Found
	after := before.with(t.agent)
	r := t.silent(after, step)
	err = t.keep(ctx, kept.version+1, said.Text, after, r, nil)
	r.Masked = len(said.Found) > 0 // not kept: it is for the agent, not for the customer
	return r, err
}

// changes reports whether what an agent does changes anything.
func (m memory) changes(a *chat.AgentMessage) (bool, error) {
	there := m.Agent == a.Agent && (a.Reference == "" || m.isAbout(a.Reference))
	switch {
	case a.Do == chat.AgentSay && !there:
		return false, chat.ErrAway
	case a.Do == chat.AgentJoin:
		return !there, nil
	case a.Do == chat.AgentLeave:
		return m.Agent == a.Agent, nil
	case a.Do == chat.AgentClose:
		return m.isAbout(a.Reference) || m.HandOver != nil && m.HandOver.Reference == a.Reference && !m.HandOver.Over, nil
	}
	return true, nil
}

// with is the memory after an agent has done something. Whom an agent has spoken to the bot takes as
// somebody who comes anew: it is patient again, and can hand over again.
func (m memory) with(a *chat.AgentMessage) memory {
	switch a.Do {
	case chat.AgentJoin:
		m.Agent, m.Case = a.Agent, a.Reference
	case chat.AgentLeave:
		m.end(m.reference())
		m.Agent, m.Case = "", ""
	case chat.AgentClose:
		m.end(a.Reference)
	}
	return m
}

// end notes that a hand-over is over, if it is the last one.
func (m *memory) end(reference string) {
	m.Dialogue.HandedOver, m.Dialogue.Misses, m.Dialogue.Failed = false, 0, 0
	if m.HandOver != nil && m.HandOver.Reference == reference {
		over := *m.HandOver
		over.Over = true
		m.HandOver = &over
	}
}

// reference is that of the hand-over that the agent is there for, or else of the last one.
func (m memory) reference() string {
	if m.Case == "" && m.HandOver != nil {
		return m.HandOver.Reference
	}
	return m.Case
}

// isAbout reports whether an agent is there for a hand-over.
func (m memory) isAbout(reference string) bool { return m.Agent != "" && m.reference() == reference }

// isRelayed reports whether a message is for the agent who is there and not for the bot: what was
// written is, what was pressed is not.
func (t *turn) isRelayed(m memory) bool {
	return m.Agent != "" && (isText(t.message) || t.message.Aside)
}

// relay keeps what a customer wrote to an agent. The bot says nothing but that a secret was masked,
// and stays where it stood.
func (t *turn) relay(ctx context.Context, kept remembered, before memory, asked, raw string) (chat.Reply, error) {
	if raw = strings.TrimSpace(raw + "\n" + t.message.Attachment); raw != "" {
		t.message.Command = "" // that would have been for the bot
	}
	said := t.clean(raw, asked)
	after := before
	if language := guide.Language(t.message.Language); language != "" {
		if !isLanguage(language) {
			return chat.Reply{}, errLanguage
		}
		after.Dialogue.Language = language
	}
	t.settle(&after)
	step := dialogue.Step{Kind: chat.StepRelayed}
	t.tell(&after, &step, said.Found)
	r := t.silent(after, step)
	r.Masked = tellsOfSecret(step)
	return r, t.keep(ctx, kept.version+1, said.Text, after, r, nil)
}

// silent is the reply of a bot that leaves the talking to others: it tells where things stand.
func (t *turn) silent(m memory, step dialogue.Step) chat.Reply {
	step.Known = t.content.Guide.Active(m.Dialogue.Stated)
	r := reply.Build(t.content.Guide, t.worded(m.Dialogue), step, "")
	r.Conversation = t.message.Conversation
	if m.Agent != "" {
		r.Commands = slices.DeleteFunc(r.Commands, func(b chat.Button) bool { return b.Command == chat.Human })
	}
	return r
}

// pressedByAgent is what is kept of an agent's turn beside the text.
func pressedByAgent(a *chat.AgentMessage) (string, error) {
	data, err := json.Marshal(chat.ByAgent{Do: a.Do, Name: a.Name})
	if err != nil {
		return "", fmt.Errorf("encode what an agent did: %w", err)
	}
	return string(data), nil
}
