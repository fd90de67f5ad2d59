//go:build linux

package reliability_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestStop asks the server to end under load (row 27): whatever it has taken is answered and kept, and
// it ends with code 0 in ten seconds.
func TestStop(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, d database) {
		s := serve(t, d.settings)
		l := torrent(t, clients, s.at)
		for range rounds(2) {
			l.more(t, 2*clients)
			if code, took := s.stop(); code != 0 {
				t.Errorf("exit code %d after %v", code, took)
			} else {
				promised(t, "stopping under load", took, 2*time.Second)
			}
			s.start()
		}
		l.more(t, clients)
		l.stop()
		allAnswered(t, s)
		verify(t, l.ledger, d.look(t))
		l.again(t, l.client, 100)
	})
}

// allAnswered: no client had to send again what had been done already, so all that was taken before a
// stop was answered too.
func allAnswered(t *testing.T, s *server) {
	t.Helper()
	if n := strings.Count(s.read(), `"outcome":"repeated"`); n > 0 {
		t.Errorf("%d messages were kept but not answered when the server stopped", n)
	}
}

// TestRollingRestart restarts two replicas one after the other (row 27). Clients that go to the other
// one when theirs is gone notice nothing else.
func TestRollingRestart(t *testing.T) {
	t.Parallel()
	d := onPostgres(cluster.Database(t))
	both := replicas(t, d)
	l := torrent(t, clients, either(both))
	for range rounds(1) {
		for _, s := range both {
			l.more(t, clients)
			if code, took := s.stop(); code != 0 || took > patience {
				t.Errorf("exit code %d after %v", code, took)
			}
			l.more(t, clients) // the other one serves alone
			s.start()
		}
	}
	l.more(t, clients)
	l.stop()
	for _, s := range both {
		allAnswered(t, s)
	}
	verify(t, l.ledger, d.look(t))
	l.again(t, l.client, 100)
	t.Logf("%d requests broke or found nobody, %d were refused", l.broken.Load(), l.busy.Load())
}

// TestOverload has more customers than places (row 12): those who find none are told so at once, and
// what is acknowledged is kept.
func TestOverload(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, d database) {
		s := serve(t, d.settings.with(settings{"limits.queue": "2", "database.connections": "2"}))
		l := torrent(t, 4*clients, s.at)
		time.Sleep(lasting(time.Second)) // the load itself
		eventually(t, "it was enough", func() bool { return l.busy.Load() > 0 && l.count() >= clients })
		a, err := l.send(t.Context(), "GET", "/healthz", "")
		if err != nil || a.status != http.StatusOK {
			t.Errorf("/healthz under overload: %v, %v", a, err)
		}
		l.stop()
		verify(t, l.ledger, d.look(t))
		t.Logf("%d refused; the server used %d MB", l.busy.Load(), s.memory()>>20)
		promised(t, "a refusal, on average", time.Duration(l.refusing.Load()/l.busy.Load()), 50*time.Millisecond)
		if l.broken.Load() > 0 {
			t.Errorf("%d requests broke", l.broken.Load())
		}
	})
}

// TestFlood sends more than one customer may (row 12): 429 says when to come back.
func TestFlood(t *testing.T) {
	t.Parallel()
	s := serve(t, inDirectory(t.TempDir()).settings.with(settings{"limits.messages-per-minute": "5", "limits.conversations-per-hour": "3"}))
	c := newClient(t, s.at)
	begun := c.mustBegin(t)
	statuses := map[int]int{}
	for i := range 20 {
		a, err := c.say(t.Context(), begun, string(rune('a'+i)), "VPN")
		must(t, err)
		statuses[a.status]++
		if a.status != http.StatusOK && !a.later() {
			t.Errorf("%v without Retry-After", a)
		}
	}
	if statuses[200] != 5 || statuses[429] != 15 {
		t.Errorf("statuses %v; want 5 times 200, and 429", statuses)
	}
	c.mustBegin(t)
	c.mustBegin(t)
	if _, a, err := c.begin(t.Context()); err != nil || !a.later() {
		t.Errorf("the fourth conversation: %v, %v", a, err)
	}
}
