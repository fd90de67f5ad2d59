package slackbot

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzReadEvent(f *testing.F) {
	f.Add([]byte(`{"type":"event_callback","team_id":"T1","event":{"type":"message","channel":"D1","channel_type":"im","user":"U1","text":"vpn","ts":"1.1"}}`))
	f.Add([]byte(`{"type":"event_callback","event":{"type":"user_change","user":{"id":"U1"}}}`))
	f.Add([]byte(`{"type":"event_callback","event":{"type":"assistant_thread_started","assistant_thread":{"user_id":"U1","channel_id":"D1","thread_ts":"1.1"}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := readEvent(body, identity{user: "U0BOT"})
		if e.kind == kindMessage && (err != nil || e.user == "" || e.user == "U0BOT" || e.channel == "" || e.ts == "") {
			t.Errorf("a message of nobody or from nowhere: %+v, %v", e, err)
		}
	})
}

func FuzzReadInteraction(f *testing.F) {
	f.Add([]byte(`{"type":"block_actions","user":{"id":"U1"},"container":{"channel_id":"D1","message_ts":"1.1"},"actions":[{"action_id":"a","value":"v"}]}`))
	f.Add([]byte(`{"type":"view_submission","user":{"id":"U1"},"view":{"callback_id":"suggest","state":{"values":{"b":{"a":{"value":null}}}}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := readInteraction(body, identity{})
		if e.kind != "" && e.kind != kindNothing && (err != nil || e.user == "") {
			t.Errorf("%s of nobody: %v", e.kind, err)
		}
		_ = e.filled("suggest-query") // must not panic
	})
}

func FuzzReadCommand(f *testing.F) {
	f.Add([]byte(`command=%2Fpassdesk&text=vpn&user_id=U1&team_id=T1`))
	f.Add([]byte(`{"command":"/passdesk","text":"vpn","user_id":"U1","enterprise_id":null}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := readCommand(body)
		if err == nil && (e.user == "" || e.callback == "") {
			t.Errorf("a command of nobody: %+v", e)
		}
	})
}

func FuzzPlainText(f *testing.F) {
	for _, text := range []string{"<@U1> vpn", "a &lt;@U1&gt; b", "<https://example.com|link>", "<!channel>", "<#C1|general>", "&amp;lt;", "<", "＜＠＞"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain := plainText(text)
		if utf8.ValidString(text) && !utf8.ValidString(plain) {
			t.Errorf("%q became %q", text, plain)
		}
		if !strings.ContainsAny(text, "<>&") && plain != strings.TrimSpace(text) {
			t.Errorf("%q became %q", text, plain)
		}
	})
}
