package measure

import (
	"math/rand/v2"
	"slices"
	"strings"

	"passdesk/internal/classify"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
	"passdesk/internal/understand"
)

// Trial is a held-out message in a conversation, scored by a reader that has not learnt from it.
type Trial struct {
	Example  understand.Example
	Later    bool // it comes after another message of the examples
	Garbled  bool // it is made of an example's letters and means nothing
	Contrast bool // it has a twin with the opposite facts
	Set      Set  // what it may decide
	want     dialogue.Step
	state    dialogue.State
	expects  dialogue.Expectation
	seen     understand.Impression
	reader   *understand.Reader
}

// Validation is a cross-validation: every message that was held out, scored once.
type Validation struct {
	Trials    []Trial
	Twins     []understand.Twins // examples that look alike, the most alike first
	guide     *guide.Guide
	customers bool // some examples are written as customers write
}

// customers is how the names of files begin that are written as customers write.
const customers = "customers."

// folds is how often the examples are divided.
const folds = 5

// CrossValidate trains a reader on four fifths of the examples and scores the others, five times.
// Messages that look alike are held out together: what was learnt from a twin says nothing of a
// new message. Contrasts, which were written in pairs to differ in what decides only, are tried and
// reported but decide nothing, and nor do messages that were written to teach: a threshold found by
// them would make the desk ask what was plainly said. See Set.
// One message in four is tried a second time, as the second of a conversation that had the same or
// any topic, and some are garbled, so that the desk must not find a meaning in them.
func CrossValidate(g *guide.Guide, content *understand.Content) *Validation {
	v := &Validation{guide: g}
	v.customers = slices.ContainsFunc(content.Examples, func(e understand.Example) bool { return strings.HasPrefix(e.File, customers) })
	starts := startingPoints(g)
	v.Twins = understand.Train(g, content, content.Examples).Twins(content.Examples, alike)
	foldOf, contrasts := divide(g, content.Examples, v.Twins)
	var readers [folds]*understand.Reader
	for fold := range folds {
		readers[fold] = understand.Train(g, content, without(content.Examples, foldOf, fold))
	}
	for i, e := range content.Examples {
		fold := foldOf[i]
		v.add(Trial{Example: e, Contrast: contrasts[i], state: starts[e.Asked], reader: readers[fold]})
		if contrasts[i] {
			continue
		}
		customer := strings.HasPrefix(e.File, customers)
		if e.Asked == "" && (customer || i%laterEvery == 0) {
			before := earlier(content.Examples, i, i/laterEvery%2 == 0)
			state, _ := dialogue.Next(g, dialogue.State{}, perfect(g, before))
			v.add(Trial{Example: e, Later: true, state: state, reader: readers[fold]})
		}
		if i%nonsenseEvery == 0 || customer && i%nonsenseAmongCustomers == 0 {
			v.add(Trial{Example: garbled(e), Garbled: true, reader: readers[fold]})
		}
	}
	classify.Share(len(v.Trials), 64, func(i int) {
		t := &v.Trials[i]
		t.seen = t.reader.Impress(t.Example.Text)
	})
	return v
}

// laterEvery is how many messages go to one that is also tried as the second of a conversation.
const laterEvery = 4

// earlier picks the message before example i: any of the others, or one on the same topic.
func earlier(examples []understand.Example, i int, sameTopic bool) understand.Example {
	for k := range examples {
		e := examples[(i*31+7+k)%len(examples)]
		if e.Asked == "" && (!sameTopic || e.Facts[topic] == examples[i].Facts[topic]) {
			return e
		}
	}
	return examples[i]
}

// topic is the fact that tells what a conversation is about.
const topic = "prompt"

// nonsenseEvery is how many messages go to one that a cat might have typed.
const nonsenseEvery, nonsenseAmongCustomers = 25, 10

// garbled makes a message without meaning from the letters of an example.
func garbled(e understand.Example) understand.Example {
	letters := []rune(strings.ReplaceAll(e.Text, " ", ""))
	shuffle := rand.New(rand.NewPCG(surface.Hash(e.Text), 0))
	shuffle.Shuffle(len(letters), func(i, k int) { letters[i], letters[k] = letters[k], letters[i] })
	return understand.Example{Text: string(letters[:min(len(letters), 2+shuffle.IntN(8))]), Language: e.Language, File: e.File}
}

// Set is what kind of trial decides which settings. The shares of the kinds among the examples are
// not those of life, so no setting is found by all of them together.
type Set int

// The sets.
const (
	Teaching  Set = iota // written to teach, many to be hard: decides nothing
	Customers            // written as customers write: how sure a fact must be
	Replies              // to a question: how sure a reply must be
	Factless             // acts, and messages that say too little: how sure an act must be
)

func (v *Validation) setOf(t Trial) Set {
	e := t.Example
	switch {
	case t.Contrast:
		return Teaching
	case e.Asked != "":
		return Replies
	case !v.customers, strings.HasPrefix(e.File, customers):
		return Customers
	case len(e.Facts) == 0 && !t.Garbled:
		return Factless
	default:
		return Teaching
	}
}

func (v *Validation) add(t Trial) {
	t.Set = v.setOf(t)
	t.expects = dialogue.Expects(v.guide, t.state)
	_, t.want = dialogue.Next(v.guide, t.state, perfect(v.guide, t.Example))
	v.Trials = append(v.Trials, t)
}

// alike is how similar two messages are that must not be divided.
const alike = .65

// divide gives each example a fold, by its text, and finds the contrasts. Twins of twins stay
// together.
func divide(g *guide.Guide, examples []understand.Example, twins []understand.Twins) (fold []int, contrasts []bool) {
	contrasts = make([]bool, len(examples))
	leader := make([]int, len(examples))
	for i := range leader {
		leader[i] = i
	}
	find := func(i int) int {
		for leader[i] != i {
			leader[i] = leader[leader[i]]
			i = leader[i]
		}
		return i
	}
	for _, t := range twins {
		leader[find(t.Second)] = find(t.First)
		if understand.Contradict(g, examples[t.First], examples[t.Second]) {
			contrasts[t.First], contrasts[t.Second] = true, true
		}
	}
	fold = make([]int, len(examples))
	for i := range fold {
		fold[i] = int(surface.Hash(examples[find(i)].Text) >> 32 % folds)
	}
	for i, e := range examples {
		contrasts[i] = contrasts[i] || strings.HasPrefix(e.File, "contrasts.")
	}
	return fold, contrasts
}

func without(examples []understand.Example, foldOf []int, fold int) []understand.Example {
	var kept []understand.Example
	for i, e := range examples {
		if foldOf[i] != fold {
			kept = append(kept, e)
		}
	}
	return kept
}

// perfect is the reading of an example that its labels ask for.
func perfect(g *guide.Guide, e understand.Example) dialogue.Reading {
	in := dialogue.Reading{Language: e.Language, Act: e.Act}
	for _, f := range g.Facts(e.Facts) {
		in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: 1})
	}
	return in
}

// startingPoints finds, for each fact that is asked for, a conversation in which the desk has just
// put that question, by pressing buttons from the first one on. "" is a new conversation.
func startingPoints(g *guide.Guide) map[string]dialogue.State {
	found := map[string]dialogue.State{"": {}}
	first, step := dialogue.Next(g, dialogue.State{}, dialogue.Reading{})
	type place struct {
		state dialogue.State
		step  dialogue.Step
	}
	for queue := []place{{first, step}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if _, known := found[at.step.Ask]; known || at.step.Ask == "" {
			continue
		}
		found[at.step.Ask] = at.state
		for _, f := range at.step.Choices {
			state, step := dialogue.Next(g, at.state, dialogue.Reading{Facts: []dialogue.Heard{{Fact: f, Confidence: 1}}})
			queue = append(queue, place{state, step})
		}
	}
	return found
}

// Decided is how one trial came out under some settings.
type Decided struct {
	Trial   *Trial
	Verdict Verdict
	Got     dialogue.Step
	Want    dialogue.Step
	Clash   string // the false fact, if one was taken
}

// in lists the trials of some sets.
func (v *Validation) in(sets []Set) []*Trial {
	var trials []*Trial
	for i := range v.Trials {
		if slices.Contains(sets, v.Trials[i].Set) {
			trials = append(trials, &v.Trials[i])
		}
	}
	return trials
}

// Decide lets the desk act on every trial of some sets, in the order of Trials.
func (v *Validation) Decide(settings understand.Settings, sets ...Set) []Decided {
	trials := v.in(sets)
	decided := make([]Decided, len(trials))
	classify.Share(len(trials), 64, func(i int) {
		t := trials[i]
		_, got := dialogue.Next(v.guide, t.state, t.reader.Decide(t.seen, settings, t.expects))
		decided[i] = Decided{t, judge(got, t.want), got, t.want, clash(got.Known, t.want.Known)}
	})
	return decided
}

// Tally counts the verdicts of the trials of some sets.
func (v *Validation) Tally(settings understand.Settings, sets ...Set) Tally {
	var tally Tally
	for _, d := range v.Decide(settings, sets...) {
		tally[d.Verdict]++
	}
	return tally
}

// Deciding are the sets by which settings are found.
func Deciding() []Set { return []Set{Customers, Replies, Factless} }

// Every are all sets.
func Every() []Set { return append(Deciding(), Teaching) }
