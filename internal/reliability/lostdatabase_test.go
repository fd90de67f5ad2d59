//go:build linux

package reliability_test

import (
	"net/url"
	"os"
	"testing"
	"time"

	"passdesk/internal/store/postgrestest"
)

// throughProxy is a database whose server is reached through a proxy.
func throughProxy(t *testing.T, direct string) (database, *proxy) {
	t.Helper()
	address, err := url.Parse(direct)
	must(t, err)
	p := newProxy(t, address.Host)
	address.Host = p.listener.Addr().String()
	return onPostgres(address.String()), p
}

// TestCutWhileCommitting swallows the database's answers at random, those to COMMIT among them (row
// 3): the server does not know what became of a turn, so it says so, and the turn is kept once.
func TestCutWhileCommitting(t *testing.T) {
	t.Parallel()
	direct := cluster.Database(t)
	through, p := throughProxy(t, direct)
	s := serve(t, through.settings)
	l := torrent(t, clients, s.at)
	p.every.Store(23)
	for range rounds(1) {
		l.more(t, 1000)
	}
	p.every.Store(0)
	l.more(t, clients)
	l.stop()
	verify(t, l.ledger, onPostgres(direct).look(t))
	l.again(t, l.client, 100)
	t.Logf("%d answers of the database were swallowed; the server refused %d requests, broke %d off", p.cuts.Load(), l.busy.Load(), l.broken.Load())
	if p.cuts.Load() == 0 || l.busy.Load() == 0 {
		t.Error("nothing was cut, so nothing was tried")
	}
	if l.broken.Load() > 0 {
		t.Error("the server should answer whatever its database does")
	}
}

// TestDatabaseGone kills, restarts and stops the database under load (row 3): what is not kept is not
// acknowledged, /readyz says so, and the desk works again two seconds after the database does.
func TestDatabaseGone(t *testing.T) {
	t.Parallel()
	own := postgrestest.New(os.Getenv)
	t.Cleanup(func() { must(t, own.Stop()) })
	d := onPostgres(own.Database(t))
	s := serve(t, d.settings)
	l := torrent(t, clients, s.at)
	begun := l.mustBegin(t)
	var slowest time.Duration
	for range rounds(1) {
		l.more(t, clients)
		own.Kill(t)
		refusesAll(t, l, begun)
		own.Restart(t)
		slowest = max(slowest, l.more(t, 1))
		own.Restart(t)
		slowest = max(slowest, l.more(t, 1))
	}
	stall(t, own, l)
	l.stop()
	verify(t, l.ledger, d.look(t))
	l.again(t, l.client, 100)
	t.Logf("%d requests were refused, %d broke", l.busy.Load(), l.broken.Load())
	promised(t, "the first message after the database was back", slowest, 2*time.Second)
	if l.broken.Load() > 0 {
		t.Error("the server should answer whatever its database does")
	}
}

// refusesAll: while the database is away the server is not ready, and says at once that a message
// was not taken.
func refusesAll(t *testing.T, l *load, begun conversation) {
	t.Helper()
	eventually(t, "/readyz tells that the database is away", func() bool { return l.status("/readyz") == 503 })
	if status := l.status("/healthz"); status != 200 {
		t.Errorf("/healthz answers %d: the server would be restarted, which helps nobody", status)
	}
	began := time.Now()
	a, err := l.say(t.Context(), begun, "while-away", "VPN")
	if err != nil || a.status != 503 || !a.later() {
		t.Errorf("a message while the database is away: %v, %v; want 503 with Retry-After", a, err)
	}
	promised(t, "refusing a message while the database is away", time.Since(began), time.Second)
}

// stall stops the database for a while: it neither answers nor hangs up.
func stall(t *testing.T, own *postgrestest.Cluster, l *load) {
	t.Helper()
	l.more(t, clients)
	own.Pause(t)
	before := l.count()
	eventually(t, "/readyz tells that the database does not answer", func() bool { return l.status("/readyz") == 503 })
	time.Sleep(lasting(500 * time.Millisecond)) // the stall itself
	if after := l.count(); after > before+clients {
		t.Errorf("%d messages were acknowledged while the database was stopped", after-before)
	}
	own.Continue(t)
	promised(t, "the first message after the database went on", l.more(t, 1), 2*time.Second)
}
