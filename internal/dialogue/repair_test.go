package dialogue_test

import "testing"

func TestNotUnderstood(t *testing.T) {
	play(t, []conversation{
		{"once: other words; twice: another tactic; three times: a person", []turn{
			{"vpn-generation=current", "ask ask:vpn-need questions:1"},
			{"", "rephrase ask:vpn-need again:true says:rephrase questions:2 shows:vpn-need=signin,vpn-need=lost,vpn-need=change,vpn-need=asked-again"},
			{"", "rephrase ask:vpn-need says:other-tactic"},
			{"", "human says:human-unsure"},
		}},
		{"where not being sure opens another question, that one is the other tactic", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"", "rephrase ask:vpn-generation again:true"},
			{"", "ask ask:vpn-clue again:false says:other-tactic"},
			{"", "human says:human-unsure"},
		}},
		{"the other tactic never gives guidance", []turn{
			{"prompt=portal", "ask ask:portal-history"},
			{"", "rephrase ask:portal-history"},
			{"", "rephrase ask:portal-history says:other-tactic -portal-history"},
		}},
		{"a reply that is understood forgives", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"", "rephrase ask:vpn-generation"},
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"", "rephrase ask:coupon says:rephrase"},
		}},
		{"at the start: the first question, then another tactic, then a person", []turn{
			{"", "ask ask:prompt says:secret-warning questions:1"},
			{"", "ask ask:window says:rephrase"},
			{"", "human says:human-unsure"},
		}},
		{"after an answer: the cases under it, then a person; the answer is not repeated", []turn{
			{"prompt=portal portal-history=used", "answer answer:portal-reset"},
			{"", "rephrase says:not-understood-after-answer shows:portal-problem=error,portal-problem=no-mail,portal-problem=expired,portal-history=never"},
			{"", "rephrase says:not-understood-after-answer"},
			{"", "human says:human-unsure"},
		}},
		{"after an answer with no cases under it there is nothing to choose from: a person", []turn{
			{"prompt=portal portal-email=lost", "answer answer:portal-email-lost shows:"},
			{"", "human says:human-unsure"},
		}},
		{"after a person was promised, the promise is repeated and no question asked", []turn{
			{"vpn-generation=current", "ask ask:vpn-need"},
			{"", "rephrase ask:vpn-need"}, {"", "rephrase ask:vpn-need"}, {"", "human says:human-unsure"},
			{"", "human says:human-again"},
			{"#did-not-work", "human says:human-again"},
			{"vpn-need=lost", "answer answer:vpn-credentials-lost"},
		}},
		{"a message that is too long repeats the question and is no miss", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"#too-long", "ask ask:vpn-generation says:too-long more:0"},
			{"", "rephrase ask:vpn-generation says:rephrase"},
		}},
		{"an empty message repeats the answer", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#empty", "answer answer:mac-admin-install says:empty-message"},
		}},
		{"an empty message at the start asks the first question", []turn{
			{"#empty", "ask ask:prompt says:empty-message,secret-warning"},
		}},
	})
}

func TestDidNotWork(t *testing.T) {
	play(t, []conversation{
		{"first the cases under the answer, then a person", []turn{
			{"prompt=netupdate", "answer answer:mac-admin-netupdate"},
			{"#did-not-work", "rephrase says:did-not-work shows:mac-password=forgotten,mac-password=refused,mac-password=not-admin,netupdate-version=x6"},
			{"#did-not-work", "human says:nothing-more"},
		}},
		{"choosing a case starts anew", []turn{
			{"prompt=netupdate", "answer answer:mac-admin-netupdate"},
			{"#did-not-work", "rephrase says:did-not-work"},
			{"mac-password=refused", "answer answer:mac-password-refused"},
			{"#did-not-work", "rephrase says:did-not-work"},
		}},
		{"what went wrong, said with it, is the case", []turn{
			{"prompt=portal portal-history=used", "answer answer:portal-reset"},
			{"#did-not-work portal-problem=no-mail", "answer answer:portal-no-mail"},
		}},
		{"naming the matter again does not repeat the answer that did not work", []turn{
			{"prompt=netupdate", "answer answer:mac-admin-netupdate"},
			{"#did-not-work prompt=netupdate", "rephrase says:did-not-work"},
		}},
		{"facts that lead to the same answer again are not kept", []turn{
			{"window=mac-box-update platform=windows", "answer answer:windows +prompt=netupdate"},
			{"prompt=install", "answer answer:windows +prompt=install"},
			{"#did-not-work window=mac-box-update", "human says:nothing-more +prompt=install -window"},
		}},
		{"an answer that ends with a person anyway leads there at once", []turn{
			{"vpn-generation=legacy coupon=unknown", "answer answer:vpn-legacy-coupon-unknown"},
			{"#did-not-work", "human says:nothing-more"},
		}},
		{"without an answer there is nothing that could have failed", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"#did-not-work", "rephrase ask:vpn-generation says:rephrase"},
		}},
		{"thanks in between forgives", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#did-not-work", "rephrase says:did-not-work"},
			{"#thanks", "thanks"},
			{"#did-not-work", "rephrase says:did-not-work"},
		}},
	})
}

func TestOutOfScope(t *testing.T) {
	play(t, []conversation{
		{"said plainly, with the overview offered", []turn{
			{"#out-of-scope", "out-of-scope says:out-of-scope shows:request=overview questions:0"},
			{"request=overview", "answer answer:overview"},
		}},
		{"an open question is put again, uncounted", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"#out-of-scope", "out-of-scope ask:vpn-generation says:out-of-scope,back-to-question more:0"},
			{"vpn-generation=legacy", "ask ask:coupon"},
		}},
		{"after an answer no question is invented", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#out-of-scope", "out-of-scope says:out-of-scope shows:mac-password=forgotten,mac-password=refused,mac-password=not-admin,platform=windows,request=overview"},
			{"#no", "rephrase says:did-not-work"},
		}},
		{"facts in a message out of scope are not taken", []turn{
			{"#out-of-scope prompt=vpn", "out-of-scope -prompt"},
		}},
	})
}
