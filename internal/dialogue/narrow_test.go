package dialogue_test

import "testing"

func TestNarrowedQuestions(t *testing.T) {
	const all = "vpn-need=signin,vpn-need=lost,vpn-need=change,vpn-need=asked-again"
	play(t, []conversation{
		{"what a message nearly certainly means is offered alone", []turn{
			{"vpn-generation=current ~vpn-need=lost@0.5 ~vpn-need=change@0.4", "ask ask:vpn-need narrow:true shows:vpn-need=lost,vpn-need=change questions:1"},
			{"vpn-need=change", "answer answer:vpn-credentials-change questions:1"},
		}},
		{"one value, or all but one, is no choice", []turn{
			{"vpn-generation=current ~vpn-need=lost", "ask ask:vpn-need narrow:false shows:" + all},
		}},
		{"leaving out a single value makes nothing easier", []turn{
			{"vpn-generation=current ~vpn-need=lost ~vpn-need=change ~vpn-need=signin", "ask ask:vpn-need narrow:false shows:" + all},
		}},
		{"only the values of the question that is put count", []turn{
			{"prompt=vpn ~window=mac-box-update ~window=mac-box-install", "ask ask:vpn-generation narrow:false"},
		}},
		{"the button for all choices asks in full, and counts", []turn{
			{"vpn-generation=current ~vpn-need=lost ~vpn-need=change", "ask ask:vpn-need narrow:true questions:1"},
			{"change:vpn-need", "ask ask:vpn-need narrow:false shows:" + all + " questions:2"},
			{"#back", "ask ask:prompt"},
		}},
		{"no, or not knowing, turns down what is offered", []turn{
			{"vpn-generation=current ~vpn-need=lost ~vpn-need=change", "ask ask:vpn-need narrow:true"},
			{"#no", "ask ask:vpn-need narrow:false shows:" + all},
		}},
		{"none of these is no answer while only some are shown", []turn{
			{"prompt=unsure ~window=app-login ~window=web-login", "ask ask:window narrow:true shows:window=app-login,window=web-login"},
			{"window=none", "ask ask:window narrow:false -window"},
			{"window=none", "human"},
		}},
		{"words that say nothing bring all choices, and no second narrowing", []turn{
			{"vpn-generation=current ~vpn-need=lost ~vpn-need=change", "ask ask:vpn-need narrow:true"},
			{"~vpn-need=lost ~vpn-need=signin", "ask ask:vpn-need narrow:false shows:" + all},
		}},
		{"a value that was not offered is heard all the same", []turn{
			{"vpn-generation=current ~vpn-need=lost ~vpn-need=change", "ask ask:vpn-need narrow:true"},
			{"vpn-need=signin", "answer answer:vpn-signin"},
		}},
		{"a reply that is one of two is asked for again, narrowed", []turn{
			{"vpn-generation=current", "ask ask:vpn-need narrow:false"},
			{"~vpn-need=lost ~vpn-need=change", "ask ask:vpn-need narrow:true shows:vpn-need=lost,vpn-need=change"},
		}},
		{"another topic leaves the narrowed question", []turn{
			{"vpn-generation=current ~vpn-need=lost ~vpn-need=change", "ask ask:vpn-need narrow:true"},
			{"prompt=netupdate", "answer answer:mac-admin-netupdate"},
		}},
	})
}
