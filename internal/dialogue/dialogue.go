// Package dialogue is the pure engine: what is known, what was just heard, and so what to say
// next. It exists apart from text, storage and channels so that every conversation can be
// enumerated, replayed and proved; Next has no clock, no I/O and no error.
package dialogue

import (
	"passdesk/internal/guide"
)

// Act is what a message does beside stating facts.
type Act string

// The acts. Their names are the ids used in intents/*.yaml.
const (
	NoAct      Act = ""
	Greeting   Act = "greeting"
	Thanks     Act = "thanks"
	Human      Act = "human" // wants a person
	Restart    Act = "restart"
	Back       Act = "back"
	Yes        Act = "yes"
	No         Act = "no"
	DontKnow   Act = "dont-know"
	OutOfScope Act = "out-of-scope"
	DidNotWork Act = "did-not-work"
	Language   Act = "language" // wants to go on in the language given
	TooLong    Act = "too-long" // more than can be read; never an example's label
	Empty      Act = "empty"    // nothing readable; never an example's label
)

// Acts lists every act that a message may be an example of.
func Acts() []Act {
	return []Act{Greeting, Thanks, Human, Restart, Back, Yes, No, DontKnow, OutOfScope, DidNotWork, Language}
}

// Heard is a fact that a message established, and how sure that is (0 to 1; a pressed button is 1).
type Heard struct {
	guide.Fact
	Confidence float64
}

// Reading is what was understood of one message. The zero Reading is a message that was not
// understood at all.
type Reading struct {
	Language guide.Language // of the message, or asked for; "" if it cannot be told
	Act      Act
	Facts    []Heard
	Likely   []Heard // values of open questions that the message nearly certainly means one of, likeliest first
	Change   string  // slot whose answer the customer wants to give anew
}

// State is all that a conversation remembers. It marshals to JSON, and it holds facts and not
// positions, so content may change between two turns.
type State struct {
	Language   guide.Language `json:"language,omitempty"`
	Stated     []guide.Fact   `json:"stated,omitempty"`   // oldest first, one per slot
	Asked      string         `json:"asked,omitempty"`    // slot of the pending question
	Narrowed   bool           `json:"narrowed,omitempty"` // of that question only the likely values were offered
	Answered   string         `json:"answered,omitempty"` // answer shown last
	Shown      []guide.Fact   `json:"shown,omitempty"`    // choices shown last, in order
	Questions  int            `json:"questions,omitempty"`
	Misses     int            `json:"misses,omitempty"` // replies in a row that led nowhere
	Failed     int            `json:"failed,omitempty"` // times in a row that guidance did not work
	Trail      [][]guide.Fact `json:"trail,omitempty"`  // Stated before each change, for going back
	HandedOver bool           `json:"handed-over,omitempty"`
}

// Kind is what a step does. The names are those of the headless protocol.
type Kind string

// The kinds of step.
const (
	StepAsk        Kind = "ask"
	StepAnswer     Kind = "answer"
	StepHuman      Kind = "human"
	StepOutOfScope Kind = "out-of-scope"
	StepGreeting   Kind = "greeting"
	StepThanks     Kind = "thanks"
	StepRephrase   Kind = "rephrase"
)

// Kinds lists every kind of step.
func Kinds() []Kind {
	return []Kind{StepAsk, StepAnswer, StepHuman, StepOutOfScope, StepGreeting, StepThanks, StepRephrase}
}

// Step is what the desk does next, in ids; package reply turns it into words.
type Step struct {
	Kind    Kind
	Phrases []string     // phrase ids said first
	Answer  string       // answer id, if guidance is given
	Ask     string       // slot, if a question is put
	Again   bool         // put the question in its other wording
	Narrow  bool         // offer only the likely values of the question, and a way to all of them
	Choices []guide.Fact // buttons, in order
	Known   guide.Known  // facts that hold
	Path    []guide.Turn // why: what the walk read from the top
}

// Expectation is what the next message is likely to refer to.
type Expectation struct {
	Asked    string
	Shown    []guide.Fact
	Answered string
	Known    guide.Known
	Language guide.Language
	Locale   guide.Language // to assume when the message does not show its language; "" if not known
}

// Expects tells a reader what this conversation has just put to the customer.
func Expects(g *guide.Guide, s State) Expectation {
	return Expectation{Asked: s.Asked, Shown: s.Shown, Answered: s.Answered, Known: g.Active(s.Stated), Language: s.Language}
}
