package blocks_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// TestEverything: nothing that the bot can ask or answer, in either language, is refused by Slack for its
// size or form, before or after a choice; and it looks as it did.
func TestEverything(t *testing.T) {
	for _, language := range guide.Languages() {
		w := words(t, language)
		for name, r := range replies(t, language) {
			m := blocks.Reply(r, 123456, w, pictures)
			taken(t, name, m)
			taken(t, name+" settled", blocks.Settled(r, strings.Repeat("あ", 75), "U0123456789", w, pictures))
			golden(t, name+"."+string(language), m)
			if r.Answer != "" {
				taken(t, name+" canned", blocks.Canned(blocks.Posted{Before: "山田様", Parts: reply.Guidance(content(t), r.Answer, language), After: "x", Agent: "U1"}, w, pictures))
			}
			if language == guide.Japanese && strings.Contains(marshal(t, m.Blocks), "*") {
				t.Errorf("%s: asterisks in Japanese", name)
			}
			for i, c := range r.Choices {
				if !strings.Contains(m.Text, c.Label) {
					t.Errorf("%s: choice %d is not in the text", name, i)
				}
			}
		}
	}
}

func marshal(t reporter, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestButtons: what a button says is read again as it was written.
func TestButtons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := blocks.Press{Owner: rapid.StringMatching(`[a-z0-9]{0,10}`).Draw(t, "owner"), Turn: rapid.Int64Range(1, 1<<60).Draw(t, "turn"), Kind: "choose", Fact: rapid.StringMatching(`[a-z][a-z0-9-]{0,30}`).Draw(t, "fact"), Value: rapid.StringMatching(`[a-z][a-z0-9-]{0,30}`).Draw(t, "value")}
		if got, ok := blocks.ParsePress(p.String()); !ok || got != p {
			t.Fatalf("%q is read as %v, %v", p.String(), got, ok)
		}
	})
	for _, value := range []string{"", "1", "1|o|2|choose|a", "2|o|1|choose|a|b", "1|o|0|choose|a|b", "1|o|-1|choose|a|b", "1|o|01|choose|a|b", "1|o|1|dance|a|b", "1|o|1|choose||b", "1|o|1|command|a|b", "1|o|1|choose|a|b|c", "1|1|choose|a|b", strings.Repeat("x", 3000)} {
		if p, ok := blocks.ParsePress(value); ok {
			t.Errorf("%.40q is read as %v", value, p)
		}
	}
}

func FuzzParsePress(f *testing.F) {
	f.Add("1|abc|12|choose|vpn-generation|legacy")
	f.Fuzz(func(t *testing.T, value string) {
		if p, ok := blocks.ParsePress(value); ok && p.String() != value {
			t.Errorf("%q is read as %v", value, p)
		}
	})
}

// TestWindows: Slack takes the windows, for every answer.
func TestWindows(t *testing.T) {
	for _, language := range guide.Languages() {
		w := words(t, language)
		var hits []blocks.Hit
		for _, id := range content(t).Answers() {
			hits = append(hits, blocks.Hit{ID: id, Title: content(t).Answer(id).Title.In(language), Summary: content(t).Answer(id).Summary.In(language)})
		}
		views := []slack.ModalViewRequest{blocks.LoadingView(w), blocks.SuggestView(blocks.Suggestion{Language: string(language)}, w)}
		for _, hit := range hits {
			views = append(views, blocks.SuggestView(blocks.Suggestion{
				Language: string(language), Query: strings.Repeat("長い", 90), Hits: []blocks.Hit{hit}, Chosen: hit.ID, Question: "？", External: true,
				Answer: blocks.Posted{Before: "a", Parts: reply.Guidance(content(t), hit.ID, language)}, Customer: "山田", Metadata: `{"channel":"C1","thread":"1.2"}`,
			}, w))
		}
		for _, v := range views {
			if err := blocks.CheckModal(v); err != nil {
				t.Error(err)
			}
			if faults := fakeslack.CheckView(json.RawMessage(marshal(t, v))); len(faults) > 0 {
				t.Errorf("Slack refuses a window: %q", faults)
			}
		}
		home := blocks.HomeView(blocks.HomeData{Language: string(language), Page: 2, Pages: 3, Topics: []blocks.Topic{{Name: "t", Hits: hits}}, Cases: []blocks.HomeCase{{Reference: "H-1"}, {Reference: "H-2", Page: "https://help.example.com/agent/cases/2"}}}, w)
		if err := blocks.CheckHome(home); err != nil {
			t.Error(err)
		}
		if faults := fakeslack.CheckView(json.RawMessage(marshal(t, home))); len(faults) > 0 {
			t.Errorf("Slack refuses the home: %q", faults)
		}
	}
}
