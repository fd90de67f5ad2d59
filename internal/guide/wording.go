package guide

import (
	"regexp"
	"strings"

	"passdesk/internal/strictyaml"
)

// wordingRule forbids a kind of sentence: one that has a word of every group and none of the
// exceptions. The rules are content (wording.yaml), because they are made of words.
type wordingRule struct {
	language Language
	groups   [][]string
	unless   []string
	because  string
}

var (
	markdownLeft = regexp.MustCompile(`\*\*|\*[^\s*][^*\n]*\*|__[^_\n]+__`)
	sentenceEnd  = regexp.MustCompile(`[。！？!?\n]|\. `)
)

// checkWording applies the rules for texts that people read.
func (l *loader) checkWording() {
	rules := l.loadWording()
	for _, t := range l.texts {
		if found := markdownLeft.FindString(t.text); found != "" {
			t.place.Problemf("left-over Markdown %q; texts are plain sentences", found)
		}
		for _, rule := range rules {
			if sentence := rule.find(t); sentence != "" {
				t.place.Problemf("%s: %q", rule.because, sentence)
			}
		}
	}
}

func (l *loader) loadWording() []wordingRule {
	file, ok := l.read("wording.yaml")
	if !ok {
		return nil
	}
	var rules []wordingRule
	forbidden := file.Fields("forbidden")["forbidden"]
	if file.IsMapping() && !forbidden.Exists() {
		file.Problemf("section %q is missing", "forbidden")
	}
	for _, item := range forbidden.Items() {
		fields := item.Fields("language", "all-of", "unless", "because")
		rule := wordingRule{
			language: Language(fields["language"].String()), because: fields["because"].String(),
			unless: lower(fields["unless"].Strings()),
		}
		for _, group := range fields["all-of"].Items() {
			rule.groups = append(rule.groups, lower(group.Strings()))
		}
		if len(rule.groups) == 0 || rule.because == "" {
			item.Problemf("a rule needs `all-of` and `because`")
			continue // without words it would forbid every sentence
		}
		if rule.language != Japanese && rule.language != English {
			fields["language"].Problemf("unknown language %q%s", rule.language, strictyaml.Suggest(string(rule.language), []string{"ja", "en"}))
		}
		rules = append(rules, rule)
	}
	return rules
}

// find returns the first sentence that breaks the rule, or "".
func (r wordingRule) find(t placedText) string {
	if r.language != t.language {
		return ""
	}
	for rest := t.text; rest != ""; {
		end := len(rest)
		if at := sentenceEnd.FindStringIndex(rest); at != nil {
			end = at[1] // with its full stop, which a rule may name
		}
		if r.matches(strings.ToLower(rest[:end])) {
			return strings.TrimSpace(rest[:end])
		}
		rest = rest[end:]
	}
	return ""
}

func (r wordingRule) matches(sentence string) bool {
	for _, group := range r.groups {
		if !containsAny(sentence, group) {
			return false
		}
	}
	return !containsAny(sentence, r.unless)
}

func containsAny(s string, words []string) bool {
	for _, word := range words {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

func lower(words []string) []string {
	for i, w := range words {
		words[i] = strings.ToLower(w)
	}
	return words
}
