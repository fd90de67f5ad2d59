package guide_test

import "strings"

const (
	links   = "links.yaml"
	source  = "source.yaml"
	answers = "answers/web.yaml"
)

// answerMistakes are faults within one answer.
func answerMistakes() []mistake {
	free := soundAnswer("web-free", "")
	change := func(name, old, text string) mistake {
		return one(name, answers, free, strings.Replace(free, old, text, 1))
	}
	return []mistake{
		change("answer with an unknown key", "  escalate:", "  esclate: false\n  escalate:"),
		change("answer without a title", `  title: {ja: "見出し", en: "Title"}`+"\n", ""),
		change("answer without anything", free[strings.Index(free, "\n"):], " {}\n"),
		change("answer that is a word", free[strings.Index(free, "\n"):], " free\n"),
		change("answer written twice in a file", free, free+free),
		one("answer written twice in two files", answers, free, soundAnswer("mail-reset", "")+free),
		change("steps that are a text", "  steps:\n    - {ja", "  steps:\n    {ja"),
		change("escalate that is a word", "escalate: false", "escalate: perhaps"),
		change("date that does not exist", "2026-11-22", "2026-02-30"),
		change("date in another order", "2026-11-22", "22.11.2026"),
		change("date with a time", "2026-11-22", "2026-11-22T00:00:00Z"),
		change("review by before reviewed", "2027-05-22", "2026-11-21"),
		change("unknown link", "  escalate:", "  links: [rest]\n  escalate:"),
		change("unknown statement", "[S1, S2]", "[S1, S2, S22]"),
		change("unknown source", "[article]", "[artikle]"),
		change("undeclared fact as follow-up", "  escalate:", "  follow-ups: [{stat: broken}]\n  escalate:"),
		change("undeclared value as follow-up", "  escalate:", "  follow-ups: [{state: brokn}]\n  escalate:"),
		change("follow-up that leads back", "  escalate:", "  follow-ups: [{plan: free}]\n  escalate:"),
		one("follow-up that leads back by what it implies", "answers/mail.yaml", "[{state: broken}]", "[{topic: mail}]"),
	}
}

// referenceMistakes are faults in the tables that answers refer to.
func referenceMistakes() []mistake {
	const url = `{ja: "https://example.com/ja", en: "https://example.com/en"}`
	return []mistake{
		one("link with an unknown key", links, "  alternative:", "  alternativ: reset-old\n  alternative:"),
		one("link without a label", links, `  label: {ja: "再設定", en: "Reset"}`+"\n", ""),
		one("link without verified", links, "  alternative: reset-old\n  verified: true\n", "  alternative: reset-old\n"),
		one("link with an unknown alternative", links, "alternative: reset-old", "alternative: reset-olt"),
		one("link that nobody uses", links, "intego-contact:", "spare:\n  label: {ja: \"予備\", en: \"Spare\"}\n  url: {ja: \"https://example.com/\", en: \"https://example.com/\"}\n  verified: true\nintego-contact:"),
		{"contact link missing", []edit{{links, soundLinks[strings.Index(soundLinks, "intego-contact:"):], ""}}},
		one("address missing in a language", links, url, `{ja: "https://example.com/ja"}`),
		one("address without a scheme", links, url, `{ja: "example.com/ja", en: "https://example.com/en"}`),
		one("address with http", links, url, `{ja: "http://example.com/ja", en: "https://example.com/en"}`),
		one("address that runs script", links, url, `{ja: "javascript:alert(1)", en: "https://example.com/en"}`),
		one("address without a host", links, url, `{ja: "https:///ja", en: "https://example.com/en"}`),
		one("address with a blank in the host", links, url, `{ja: "https://exam ple.com", en: "https://example.com/en"}`),
		one("address of a source", source, `"https://example.com/article"`, `"htps://example.com/article"`),
		one("statements missing", source, soundSource[strings.Index(soundSource, "statements:"):strings.Index(soundSource, "not-carried:")], ""),
		one("sources empty", source, soundSource[:strings.Index(soundSource, "statements:")], "sources: {}\n"),
		one("source without a title", source, `    title: {ja: "判断", en: "Judgement"}`, "    {}"),
		one("statement of an unknown source", source, "[article, own]", "[article, ovn]"),
		one("statement without words", source, `S1: {source: article, says: {ja: "一。", en: "One."}}`, "S1: {source: article}"),
		one("statement voiced by none", source, "not-carried:", "  S4: {source: own, says: {ja: \"四。\", en: \"Four.\"}}\nnot-carried:"),
		one("statement voiced and not carried", source, "not-carried:\n", "not-carried:\n  S1: {ja: \"古い。\", en: \"Old.\"}\n"),
		one("not carried without a reason", source, `  S3: {ja: "古い内容のため。", en: "Out of date."}`, `  S3: {ja: "", en: "Out of date."}`),
		one("not carried but unknown", source, "not-carried:\n", "not-carried:\n  S33: {ja: \"古い。\", en: \"Old.\"}\n"),
	}
}
