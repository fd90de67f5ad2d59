package desk

import (
	"encoding/json"
	"fmt"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/reply"
	"passdesk/internal/store"
)

// memory is what the desk remembers of a conversation between two turns: where the dialogue stands,
// and what has been told or done once. It holds ids and counters, never words.
type memory struct {
	Dialogue dialogue.State `json:"dialogue"`
	Warned   bool           `json:"warned,omitempty"`    // told that a secret was seen
	Answers  []string       `json:"answers,omitempty"`   // shown so far, in order
	Failed   []string       `json:"failed,omitempty"`    // answers that did not help
	HandOver string         `json:"hand-over,omitempty"` // reference of the one under way
	told     bool           // the reply at hand names the reference
}

// recall reads what was kept. A conversation that has been quiet for long starts afresh, in its
// language: whoever comes back the next day has another window before them.
func (d *Desk) recall(kept store.Conversation) (memory, error) {
	var m memory
	if kept.Version == 0 {
		return m, nil
	}
	if err := json.Unmarshal([]byte(kept.State), &m); err != nil {
		return m, fmt.Errorf("decode state of conversation %q: %w", kept.ID, err)
	}
	if d.options.Idle > 0 && d.options.Now().Sub(kept.Updated) > d.options.Idle {
		return memory{Dialogue: dialogue.State{Language: m.Dialogue.Language}}, nil
	}
	return m, nil
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
