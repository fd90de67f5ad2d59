// Package bench measures the server under load, from outside and over HTTP, beside a floor: a bare
// handler that writes the same rows and answers the same bytes without the desk. It exists so that
// what the desk costs is a ratio taken on one machine in one run, which means the same everywhere.
package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// Options say what is measured. All must be given, but for Rate, Conversations and Database.
type Options struct {
	Directory string        // for the servers' files; must be there
	Clients   int           // connections, each with one request at a time
	For       time.Duration // of each run
	Runs      int
	Desk      Command
	Floor     Command
	Database  string // URL of the PostgreSQL database that both servers use, "" for SQLite

	// Conversations, if any, are all opened first. Then Rate turns a second are spread over them,
	// whether or not the server keeps up; without them every client talks as fast as it is answered.
	Conversations int
	Rate          float64 // turns per second
}

// Command starts a server that logs where it listens, and ends in good order when it is interrupted.
type Command struct {
	Name      string
	Path      string
	Arguments []string
}

// warmUp is how long the servers run before they are measured.
func (o Options) warmUp() time.Duration { return min(time.Second, o.For/4) }

// Run starts both servers and measures them in turn, so that what else the machine does hits both.
func Run(ctx context.Context, o Options) (report Report, err error) {
	s, err := readScript()
	if err != nil {
		return Report{}, err
	}
	servers := make([]*server, 0, 2)
	defer func() {
		for _, started := range servers {
			err = errors.Join(err, started.stop())
		}
	}()
	for _, command := range []Command{o.Desk, o.Floor} {
		started, err := start(ctx, command, o.Directory)
		if err != nil {
			return Report{}, err
		}
		servers = append(servers, started)
	}
	m := &measurement{options: o, script: s}
	runs := make([][]run, len(servers))
	for i := range o.Runs {
		for turn := range servers {
			which := (turn + i) % len(servers) // neither is always the first
			one, err := m.measure(ctx, servers[which])
			if err != nil {
				return Report{}, fmt.Errorf("measure %s: %w", servers[which].name, err)
			}
			runs[which] = append(runs[which], one)
		}
	}
	return newReport(o, runs[0], runs[1]), nil
}

// measurement is what all runs have in common.
type measurement struct {
	options Options
	script  script
}

// measure loads one server for one run.
func (m *measurement) measure(ctx context.Context, s *server) (run, error) {
	load := m.talkOnAndOn
	if m.options.Conversations > 0 {
		load = m.keepOpen
	}
	tallies, taken, err := load(ctx, s)
	if err != nil {
		return run{}, err
	}
	return newRun(tallies, taken), nil
}

// window is a stretch of time in which turns count.
type window struct{ begin, end time.Time }

func (w window) length() time.Duration { return w.end.Sub(w.begin) }

// usage is the CPU time that was used in a window, and what the server held at its end, while its
// clients were still connected. Negative numbers are unknown.
type usage struct {
	window                      window
	server, database, generator time.Duration
	resident, peak              int64 // bytes
	goroutines                  int
}

// observe waits for a window to begin and to end, and takes what is used meanwhile.
func (m *measurement) observe(ctx context.Context, s *server, w window) (usage, error) {
	if err := sleepUntil(ctx, w.begin); err != nil {
		return usage{}, err
	}
	family := databaseFamily(m.options.Database)
	server, database, generator := processTime(s.pid), familyTime(family), processTime(os.Getpid())
	if err := sleepUntil(ctx, w.end); err != nil {
		return usage{}, err
	}
	used := usage{
		window: w, server: since(server, processTime(s.pid)), database: since(database, familyTime(family)),
		generator: since(generator, processTime(os.Getpid())), goroutines: s.goroutines(ctx),
	}
	used.resident, used.peak = memory(s.pid)
	return used, nil
}

// since is the difference of two CPU times if both are known.
func since(before, after time.Duration) time.Duration {
	if before < 0 || after < before {
		return -1
	}
	return after - before
}

func sleepUntil(ctx context.Context, at time.Time) error {
	wait := time.NewTimer(time.Until(at))
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
