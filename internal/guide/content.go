package guide

// Question is how the desk talks about one slot: the question itself, if the tree asks it,
// and the words for each value, which are also its buttons.
type Question struct {
	Slot    string
	Ask     Text // empty if the tree never asks for this slot
	Again   Text // other wording, after a reply that was not understood
	Change  Text // short name, for "your answers so far"
	NotSure string
	Yes     string // value that a bare "yes" stands for, "" if none
	No      string
	Offer   []Fact // further buttons beside the values
	Values  map[string]Choice
}

// Choice is how one value is written on a button and in a reply.
type Choice struct {
	Label    Text // at most 75 characters
	Short    Text // at most 20 graphemes
	Synonyms map[Language][]string
}

// Answer is one guidance text. The bot shows it and agents paste it: there is no other copy.
type Answer struct {
	ID         string
	Title      Text
	Summary    Text // one sentence: which password is wanted, or what happens
	Steps      []Text
	Cautions   []Text
	Links      []string // keys
	FollowUps  []Fact   // offered as buttons under the answer
	Statements []string // ids of the source statements that it voices
	Escalate   bool     // the case ends with a person even if the customer follows the text
	AgentNote  Text     // for the support agent only
	Sources    []string
	Reviewed   string // ISO date
	ReviewBy   string // ISO date
}

// Link is a place outside that answers point to.
type Link struct {
	Key         string
	Label       Text
	URL         Text
	Alternative string // key of the link to use if this page does not open, "" if none
	Verified    bool   // false: the address could not be confirmed and is shown as such
}

// Source is where statements come from.
type Source struct {
	Key   string
	Title Text
	URL   string // empty for our own judgement
}

// Statement is one sourced fact that answers voice.
type Statement struct {
	ID         string
	Sources    []string
	Says       Text
	NotCarried Text // why no answer voices it; empty if one must
}
