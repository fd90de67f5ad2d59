package strictyaml_test

import (
	"strings"
	"testing"

	"passdesk/internal/strictyaml"
)

func TestSuggestNamesOnlyWhatTheAuthorMayHaveMeant(t *testing.T) {
	candidates := []string{"netupdate", "install", "vpn", "portal", "unsure", "パスワード"}
	tests := []struct{ word, want string }{
		{"netupdat", "netupdate"},
		{"netupadte", "netupdate"}, // neighbours swapped
		{"instal", "install"},
		{"vnp", "vpn"},
		{"Portal", "portal"},
		{"パスワト", "パスワード"},
		{"billing", ""},
		{"x", ""},
		{"", ""},
		{strings.Repeat("netupdate", 20), ""},
	}
	for _, tt := range tests {
		want := ""
		if tt.want != "" {
			want = ` (did you mean "` + tt.want + `"?)`
		}
		if got := strictyaml.Suggest(tt.word, candidates); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", tt.word, got, want)
		}
	}
}

func TestSuggestCountsSwappedNeighboursAsOneSlip(t *testing.T) {
	if got := strictyaml.Suggest("abc", []string{"axc", "acb"}); got != ` (did you mean "acb"?)` {
		t.Errorf("got %q, want acb, which is as near as axc and before it in the alphabet", got)
	}
}

func TestSuggestDoesNotDependOnTheOrderOfCandidates(t *testing.T) {
	a := strictyaml.Suggest("ca", []string{"cb", "cc"})
	b := strictyaml.Suggest("ca", []string{"cc", "cb"})
	if a != b || a != ` (did you mean "cb"?)` {
		t.Errorf("got %q and %q, want the first in the alphabet both times", a, b)
	}
}
