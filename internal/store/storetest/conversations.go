package storetest

import (
	"context"
	"testing"
	"time"

	"passdesk/internal/store"
)

func conversationTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"LoadNothing": func(t *testing.T, f *fixture) {
			c, turn := f.load("c", "m")
			same(t, "conversation", store.Conversation{ID: "c"}, c)
			same(t, "turn", (*store.Turn)(nil), turn)
			same(t, "turns", []store.Turn(nil), f.turns("c"))
		},
		"CommitAndLoad":   commitAndLoad,
		"TurnsInOrder":    turnsInOrder,
		"TimesAreMicros":  timesAreMicros,
		"CancelledBefore": cancelledBefore,
		"Closed":          closed,
		"Ping": func(t *testing.T, f *fixture) {
			if err := f.Ping(bg()); err != nil {
				t.Errorf("Ping: %v", err)
			}
		},
		"MessageOfAnotherConversation": func(t *testing.T, f *fixture) {
			f.talk("a", 1)
			f.talk("b", 1) // with the same message id
			_, turn := f.load("b", "message 1")
			same(t, "turn", "b", turn.Conversation)
		},
	}
}

func commitAndLoad(t *testing.T, f *fixture) {
	f.talk("c", 2)
	want := store.Conversation{ID: "c", Channel: "web", Version: 2, State: state(2), Created: f.turn("c", 1).At, Updated: f.turn("c", 2).At}
	for message, turn := range map[string]*store.Turn{"new": nil, "message 1": new(f.turn("c", 1)), "message 2": new(f.turn("c", 2))} {
		c, earlier := f.load("c", message)
		same(t, "conversation", want, c)
		same(t, "turn of "+message, turn, earlier)
	}
	other := f.turn("c", 3)
	other.Channel = "slack"
	f.commit(other)
	if c, _ := f.load("c", "x"); c.Channel != "web" {
		t.Errorf("channel %q, want that of the first message", c.Channel)
	}
	same(t, "channel of the turn", "slack", f.turns("c")[2].Channel)
}

func turnsInOrder(t *testing.T, f *fixture) {
	f.talk("c", 12)
	f.talk("d", 3)
	tests := []struct {
		after       int64
		limit       int
		first, last int64
	}{{0, 100, 1, 12}, {0, 5, 1, 5}, {5, 5, 6, 10}, {10, 5, 11, 12}, {12, 5, 0, 0}, {0, 0, 0, 0}, {0, -1, 0, 0}, {-3, 1, 1, 1}}
	for _, test := range tests {
		turns, err := f.Turns(bg(), "c", test.after, test.limit)
		if err != nil {
			t.Fatal(err)
		}
		var want []store.Turn
		for sequence := test.first; sequence > 0 && sequence <= test.last; sequence++ {
			want = append(want, f.turn("c", sequence))
		}
		same(t, "turns", want, turns)
	}
}

func timesAreMicros(t *testing.T, f *fixture) {
	times := []time.Time{
		time.Date(2026, 7, 8, 9, 10, 11, 123456789, time.FixedZone("Tokyo", 9*3600)), time.Now(), {},
		time.Date(1901, 1, 1, 0, 0, 0, 999, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC),
	}
	for i, at := range times {
		turn := f.turn("c", int64(i+1))
		turn.At = at
		f.commit(turn)
		c, kept := f.load("c", turn.Message)
		for _, got := range []time.Time{kept.At, c.Updated} {
			if want := at.UTC().Truncate(time.Microsecond); !got.Equal(want) || got.Location() != time.UTC {
				t.Errorf("%v came back as %v, want %v", at, got, want)
			}
		}
	}
	if now := f.clock(); now.Location() != time.UTC || now != now.Truncate(time.Microsecond) || time.Since(now).Abs() > time.Hour {
		t.Errorf("Now() = %v", now)
	}
}

func cancelledBefore(t *testing.T, f *fixture) {
	ctx, cancel := context.WithCancel(bg())
	cancel()
	fails(t, "Commit", f.Commit(ctx, f.turn("c", 1), state(1)), context.Canceled)
	_, _, err := f.Load(ctx, "c", "m")
	fails(t, "Load", err, context.Canceled)
	fails(t, "Forget", f.Forget(ctx, "c"), context.Canceled)
	_, err = f.Claim(ctx, "o", f.clock(), time.Minute, 1)
	fails(t, "Claim", err, context.Canceled)
	if c, _ := f.load("c", "m"); c.Version != 0 {
		t.Error("a turn was kept whose caller had gone")
	}
	f.talk("c", 1)
}

func closed(t *testing.T, f *fixture) {
	f.talk("c", 1)
	f.close()
	_, _, load := f.Load(bg(), "c", "m")
	_, turns := f.Turns(bg(), "c", 0, 1)
	_, now := f.Now(bg())
	_, claim := f.Claim(bg(), "o", noon(), time.Minute, 1)
	_, _, depth := f.Depth(bg())
	_, jobs := f.Jobs(bg(), store.Waiting, 1)
	_, release := f.Release(bg())
	_, purge := f.Purge(bg(), noon(), 1)
	_, purgeJobs := f.PurgeJobs(bg(), noon(), 1)
	for what, err := range map[string]error{
		"Load": load, "Turns": turns, "Now": now, "Claim": claim, "Depth": depth, "Jobs": jobs, "Release": release, "Purge": purge, "PurgeJobs": purgeJobs,
		"Commit": f.Commit(bg(), f.turn("c", 2), state(2)), "Settle": f.Settle(bg(), "w", "o", store.Done, noon(), ""),
		"Ping": f.Ping(bg()), "Forget": f.Forget(bg(), "c"), "Scrub": f.Scrub(bg()),
	} {
		fails(t, what, err, store.ErrClosed)
	}
	f.close()
}
