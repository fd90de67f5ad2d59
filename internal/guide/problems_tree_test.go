package guide_test

import "strings"

const tree = "tree.yaml"

// treeMistakes are faults in the written tree, found without playing it.
func treeMistakes() []mistake {
	return []mistake{
		one("unknown section", tree, "branches:", "branchs:"),
		one("section missing", tree, soundTree[strings.Index(soundTree, "tree:"):], ""),
		one("no facts", tree, "", "facts: {}\ntree: {human: true}\n"),
		one("unknown key of a fact", tree, "  plan:\n    values:", "  plan:\n    valuse:"),
		one("unknown key of a place", tree, "{human: true}", "{human: true, humann: true}"),
		one("duplicate key", tree, "    free: {answer: web-free}", "    free: {answer: web-free}\n    free: {answer: web-paid}"),
		one("duplicate fact", tree, "  state:\n", "  topic: {values: [x]}\n  state:\n"),
		one("duplicate value", tree, "[free, paid]", "[free, paid, free]"),
		one("duplicate branch", tree, "free: {answer: web-free}", "free, paid: {answer: web-free}"),
		one("alias and anchor", tree, "mail: {use: mail}\n  web:", "mail: &m {use: mail}\n  web: *m\n  was:"),
		one("undeclared fact asked", tree, "ask: plan", "ask: plann"),
		one("undeclared fact in when", tree, "when: state", "when: stat"),
		one("undeclared fact implied", tree, "any: {topic: web}", "any: {topik: web}"),
		one("undeclared value implied", tree, "any: {topic: web}", "any: {topic: wed}"),
		one("undeclared value implies", tree, "      broken: {topic", "      brokn: {topic"),
		one("undeclared value of a branch", tree, "paid: {answer", "payed: {answer"),
		one("fact without values", tree, "[broken]", "[]"),
		one("value with a reserved name", tree, "[broken]", "[broken, else]"),
		one("fact with a reserved name", tree, "  plan:\n", "  before: {values: [x]}\n  plan:\n"),
		one("missing branch of an ask", tree, "    paid: {answer: web-paid}\n", "    paid: {answer: web-free}\n  "+"mail, lost: {human: true}\n"+"  was: {human: true}\n"),
		one("ask with a hole", tree, "  lost: {human: true}\n", ""),
		one("when without else", tree, "    else: {answer: mail-reset}\n", ""),
		one("when without else inside a when with else", tree, "broken: {answer: mail-broken}", "broken: {when: plan, free: {answer: mail-broken}}"),
		one("else of an ask", tree, "  lost: {human: true}\n", "  lost: {human: true}\n  else: {human: true}\n"),
		one("before of a when", tree, "when: state\n", "when: state\n    before: {human: true}\n"),
		one("place of two kinds", tree, "{use: mail}", "{use: mail, answer: mail-reset}"),
		one("place of no kind", tree, "{human: true}", "{}"),
		one("place that is a word", tree, "{human: true}", "human"),
		one("human false", tree, "{human: true}", "{human: false}"),
		one("unknown answer", tree, "{answer: web-paid}", "{answer: web-pad}"),
		one("unreachable answer", tree, "broken: {answer: mail-broken}", "broken: {human: true}"),
		one("unknown branch", tree, "{use: mail}", "{use: mial}"),
		one("unused branch", tree, "branches:\n", "branches:\n  spare: {human: true}\n"),
		one("when on an asked fact", tree, "free: {answer: web-free}", "free: {when: plan, free: {answer: web-free}, else: {human: true}}"),
		one("fact asked twice on a path", tree, "free: {answer: web-free}",
			"free: {ask: topic, mail: {answer: web-free}, web, lost: {human: true}}"),
		one("fact asked twice in before", tree, "  ask: topic\n", "  ask: topic\n  before: {ask: topic, mail, web, lost: {human: true}}\n"),
		one("branch that uses itself", tree, "else: {answer: mail-reset}", "else: {use: mail, else: {answer: mail-reset}}"),
		one("branches that use each other", tree, "branches:\n  mail:\n    when: state\n    broken: {answer: mail-broken}\n    else: {answer: mail-reset}\n", `branches:
  mail: {when: state, broken: {use: second}, else: {use: second}}
  second: {when: state, broken: {use: third}, else: {use: third}}
  third: {when: state, broken: {use: mail}, else: {answer: mail-reset}}
`),
		one("implies that contradicts itself", tree, "any: {topic: web}", "any: {topic: web}\n      free: {topic: mail}"),
		one("implies that contradicts through another fact", tree, "any: {topic: web}", "any: {topic: web, state: broken}"),
		one("implies its own other value", tree, "any: {topic: web}", "paid: {plan: free}"),
		one("implies that is not a mapping", tree, "any: {topic: web}", "any: web"),
	}
}

// proofMistakes are faults that only playing the tree shows.
func proofMistakes() []mistake {
	return []mistake{
		one("implies that contradicts the tree", tree, "any: {topic: web}", "any: {topic: web}\n      paid: {topic: lost}\n"),
		one("implies that takes a reply back", tree, "any: {topic: web}", "any: {topic: mail}"),
		one("question that never changes the outcome", tree, "paid: {answer: web-paid}\n  lost: {human: true}",
			"paid: {answer: web-free}\n  lost: {answer: web-paid}"),
		one("conversation that does not end", tree, "      any: {topic: web}\n", "      free: {topic: web}\n      paid: {topic: web, state: broken}\n"),
		one("follow-up that leads back", "answers/web.yaml", soundAnswer("web-free", ""), soundAnswer("web-free", "  follow-ups: [{plan: free}]\n")),
		one("too many paths", tree, "", manyPaths(12)),
	}
}

// manyPaths is a small tree with very many paths: every reply goes on in the same branch.
func manyPaths(questions int) string {
	return "facts: {}\ntree: {human: true}\n"
}
