package webchat

import (
	"slices"
	"strconv"

	"passdesk/internal/chat"
)

// The steps of replies that matter here beside those of live help.
const (
	stepAnswer = "answer"
	stepHuman  = "human"
)

// pressedStart is what is kept of the message that only says hello.
const pressedStart = `{"command":"start"}`

// tale is a transcript as it is shown, and where it has led.
type tale struct {
	site     *site
	language string // of the page
	words    map[string]string
	turns    []Turn
	entries  []entry
	links    *part
	linksOf  int64 // turn
	now      now
	soFar    []chat.SoFar
	live     bool // a support agent is there, and the customer talks to them
	person   bool // a support agent was asked for
}

// tell tells what was said up to the last of the turns.
func (s *site) tell(language string, turns []Turn, note string) *tale {
	t := &tale{site: s, language: language, words: s.options.Words(language), turns: turns}
	standing := t.standing()
	t.findLinks()
	for i, turn := range turns {
		t.heard(i, turn)
		t.answered(turn, i == len(turns)-1, note)
	}
	switch {
	case t.live:
	case standing != nil:
		t.offer(*standing)
	default:
		t.now = now{Language: language, Commands: []chat.Button{{Command: chat.Start, Label: t.words["back-to-assistant"]}}}
	}
	return t
}

// standing is the turn with the bot's last word, nil if it is further back than the page shows.
func (t *tale) standing() (last *Turn) {
	left := false
	for i, turn := range t.turns {
		r := turn.Reply
		if by, ok := chat.AgentOf(turn.Pressed); ok {
			left = by.Do == chat.AgentLeave || by.Do == chat.AgentClose
		}
		t.live = isLive(r) && !left
		t.person = t.person || isLive(r) || r.Step == stepHuman || r.Reference != ""
		if !isLive(r) {
			last = &t.turns[i]
		}
	}
	return last
}

// isLive reports whether a reply is no word of the bot: the turn is an agent's, or for one.
func isLive(r chat.Reply) bool { return r.Step == chat.StepAgent || r.Step == chat.StepRelayed }

// findLinks finds the links given last. They stay where they can be followed until others are given.
func (t *tale) findLinks() {
	for _, turn := range slices.Backward(t.turns) {
		for i, p := range turn.Reply.Parts {
			if p.Kind == chat.Links {
				links := t.site.part(turn.Reply.Parts[i], turn.Reply.Language, "")
				t.links, t.linksOf = &links, turn.Sequence
				return
			}
		}
	}
}

// heard adds what the customer or the agent said.
func (t *tale) heard(i int, turn Turn) {
	id := "e" + strconv.FormatInt(turn.Sequence, 10)
	by, isAgent := chat.AgentOf(turn.Pressed)
	if !isAgent {
		if line := t.line(i, turn); line != "" {
			t.entries = append(t.entries, entry{ID: id, Kind: "said", Text: line})
		}
		return
	}
	if by.Do == chat.AgentJoin {
		t.entries = append(t.entries, entry{ID: id + "j", Kind: "note", Note: "agent-joined"})
	}
	if turn.Said != "" {
		t.entries = append(t.entries, entry{ID: id, Kind: "agent", Text: turn.Said, Who: by.Name})
	}
	if by.Do == chat.AgentLeave {
		t.entries = append(t.entries, entry{ID: id + "j", Kind: "note", Note: "agent-left"})
	}
}

// answered adds what the bot said. The links of all replies but one can no longer be followed; they
// are kept as text.
func (t *tale) answered(turn Turn, last bool, note string) {
	r, id := turn.Reply, "e"+strconv.FormatInt(turn.Sequence, 10)
	bot := entry{ID: id + "b", Kind: "bot", Language: r.Language, Answer: r.Answer != ""}
	links := entry{ID: id + "l", Kind: "links", Language: r.Language}
	question := ""
	for i, p := range r.Parts {
		switch p.Kind {
		case chat.Question:
			question = p.Text
		case chat.Links:
			links.Parts = append(links.Parts, t.site.part(p, r.Language, ""))
		default:
			bot.Parts = append(bot.Parts, t.site.part(p, r.Language, id+letter(i)))
		}
	}
	if len(bot.Parts) > 0 {
		t.entries = append(t.entries, bot)
	}
	if len(links.Parts) > 0 && turn.Sequence != t.linksOf {
		t.entries = append(t.entries, links)
	}
	if last && note != "" {
		t.entries = append(t.entries, entry{ID: id + "n" + note, Kind: "note", Note: "note-" + note})
	}
	if question != "" {
		t.entries = append(t.entries, entry{ID: id + "q", Kind: "question", Language: r.Language, Text: question})
	}
}
