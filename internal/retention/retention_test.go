package retention_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/retention"
)

// shelf holds things with the time they were put there, as a store does.
type shelf struct {
	conversations, jobs []time.Time
	scrubbed            int
	down                atomic.Bool
	unscrubbable        atomic.Int64 // times that scrubbing fails
	ahead               atomic.Int64 // of the clock
}

func (s *shelf) Now(context.Context) (time.Time, error) {
	if s.down.Load() {
		return time.Time{}, errors.New("database is down")
	}
	return time.Now().Add(time.Duration(s.ahead.Load())), nil
}

func (s *shelf) Scrub(context.Context) error {
	if s.unscrubbable.Add(-1) >= 0 {
		return errors.New("somebody is reading")
	}
	s.scrubbed++
	return nil
}

func (s *shelf) Purge(_ context.Context, before time.Time, limit int) (int, error) {
	return take(&s.conversations, before, limit), nil
}

func (s *shelf) PurgeJobs(_ context.Context, before time.Time, limit int) (int, error) {
	return take(&s.jobs, before, limit), nil
}

func take(from *[]time.Time, before time.Time, limit int) (taken int) {
	var left []time.Time
	for _, at := range *from {
		if at.Before(before) && taken < limit {
			taken++
		} else {
			left = append(left, at)
		}
	}
	*from = left
	return taken
}

const day = 24 * time.Hour

// keep runs a keeper over a shelf for some time and returns what it told.
func keep(s *shelf, p retention.Policy, during func()) (rounds []retention.Erased, faults []error) {
	ctx, cancel := context.WithCancel(context.Background())
	keeper := retention.Keeper{Store: s, Policy: p, Interval: time.Hour, Observe: func(erased retention.Erased, err error) {
		if err != nil {
			faults = append(faults, err)
		} else {
			rounds = append(rounds, erased)
		}
	}}
	go keeper.Run(ctx)
	during()
	cancel()
	synctest.Wait()
	return rounds, faults
}

func TestErasesWhatIsOldEnough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{}
		for age := range 1000 {
			at := time.Now().Add(-time.Duration(age) * time.Hour)
			s.conversations, s.jobs = append(s.conversations, at), append(s.jobs, at)
		}
		rounds, faults := keep(s, retention.Policy{Conversations: 2 * day, Work: 10 * day}, synctest.Wait)
		if diff := cmp.Diff([]retention.Erased{{Conversations: 1000 - 49, Jobs: 1000 - 241}}, rounds); diff != "" || len(faults) > 0 {
			t.Errorf("%v (-want +got):\n%s", faults, diff)
		}
		if s.scrubbed != 1 {
			t.Errorf("scrubbed %d times, want once", s.scrubbed)
		}
	})
}

func TestZeroKeepsForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{conversations: []time.Time{{}}, jobs: []time.Time{{}}}
		if rounds, faults := keep(s, retention.Policy{}, synctest.Wait); len(rounds)+len(faults) > 0 {
			t.Errorf("rounds %v, %v; want none that erased", rounds, faults)
		}
	})
}

func TestGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{conversations: []time.Time{time.Now(), time.Now().Add(2 * day)}}
		rounds, faults := keep(s, retention.Policy{Conversations: day}, func() {
			time.Sleep(day / 2)
			s.down.Store(true)
			time.Sleep(90 * time.Minute)
			s.down.Store(false)
			time.Sleep(4 * day)
		})
		one := retention.Erased{Conversations: 1}
		if diff := cmp.Diff([]retention.Erased{one, one}, rounds); diff != "" || len(faults) == 0 {
			t.Errorf("%d failures; rounds (-want +got):\n%s", len(faults), diff)
		}
	})
}

// TestScrubIsTriedAgain: what was erased is scrubbed from the files, however often that fails first,
// and also what a process erased that died before it.
func TestScrubIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{}
		s.unscrubbable.Store(3)
		_, faults := keep(s, retention.Policy{Conversations: day}, func() { time.Sleep(day) })
		if len(faults) != 3 || s.scrubbed != 1 {
			t.Errorf("%d failures, scrubbed %d times; want 3 and once", len(faults), s.scrubbed)
		}
	})
}

// TestClockThatJumps: a wrong year erases nothing, until it has proved to be the right one.
func TestClockThatJumps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{conversations: []time.Time{time.Now()}}
		var kept, back int
		rounds, faults := keep(s, retention.Policy{Conversations: 30 * day}, func() {
			time.Sleep(90 * time.Minute)
			s.ahead.Store(int64(10 * 365 * day))
			time.Sleep(5 * time.Hour)
			synctest.Wait()
			kept = len(s.conversations)
			s.ahead.Store(0)
			time.Sleep(5 * time.Hour)
			synctest.Wait()
			back = len(s.conversations)
			s.ahead.Store(int64(10 * 365 * day))
			time.Sleep(2 * day)
		})
		if kept != 1 || back != 1 || len(rounds) != 1 || len(s.conversations) != 0 {
			t.Errorf("kept %d after the jump, %d after it was back, rounds %v; want 1, 1 and one round in the end", kept, back, rounds)
		}
		if len(faults) == 0 || !errors.Is(faults[0], retention.ErrClock) {
			t.Errorf("told %v, want that the clock jumped", faults)
		}
	})
}
