package dialogue_test

import "testing"

func TestFactsDecide(t *testing.T) {
	play(t, []conversation{
		{"a fact that settles the case is answered at once", []turn{
			{"prompt=netupdate", "answer answer:mac-admin-netupdate questions:0 says:"},
		}},
		{"several facts in one message need no question", []turn{
			{"prompt=vpn vpn-generation=current vpn-need=lost", "answer answer:vpn-credentials-lost questions:0"},
		}},
		{"a fact implies what is above it in the tree", []turn{
			{"coupon=known", "answer answer:vpn-legacy-reissue +prompt=vpn +vpn-generation=legacy"},
		}},
		{"a detail said first is used when its turn comes", []turn{
			{"vpn-need=change", "ask ask:vpn-generation more:1"},
			{"vpn-generation=current", "answer answer:vpn-credentials-change"},
		}},
		{"one question after the other, each with its values as choices", []turn{
			{"prompt=vpn", "ask ask:vpn-generation questions:1 shows:vpn-generation=current,vpn-generation=legacy,vpn-generation=unsure"},
			{"vpn-generation=legacy", "ask ask:coupon questions:2 shows:coupon=known,coupon=unknown"},
			{"coupon=unknown", "answer answer:vpn-legacy-coupon-unknown questions:2 shows:coupon=known,vpn-generation=current"},
		}},
		{"the first question also offers the overview", []turn{
			{"", "ask ask:prompt shows:prompt=netupdate,prompt=install,prompt=vpn,prompt=portal,prompt=unsure,request=overview"},
		}},
		{"unsure, then a window that says what is wanted", []turn{
			{"prompt=unsure", "ask ask:window"},
			{"window=app-login", "ask ask:vpn-generation +prompt=vpn"},
		}},
		{"unsure, and no window fits: a person", []turn{
			{"prompt=unsure", "ask ask:window"},
			{"window=none", "human says:human-unsure"},
		}},
		{"of two facts that contradict each other the more certain one counts", []turn{
			{"prompt=vpn@0.7 prompt=portal@0.9", "ask ask:portal-history +prompt=portal"},
		}},
		{"a fact that contradicts what a more certain one implies is dropped with it", []turn{
			{"prompt=netupdate@0.6 coupon=known@0.95", "answer answer:vpn-legacy-reissue +prompt=vpn"},
		}},
		{"facts that nobody declared are passed over", []turn{
			{"prompt=router colour=blue prompt=install@0.6", "answer answer:mac-admin-install -colour"},
		}},
		{"only facts that nobody declared: not understood", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"prompt=router", "rephrase ask:vpn-generation +prompt=vpn"},
		}},
	})
}

func TestCorrections(t *testing.T) {
	play(t, []conversation{
		{"a correction after the answer leads to the right one", []turn{
			{"prompt=vpn vpn-generation=legacy", "ask ask:coupon"},
			{"coupon=known", "answer answer:vpn-legacy-reissue"},
			{"vpn-generation=current", "ask ask:vpn-need +vpn-generation=current -coupon"},
			{"vpn-need=signin", "answer answer:vpn-signin"},
		}},
		{"a correction of the topic while another question is open", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"prompt=netupdate", "answer answer:mac-admin-netupdate"},
		}},
		{"a topic left and taken up again has kept its facts", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"prompt=portal", "ask ask:portal-history -vpn-generation"},
			{"prompt=vpn", "ask ask:coupon +vpn-generation=legacy"},
		}},
		{"a newer clue overrules an older statement", []turn{
			{"vpn-generation=current", "ask ask:vpn-need"},
			{"vpn-clue=coupon", "ask ask:coupon +vpn-generation=legacy"},
		}},
		{"the same fact again while its consequence is asked is no answer", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"prompt=vpn", "rephrase ask:vpn-generation"},
		}},
		{"saying the same again after the answer repeats it and says so", []turn{
			{"prompt=install", "answer answer:mac-admin-install"},
			{"prompt=install", "answer answer:mac-admin-install says:same-answer"},
		}},
		{"an answer can be given anew", []turn{
			{"prompt=portal", "ask ask:portal-history"},
			{"portal-history=never", "ask ask:portal-purchase"},
			{"portal-purchase=store", "answer answer:portal-activate"},
			{"change:portal-history", "ask ask:portal-history +prompt=portal -portal-history"},
			{"portal-history=used", "answer answer:portal-reset"},
		}},
		{"what rests on a changed answer is asked again too", []turn{
			{"prompt=unsure", "ask ask:window"},
			{"window=web-login", "ask ask:portal-history +prompt=portal"},
			{"change:prompt", "ask ask:prompt -prompt -window"},
		}},
		{"what was said after a changed answer is not lost", []turn{
			{"prompt=unsure", "ask ask:window"},
			{"window=app-login", "ask ask:vpn-generation"},
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"change:window", "ask ask:window -vpn-generation"},
			{"window=app-login", "ask ask:coupon +vpn-generation=legacy"},
		}},
		{"changing a volunteered answer leaves its topic", []turn{
			{"vpn-generation=legacy", "ask ask:coupon"},
			{"change:vpn-generation", "ask ask:vpn-generation +prompt=vpn"},
		}},
		{"changing an answer that was only implied takes back what implied it", []turn{
			{"coupon=known", "answer answer:vpn-legacy-reissue"},
			{"change:vpn-generation", "ask ask:vpn-generation +prompt=vpn -coupon"},
		}},
		{"a fact with a single value can be taken back", []turn{
			{"netupdate-version=x6", "answer answer:netupdate-x6"},
			{"change:netupdate-version", "answer answer:mac-admin-netupdate +prompt=netupdate -netupdate-version"},
		}},
		{"changing something that was never said changes nothing", []turn{
			{"prompt=vpn", "ask ask:vpn-generation"},
			{"change:portal-history", "ask ask:vpn-generation +prompt=vpn"},
		}},
		{"taking back a volunteered fact gives the plain answer", []turn{
			{"prompt=netupdate mac-password=forgotten", "answer answer:mac-password-forgot"},
			{"change:mac-password", "answer answer:mac-admin-netupdate -mac-password"},
		}},
	})
}

func TestFollowUps(t *testing.T) {
	play(t, []conversation{
		{"a follow-up button states its fact", []turn{
			{"prompt=netupdate", "answer answer:mac-admin-netupdate shows:mac-password=forgotten,mac-password=refused,mac-password=not-admin,netupdate-version=x6"},
			{"mac-password=refused", "answer answer:mac-password-refused questions:0"},
			{"netupdate-version=x6", "answer answer:netupdate-x6"},
		}},
		{"a follow-up that holds already is not offered", []turn{
			{"prompt=portal portal-history=used portal-problem=no-mail", "answer answer:portal-no-mail shows:portal-problem=error,portal-problem=expired"},
		}},
		{"a follow-up may open another topic", []turn{
			{"prompt=vpn vpn-generation=current vpn-need=signin", "answer answer:vpn-signin"},
			{"prompt=install", "answer answer:mac-admin-install"},
		}},
		{"an error at the reset leads through the purchase", []turn{
			{"prompt=portal portal-history=used", "answer answer:portal-reset"},
			{"portal-problem=error", "ask ask:portal-purchase"},
			{"portal-purchase=unsure", "answer answer:portal-check-order"},
		}},
	})
}
