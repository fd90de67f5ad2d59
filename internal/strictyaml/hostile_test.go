package strictyaml_test

import (
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"time"

	"passdesk/internal/strictyaml"
)

// Bounds that no content file may break, sound or not. The memory is what is allocated in all,
// which is far more than what is held at any time. The time is a safety net, not a measurement.
const (
	maxAllocated = 64 << 20
	maxDuration  = 10 * time.Second
)

// TestHostileFilesCostLittle holds the limits of limits.go against inputs that make a YAML
// decoder work hard. Each is as large as the limits let it be, or larger.
func TestHostileFilesCostLittle(t *testing.T) {
	const full = strictyaml.MaxBytes
	repeat := func(s string) string { return strings.Repeat(s, full/len(s)) }
	number := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	inputs := map[string]string{
		"list of numbers":           "[" + repeat("1,")[:full-10] + "1]",
		"list of numbers, accepted": "[" + strings.Repeat("1,", 24_000) + "1]",
		"list of floats, accepted":  "[" + strings.Repeat("1e5,", 24_000) + "1]",
		"100,000 dashes":            strings.Repeat("- a\n", 100_000),
		"dashes, accepted":          strings.Repeat("- a\n", 12_000),
		"nested dashes, accepted":   strings.Repeat(strings.Repeat("- ", 24)+"a\n", 900),
		"50,000 keys":               number("k%d: b\n", 50_000),
		"keys, accepted":            number("k%d: b\n", 24_000),
		"long plain text":           repeat("a "),
		"long word":                 repeat("a"),
		"long quoted text":          `"` + repeat("a")[:full-10] + `"`,
		"long escapes":              `"` + repeat(`\n`)[:full-10] + `"`,
		"long key":                  "? " + repeat("a")[:full-10] + "\n: b",
		"two long keys":             "? " + repeat("a")[:full/2-10] + "\n: b\n? " + repeat("c")[:full/2-10] + "\n: d\n",
		"long block text":           "|\n" + strings.Repeat(" a\n", 24_000),
		"question marks":            repeat("? "),
		"question marks in braces":  "{" + repeat("? ")[:full-10] + "}",
		"explicit keys":             number("? k%d\n: b\n", 8_000),
		"colons":                    repeat(": "),
		"comments":                  strings.Repeat("# a\n", 24_000) + "a: b",
		"commented keys":            strings.Repeat("# aaaaaa\nb: d # c\n", 12_000),
		"tags":                      "[" + strings.Repeat("!!str a,", 24_000) + "]",
		"tag run":                   repeat("!a "),
		"long tag":                  "!" + repeat("a")[:full-10] + " b",
		"tag directives":            number("%%TAG !a%d! b\n", 24_000) + "---\na",
		"unknown directives":        strings.Repeat("%FOO b\n", 24_000) + "---\na",
		"anchors":                   strings.Repeat("- &a b\n", 12_000),
		"aliases":                   "- &a b\n- [" + strings.Repeat("*a ,", 24_000) + "]",
		"alias bomb":                aliasBomb(),
		"merge keys":                "a: &a {x: 1}\n" + strings.Repeat("<<: *a\n", 24_000),
		"merge mappings":            strings.Repeat("- {<<: {a: b}}\n", 6_000),
		"documents":                 strings.Repeat("---\na\n", 12_000),
		"empty mappings":            "[" + strings.Repeat("{},", 12_000) + "]",
		"lists as keys":             strings.Repeat("[a]: b\n", 12_000),
		"brackets":                  repeat("["),
		"braces":                    repeat("{"),
		"closing brackets":          repeat("]"),
		"brackets, accepted":        "[" + strings.Repeat(strings.Repeat("[", 22)+strings.Repeat("]", 22)+",\n", 1_000) + "]",
		"old Mac line ends":         repeat("- a\r"),
		"next-line characters":      repeat("\u0085"),
		"byte order marks":          repeat("\ufeff"),
		"quotes":                    repeat(`"`),
		"fault at the end":          strings.Repeat("- {ja: \"あいうえおかきくけこさしすせそ\", en: \"abcdefghij\"}\n", 6_000) + "- {a: b?, c: d}\n",
		"fault in a long list":      "[" + strings.Repeat("a,", 24_000) + "\n a?\n,\n, a\n,a]",
		"fault before a long text":  "a:\n" + strings.Repeat("    a: b\n", 10_000) + "  c: d\n  e: |\n" + strings.Repeat("   f\n", 10_000),
	}
	for name, text := range inputs {
		t.Run(name, func(t *testing.T) {
			allocated, took := cost(func() { read(text) })
			if allocated > maxAllocated || took > maxDuration {
				t.Errorf("%d bytes cost %d MiB and %v, want at most %d MiB and %v",
					len(text), allocated>>20, took, maxAllocated>>20, maxDuration)
			}
		})
	}
}

// An alias bomb is small, and would fill the memory if aliases were followed.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return b.String()
}

func cost(f func()) (allocated uint64, took time.Duration) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	f()
	took = time.Since(start)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, took
}

// endlessFile is a file that never ends, so whoever reads all of it does not come back.
type endlessFile struct{ read int }

func (e *endlessFile) Open(string) (fs.File, error) { return e, nil }
func (e *endlessFile) Stat() (fs.FileInfo, error)   { return nil, fs.ErrInvalid }
func (e *endlessFile) Close() error                 { return nil }
func (e *endlessFile) Read(p []byte) (int, error) {
	if e.read += len(p); e.read > 50<<20 {
		return 0, io.ErrUnexpectedEOF
	}
	return copy(p, strings.Repeat("a", len(p))), nil
}

func TestFileTooLargeIsNotReadToItsEnd(t *testing.T) {
	file := &endlessFile{}
	var report strictyaml.Report
	allocated, _ := cost(func() { strictyaml.Read(file, "f.yaml", &report) })
	if allocated > maxAllocated || file.read > 4*strictyaml.MaxBytes {
		t.Errorf("read %d bytes and allocated %d, want little more than the limit of %d", file.read, allocated, strictyaml.MaxBytes)
	}
	if want := "f.yaml:0:0: file is larger than 512 KiB; split it"; report.Err() == nil || report.Err().Error() != want {
		t.Errorf("problems = %v, want %s", report.Err(), want)
	}
}
