//go:build linux

package reliability_test

import (
	"encoding/json"
	"fmt"
	"testing"
)

// shownAtMost bounds how much is told of one kind of fault.
const shownAtMost = 10

// verify compares what was acknowledged with what is kept: every acknowledged message is there once,
// nothing is there that nobody sent, turns have no gap and no half.
func verify(tb testing.TB, l *ledger, k kept) {
	tb.Helper()
	if lost := lost(tb, l, k); lost > 0 {
		tb.Errorf("%d acknowledged messages are lost", lost)
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.acked < clients {
		tb.Errorf("only %d messages were acknowledged: nothing was tried", l.acked)
	}
}

// lost is verify, but it counts what is lost.
func lost(tb testing.TB, l *ledger, k kept) int {
	tb.Helper()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	lost, faults := 0, l.wrong
	for id, t := range l.talks {
		missing, wrong := t.compare(k.turns[id])
		lost += missing
		faults = append(faults, wrong...)
	}
	faults = append(faults, k.halves()...)
	for _, fault := range faults[:min(len(faults), shownAtMost)] {
		tb.Errorf("%.300s", fault)
	}
	tb.Logf("%d messages acknowledged in %d conversations; %d lost, %d other faults", l.acked, len(l.talks), lost, len(faults))
	return lost
}

// compare counts messages that were acknowledged and are not kept, and lists other faults.
func (t *talk) compare(turns []turn) (lost int, faults []string) {
	found := map[string]int{}
	for _, turn := range turns {
		found[turn.message]++
		if _, sent := t.sent[turn.message]; !sent && turn.sequence > 1 {
			faults = append(faults, t.ID+" has a message that nobody sent: "+turn.message)
		}
	}
	if len(turns) == 0 {
		lost++ // its beginning
	}
	for message := range t.acked {
		switch found[message] {
		case 0:
			lost++
		case 1:
		default:
			faults = append(faults, "answered twice: "+message+" of "+t.ID)
		}
	}
	return lost, faults
}

// halves finds what is not whole.
func (k kept) halves() []string {
	var faults []string
	for id, version := range k.versions {
		if int64(len(k.turns[id])) != version || version == 0 {
			faults = append(faults, "conversation "+id+" does not have as many turns as it counts")
		}
	}
	for id, turns := range k.turns {
		if k.versions[id] == 0 {
			faults = append(faults, "turns without a conversation: "+id)
		}
		references := map[string]bool{}
		for i, turn := range turns {
			if turn.sequence != int64(i+1) {
				faults = append(faults, "a gap or a repeat in "+id)
			}
			reference, whole := turn.whole()
			if !whole {
				faults = append(faults, "half a turn in "+id+": "+turn.reply)
			}
			if reference != "" && !references[reference] && k.work[id][turn.sequence] == "" {
				faults = append(faults, "a hand-over without its work: "+reference+" in "+id)
			}
			references[reference] = true
		}
		delete(references, "")
		if len(k.work[id]) != len(references) {
			faults = append(faults, fmt.Sprintf("%d pieces of work for %d hand-overs in %s", len(k.work[id]), len(references), id))
		}
	}
	for id := range k.work {
		if k.versions[id] == 0 {
			faults = append(faults, "work without a conversation: "+id)
		}
	}
	return faults
}

// whole reports whether a turn has all its parts, and the reference of the hand-over it speaks of.
func (t turn) whole() (reference string, ok bool) {
	var kept struct {
		Reply struct{ Step, Reference string }
		Parts []struct{ Text string }
	}
	err := json.Unmarshal([]byte(t.reply), &kept)
	return kept.Reply.Reference, err == nil && kept.Reply.Step != "" && len(kept.Parts) > 0 && t.content != ""
}
