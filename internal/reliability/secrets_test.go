//go:build linux

package reliability_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayLeak is how much of a kind may be found again, in percent. Nothing of what has a shape or a word
// beside it; of numbers without either a few cannot be told from order numbers.
var mayLeak = map[string]float64{keywordEnglish: 0, keywordJapanese: 0, tokenShape: 0, mailAddress: 0, cardNumber: 0, phoneNumber: 0}

// TestSecretsAreNowhere plants secrets in messages and looks for them in everything that the server
// leaves: database, log, backup, hand-overs, transcripts; while it runs and after it was killed (row 23).
func TestSecretsAreNowhere(t *testing.T) {
	t.Parallel()
	received := receive(t)
	d := inDirectory(t.TempDir())
	s := serve(t, d.settings.with(received.settings()).with(settings{"log.level": "debug"}))
	c := newClient(t, s.at)
	canaries := plant(rand.New(rand.NewPCG(1, 2)), 60*rounds(1))
	places := map[string]string{}
	conversations := tell(t, c, canaries, places)
	eventually(t, "all hand-overs have arrived", func() bool { return received.count() == len(conversations) })
	backup := filepath.Join(t.TempDir(), "backup.db")
	mustOperate(t, d.settings, "backup", backup)
	collect(t, places, "running ", d)
	s.kill()
	collect(t, places, "killed ", d)
	s.start()
	s.kill()
	collect(t, places, "restarted ", d)
	content, err := os.ReadFile(backup)
	must(t, err)
	places["backup"], places["log"] = string(content), s.read()
	for id, body := range received.bodies {
		places["hand-over"] += id + body
	}
	inEveryPlace(t, places, conversations)
	report(t, canaries, places)
}

// tell says all canaries, some to a conversation, and asks for a person at the end of each.
func tell(t *testing.T, c *client, canaries []canary, places map[string]string) (ids []string) {
	t.Helper()
	for at := 0; at < len(canaries); at += 20 {
		begun := c.mustBegin(t)
		for i, one := range canaries[at:min(at+20, len(canaries))] {
			a := c.mustSay(t, begun, fmt.Sprint("canary-", at+i), one.message)
			places["replies"] += string(a.body)
		}
		c.mustSay(t, begun, "human", `{"command":"human"}`)
		a, err := c.transcript(t.Context(), begun)
		must(t, err)
		places["transcripts"] += string(a.body)
		ids = append(ids, begun.ID)
	}
	return ids
}

func collect(t *testing.T, places map[string]string, when string, d database) {
	t.Helper()
	for name, content := range bytesOf(t, d.settings["data"]) {
		places[when+name] = content
	}
}

// inEveryPlace is the control: what is not secret is found where secrets are looked for.
func inEveryPlace(t *testing.T, places map[string]string, ids []string) {
	t.Helper()
	for _, place := range []string{"replies", "transcripts", "backup", "log", "hand-over"} {
		if found := countIn(map[string]string{place: places[place]}, ids); found != len(ids) {
			t.Errorf("%d of %d conversations are in the %s: the test looks in the wrong place", found, len(ids), place)
		}
	}
	for _, when := range []string{"running ", "killed ", "restarted "} {
		files := map[string]string{}
		for place, content := range places {
			if strings.HasPrefix(place, when) {
				files[place] = content
			}
		}
		if found := countIn(files, ids); found != len(ids) {
			t.Errorf("%d of %d conversations are in the files of the %sdatabase: the test looks in the wrong place", found, len(ids), when)
		}
	}
}

// report tells how much of each kind has leaked.
func report(t *testing.T, canaries []canary, places map[string]string) {
	t.Helper()
	planted, leaked := map[string]int{}, map[string]int{}
	where := findPieces(canaries, places)
	for i, one := range canaries {
		planted[one.kind]++
		if len(where[i]) > 0 {
			leaked[one.kind]++
			t.Logf("leaked: %q of %q into %v", one.secret, one.message, slices.Sorted(maps.Keys(where[i])))
		}
	}
	for kind, all := range planted {
		rate := 100 * float64(leaked[kind]) / float64(all)
		t.Logf("%s: %d of %d leaked, %.1f %%", kind, leaked[kind], all, rate)
		if rate > mayLeak[kind] {
			t.Errorf("%s: %.1f %% leaked, %.1f %% may", kind, rate, mayLeak[kind])
		}
	}
}

// What counts as a leak: so many characters of a secret in a row; more if they are digits, since any
// eight digits come up by chance in the times of a log.
const (
	pieceSize  = 8
	digitsSize = 11
)

// pieces are the parts of a secret that give it away.
func (c canary) pieces() (all []string) {
	for i := 0; i+pieceSize <= len(c.secret); i++ {
		piece := c.secret[i : i+pieceSize]
		if strings.Trim(piece, digits) == "" {
			piece = c.secret[i:min(i+digitsSize, len(c.secret))]
		}
		if len(piece) >= digitsSize || strings.Trim(piece, digits) != "" && !strings.Contains(tokenHead, piece) { // every such token begins like that
			all = append(all, piece)
		}
	}
	return all
}

// findPieces tells in which places any piece of a canary is, by number of the canary.
func findPieces(canaries []canary, places map[string]string) map[int]map[string]bool {
	pieces := map[string]int{}
	for number, one := range canaries {
		for _, piece := range one.pieces() {
			pieces[piece] = number
		}
	}
	found := map[int]map[string]bool{}
	for place, content := range places {
		for i := range len(content) {
			for size := pieceSize; size <= digitsSize && i+size <= len(content); size++ {
				number, is := pieces[content[i:i+size]]
				if is && found[number] == nil {
					found[number] = map[string]bool{}
				}
				if is {
					found[number][place] = true
				}
			}
		}
	}
	return found
}
