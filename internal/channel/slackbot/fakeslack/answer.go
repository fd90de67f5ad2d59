package fakeslack

import (
	"encoding/json"
	"time"
)

// Answer is what an app does about a gesture. It is there at once; Ack waits for the first part.
type Answer struct {
	TriggerID   string
	ResponseURL string

	s    *Slack
	hook *hook
	done chan struct{}
	ack  Ack
}

// Ack is the first part of an answer.
type Ack struct {
	OK       bool
	After    time.Duration
	Payload  json.RawMessage
	Error    string            // what the person sees instead: operation_timeout or dispatch_failed
	Errors   map[string]string // of a form, by block id
	Problems []string          // what Slack refused of the payload
}

func (a *Answer) finish(ack Ack) {
	a.ack = ack
	close(a.done)
}

// Ack waits until the app has answered, or until Slack has given up waiting.
func (a *Answer) Ack() Ack {
	<-a.done
	return a.ack
}

// Later are the messages made through the response URL so far, and by the payload of the ack.
func (a *Answer) Later() []Message {
	if a.hook == nil {
		return nil
	}
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	return copied(a.hook.made)
}
