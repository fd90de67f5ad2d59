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
	Dialogue dialogue.State  `json:"dialogue"`
	Told     []string        `json:"told,omitempty"`     // phrases about secrets that were said
	Answers  []string        `json:"answers,omitempty"`  // shown so far, in order
	Failed   []string        `json:"failed,omitempty"`   // answers that did not help
	Since    int64           `json:"since,omitempty"`    // turn since which the answer stands that was given last
	Verdicts map[string]bool `json:"verdicts,omitempty"` // by answer, whether it helped; it outlives a new start
	HandOver *handedOver     `json:"hand-over,omitempty"`
	Chosen   *chosen         `json:"chosen,omitempty"`
	Agent    string          `json:"agent,omitempty"`  // id of the support agent who is there
	Case     string          `json:"case,omitempty"`   // reference of the hand-over that the agent is there for
	Locale   string          `json:"locale,omitempty"` // of the last message, while no language has been shown
	Deliver  *deliver        `json:"deliver,omitempty"`
}

// chosen is what was pressed last of a question's choices, and in which turn.
type chosen struct {
	Turn int64  `json:"turn"`
	Fact string `json:"fact"`
	To   string `json:"to"`
}

// answered reports whether a choice is for a question that was answered by another of its choices right
// after it was put: two were pressed at the same time.
func (m memory) answered(by chat.Message) bool {
	return by.Choose != nil && by.After > 0 && m.Chosen != nil && *m.Chosen != chosen{by.After + 1, by.Choose.Fact, by.Choose.Value} &&
		m.Chosen.Turn == by.After+1 && m.Chosen.Fact == by.Choose.Fact
}

// handedOver is the last hand-over of a conversation to a person.
type handedOver struct {
	Reference string    `json:"reference"`
	At        time.Time `json:"at"`
	Restarted bool      `json:"restarted,omitempty"` // the customer has started again since
	Over      bool      `json:"over,omitempty"`      // a support agent has been there and left
}

// waiting is a hand-over that nobody has taken yet, after the customer began afresh: whoever takes it finds
// it, and the customer can ask again. Of any other it is nil.
func (h *handedOver) waiting() *handedOver {
	if h == nil || h.Over {
		return nil
	}
	again := *h
	again.Restarted = true
	return &again
}

// deliver is where replies go that are not given at once.
type deliver struct {
	Channel string          `json:"channel"`
	To      json.RawMessage `json:"to"`
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
// for then; and with a support agent there it is the agent's question that they answer.
func (t *turn) recall(kept remembered) (m memory, asked string) {
	m, asked = kept.memory, kept.memory.Dialogue.Asked
	if idle := t.desk.options.Idle; idle > 0 && kept.version > 0 && m.Agent == "" && t.at.Sub(kept.updated) > idle {
		m = memory{Dialogue: dialogue.State{Language: m.Dialogue.Language}, Locale: m.Locale, Deliver: m.Deliver, Verdicts: m.Verdicts, HandOver: m.HandOver.waiting()}
	}
	return m, asked
}

// after is the memory after a step. A new start forgets what was shown before it.
func (m memory) after(in dialogue.Reading, state dialogue.State, step dialogue.Step) memory {
	before := m.Dialogue
	m.Dialogue = state
	if in.Act == dialogue.Restart || in.Act == dialogue.Greeting {
		m.Agent, m.Case = "", "" // with an agent there only buttons come here: the customer goes back to the bot
	}
	if in.Act == dialogue.Restart {
		m.Answers, m.Failed = nil, nil
		if m.HandOver != nil {
			m.HandOver.Restarted = true
		}
	}
	if stands(before) {
		m.judge(before.Answered, in)
	}
	if step.Answer != "" {
		m.Answers = add(m.Answers, step.Answer)
	}
	return m
}

// judge notes what a customer says of an answer. Thanks may be for anything that came after it, so they
// never take back that it did not help. With a fact, "no" is a correction.
func (m *memory) judge(answer string, in dialogue.Reading) {
	_, judged := m.Verdicts[answer]
	switch {
	case in.Act == dialogue.DidNotWork, in.Act == dialogue.No && len(in.Facts) == 0:
		m.Verdicts = with(m.Verdicts, answer, false)
		m.Failed = add(m.Failed, answer)
	case in.Act == dialogue.Yes && len(in.Facts) == 0, in.Act == dialogue.Thanks && !judged:
		m.Verdicts = with(m.Verdicts, answer, true)
		m.Failed = slices.DeleteFunc(slices.Clone(m.Failed), func(one string) bool { return one == answer })
	}
}

// stands reports whether what is said next is about an answer: with a question open, it is about that.
func stands(s dialogue.State) bool { return s.Answered != "" && s.Asked == "" }

// with is a copy: what was decoded may be shared with others who remember it.
func with(verdicts map[string]bool, answer string, helped bool) map[string]bool {
	all := map[string]bool{answer: helped}
	for other, verdict := range verdicts {
		if other != answer {
			all[other] = verdict
		}
	}
	return all
}

// solved reports whether a button below an answer is about the answer that stands.
func (m memory) solved(s chat.Solved) bool { return stands(m.Dialogue) && s.Turn >= m.Since }

// since notes when an answer began to stand.
func (m *memory) since(before dialogue.State, turn int64) {
	if !stands(before) || before.Answered != m.Dialogue.Answered {
		m.Since = turn
	}
}

// settle notes the locale, in which agents' turns are, too: nothing else tells the customer's language
// while they have only pressed buttons.
func (t *turn) settle(m *memory) {
	if d := t.message.Deliver; d.To != "" {
		m.Deliver = &deliver{Channel: t.message.Channel, To: json.RawMessage(d.To)}
	}
	switch {
	case m.Dialogue.Language != "":
		m.Locale = ""
	case isLanguage(guide.Language(t.message.Locale)):
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
