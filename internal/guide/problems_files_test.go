package guide_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// fileMistakes are files that cannot be read at all. Each must be reported alone: what refers
// to a file that cannot be read is not to blame.
func fileMistakes() []mistake {
	long := "x: \"" + strings.Repeat("あ", strictyaml.MaxBytes/3) + "\"\n"
	var all []mistake
	for _, file := range []string{tree, questions, links, source, answers, "phrases.yaml", "wording.yaml"} {
		name := strings.NewReplacer("/", "-", ".yaml", "").Replace(file)
		all = append(all, one(name+" with a syntax error", file, "", "a: b\nc: {d: e? f}\n"))
	}
	return append(all,
		one("file empty", tree, "", ""),
		one("file of comments only", tree, "", "# to be written\n"),
		one("file that is a list", tree, "", "- a\n"),
		one("file with NUL bytes", tree, "ask: topic", "ask: \x00topic"),
		one("file with invalid UTF-8", questions, "無料ですか", "\xe7\x84"),
		one("file in UTF-16", tree, "", "\xff\xfef\x00a\x00c\x00t\x00s\x00"),
		one("file too large", tree, "branches:\n", long+"branches:\n"),
		one("second document", tree, "tree:\n", "---\ntree:\n"),
		one("second document empty", source, "not-carried:", "---\nnot-carried:"),
		one("bracket bomb", tree, "", strings.Repeat("[", 100_000)),
		one("brace bomb", tree, "", strings.Repeat("{a: ", 100_000)),
		one("dash bomb", tree, "", strings.Repeat("- ", 100_000)),
		one("indentation bomb", tree, "", staircase(400)),
		one("alias bomb", tree, "values: [old]", "values: [&a [x, x], &b [*a, *a], &c [*b, *b], *c]"),
		one("list of too many items", tree, "", "["+strings.Repeat("1,", 30_000)+"1]"),
		mistake{"several faults at once", []edit{
			{tree, "ask: topic", "ask: topik"},
			{questions, "not-sure: lost", "not-sure: lots"},
			{"phrases.yaml", "greeting:", "greting:"},
			{links, "https://example.com/ja", "http://example.com/ja"},
			{source, "[article, own]", "[article, ovn]"},
			{answers, soundAnswer("web-free", ""), strings.Replace(soundAnswer("web-free", ""), "Title", "**Title**", 1)},
			{"answers/mail.yaml", "[{state: broken}]", "[{state: brokn}]"},
			{"wording.yaml", "  - language: ja\n", "  - language: jp\n"},
		}},
	)
}

// staircase is a mapping in a mapping in a mapping …
func staircase(steps int) string {
	var b strings.Builder
	for i := range steps {
		b.WriteString(strings.Repeat("  ", i) + "a:\n")
	}
	return b.String()
}

func TestMissingFilesAreReportedEach(t *testing.T) {
	_, err := guide.Load(fstest.MapFS{})
	want := []string{
		"answers:0:0: directory is missing", "links.yaml:0:0: file is missing", "pages/canned.yaml:0:0: file is missing",
		"pages/chat.yaml:0:0: file is missing", "pages/console.yaml:0:0: file is missing", "pages/slack.yaml:0:0: file is missing", "phrases.yaml:0:0: file is missing",
		"questions.yaml:0:0: file is missing", "source.yaml:0:0: file is missing", "tree.yaml:0:0: file is missing",
		"wording.yaml:0:0: file is missing",
	}
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("Load of an empty directory: got\n%v\nwant\n%s", err, strings.Join(want, "\n"))
	}
}

func TestDirectoryWithoutAnswersIsReported(t *testing.T) {
	fsys := sound()
	delete(fsys, "answers/web.yaml")
	delete(fsys, "answers/mail.yaml")
	fsys["answers/readme.txt"] = &fstest.MapFile{}
	_, err := guide.Load(fsys)
	if want := "answers:0:0: there are no answers in this directory"; err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}
