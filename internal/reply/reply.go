// Package reply turns a step into a finished reply in one language.
// It exists so that words are chosen in a single place: whatever the channel, the customer and
// the agent who pastes the text read the same sentences.
package reply

import (
	"strings"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// Fallback is the language of a conversation in which none could be told yet: Intego's
// customers whom this desk was made for write Japanese.
const Fallback = guide.Japanese

// Build writes the reply for a step. The reference is that of the hand-over which the step tells
// of, "" if there is none. The conversation id is the caller's to fill in.
func Build(g *guide.Guide, s dialogue.State, step dialogue.Step, reference string) chat.Reply {
	b := &builder{guide: g, language: s.Language, reference: reference}
	if b.language == "" {
		b.language = Fallback
	}
	b.write(step)
	r := chat.Reply{
		Language: string(b.language), Step: string(step.Kind), Ask: step.Ask, Answer: step.Answer,
		Facts: map[string]string{}, Questions: s.Questions, Parts: b.parts, Text: Plain(b.parts),
		Choices: b.choices(step.Choices), Commands: b.commands(step), Reference: reference,
	}
	for slot, value := range step.Known {
		r.Facts[slot] = value
	}
	r.SoFar = b.soFar(s)
	return r
}

// Guidance is the text of one answer, as the bot shows it and agents paste it.
func Guidance(g *guide.Guide, answer string, language guide.Language) []chat.Part {
	b := &builder{guide: g, language: language}
	b.answer(g.Answer(answer))
	return b.parts
}

type builder struct {
	guide     *guide.Guide
	language  guide.Language
	reference string
	parts     []chat.Part
}

func (b *builder) add(kind chat.PartKind, text string) {
	b.parts = append(b.parts, chat.Part{Kind: kind, Text: text})
}

func (b *builder) phrase(id string) string { return b.guide.Phrase(id).In(b.language) }

// named puts what a phrase names behind it; a full-width colon brings its own space.
func (b *builder) named(phrase, what string) string {
	name := b.phrase(phrase)
	if strings.HasSuffix(name, ":") {
		name += " "
	}
	return name + what
}

// write puts the sentences of a step in order: what is said first, the guidance, the question.
func (b *builder) write(step dialogue.Step) {
	var last []string // said between the guidance and the question
	for _, id := range step.Phrases {
		if id == guide.PhraseBackToQuestion {
			last = append(last, id)
			continue
		}
		b.add(chat.Paragraph, b.phrase(id))
	}
	if b.reference != "" {
		b.add(chat.Paragraph, b.named(guide.PhraseReference, b.reference))
	}
	if step.Answer != "" {
		b.answer(b.guide.Answer(step.Answer))
	}
	if step.Kind == dialogue.StepHuman || step.Kind == dialogue.StepOutOfScope && step.Ask == "" {
		b.links([]string{guide.ContactLink})
	}
	if step.Ask != "" {
		if step.Answer != "" {
			last = append(last, guide.PhraseBackToQuestion)
		}
		for _, id := range last {
			b.add(chat.Paragraph, b.phrase(id))
		}
		q := b.guide.Question(step.Ask)
		if step.Narrow {
			b.add(chat.Question, b.phrase(guide.PhraseNarrowed))
		} else if step.Again {
			b.add(chat.Question, q.Again.In(b.language))
		} else {
			b.add(chat.Question, q.Ask.In(b.language))
		}
	} else if step.Kind == dialogue.StepAnswer {
		b.add(chat.Question, b.phrase(guide.PhraseSolved))
	}
}

func (b *builder) answer(a *guide.Answer) {
	b.add(chat.Summary, a.Summary.In(b.language))
	b.list(chat.Steps, guide.PhraseHeadingSteps, a.Steps)
	b.illustrate(a)
	b.list(chat.Cautions, guide.PhraseHeadingCautions, a.Cautions)
	b.links(a.Links)
	if a.Escalate {
		b.add(chat.Paragraph, b.phrase(guide.PhraseEscalate))
	}
}

func (b *builder) list(kind chat.PartKind, heading string, texts []guide.Text) {
	if len(texts) == 0 {
		return
	}
	part := chat.Part{Kind: kind, Text: b.phrase(heading)}
	for _, t := range texts {
		part.Items = append(part.Items, chat.Item{Text: t.In(b.language)})
	}
	b.parts = append(b.parts, part)
}

// illustrate sets the pictures of an answer's steps, which were the last to be written.
func (b *builder) illustrate(a *guide.Answer) {
	for i := range a.Steps {
		if p := b.guide.PictureAt(a.ID, i+1); p != nil {
			b.parts[len(b.parts)-1].Items[i].Picture = p.ID
		}
	}
}

// links writes each link and, behind it, the one to use if the page does not open.
func (b *builder) links(keys []string) {
	part := chat.Part{Kind: chat.Links, Text: b.phrase(guide.PhraseHeadingLinks)}
	for _, key := range keys {
		link := b.guide.Link(key)
		part.Items = append(part.Items, b.link(link, ""))
		if other := b.guide.Link(link.Alternative); other != nil {
			part.Items = append(part.Items, b.link(other, b.phrase(guide.PhraseIfNotOpen)))
		}
	}
	if len(part.Items) > 0 {
		b.parts = append(b.parts, part)
	}
}

// link writes one link; notes come with their own brackets.
func (b *builder) link(link *guide.Link, note string) chat.Item {
	if !link.Verified {
		note += b.phrase(guide.PhraseUnverified)
	}
	if strings.HasPrefix(note, "(") {
		note = " " + note // full-width brackets bring their own space
	}
	return chat.Item{Text: link.Label.In(b.language), URL: link.URL.In(b.language), Note: note}
}
