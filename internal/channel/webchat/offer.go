package webchat

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"passdesk/internal/chat"
)

// offer makes the buttons of the bot's last word.
func (t *tale) offer(standing Turn) {
	r := standing.Reply
	t.now = now{Language: r.Language, Waiting: r.Reference != "" && t.site.options.Listen != nil}
	t.soFar = r.SoFar
	for _, p := range r.Parts {
		if p.Kind == chat.Question {
			t.now.Question = p.Text
		}
	}
	if r.Step == stepAnswer && r.Ask == "" {
		t.now.Solved = standing.Sequence
	}
	for i, c := range r.Choices {
		shown := choice{Choice: c, Picture: t.site.drawing(c.Picture, r.Language, "c"+strconv.Itoa(i)+"-")}
		t.now.Cards = t.now.Cards || shown.Picture != nil
		t.now.Choices = append(t.now.Choices, shown)
	}
	for _, b := range r.Commands {
		if b.Command == chat.All {
			t.now.All = b.Label
		} else {
			t.now.Commands = append(t.now.Commands, b)
		}
	}
	if r.Step == stepHuman && len(r.Commands) == 0 {
		// Whoever asked for a person before saying anything else has a way back, too.
		t.now.Commands = []chat.Button{{Command: chat.Back, Label: t.words["back"]}, {Command: chat.Restart, Label: t.words["restart"]}}
	}
}

// pressed is what is kept of a message that was not written.
type pressed struct {
	Choose  *chat.Choose `json:"choose"`
	Change  string       `json:"change"`
	Command chat.Command `json:"command"`
}

// line is what the customer said, or what stood on the button that they pressed.
func (t *tale) line(i int, turn Turn) string {
	var p pressed
	if turn.Pressed == "" || json.Unmarshal([]byte(turn.Pressed), &p) != nil {
		return turn.Said
	}
	for _, before := range slices.Backward(t.turns[:i]) {
		if label := p.label(before.Reply, t.words["changed"]); label != "" {
			return label
		}
	}
	switch {
	case p.Choose != nil:
		return t.site.options.Label(p.Choose.Fact, p.Choose.Value, t.language)
	case p.Command == chat.Start && turn.Sequence > 1:
		return t.words["back-to-assistant"]
	case p.Command == chat.Back || p.Command == chat.Restart:
		return t.words[string(p.Command)]
	}
	return ""
}

// label is what stood on the button, if a reply had it.
func (p pressed) label(r chat.Reply, changed string) string {
	for _, c := range r.Choices {
		if p.Choose != nil && c.Fact == p.Choose.Fact && c.Value == p.Choose.Value {
			return c.Label
		}
	}
	for _, b := range r.Commands {
		if p.Command != "" && b.Command == p.Command {
			return b.Label
		}
	}
	for _, line := range r.SoFar {
		if p.Change != "" && line.Fact == p.Change {
			return named(changed, line.About)
		}
	}
	return ""
}

// named puts what a word names behind it; a full-width colon brings its own space.
func named(word, what string) string {
	if strings.HasSuffix(word, ":") {
		word += " "
	}
	return word + what
}
