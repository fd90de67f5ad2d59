package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"passdesk/internal/store"
)

func textTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){"RoundTrips": roundTrips, "ByteOrder": byteOrder}
}

// roundTrips keeps text that databases and drivers like to change.
func roundTrips(t *testing.T, f *fixture) {
	texts := []string{
		"", " ", "  leading and trailing  ", "\U0001F469\u200D\U0001F469\u200D\U0001F467 \U0001F1EF\U0001F1F5", "e\u0301 \u304B\u3099 \u00E9", "a\rb\nc\r\nd\te", "\u2028\u2029\u0085",
		"\ufeffBOM", "\U0010FFFF", "'; DROP TABLE turns; --", `\x41 \u0041 \\ %s $1 :now ?`, "\x01\x7f\x1b[31m", strings.Repeat("\u30D1\u30B9", 64<<10/6), "123", "1e3", "null",
	}
	for i, s := range texts {
		turn := f.turn("c", int64(i+1))
		turn.Said, turn.Pressed, turn.Reply, turn.Content, turn.Channel = text(t, s), s, s, s, s
		if err := f.Commit(bg(), turn, s); err != nil {
			t.Fatal(err)
		}
		c, kept := f.load("c", turn.Message)
		same(t, "state", s, c.State)
		same(t, "turn", &turn, kept)
	}
}

// names are ids that languages order differently than bytes do. They stand in the order of bytes.
func names() []string {
	return []string{
		" ", " A", "A", "A ", "Aa", "B", "a", "a b", "a-b", "aa", "ab", "b", "\u00E1", "\u00E4", "\u00DF", "\u00F1", "e\u0301",
		"\u3042", "\u30A2", "\u30AB\u3099", "\u30AC", "\uFF71", "\u65E5\u672C", "\U0001F600",
	}
}

// byteOrder tells ids apart that look alike, and lists them in the same order everywhere.
func byteOrder(t *testing.T, f *fixture) {
	want := names()
	slices.Sort(want)
	shuffled := slices.Clone(want)
	slices.Reverse(shuffled)
	for _, name := range shuffled {
		turn := f.turn(name, 1)
		f.commit(turn, work(name, turn))
	}
	f.settleAllAsOne(t, want)
	jobs, err := f.Jobs(bg(), store.Dead, 1000)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(jobs, func(a, b store.Job) int { return a.Created.Compare(b.Created) })
	same(t, "all jobs", len(want), len(jobs))
	for i, name := range want {
		c, turn := f.load(name, "message 1")
		if c.ID != name || c.Version != 1 || turn == nil {
			t.Errorf("conversation %d: %+v, %+v", i, c, turn)
		}
	}
	purged := f.purgeOneByOne(t, len(want))
	same(t, "conversations in the order of their ids", want, purged)
}

func (f *fixture) settleAllAsOne(t *testing.T, want []string) {
	t.Helper()
	claimed := f.claim("o", f.clock(), 1000)
	if len(claimed) != len(want) {
		t.Fatalf("claimed %d jobs, want %d", len(claimed), len(want))
	}
	for _, id := range claimed {
		f.settle(id, "o", store.Dead, noon())
	}
}

// purgeOneByOne tells the order in which a store lists conversations that are equally old.
func (f *fixture) purgeOneByOne(t *testing.T, count int) []string {
	t.Helper()
	var purged []string
	left := names()
	for range count {
		if n, err := f.Purge(bg(), f.turn("", 1).At.Add(1000), 1); err != nil || n != 1 {
			t.Fatalf("Purge: %d, %v", n, err)
		}
		left = slices.DeleteFunc(left, func(name string) bool {
			c, _ := f.load(name, "none")
			if c.Version == 0 {
				purged = append(purged, name)
			}
			return c.Version == 0
		})
	}
	if len(left) > 0 {
		t.Error(fmt.Sprint(len(left), " conversations are left"))
	}
	return purged
}
