package dialogue_test

import "testing"

func TestBack(t *testing.T) {
	play(t, []conversation{
		{"back undoes the last fact", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"#back", "ask ask:vpn-generation says:went-back +prompt=vpn -vpn-generation"},
			{"#back", "ask ask:prompt says:went-back -prompt"},
			{"#back", "ask ask:prompt says:nothing-to-go-back more:0"},
		}},
		{"back after an answer puts the question before it", []turn{
			{"prompt=vpn vpn-generation=legacy", "ask ask:coupon"},
			{"coupon=known", "answer answer:vpn-legacy-reissue"},
			{"#back", "ask ask:coupon says:went-back -coupon"},
		}},
		{"back undoes all facts of one message together", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"vpn-generation=current vpn-need=lost", "answer answer:vpn-credentials-lost"},
			{"#back", "ask ask:vpn-generation -vpn-need"},
		}},
		{"what is said with back is where to go back to", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"#back vpn-generation=current", "ask ask:vpn-need says: +vpn-generation=current"},
			{"#back", "ask ask:coupon says:went-back +vpn-generation=legacy"},
		}},
		{"back with facts that are known already goes back", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"#back prompt=vpn", "ask ask:vpn-generation says:went-back"},
		}},
		{"back with the matter just settled goes back", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#back prompt=install", "ask ask:prompt says:went-back"},
		}},
		{"back with facts that nobody declared goes back", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"#back router=on", "ask ask:prompt says:went-back"},
		}},
		{"back restores what a correction had pushed aside", []turn{
			{"prompt=vpn vpn-generation=legacy", "ask ask:coupon"},
			{"prompt=portal", "ask ask:portal-history"},
			{"#back", "ask ask:coupon +prompt=vpn +vpn-generation=legacy"},
		}},
		{"back brings back an answer that was to be changed", []turn{
			{"prompt=portal portal-history=never portal-purchase=store", "answer answer:portal-activate"},
			{"change:portal-purchase", "ask ask:portal-purchase"},
			{"#back", "answer answer:portal-activate +portal-purchase=store"},
		}},
		{"back with nothing to go back to still hears the facts", []turn{
			{"#back prompt=install", "answer answer:mac-admin-install says:"},
		}},
		{"back as the very first message asks the first question", []turn{
			{"#back", "ask ask:prompt says:nothing-to-go-back,secret-warning"},
		}},
		{"a reply that was not understood is nothing to go back to", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"", "rephrase ask:vpn-generation"},
			{"#back", "ask ask:prompt -prompt"},
		}},
	})
}

func TestRestart(t *testing.T) {
	play(t, []conversation{
		{"restart forgets facts but not language and count", []turn{
			{"prompt=vpn lang:en", "ask ask:vpn-generation questions:1"},
			{"#restart", "ask ask:prompt says:restarted -prompt lang:en questions:2"},
			{"#back", "ask ask:prompt says:nothing-to-go-back"},
		}},
		{"what is said with restart counts afterwards", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"#restart prompt=install", "answer answer:mac-admin-install says:restarted -vpn-generation"},
		}},
		{"restart forgives earlier misses", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"", "rephrase ask:vpn-generation"},
			{"", "ask ask:vpn-clue"},
			{"#restart", "ask ask:prompt"},
			{"", "rephrase ask:prompt says:rephrase"},
		}},
	})
}

func TestHuman(t *testing.T) {
	play(t, []conversation{
		{"a person at once, before anything is known", []turn{{"#human", "human says:human"}}},
		{"a person in the middle; a fact takes the conversation up again", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"#human", "human says:human +prompt=vpn"},
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"", "rephrase ask:coupon"},
		}},
		{"a yes after a person was promised answers no earlier question", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"#human", "human says:human"},
			{"#yes", "human says:human-again -coupon"},
		}},
		{"going back from a person leads to what was open", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"#human", "human says:human"},
			{"#human", "human says:human"},
			{"#back", "ask ask:coupon says:went-back"},
			{"#yes", "answer answer:vpn-legacy-reissue"},
		}},
		{"going back to a question ends the promise", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"#human", "human"},
			{"#back", "ask ask:coupon"},
			{"", "rephrase ask:coupon"},
		}},
		{"a person before anything was asked: hello still greets", []turn{
			{"#human", "human"},
			{"#greeting", "greeting ask:prompt"},
		}},
		{"a person after an answer", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#human", "human says:human"},
		}},
		{"what is said with it is kept for the person", []turn{
			{"#human prompt=vpn vpn-generation=legacy", "human +prompt=vpn +vpn-generation=legacy"},
		}},
		{"a wish for the overview is not left over for the next turn", []turn{
			{"#human request=overview", "human -request"},
			{"prompt=install", "answer answer:mac-admin-install"},
		}},
		{"guidance from before is not given again", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#human prompt=vpn", "human +prompt=vpn"},
			{"#greeting", "ask ask:vpn-generation"},
		}},
	})
}

func TestGreetingAndThanks(t *testing.T) {
	play(t, []conversation{
		{"a greeting greets, warns of secrets and asks, uncounted", []turn{
			{"#greeting", "greeting ask:prompt says:greeting,secret-warning questions:0"},
			{"prompt=install", "answer answer:mac-admin-install questions:0"},
		}},
		{"the warning of secrets comes with the first question only", []turn{
			{"prompt=vpn", "ask ask:vpn-generation says:secret-warning"},
			{"vpn-generation=legacy", "ask ask:coupon says:"},
		}},
		{"who was greeted has been warned", []turn{
			{"#greeting", "greeting ask:prompt says:greeting,secret-warning"},
			{"prompt=vpn", "ask ask:vpn-generation says:"},
		}},
		{"a greeting with facts goes straight to the matter", []turn{
			{"#greeting prompt=install", "answer answer:mac-admin-install says:"},
		}},
		{"a greeting in the middle repeats the question, uncounted", []turn{
			{"prompt=vpn", "ask ask:vpn-generation questions:1"},
			{"#greeting", "ask ask:vpn-generation questions:1"},
		}},
		{"a greeting after an answer asks whether it helped", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#greeting", "greeting says:solved shows:mac-password=forgotten,mac-password=refused,mac-password=not-admin,platform=windows"},
			{"#yes", "thanks says:thanks"},
		}},
		{"thanks is answered and closes nothing", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#thanks", "thanks says:thanks"},
			{"mac-password=forgotten", "answer answer:mac-password-forgot"},
		}},
		{"thanks with a new matter is the new matter", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#thanks prompt=vpn", "ask ask:vpn-generation"},
		}},
		{"thanks that names the matter just settled is only thanks", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"#thanks prompt=install", "thanks"},
		}},
		{"thanks leaves an open question open", []turn{
			{"prompt=vpn vpn-generation=legacy", "ask ask:coupon"},
			{"#thanks", "thanks shows:coupon=known,coupon=unknown"},
			{"#yes", "answer answer:vpn-legacy-reissue"},
		}},
	})
}
