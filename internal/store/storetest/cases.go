package storetest

import (
	"strings"
	"testing"
	"time"

	"passdesk/internal/store"
)

func caseTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"CaseIsMadeWithTheTurn": caseIsMade,
		"CaseAllOrNothing":      caseAllOrNothing,
		"TakeReturnClose":       takeReturnClose,
		"CasesAreListed":        listCases,
		"CasesOfAReference":     casesOf,
		"CasesAreErased":        casesAreErased,
		"CountCases":            countCases,
		"InvalidCases":          invalidCases,
		"OneTakes":              oneTakes,
	}
}

// person is a piece of work that people do, too.
func person(id string, turn store.Turn) store.Work {
	w := work(id, turn)
	w.Case = store.Opening{Reference: "H-" + id, Language: "ja"}
	return w
}

// open commits the next turn of a conversation with cases.
func (f *fixture) open(conversation string, ids ...string) {
	f.Helper()
	c, _ := f.load(conversation, "none")
	turn := f.turn(conversation, c.Version+1)
	var all []store.Work
	for _, id := range ids {
		all = append(all, person(id, turn))
	}
	f.commit(turn, all...)
}

func (f *fixture) oneCase(id string) store.Case {
	f.Helper()
	c, err := f.Case(bg(), id)
	if err != nil {
		f.Fatalf("Case %s: %v", id, err)
	}
	return c
}

// cases are the ids of a list.
func (f *fixture) cases(which store.CaseFilter, skip, limit int) []string {
	f.Helper()
	found, err := f.Cases(bg(), which, skip, limit)
	if err != nil {
		f.Fatalf("Cases: %v", err)
	}
	return caseIDs(found)
}

func caseIDs(found []store.Case) []string {
	var all []string
	for _, c := range found {
		all = append(all, c.ID)
	}
	return all
}

// do wants no error of what is done to a case.
func (f *fixture) do(what string, err error) {
	f.Helper()
	if err != nil {
		f.Fatalf("%s: %v", what, err)
	}
}

func caseIsMade(t *testing.T, f *fixture) {
	before := f.clock()
	turn := f.turn("c", 1)
	f.commit(turn, person("w1", turn), work("w2", turn))
	c := f.oneCase("w1")
	if c.Created.Before(before) || c.Created.After(f.clock()) {
		t.Errorf("made at %v, want between %v and now", c.Created, before)
	}
	want := store.Case{
		ID: "w1", Conversation: "c", Channel: "web", Sequence: 1, Reference: "H-w1", Language: "ja",
		Details: `{"id":"w1"}`, State: store.CaseOpen, Created: c.Created,
	}
	same(t, "case", want, c)
	_, err := f.Case(bg(), "w2")
	fails(t, "work for nobody", err, store.ErrNotFound)
	same(t, "both are to be delivered", []string{"w1", "w2"}, f.jobs(store.Waiting))
	jobs, err := f.Jobs(bg(), store.Waiting, 1)
	f.do("Jobs", err)
	same(t, "a job does not tell its case", store.Opening{}, jobs[0].Case)
}

// caseAllOrNothing: of a turn that is not kept there is no case.
func caseAllOrNothing(t *testing.T, f *fixture) {
	f.open("a", "taken")
	turn := f.turn("c", 1)
	fails(t, "an id that is taken", f.Commit(bg(), turn, "{}", person("new", turn), person("taken", turn)), store.ErrConflict)
	_, err := f.Case(bg(), "new")
	fails(t, "the other case of that turn", err, store.ErrNotFound)
	f.claim("me", f.clock(), 10)
	f.settle("taken", "me", store.Done, noon())
	if n, err := f.PurgeJobs(bg(), f.clock().Add(time.Hour), 10); n != 1 || err != nil {
		t.Fatalf("PurgeJobs = %d, %v", n, err)
	}
	same(t, "the case outlives the job", store.CaseOpen, f.oneCase("taken").State)
	fails(t, "an id that is taken by a case", f.Commit(bg(), turn, "{}", person("taken", turn)), store.ErrConflict)
	f.commit(turn, person("new", turn))
}

func takeReturnClose(t *testing.T, f *fixture) {
	f.open("c", "w")
	opened := f.oneCase("w")
	fails(t, "close by nobody", f.CloseCase(bg(), "w", "me", store.Solved), store.ErrConflict)
	f.do("return of what nobody has", f.ReturnCase(bg(), "w", "me"))
	for range 2 {
		f.do("take", f.TakeCase(bg(), "w", "me", "\u4F50\u85E4"))
	}
	taken := f.oneCase("w")
	want := opened
	want.State, want.Agent, want.Name, want.Claimed = store.CaseClaimed, "me", "\u4F50\u85E4", taken.Claimed
	same(t, "taken", want, taken)
	if taken.Claimed.Before(opened.Created) || taken.Claimed.After(f.clock()) {
		t.Errorf("taken at %v", taken.Claimed)
	}
	fails(t, "another takes", f.TakeCase(bg(), "w", "you", "You"), store.ErrConflict)
	fails(t, "another returns", f.ReturnCase(bg(), "w", "you"), store.ErrConflict)
	fails(t, "another closes", f.CloseCase(bg(), "w", "you", store.Solved), store.ErrConflict)
	same(t, "still taken", taken, f.oneCase("w"))
	for range 2 {
		f.do("return", f.ReturnCase(bg(), "w", "me"))
	}
	same(t, "returned", opened, f.oneCase("w"))
	f.do("another takes", f.TakeCase(bg(), "w", "you", "You"))
	for range 2 {
		f.do("close", f.CloseCase(bg(), "w", "you", store.NotSolved))
	}
	closed := f.oneCase("w")
	want.Agent, want.Name, want.Claimed = "you", "You", closed.Claimed
	want.State, want.Outcome, want.Closed = store.CaseClosed, store.NotSolved, closed.Closed
	same(t, "closed", want, closed)
	if closed.Closed.Before(closed.Claimed) || closed.Closed.After(f.clock()) {
		t.Errorf("closed at %v", closed.Closed)
	}
	fails(t, "closed otherwise", f.CloseCase(bg(), "w", "you", store.Solved), store.ErrConflict)
	fails(t, "take of a closed one", f.TakeCase(bg(), "w", "you", "You"), store.ErrConflict)
	fails(t, "return of a closed one", f.ReturnCase(bg(), "w", "you"), store.ErrConflict)
	same(t, "still closed", closed, f.oneCase("w"))
}

func listCases(t *testing.T, f *fixture) {
	f.open("b", "5", "4")
	for _, id := range []string{"3", "2", "1", "0"} {
		f.clock() // the next microsecond
		time.Sleep(time.Millisecond)
		f.open("c"+id, id)
	}
	open, claimed, closed := store.CaseFilter{State: store.CaseOpen}, store.CaseFilter{State: store.CaseClaimed}, store.CaseFilter{State: store.CaseClosed}
	all := f.cases(open, 0, 100)
	same(t, "later ones", []string{"3", "2", "1", "0"}, all[2:])
	same(t, "the first page", all[:2], f.cases(open, 0, 2))
	same(t, "the second page", all[2:4], f.cases(open, 2, 2))
	same(t, "beyond the end", []string(nil), f.cases(open, 6, 2))
	same(t, "none", []string(nil), f.cases(open, 0, 0))
	same(t, "numbers that mean nothing", all[:1], f.cases(open, -1, 1))
	same(t, "none", []string(nil), f.cases(open, 0, -1))
	for id, agent := range map[string]string{"2": "me", "3": "you", "0": "me"} {
		f.do("take", f.TakeCase(bg(), id, agent, "Name"))
	}
	same(t, "claimed", []string{"3", "2", "0"}, f.cases(claimed, 0, 100))
	same(t, "mine", []string{"2", "0"}, f.cases(store.CaseFilter{State: store.CaseClaimed, Agent: "me"}, 0, 100))
	same(t, "still open", 3, len(f.cases(open, 0, 100)))
	f.do("close", f.CloseCase(bg(), "0", "me", store.Solved))
	time.Sleep(time.Millisecond)
	f.do("close", f.CloseCase(bg(), "3", "you", store.Other))
	time.Sleep(time.Millisecond)
	f.do("close", f.CloseCase(bg(), "2", "me", store.Other))
	same(t, "closed last first", []string{"2", "3", "0"}, f.cases(closed, 0, 100))
	same(t, "one page", []string{"3"}, f.cases(closed, 1, 1))
	same(t, "closed by me", []string{"2", "0"}, f.cases(store.CaseFilter{State: store.CaseClosed, Agent: "me"}, 0, 100))
	same(t, "no such state", []string(nil), f.cases(store.CaseFilter{State: "dance"}, 0, 100))
}

// casesOf: two hand-overs may have one reference.
func casesOf(t *testing.T, f *fixture) {
	for i, c := range []string{"a", "b", "c"} {
		turn := f.turn(c, 1)
		w := person(c, turn)
		w.Case.Reference = []string{"same", "other", "same"}[i]
		f.commit(turn, w)
		time.Sleep(time.Millisecond)
	}
	found, err := f.CasesOf(bg(), "same", 10)
	f.do("CasesOf", err)
	same(t, "with a reference", []string{"c", "a"}, caseIDs(found))
	found, err = f.CasesOf(bg(), "same", 1)
	f.do("CasesOf", err)
	same(t, "limited", []string{"c"}, caseIDs(found))
	found, err = f.CasesOf(bg(), "none", 10)
	f.do("CasesOf", err)
	same(t, "without one", []string(nil), caseIDs(found))
}

// casesAreErased with their conversations, and do not keep these.
func casesAreErased(t *testing.T, f *fixture) {
	f.open("old", "1")
	f.open("taken", "2")
	f.open("young", "3")
	f.open("young", "4")
	f.do("take", f.TakeCase(bg(), "2", "me", "Me"))
	f.claim("me", f.clock(), 10)
	f.settle("1", "me", store.Done, noon())
	f.settle("2", "me", store.Done, noon())
	f.settle("3", "me", store.Done, noon())
	if n, err := f.Purge(bg(), f.turn("", 2).At, 10); n != 2 || err != nil {
		t.Errorf("Purge = %d, %v; want both old ones", n, err)
	}
	for _, id := range []string{"1", "2"} {
		_, err := f.Case(bg(), id)
		fails(t, "case "+id, err, store.ErrNotFound)
	}
	fails(t, "take of what is gone", f.TakeCase(bg(), "1", "me", "Me"), store.ErrNotFound)
	fails(t, "return of what is gone", f.ReturnCase(bg(), "1", "me"), store.ErrNotFound)
	fails(t, "close of what is gone", f.CloseCase(bg(), "2", "me", store.Solved), store.ErrNotFound)
	same(t, "of the young one", 2, len(f.cases(store.CaseFilter{State: store.CaseOpen}, 0, 10)))
	f.do("forget", f.Forget(bg(), "young"))
	same(t, "of nobody", []string(nil), f.cases(store.CaseFilter{State: store.CaseOpen}, 0, 10))
	f.open("young", "3") // ids are free again
}

func countCases(t *testing.T, f *fixture) {
	count := func(open, claimed int) time.Time {
		t.Helper()
		got, oldest, err := f.CountCases(bg())
		f.do("CountCases", err)
		same(t, "counts", map[store.CaseState]int{store.CaseOpen: open, store.CaseClaimed: claimed}, got)
		if oldest.IsZero() != (open == 0) {
			t.Errorf("oldest %v of %d", oldest, open)
		}
		return oldest
	}
	count(0, 0)
	f.open("a", "1")
	time.Sleep(time.Millisecond)
	f.open("b", "2")
	f.open("c", "3")
	first := count(3, 0)
	same(t, "oldest", f.oneCase("1").Created, first)
	f.do("take", f.TakeCase(bg(), "1", "me", "Me"))
	same(t, "oldest", f.oneCase("2").Created, count(2, 1))
	f.do("close", f.CloseCase(bg(), "1", "me", store.Solved))
	count(2, 0)
	f.do("forget", f.Forget(bg(), "b"))
	f.do("take", f.TakeCase(bg(), "3", "me", "Me"))
	count(0, 1)
}

func invalidCases(t *testing.T, f *fixture) {
	f.open("c", "w")
	f.do("take", f.TakeCase(bg(), "w", "me", ""))
	for name, id := range map[string]string{"NUL": "a\x00b", "UTF-8": "a\xffb", "empty": "", "long": strings.Repeat("x", store.MaxID+1)} {
		_, err := f.Case(bg(), id)
		fails(t, "Case "+name, err, store.ErrInvalid)
		fails(t, "TakeCase "+name, f.TakeCase(bg(), id, "me", "Me"), store.ErrInvalid)
		fails(t, "TakeCase by "+name, f.TakeCase(bg(), "w", id, "Me"), store.ErrInvalid)
		fails(t, "ReturnCase "+name, f.ReturnCase(bg(), id, "me"), store.ErrInvalid)
		fails(t, "CloseCase "+name, f.CloseCase(bg(), id, "me", store.Solved), store.ErrInvalid)
		fails(t, "CloseCase by "+name, f.CloseCase(bg(), "w", id, store.Solved), store.ErrInvalid)
		_, err = f.Versions(bg(), []string{"c", id})
		fails(t, "Versions "+name, err, store.ErrInvalid)
	}
	for _, bad := range []string{"a\x00b", "a\xffb"} {
		fails(t, "name", f.TakeCase(bg(), "w", "me", bad), store.ErrInvalid)
		_, err := f.Cases(bg(), store.CaseFilter{State: store.CaseOpen, Agent: bad}, 0, 1)
		fails(t, "Cases", err, store.ErrInvalid)
		_, err = f.CasesOf(bg(), bad, 1)
		fails(t, "CasesOf", err, store.ErrInvalid)
		turn := f.turn("d", 1)
		w := work("x", turn)
		w.Case.Reference = bad
		fails(t, "reference", f.Commit(bg(), turn, "{}", w), store.ErrInvalid)
	}
	fails(t, "outcome", f.CloseCase(bg(), "w", "me", "great"), store.ErrInvalid)
	fails(t, "no outcome", f.CloseCase(bg(), "w", "me", ""), store.ErrInvalid)
	same(t, "untouched", store.CaseClaimed, f.oneCase("w").State)
}
