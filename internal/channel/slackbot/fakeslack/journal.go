package fakeslack

import (
	"encoding/json"
	"time"
)

// Kinds of entries.
const (
	KindCall     = "call"     // of a Web API method or of a response URL
	KindDelivery = "delivery" // of an event, an interaction or a command
	KindSocket   = "socket"   // opened or closed
	KindStray    = "stray"    // a frame of the app that answers nothing
)

// Entry is one thing that happened between the workspace and the app.
type Entry struct {
	Kind string
	At   time.Time // on the clock of the workspace

	// Of a call. Args are without the token.
	Method string
	Args   map[string]string
	Answer json.RawMessage
	Status int    // 0 if the connection was cut
	Fault  string // what was done to it on purpose

	// Of a delivery.
	Envelope string // its id
	Type     string // events_api, interactive or slash_commands
	Inner    string // such as message, block_actions or the command
	EventID  string
	Payload  json.RawMessage
	Attempt  int // 0 is the first
	Sent     bool
	Acked    bool          // in time
	Late     bool          // no answer in time
	After    time.Duration // from delivery to answer
	Reply    json.RawMessage
	Socket   int // which one, counted from 1; 0 over HTTP
	Note     string
}

// Journal is all that happened, in order.
func (s *Slack) Journal() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Entry, len(s.journal))
	for i, e := range s.journal {
		all[i] = *e
	}
	return all
}

// Calls are the entries of one method, or of all if the name is empty.
func (s *Slack) Calls(method string) []Entry {
	var all []Entry
	for _, e := range s.Journal() {
		if e.Kind == KindCall && (method == "" || e.Method == method) {
			all = append(all, e)
		}
	}
	return all
}

// Deliveries are the entries of all deliveries, redeliveries too.
func (s *Slack) Deliveries() []Entry {
	var all []Entry
	for _, e := range s.Journal() {
		if e.Kind == KindDelivery {
			all = append(all, e)
		}
	}
	return all
}

// note adds an entry, with the lock held.
func (s *Slack) note(e Entry) *Entry {
	e.At = s.o.Now()
	s.journal = append(s.journal, &e)
	s.touch()
	return &e
}
