package reply_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// TestOneTextForAll says that bot and agents show the very same guidance, however it is framed.
func TestOneTextForAll(t *testing.T) {
	g := content()
	frames := map[string]dialogue.Step{
		"plain":             {},
		"repeated":          {Phrases: []string{guide.PhraseSameAnswer}},
		"with a question":   {Ask: "vpn-generation"},
		"language switched": {Phrases: []string{guide.PhraseSwitchedLanguage, guide.PhraseWentBack}, Ask: "prompt"},
	}
	for _, language := range guide.Languages() {
		for _, id := range g.Answers() {
			guidance := reply.Guidance(g, id, language)
			for name, step := range frames {
				step.Kind, step.Answer = dialogue.StepAnswer, id
				r := reply.Build(g, dialogue.State{Language: language}, step, "")
				at := len(step.Phrases)
				if len(r.Parts) < at+len(guidance) {
					t.Fatalf("%s %s %s: only %d parts", id, language, name, len(r.Parts))
				}
				if diff := cmp.Diff(guidance, r.Parts[at:at+len(guidance)]); diff != "" {
					t.Errorf("%s %s %s: parts differ (-guidance +reply):\n%s", id, language, name, diff)
				}
				if text := reply.Plain(guidance); !strings.Contains("\n\n"+r.Text+"\n\n", "\n\n"+text+"\n\n") {
					t.Errorf("%s %s %s: the reply does not hold the guidance as it is:\n%s", id, language, name, r.Text)
				}
			}
		}
	}
}

// TestEveryTextIsFitToRead looks at every sentence that can be said, in both languages.
func TestEveryTextIsFitToRead(t *testing.T) {
	g := content()
	for _, language := range guide.Languages() {
		s := dialogue.State{Language: language}
		for _, id := range g.Answers() {
			fit(t, "answer "+id, reply.Build(g, s, dialogue.Step{Kind: dialogue.StepAnswer, Answer: id, Choices: g.Answer(id).FollowUps}, ""))
		}
		for _, slot := range g.Slots() {
			if g.Question(slot.Name).Ask.IsZero() {
				continue
			}
			fit(t, "question "+slot.Name, reply.Build(g, s, dialogue.Step{Kind: dialogue.StepAsk, Ask: slot.Name}, ""))
			fit(t, "again "+slot.Name, reply.Build(g, s, dialogue.Step{Kind: dialogue.StepRephrase, Ask: slot.Name, Again: true}, ""))
		}
		for _, id := range guide.RequiredPhrases() {
			if id == guide.PhraseBackToQuestion { // said only before a question
				continue
			}
			fit(t, "phrase "+id, reply.Build(g, s, dialogue.Step{Kind: dialogue.StepThanks, Phrases: []string{id}}, ""))
		}
	}
}

// fit complains about texts that no customer should see.
func fit(t interface{ Errorf(string, ...any) }, what string, r chat.Reply) {
	texts := []string{r.Text}
	for _, c := range r.Choices {
		texts = append(texts, c.Label, c.Short)
	}
	for _, c := range r.Commands {
		texts = append(texts, c.Label)
	}
	for _, l := range r.SoFar {
		texts = append(texts, l.About, l.Label)
	}
	for i, text := range texts {
		switch {
		case strings.TrimSpace(text) == "":
			t.Errorf("%s in %s: text %d is empty", what, r.Language, i)
		case strings.Contains(text, "*") || strings.Contains(text, "{{") || !utf8.ValidString(text):
			t.Errorf("%s in %s: markup or broken characters in %q", what, r.Language, text)
		case r.Language == "en" && japanese(text):
			t.Errorf("%s in English: Japanese in %q", what, text)
		}
	}
	if r.Language == "ja" && !japanese(r.Text) {
		t.Errorf("%s in Japanese: no Japanese in %q", what, r.Text)
	}
}

func japanese(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool {
		return unicode.In(c, unicode.Hiragana, unicode.Katakana, unicode.Han) || c >= 0x3000 && c <= 0x303f || c >= 0xff00 && c <= 0xff60
	}) >= 0
}

func TestLanguageNotKnown(t *testing.T) {
	r := reply.Build(content(), dialogue.State{}, dialogue.Step{Kind: dialogue.StepAsk, Ask: "prompt"}, "")
	if want := content().Question("prompt").Ask.Japanese; r.Language != string(reply.Fallback) || r.Text != want {
		t.Errorf("language %q, text %q; want %q and %q", r.Language, r.Text, reply.Fallback, want)
	}
}
