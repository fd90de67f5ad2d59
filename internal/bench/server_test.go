package bench

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListening(t *testing.T) {
	tests := []struct{ log, want string }{
		{"", ""},
		{`{"level":"INFO","msg":"opened"}` + "\n", ""},
		{"no JSON\n" + `{"msg":"listening","address":"127.0.0.1:4711","metrics_only":false}` + "\n", "127.0.0.1:4711"},
		{`{"msg":"listening","address":"127.0.0.1:47`, ""}, // half written
		{`{"msg":"listening","address":"a:1"}` + "\n" + `{"msg":"listening","address":"b:2"}` + "\n", "a:1"},
	}
	for _, test := range tests {
		if got := listening([]byte(test.log)); got != test.want {
			t.Errorf("%q listens at %q, want %q", test.log, got, test.want)
		}
	}
}

// TestStartFails: what a server that ends at once wrote last is in the error.
func TestStartFails(t *testing.T) {
	tests := []struct {
		name, want string
		command    Command
	}{
		{"ends", "start desk: it ended: no such thing", Command{"desk", "/bin/sh", []string{"-c", "echo first >&2; echo no such thing >&2; exit 3"}}},
		{"is not there", "start desk: fork/exec /no/such/program", Command{"desk", "/no/such/program", nil}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := start(t.Context(), test.command, t.TempDir()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func TestWithoutSettings(t *testing.T) {
	got := withoutSettings([]string{"HOME=/root", "PASSDESK_DATABASE_URL=postgres://production/", "GOMAXPROCS=2"})
	if diff := cmp.Diff([]string{"HOME=/root", "GOMAXPROCS=2"}, got); diff != "" {
		t.Error(diff)
	}
}
