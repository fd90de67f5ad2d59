package handover

import (
	"encoding/json"
	"fmt"
)

// Kind is the kind of the work that a hand-over is in the outbox.
const Kind = "handover"

// Details is what the desk keeps with a hand-over, beside the transcript that the store has: ids
// only, which become words when the packet is built.
type Details struct {
	Language string            `json:"language"`          // "ja" or "en"; what the customer was answered in
	Facts    map[string]string `json:"facts,omitempty"`   // slot → value
	Path     []string          `json:"path,omitempty"`    // slots that the walk read, from the top
	Answers  []string          `json:"answers,omitempty"` // ids of the answers shown, in order
	Failed   []string          `json:"failed,omitempty"`  // ids of the answers that did not work
	Content  string            `json:"content,omitempty"` // version of the content
	Address  string            `json:"address,omitempty"` // where the conversation is, as its channel wrote it
}

// String returns the details as JSON, as they are kept in store.Work.
func (d Details) String() string {
	text, err := json.Marshal(d)
	if err != nil {
		return "" // strings and maps of strings always marshal
	}
	return string(text)
}

// ParseDetails reads what String wrote. Members that it does not know are passed over, since
// another replica may be newer.
func ParseDetails(text string) (Details, error) {
	var d Details
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return Details{}, fmt.Errorf("parse details of hand-over: %w", err)
	}
	return d, nil
}
