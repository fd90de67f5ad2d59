package handover

import (
	"context"
	"log/slog"
)

// Log is a target that only writes a record, for trying the desk out: ids, nothing that anybody
// said. It never fails.
func Log(logger *slog.Logger) Target {
	return func(ctx context.Context, p Packet) error {
		var shown, failed []string
		for _, answer := range p.Answers {
			shown = append(shown, answer.ID)
			if answer.Failed {
				failed = append(failed, answer.ID)
			}
		}
		logger.LogAttrs(ctx, slog.LevelInfo, "hand-over", slog.String("reference", p.Reference), slog.String("id", p.ID),
			slog.String("conversation", p.Conversation), slog.String("channel", p.Channel), slog.String("language", p.Language),
			slog.Any("answers", shown), slog.Any("failed", failed), slog.Int64("turns", p.Omitted+int64(len(p.Transcript))))
		return nil
	}
}
