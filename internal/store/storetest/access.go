package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"passdesk/internal/store"
)

func accessTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"AccountIsFoundInEachWay": accountIsFound, "AccountsAreDifferent": accountsAreDifferent, "AccountChangesAndGoes": accountChanges,
		"SessionLastsUntilItExpires": sessionLasts, "AttemptsAreCountedByAllReplicas": attemptsAreCounted, "AttemptsBeginAnew": attemptsBeginAnew,
		"AccessIsPurged": accessIsPurged,
	}
}

func someAccount(id string) store.Account {
	return store.Account{ID: id, Name: "Sato " + id, Key: "Sato " + id, Password: "hash", Issuer: "https://id.example", Subject: "s-" + id, Role: "agent"}
}

func (f *fixture) mustAdd(a store.Account) {
	f.Helper()
	if err := f.AddAccount(context.Background(), a); err != nil {
		f.Fatal(err)
	}
}

func accountIsFound(t *testing.T, f *fixture) {
	want := someAccount("a")
	f.mustAdd(want)
	f.mustAdd(someAccount("b"))
	ctx := context.Background()
	for how, find := range map[string]func() (store.Account, error){
		"id":      func() (store.Account, error) { return f.Account(ctx, "a") },
		"key":     func() (store.Account, error) { return f.AccountNamed(ctx, want.Key) },
		"subject": func() (store.Account, error) { return f.AccountOf(ctx, want.Issuer, want.Subject) },
	} {
		got, err := find()
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(store.Account{}, "Created", "Changed")); err != nil || diff != "" {
			t.Errorf("by %s: %v (-want +got):\n%s", how, err, diff)
		}
		if time.Since(got.Created).Abs() > time.Hour || !got.Created.Equal(got.Changed) {
			t.Errorf("by %s: made %s, changed %s", how, got.Created, got.Changed)
		}
	}
	for how, find := range map[string]func() (store.Account, error){
		"id":      func() (store.Account, error) { return f.Account(ctx, "c") },
		"key":     func() (store.Account, error) { return f.AccountNamed(ctx, "c") },
		"subject": func() (store.Account, error) { return f.AccountOf(ctx, want.Issuer, "c") },
		"nobody":  func() (store.Account, error) { return f.AccountOf(ctx, "", "") },
	} {
		if _, err := find(); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("one that is not there, by %s: %v", how, err)
		}
	}
}

func accountsAreDifferent(t *testing.T, f *fixture) {
	f.mustAdd(someAccount("a"))
	for what, change := range map[string]func(*store.Account){
		"id":      func(a *store.Account) { a.ID = "a" },
		"name":    func(a *store.Account) { a.Key = someAccount("a").Key },
		"subject": func(a *store.Account) { a.Subject = someAccount("a").Subject },
	} {
		again := someAccount("b")
		change(&again)
		if err := f.AddAccount(context.Background(), again); !errors.Is(err, store.ErrConflict) {
			t.Errorf("the same %s again: %v, want ErrConflict", what, err)
		}
	}
	for _, id := range []string{"c", "d"} { // nobody vouches for either of them
		one := someAccount(id)
		one.Issuer, one.Subject = "", ""
		f.mustAdd(one)
	}
	all, err := f.Accounts(context.Background())
	if err != nil || len(all) != 3 || all[0].ID != "a" || all[2].ID != "d" {
		t.Errorf("%+v, %v; want a, c and d", all, err)
	}
}

func accountChanges(t *testing.T, f *fixture) {
	ctx := context.Background()
	f.mustAdd(someAccount("a"))
	f.mustAdd(someAccount("b"))
	changed := someAccount("a")
	changed.Role, changed.Disabled, changed.Password = "admin", true, "other"
	if err := f.ChangeAccount(ctx, changed); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Account(ctx, "a"); err != nil || got.Role != "admin" || !got.Disabled || got.Password != "other" || got.Changed.Before(got.Created) {
		t.Errorf("%+v, %v", got, err)
	}
	changed.Key = someAccount("b").Key
	if err := f.ChangeAccount(ctx, changed); !errors.Is(err, store.ErrConflict) {
		t.Errorf("another's name: %v, want ErrConflict", err)
	}
	if err := f.ChangeAccount(ctx, someAccount("x")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("change of nobody: %v", err)
	}
	if err := f.RemoveAccount(ctx, "a"); err != nil {
		t.Error(err)
	}
	if err := f.RemoveAccount(ctx, "a"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
}

func sessionLasts(t *testing.T, f *fixture) {
	ctx := context.Background()
	now, err := f.Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	data := []byte{0, 1, 0xff}
	keep := func(id string, data []byte, until time.Time) {
		t.Helper()
		if err := f.KeepSession(ctx, id, data, until); err != nil {
			t.Fatal(err)
		}
	}
	keep("s", []byte("first"), now.Add(time.Hour))
	keep("s", data, now.Add(time.Hour))
	keep("over", data, now.Add(-time.Second))
	for id, want := range map[string][]byte{"s": data, "over": nil, "none": nil} {
		if got, err := f.Session(ctx, id); err != nil || !cmp.Equal(got, want) {
			t.Errorf("session %s: %v, %v; want %v", id, got, err, want)
		}
	}
	for range 2 {
		if err := f.DropSession(ctx, "s"); err != nil {
			t.Error(err)
		}
	}
	if got, err := f.Session(ctx, "s"); err != nil || got != nil {
		t.Errorf("after it was dropped: %v, %v", got, err)
	}
}

func attemptsAreCounted(t *testing.T, f *fixture) {
	stores := []store.Store{f.Store}
	if f.again != nil {
		other := f.second()
		defer func() {
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		}()
		stores = append(stores, other)
	}
	var group sync.WaitGroup
	var mutex sync.Mutex
	seen := map[int]bool{}
	for i := range 40 {
		group.Go(func() {
			n, err := stores[i%len(stores)].Attempt(context.Background(), "network", time.Hour)
			if err != nil {
				t.Error(err)
			}
			mutex.Lock()
			seen[n] = true
			mutex.Unlock()
		})
	}
	group.Wait()
	if len(seen) != 40 || !seen[1] || !seen[40] {
		t.Errorf("%d different counts of 40", len(seen))
	}
	if err := f.Forgive(context.Background(), "network"); err != nil {
		t.Error(err)
	}
	for key, want := range map[string]int{"network": 39, "other": 0} {
		if n, err := f.Attempts(context.Background(), key, time.Hour); err != nil || n != want {
			t.Errorf("%s: %d attempts, %v; want %d", key, n, err, want)
		}
	}
}

func attemptsBeginAnew(t *testing.T, f *fixture) {
	ctx := context.Background()
	for i := range 3 {
		if n, err := f.Attempt(ctx, "a", time.Microsecond); err != nil || n != 1 {
			t.Errorf("attempt %d within a moment: %d, %v", i, n, err)
		}
		time.Sleep(time.Millisecond)
	}
	if n, err := f.Attempts(ctx, "a", time.Microsecond); err != nil || n != 0 {
		t.Errorf("%d attempts, %v; the window is over", n, err)
	}
	if err := f.Forgive(ctx, "nobody"); err != nil {
		t.Error(err)
	}
}

func accessIsPurged(t *testing.T, f *fixture) {
	ctx := context.Background()
	now, err := f.Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i, until := range []time.Duration{-time.Hour, time.Hour} {
		if err := f.KeepSession(ctx, fmt.Sprint(i), []byte("x"), now.Add(until)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Attempt(ctx, "a", time.Hour); err != nil {
		t.Fatal(err)
	}
	if n, err := f.PurgeAccess(ctx, now.Add(-time.Hour)); err != nil || n != 1 {
		t.Errorf("%d purged, %v; want the session that is over", n, err)
	}
	if n, err := f.PurgeAccess(ctx, now.Add(time.Hour)); err != nil || n != 1 {
		t.Errorf("%d purged, %v; want the count", n, err)
	}
	if data, err := f.Session(ctx, "1"); err != nil || data == nil {
		t.Errorf("a session that lasts: %v, %v", data, err)
	}
}
