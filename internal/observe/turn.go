package observe

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/redact"
)

// Outcome is what became of a message.
type Outcome string

// The outcomes.
const (
	Answered  Outcome = "answered"
	Repeated  Outcome = "repeated" // it had been answered before and got the same reply
	Invalid   Outcome = "invalid"
	NotFound  Outcome = "not-found"
	Busy      Outcome = "busy"
	Cancelled Outcome = "cancelled" // nobody waited for the reply any more, or it took too long
	Fault     Outcome = "fault"     // something is wrong with the service
)

// OutcomeOf tells what became of a message that was handled with an error or none.
func OutcomeOf(err error, repeated bool) Outcome {
	switch {
	case err == nil && repeated:
		return Repeated
	case err == nil:
		return Answered
	case errors.Is(err, chat.ErrInvalid), errors.Is(err, chat.ErrAway), errors.Is(err, chat.ErrAnswered):
		return Invalid
	case errors.Is(err, chat.ErrNotFound):
		return NotFound
	case errors.Is(err, chat.ErrBusy):
		return Busy
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Cancelled
	default:
		return Fault
	}
}

// Turn is what may be told of one message.
type Turn struct {
	Conversation ID
	Channel      ID
	Step         ID // of the reply; "" if there is none
	Ask          ID
	Answer       ID
	Language     ID
	Content      ID // version
	Outcome      Outcome
	Duration     time.Duration
	Retries      int           // times that somebody else was faster
	Found        []redact.Kind // what was masked
}

// Log writes the turn as one record: faults as errors, what the service owes as warnings.
func (t Turn) Log(ctx context.Context, logger *slog.Logger) {
	level := slog.LevelInfo
	switch t.Outcome {
	case Busy:
		level = slog.LevelWarn
	case Fault:
		level = slog.LevelError
	}
	attributes := append(make([]slog.Attr, 0, 12),
		slog.String("conversation", t.Conversation.shown()), slog.String("channel", t.Channel.shown()), slog.String("outcome", string(t.Outcome)),
		slog.Bool("duplicate", t.Outcome == Repeated), slog.Int("retries", t.Retries), milliseconds("duration_ms", t.Duration),
	)
	for _, named := range []struct {
		name string
		id   ID
	}{{"step", t.Step}, {"ask", t.Ask}, {"answer", t.Answer}, {"language", t.Language}, {"content", t.Content}} {
		if named.id != "" {
			attributes = append(attributes, slog.String(named.name, named.id.shown()))
		}
	}
	if len(t.Found) > 0 {
		found := make([]string, len(t.Found))
		for i, kind := range t.Found {
			found[i] = ID(kind).shown()
		}
		attributes = append(attributes, slog.Any("found", found))
	}
	logger.LogAttrs(ctx, level, "turn", attributes...)
}

func milliseconds(name string, d time.Duration) slog.Attr {
	const microsecond = 1000.0
	return slog.Float64(name, float64(d.Microseconds())/microsecond)
}
