package bench

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuantile(t *testing.T) {
	upTo := func(n int) []time.Duration {
		var all []time.Duration
		for i := range n {
			all = append(all, time.Duration(i+1))
		}
		return all
	}
	tests := []struct {
		name   string
		sorted []time.Duration
		share  float64
		want   time.Duration
	}{
		{"none", nil, 0.5, 0},
		{"one", upTo(1), 0.5, 1},
		{"one, greatest", upTo(1), 1, 1},
		{"two, middle", upTo(2), 0.5, 1},
		{"three, middle", upTo(3), 0.5, 2},
		{"a hundred, 99", upTo(100), 0.99, 99},
		{"101, 99", upTo(101), 0.99, 100},
		{"greatest", upTo(7), 1, 7},
		{"least", upTo(7), 0, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := quantile(test.sorted, test.share); got != test.want {
				t.Errorf("quantile %g of %d durations is %d, want %d", test.share, len(test.sorted), got, test.want)
			}
		})
	}
}

// TestWindow: a turn counts for the rate if it ended in the window, and for the durations if it was
// due in it, so that one that never seems to end is not forgotten.
func TestWindow(t *testing.T) {
	now := time.Now()
	tests := []struct {
		name             string
		begin, end, due  time.Duration // from now
		ended, durations int
	}{
		{"within", -time.Minute, time.Minute, -time.Second, 1, 1},
		{"due before, ended within", -time.Minute, time.Minute, -time.Hour, 1, 0},
		{"due within, ended after", -time.Hour, -time.Minute, -2 * time.Minute, 0, 1},
		{"before", time.Minute, time.Hour, -time.Second, 0, 0},
		{"after", -time.Hour, -time.Minute, -time.Second, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newTally(window{now.Add(test.begin), now.Add(test.end)})
			c.add(now.Add(test.due), "")
			c.add(now.Add(test.due), "status 503")
			if c.ended != test.ended || len(c.durations) != test.durations || c.failures["status 503"] != 1 {
				t.Errorf("ended %d, durations %d, failures %v; want %d, %d, one", c.ended, len(c.durations), c.failures, test.ended, test.durations)
			}
		})
	}
}

func TestNewRun(t *testing.T) {
	begin := time.Now()
	w := window{begin, begin.Add(2 * time.Second)}
	tallies := []*tally{
		{durations: []time.Duration{4 * time.Millisecond, 2 * time.Millisecond}, ended: 6, failures: map[string]int{"status 503": 2}},
		{durations: []time.Duration{3 * time.Millisecond}, ended: 4, failures: map[string]int{"status 503": 1, broken: 1}},
	}
	got := newRun(tallies, usage{window: w, server: time.Millisecond, database: -1, generator: 10 * time.Microsecond})
	want := run{
		TurnsPerSecond: 5, P50: 3, P99: 4, Max: 4, ServerMicros: 100, DatabaseMicros: -1, GeneratorMicros: 1, Turns: 10,
		Failures: map[string]int{"status 503": 3, broken: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" || got.failed() != 4 {
		t.Errorf("%d failed (-want +got):\n%s", got.failed(), diff)
	}
	if got := newRun(nil, usage{}); got.TurnsPerSecond != 0 || got.ServerMicros != -1 {
		t.Errorf("nothing measured: %+v", got)
	}
}
