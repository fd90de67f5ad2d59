package canned_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// formulas are titles that a spreadsheet would compute.
func formulas() []sample {
	var all []sample
	for i, title := range []string{"=1+1", "+1", "-1", "@SUM(1)", "＝1", "＠x", `=HYPERLINK("http://evil.example","x")`, "'=quoted", "a,b;\"c\"", "plain"} {
		all = append(all, sample{id: "f" + string(rune('a'+i)), titleJA: title, titleEN: title, summary: title})
	}
	return all
}

func export(t testing.TB, l *canned.Library, target canned.Target, languages ...guide.Language) string {
	t.Helper()
	var out bytes.Buffer
	if err := l.Export(&out, target, languages...); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestExportGolden shows every target. They are what the programs read, so they change on purpose.
func TestExportGolden(t *testing.T) {
	g := madeUp(t, few(), nil)
	l := canned.New(g, nil)
	for _, target := range canned.Targets() {
		got := export(t, l, target)
		golden(t, "export."+string(target), strings.ReplaceAll(got, g.Version(), "VERSION"))
	}
}

func body(t testing.TB, l *canned.Library, id string, language guide.Language, format canned.Format) string {
	t.Helper()
	m, err := l.Render(id, canned.Options{Language: language, Format: format})
	if err != nil {
		t.Fatal(err)
	}
	return m.Text
}

// TestEspanso holds the file against the rules of espanso's published schema
// (schemas/match.schema.json): the keys that a match may have, their types, and exactly one of
// replace, form, html, image_path and markdown.
func TestEspanso(t *testing.T) {
	for name, g := range map[string]*guide.Guide{"shipped": content(), "nasty": nasty(t)} {
		l := canned.New(g, nil)
		for _, language := range guide.Languages() {
			text := export(t, l, canned.ToEspanso, language)
			var report strictyaml.Report
			file, ok := strictyaml.Read(fstest.MapFS{"match.yaml": {Data: []byte(text)}}, "match.yaml", &report)
			if err := report.Err(); err != nil || !ok {
				t.Fatalf("%s %s: %v", name, language, err)
			}
			triggers := map[string]string{}
			for _, match := range file.Fields("matches")["matches"].Items() {
				fields := match.Fields("trigger", "label", "search_terms", "replace", "html")
				trigger := fields["trigger"].String()
				if fields["replace"].Exists() == fields["html"].Exists() || fields["label"].String() == "" || len(fields["search_terms"].Strings()) == 0 {
					t.Errorf("%s: %s is no match", name, trigger)
				}
				triggers[trigger] = fields["replace"].String() + fields["html"].String()
			}
			if err := report.Err(); err != nil {
				t.Errorf("%s %s: %v", name, language, err)
			}
			for trigger := range triggers {
				for other := range triggers {
					if trigger != other && strings.HasPrefix(other, trigger) {
						t.Errorf("%s goes off before %s is typed", trigger, other)
					}
				}
			}
			for _, id := range l.IDs() {
				if got := triggers[":"+id+"."+string(language)]; got != body(t, l, id, language, canned.Plain) {
					t.Errorf("%s: plain text differs: %q", id, got)
				}
				if got := triggers[":"+id+".rich."+string(language)]; got != body(t, l, id, language, canned.HTML) {
					t.Errorf("%s: HTML differs: %q", id, got)
				}
			}
			if want := 2 * len(l.IDs()); len(triggers) != want {
				t.Errorf("%s %s: %d triggers, want %d", name, language, len(triggers), want)
			}
		}
	}
}

// TestCSV reads the file back, and lets no field be a formula.
func TestCSV(t *testing.T) {
	for name, g := range map[string]*guide.Guide{"shipped": content(), "nasty": nasty(t), "formulas": madeUp(t, formulas(), nil)} {
		l := canned.New(g, nil)
		rows, err := csv.NewReader(strings.NewReader(export(t, l, canned.ToCSV))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := 1 + 2*len(l.IDs()); len(rows) != want || rows[0][0] != "id" {
			t.Fatalf("%s: %d rows, want %d; head %v", name, len(rows), want, rows[0])
		}
		for _, row := range rows[1:] {
			for i, field := range row {
				if field != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(field)[0]) {
					t.Errorf("%s: %q is a formula", name, field)
				}
				if bare, ok := strings.CutPrefix(field, "'"); ok && bare != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(bare)[0]) {
					row[i] = bare
				}
			}
			id, language := row[0], guide.Language(row[1])
			want := []string{g.Answer(id).Title.In(language), strings.Join(l.Keywords(id, language), "; "), body(t, l, id, language, canned.Plain), body(t, l, id, language, canned.HTML)}
			if name == "formulas" && id == "fh" { // it began with the apostrophe already
				want[0], want[2] = row[2], row[4]
			}
			if diff := cmp.Diff(want, row[2:6]); diff != "" {
				t.Errorf("%s %s %s: (-want +got)\n%s", name, id, language, diff)
			}
		}
	}
}

// TestJSON reads back what programs and help desks take.
func TestJSON(t *testing.T) {
	l := canned.New(content(), nil)
	var file struct {
		Content string
		Answers []struct {
			ID, Title, Plain, HTML, Markdown, Slack string
			Language                                guide.Language
			Keywords                                []string
		}
	}
	var desk struct {
		Macros []struct {
			Title, Description string
			Active             bool
			Actions            []struct{ Field, Value string }
		}
	}
	var responses []struct {
		ShortCode string `json:"short_code"`
		Content   string
	}
	read(t, export(t, l, canned.ToJSON, guide.English), &file)
	read(t, export(t, l, canned.ToZendesk, guide.English), &desk)
	read(t, export(t, l, canned.ToChatwoot, guide.English), &responses)
	n := len(l.IDs())
	if file.Content != content().Version() || len(file.Answers) != n || len(desk.Macros) != n || len(responses) != n {
		t.Fatalf("version %s, %d, %d and %d answers; want %s and %d of each", file.Content, len(file.Answers), len(desk.Macros), len(responses), content().Version(), n)
	}
	for i, id := range l.IDs() {
		a, m, r := file.Answers[i], desk.Macros[i], responses[i]
		got := []string{a.ID, a.Plain, a.HTML, a.Markdown, a.Slack, m.Description, m.Actions[0].Value, r.ShortCode, r.Content}
		want := []string{id}
		for _, format := range []canned.Format{canned.Plain, canned.HTML, canned.Markdown, canned.Slack} {
			want = append(want, body(t, l, id, guide.English, format))
		}
		want = append(want, id, want[2], id+".en", want[3])
		if diff := cmp.Diff(want, got); diff != "" || m.Actions[0].Field != "comment_value_html" || !m.Active || !slices.Equal(a.Keywords, l.Keywords(id, guide.English)) {
			t.Errorf("%s: (-want +got)\n%s", id, diff)
		}
	}
}

func read(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}

// TestExportFails: nothing is written of content that help desks would take for a command, of an
// unknown target or language; and a writer's error is told.
func TestExportFails(t *testing.T) {
	liquid := few()
	liquid[1].step = "{% assign x = 1 %}"
	tests := []struct {
		name      string
		library   *canned.Library
		target    canned.Target
		languages []guide.Language
	}{
		{"liquid", canned.New(madeUp(t, liquid, nil), nil), canned.ToZendesk, nil},
		{"target", canned.New(content(), nil), "excel", nil},
		{"language", canned.New(content(), nil), canned.ToCSV, []guide.Language{"fr"}},
	}
	for _, test := range tests {
		var out bytes.Buffer
		if err := test.library.Export(&out, test.target, test.languages...); err == nil || out.Len() > 0 {
			t.Errorf("%s: got %v and %q; want an error and nothing", test.name, err, out.String())
		}
	}
	full := errors.New("full")
	for _, target := range canned.Targets() {
		if err := canned.New(content(), nil).Export(broken{full}, target); !errors.Is(err, full) {
			t.Errorf("%s: got %v, want %v", target, err, full)
		}
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

var _ io.Writer = broken{}
