package chat_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"passdesk/internal/chat"
)

// TestRawTextDoesNotPrint: no ordinary way of printing, logging or encoding shows what was written.
func TestRawTextDoesNotPrint(t *testing.T) {
	const canary = "Sunf1ower77"
	raw := chat.Raw("my password is " + canary)
	m := chat.Message{Conversation: "c", Text: raw}
	var printed []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		printed = append(printed, fmt.Sprintf(verb, raw), fmt.Sprintf(verb, m), fmt.Sprintf(verb, &m), fmt.Sprintf(verb, []chat.Raw{raw}), fmt.Sprintf(verb, map[string]chat.Raw{"a": raw}))
	}
	for _, value := range []any{raw, m, &m, []chat.Raw{raw}, map[string]chat.Raw{"a": raw}} {
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "value", value)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "value", value)
		printed = append(printed, string(data), log.String(), fmt.Sprint(value))
	}
	for _, text := range printed {
		if strings.Contains(text, canary) || strings.Contains(text, fmt.Sprintf("%x", canary)) || strings.Contains(text, fmt.Sprintf("%X", canary)) {
			t.Errorf("shown in %s", text)
		}
	}
}
