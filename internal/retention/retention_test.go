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
}

func (s *shelf) Now(context.Context) (time.Time, error) {
	if s.down.Load() {
		return time.Time{}, errors.New("database is down")
	}
	return time.Now(), nil
}

func (s *shelf) Scrub(context.Context) error { s.scrubbed++; return nil }

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

func TestOnceErasesWhatIsOldEnough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{}
		for age := range 1000 {
			at := time.Now().Add(-time.Duration(age) * time.Hour)
			s.conversations, s.jobs = append(s.conversations, at), append(s.jobs, at)
		}
		erased, err := retention.Once(context.Background(), s, retention.Policy{Conversations: 2 * day, Work: 10 * day})
		if diff := cmp.Diff(retention.Erased{Conversations: 1000 - 49, Jobs: 1000 - 241}, erased); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		if s.scrubbed != 1 {
			t.Errorf("scrubbed %d times, want once", s.scrubbed)
		}
	})
}

func TestZeroKeepsForEver(t *testing.T) {
	s := &shelf{conversations: []time.Time{{}}, jobs: []time.Time{{}}}
	if erased, err := retention.Once(context.Background(), s, retention.Policy{}); err != nil || erased != (retention.Erased{}) || s.scrubbed != 0 {
		t.Errorf("erased %+v, scrubbed %d times, %v; want nothing", erased, s.scrubbed, err)
	}
}

func TestKeeperGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		s := &shelf{conversations: []time.Time{time.Now(), time.Now().Add(2 * day)}}
		var rounds []retention.Erased
		var failures int
		keeper := retention.Keeper{Store: s, Policy: retention.Policy{Conversations: day}, Interval: time.Hour, Observe: func(erased retention.Erased, err error) {
			if err != nil {
				failures++
				return
			}
			rounds = append(rounds, erased)
		}}
		go keeper.Run(ctx)
		time.Sleep(day / 2)
		s.down.Store(true)
		time.Sleep(90 * time.Minute)
		s.down.Store(false)
		time.Sleep(4 * day)
		cancel()
		synctest.Wait()
		one := retention.Erased{Conversations: 1}
		if diff := cmp.Diff([]retention.Erased{one, one}, rounds); diff != "" || failures == 0 {
			t.Errorf("%d failures; rounds (-want +got):\n%s", failures, diff)
		}
	})
}
