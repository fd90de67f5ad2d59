package guide_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/guide"
)

func load(t testing.TB) *guide.Guide {
	t.Helper()
	g, err := guide.Load(sound())
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return g
}

func TestActiveKeepsTheNewestAndWhatAgreesWithIt(t *testing.T) {
	f := func(slot, value string) guide.Fact { return guide.Fact{Slot: slot, Value: value} }
	tests := []struct {
		name   string
		stated []guide.Fact // oldest first
		want   guide.Known
	}{
		{"nothing", nil, guide.Known{}},
		{"one fact", []guide.Fact{f("topic", "mail")}, guide.Known{"topic": "mail"}},
		{"what it implies", []guide.Fact{f("plan", "paid")}, guide.Known{"plan": "paid", "topic": "web"}},
		{"newest value wins", []guide.Fact{f("topic", "mail"), f("topic", "web"), f("topic", "lost")}, guide.Known{"topic": "lost"}},
		{"newer fact silences one whose implication it contradicts",
			[]guide.Fact{f("plan", "paid"), f("topic", "mail")}, guide.Known{"topic": "mail"}},
		{"silenced fact comes back with its topic",
			[]guide.Fact{f("plan", "paid"), f("topic", "mail"), f("topic", "web")}, guide.Known{"topic": "web", "plan": "paid"}},
		{"implication of a newer fact silences",
			[]guide.Fact{f("topic", "mail"), f("state", "broken"), f("plan", "free")}, guide.Known{"topic": "web", "plan": "free"}},
		{"older fact comes back over a silenced one",
			[]guide.Fact{f("state", "broken"), f("plan", "free"), f("topic", "mail")}, guide.Known{"topic": "mail", "state": "broken"}},
		{"what contradicts nothing stays",
			[]guide.Fact{f("device", "old"), f("plan", "free"), f("topic", "mail")}, guide.Known{"topic": "mail", "device": "old"}},
		{"undeclared facts and values are passed over",
			[]guide.Fact{f("topic", "mail"), f("gone", "x"), f("topic", "gone"), f("", ""), f("topic", "")}, guide.Known{"topic": "mail"}},
	}
	g := load(t)
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, g.Active(tt.stated)); diff != "" {
			t.Errorf("%s: Active(%v) (-want +got):\n%s", tt.name, tt.stated, diff)
		}
	}
}

func TestWalkEndsWhereTheTreeSays(t *testing.T) {
	tests := []struct {
		known guide.Known
		want  string
		path  []guide.Turn
	}{
		{guide.Known{}, "ask topic", []guide.Turn{{Slot: "topic", Line: 21}}},
		{guide.Known{"topic": "lost"}, "human", []guide.Turn{{Slot: "topic", Value: "lost", Line: 21}}},
		{guide.Known{"topic": "mail"}, "mail-reset", []guide.Turn{{"topic", "mail", 21}, {"state", "", 17}}},
		{guide.Known{"topic": "mail", "state": "broken"}, "mail-broken", []guide.Turn{{"topic", "mail", 21}, {"state", "broken", 17}}},
		{guide.Known{"topic": "web"}, "ask plan", []guide.Turn{{"topic", "web", 21}, {"plan", "", 24}}},
		{guide.Known{"topic": "web", "plan": "free", "device": "old"}, "human",
			[]guide.Turn{{"topic", "web", 21}, {"plan", "free", 24}, {"device", "old", 26}}},
	}
	g := load(t)
	for _, tt := range tests {
		got := g.Walk(tt.known)
		if diff := cmp.Diff(tt.path, got.Path); diff != "" || got.Outcome() != tt.want {
			t.Errorf("Walk(%v) = %s, want %s; path (-want +got):\n%s", tt.known, got.Outcome(), tt.want, diff)
		}
	}
}

// Stories are covered branch by branch, so a turn must find the branch that it took.
func TestEveryTurnNamesTheBranchItTook(t *testing.T) {
	g := load(t)
	tests := []struct {
		turn guide.Turn
		want string // "" if the turn is the question itself
	}{
		{guide.Turn{Slot: "topic", Value: "mail", Line: 21}, "tree.yaml:21 topic: mail"},
		{guide.Turn{Slot: "topic", Line: 21}, ""},
		{guide.Turn{Slot: "state", Value: "broken", Line: 17}, "tree.yaml:17 state: broken"},
		{guide.Turn{Slot: "state", Line: 17}, "tree.yaml:17 state: else"},
		{guide.Turn{Slot: "topic", Value: "mail", Line: 1}, ""},
	}
	for _, tt := range tests {
		branch, ok := g.Taken(tt.turn)
		if got := branch.String(); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("Taken(%v) = %s, %v; want %q", tt.turn, got, ok, tt.want)
		}
	}
	var all []string
	for _, b := range g.Branches() {
		all = append(all, b.String())
	}
	want := []string{
		"tree.yaml:17 state: broken", "tree.yaml:17 state: else", "tree.yaml:21 topic: mail", "tree.yaml:21 topic: web",
		"tree.yaml:21 topic: lost", "tree.yaml:24 plan: free", "tree.yaml:24 plan: paid", "tree.yaml:26 device: old", "tree.yaml:26 device: else",
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Errorf("Branches (-want +got):\n%s", diff)
	}
}

func TestVersionChangesWithEveryContentFileAndOnlyWithThose(t *testing.T) {
	version := func(e edit) string {
		g, err := guide.Load(broken(t, e))
		if err != nil {
			t.Fatalf("Load: %v", err)
		}
		return g.Version()
	}
	plain := load(t).Version()
	if len(plain) != 12 || plain != load(t).Version() {
		t.Errorf("version %q is not 12 digits that stay the same", plain)
	}
	for _, e := range []edit{{questions, "kind", "sort"}, {answers, "For agents.", "For staff."}, {"stories/a.yaml", "", "x"}} {
		if got := version(e); got == plain {
			t.Errorf("version does not change with %s", e.file)
		}
	}
	renamed := sound()
	renamed["answers/www.yaml"] = renamed["answers/web.yaml"]
	delete(renamed, "answers/web.yaml")
	if g, err := guide.Load(renamed); err != nil || g.Version() == plain {
		t.Errorf("version does not change with the name of a file (%v)", err)
	}
	asking := load(t).Asking()
	for _, e := range []edit{{questions, "kind", "sort"}, {tree, "facts:", "facts: # these"}} {
		if g, err := guide.Load(broken(t, e)); err != nil || g.Asking() == asking {
			t.Errorf("what is asked is the same with another %s (%v)", e.file, err)
		}
	}
	if g, err := guide.Load(broken(t, edit{answers, "For agents.", "For staff."})); err != nil || g.Asking() != asking {
		t.Errorf("what is asked changes with an answer (%v)", err)
	}
	if got := version(edit{"README.md", "", "x"}); got != plain {
		t.Error("version changes with a file that is no content")
	}
}
