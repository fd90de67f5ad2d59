package observe_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"go.uber.org/goleak"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/observe"
	"passdesk/internal/outbox"
	"passdesk/internal/redact"
	"passdesk/internal/reload"
	"passdesk/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// injections try to end a line, to hide something or to look like another record.
var injections = []string{
	"a\nb", "a\r\nb", "\x00", "\x1b[2K\x1b[1A", "\u2028", "\u2029", "\u0085", "\u202etxt.exe", "\u2066x\u2069", "a\u200bb", "a\u200db", "\ufeff", "\U000e0041", "\u00ad", "\ufff9",
	`"}` + "\n" + `{"level":"ERROR","msg":"forged"}`, "\xff\xfe", "\xed\xa0\x80", "a\tb", `\n`, "</script>", `","level":"ERROR`, "\u061c", "\u034f", strings.Repeat("a", 300), "パスワード", "my password is hunter2", "",
	" level=ERROR msg=forged", "\x7f", "\x08", "\u3164", "\ufe0f", "\U000e0100",
}

func TestLogInjection(t *testing.T) {
	for _, format := range []string{observe.JSON, observe.Text} {
		for _, bad := range injections {
			var out bytes.Buffer
			log := observe.Logger(&out, slog.LevelInfo, format)
			log.Info(bad, "string", bad, "error", errors.New(bad), "stringer", []string{bad}, "id", observe.ID(bad), slog.Group("group", "inside", bad))
			line := out.String()
			if strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") {
				t.Errorf("%s, %q: not one line: %q", format, bad, line)
			}
			for _, r := range strings.TrimSuffix(line, "\n") {
				if !unicode.IsPrint(r) || strings.ContainsRune("\u034f\u3164\ufe0f\U000e0100", r) {
					t.Errorf("%s, %q: %q in the open: %q", format, bad, r, line)
				}
			}
			if format == observe.Text {
				continue
			}
			var record struct {
				Level, Msg, String, Error, ID string
				Group                         struct{ Inside string }
			}
			if err := json.Unmarshal([]byte(line), &record); err != nil || record.Level != "INFO" {
				t.Errorf("%q: record %q: %v", bad, line, err)
			}
			want := strings.ToValidUTF8(bad, "\ufffd")
			if strings.ToValidUTF8(bad, "") == bad && (record.String != want || record.Msg != want || record.Error != want || record.Group.Inside != want) {
				t.Errorf("%q came out as %+v", bad, record)
			}
		}
	}
}

func TestLoggerLevel(t *testing.T) {
	var out bytes.Buffer
	var level slog.LevelVar
	log := observe.Logger(&out, &level, observe.JSON)
	log.Debug("hidden")
	level.Set(slog.LevelDebug)
	log.Debug("shown")
	if strings.Contains(out.String(), "hidden") || !strings.Contains(out.String(), "shown") {
		t.Errorf("log: %s", out.String())
	}
}

func TestID(t *testing.T) {
	for id, want := range map[observe.ID]string{
		"7fd4yoanm5b4jz5cd6a6zvwd7qxgbcso": "7fd4yoanm5b4jz5cd6a6zvwd7qxgbcso", "C0123:1700000000.000100": "C0123:1700000000.000100", "": "",
		"my password is hunter2": "sha256:7c2fca7da9bf2ca7", "パスワード": "sha256:", "a\nb": "sha256:", observe.ID(strings.Repeat("a", 129)): "sha256:",
	} {
		got := id.LogValue().String()
		if got != want && (!strings.HasPrefix(want, "sha256:") || !regexp.MustCompile(`^sha256:[0-9a-f]{16}$`).MatchString(got)) {
			t.Errorf("%q is shown as %q, want %q", string(id), got, want)
		}
	}
}

func TestTurnLog(t *testing.T) {
	var out bytes.Buffer
	log := observe.Logger(&out, slog.LevelInfo, observe.JSON)
	turn := observe.Turn{
		Conversation: "c", Channel: "api", Step: "ask", Ask: "prompt", Language: "ja", Content: "v1", Outcome: observe.Repeated,
		Duration: 1234567 * time.Nanosecond, Retries: 2, Found: []redact.Kind{redact.Password, redact.Email},
	}
	turn.Log(context.Background(), log)
	observe.Turn{Conversation: "customer's own words", Channel: "api", Outcome: observe.Fault}.Log(context.Background(), log)
	observe.Turn{Conversation: "c", Channel: "api", Outcome: observe.Busy}.Log(context.Background(), log)
	got := regexp.MustCompile(`"time":"[^"]*",`).ReplaceAllString(out.String(), "")
	want := `{"level":"INFO","msg":"turn","conversation":"c","channel":"api","outcome":"repeated","duplicate":true,"retries":2,"duration_ms":1.234,"step":"ask","ask":"prompt","language":"ja","content":"v1","found":["password","email"]}
{"level":"ERROR","msg":"turn","conversation":"sha256:e7b96b0b0b3a8b1c","channel":"api","outcome":"fault","duplicate":false,"retries":0,"duration_ms":0}
{"level":"WARN","msg":"turn","conversation":"c","channel":"api","outcome":"busy","duplicate":false,"retries":0,"duration_ms":0}
`
	hash := regexp.MustCompile(`sha256:[0-9a-f]{16}`)
	if diff := cmp.Diff(hash.ReplaceAllString(want, "sha256"), hash.ReplaceAllString(got, "sha256")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOutcomeOf(t *testing.T) {
	tests := []struct {
		err      error
		repeated bool
		want     observe.Outcome
	}{
		{nil, false, observe.Answered},
		{nil, true, observe.Repeated},
		{fmt.Errorf("%w: unknown fact", chat.ErrInvalid), false, observe.Invalid},
		{chat.ErrNotFound, false, observe.NotFound},
		{fmt.Errorf("%w: %w", chat.ErrBusy, store.ErrUnavailable), false, observe.Busy},
		{context.Canceled, false, observe.Cancelled},
		{fmt.Errorf("commit: %w", context.DeadlineExceeded), false, observe.Cancelled},
		{errors.New("broken"), false, observe.Fault},
	}
	for _, test := range tests {
		if got := observe.OutcomeOf(test.err, test.repeated); got != test.want {
			t.Errorf("outcome of %v is %s, want %s", test.err, got, test.want)
		}
	}
}

// measured has seen everything once, and what is in no closed set.
func measured(t *testing.T) *observe.Metrics {
	t.Helper()
	m, err := observe.NewMetrics(observe.Labels{Channels: []string{"api"}, Routes: []string{"/healthz"}, Kinds: []string{"handover"}, Operations: []string{"commit"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range append(dialogue.Kinds(), chat.StepAgent, chat.StepRelayed) {
		m.Turn(observe.Turn{Channel: "api", Step: observe.ID(step), Outcome: observe.Answered, Duration: 3 * time.Millisecond})
	}
	m.Turn(observe.Turn{Channel: "carrier pigeon", Step: "dance", Outcome: "what", Found: []redact.Kind{redact.Password, "hunter2"}})
	m.Request("/healthz", "GET", 200, time.Millisecond)
	m.Request("/hunter2", "HUNTER2", 999, time.Second)
	m.InFlight(2)
	m.InFlight(-1)
	m.Panic()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	m.Outbox(map[store.JobState]int{store.Waiting: 3, "lost": 9}, now.Add(-90*time.Second), now)
	for _, outcome := range []string{outbox.OutcomeDone, outbox.OutcomeRetry, outbox.OutcomeDead, outbox.OutcomeReturned, outbox.OutcomeLost} {
		m.Delivery("handover", outcome)
	}
	m.Delivery("hunter2", "hunter2")
	m.Content("v1")
	m.Content("v2")
	for _, outcome := range []string{reload.Replaced, reload.Refused, reload.Unread} {
		m.Reload(outcome)
	}
	m.StoreError("commit")
	m.StoreError("hunter2")
	return m
}

func scrape(t *testing.T, m *observe.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("scrape: %d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestMetrics(t *testing.T) {
	all := scrape(t, measured(t))
	for _, want := range []string{
		`passdesk_turns_total{channel="api",outcome="answered",step="out-of-scope"} 1`,
		`passdesk_turns_total{channel="api",outcome="answered",step="relayed"} 1`,
		`passdesk_turns_total{channel="other",outcome="other",step="other"} 1`,
		`passdesk_turn_duration_seconds_bucket{le="0.0005"} 1`, `passdesk_turn_duration_seconds_bucket{le="2.5"} 10`,
		`passdesk_secrets_masked_total{kind="password"} 1`, `passdesk_secrets_masked_total{kind="other"} 1`,
		`passdesk_http_requests_total{class="2xx",method="GET",route="/healthz"} 1`, `passdesk_http_requests_total{class="other",method="other",route="other"} 1`,
		`passdesk_http_request_duration_seconds_count{route="/healthz"} 1`,
		`passdesk_in_flight_requests 1`, `passdesk_panics_total 1`,
		`passdesk_outbox_jobs{state="waiting"} 3`, `passdesk_outbox_jobs{state="dead"} 0`, `passdesk_outbox_oldest_waiting_seconds 90`,
		`passdesk_outbox_deliveries_total{kind="handover",outcome="retry"} 1`, `passdesk_outbox_deliveries_total{kind="other",outcome="other"} 1`,
		`passdesk_content_info{version="v2"} 1`, `passdesk_content_reloads_total{outcome="unread"} 1`,
		`passdesk_store_errors_total{operation="commit"} 1`, `passdesk_store_errors_total{operation="other"} 1`,
		"go_build_info{", "go_goroutines ", "process_open_fds ",
	} {
		if !strings.Contains("\n"+all, "\n"+want) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{"hunter2", "HUNTER2", "pigeon", `version="v1"`, `step="dance"`, `kind="handover",outcome="other"`, `content_reloads_total{outcome="other"}`} {
		if strings.Contains(all, not) {
			t.Errorf("scrape holds %s", not)
		}
	}
}

func TestNoJobWaits(t *testing.T) {
	m := measured(t)
	m.Outbox(nil, time.Time{}, time.Now())
	if all := scrape(t, m); !strings.Contains(all, "passdesk_outbox_oldest_waiting_seconds 0\n") || !strings.Contains(all, `passdesk_outbox_jobs{state="waiting"} 0`) {
		t.Error("a job still waits")
	}
}

func TestLint(t *testing.T) {
	all := scrape(t, measured(t))
	found, err := promlint.New(strings.NewReader(all)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range found {
		t.Errorf("%s: %s", problem.Metric, problem.Text)
	}
}
