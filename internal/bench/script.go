package bench

import (
	_ "embed" // what customers say and press
	"encoding/json"
	"fmt"
)

//go:embed script.json
var scriptFile []byte

// script is what the customers of a measurement say and press, as bodies of requests.
type script struct {
	Again         json.RawMessage `json:"again"` // makes a conversation that is over begin anew
	Conversations []scripted      `json:"conversations"`
}

// scripted is one conversation, from the request that begins it to its thanks.
type scripted struct {
	Begin    json.RawMessage   `json:"begin"`
	Messages []json.RawMessage `json:"messages"`
}

func readScript() (script, error) {
	var s script
	if err := json.Unmarshal(scriptFile, &s); err != nil {
		return s, fmt.Errorf("read script: %w", err)
	}
	return s, nil
}

// body is what is sent as a step of a conversation: step 0 begins it, and the one after the last
// makes it begin anew.
func (s script) body(conversation, step int) []byte {
	c := s.Conversations[conversation]
	switch {
	case step == 0:
		return c.Begin
	case step <= len(c.Messages):
		return c.Messages[step-1]
	default:
		return s.Again
	}
}

// steps is how many steps a conversation has, without the one that makes it begin anew.
func (s script) steps(conversation int) int { return 1 + len(s.Conversations[conversation].Messages) }
