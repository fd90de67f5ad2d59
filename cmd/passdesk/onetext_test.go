package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
	"passdesk/knowledge"
)

// way is how a customer comes to an answer: the choices, and their numbers on the screen.
type way struct {
	choices []chat.Choice
	numbers []int
}

// ways finds a way to each answer that can be reached by choosing alone, through the API.
func ways(t *testing.T, at, language string) map[string]way {
	t.Helper()
	found := map[string]way{}
	for waiting := []way{{}}; len(waiting) > 0; waiting = waiting[1:] {
		w := waiting[0]
		last := w.replay(t, at, language)
		if last.Answer != "" {
			if _, known := found[last.Answer]; !known {
				found[last.Answer] = w
			}
			continue
		}
		for i, c := range last.Choices {
			waiting = append(waiting, way{append(w.choices[:len(w.choices):len(w.choices)], c), append(w.numbers[:len(w.numbers):len(w.numbers)], i+1)})
		}
	}
	return found
}

// replay goes the way by the API and returns the last reply.
func (w way) replay(t *testing.T, at, language string) chat.Reply {
	t.Helper()
	v := visit(t, at)
	var begun struct {
		Conversation, Token string
		Reply               chat.Reply
	}
	if err := json.Unmarshal([]byte(v.send(http.MethodPost, "/api/v1/conversations", `{"language":"`+language+`"}`).body), &begun); err != nil {
		t.Fatal(err)
	}
	last := begun.Reply
	for i, c := range w.choices {
		message := fmt.Sprintf(`{"choose":{"fact":%q,"value":%q}}`, c.Fact, c.Value)
		var got chat.Reply
		answer := v.send(http.MethodPost, "/api/v1/conversations/"+begun.Conversation+"/messages", message, "Authorization", "Bearer "+begun.Token, "Idempotency-Key", fmt.Sprint("m", i))
		if err := json.Unmarshal([]byte(answer.body), &got); err != nil {
			t.Fatalf("%v in %s", err, answer.body)
		}
		if answer.status != http.StatusOK {
			t.Fatalf("choosing %v: %d %s", c, answer.status, answer.body)
		}
		last = got
	}
	return last
}

var (
	tag   = regexp.MustCompile(`<[^>]*>`)
	drawn = regexp.MustCompile(`(?s)<figure.*?</figure>`)
	marks = regexp.MustCompile(`(?m)^ *([0-9]+\. |- )`)
)

// bare is what a text says, without what lays it out.
func bare(text string) string { return strings.Join(strings.Fields(text), "") }

// read is what a page says.
func read(page string) string {
	return bare(html.UnescapeString(tag.ReplaceAllString(drawn.ReplaceAllString(page, ""), "")))
}

// says fails unless all sentences of an answer are in a text, in their order; links can stand
// elsewhere.
func says(t *testing.T, where, text string, parts []chat.Part) {
	t.Helper()
	whole := text
	for _, part := range parts {
		for _, sentence := range append([]chat.Item{{Text: part.Text}}, part.Items...) {
			if part.Kind == chat.Links {
				if !strings.Contains(whole, bare(sentence.Text)) {
					t.Errorf("%s lacks the link %q", where, sentence.Text)
				}
				continue
			}
			_, rest, found := strings.Cut(text, bare(sentence.Text))
			if !found {
				t.Errorf("%s lacks %q, or has it in another place", where, sentence.Text)
				return
			}
			text = rest
		}
	}
}

// TestOneTextEverywhere: whichever way a customer gets an answer, in the chat, through the API, in a
// terminal or on its page, it is the text that agents paste. (That they paste the bot's own, in every
// format, is a test of package canned.)
func TestOneTextEverywhere(t *testing.T) {
	t.Setenv("PASSDESK_LIMITS_CONVERSATIONS_PER_HOUR", "100000")
	t.Setenv("PASSDESK_LIMITS_MESSAGES_PER_MINUTE", "100000")
	t.Setenv("PASSDESK_LIMITS_REQUESTS_PER_MINUTE", "100000")
	at, _ := site(t)
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range guide.Languages() {
		code := string(language)
		for _, id := range g.Answers() {
			page := visit(t, at).send(http.MethodGet, "/help/"+code+"/"+id, nil)
			says(t, "the page of "+id+" in "+code, read(page.body), reply.Guidance(g, id, language))
		}
		reached := ways(t, at, code)
		if len(reached) < 15 {
			t.Errorf("%s: only %d answers are reached", code, len(reached))
		}
		for id, w := range reached {
			parts := reply.Guidance(g, id, language)
			last := w.replay(t, at, code)
			if !strings.Contains(last.Text, reply.Plain(parts)) {
				t.Errorf("%s %s: the API says %q", id, code, last.Text)
			}
			says(t, "the chat about "+id+" in "+code, w.click(t, at, code), parts)
			says(t, "the terminal about "+id+" in "+code, w.typed(t, code), parts)
		}
	}
}

// click goes the way in the chat and returns what its page says.
func (w way) click(t *testing.T, at, language string) string {
	t.Helper()
	v := visit(t, at)
	page := v.send(http.MethodGet, "/?lang="+language, nil).body
	for _, c := range w.choices {
		v.send(http.MethodPost, "/", fields(page, url.Values{"choose": {c.Fact + ":" + c.Value}}), "Sec-Fetch-Site", "same-origin")
		page = v.send(http.MethodGet, "/", nil).body
	}
	return read(page)
}

// typed goes the way in a terminal and returns what it says.
func (w way) typed(t *testing.T, language string) string {
	t.Helper()
	keys := strings.Builder{}
	fmt.Fprintln(&keys, map[string]string{"ja": "こんにちは", "en": "hello"}[language]) // it waits for the first word
	for _, n := range w.numbers {
		fmt.Fprintln(&keys, n)
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"chat", "--language", language}, strings.NewReader(keys.String()), &out, &out); code != exitFine {
		t.Fatalf("chat: %d %s", code, out.String())
	}
	return bare(marks.ReplaceAllString(out.String(), ""))
}
