package storetest

import (
	"fmt"
	"strings"
	"testing"

	"passdesk/internal/store"
)

func conflictTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"WrongVersion":       wrongVersion,
		"DuplicateMessage":   duplicateMessage,
		"AllOrNothing":       allOrNothing,
		"ForgottenMeanwhile": forgottenMeanwhile,
		"Invalid":            invalid,
	}
}

// wrongVersion tries every sequence but the right one, with work, which must not stay behind.
func wrongVersion(t *testing.T, f *fixture) {
	for version := int64(0); version <= 3; version++ {
		if version > 0 {
			f.commit(f.turn("c", version))
		}
		for sequence := int64(-1); sequence <= 6; sequence++ {
			if sequence == version+1 {
				continue
			}
			turn := f.turn("c", sequence)
			turn.Message = "other"
			fails(t, fmt.Sprintf("turn %d at version %d", sequence, version), f.Commit(bg(), turn, "{}", work("w", turn)), store.ErrConflict)
		}
		f.whole(t, version)
	}
}

// whole wants the conversation "c" with turns 1 to version, and no work.
func (f *fixture) whole(t *testing.T, version int64) {
	t.Helper()
	c, _ := f.load("c", "")
	turns := f.turns("c")
	if c.Version != version || int64(len(turns)) != version {
		t.Errorf("version %d with %d turns, want %d", c.Version, len(turns), version)
	}
	if version > 0 && c.State != state(version) {
		t.Errorf("state %s at version %d", c.State, version)
	}
	for i, turn := range turns {
		if turn.Sequence != int64(i+1) {
			t.Errorf("turn %d has sequence %d", i+1, turn.Sequence)
		}
	}
	same(t, "waiting work", []string(nil), f.jobs(store.Waiting))
}

func duplicateMessage(t *testing.T, f *fixture) {
	f.talk("c", 2)
	for _, message := range []string{"message 1", "message 2"} {
		again := f.turn("c", 3)
		again.Message = message
		fails(t, "the same message again", f.Commit(bg(), again, "{}", work("w", again)), store.ErrConflict)
	}
	f.whole(t, 2)
	f.commit(f.turn("c", 3))
}

// allOrNothing lets the last statement of a turn fail.
func allOrNothing(t *testing.T, f *fixture) {
	first := f.turn("a", 1)
	f.commit(first, work("taken", first))
	for sequence := int64(1); sequence <= 2; sequence++ {
		turn := f.turn("c", sequence)
		fails(t, "a work id that is taken", f.Commit(bg(), turn, "{}", work("new", turn), work("taken", turn)), store.ErrConflict)
		fails(t, "a work id twice", f.Commit(bg(), turn, "{}", work("new", turn), work("new", turn)), store.ErrConflict)
		c, kept := f.load("c", turn.Message)
		if c.Version != sequence-1 || kept != nil {
			t.Errorf("half a turn: version %d, turn %+v", c.Version, kept)
		}
		same(t, "work", []string{"taken"}, f.jobs(store.Waiting))
		f.commit(turn)
	}
}

// forgottenMeanwhile lets a conversation vanish, or start anew, between load and commit.
func forgottenMeanwhile(t *testing.T, f *fixture) {
	f.talk("c", 5)
	if err := f.Forget(bg(), "c"); err != nil {
		t.Fatal(err)
	}
	stale := f.turn("c", 6)
	fails(t, "turn of a forgotten conversation", f.Commit(bg(), stale, "{}", work("w", stale)), store.ErrConflict)
	f.whole(t, 0)
	for version := int64(1); version <= 4; version++ {
		f.commit(f.turn("c", version))
		stale.Message = "another"
		fails(t, "turn of the one before it was forgotten", f.Commit(bg(), stale, "{}", work("w", stale)), store.ErrConflict)
		f.whole(t, version)
	}
}

func invalid(t *testing.T, f *fixture) {
	bad := map[string]string{"NUL": "a\x00b", "UTF-8": "a\xffb", "empty": "", "long": strings.Repeat("x", store.MaxID+1)}
	for name, id := range bad {
		turn := f.turn(id, 1)
		fails(t, "conversation "+name, f.Commit(bg(), turn, "{}"), store.ErrInvalid)
		turn = f.turn("c", 1)
		turn.Message = id
		fails(t, "message "+name, f.Commit(bg(), turn, "{}"), store.ErrInvalid)
		turn = f.turn("c", 1)
		fails(t, "work "+name, f.Commit(bg(), turn, "{}", work(id, turn)), store.ErrInvalid)
		_, _, err := f.Load(bg(), id, "m")
		fails(t, "Load of conversation "+name, err, store.ErrInvalid)
		if _, _, err = f.Load(bg(), "c", id); id != "" {
			fails(t, "Load of message "+name, err, store.ErrInvalid)
		}
		_, err = f.Turns(bg(), id, 0, 1)
		fails(t, "Turns "+name, err, store.ErrInvalid)
		fails(t, "Forget "+name, f.Forget(bg(), id), store.ErrInvalid)
		_, err = f.Claim(bg(), id, noon(), 1, 1)
		fails(t, "Claim "+name, err, store.ErrInvalid)
		fails(t, "Settle "+name, f.Settle(bg(), id, "o", store.Done, noon(), ""), store.ErrInvalid)
		_, err = f.Release(bg(), "w", id)
		fails(t, "Release "+name, err, store.ErrInvalid)
	}
	f.refuseInvalidTexts(t)
	longest := f.turn(strings.Repeat("c", store.MaxID), 1)
	longest.Message = strings.Repeat("m", store.MaxID)
	f.commit(longest, work(strings.Repeat("w", store.MaxID), longest))
}

func (f *fixture) refuseInvalidTexts(t *testing.T) {
	for _, bad := range []string{"what was said \x00", "what was said \xff"} {
		good := f.turn("c", 1)
		said, reply, channel := good, good, good
		said.Said, reply.Reply, channel.Channel = text(t, bad), bad, bad
		for what, turn := range map[string]store.Turn{"text": said, "reply": reply, "channel": channel} {
			fails(t, what, f.Commit(bg(), turn, "{}"), store.ErrInvalid)
		}
		fails(t, "state", f.Commit(bg(), good, bad), store.ErrInvalid)
	}
	turn := f.turn("c", 1)
	fails(t, "work of another conversation", f.Commit(bg(), turn, "{}", work("w", f.turn("d", 1))), store.ErrInvalid)
	fails(t, "work of another turn", f.Commit(bg(), turn, "{}", work("w", f.turn("c", 2))), store.ErrInvalid)
	fails(t, "a state no try ends in", f.Settle(bg(), "w", "o", store.Held, noon(), ""), store.ErrInvalid)
	f.whole(t, 0)
}
