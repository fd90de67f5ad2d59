package desk

import (
	"fmt"
	"slices"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/redact"
	"passdesk/internal/store"
)

// clean masks what the customer wrote; what was pressed has no words.
func (t *turn) clean(asked string) redact.Cleaned {
	if !isText(t.message) {
		return redact.Cleaned{}
	}
	said := t.content.Clean(string(t.message.Text), asked)
	t.record.Found = said.Found
	return said
}

// consequences adds to a step what the desk itself has to say, and what is to be done besides
// replying: a secret that was seen, a conversation that goes to a person.
func (t *turn) consequences(before memory, in dialogue.Reading, state dialogue.State, step *dialogue.Step, said redact.Cleaned, sequence int64) (memory, []store.Work) {
	after := before
	after.Dialogue = state
	after.Answers, after.Failed = slices.Clone(before.Answers), slices.Clone(before.Failed)
	if in.Act == dialogue.Restart {
		after.HandOver, after.Answers, after.Failed = "", nil, nil
	}
	if failed := before.Dialogue.Answered; failed != "" && (in.Act == dialogue.DidNotWork || in.Act == dialogue.No) {
		after.Failed = add(after.Failed, failed)
	}
	if step.Answer != "" {
		after.Answers = add(after.Answers, step.Answer)
	}
	if phrases := warning(said.Found); len(phrases) > 0 && !before.Warned {
		// Whoever has just been told of a secret need not be asked to keep them.
		others := slices.DeleteFunc(slices.Clone(step.Phrases), func(id string) bool { return id == guide.PhraseSecretWarning })
		step.Phrases, after.Warned = append(phrases, others...), true
	}
	if step.Kind != dialogue.StepHuman || !t.desk.options.HandOver {
		return after, nil
	}
	after.told = true
	if after.HandOver != "" {
		step.Phrases = append(step.Phrases, guide.PhraseHandedOverBefore)
		return after, nil
	}
	work := store.Work{
		// The time tells it from one of a conversation of the same name that was erased.
		ID: fmt.Sprintf("%s/%s/%d/%d", handover.Kind, t.message.Conversation, sequence, t.at.UnixMicro()), Kind: handover.Kind,
		Conversation: t.message.Conversation, Sequence: sequence, Details: t.details(after, step),
	}
	after.HandOver = handover.Reference(work.ID)
	step.Phrases = append(step.Phrases, guide.PhraseHandedOver)
	return after, []store.Work{work}
}

func (t *turn) details(after memory, step *dialogue.Step) string {
	details := handover.Details{
		Language: string(t.worded(after.Dialogue).Language), Facts: step.Known,
		Answers: after.Answers, Failed: after.Failed, Content: t.content.Version,
	}
	for _, at := range step.Path {
		details.Path = append(details.Path, at.Slot)
	}
	return details.String()
}

// reference is what the reply names, if it has just said that a person takes over.
func (m memory) reference() string {
	if m.told {
		return m.HandOver
	}
	return ""
}

// warning is what a customer is told who sent a secret. What can be changed by the customer should
// be; a coupon or a card number cannot.
func warning(found []redact.Kind) []string {
	var phrases []string
	if slices.ContainsFunc(found, redact.Kind.Secret) {
		phrases = append(phrases, guide.PhraseSecretSeen)
	}
	if slices.Contains(found, redact.Password) || slices.Contains(found, redact.Link) {
		phrases = append(phrases, guide.PhraseSecretChange)
	}
	return phrases
}

func add(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}
