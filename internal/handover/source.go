package handover

import (
	"context"
	"fmt"
	"slices"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/outbox"
	"passdesk/internal/store"
)

// MaxTurns is how many turns of a transcript a packet holds: the last ones.
const MaxTurns = 200

// Turns reads a conversation's turns; it is store.Conversations.Turns.
type Turns func(ctx context.Context, conversation string, after int64, limit int) ([]store.Turn, error)

// Source is where packets are made from. All of it must be set.
type Source struct {
	Guide  func() *guide.Guide              // the content of this moment, for labels
	Turns  Turns                            // the transcript
	Decode func(string) (chat.Reply, error) // reads store.Turn.Reply; only Text and Language are used
}

// Packet makes the packet of a job. The error is outbox.Permanent if the conversation is gone or the
// job's details cannot be read, else that of the store.
func (s Source) Packet(ctx context.Context, job store.Job) (Packet, error) {
	details, err := ParseDetails(job.Details)
	if err != nil {
		return Packet{}, outbox.Permanent{Err: fmt.Errorf("%w: %w", outbox.Reason("details cannot be read"), err)}
	}
	turns, err := s.turns(ctx, job)
	if err != nil {
		return Packet{}, err
	}
	last := turns[len(turns)-1]
	w := words{guide: s.Guide(), language: guide.Language(details.Language)}
	return Packet{
		Version: 1, ID: job.ID, Reference: Reference(job.ID), Time: last.At.UTC(),
		Conversation: job.Conversation, Channel: last.Channel, Language: details.Language, Content: details.Content,
		Facts: w.facts(details.Facts), Path: w.path(details), Answers: w.answers(details),
		Omitted: turns[0].Sequence - 1, Transcript: s.transcript(w, turns),
	}, nil
}

// turns returns the last turns up to the one that caused the job.
func (s Source) turns(ctx context.Context, job store.Job) ([]store.Turn, error) {
	var turns []store.Turn
	for after := max(0, job.Sequence-MaxTurns); after < job.Sequence; after = turns[len(turns)-1].Sequence {
		some, err := s.Turns(ctx, job.Conversation, after, int(job.Sequence-after))
		if err != nil {
			return nil, fmt.Errorf("read turns of hand-over: %w", err)
		}
		if len(some) == 0 {
			break
		}
		turns = append(turns, some...)
	}
	if len(turns) == 0 || turns[len(turns)-1].Sequence != job.Sequence {
		return nil, outbox.Permanent{Err: outbox.Reason("the conversation was forgotten")}
	}
	return turns, nil
}

func (s Source) transcript(w words, turns []store.Turn) []Turn {
	lines := make([]Turn, len(turns))
	for i, turn := range turns {
		lines[i] = Turn{Sequence: turn.Sequence, Time: turn.At.UTC(), Said: turn.Said, Pressed: w.pressed(turn.Pressed), Agent: agent(turn.Pressed)}
		// The person needs what was said even if some reply is in a form of long ago.
		if reply, err := s.Decode(turn.Reply); err == nil {
			lines[i].Desk = reply.Text
		}
	}
	return lines
}

// agent reads what the desk keeps of an agent's turn, nil if it is the customer's.
func agent(pressed string) *Agent {
	by, ok := chat.AgentOf(pressed)
	if !ok {
		return nil
	}
	return &Agent{Action: string(by.Do), Name: by.Name}
}

// answers lists what was shown, and what did not work even if it is not among what was shown.
func (w words) answers(d Details) []Answer {
	answers := []Answer{}
	for _, id := range slices.Concat(d.Answers, d.Failed) {
		if slices.ContainsFunc(answers, func(a Answer) bool { return a.ID == id }) {
			continue
		}
		answer := Answer{ID: id, Failed: slices.Contains(d.Failed, id)}
		if known := w.guide.Answer(id); known != nil {
			answer.Title, answer.Summary = known.Title.In(w.language), known.Summary.In(w.language)
		}
		answers = append(answers, answer)
	}
	return answers
}
