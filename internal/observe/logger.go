// Package observe is what operators see of the service: log records and metrics.
// It exists so that both are made of ids, counts and times from closed sets, and nothing that a
// customer wrote can get into them.
package observe

import (
	"io"
	"log/slog"
)

// Formats of the log.
const (
	JSON = "json"
	Text = "text"
)

// Logger writes records to w, one a line: as JSON, or as text for people. What records hold cannot
// end a line, nor hide or turn around what a terminal shows of it.
func Logger(w io.Writer, level slog.Leveler, format string) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == Text {
		return slog.New(slog.NewTextHandler(&escaper{w}, options))
	}
	return slog.New(slog.NewJSONHandler(&escaper{w}, options))
}
