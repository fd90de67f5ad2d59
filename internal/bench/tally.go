package bench

import (
	"slices"
	"time"
)

// tally is what one client counts. It belongs to that client until the run is over.
type tally struct {
	window    window
	durations []time.Duration // of turns that were due in the window
	ended     int             // turns that ended in the window
	failures  map[string]int  // by reason, whenever they happened
}

func newTally(w window) *tally {
	const usual = 1 << 14 // so that growing does not show in the durations
	return &tally{window: w, durations: make([]time.Duration, 0, usual), failures: map[string]int{}}
}

// add counts a request that was due at a time and has just been answered, or has failed.
func (t *tally) add(due time.Time, failure string) {
	if failure != "" {
		t.fail(failure)
		return
	}
	now := time.Now()
	if !due.Before(t.window.begin) && due.Before(t.window.end) {
		t.durations = append(t.durations, now.Sub(due))
	}
	if !now.Before(t.window.begin) && now.Before(t.window.end) {
		t.ended++
	}
}

func (t *tally) fail(reason string) { t.failures[reason]++ }

// run is one measured run of one server. Negative numbers are unknown.
type run struct {
	TurnsPerSecond  float64        `json:"turns-per-second"`
	P50             float64        `json:"p50-ms"`
	P99             float64        `json:"p99-ms"`
	Max             float64        `json:"max-ms"`
	ServerMicros    float64        `json:"server-cpu-us-per-turn"`    // CPU of the server per turn, in microseconds
	DatabaseMicros  float64        `json:"database-cpu-us-per-turn"`  // the same of the PostgreSQL server
	GeneratorMicros float64        `json:"generator-cpu-us-per-turn"` // the same of the program that asks
	Turns           int            `json:"turns"`
	Failures        map[string]int `json:"failures"` // requests that were not answered 2xx, by reason
	ResidentBytes   int64          `json:"resident-bytes"`
	PeakBytes       int64          `json:"peak-resident-bytes"`
	Goroutines      int            `json:"goroutines"`
}

func newRun(tallies []*tally, taken usage) run {
	one := run{Failures: map[string]int{}, ResidentBytes: taken.resident, PeakBytes: taken.peak, Goroutines: taken.goroutines}
	var durations []time.Duration
	for _, t := range tallies {
		durations = append(durations, t.durations...)
		one.Turns += t.ended
		for reason, n := range t.failures {
			one.Failures[reason] += n
		}
	}
	slices.Sort(durations)
	one.P50, one.P99, one.Max = milliseconds(quantile(durations, 0.5)), milliseconds(quantile(durations, 0.99)), milliseconds(quantile(durations, 1))
	if length := taken.window.length(); length > 0 {
		one.TurnsPerSecond = float64(one.Turns) / length.Seconds()
	}
	one.ServerMicros, one.DatabaseMicros, one.GeneratorMicros = each(taken.server, one.Turns), each(taken.database, one.Turns), each(taken.generator, one.Turns)
	return one
}

// quantile is the smallest of sorted durations that at least the given share of them does not
// exceed; 0 if there are none.
func quantile(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	exact := share * float64(len(sorted))
	index := int(exact)
	if float64(index) == exact {
		index--
	}
	return sorted[min(max(index, 0), len(sorted)-1)]
}

// each is the share of one turn in a CPU time, in microseconds.
func each(total time.Duration, turns int) float64 {
	if total < 0 || turns == 0 {
		return -1
	}
	return float64(total) / float64(time.Microsecond) / float64(turns)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// micros is the CPU time of a turn in microseconds, of all servers that could be watched.
func (r run) micros() float64 { return r.ServerMicros + max(0, r.DatabaseMicros) }

// failed is how many requests failed.
func (r run) failed() int {
	n := 0
	for _, failures := range r.Failures {
		n += failures
	}
	return n
}
