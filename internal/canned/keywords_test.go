package canned_test

import (
	"slices"
	"testing"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
)

// TestKeywords: what leads to an answer gives it its keywords, and nothing else does.
func TestKeywords(t *testing.T) {
	l := library(t)
	tests := []struct {
		id, word string
		want     bool
		because  string
	}{
		{"vpn-signin", "VPN app", true, "the customer says so first"},
		{"vpn-signin", "which password", true, "it is the last fact, though it also stands for not knowing"},
		{"vpn-unsure", "I don't remember", true, "not knowing is the last word here"},
		{"vpn-signin", "dunno", false, "who does not know is asked further"},
		{"portal-reset", "Safari", true, "the window implies where it was"},
		{"portal-email-lost", "Amazon", false, "where it was bought changes nothing"},
		{"portal-reset", "the one I ordered with", false, "the tree has no branch for it"},
		{"mac-admin-install", "MacBook", false, "likewise: a Mac is everything but Windows"},
		{"mac-admin-install", "forgot it", false, "a follow-up leads away"},
		{"windows", "Windows laptop", true, "opened by the customer, never asked for"},
		{"mac-password-forgot", "forgot it", true, "likewise"},
		{"overview", "which passwords are there", true, "forgotten once answered, and still the way"},
	}
	for _, test := range tests {
		keywords := l.Keywords(test.id, guide.English)
		if slices.Contains(keywords, test.word) != test.want {
			t.Errorf("%s has the keyword %q: %t, want %t, because %s", test.id, test.word, !test.want, test.want, test.because)
		}
		if slices.Contains(l.Keywords(test.id, guide.Japanese), test.word) {
			t.Errorf("%s has %q in Japanese", test.id, test.word)
		}
	}
	if l.Keywords("gone", guide.English) != nil {
		t.Error("an answer that does not exist has keywords")
	}
}

// TestOrder: the worst place counts first, then all of them, then uses, then the id.
func TestOrder(t *testing.T) {
	l := canned.New(madeUp(t, []sample{
		{id: "b-text", step: "zebra crossing"},
		{id: "c-title", titleEN: "Zebra"},
		{id: "d-both", titleEN: "A zebra crossing"},
		{id: "e-mixed", titleEN: "The zebra", step: "crossing"},
		{id: "f-text", step: "zebra crossing"},
		{id: "zebra"},
	}, nil), nil)
	tests := []struct {
		query string
		uses  map[string]int
		want  []string
	}{
		{"zebra", nil, []string{"zebra", "c-title", "d-both", "e-mixed", "b-text", "f-text"}},
		{"zebra", map[string]int{"e-mixed": 2, "f-text": 9}, []string{"zebra", "e-mixed", "c-title", "d-both", "f-text", "b-text"}},
		{"crossing zebra", map[string]int{"f-text": 9}, []string{"d-both", "e-mixed", "f-text", "b-text"}},
	}
	for _, test := range tests {
		if got := ids(l.Search(test.query, test.uses)); !slices.Equal(got, test.want) {
			t.Errorf("%q with %v finds %v, want %v", test.query, test.uses, got, test.want)
		}
	}
}
