package desk

import (
	"encoding/json"
	"fmt"

	"passdesk/internal/chat"
	"passdesk/internal/redact"
	"passdesk/internal/store"
)

// deliveries adds the work of taking a turn to where it is waited for: the reply to a customer of a
// channel that cannot answer at once, and a customer's words to an agent who is somewhere else.
func (t *turn) deliveries(work []store.Work, m memory, sequence int64, said redact.Text, r chat.Reply) ([]store.Work, error) {
	add := func(kind, details string) {
		work = append(work, store.Work{
			ID: workID(kind, t.message.Conversation, sequence, t.at.UnixMicro()), Kind: kind,
			Conversation: t.message.Conversation, Sequence: sequence, Details: details,
		})
	}
	if m.Deliver != nil {
		details, err := json.Marshal(chat.Delivered{To: m.Deliver.To, With: json.RawMessage(t.message.Deliver.With)})
		if err != nil {
			return nil, fmt.Errorf("encode delivery: %w", err)
		}
		add(m.Deliver.Channel, string(details))
	}
	if relayed := r.Step == chat.StepRelayed && !said.IsZero(); t.desk.options.Relay != "" && (relayed || t.left.Agent != "") {
		about := m
		if !relayed {
			about = t.left
		}
		details := chat.Relayed{Reference: about.reference(), Agent: about.Agent, Left: !relayed}
		if m.Deliver != nil {
			details.To = m.Deliver.To
		}
		data, err := json.Marshal(details)
		if err != nil {
			return nil, fmt.Errorf("encode relay: %w", err)
		}
		add(t.desk.options.Relay, string(data))
	}
	return work, nil
}

// workID is the id of a piece of work. The time tells it from one of a conversation of the same name
// that was erased.
func workID(kind, conversation string, sequence, micros int64) string {
	return fmt.Sprintf("%s/%s/%d/%d", kind, conversation, sequence, micros)
}
