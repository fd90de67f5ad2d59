//go:build linux

package reliability_test

import (
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestKilledWhileStarting kills the server at random moments of its first start, when it makes its
// tables (row 28): the next start goes on from whatever is there.
func TestKilledWhileStarting(t *testing.T) {
	t.Parallel()
	fresh := map[string]func(t *testing.T) database{
		"SQLite":     func(t *testing.T) database { return inDirectory(filepath.Join(t.TempDir(), "data")) },
		"PostgreSQL": func(t *testing.T) database { return onPostgres(cluster.Database(t)) },
	}
	for name, make := range fresh {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range rounds(2) {
				d := make(t)
				s := newServer(t, d.settings)
				for range 3 {
					s.launch()
					select {
					case <-s.ended:
						t.Fatalf("the server ended: %s", s.read())
					case <-time.After(time.Duration(rand.IntN(300)) * time.Millisecond): // the moment is to be any
					}
					s.kill()
				}
				s.start()
				c := newClient(t, s.at)
				c.mustSay(t, c.mustBegin(t), "m", "VPN")
				if faults := d.look(t).halves(); len(faults) > 0 {
					t.Error(faults)
				}
				s.kill()
			}
		})
	}
}

// TestReplicasStartTogether starts replicas on an empty database at the same moment (row 28).
func TestReplicasStartTogether(t *testing.T) {
	t.Parallel()
	for range rounds(1) {
		d := onPostgres(cluster.Database(t))
		all := []*server{newServer(t, d.settings), newServer(t, d.settings), newServer(t, d.settings)}
		for _, s := range all {
			s.launch()
		}
		var listening sync.WaitGroup
		for _, s := range all {
			listening.Go(func() { s.await(0) })
		}
		listening.Wait()
		for _, s := range all {
			c := newClient(t, s.at)
			c.mustBegin(t)
			s.kill()
		}
	}
}
