//go:build linux

package reliability_test

import (
	"fmt"
	"maps"
	"sync"
	"testing"
)

// ledger holds what clients sent and what was acknowledged. Whatever happens to a server, it must
// agree with this.
type ledger struct {
	mutex sync.Mutex
	talks map[string]*talk // by conversation
	acked int
	wrong []string // answers that nobody should ever get
}

// talk is one conversation as its client sees it.
type talk struct {
	conversation
	sent  map[string]string // bodies by message id
	acked map[string][]byte // replies by message id
}

func newLedger() *ledger { return &ledger{talks: map[string]*talk{}} }

// begun notes that the beginning of a conversation was acknowledged.
func (l *ledger) begun(c conversation) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.talks[c.ID] = &talk{conversation: c, sent: map[string]string{}, acked: map[string][]byte{}}
	l.acked++
}

// sending notes that a message is about to be sent.
func (l *ledger) sending(c conversation, id, body string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.talks[c.ID].sent[id] = body
}

// acknowledged notes a reply. A message that is acknowledged again must get the same.
func (l *ledger) acknowledged(c conversation, id string, reply []byte) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	t := l.talks[c.ID]
	earlier, again := t.acked[id]
	switch {
	case !again:
		t.acked[id] = reply
		l.acked++
	case string(earlier) != string(reply):
		l.wrong = append(l.wrong, fmt.Sprintf("message %s of %s got two replies:\n%s\n%s", id, c.ID, earlier, reply))
	}
}

// refused notes an answer that no client should get.
func (l *ledger) refused(what string, a answer) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.wrong = append(l.wrong, fmt.Sprintf("%s was answered with %v", what, a))
}

func (l *ledger) count() int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.acked
}

// snapshot is what has been acknowledged by now.
func (l *ledger) snapshot() *ledger {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	copied := newLedger()
	copied.acked = l.acked
	for id, t := range l.talks {
		copied.talks[id] = &talk{conversation: t.conversation, sent: maps.Clone(t.sent), acked: maps.Clone(t.acked)}
	}
	return copied
}

// again sends acknowledged messages once more: they must get the very same bytes. It sends at most so
// many, of any conversations.
func (l *ledger) again(tb testing.TB, c *client, most int) {
	tb.Helper()
	sent := 0
	for _, t := range l.talks {
		for id, reply := range t.acked {
			if sent++; sent > most {
				return
			}
			if a := c.mustSay(tb, t.conversation, id, t.sent[id]); string(a.body) != string(reply) {
				tb.Errorf("message %s of %s got another reply later:\n%s\n%s", id, t.ID, reply, a.body)
			}
		}
	}
}
