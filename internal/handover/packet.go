package handover

import (
	"time"

	"passdesk/internal/redact"
)

// Packet is what the person gets who takes over. It is made from the store alone, so a repeated
// delivery brings the same packet, unless the content was edited in between, which may change labels.
// Its JSON form is described by Schema. All words are in the customer's language; all that the
// customer wrote is redact.Text.
type Packet struct {
	Version      int       `json:"version"` // of this form; 1
	ID           string    `json:"id"`      // the same whenever this hand-over is delivered again
	Reference    string    `json:"reference"`
	Time         time.Time `json:"time"` // of the message that led to the hand-over, UTC
	Conversation string    `json:"conversation"`
	Channel      string    `json:"channel"`
	Language     string    `json:"language"` // "ja" or "en"
	Content      string    `json:"content"`  // version of the content at that time
	Facts        []Fact    `json:"facts"`    // what is known, in the order of the tree file
	Path         []Step    `json:"path"`     // what the tree asked for or found, from the top
	Answers      []Answer  `json:"answers"`  // guidance that was shown, in order
	Omitted      int64     `json:"omitted"`  // turns at the beginning that Transcript leaves out
	Transcript   []Turn    `json:"transcript"`
}

// Fact is something that is known about the customer's case. About and Label are "" if the content
// no longer has words for it.
type Fact struct {
	Slot  string `json:"fact"`
	Value string `json:"value"`
	About string `json:"about"`
	Label string `json:"label"`
}

// Step is one thing that the tree asked for or found. Value and Label are "" if it was not known.
type Step struct {
	Slot     string `json:"fact"`
	Question string `json:"question"` // "" if the tree reads it without asking
	Value    string `json:"value"`
	Label    string `json:"label"`
}

// Answer is guidance that the customer was shown.
type Answer struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Failed  bool   `json:"failed"` // the customer said that it did not work
}

// Turn is one message and the desk's reply to it. A conversation that is handed over again may hold
// turns of the agent who was there before.
type Turn struct {
	Sequence int64       `json:"sequence"`        // 1, 2, …
	Time     time.Time   `json:"time"`            // UTC
	Agent    *Agent      `json:"agent,omitempty"` // who said it; nil for the customer
	Said     redact.Text `json:"said,omitzero"`
	Pressed  *Pressed    `json:"pressed,omitempty"` // instead of Said
	Desk     string      `json:"desk"`              // "" if it said nothing, or can no longer be read
}

// Agent is a support agent who did something in the conversation: "join", "say" or "leave".
type Agent struct {
	Action string `json:"action"`
	Name   string `json:"name"` // as the customer read it
}

// Pressed is a button. What it names depends on Action: "choose" a Fact and a Value, "change" a
// Fact, "command" a Command. Label is what the button said, or for "change" the short name of the
// fact; "" if there are no words for it.
type Pressed struct {
	Action  string `json:"action"`
	Slot    string `json:"fact,omitempty"`
	Value   string `json:"value,omitempty"`
	Command string `json:"command,omitempty"`
	Label   string `json:"label"`
}
