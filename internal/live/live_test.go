package live_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"passdesk/internal/live"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shop is a store as the hub sees it.
type shop struct {
	mutex    sync.Mutex
	versions map[string]int64
	asked    [][]string
	down     error
	slow     time.Duration
}

func newShop() *shop { return &shop{versions: map[string]int64{}} }

func (s *shop) Versions(ctx context.Context, conversations []string) (map[string]int64, error) {
	s.mutex.Lock()
	slow := s.slow
	s.mutex.Unlock()
	select {
	case <-time.After(slow):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.asked = append(s.asked, conversations)
	if s.down != nil {
		return nil, s.down
	}
	found := map[string]int64{}
	for _, id := range conversations {
		if s.versions[id] > 0 {
			found[id] = s.versions[id]
		}
	}
	return found, nil
}

// commit keeps a turn, as another replica does.
func (s *shop) commit(conversation string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.versions[conversation]++
}

func (s *shop) forget(conversation string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.versions, conversation)
}

func (s *shop) fail(err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.down = err
}

// questions returns how often the store was asked since the last time.
func (s *shop) questions() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	n := len(s.asked)
	s.asked = nil
	return n
}

// run runs a hub within the bubble until the test ends.
func run(t *testing.T, h *live.Hub) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { h.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
}

// woken takes the token, if there is one.
func woken(wake <-chan struct{}) bool {
	synctest.Wait()
	select {
	case <-wake:
		return true
	default:
		return false
	}
}

func expect(t *testing.T, what string, wake <-chan struct{}, want bool) {
	t.Helper()
	if got := woken(wake); got != want {
		t.Errorf("%s: woken %v, want %v", what, got, want)
	}
}

func TestWhoIsWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShop()
		h := live.New(s.Versions, live.Options{})
		run(t, h)
		s.commit("c")
		wake, stop := h.Subscribe("c")
		other, stopOther := h.Subscribe("d")
		defer stopOther()
		expect(t, "at once", wake, false)
		time.Sleep(time.Second)
		expect(t, "what happened before the first look is not known", wake, true)
		expect(t, "who listens to a conversation that is not there", other, true)
		time.Sleep(10 * time.Second)
		expect(t, "nothing happened", wake, false)

		s.commit("c")
		s.commit("c")
		time.Sleep(time.Second)
		expect(t, "another replica kept two turns", wake, true)
		expect(t, "tokens do not pile up", wake, false)
		expect(t, "the other conversation", other, false)

		h.Committed("c")
		expect(t, "this process kept a turn", wake, true)
		h.Committed("c")
		h.Committed("c")
		expect(t, "two at once", wake, true)
		expect(t, "are one token", wake, false)
		h.Committed("nobody listens")

		second, stopSecond := h.Subscribe("c")
		defer stopSecond()
		time.Sleep(2 * time.Second)
		expect(t, "who came later, and nothing happened", second, false)
		s.commit("c")
		time.Sleep(time.Second)
		expect(t, "the first", wake, true)
		expect(t, "the second", second, true)
		stop()
		stop()
		s.commit("c")
		h.Committed("c")
		time.Sleep(time.Second)
		expect(t, "who has stopped", wake, false)
		expect(t, "who has not", second, true)
		s.forget("c")
		time.Sleep(time.Second)
		expect(t, "a conversation that was forgotten", second, true)
	})
}

// TestNobodyListens: then the store is left alone.
func TestNobodyListens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShop()
		h := live.New(s.Versions, live.Options{})
		run(t, h)
		time.Sleep(time.Hour + time.Second/2) // between two looks
		if n := s.questions(); n != 0 {
			t.Errorf("%d questions", n)
		}
		_, stop := h.Subscribe("c")
		time.Sleep(10 * time.Second)
		if n := s.questions(); n != 10 {
			t.Errorf("%d questions in ten seconds, want 10", n)
		}
		stop()
		time.Sleep(time.Hour)
		if n := s.questions(); n != 0 {
			t.Errorf("%d questions after the last one stopped", n)
		}
	})
}

func TestChunks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShop()
		h := live.New(s.Versions, live.Options{Chunk: 100})
		run(t, h)
		wakes := map[string]<-chan struct{}{}
		for i := range 250 {
			id := fmt.Sprint(i)
			wakes[id], _ = h.Subscribe(id)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		seen := map[string]bool{}
		for _, some := range s.asked {
			if len(some) > 100 {
				t.Errorf("%d conversations in one question", len(some))
			}
			for _, id := range some {
				seen[id] = true
			}
		}
		if len(s.asked) != 3 || len(seen) != 250 {
			t.Errorf("%d questions about %d conversations; want 3 about 250", len(s.asked), len(seen))
		}
		for id, wake := range wakes {
			expect(t, "first look at "+id, wake, true)
		}
	})
}

// TestStoreIsDown: the hub asks less and less often, says so once, and wakes everybody afterwards.
func TestStoreIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := newShop()
		h := live.New(s.Versions, live.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
		run(t, h)
		wake, stop := h.Subscribe("c")
		defer stop()
		time.Sleep(time.Second)
		expect(t, "first look", wake, true)
		s.fail(errors.New("broken pipe"))
		s.questions()
		time.Sleep(10 * time.Minute)
		n := s.questions()
		if n < 20 || n > 30 {
			t.Errorf("%d questions in ten minutes; want one every 30 seconds, more at first", n)
		}
		expect(t, "while it is down", wake, false)
		h.Committed("c")
		expect(t, "this process kept a turn all the same", wake, true)
		s.fail(nil)
		time.Sleep(30 * time.Second)
		expect(t, "once it is back", wake, true)
		s.questions()
		time.Sleep(10*time.Second + time.Millisecond)
		if n := s.questions(); n < 9 {
			t.Errorf("%d questions in ten seconds, want one a second again", n)
		}
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], "broken pipe") || !strings.Contains(lines[1], "again") {
			t.Errorf("log:\n%s", log.String())
		}
	})
}

// TestStoreHangs: a question has an end, and the hub stops at once in the middle of one.
func TestStoreHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := newShop()
		s.slow = time.Hour
		h := live.New(s.Versions, live.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
		_, stop := h.Subscribe("c")
		defer stop()
		ctx, cancel := context.WithCancel(t.Context())
		over := make(chan struct{})
		go func() { defer close(over); h.Run(ctx) }()
		time.Sleep(4*time.Second + time.Millisecond)
		synctest.Wait()
		if !strings.Contains(log.String(), "deadline exceeded") {
			t.Errorf("after four seconds: %q", log.String())
		}
		time.Sleep(3 * time.Second) // within the next question
		began := time.Now()
		cancel()
		<-over
		if time.Since(began) != 0 {
			t.Errorf("it took %v to stop", time.Since(began))
		}
		if strings.Contains(log.String(), "canceled") {
			t.Errorf("stopping is no failure: %s", log.String())
		}
	})
}

// TestNothingIsMissed: whoever subscribes, reads, and reads again when woken, knows the last version
// a second after it was kept, whoever kept it, whatever others do.
func TestNothingIsMissed(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		steps := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 30).Draw(r, "steps")
		synctest.Test(t, func(t *testing.T) {
			s := newShop()
			h := live.New(s.Versions, live.Options{Chunk: 1})
			run(t, h)
			type reader struct {
				wake <-chan struct{}
				stop func()
				read int64
			}
			var readers []*reader
			look := func(rd *reader) { s.mutex.Lock(); rd.read = s.versions["c"]; s.mutex.Unlock() }
			for _, step := range steps {
				switch step {
				case 0:
					rd := &reader{}
					rd.wake, rd.stop = h.Subscribe("c")
					look(rd)
					readers = append(readers, rd)
				case 1:
					if len(readers) > 0 {
						readers[0].stop()
						readers = readers[1:]
					}
				case 2:
					s.commit("c")
				case 3:
					s.commit("c")
					h.Committed("c")
				default:
					time.Sleep(time.Duration(step) * 300 * time.Millisecond)
				}
			}
			time.Sleep(2 * time.Second)
			for i, rd := range readers {
				if woken(rd.wake) {
					look(rd)
				}
				if rd.read != s.versions["c"] {
					t.Errorf("steps %v: reader %d knows version %d of %d", steps, i, rd.read, s.versions["c"])
				}
				rd.stop()
			}
		})
	})
}

// TestManyAtOnce is for the race detector.
func TestManyAtOnce(t *testing.T) {
	s := newShop()
	h := live.New(s.Versions, live.Options{Every: time.Millisecond})
	ctx, cancel := context.WithCancel(t.Context())
	var running, all sync.WaitGroup
	running.Go(func() { h.Run(ctx) })
	for i := range 20 {
		all.Go(func() {
			id := fmt.Sprint(i % 5)
			for range 50 {
				wake, stop := h.Subscribe(id)
				s.commit(id)
				h.Committed(id)
				<-wake
				stop()
			}
		})
	}
	all.Wait()
	cancel()
	running.Wait()
}
