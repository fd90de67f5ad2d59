package canned_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
)

func ids(found []canned.Match) []string {
	all := make([]string, len(found))
	for i, m := range found {
		all[i] = m.ID
	}
	return all
}

// TestSearch: how agents really type, and what must then be at the top.
func TestSearch(t *testing.T) {
	l := library(t)
	tests := []struct {
		query string
		first string // "" for none at all
		where canned.Where
	}{
		{"vpn-leg", "vpn-legacy-coupon-unknown", canned.InID},
		{"VPN-SIGN", "vpn-signin", canned.InID},
		{"vpn sign", "vpn-signin", canned.InID},
		{"portal reset", "portal-reset", canned.InID},
		{"reset portal", "portal-link-expired", canned.InTitle},
		{"ｖｐｎ ぱすわーど", "vpn-asked-again", canned.InTitle},     // full width, kana
		{"vpnぱすわーど", "vpn-asked-again", canned.InTitle},      // no blank
		{"ﾏｲｱｶｳﾝﾄ 最初", "portal-activate", canned.InTitle},    // half width
		{"マイアカウントー", "portal-activate", canned.InTitle},      // long vowel
		{"クウポン", "", 0},                                      // a vowel is not a long-vowel mark
		{"くーぽ", "vpn-legacy-coupon-unknown", canned.InTitle}, // half typed
		{"くーぽn", "vpn-legacy-coupon-unknown", canned.InTitle},
		{"しょk", "portal-activate", canned.InTitle},     // しょき, with a small kana
		{"きげん", "portal-link-expired", canned.InTitle}, // 期限, not converted
		{"わすれた", "mac-password-forgot", canned.InTitle},
		{"ぷれみあむ", "vpn-asked-again", canned.InKeyword}, // Premium
		{"ふぁいるぼると", "mac-password-forgot", canned.InText},
		{"うぃんどうず", "windows", canned.InTitle},
		{"あくとつー", "portal-not-eligible", canned.InKeyword},
		{"vpn zebra", "", 0}, // every word must be there
		{"amazon", "portal-not-eligible", canned.InKeyword},  // what customers say
		{"もう開けないメール", "portal-email-lost", canned.InKeyword}, // likewise
		{"資料の画面例は英語", "mac-admin-netupdate", canned.InText},  // the note for agents
		{"yearly subscription", "portal-activate", canned.InText},
		{"caps lock", "mac-password-forgot", canned.InText},
		{"e-mail lost", "portal-email-lost", canned.InTitle},
		{"don't know vpn coupon", "vpn-legacy-coupon-unknown", canned.InKeyword},
	}
	for _, test := range tests {
		found := l.Search(test.query, nil)
		switch {
		case test.first == "" && len(found) > 0:
			t.Errorf("%q found %v, want none", test.query, ids(found))
		case test.first != "" && (len(found) == 0 || found[0].ID != test.first || found[0].Where != test.where):
			t.Errorf("%q found %+v, want %s at the top, in %d", test.query, found[:min(len(found), 2)], test.first, test.where)
		}
	}
}

// TestSearchNarrows: every further letter leaves out answers and never brings new ones, at every
// state of the input method.
func TestSearchNarrows(t *testing.T) {
	l := library(t)
	before := l.IDs()
	for _, query := range []string{"", "c", "k", "く", "くー", "くーp", "くーぽ", "くーぽn", "くーぽん", "クーポン", "クーポンコード"} {
		found := ids(l.Search(query, nil))
		if query == "c" || query == "k" { // not yet kana
			continue
		}
		for _, id := range found {
			if !slices.Contains(before, id) {
				t.Errorf("%q brings %s, which was not there before", query, id)
			}
		}
		before = found
	}
	if len(before) == 0 || len(before) == len(l.IDs()) {
		t.Errorf("the whole word finds %d of %d answers", len(before), len(l.IDs()))
	}
}

// TestSearchUses: what is used more comes first among equals, and only among them.
func TestSearchUses(t *testing.T) {
	l := library(t)
	uses := map[string]int{"vpn-signin": 3, "vpn-unsure": 5, "mac-not-admin": 99}
	found := l.Search("vpn", uses)
	if got := ids(found)[:2]; !slices.Equal(got, []string{"vpn-unsure", "vpn-signin"}) || found[0].Uses != 5 {
		t.Errorf("first are %v, %+v; want those used most of those whose id begins with vpn", got, found[0])
	}
	if at := slices.Index(ids(found), "mac-not-admin"); at >= 0 && found[at].Where < found[0].Where {
		t.Errorf("uses put mac-not-admin at %d", at)
	}
	if all := l.Search(" 、", uses); len(all) != len(l.IDs()) || all[0].ID != "mac-not-admin" {
		t.Errorf("a query without words finds %v, want all, most used first", ids(all))
	}
}

// thousand is a library of 1,000 answers as long as real ones.
func thousand(t testing.TB) (*canned.Library, []sample) {
	t.Helper()
	samples := make([]sample, 1000)
	longest := content().Answer("mac-password-forgot")
	for i := range samples {
		real := content().Answer(content().Answers()[i%len(content().Answers())])
		samples[i] = sample{
			id: fmt.Sprintf("%s-%03d", real.ID, i), titleJA: real.Title.Japanese + fmt.Sprint(i), titleEN: real.Title.English + fmt.Sprint(" ", i),
			step: longest.Steps[2].Japanese + longest.Steps[2].English, caution: longest.Cautions[0].Japanese + longest.Cautions[0].English,
		}
	}
	return canned.New(madeUp(t, samples, nil), nil), samples
}

// TestSearchFindsByIDAndTitle: an answer is found by its id, by every word of its titles, and by
// any beginning of them.
func TestSearchFindsByIDAndTitle(t *testing.T) {
	l, samples := thousand(t)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(samples).Draw(t, "answer")
		text := rapid.SampledFrom([]string{s.id, s.titleJA, s.titleEN}).Draw(t, "text")
		var letters []string
		for g := uniseg.NewGraphemes(text); g.Next(); {
			letters = append(letters, g.Str())
		}
		query := ""
		for _, letter := range letters[:rapid.IntRange(0, len(letters)).Draw(t, "typed")] {
			query += letter
		}
		if !slices.Contains(ids(l.Search(query, nil)), s.id) {
			t.Fatalf("%q does not find %s (%s, %s)", query, s.id, s.titleJA, s.titleEN)
		}
	})
}

// TestSearchEveryRealAnswer does the same for everything that is shipped, without chance.
func TestSearchEveryRealAnswer(t *testing.T) {
	l := library(t)
	for _, id := range l.IDs() {
		title := content().Answer(id).Title
		for _, text := range []string{id, title.Japanese, title.English} {
			runes := []rune(text)
			for n := range len(runes) + 1 {
				if query := string(runes[:n]); !slices.Contains(ids(l.Search(query, nil)), id) {
					t.Errorf("%q does not find %s", query, id)
				}
			}
		}
		for _, language := range guide.Languages() {
			if len(l.Keywords(id, language)) == 0 {
				t.Errorf("%s has no keywords in %s", id, language)
			}
			for _, word := range l.Keywords(id, language) {
				if !slices.Contains(ids(l.Search(word, nil)), id) {
					t.Errorf("keyword %q does not find %s", word, id)
				}
			}
		}
	}
}

// TestSearchIsFast holds the limit of the specification with a wide margin for a busy machine.
func TestSearchIsFast(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	l, _ := thousand(t)
	for _, query := range hardQueries() {
		best := time.Hour
		for range 5 {
			begin := time.Now()
			l.Search(query, nil)
			best = min(best, time.Since(begin))
		}
		if best > 200*time.Millisecond {
			t.Errorf("%q takes %v for 1,000 answers", query, best)
		}
	}
}

// hardQueries find everything, nothing, or look at all of every text.
func hardQueries() []string {
	return []string{"", "の", "すにつくのぱ", "password apple ぱすわーど", "ｖｐｎ ぱすw", "aaaa bbbb cccc dddd eeee ffff"}
}

func BenchmarkSearch(b *testing.B) {
	l, _ := thousand(b)
	for _, query := range hardQueries() {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				l.Search(query, nil)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	g := content()
	for b.Loop() {
		canned.New(g, nil)
	}
}

func FuzzSearch(f *testing.F) {
	for _, query := range hardQueries() {
		f.Add(query)
	}
	f.Add("\xff\xfeぱ\u3099 \u202e{{")
	l := library(f)
	f.Fuzz(func(t *testing.T, query string) {
		for _, m := range l.Search(query, nil) {
			if content().Answer(m.ID) == nil {
				t.Errorf("%q finds %q, which does not exist", query, m.ID)
			}
		}
	})
}

// TestSearchStatements: an answer is found by what it rests on, although it says it in other words.
func TestSearchStatements(t *testing.T) {
	l := canned.New(madeUp(t, few(), nil), nil)
	for _, query := range []string{"鯨は魚", "whale FISH"} {
		if found := l.Search(query, nil); len(found) != len(few()) || found[0].Where != canned.InText {
			t.Errorf("%q finds %v; want all, by the statement", query, found)
		}
	}
}

// TestSearchNames: a name in Latin letters is found by its kana, wherever it stands.
func TestSearchNames(t *testing.T) {
	l := library(t)
	names := 0
	for id, name := range content().Words(guide.PageCanned) {
		if !strings.HasPrefix(id, "name-") {
			continue
		}
		names++
		latin, kana := l.Search(name.English, nil), l.Search(name.Japanese, nil)
		if len(latin) == 0 {
			t.Errorf("%s is in no answer", name.English)
		}
		for _, m := range latin {
			if !slices.Contains(ids(kana), m.ID) {
				t.Errorf("%s finds %s, %s does not", name.English, m.ID, name.Japanese)
			}
		}
	}
	if names == 0 {
		t.Error("there are no names")
	}
}
