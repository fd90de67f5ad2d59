//go:build linux

package reliability_test

import (
	"math/rand/v2"
	"slices"
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
		kills := rounds(5)
		var starts []time.Duration
		for range kills {
			l.more(t, 1)
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond) // the moment must not depend on what the server does
			s.kill()
			starts = append(starts, s.start())
		}
		l.more(t, clients)
		l.stop()
		verify(t, l.ledger, d.look(t))
		l.again(t, l.client, 100)
		t.Logf("%d kills; %d requests broke, %d were refused", kills, l.broken.Load(), l.busy.Load())
		slices.Sort(starts)
		t.Logf("the slowest start after a kill: %v", starts[kills-1].Round(time.Millisecond))
		promised(t, "being ready again after a kill, in half of the cases", starts[kills/2], time.Second)
	})
}
