//go:build linux

package reliability_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// clients is how many customers talk at the same time, unless a test says otherwise.
const clients = 32

// script is what customers say, over and over.
var script = []string{
	"VPNのパスワードを忘れました", "I forgot the password for the VPN app", `{"choose":{"fact":"prompt","value":"portal"}}`, "no",
	`{"command":"human"}`, "アップデートのときに聞かれました", `{"command":"back"}`, "yes", `{"command":"restart"}`, "my Mac asks for a password when it starts",
}

// load is customers who go on whatever happens: what is not acknowledged they send again, with the
// same id, until it is.
type load struct {
	*client
	*ledger
	length   int // messages in a conversation
	busy     atomic.Int64
	broken   atomic.Int64
	refusing atomic.Int64 // time that refusals took, in nanoseconds
	all      sync.WaitGroup
	end      context.CancelFunc
}

// torrent starts so many customers. The test must call stop before it looks at the ledger.
func torrent(tb testing.TB, customers int, address func() string) *load {
	tb.Helper()
	ctx, end := context.WithCancel(context.Background())
	l := &load{client: newClient(tb, address), ledger: newLedger(), length: 8, end: end}
	for number := range customers {
		l.all.Go(func() { l.customer(ctx, number) })
	}
	tb.Cleanup(l.stop)
	return l
}

// stop lets customers end what they have begun; a message that is not acknowledged by then stays so.
func (l *load) stop() {
	l.end()
	l.all.Wait()
}

func (l *load) customer(ctx context.Context, number int) {
	for talks := 0; ctx.Err() == nil; talks++ {
		begun, ok := l.beginning(ctx)
		for step := 0; ok && step < l.length && ctx.Err() == nil; step++ {
			id := fmt.Sprintf("message-%d-%d-%d", number, talks, step)
			ok = l.saying(ctx, begun, id, script[(number+talks+step)%len(script)])
		}
	}
}

// beginning begins a conversation. One that was begun and not acknowledged nobody can enter.
func (l *load) beginning(ctx context.Context) (begun conversation, ok bool) {
	ok = l.insist(ctx, "begin", http.StatusCreated, func() (a answer, err error) {
		begun, a, err = l.begin(context.Background())
		return a, err
	}, func(answer) { l.begun(begun) })
	return begun, ok
}

// saying sends a message until it is acknowledged.
func (l *load) saying(ctx context.Context, to conversation, id, message string) bool {
	l.sending(to, id, message)
	return l.insist(ctx, "message "+id, http.StatusOK,
		func() (answer, error) { return l.say(context.Background(), to, id, message) },
		func(a answer) { l.acknowledged(to, id, a.body) })
}

// insist sends until there is an acknowledgement, or ctx ends.
func (l *load) insist(ctx context.Context, what string, want int, send func() (answer, error), note func(answer)) bool {
	for ctx.Err() == nil {
		sent := time.Now()
		a, err := send()
		switch {
		case err != nil:
			l.broken.Add(1) // nobody knows what became of it
		case a.status == want:
			note(a)
			return true
		case a.later():
			l.busy.Add(1)
			l.refusing.Add(int64(time.Since(sent)))
		default:
			l.refused(what, a)
			return false
		}
		time.Sleep(time.Duration(1+rand.IntN(20)) * time.Millisecond) // as a client would, only shorter
	}
	return false
}

// more waits until so many more messages have been acknowledged.
func (l *load) more(tb testing.TB, messages int) time.Duration {
	tb.Helper()
	before := l.count()
	return eventually(tb, fmt.Sprintf("%d more messages are acknowledged", messages), func() bool { return l.count() >= before+messages })
}
