package console

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/store"
)

// turnsShown is how many turns of a transcript a page holds: the last ones.
const turnsShown = 200

// line is one thing that was said or done in a conversation.
type line struct {
	Sequence int64
	At       time.Time
	By       string // "customer", "bot", "agent" or "event", which is also how it looks
	Name     string // of the agent
	Words    string
	Pressed  bool // it was a button
	Answer   bool // the bot gave the answer with this title
	Title    guide.Text
	Language string // of the words
}

// lastTurns are the turns at the end of a conversation.
func (c *Console) lastTurns(ctx context.Context, conversation string) ([]store.Turn, error) {
	var all []store.Turn
	for after := int64(0); ; after = all[len(all)-1].Sequence {
		some, err := c.options.People.Turns(ctx, conversation, after, turnsShown)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		all = all[max(0, len(all)-turnsShown):]
		if len(some) < turnsShown {
			return all, nil
		}
	}
}

// newTurns are the lines after one of them, for a page that is open.
func (c *Console) newTurns(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, casesPath)
	after, err := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if err != nil || after < 0 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.options.Timeout)
	defer cancel()
	one, ok := c.load(ctx, w, r, p)
	if !ok {
		return
	}
	turns, err := c.options.People.Turns(ctx, one.Conversation, after, turnsShown)
	if err != nil {
		c.fault(w, r, p, opCase, err)
		return
	}
	p.Body = casePage{Lines: c.lines(p, turns)}
	c.show(w, r, http.StatusOK, "lines", p)
}

// lines are what was said and done in turns. What the customer said is shown even if a reply is in a
// form of long ago.
func (c *Console) lines(p page, turns []store.Turn) []line {
	var all []line
	for _, turn := range turns {
		reply, err := c.options.People.Decode(turn.Reply)
		if err != nil {
			reply = chat.Reply{}
		}
		all = append(all, linesOf(p, turn, reply)...)
	}
	return all
}

// linesOf are the lines of a turn: what was said or pressed, and what the desk replied.
func linesOf(p page, turn store.Turn, reply chat.Reply) []line {
	first := line{Sequence: turn.Sequence, At: turn.At.UTC(), By: "customer", Language: reply.Language, Words: turn.Said.String()}
	if by, ok := chat.AgentOf(turn.Pressed); ok {
		first.By, first.Name = "agent", by.Name
		if by.Do == chat.AgentSay {
			return []line{first}
		}
		told := first
		told.By, told.Words, told.Language = "event", p.wordOf("event-"+string(by.Do)), ""
		if first.Words == "" {
			return []line{told}
		}
		return []line{told, first}
	}
	if turn.Pressed != "" {
		first.Pressed, first.Words = true, labelOf(p.guide, turn.Pressed, guide.Language(reply.Language))
	}
	var lines []line
	if first.Words != "" {
		lines = append(lines, first)
	}
	if reply.Text != "" { // of a message for an agent the desk says nothing, or that it masked something
		lines = append(lines, replied(p, turn, reply))
	}
	return lines
}

// replied is what the bot said. Of an answer only the beginning: the rest stands beside the transcript.
func replied(p page, turn store.Turn, reply chat.Reply) line {
	l := line{Sequence: turn.Sequence, At: turn.At.UTC(), By: "bot", Words: reply.Text, Language: reply.Language}
	if a := p.guide.Answer(reply.Answer); a != nil {
		l.Answer, l.Title = true, a.Title
		l.Words, _, _ = strings.Cut(l.Words, "\n\n")
	}
	return l
}

// labelOf is what stood on a button, in the customer's language; "" if there are no words for it any more.
func labelOf(g *guide.Guide, text string, language guide.Language) string {
	var pressed struct {
		Choose  *chat.Choose
		Change  string
		Command chat.Command
	}
	if json.Unmarshal([]byte(text), &pressed) != nil {
		return ""
	}
	switch {
	case pressed.Choose != nil:
		if q := g.Question(pressed.Choose.Fact); q != nil {
			return q.Values[pressed.Choose.Value].Label.In(language)
		}
	case pressed.Change != "":
		if q := g.Question(pressed.Change); q != nil {
			return q.Change.In(language)
		}
	}
	return g.Phrase(phraseOf(pressed.Command)).In(language)
}

// phraseOf is the phrase on a command's button; a conversation starts without one.
func phraseOf(command chat.Command) string {
	switch command {
	case chat.Back:
		return guide.PhraseButtonBack
	case chat.Restart:
		return guide.PhraseButtonRestart
	case chat.Human:
		return guide.PhraseButtonHuman
	case chat.All:
		return guide.PhraseButtonAll
	}
	return ""
}
