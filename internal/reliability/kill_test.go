//go:build linux

package reliability_test

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestKilled kills the server at random times under load (row 1): nothing acknowledged is lost, no
// turn is kept by half, what is sent again is answered once, and the server is back in a second.
func TestKilled(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, d database) {
		s := serve(t, d.settings.with(settings{"handover.target": "log"}))
		l := torrent(t, clients, s.at)
		kills, slowest := rounds(5), time.Duration(0)
		for range kills {
			l.more(t, 1)
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond) // the moment must not depend on what the server does
			s.kill()
			slowest = max(slowest, s.start())
		}
		l.more(t, clients)
		l.stop()
		verify(t, l.ledger, d.look(t))
		l.again(t, l.client, 100)
		t.Logf("%d kills; %d requests broke, %d were refused", kills, l.broken.Load(), l.busy.Load())
		promised(t, "the slowest start after a kill", slowest, time.Second)
	})
}
