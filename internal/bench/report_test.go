package bench

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestSpread(t *testing.T) {
	tests := []struct {
		numbers []float64
		want    Spread
	}{
		{nil, Spread{}},
		{[]float64{2}, Spread{2, 2, 2}},
		{[]float64{3, 1}, Spread{2, 1, 3}},
		{[]float64{9, 1, 5}, Spread{5, 1, 9}},
		{[]float64{4, 3, 2, 1}, Spread{2.5, 1, 4}},
	}
	for _, test := range tests {
		if got := spread(test.numbers); got != test.want {
			t.Errorf("spread of %v is %v, want %v", test.numbers, got, test.want)
		}
	}
}

func TestNewReportComparesRunsThatBelongTogether(t *testing.T) {
	desk := []run{{TurnsPerSecond: 10, ServerMicros: 40}, {TurnsPerSecond: 90, ServerMicros: 10, DatabaseMicros: 10}, {TurnsPerSecond: 1, ServerMicros: -1}}
	floor := []run{{TurnsPerSecond: 20, ServerMicros: 10}, {TurnsPerSecond: 100, ServerMicros: 5, DatabaseMicros: 10}, {ServerMicros: 5}}
	r := newReport(Options{}, desk, floor)
	if want := (Spread{0.7, 0.5, 0.9}); r.Ratio != want {
		t.Errorf("ratio %v, want %v", r.Ratio, want)
	}
	if want := (Spread{0.5, 0.25, 0.75}); r.CPURatio != want {
		t.Errorf("ratio of CPU %v, want %v", r.CPURatio, want)
	}
}

func TestPrint(t *testing.T) {
	one := func(n float64, failures map[string]int) run {
		return run{
			TurnsPerSecond: 1000 * n, P50: n, P99: 2 * n, Max: 10 * n, ServerMicros: 100 * n, DatabaseMicros: 50 * n, GeneratorMicros: 10 * n,
			Turns: int(5000 * n), Failures: failures, ResidentBytes: 40 << 20, PeakBytes: 60 << 20, Goroutines: 77,
		}
	}
	closed := Report{
		Machine: Machine{"linux/amd64", 2, "go1.26", "driver v1"}, Database: sqlite, Clients: 32, For: 5 * time.Second, WarmUp: time.Second,
		Desk: []run{one(3, nil), one(1, map[string]int{"status 503": 2}), one(2, map[string]int{"status 503": 1, broken: 1})}, Floor: []run{one(5, nil), one(4, nil), one(6, nil)},
		Ratio: Spread{0.5, 0.25, 0.6}, CPURatio: Spread{0.4, 0.3, 0.45},
	}
	unknown := one(1, nil)
	unknown.DatabaseMicros = -1
	remote := closed
	remote.Database, remote.Desk, remote.Floor = postgreSQL, []run{unknown}, []run{unknown}
	silent := one(1, nil)
	silent.Goroutines, silent.ResidentBytes, silent.ServerMicros = -1, -1, -1
	open := closed
	open.Conversations, open.Rate, open.Desk, open.Floor = 10_000, 300, []run{one(1, nil)}, []run{silent}
	var all strings.Builder
	for i, r := range []Report{closed, remote, open} {
		if i > 0 {
			fmt.Fprintln(&all, "----")
		}
		if err := r.Print(&all); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "testdata/report.txt", all.String())
}
