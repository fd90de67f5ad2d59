//go:build linux

package reliability_test

import (
	"math/rand/v2"
	"net/http"
	"testing"
	"time"
)

// longerThanLease is how long load must go on for jobs to come free again that a killed server had
// begun; see outbox.Options.
const longerThanLease = 3 * time.Minute

// TestHandOversArrive lets a ticket system fail in all ways and the server stop under load (row 7):
// every hand-over that a customer was promised arrives, under the same id if more than once.
func TestHandOversArrive(t *testing.T) {
	t.Parallel()
	received := receive(t)
	received.fail = func(w http.ResponseWriter) {
		switch rand.IntN(4) {
		case 0:
			w.WriteHeader([]int{429, 500, 502, 503, 504}[rand.IntN(5)])
		case 1:
			panic(http.ErrAbortHandler) // hang up
		}
	}
	d := inDirectory(t.TempDir())
	s := serve(t, d.settings.with(received.settings()).with(settings{"handover.timeout": "1s"}))
	l := torrent(t, 8, s.at)
	for range rounds(1) {
		l.more(t, 5*clients)
		if *forFlag >= longerThanLease {
			s.kill()
		} else if code, _ := s.stop(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		s.start()
	}
	l.more(t, clients)
	l.stop()
	began := time.Now()
	waiting := func() int { return d.count(t, `SELECT COUNT(*) FROM outbox WHERE state <> 'done'`) }
	for waiting() > 0 && time.Since(began) < max(patience, *forFlag) {
		time.Sleep(20 * time.Millisecond) // until the next look
	}
	if left := waiting(); left > 0 {
		t.Errorf("%d hand-overs have not arrived after %v", left, time.Since(began))
	}
	all := d.count(t, `SELECT COUNT(*) FROM outbox`)
	if received.count() != all || all == 0 {
		t.Errorf("%d hand-overs were promised, %d arrived", all, received.count())
	}
	verify(t, l.ledger, d.look(t))
	t.Logf("%d hand-overs arrived, and %d deliveries were repeats; the last one %v after the load", all, received.repeats, time.Since(began).Round(time.Millisecond))
}
