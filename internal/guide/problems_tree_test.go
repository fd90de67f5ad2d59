package guide_test

import "strings"

const tree = "tree.yaml"

// treeMistakes are faults in the written tree, found without playing it.
func treeMistakes() []mistake {
	return []mistake{
		one("unknown section", tree, "branches:\n", "brunches: {}\nbranches:\n"),
		one("section missing", tree, soundTree[strings.Index(soundTree, "facts:"):strings.Index(soundTree, "branches:")], ""),
		one("facts empty", tree, soundTree[strings.Index(soundTree, "facts:"):strings.Index(soundTree, "branches:")], "facts: {}\n"),
		one("unknown key of a fact", tree, "    once: true", "    onec: true"),
		one("unknown key of a place", tree, "lost: {human: true}", "lost: {human: true, humann: true}"),
		one("misspelt kind of a place", tree, "    ask: plan", "    akk: plan"),
		one("duplicate key", tree, "    once: true\n", "    once: true\n    once: true\n"),
		one("duplicate fact", tree, "  device:\n", "  topic: {values: [x]}\n  device:\n"),
		one("duplicate value", tree, "[free, paid]", "[free, paid, free]"),
		one("duplicate branch", tree, "    paid: {", "    paid, free: {"),
		one("anchor", tree, "mail: {use: mail}", "mail: &m {use: mail}"),
		one("alias", tree, "values: [old]", "values: [&o old, *o]"),
		one("merge key", tree, "lost: {human: true}", "lost: {human: true, <<: {human: true}}"),
		one("undeclared fact asked", tree, "  ask: topic", "  ask: topik"),
		one("undeclared fact in when", tree, "when: state", "when: stat"),
		one("undeclared fact implied", tree, "any: {topic: web}", "any: {topic: web, stat: broken}"),
		one("undeclared value implied", tree, "any: {topic: web}", "any: {topic: web, device: odl}"),
		one("undeclared value implies", tree, "any: {topic: web}", "any: {topic: web}\n      paidd: {topic: web}"),
		one("undeclared value of a branch", tree, "    paid: {", "    paid, paidd: {"),
		one("fact without values", tree, "  device:\n", "  size: {values: []}\n  device:\n"),
		one("fact with a reserved name", tree, "  device:\n", "  before: {values: [x]}\n  device:\n"),
		one("value with a reserved name", tree, "values: [old]", "values: [old, else]"),
		one("empty value", tree, "values: [old]", "values: [old, \"\"]"),
		one("value with a comma", tree, "values: [old]", "values: [\"old, new\", old]"),
		one("fact with a blank", tree, "  device:\n", "  \"my device\": {values: [x]}\n  device:\n"),
		one("implies that is not a mapping", tree, "broken: {topic: mail}", "broken: mail"),
		one("missing branch of an ask", tree, "  lost: {human: true}\n", ""),
		{"when without else", []edit{{tree, "    else: {answer: mail-reset}\n", ""}, {tree, "lost: {human: true}", "lost: {answer: mail-reset}"}}},
		one("when without else inside a when with else", tree, "broken: {answer: mail-broken}", "broken: {when: device, old: {answer: mail-broken}}"),
		one("else of an ask", tree, "  lost: {human: true}\n", "  lost: {human: true}\n  else: {human: true}\n"),
		one("before of a when", tree, "when: state\n", "when: state\n    before: {human: true}\n"),
		one("place of two kinds", tree, "{use: mail}", "{use: mail, human: true}"),
		one("place of no kind", tree, "lost: {human: true}", "lost: {}"),
		one("place that is a word", tree, "lost: {human: true}", "lost: human"),
		one("human false", tree, "lost: {human: true}", "lost: {human: false}"),
		one("unknown answer", tree, "lost: {human: true}", "lost: {answer: mail-rest}"),
		one("unreachable answer", tree, "broken: {answer: mail-broken}", "broken: {human: true}"),
		one("unknown branch", tree, "lost: {human: true}", "lost: {use: mial}"),
		one("unused branch", tree, "branches:\n", "branches:\n  spare: {human: true}\n"),
		one("when on an asked fact", tree, "old: {human: true}", "old: {when: plan, free: {human: true}, else: {human: true}}"),
		one("fact asked twice on a path", tree, "    paid: {answer: web-paid}",
			"    paid:\n      ask: topic\n      mail: {answer: web-paid}\n      web, lost: {human: true}"),
		one("fact asked twice through before", tree, "  ask: topic\n", "  ask: topic\n  before:\n    when: device\n    old:\n      ask: topic\n      mail, web, lost: {human: true}\n"),
		one("branch that uses itself", tree, "else: {answer: mail-reset}", "else: {use: mail, else: {answer: mail-reset}}"),
		one("branches that use each other", tree, "branches:\n", `branches:
  second: {when: device, old: {use: third}, else: {use: third}}
  third: {when: device, old: {use: second}, else: {use: second}}
`),
		one("implies that contradicts itself", tree, "any: {topic: web}", "any: {topic: web}\n      free: {topic: mail}"),
		one("implies that contradicts through another fact", tree, "any: {topic: web}", "any: {topic: web, state: broken}"),
		one("implies another value of its own fact", tree, "any: {topic: web}", "any: {topic: web}\n      paid: {plan: free}"),
	}
}

// proofMistakes are faults that only playing the tree shows.
func proofMistakes() []mistake {
	return []mistake{
		{"implies that contradicts the tree", []edit{{tree, "any: {topic: web}", "free: {topic: web}\n      paid: {topic: mail}"}}},
		{"question that never changes the outcome", []edit{
			{tree, "    free:\n", "    free, paid:\n"},
			{tree, "    paid: {answer: web-paid}\n  lost: {human: true}", "  lost: {answer: web-paid}"},
		}},
		{"conversation that does not end", []edit{
			{tree, "    values: [mail, web, lost]\n", "    values: [mail, web, lost]\n    implies: {web: {device: old}}\n"},
			{tree, "      any: {topic: web}\n", "      paid: {device: new}\n"},
			{tree, "values: [old]", "values: [old, new]"},
			{"questions.yaml", "    old:\n", "    new: {label: {ja: \"新\", en: \"New\"}, short: {ja: \"新\", en: \"New\"}}\n    old:\n"},
		}},
	}
}
