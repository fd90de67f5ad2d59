package outbox

import (
	"context"
	"log/slog"
	"time"

	"passdesk/internal/store"
)

// tell reports a verdict that was noted.
func (w *Worker) tell(job store.Job, v verdict, now time.Time) {
	age := now.Sub(job.Created)
	w.options.Observe(job.Kind, v.outcome, job.Tries, age)
	how := []slog.Attr{slog.Duration("age", age)}
	switch v.outcome {
	case OutcomeDone:
		w.log(slog.LevelInfo, "outbox job done", job, how...)
	case OutcomeRetry:
		w.log(slog.LevelWarn, "outbox job failed and is tried again", job, append(how, slog.Duration("delay", v.delay), slog.String("reason", v.reason))...)
	case OutcomeReturned:
		w.log(slog.LevelInfo, "outbox job put back", job, append(how, slog.String("reason", v.reason))...)
	case OutcomeDead:
		w.log(slog.LevelError, "outbox job given up", job, append(how, slog.String("reason", v.reason))...)
	}
}

// lose reports a verdict that could not be noted.
func (w *Worker) lose(job store.Job, v verdict, reason string) {
	w.options.Observe(job.Kind, OutcomeLost, job.Tries, 0)
	w.log(slog.LevelWarn, "outbox job not settled", job, slog.String("outcome", v.outcome), slog.String("reason", reason))
}

func (w *Worker) log(level slog.Level, message string, job store.Job, more ...slog.Attr) {
	ids := []slog.Attr{
		slog.String("job", job.ID), slog.String("kind", job.Kind), slog.String("conversation", job.Conversation),
		slog.Int64("sequence", job.Sequence), slog.Int("tries", job.Tries),
	}
	w.options.Logger.LogAttrs(context.Background(), level, message, append(ids, more...)...)
}
