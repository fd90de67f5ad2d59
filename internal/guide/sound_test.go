package guide_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"passdesk/internal/guide"
)

// The smallest content that has everything a rule is about: a fact that is asked, one that is
// asked and implies another, two that are only volunteered, a named branch, a person at the end.
const (
	soundTree = `facts:
  topic:
    values: [mail, web, lost]
  plan:
    values: [free, paid]
    implies:
      any: {topic: web}
  state:
    values: [broken]
    implies:
      broken: {topic: mail}
  device:
    values: [old]
    once: true
branches:
  mail:
    when: state
    broken: {answer: mail-broken}
    else: {answer: mail-reset}
tree:
  ask: topic
  mail: {use: mail}
  web:
    ask: plan
    free:
      when: device
      old: {human: true}
      else: {answer: web-free}
    paid: {answer: web-paid}
  lost: {human: true}
`
	soundQuestions = `topic:
  ask: {ja: "どれですか？", en: "Which one is it?"}
  again: {ja: "どちらでしょうか？", en: "Which of these?"}
  change: {ja: "種類", en: "kind"}
  not-sure: lost
  offer: [{state: broken}]
  values:
    mail:
      label: {ja: "メール", en: "Mail"}
      short: {ja: "メール", en: "Mail"}
      synonyms:
        ja: [電子メール]
        en: [e-mail, mailbox]
    web:
      label: {ja: "ウェブ", en: "Web"}
      short: {ja: "ウェブ", en: "Web"}
    lost:
      label: {ja: "不明", en: "I can't tell"}
      short: {ja: "不明", en: "Can't tell"}
plan:
  ask: {ja: "契約はどれですか？", en: "Which plan do you have?"}
  again: {ja: "無料ですか？", en: "Is it free?"}
  change: {ja: "契約", en: "plan"}
  not-sure: free
  yes: free
  no: paid
  values:
    free:
      label: {ja: "無料", en: "Free"}
      short: {ja: "無料", en: "Free"}
    paid:
      label: {ja: "有料", en: "Paid"}
      short: {ja: "有料", en: "Paid"}
state:
  change: {ja: "状態", en: "state"}
  values:
    broken:
      label: {ja: "壊れている", en: "It is broken"}
      short: {ja: "故障", en: "Broken"}
device:
  change: {ja: "機種", en: "device"}
  values:
    old:
      label: {ja: "古い機種", en: "An old device"}
      short: {ja: "古い機種", en: "Old device"}
`
	soundLinks = `reset:
  label: {ja: "再設定", en: "Reset"}
  url: {ja: "https://example.com/ja", en: "https://example.com/en"}
  alternative: reset-old
  verified: true
reset-old:
  label: {ja: "以前の再設定", en: "Former reset"}
  url: {ja: "https://example.com/old", en: "https://example.com/old"}
  verified: false
intego-contact:
  label: {ja: "窓口", en: "Contact"}
  url: {ja: "https://example.com/contact", en: "https://example.com/contact"}
  verified: true
`
	soundSource = `sources:
  article:
    title: {ja: "記事", en: "Article"}
    url: "https://example.com/article"
  own:
    title: {ja: "判断", en: "Judgement"}
statements:
  S1: {source: article, says: {ja: "一。", en: "One."}}
  S2: {source: [article, own], says: {ja: "二。", en: "Two."}}
  S3: {source: own, says: {ja: "三。", en: "Three."}}
not-carried:
  S3: {ja: "古い内容のため。", en: "Out of date."}
`
	soundWording = `forbidden:
  - language: ja
    all-of: [[パスワード], [教えてください]]
    unless: [ないで]
    because: "no passwords"
  - language: en
    all-of: [[password], [tell us]]
    unless: [never]
    because: "no passwords"
  - language: en
    all-of: [[picture below]]
    because: "no pictures"
`
)

// soundAnswer is an answer that breaks no rule. more adds fields.
func soundAnswer(id, more string) string {
	return fmt.Sprintf(`%s:
  title: {ja: "見出し", en: "Title"}
  summary: {ja: "要約です。", en: "Summary of %[1]s."}
  steps:
    - {ja: "開きます。", en: "Open it."}
  statements: [S1, S2]
  escalate: false
  source: [article]
  reviewed: 2026-11-22
  review-by: 2027-05-22
%s`, id, more)
}

// sound returns a fresh copy of content that loads.
func sound() fstest.MapFS {
	var phrases strings.Builder
	for _, id := range guide.RequiredPhrases() {
		fmt.Fprintf(&phrases, "%s: {ja: \"文です。\", en: \"A sentence.\"}\n", id)
	}
	files := map[string]string{
		"tree.yaml": soundTree, "questions.yaml": soundQuestions, "phrases.yaml": phrases.String(),
		"links.yaml": soundLinks, "source.yaml": soundSource, "wording.yaml": soundWording,
		"answers/mail.yaml": soundAnswer("mail-reset", "  links: [reset]\n  follow-ups: [{state: broken}]\n") +
			soundAnswer("mail-broken", "  cautions:\n    - {ja: \"注意。\", en: \"Care.\"}\n"),
		"answers/web.yaml": soundAnswer("web-free", "") +
			soundAnswer("web-paid", "  agent-note: {ja: \"担当へ。\", en: \"For agents.\"}\n"),
	}
	for page, ids := range guide.PageWords() {
		var words strings.Builder
		for _, id := range ids {
			fmt.Fprintf(&words, "%s: {ja: \"語。\", en: \"Word.\"}\n", id)
		}
		files["pages/"+page+".yaml"] = words.String()
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}
