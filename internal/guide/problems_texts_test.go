package guide_test

import (
	"slices"
	"strings"
	"testing"

	"passdesk/internal/guide"
)

const questions = "questions.yaml"

// textMistakes are faults in what people read: languages, lengths, wording.
func textMistakes() []mistake {
	const label, short = `label: {ja: "不明", en: "I can't tell"}`, `short: {ja: "不明", en: "Can't tell"}`
	labelOf := func(ja, en string) string { return `label: {ja: "` + ja + `", en: "` + en + `"}` }
	shortOf := func(ja, en string) string { return `short: {ja: "` + ja + `", en: "` + en + `"}` }
	return []mistake{
		one("language missing", questions, `change: {ja: "種類", en: "kind"}`, `change: {ja: "種類"}`),
		one("language unknown", questions, `change: {ja: "種類", en: "kind"}`, `change: {ja: "種類", en: "kind", fr: "type"}`),
		one("language misspelt", questions, `change: {ja: "種類", en: "kind"}`, `change: {jp: "種類", en: "kind"}`),
		one("text empty", questions, `change: {ja: "種類", en: "kind"}`, `change: {ja: "種類", en: ""}`),
		one("text blank", questions, `change: {ja: "種類", en: "kind"}`, `change: {ja: "　 ", en: "kind"}`),
		one("text null", questions, `change: {ja: "種類", en: "kind"}`, `change: {ja: , en: "kind"}`),
		one("text a list", questions, `change: {ja: "種類", en: "kind"}`, `change: {ja: ["種類"], en: "kind"}`),
		one("text without languages", questions, `change: {ja: "種類", en: "kind"}`, `change: "kind"`),
		one("text with an unquoted question mark", questions, `"Which one is it?"`, `Which one is it?`),

		one("label of 76 characters", questions, label, labelOf("不明", strings.Repeat("x", 76))),
		one("label of 76 Japanese characters", questions, label, labelOf(strings.Repeat("不", 76), "x")),
		one("short of 21 graphemes", questions, short, shortOf("不明", strings.Repeat("x", 21))),
		one("short of 21 emoji", questions, short, shortOf(strings.Repeat("👩‍👩‍👧", 21), "x")),
		one("short of 21 combined characters", questions, short, shortOf(strings.Repeat("か\u3099", 21), "x")),
		one("summary of 61 characters", "answers/mail.yaml", soundAnswer("mail-broken", ""),
			strings.Replace(soundAnswer("mail-broken", ""), "要約です。", strings.Repeat("要", 61), 1)),

		one("Markdown bold left over", questions, `"Which one is it?"`, `"**Which (one)** is it?"`),
		one("Markdown bold of the source article", questions, `"どれですか？"`, `"**どれ（一つ）**ですか？"`),
		one("Markdown bold never closed", questions, `"Which one is it?"`, `"**Which one is it?"`),
		one("Markdown italics left over", questions, `"Which one is it?"`, `"Which *one* is it?"`),
		one("Markdown underlines left over", questions, `"Which one is it?"`, `"Which __one__ is it?"`),
		one("password asked for in Japanese", questions, `"どちらでしょうか？"`, `"どちらですか？パスワードを教えてください。"`),
		one("password asked for in English", questions, `"Which of these?"`, `"Which of these? Tell us your Password."`),
		one("password asked for in a phrase", "phrases.yaml", `greeting: {ja: "文です。", en: "A sentence."}`,
			`greeting: {ja: "文です。", en: "Please tell us the password."}`),
		one("password asked for in a note to agents", "answers/web.yaml", `"For agents."`, `"Ask them to tell us the password."`),
		one("reference to a picture", questions, `"Which of these?"`, `"Which of these? See the picture below."`),

		one("question of no declared fact", questions, "state:\n", "statte: {change: {ja: \"状\", en: \"s\"}, values: {}}\nstate:\n"),
		one("question missing", questions, soundQuestions[strings.Index(soundQuestions, "device:"):], ""),
		one("question without its texts", questions, `  ask: {ja: "どれですか？", en: "Which one is it?"}`+"\n"+`  again: {ja: "どちらでしょうか？", en: "Which of these?"}`+"\n", ""),
		one("question that is never asked", questions, "state:\n", "state:\n  ask: {ja: \"壊れていますか？\", en: \"Is it broken?\"}\n"),
		one("question with an unknown key", questions, "  not-sure: lost\n", "  not-sure: lost\n  offers: []\n"),
		one("not-sure with an undeclared value", questions, "not-sure: lost", "not-sure: lots"),
		one("yes with an undeclared value", questions, "  yes: free", "  yes: fre"),
		one("offer of an undeclared fact", questions, "{state: broken}", "{stat: broken}"),
		one("offer of an undeclared value", questions, "{state: broken}", "{state: borken}"),
		one("offer of two facts in one", questions, "[{state: broken}]", "[{state: broken, device: old}]"),
		one("value without a label", questions, "    paid:\n      label: {ja: \"有料\", en: \"Paid\"}\n      short: {ja: \"有料\", en: \"Paid\"}\n", ""),
		one("value that is not declared", questions, "    paid:\n", "    pad: {label: {ja: \"有\", en: \"p\"}, short: {ja: \"有\", en: \"p\"}}\n    paid:\n"),
		one("label missing", questions, "      "+label+"\n", ""),
		one("synonym of two values", questions, `      short: {ja: "ウェブ", en: "Web"}`, `      short: {ja: "ウェブ", en: "Web"}`+"\n      synonyms: {en: [site, mailbox]}"),
		one("word of a page missing", "pages/chat.yaml", "title:", "titel:"),
		one("phrase missing", "phrases.yaml", `greeting: {ja: "文です。", en: "A sentence."}`+"\n", ""),
		one("phrase never shown", "phrases.yaml", "greeting:", "greetings: {ja: \"文です。\", en: \"A sentence.\"}\ngreeting:"),
		one("wording rules missing", "wording.yaml", "", "{}"),
		one("wording rule without words", "wording.yaml", "    all-of: [[picture below]]\n", ""),
		one("wording rule for an unknown language", "wording.yaml", "  - language: ja\n", "  - language: jp\n"),
	}
}

// What stays within the limits, or only looks like what the rules forbid, must load.
func acceptedTexts() map[string]edit {
	return map[string]edit{
		"label of 75 characters":          {questions, `"I can't tell"`, `"` + strings.Repeat("不", guide.MaxLabel) + `"`},
		"short of 20 emoji":               {questions, `"Can't tell"`, `"` + strings.Repeat("👩‍👩‍👧", guide.MaxShort) + `"`},
		"short of 20 flags":               {questions, `"Can't tell"`, `"` + strings.Repeat("🇯🇵", guide.MaxShort) + `"`},
		"short of 20 combined characters": {questions, `"Can't tell"`, `"` + strings.Repeat("が\u0301", guide.MaxShort) + `"`},
		"product of two numbers":          {questions, `"Which one is it?"`, `"Is it 2 * 3 or 3 * 2?"`},
		"footnote star":                   {questions, `"Which one is it?"`, `"Which one* is it?"`},
		"name with underscores":           {questions, `"Which one is it?"`, `"Is it my_file_name.txt?"`},
		"never tell":                      {questions, `"Which of these?"`, `"Never tell us your password."`},
		"two sentences":                   {questions, `"Which of these?"`, `"Is it the password? Tell us which app it is."`},
		"English words in Japanese":       {questions, `"どちらでしょうか？"`, `"画面に Tell us your password と出ますか？"`},
		"summary of 60 characters":        {answers, soundAnswer("web-free", ""), strings.Replace(soundAnswer("web-free", ""), "要約です。", strings.Repeat("要", guide.MaxSummary), 1)},
		"review on the same day":          {answers, soundAnswer("web-free", ""), strings.Replace(soundAnswer("web-free", ""), "2027-05-22", "2026-11-22", 1)},
		"do not tell":                     {questions, `"どちらでしょうか？"`, `"パスワードは教えてくださいと言われても教えないでください。"`},
	}
}

// The list of phrases grows with the code, so it is no golden file.
func TestEmptyPhrasesFileLacksEveryPhrase(t *testing.T) {
	_, err := guide.Load(broken(t, edit{"phrases.yaml", "", "{}"}))
	var want []string
	for _, id := range guide.RequiredPhrases() {
		want = append(want, "phrases.yaml:1:1: phrase \""+id+"\" is missing")
	}
	slices.Sort(want)
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("got\n%v\nwant\n%s", err, strings.Join(want, "\n"))
	}
}

func TestTextsWithinTheRulesLoad(t *testing.T) {
	for name, e := range acceptedTexts() {
		if _, err := guide.Load(broken(t, e)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
