package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// memory is what the desk remembers of a conversation between two turns: where the dialogue stands,
// and what has been told or done once. It holds ids, counters and times, never words.
type memory struct {
	Dialogue dialogue.State `json:"dialogue"`
	Told     []string       `json:"told,omitempty"`    // phrases about secrets that were said
	Answers  []string       `json:"answers,omitempty"` // shown so far, in order
	Failed   []string       `json:"failed,omitempty"`  // answers that did not help
	HandOver *handedOver    `json:"hand-over,omitempty"`
	Agent    string         `json:"agent,omitempty"`  // id of the support agent who is there
	Locale   string         `json:"locale,omitempty"` // of the last message, while no language has been shown
}

// handedOver is the last hand-over of a conversation to a person.
type handedOver struct {
	Reference string    `json:"reference"`
	At        time.Time `json:"at"`
	Restarted bool      `json:"restarted,omitempty"` // the customer has started again since
	Over      bool      `json:"over,omitempty"`      // a support agent has been there and left
}

// decode reads what encode wrote; of a conversation that is not there that is nothing.
func decode(state string) (memory, error) {
	var m memory
	if state == "" {
		return m, nil
	}
	if err := json.Unmarshal([]byte(state), &m); err != nil {
		return m, fmt.Errorf("decode state of conversation: %w", err)
	}
	return m, nil
}

// recall is what the desk still knows, and which question the customer still has in view. A
// conversation that has been quiet for long starts afresh, in its language: whoever comes back the
// next day has another window before them. But what they type may well be the code that was asked
// for then.
func (t *turn) recall(kept remembered) (m memory, asked string) {
	m, asked = kept.memory, kept.memory.Dialogue.Asked
	if idle := t.desk.options.Idle; idle > 0 && kept.version > 0 && t.at.Sub(kept.updated) > idle {
		m = memory{Dialogue: dialogue.State{Language: m.Dialogue.Language}, Locale: m.Locale}
	}
	return m, asked
}

// after is the memory after a step. A new start forgets what was shown before it.
func (m memory) after(in dialogue.Reading, state dialogue.State, step dialogue.Step) memory {
	before := m.Dialogue
	m.Dialogue = state
	if in.Act == dialogue.Restart || in.Act == dialogue.Greeting {
		m.Agent = "" // with an agent there only buttons come here: the customer goes back to the bot
	}
	if in.Act == dialogue.Restart {
		m.Answers, m.Failed = nil, nil
		if m.HandOver != nil {
			m.HandOver.Restarted = true
		}
	}
	// With a question open, "no" answers that; with a fact it is a correction.
	reacts := in.Act == dialogue.DidNotWork || in.Act == dialogue.No && len(in.Facts) == 0
	if reacts && before.Answered != "" && before.Asked == "" {
		m.Failed = add(m.Failed, before.Answered)
	}
	if step.Answer != "" {
		m.Answers = add(m.Answers, step.Answer)
	}
	return m
}

// settle notes the locale, in which agents' turns are, too: nothing else tells the customer's language
// while they have only pressed buttons.
func (t *turn) settle(m *memory) {
	m.Locale = ""
	if m.Dialogue.Language == "" && isLanguage(guide.Language(t.message.Locale)) {
		m.Locale = t.message.Locale
	}
}

func add(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func (m memory) encode() (string, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("encode state: %w", err)
	}
	return string(data), nil
}

// keptReply is a reply as it is kept: the text is left out, since it is that of the parts.
type keptReply struct {
	Reply chat.Reply  `json:"reply"`
	Parts []chat.Part `json:"parts"`
}

func encodeReply(r chat.Reply) (string, error) {
	kept := keptReply{Reply: r, Parts: r.Parts}
	kept.Reply.Text = ""
	data, err := json.Marshal(kept)
	if err != nil {
		return "", fmt.Errorf("encode reply: %w", err)
	}
	return string(data), nil
}

// DecodeReply reads the reply of a turn that was kept.
func DecodeReply(kept string) (chat.Reply, error) {
	var k keptReply
	if err := json.Unmarshal([]byte(kept), &k); err != nil {
		return chat.Reply{}, fmt.Errorf("decode reply: %w", err)
	}
	k.Reply.Parts, k.Reply.Text = k.Parts, reply.Plain(k.Parts)
	return k.Reply, nil
}
