package guide_test

import (
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"passdesk/internal/guide"
)

// What a load may cost at most, whatever the content. The memory is all that is allocated, far
// more than is held at any time; the time is a safety net, not a measurement.
const (
	maxAllocated = 64 << 20
	maxDuration  = 10 * time.Second
)

// loadWithin loads content that must be refused with this problem, at little cost.
func loadWithin(t *testing.T, fsys fs.FS, want string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := guide.Load(fsys)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > maxAllocated || took > maxDuration {
		t.Errorf("loading cost %d MiB and %v, want at most %d MiB and %v", allocated>>20, took, maxAllocated>>20, maxDuration)
	}
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Load: got %.500v\nwant %q among the problems", err, want)
	}
}

// bigFS is content in which one file is 50 MB of the same line, made as it is read.
type bigFS struct {
	fstest.MapFS
	name, line string
}

func (b bigFS) Open(name string) (fs.File, error) {
	if name != b.name {
		return b.MapFS.Open(name)
	}
	return &bigFile{line: b.line}, nil
}

type bigFile struct {
	line string
	read int
}

func (f *bigFile) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }
func (f *bigFile) Close() error               { return nil }
func (f *bigFile) Read(p []byte) (int, error) {
	if f.read >= 50<<20 {
		return 0, io.EOF
	}
	n := copy(p, strings.Repeat(f.line, len(p)/len(f.line)+1))
	f.read += n
	return n, nil
}

func TestFileOf50MBIsRefusedAtLittleCost(t *testing.T) {
	for _, name := range []string{"tree.yaml", "questions.yaml", "answers/mail.yaml", "wording.yaml"} {
		for _, line := range []string{"a: b\n", "[", "# c\n", "\x00", "- &a [*a, *a]\n"} {
			loadWithin(t, bigFS{sound(), name, line}, name+":0:0: file is larger than 512 KiB; split it")
		}
	}
}

// The version is made of all content files, also of those that Load does not read. A large one
// must not be held in memory for that.
func TestLargeUnreadFileCostsNoMemory(t *testing.T) {
	fsys := sound()
	fsys["stories/big.yaml"] = &fstest.MapFile{}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	g, err := guide.Load(bigFS{fsys, "stories/big.yaml", strings.Repeat("a", 1024)})
	runtime.ReadMemStats(&after)
	// The file makes itself anew for each read of 32 KiB, hence twice its size on top of ours.
	if allocated := after.TotalAlloc - before.TotalAlloc; err != nil || g.Version() == load(t).Version() || allocated > 50<<20+maxAllocated {
		t.Errorf("err = %v, allocated %d MiB; want a version that counts the file, without reading it into memory", err, allocated>>20)
	}
}

// A few lines can describe more paths than there is time: every branch uses the next one twice.
func TestTreesWithTooManyPathsAreRefused(t *testing.T) {
	doubling := func(kind string, length int, tail string) string {
		var facts, branches strings.Builder
		for i := range length {
			fmt.Fprintf(&facts, "  f%d: {values: [x, y]}\n", i)
			fmt.Fprintf(&branches, "  b%d: {%s: f%d, x: {use: b%d}, y: {use: b%d}%s}\n", i, kind, i, i+1, i+1, tail)
		}
		return fmt.Sprintf("facts:\n%sbranches:\n%s  b%d: {human: true}\ntree: {use: b0}\n", &facts, &branches, length)
	}
	falling := func(length int) string { // each use falls through to the same branch once more
		var branches strings.Builder
		for i := range length {
			fmt.Fprintf(&branches, "  b%d: {use: b%d, else: {use: b%d}}\n", i, i+1, i+1)
		}
		return fmt.Sprintf("facts:\n  f: {values: [x]}\nbranches:\n%s  b%d: {when: f, x: {human: true}}\ntree: {use: b0, else: {human: true}}\n", &branches, length)
	}
	cycle := "facts:\n  f: {values: [x, y]}\nbranches:\n  b: {when: f, x: {use: b}, y: {use: b}, else: {use: b}}\ntree: {use: b}\n"
	chain := func(length int) string {
		var facts, branches strings.Builder
		for i := range length {
			fmt.Fprintf(&facts, "  f%d: {values: [x]}\n", i)
			fmt.Fprintf(&branches, "  b%d: {when: f%d, x: {human: true}, else: {use: b%d}}\n", i, i, i+1)
		}
		return fmt.Sprintf("facts:\n%sbranches:\n%s  b%d: {human: true}\ntree: {use: b0}\n", &facts, &branches, length)
	}
	tests := []struct{ name, tree, want string }{
		{"one long path", chain(40), "path is longer than 64 places"},
		{"questions", doubling("ask", 40, ""), "places on all its paths"},
		{"volunteered facts", doubling("when", 40, ", else: {human: true}"), "places on all its paths"},
		{"use that falls through", falling(40), "places on all its paths"},
		{"use of itself in every branch", cycle, "endless `use`: b > b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { loadWithin(t, broken(t, edit{tree, "", tt.tree}), tt.want) })
	}
}

// Twelve questions in a row have 4,096 paths, which is few, but every combination of what may be
// known before each of them is more than can be proved.
func TestTreesWithTooManyCombinationsAreRefused(t *testing.T) {
	const length = 12
	var facts, branches, texts strings.Builder
	for i := range length {
		fmt.Fprintf(&facts, "  f%d: {values: [x, y]}\n", i)
		fmt.Fprintf(&branches, "  b%d: {ask: f%d, x: {use: b%d}, y: {use: b%d}}\n", i, i, i+1, i+1)
		fmt.Fprintf(&texts, `f%d:
  ask: {ja: "x", en: "x"}
  again: {ja: "x", en: "x"}
  change: {ja: "x", en: "x"}
  not-sure: x
  values:
    x: {label: {ja: "x", en: "x"}, short: {ja: "x", en: "x"}}
    y: {label: {ja: "x", en: "x"}, short: {ja: "x", en: "x"}}
`, i)
	}
	fsys := broken(t,
		edit{tree, "", fmt.Sprintf("facts:\n%sbranches:\n%s  b%d: {answer: web-free}\ntree: {use: b0}\n", &facts, &branches, length)},
		edit{questions, "", texts.String()},
		edit{answers, "", soundAnswer("web-free", "  links: [reset]\n")},
	)
	delete(fsys, "answers/mail.yaml")
	loadWithin(t, fsys, "too many combinations of facts to prove it")
}
