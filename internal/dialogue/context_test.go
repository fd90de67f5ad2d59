package dialogue_test

import "testing"

func TestRepliesInContext(t *testing.T) {
	play(t, []conversation{
		{"yes to the question about the coupon", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"}, {"#yes", "answer answer:vpn-legacy-reissue +coupon=known"},
		}},
		{"no to the question about the coupon", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"}, {"#no", "answer answer:vpn-legacy-coupon-unknown +coupon=unknown"},
		}},
		{"yes to having signed in before", []turn{
			{"prompt=portal", "ask ask:portal-history"}, {"#yes", "answer answer:portal-reset +portal-history=used"},
		}},
		{"no to both questions about the account", []turn{
			{"prompt=portal", "ask ask:portal-history"},
			{"#no", "ask ask:portal-purchase +portal-history=never"},
			{"#no", "answer answer:portal-not-eligible +portal-purchase=elsewhere"},
		}},
		{"no with a fact means the fact", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"#no vpn-generation=current", "ask ask:vpn-need +vpn-generation=current"},
		}},
		{"yes to a question that is not a yes-or-no question is not understood", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"}, {"#yes", "rephrase ask:vpn-generation says:rephrase"},
		}},
		{"yes after an answer means that it helped", []turn{
			{"prompt=install", "answer answer:mac-admin-install"}, {"#yes", "thanks says:thanks"},
		}},
		{"no after an answer means that it did not help", []turn{
			{"prompt=install", "answer answer:mac-admin-install"}, {"#no", "rephrase says:did-not-work"},
		}},
		{"yes before anything was asked is not understood", []turn{{"#yes", "ask ask:prompt -prompt"}}},
	})
}

func TestLanguage(t *testing.T) {
	play(t, []conversation{
		{"the first message sets the language, without a word about it", []turn{
			{"prompt=vpn lang:ja", "ask ask:vpn-generation lang:ja says:secret-warning"},
		}},
		{"a message that shows no language keeps it", []turn{
			{"prompt=vpn lang:en", "ask ask:vpn-generation"},
			{"vpn-generation=legacy", "ask ask:coupon lang:en"},
		}},
		{"a fact in the other language switches and goes on", []turn{
			{"prompt=vpn lang:en", "ask ask:vpn-generation"},
			{"vpn-generation=legacy lang:ja", "ask ask:coupon lang:ja says:switched-language +prompt=vpn"},
		}},
		{"asking for the other language repeats the question in it, uncounted", []turn{
			{"prompt=vpn lang:en", "ask ask:vpn-generation"},
			{"#language lang:ja", "ask ask:vpn-generation lang:ja says:switched-language more:0"},
			{"vpn-generation=legacy", "ask ask:coupon lang:ja +prompt=vpn"},
		}},
		{"asking for the other language repeats the answer in it", []turn{
			{"prompt=install lang:en", "answer answer:mac-admin-install"},
			{"#language lang:ja", "answer answer:mac-admin-install lang:ja says:switched-language"},
		}},
		{"a switch in a message that is not understood is no miss", []turn{
			{"prompt=vpn lang:en", "ask ask:vpn-generation"},
			{"lang:ja", "ask ask:vpn-generation lang:ja says:switched-language"},
			{"", "rephrase ask:vpn-generation says:rephrase"},
		}},
		{"asking for the language that is spoken already", []turn{
			{"prompt=vpn lang:en", "ask ask:vpn-generation"},
			{"#language lang:en", "ask ask:vpn-generation lang:en says: more:0"},
		}},
		{"the language survives a person, a restart and back", []turn{
			{"prompt=vpn lang:ja", "ask ask:vpn-generation"},
			{"#human", "human lang:ja"},
			{"#restart", "ask ask:prompt lang:ja"},
			{"#back", "ask ask:prompt lang:ja"},
		}},
		{"what is done in the other language is done, and the switch is said", []turn{
			{"prompt=vpn lang:en", "ask ask:vpn-generation"},
			{"#human lang:ja", "human lang:ja says:switched-language,human"},
		}},
	})
}

func TestSideQuestion(t *testing.T) {
	play(t, []conversation{
		{"the overview is given and the open question put again, once", []turn{
			{"prompt=vpn", "ask ask:vpn-generation questions:1"},
			{"request=overview", "answer ask:vpn-generation answer:overview questions:1 +prompt=vpn -request"},
			{"", "rephrase ask:vpn-generation"},
		}},
		{"the question after the overview is answered as before", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"request=overview", "answer ask:coupon answer:overview"},
			{"#yes", "answer answer:vpn-legacy-reissue"},
		}},
		{"the overview before anything is known offers the topics", []turn{
			{"#greeting", "greeting ask:prompt"},
			{"request=overview", "answer answer:overview shows:prompt=netupdate,prompt=install,prompt=vpn,prompt=portal,prompt=unsure"},
			{"prompt=install", "answer answer:mac-admin-install"},
		}},
		{"the overview after an answer does not lose the facts", []turn{
			{"prompt=vpn vpn-generation=legacy coupon=known", "answer answer:vpn-legacy-reissue"},
			{"request=overview", "answer answer:overview +coupon=known"},
			{"vpn-generation=current", "ask ask:vpn-need"},
		}},
		{"the overview is no step to go back from", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"request=overview", "answer ask:vpn-generation answer:overview"},
			{"#back", "ask ask:prompt says:went-back -prompt"},
		}},
	})
}
