package measure

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

func TestJudge(t *testing.T) {
	known := guide.Known{"prompt": "vpn"}
	want := dialogue.Step{Kind: dialogue.StepAnswer, Answer: "vpn-signin", Known: known}
	tests := []struct {
		name string
		got  dialogue.Step
		want Verdict
	}{
		{"the same", want, Right},
		{"asks although it was said", dialogue.Step{Kind: dialogue.StepAsk, Ask: "vpn-need", Known: known}, Safe},
		{"offers a person", dialogue.Step{Kind: dialogue.StepHuman}, Safe},
		{"asks on a false fact", dialogue.Step{Kind: dialogue.StepAsk, Ask: "coupon", Known: guide.Known{"prompt": "portal"}}, Wrong},
		{"asks with unsure", dialogue.Step{Kind: dialogue.StepAsk, Ask: "window", Known: guide.Known{"prompt": "unsure"}}, Safe},
		{"another answer", dialogue.Step{Kind: dialogue.StepAnswer, Answer: "overview", Known: known}, Wrong},
		{"sends away", dialogue.Step{Kind: dialogue.StepOutOfScope}, Wrong},
	}
	for _, test := range tests {
		if got := judge(test.got, want); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestTally(t *testing.T) {
	tally := Tally{Right: 80, Safe: 15, Wrong: 5}
	if got, want := tally.Cost(), .15+8*.05; math.Abs(got-want) > 1e-9 {
		t.Errorf("cost %v, want %v", got, want)
	}
	// The costs of the hundred messages are 80 × 0, 15 × 1 and 5 × 8.
	if got, want := tally.StandardError(), math.Sqrt((.15+64*.05-.55*.55)/100); math.Abs(got-want) > 1e-9 {
		t.Errorf("standard error %v, want %v", got, want)
	}
	if (Tally{}).Cost() != 0 || (Tally{}).StandardError() != 0 {
		t.Error("nothing costs something")
	}
}

func TestReliability(t *testing.T) {
	var r Reliability
	for i := range 10 {
		r.Add(.75, i < 5) // surer than right
		r.Add(1, true)
	}
	if got := r.Error(); math.Abs(got-.125) > 1e-9 {
		t.Errorf("calibration error %v, want 0.125", got)
	}
}

func TestSeparation(t *testing.T) {
	kept := []float64{.9, .8, .7, .6, .95, .85, .75, .65, .99, .2}
	auroc, rejected := separation(kept, []float64{.1, .3, .6, .98})
	if math.Abs(auroc-(10+9+8.5+1)/40) > 1e-9 {
		t.Errorf("AUROC %v, want %v", auroc, (10+9+8.5+1)/40)
	}
	if rejected != .5 { // nine of ten are kept at .6
		t.Errorf("rejected %v, want 0.5", rejected)
	}
	if a, r := separation(kept, nil); a != -1 || r != -1 {
		t.Errorf("with nothing to refuse: %v, %v; want -1, -1", a, r)
	}
}

func TestMacroF1(t *testing.T) {
	counts := map[string]*[3]int{"a": {2, 2, 2}, "b": {3, 1, 1}, "never": {1, 0, 0}}
	if got := macroF1(counts); math.Abs(got-.75) > 1e-9 {
		t.Errorf("macro-F1 %v, want 0.75", got)
	}
}

func TestReadLabelled(t *testing.T) {
	rows, err := ReadLabelled(strings.NewReader("id\tlang\ttext\texpect\tfacts\n1\ten\ta\\nb\tx|y\tp=q; r=s\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Labelled{{Text: "a\nb", Expect: []string{"x", "y"}, Facts: guide.Known{"p": "q", "r": "s"}, Language: "en"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	for name, file := range map[string]string{"no text": "id\texpect\tfacts\n", "empty": "text\texpect\tfacts\n\tx\t\n", "short": "text\texpect\tfacts\nhello\n"} {
		if _, err := ReadLabelled(strings.NewReader(file)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzReadLabelled(f *testing.F) {
	f.Add("text\texpect\tfacts\nhello\tgreeting\t\n")
	f.Add("text\texpect\tfacts\r\n\t\t\t\t\n")
	f.Fuzz(func(t *testing.T, file string) {
		rows, err := ReadLabelled(strings.NewReader(file))
		if err == nil {
			for _, row := range rows {
				if row.Text == "" || len(row.Expect) == 0 {
					t.Errorf("row %v of %q has no text or nothing to expect", row, file)
				}
			}
		}
	})
}

// TestPublic learns a toy set and prints its figures.
func TestPublic(t *testing.T) {
	file := "split\tlang\tintent\ttext\n"
	for i, words := range []string{"red apple", "green pear", "blue car", "fast bus"} {
		for _, end := range []string{"please", "now", "today", "for me", "again"} {
			file += "train\ten\t" + []string{"fruit", "fruit", "ride", "ride"}[i] + "\tone " + words + " " + end + "\n"
			file += "test\ten\t" + []string{"fruit", "fruit", "ride", "ride"}[i] + "\ta " + words + " and " + end + "\n"
		}
	}
	file += "oos_test\ten\toos\tqwzx vvkk\n"
	var out strings.Builder
	sets := fstest.MapFS{"toy.tsv": {Data: []byte(file)}, "other.tsv": {Data: []byte("split\tlang\tintent\ttext\nvalid\ten\ta\tb\n")}}
	if err := (Public{Train: "train", Test: "test", Calibrate: true}).Run(sets, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "toy                           100.0%  100.0%  1.000  1.000") || strings.Contains(out.String(), "other") {
		t.Errorf("figures:\n%s", out.String())
	}
	if err := (Public{Train: "train", Test: "gone"}).Run(sets, &out); err == nil {
		t.Error("no error without the split")
	}
	sets["bad.tsv"] = &fstest.MapFile{Data: []byte("split\tlang\n")}
	if err := (Public{Train: "train", Test: "test"}).Run(sets, &out); err == nil || !strings.Contains(err.Error(), "bad.tsv:1") {
		t.Errorf("error of a bad file: %v", err)
	}
}

func TestNoise(t *testing.T) {
	if got := typos("password", 2, 7); got == "password" || len(got) < 6 || len(got) > 10 {
		t.Errorf("two typos in password: %q", got)
	}
	if got := typos("VPN", 2, 7); got != "VPN" {
		t.Errorf("two typos in VPN: %q", got)
	}
	if got := otherWidth("VPN 2?"); got != "ＶＰＮ ２？" {
		t.Errorf("other width: %q", got)
	}
}
