package storetest

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"passdesk/internal/store"
)

func versionTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){"Versions": versions}
}

// versions asks for few and for many at once, known and unknown.
func versions(t *testing.T, f *fixture) {
	want := map[string]int64{}
	var all []string
	for i := range 30 {
		name := fmt.Sprint("c", i)
		all = append(all, name)
		f.talk(name, int64(i%3))
		if i%3 > 0 {
			want[name] = int64(i % 3)
		}
	}
	for i := range 1500 {
		all = append(all, fmt.Sprint("unknown ", i))
	}
	for _, n := range []int{0, 1, 2, 16, 17, len(all)} {
		got, err := f.Versions(bg(), all[:n])
		f.do("Versions", err)
		expected := map[string]int64{}
		for _, name := range all[:n] {
			if want[name] > 0 {
				expected[name] = want[name]
			}
		}
		same(t, fmt.Sprintf("versions of %d", n), expected, got)
	}
	got, err := f.Versions(bg(), append(all[30:1200:1200], "c1", "c1", "c2"))
	f.do("Versions", err)
	same(t, "the last ones of many", map[string]int64{"c1": 1, "c2": 2}, got)
}

// oneTakes lets agents at two replicas take the same case: exactly one may have it.
func oneTakes(t *testing.T, f *fixture) {
	other := f.second()
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	for race := range 50 {
		id := fmt.Sprint("w", race)
		f.open(id, id)
		var got, lost atomic.Int64
		take := func(s store.Store, agent string) func() {
			return func() {
				switch err := s.TakeCase(bg(), id, agent, agent); {
				case err == nil:
					got.Add(1)
				case errors.Is(err, store.ErrConflict):
					lost.Add(1)
				default:
					t.Errorf("race %d: %v", race, err)
				}
			}
		}
		together(take(f.Store, "a"), take(other, "b"), take(f.Store, "c"), take(other, "d"))
		if got.Load() != 1 || lost.Load() != 3 {
			t.Fatalf("race %d: %d have it, %d do not", race, got.Load(), lost.Load())
		}
	}
}
