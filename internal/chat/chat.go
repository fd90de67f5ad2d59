// Package chat holds what crosses the boundary between the desk and a channel.
// It exists so that channels know neither facts' meaning nor where words come from: a message
// goes in, a finished reply comes out.
package chat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
)

// Raw is text as a customer wrote it. It may hold a password, so it prints, logs and marshals as
// its length only; whoever needs the text itself writes string(raw), and only the desk does.
type Raw string

// String tells how long the text is, not what it says.
func (r Raw) String() string { return "(" + strconv.Itoa(len(r)) + " bytes)" }

// GoString is String, so that no verb of package fmt prints the text.
func (r Raw) GoString() string { return r.String() }

// Format is String for every verb of package fmt.
func (r Raw) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, r.String()) }

// LogValue is String for package slog.
func (r Raw) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalJSON is String for encoding/json.
func (r Raw) MarshalJSON() ([]byte, error) { return json.Marshal(r.String()) }

// Errors of the desk that a channel tells apart. Others are faults of the service.
var (
	// ErrInvalid: the message names a fact, value, command or language that does not exist, or an
	// id that cannot be one. Sending it again will not help.
	ErrInvalid = errors.New("invalid message")
	// ErrNotFound: a message said that it goes on with a known conversation, and there is none.
	ErrNotFound = errors.New("no such conversation")
	// ErrAnswered: the question that was answered had been answered by another choice just before.
	ErrAnswered = errors.New("answered already")
	// ErrBusy: the message was not taken, or it is unknown whether it was. Sending it again with
	// the same id is safe.
	ErrBusy = errors.New("try again")
)

// Message is one thing a customer said or pressed. Exactly one of Text, Choose, Change and
// Command is meant; Text is used if none of the others is set.
type Message struct {
	ID           string // the channel's id of this message, the same when it is sent again; "" if it has none
	Channel      string // "terminal", "api", …
	Conversation string
	Known        bool // the conversation must be there already; else a first message begins it
	Text         Raw
	Choose       *Choose
	Command      Command
	Aside        bool    // a support agent who is there stays and reads Text; the bot says nothing to Command
	After        int64   // the turn whose question Choose answers, 0 if it is not known
	Attachment   string  // words of ours for what came along, which only a support agent who is there reads
	Change       string  // a fact whose answer is to be given anew
	Solved       *Solved // what Text means, if it was pressed below an answer
	Language     string  // "ja" or "en" if the customer chose it, else ""
	Locale       string  // language to assume while the customer has not shown one, else ""
	Deliver      Delivery
}

// Delivery is for channels that cannot answer at once: the reply is kept as work of the outbox, whose
// kind is the channel. The zero value causes none. Both are JSON of ids, never customer text.
type Delivery struct {
	To   string // where the conversation is; what agents say later goes there too
	With string // what goes with this very reply
}

// Delivered is what such work holds as its details.
type Delivered struct {
	To   json.RawMessage `json:"to"`
	With json.RawMessage `json:"with,omitempty"`
}

// Relayed is what the work of taking a customer's words to an agent holds as its details.
type Relayed struct {
	Reference string          `json:"reference"`      // of the hand-over, "" if there was none
	Agent     string          `json:"agent"`          // whom it is for
	Left      bool            `json:"left,omitempty"` // the customer wrote nothing, but has gone back to the bot
	To        json.RawMessage `json:"to,omitempty"`   // where the customer is reached, as Delivered has it
}

// Choose names a fact that the customer states, by button or because the caller knows it.
type Choose struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
}

// Solved tells whether an answer helped. Pressed again it may say something else; the last one counts.
type Solved struct {
	Turn   int64 // that showed the answer
	Helped bool
}

// Command is something a customer can do at every step.
type Command string

// The commands.
const (
	Start   Command = "start" // say hello and put the first question; in a conversation that has begun, where it stands
	Back    Command = "back"
	Restart Command = "restart"
	Human   Command = "human"
	All     Command = "all" // show all choices of a question that was narrowed to the likely ones
)

// Reply is what the desk says, complete and in one language. Text is the whole of Parts as
// plain text, so that a channel without layout says exactly the same.
type Reply struct {
	Conversation string            `json:"conversation"`
	Language     string            `json:"language"`
	Step         string            `json:"step"`
	Ask          string            `json:"ask,omitempty"`
	Answer       string            `json:"answer,omitempty"`
	Facts        map[string]string `json:"facts"`
	Questions    int               `json:"questions"`
	Text         string            `json:"text"`
	Choices      []Choice          `json:"choices"`
	Commands     []Button          `json:"commands"`
	SoFar        []SoFar           `json:"so-far,omitempty"`
	Reference    string            `json:"reference,omitempty"` // of a hand-over to a person
	Masked       bool              `json:"masked,omitempty"`    // a secret was masked, and the customer is told so; to an agent, that part of what they wrote was masked
	Parts        []Part            `json:"-"`
}

// Choice is a button that states a fact.
type Choice struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
	Label string `json:"label"`
	Short string `json:"short"`
	// Picture is the id of a drawing of what the choice is about, "" if there is none.
	Picture string `json:"picture,omitempty"`
}

// Button is a button that gives a command.
type Button struct {
	Command Command `json:"command"`
	Label   string  `json:"label"`
}

// SoFar is one line of "your answers so far": what it is about and what was said.
type SoFar struct {
	Fact  string `json:"fact"`
	About string `json:"about"`
	Label string `json:"label"`
}

// PartKind tells how a part of a reply is laid out.
type PartKind int

// The kinds of part.
const (
	Paragraph PartKind = iota
	Summary            // the one sentence that matters most
	Question
	Steps    // numbered
	Cautions // list
	Links    // list
)

// Part is one piece of a reply: a sentence, or a list under a heading.
type Part struct {
	Kind  PartKind
	Text  string // Paragraph, Summary, Question; the heading of a list
	Items []Item
}

// Item is a member of a list.
type Item struct {
	Text string
	URL  string // Links only
	Note string // Links only: "not confirmed yet", or when to use it
	// Picture is the id of a drawing of what a step speaks of, "" if there is none. Steps only.
	Picture string
}
