// Package reload exchanges content while the desk works, when the directory it comes from changes.
// It exists so that the support team can edit in place: what does not load, or is still being
// written, never replaces what works.
package reload

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Outcomes of a change, as Observe is told.
const (
	Replaced = "replaced"
	Refused  = "refused" // the new content has problems; the old one stays
	Unread   = "unread"  // the directory could not be looked at; the old one stays
)

// Watcher looks at a directory again and again. All fields but Observe must be set.
type Watcher struct {
	Directory string
	Loaded    string // fingerprint of what is served at the start, taken before it was loaded
	Every     time.Duration
	// Load reads the directory and returns what makes the new content the current one, or what is
	// wrong with it.
	Load    func(ctx context.Context) (replace func(), err error)
	Observe func(outcome string, err error)
}

// Run watches until ctx is done. A change is taken up once the directory has looked the same twice,
// and dropped if it changes while it is being loaded. A directory that cannot be looked at is told
// of once, until it can be again.
func (w *Watcher) Run(ctx context.Context) {
	current, seen, unread := w.Loaded, "", false
	ticks := time.NewTicker(w.Every)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		now, err := Fingerprint(w.Directory)
		if err != nil && !unread {
			w.observe(Unread, err)
		}
		unread = err != nil
		settled := now == seen
		seen = now
		if !unread && settled && now != current && w.take(ctx, now) {
			current = now
		}
	}
}

// take loads what is there and reports whether that has been dealt with, for better or worse.
func (w *Watcher) take(ctx context.Context, fingerprint string) bool {
	replace, err := w.load(ctx)
	if ctx.Err() != nil {
		return false
	}
	if after, unread := Fingerprint(w.Directory); unread != nil || after != fingerprint {
		return false // half of it may be older than the other half
	}
	if err != nil {
		w.observe(Refused, err)
		return true
	}
	replace()
	w.observe(Replaced, nil)
	return true
}

// load is Load; content that makes it panic is refused like any other, since what works must go on.
func (w *Watcher) load(ctx context.Context) (replace func(), err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			err = fmt.Errorf("load content: panic: %v", recovered)
		}
	}()
	return w.Load(ctx)
}

func (w *Watcher) observe(outcome string, err error) {
	if w.Observe != nil {
		w.Observe(outcome, err)
	}
}

// Fingerprint tells one state of a directory from another by the names, sizes and times of its
// files. A link is followed, also one to a directory, so a link that points elsewhere is a change.
func Fingerprint(directory string) (string, error) {
	sum := sha256.New()
	if err := fingerprint(sum, directory, true); err != nil {
		return "", fmt.Errorf("look at content: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// fingerprint follows links to directories only at the top, so that links cannot lead in a circle.
func fingerprint(sum io.Writer, directory string, top bool) error {
	root, err := filepath.EvalSymlinks(directory)
	if err != nil {
		return err
	}
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name != root {
			return nil // it went away while we looked
		}
		if err != nil {
			return err
		}
		if hidden := entry.Name()[0] == '.' && name != root; hidden && entry.IsDir() {
			return fs.SkipDir
		} else if hidden {
			return nil // what editors leave lying about
		}
		info, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !info.IsDir():
			_, err = fmt.Fprintln(sum, name, info.Size(), info.ModTime().UnixNano())
		case top && entry.Type()&fs.ModeSymlink != 0:
			err = fingerprint(sum, name, false)
		}
		return err
	})
}
