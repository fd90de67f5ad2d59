package reload_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"passdesk/internal/reload"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// watched runs a watcher over a directory with one file; its content is what was loaded last.
type watched struct {
	*testing.T
	file   string
	live   atomic.Value // string
	events chan string
	during func() // called while content is being loaded
}

func watch(t *testing.T) (w *watched, stop func()) {
	w = &watched{T: t, file: filepath.Join(t.TempDir(), "tree.yaml"), events: make(chan string, 1000)}
	w.write("one")
	w.live.Store("one")
	ctx, cancel := context.WithCancel(context.Background())
	loaded, err := reload.Fingerprint(filepath.Dir(w.file))
	if err != nil {
		t.Fatal(err)
	}
	watcher := reload.Watcher{Directory: filepath.Dir(w.file), Loaded: loaded, Every: time.Second, Load: w.load, Observe: func(outcome string, _ error) { w.events <- outcome }}
	go watcher.Run(ctx)
	synctest.Wait()
	return w, func() { cancel(); synctest.Wait() }
}

// written gives every write a time of its own: within a bubble the file system's clock is not the test's.
var written atomic.Int64

func (w *watched) write(text string) {
	w.Helper()
	if err := os.WriteFile(w.file, []byte(text), 0o600); err != nil {
		w.Fatal(err)
	}
	at := time.Unix(written.Add(1), 0)
	if err := os.Chtimes(w.file, at, at); err != nil {
		w.Fatal(err)
	}
}

func (w *watched) load(context.Context) (func(), error) {
	data, err := os.ReadFile(w.file)
	if err != nil {
		return nil, err
	}
	if during := w.during; during != nil {
		w.during = nil
		during()
	}
	if string(data) == "panics" {
		panic("a loader that was not ready for this")
	}
	if string(data) == "broken" {
		return nil, errors.New("tree.yaml:1: broken")
	}
	return func() { w.live.Store(string(data)) }, nil
}

// after lets time pass and returns what is live then and what was told meanwhile.
func (w *watched) after(wait time.Duration) (live string, told []string) {
	time.Sleep(wait)
	synctest.Wait()
	for len(w.events) > 0 {
		told = append(told, <-w.events)
	}
	return w.live.Load().(string), told
}

func (w *watched) expect(wait time.Duration, live string, told ...string) {
	w.Helper()
	gotLive, gotTold := w.after(wait)
	if gotLive != live || len(gotTold) != len(told) || len(told) > 0 && gotTold[0] != told[0] {
		w.Errorf("after %v: %q is live, told %v; want %q, %v", wait, gotLive, gotTold, live, told)
	}
}

func TestWatcher(t *testing.T) {
	for name, test := range map[string]func(w *watched){
		"nothing changes": func(w *watched) { w.expect(time.Hour, "one") },
		"a change is taken up once it has settled": func(w *watched) {
			w.write("two")
			w.expect(1500*time.Millisecond, "one")
			w.expect(time.Second, "two", reload.Replaced)
			w.expect(time.Hour, "two")
		},
		"what is being written waits": func(w *watched) {
			for range 10 {
				w.write("half")
				w.expect(time.Second, "one")
			}
			w.write("two")
			w.expect(3*time.Second, "two", reload.Replaced)
		},
		"broken content never replaces good content": func(w *watched) {
			w.write("broken")
			w.expect(time.Hour, "one", reload.Refused)
			w.write("three")
			w.expect(3*time.Second, "three", reload.Replaced)
		},
		"what changes while it is loaded is loaded again": func(w *watched) {
			w.during = func() { w.write("three") }
			w.write("two")
			w.expect(2500*time.Millisecond, "one")
			w.expect(3*time.Second, "three", reload.Replaced)
		},
		"a directory that goes away leaves what works": func(w *watched) {
			if err := os.RemoveAll(filepath.Dir(w.file)); err != nil {
				w.Fatal(err)
			}
			w.expect(time.Hour, "one", reload.Unread)
		},
		"content that makes the loader panic is refused": func(w *watched) {
			w.write("panics")
			w.expect(time.Hour, "one", reload.Refused)
		},
		"what editors leave lying about is no change": func(w *watched) {
			if err := os.Symlink("user@host.1234:567", filepath.Join(filepath.Dir(w.file), ".#tree.yaml")); err != nil {
				w.Fatal(err)
			}
			w.expect(time.Hour, "one")
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, stop := watch(t)
				test(w)
				stop()
			})
		})
	}
}

// TestEditedWhileStarting: what changed after it was loaded is taken up, though nothing changes any more.
func TestEditedWhileStarting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		directory := t.TempDir()
		replaced := 0
		watcher := reload.Watcher{Directory: directory, Loaded: "another state", Every: time.Second, Load: func(context.Context) (func(), error) {
			return func() { replaced++ }, nil
		}}
		ctx, cancel := context.WithCancel(context.Background())
		go watcher.Run(ctx)
		time.Sleep(time.Minute)
		cancel()
		synctest.Wait()
		if replaced != 1 {
			t.Errorf("taken up %d times, want once", replaced)
		}
	})
}

// TestFingerprintFollowsLinks: content is often exchanged by pointing a link elsewhere.
func TestFingerprintFollowsLinks(t *testing.T) {
	base := t.TempDir()
	for _, name := range []string{"a", "b"} {
		if err := os.Mkdir(filepath.Join(base, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(base, name, "tree.yaml"), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	content := filepath.Join(base, "content")
	if err := os.Mkdir(content, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, watched := range []string{filepath.Join(base, "current"), content} {
		link, seen := watched, map[string]bool{}
		if watched == content {
			link = filepath.Join(content, "knowledge")
		}
		for _, target := range []string{"a", "b"} {
			_ = os.Remove(link)
			if err := os.Symlink(filepath.Join(base, target), link); err != nil {
				t.Fatal(err)
			}
			fingerprint, err := reload.Fingerprint(watched)
			if err != nil {
				t.Fatal(err)
			}
			seen[fingerprint] = true
		}
		if len(seen) != 2 {
			t.Errorf("%s: a link to another directory looks the same", link)
		}
	}
}
