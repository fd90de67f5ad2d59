package guide_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/guide"
)

// What authors write must arrive whole: each field of the sound content is found again.
func TestContentArrivesAsWritten(t *testing.T) {
	g := load(t)
	text := func(ja, en string) guide.Text { return guide.Text{Japanese: ja, English: en} }
	check := func(what string, want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	check("answer", &guide.Answer{
		ID: "mail-reset", Title: text("見出し", "Title"), Summary: text("要約です。", "Summary of mail-reset."),
		Steps: []guide.Text{text("開きます。", "Open it.")}, Links: []string{"reset"}, FollowUps: []guide.Fact{{Slot: "state", Value: "broken"}},
		Statements: []string{"S1", "S2"}, Sources: []string{"article"}, Reviewed: "2026-11-22", ReviewBy: "2027-05-22",
	}, g.Answer("mail-reset"))
	check("cautions", []guide.Text{text("注意。", "Care.")}, g.Answer("mail-broken").Cautions)
	check("note to agents", text("担当へ。", "For agents."), g.Answer("web-paid").AgentNote)
	question := *g.Question("topic")
	check("values", guide.Choice{Label: text("メール", "Mail"), Short: text("メール", "Mail"), Synonyms: map[guide.Language][]string{
		guide.Japanese: {"電子メール"}, guide.English: {"e-mail", "mailbox"},
	}}, question.Values["mail"])
	question.Values = nil
	check("question", guide.Question{
		Slot: "topic", Ask: text("どれですか？", "Which one is it?"), Again: text("どちらでしょうか？", "Which of these?"), Change: text("種類", "kind"),
		NotSure: "lost", Offer: []guide.Fact{{Slot: "state", Value: "broken"}},
	}, question)
	check("yes and no", []string{"free", "paid"}, []string{g.Question("plan").Yes, g.Question("plan").No})
	check("link", &guide.Link{
		Key: "reset", Label: text("再設定", "Reset"), URL: text("https://example.com/ja", "https://example.com/en"),
		Alternative: "reset-old", Verified: true,
	}, g.Link("reset"))
	check("source", &guide.Source{Key: "own", Title: text("判断", "Judgement")}, g.Source("own"))
	check("statement", &guide.Statement{ID: "S3", Sources: []string{"own"}, Says: text("三。", "Three."), NotCarried: text("古い内容のため。", "Out of date.")}, g.Statement("S3"))
	check("statements", []string{"S1", "S2", "S3"}, g.Statements())
	check("phrase", text("文です。", "A sentence."), g.Phrase(guide.PhraseGreeting))
	check("closure", []guide.Fact{{Slot: "topic", Value: "web"}, {Slot: "plan", Value: "paid"}}, g.Closure(guide.Fact{Slot: "plan", Value: "paid"}))
	check("once", []bool{false, true}, []bool{g.Slot("topic").Once, g.Slot("device").Once})
}

func TestUnknownNamesFindNothing(t *testing.T) {
	g := load(t)
	if g.Slot("x") != nil || g.Question("x") != nil || g.Answer("x") != nil || g.Link("x") != nil || g.Source("x") != nil ||
		g.Statement("x") != nil || !g.Phrase("x").IsZero() || g.Closure(guide.Fact{Slot: "x", Value: "y"}) != nil {
		t.Error("an unknown name finds something")
	}
	for f, want := range map[guide.Fact]bool{
		{Slot: "topic", Value: "mail"}: true, {Slot: "topic", Value: "free"}: false, {Slot: "x", Value: "mail"}: false, {}: false, {Slot: "topic"}: false,
	} {
		if got := g.Valid(f); got != want {
			t.Errorf("Valid(%v) = %v, want %v", f, got, want)
		}
	}
}

func TestTextInAnUnknownLanguageIsEnglish(t *testing.T) {
	text := guide.Text{Japanese: "日", English: "e"}
	for language, want := range map[guide.Language]string{guide.Japanese: "日", guide.English: "e", "fr": "e", "": "e"} {
		if got := text.In(language); got != want {
			t.Errorf("In(%q) = %q, want %q", language, got, want)
		}
	}
}

// A button is only at fault if it can do nothing for anyone who sees it.
func TestFollowUpThatLeadsBackForSomeIsAllowed(t *testing.T) {
	_, err := guide.Load(broken(t,
		edit{tree, "lost: {human: true}", "lost: {answer: web-free}"}, // reads no device, so there the button leads back
		edit{answers, soundAnswer("web-free", ""), soundAnswer("web-free", "  follow-ups: [{device: old}]\n")},
	))
	if err != nil {
		t.Errorf("Load: %v", err)
	}
}
