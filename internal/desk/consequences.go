package desk

import (
	"slices"
	"time"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/redact"
	"passdesk/internal/store"
)

// again is after how long a conversation that went to a person can go to one again, if the customer
// has started again: until then it is most likely the same worry.
const again = time.Hour

// clean masks what the customer wrote; what was pressed has no words.
func (t *turn) clean(raw, asked string) redact.Cleaned {
	if !isText(t.message) {
		return redact.Cleaned{}
	}
	said := t.content.Clean(raw, asked)
	t.record.Found = said.Found
	return said
}

// tell puts in front of a step what a customer is told who sent a secret, each phrase once in a
// conversation.
func (t *turn) tell(m *memory, step *dialogue.Step, found []redact.Kind) {
	var phrases []string
	for _, id := range warnings(found) {
		if !slices.Contains(m.Told, id) {
			phrases = append(phrases, id)
		}
	}
	if len(phrases) == 0 {
		return
	}
	m.Told = append(m.Told, phrases...)
	// Whoever has just been told of a secret need not be asked to keep them.
	others := slices.DeleteFunc(slices.Clone(step.Phrases), func(id string) bool { return id == guide.PhraseSecretWarning })
	step.Phrases = append(phrases, others...)
}

// tellsOfSecret reports whether a customer is told in a step that something was masked.
func tellsOfSecret(step dialogue.Step) bool {
	return slices.Contains(step.Phrases, guide.PhraseSecretSeen)
}

// warnings are the phrases for what was found. What customers can change they should; a coupon or a
// card number they cannot.
func warnings(found []redact.Kind) []string {
	var phrases []string
	if slices.ContainsFunc(found, redact.Kind.Secret) {
		phrases = append(phrases, guide.PhraseSecretSeen)
	}
	if slices.Contains(found, redact.Password) || slices.Contains(found, redact.Link) {
		phrases = append(phrases, guide.PhraseSecretChange)
	}
	return phrases
}

// handOver causes the work that tells a person, once for one worry, and has the reply name the
// reference.
func (t *turn) handOver(m *memory, step *dialogue.Step, sequence int64) (work []store.Work, reference string) {
	if step.Kind != dialogue.StepHuman || !t.desk.options.HandOver {
		return nil, ""
	}
	if m.HandOver != nil && !m.HandOver.Over && (!m.HandOver.Restarted || t.at.Sub(m.HandOver.At) < again) {
		step.Phrases = append(step.Phrases, guide.PhraseHandedOverBefore)
		return nil, m.HandOver.Reference
	}
	one := store.Work{
		ID: workID(handover.Kind, t.message.Conversation, sequence, t.at.UnixMicro()), Kind: handover.Kind,
		Conversation: t.message.Conversation, Sequence: sequence, Details: t.details(m, step),
	}
	m.HandOver = &handedOver{Reference: handover.Reference(one.ID), At: t.at}
	one.Case = store.Opening{Reference: m.HandOver.Reference, Language: string(t.worded(m.Dialogue).Language)}
	step.Phrases = append(step.Phrases, guide.PhraseHandedOver)
	return []store.Work{one}, m.HandOver.Reference
}

func (t *turn) details(m *memory, step *dialogue.Step) string {
	details := handover.Details{
		Language: string(t.worded(m.Dialogue).Language), Facts: step.Known,
		Answers: m.Answers, Failed: m.Failed, Content: t.content.Version, Address: t.message.Deliver.To,
	}
	for _, at := range step.Path {
		details.Path = append(details.Path, at.Slot)
	}
	return details.String()
}
