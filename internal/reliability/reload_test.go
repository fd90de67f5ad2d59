//go:build linux

package reliability_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const (
	phrases     = "knowledge/phrases.yaml"
	story       = "knowledge/stories/vpn.yaml" // nobody needs it to answer, but it must be sound too
	calibration = "intents/calibration.yaml"   // changing it changes the content, but nothing has to be learnt anew
)

// TestReload edits the content under load, well and badly (row 22): what is broken never replaces
// what is good, every turn is of one good version, and no customer notices.
func TestReload(t *testing.T) {
	t.Parallel()
	c := copyContent(t)
	d := inDirectory(t.TempDir())
	s := serve(t, d.settings.with(settings{"content": c.current, "content-poll": "100ms"}))
	l := torrent(t, 4, s.at)
	r := &reloads{client: l.client, good: map[string]bool{}}
	first := r.version(t)
	r.good[first] = true
	for round := range rounds(1) {
		r.refused(t, "broken YAML", func() { c.write(phrases, c.rephrased("greeting:", "greeting: [")) })
		r.replaced(t, "mended", first, func() { c.write(phrases, c.read(phrases)) })
		r.refused(t, "half-written", func() { c.write(phrases, c.read(phrases)[:len(c.read(phrases))/2]) })
		r.replaced(t, "the other half written", first, func() { c.write(phrases, c.read(phrases)) })
		r.refused(t, "a broken story", func() { c.write(story, c.read(story)+"\nbroken: [\n") })
		r.replaced(t, "mended again", first, func() { c.rename(story, c.read(story)) })
		r.replaced(t, "a renamed file", "", func() { c.rename(calibration, c.read(calibration)+fmt.Sprintln("# renamed", round)) })
		r.replaced(t, "another directory", "", func() {
			c.swap(fmt.Sprint("swapped", round), calibration, c.read(calibration)+fmt.Sprintln("# swapped", round))
		})
		r.replaced(t, "the first content", first, func() { c.write(calibration, c.read(calibration)) })
	}
	other := r.replaced(t, "another greeting", "", func() { c.write(phrases, c.rephrased("Hello! Let's", "Welcome! Let's")) })
	l.more(t, 50)
	l.stop()
	k := d.look(t)
	verify(t, l.ledger, k)
	r.verify(t, k, other)
	if l.busy.Load()+l.broken.Load() > 0 {
		t.Errorf("%d requests were refused and %d broke", l.busy.Load(), l.broken.Load())
	}
}

// reloads follows which content a server answers from.
type reloads struct {
	*client
	good map[string]bool // versions
}

// refused makes a change that must not be taken up.
func (r *reloads) refused(t *testing.T, what string, change func()) {
	t.Helper()
	before, version := r.counted(t, "refused"), r.version(t)
	change()
	eventually(t, what+" is refused", func() bool { return r.counted(t, "refused") > before })
	if after := r.version(t); after != version {
		t.Errorf("%s replaced good content", what)
	}
}

// replaced makes a change that must be taken up; the version must be a new one if none is wanted.
func (r *reloads) replaced(t *testing.T, what, want string, change func()) string {
	t.Helper()
	before := r.counted(t, "replaced")
	change()
	took := eventually(t, what+" is taken up", func() bool { return r.counted(t, "replaced") > before })
	version := r.version(t)
	if want == "" && r.good[version] || want != "" && version != want {
		t.Errorf("%s is version %s; that is wrong", what, version)
	}
	r.good[version] = true
	t.Logf("%s: taken up after %v", what, took)
	return version
}

// version is what /readyz and the metrics say about the content.
func (r *reloads) version(t *testing.T) string {
	t.Helper()
	var ready struct {
		Checks struct{ Content struct{ Version string } }
	}
	var version string
	eventually(t, "/readyz and /metrics tell the same version", func() bool { // /readyz is a second old at most
		a, err := r.send(t.Context(), "GET", "/readyz", "")
		must(t, err)
		must(t, json.Unmarshal(a.body, &ready))
		version = ready.Checks.Content.Version
		return strings.Contains(r.metrics(t), fmt.Sprintf("passdesk_content_info{version=%q} 1\n", version))
	})
	return version
}

func (r *reloads) metrics(t *testing.T) string {
	t.Helper()
	a, err := r.send(t.Context(), "GET", "/metrics", "")
	must(t, err)
	return string(a.body)
}

// counted is how many changes had an outcome.
func (r *reloads) counted(t *testing.T, outcome string) (times int) {
	t.Helper()
	_, rest, found := strings.Cut(r.metrics(t), fmt.Sprintf("passdesk_content_reloads_total{outcome=%q} ", outcome))
	if found {
		_, err := fmt.Sscan(rest, &times)
		must(t, err)
	}
	return times
}

// verify: every turn is of a good version, and says what that says.
func (r *reloads) verify(t *testing.T, k kept, other string) {
	t.Helper()
	counts := map[string]int{}
	for id, turns := range k.turns {
		for _, turn := range turns {
			counts[turn.content]++
			if !r.good[turn.content] {
				t.Errorf("a turn of %s is of version %s, which was never there", id, turn.content)
			}
		}
		if first := turns[0]; strings.Contains(first.reply, "Welcome! Let's") != (first.content == other) {
			t.Errorf("a turn of version %s says what another one says: %.300s", first.content, first.reply)
		}
	}
	t.Logf("turns by version: %v", counts)
	if counts[other] == 0 {
		t.Error("no turn is of the last version: nothing was tried")
	}
}
