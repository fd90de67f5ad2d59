package sqlstore

import (
	"context"
	"fmt"

	"passdesk/internal/store"
)

// Load implements store.Conversations, in one statement and so as of one moment.
func (s *Store) Load(ctx context.Context, conversation, message string) (store.Conversation, *store.Turn, error) {
	kept, turn := store.Conversation{ID: conversation}, store.Turn{Conversation: conversation}
	if err := store.CheckLoad(conversation, message); err != nil {
		return kept, nil, fmt.Errorf("load conversation: %w", err)
	}
	var created, updated, at int64
	err := s.look(ctx, "load conversation", statement{
		text: loadConversation, arguments: []any{conversation, message},
		each: func(r row) error {
			return r.Scan(&kept.Channel, &kept.Version, &kept.State, &created, &updated,
				&turn.Sequence, &turn.Message, &turn.Channel, &at, &turn.Said, &turn.Pressed, &turn.Reply, &turn.Content)
		},
	})
	if err != nil || kept.Version == 0 {
		return store.Conversation{ID: conversation}, nil, err
	}
	kept.Created, kept.Updated, turn.At = fromMicros(created), fromMicros(updated), fromMicros(at)
	if turn.Sequence == 0 {
		return kept, nil, nil
	}
	return kept, &turn, nil
}

// Commit implements store.Conversations. Its guards are constraints, so that PostgreSQL needs one
// round trip: see statements.go.
func (s *Store) Commit(ctx context.Context, turn store.Turn, state string, work ...store.Work) error {
	if err := store.CheckTurn(turn, state, work); err != nil {
		return fmt.Errorf("commit turn: %w", err)
	}
	at := micros(turn.At)
	statements := make([]statement, 0, 2+2*len(work))
	if turn.Sequence == 1 {
		statements = append(statements, statement{text: insertConversation, arguments: []any{turn.Conversation, turn.Channel, state, at}})
	} else {
		statements = append(statements, statement{text: updateConversation, arguments: []any{turn.Conversation, turn.Sequence - 1, state, at}})
	}
	statements = append(statements, statement{text: insertTurn, arguments: []any{
		turn.Conversation, turn.Sequence, turn.Message, turn.Channel, at, turn.Said.String(), turn.Pressed, turn.Reply, turn.Content,
	}})
	for position, w := range work {
		statements = append(statements, statement{text: insertWork, arguments: []any{
			w.ID, w.Kind, w.Conversation, w.Sequence, int64(position), w.Details,
		}})
		if w.Case.Reference != "" {
			statements = append(statements, openCase(w, turn.Channel))
		}
	}
	return s.wrote(s.change(ctx, "commit turn", statements...))
}

// Turns implements store.Conversations.
func (s *Store) Turns(ctx context.Context, conversation string, after int64, limit int) ([]store.Turn, error) {
	if err := store.CheckID("conversation id", conversation); err != nil {
		return nil, fmt.Errorf("read turns: %w", err)
	}
	var turns []store.Turn
	err := s.look(ctx, "read turns", statement{
		text: selectTurns, arguments: []any{conversation, after, max(limit, 0)},
		each: func(r row) error {
			turn, at := store.Turn{Conversation: conversation}, int64(0)
			err := r.Scan(&turn.Sequence, &turn.Message, &turn.Channel, &at, &turn.Said, &turn.Pressed, &turn.Reply, &turn.Content)
			turn.At = fromMicros(at)
			turns = append(turns, turn)
			return err
		},
	})
	return turns, err
}
