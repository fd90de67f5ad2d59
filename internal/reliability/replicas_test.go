//go:build linux

package reliability_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// replicas are two servers on one database.
func replicas(t *testing.T, d database) []*server {
	t.Helper()
	return []*server{serve(t, d.settings), serve(t, d.settings)}
}

// either returns addresses of servers in turn.
func either(servers []*server) func() string {
	var next atomic.Int64
	return func() string { return servers[int(next.Add(1))%len(servers)].at() }
}

// TestDuplicates delivers every message up to four times, at once and later, to both replicas, also
// after one was killed (rows 4 and 5): one turn each, and always the same bytes.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	d := onPostgres(cluster.Database(t))
	both := replicas(t, d)
	l := &load{client: newClient(t, either(both)), ledger: newLedger()}
	var deliveries atomic.Int64
	for range rounds(1) {
		var all sync.WaitGroup
		for customer := range clients {
			all.Go(func() { deliveries.Add(l.repeatedly(customer)) })
		}
		all.Wait()
	}
	both[0].kill()
	both[0].start()
	l.again(t, l.client, 300)
	verify(t, l.ledger, d.look(t))
	t.Logf("%d deliveries of %d messages", deliveries.Load(), l.count())
}

// repeatedly holds one conversation in which everything is said several times and in disorder.
func (l *load) repeatedly(number int) (deliveries int64) {
	ctx := context.Background()
	begun, ok := l.beginning(ctx)
	if !ok {
		return 0
	}
	var all sync.WaitGroup
	for step := range 5 {
		id := fmt.Sprintf("repeated-%d", step)
		message := script[(number+step)%len(script)]
		for range 1 + rand.IntN(4) {
			deliveries++
			later := rand.IntN(2) == 0
			all.Go(func() {
				if later {
					time.Sleep(time.Duration(rand.IntN(200)) * time.Millisecond) // a client that gave up waiting
				}
				l.saying(ctx, begun, id, message)
			})
		}
	}
	all.Wait()
	return deliveries
}

// TestRaces sends different messages of one conversation to both replicas at the same moment (row 6):
// the conversation has one history, without gap or repeat, with every acknowledged message in it.
func TestRaces(t *testing.T) {
	t.Parallel()
	d := onPostgres(cluster.Database(t))
	both := replicas(t, d)
	l := &load{client: newClient(t, either(both)), ledger: newLedger()}
	side := []*client{newClient(t, both[0].at), newClient(t, both[1].at)}
	races := rounds(300)
	var next atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for next.Add(1) <= int64(races) {
				l.race(side)
			}
		})
	}
	all.Wait()
	verify(t, l.ledger, d.look(t))
	t.Logf("%d races; %d requests were refused", 2*races, l.busy.Load())
}

// race has one for the first message after the beginning and one for later ones.
func (l *load) race(side []*client) {
	ctx := context.Background()
	begun, ok := l.beginning(ctx)
	for lap := 0; ok && lap < 2; lap++ {
		var both sync.WaitGroup
		for i, c := range side {
			both.Go(func() {
				id := fmt.Sprintf("race-%d-%d", lap, i)
				l.sending(begun, id, script[i])
				l.insist(ctx, id, 200, func() (answer, error) { return c.say(ctx, begun, id, script[i]) },
					func(a answer) { l.acknowledged(begun, id, a.body) })
			})
		}
		both.Wait()
	}
}
