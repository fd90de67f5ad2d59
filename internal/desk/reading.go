package desk

import (
	"encoding/json"
	"fmt"
	"slices"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/redact"
)

// errLanguage says no more: a caller may have put anything into a field.
var errLanguage = fmt.Errorf("%w: unknown language", chat.ErrInvalid)

// reading understands the message: what was pressed is certain, what was written is read. Errors do
// not quote: a caller may have put anything into a field.
func (t *turn) reading(said redact.Text, before memory) (dialogue.Reading, error) {
	m := t.message
	language := guide.Language(m.Language)
	if language != "" && !isLanguage(language) {
		return dialogue.Reading{}, errLanguage
	}
	in := dialogue.Reading{Language: language}
	switch {
	case m.Choose != nil:
		f := guide.Fact{Slot: m.Choose.Fact, Value: m.Choose.Value}
		if !t.content.Guide.Valid(f) {
			return in, fmt.Errorf("%w: unknown fact or value", chat.ErrInvalid)
		}
		in.Facts = []dialogue.Heard{{Fact: f, Confidence: 1}}
	case m.Change != "":
		if t.content.Guide.Slot(m.Change) == nil {
			return in, fmt.Errorf("%w: unknown fact", chat.ErrInvalid)
		}
		in.Change = m.Change
	case m.Command == chat.All:
		in.Change = before.Dialogue.Asked
	case m.Command != "":
		act, ok := act(m.Command)
		if !ok {
			return in, fmt.Errorf("%w: unknown command", chat.ErrInvalid)
		}
		in.Act = act
	case m.Solved != nil && !before.solved(*m.Solved):
		in.Act = dialogue.Greeting // it is about something that is over: where the conversation stands
	case m.Solved != nil:
		in.Act = dialogue.DidNotWork
		if m.Solved.Helped {
			in.Act = dialogue.Yes
		}
	default:
		in = t.read(said, language, before.Dialogue)
	}
	return in, nil
}

func (t *turn) read(said redact.Text, language guide.Language, state dialogue.State) dialogue.Reading {
	if language != "" {
		state.Language = language
	}
	if t.long {
		return dialogue.Reading{Language: language, Act: dialogue.TooLong}
	}
	expects := dialogue.Expects(t.content.Guide, state)
	expects.Locale = guide.Language(t.message.Locale)
	in := t.content.Read(said.String(), expects)
	if language != "" && in.Act != dialogue.Language {
		in.Language = language
	}
	return in
}

// act is what a command does in a dialogue.
func act(command chat.Command) (dialogue.Act, bool) {
	switch command {
	case chat.Start:
		return dialogue.Greeting, true
	case chat.Back:
		return dialogue.Back, true
	case chat.Restart:
		return dialogue.Restart, true
	case chat.Human:
		return dialogue.Human, true
	}
	return dialogue.NoAct, false
}

// isText reports whether a message was written and not pressed.
func isText(m chat.Message) bool { return m.Choose == nil && m.Change == "" && m.Command == "" }

func isLanguage(language guide.Language) bool { return slices.Contains(guide.Languages(), language) }

// pressed is what is kept of a message that was not a customer's text: declared ids, no words.
func (t *turn) pressed() (string, error) {
	if t.agent != nil {
		return pressedByAgent(t.agent)
	}
	m := t.message
	if isText(m) {
		return "", nil
	}
	data, err := json.Marshal(struct {
		Choose  *chat.Choose `json:"choose,omitempty"`
		Change  string       `json:"change,omitempty"`
		Command chat.Command `json:"command,omitempty"`
	}{m.Choose, m.Change, m.Command})
	if err != nil {
		return "", fmt.Errorf("encode what was pressed: %w", err)
	}
	return string(data), nil
}
