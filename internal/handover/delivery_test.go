package handover_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"passdesk/internal/handover"
	"passdesk/internal/outbox"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// kept is a store that holds one conversation, with its hand-over.
type kept struct {
	*memstore.Store
	job  store.Job
	skew atomic.Int64 // nanoseconds that the store's clock is ahead
	deaf atomic.Bool  // nothing is settled any more, as if the process had died
}

func keep(t *testing.T, language string) (*kept, handover.Source) {
	t.Helper()
	source, job := sample(language)
	turns, err := source.Turns(t.Context(), "c-1", 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	k := &kept{job: job}
	k.Store = memstore.NewWithClock(func() time.Time { return time.Now().Add(time.Duration(k.skew.Load())) })
	for i, turn := range turns {
		var work []store.Work
		if i == len(turns)-1 {
			work = append(work, job.Work)
		}
		if err := k.Commit(t.Context(), turn, "{}", work...); err != nil {
			t.Fatal(err)
		}
	}
	source.Turns = k.Turns
	return k, source
}

func (k *kept) Settle(ctx context.Context, id, owner string, state store.JobState, due time.Time, reason string) error {
	if k.deaf.Load() {
		return store.ErrUnavailable
	}
	return k.Store.Settle(ctx, id, owner, state, due, reason)
}

// now is the job as it stands.
func (k *kept) now(t *testing.T) store.Job {
	t.Helper()
	for _, state := range []store.JobState{store.Waiting, store.Done, store.Dead} {
		if jobs, err := k.Jobs(t.Context(), state, 1); err != nil || len(jobs) == 1 {
			return jobs[0]
		}
	}
	return store.Job{}
}

// run works on the job until stop is called.
func (k *kept) run(t *testing.T, owner string, do outbox.Do, log *slog.Logger) (stop func()) {
	t.Helper()
	w, err := outbox.New(k, map[string]outbox.Do{handover.Kind: do}, outbox.Options{Owner: owner, Logger: log, Grace: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.Run(ctx) }()
	return func() { cancel(); <-done }
}

// desk is what a receiver that keeps to the manual does: it passes over what it has already.
type desk struct {
	mutex   sync.Mutex
	got     int
	tickets map[string]handover.Packet
}

func (d *desk) take(_ context.Context, p handover.Packet) error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.got++
	if d.tickets == nil {
		d.tickets = map[string]handover.Packet{}
	}
	d.tickets[p.ID] = p
	return nil
}

func (d *desk) counts() (deliveries, tickets int) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.got, len(d.tickets)
}

// TestTargetDownForHours: afterwards the person has the hand-over, once.
func TestTargetDownForHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue, source := keep(t, "ja")
		people, began := &desk{}, time.Now()
		stop := queue.run(t, "one", source.Deliver(func(ctx context.Context, p handover.Packet) error {
			if time.Since(began) < 9*time.Hour {
				return outbox.RetryAfter{Err: outbox.Reason("status 503"), Wait: time.Minute}
			}
			return people.take(ctx, p)
		}), nil)
		defer stop()
		time.Sleep(9 * time.Hour)
		synctest.Wait()
		got, _ := people.counts()
		if j := queue.now(t); got != 0 || j.State != store.Waiting || j.Reason != "status 503" {
			t.Errorf("during the outage: %d delivered, %+v", got, j)
		}
		time.Sleep(31 * time.Minute)
		synctest.Wait()
		got, tickets := people.counts()
		if got != 1 || tickets != 1 || queue.now(t).State != store.Done {
			t.Errorf("after the outage: %d delivered, %d tickets, %s", got, tickets, queue.now(t).State)
		}
	})
}

// TestCrashBeforeSettling: the process dies between delivering and noting it. The hand-over comes
// again, over the wire, with the same key and the same body, and makes no second ticket.
func TestCrashBeforeSettling(t *testing.T) {
	r := receive(t, status(201))
	queue, source := keep(t, "en")
	queue.deaf.Store(true)
	delivered := make(chan struct{}, 2)
	send := webhook(t, r)
	do := source.Deliver(func(ctx context.Context, p handover.Packet) error {
		defer func() { delivered <- struct{}{} }()
		return send(ctx, p)
	})
	stop := queue.run(t, "one", do, nil)
	<-delivered
	stop()
	queue.deaf.Store(false)
	queue.skew.Store(int64(time.Hour)) // the lease has run out
	stop = queue.run(t, "two", do, nil)
	<-delivered
	stop()
	keys, bodies := r.got()
	if len(keys) != 2 || keys[0] != queue.job.ID || keys[1] != queue.job.ID || bodies[0] != bodies[1] || queue.now(t).State != store.Done {
		t.Errorf("keys %v, state %s", keys, queue.now(t).State)
	}
}

// TestForgottenBeforeDelivery: the conversation takes its hand-over with it.
func TestForgottenBeforeDelivery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue, source := keep(t, "en")
		people := &desk{}
		began := time.Now()
		stop := queue.run(t, "one", source.Deliver(func(ctx context.Context, p handover.Packet) error {
			if time.Since(began) < time.Hour {
				return outbox.Reason("down")
			}
			return people.take(ctx, p)
		}), nil)
		defer stop()
		time.Sleep(time.Minute)
		if err := queue.Forget(t.Context(), "c-1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		if got, _ := people.counts(); got != 0 {
			t.Errorf("%d delivered of a conversation that was forgotten", got)
		}
	})
}

// TestCanaries plants secrets everywhere and looks for them in all that leaves the process or is kept.
func TestCanaries(t *testing.T) {
	const found = "canary"
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	for _, code := range []int{200, 400, 429, 503} {
		r := receive(t, status(code))
		queue := deliver(t, webhook(t, r), logger)
		_, bodies := r.got()
		if strings.Contains(queue.Reason+strings.Join(bodies, ""), found) {
			t.Errorf("webhook, status %d: reason %q, bodies %v", code, queue.Reason, bodies)
		}
	}
	for _, answer := range []string{"", "550 5.1.1 canary", "451 4.3.0 canary", "cut", "canary"} {
		s := &mailServer{capabilities: []string{"AUTH PLAIN"}}
		s.answer = func(command string) string {
			if strings.HasPrefix(command, "RCPT") {
				return answer
			}
			return ""
		}
		s.start(t)
		o := mailTo(s, nil)
		o.Username, o.Password, o.Logger = "desk", password, logger
		queue := deliver(t, target(t, o), logger)
		if strings.Contains(queue.Reason+strings.Join(s.kept(), ""), found) {
			t.Errorf("mail, answer %q: reason %q", answer, queue.Reason)
		}
	}
	deliver(t, handover.Log(logger), logger)
	leaky := func(context.Context, handover.Packet) error { return fmt.Errorf("canary %w", store.ErrUnavailable) }
	if queue := deliver(t, leaky, logger); queue.Reason != "store unavailable" {
		t.Errorf("reason %q", queue.Reason)
	}
	if text := log.String(); strings.Contains(text, found) || strings.Contains(text, "v1=") || strings.Contains(text, "Please help") || !strings.Contains(text, "status 503") {
		t.Errorf("the log: %s", text)
	}
}

// deliver tries a hand-over once and returns what is kept of it.
func deliver(t *testing.T, to handover.Target, logger *slog.Logger) store.Job {
	t.Helper()
	queue, source := keep(t, "en")
	tried := make(chan struct{})
	stop := queue.run(t, "one", source.Deliver(func(ctx context.Context, p handover.Packet) error {
		defer close(tried) // the next try is seconds away
		return to(ctx, p)
	}), logger)
	<-tried
	stop()
	return queue.now(t)
}
