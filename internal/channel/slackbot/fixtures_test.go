package slackbot

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// recorded is where payloads are that Slack has sent to others; they are looked at if they are there.
const recorded = "../../../../shared/slack/fixtures"

var someone = identity{team: "T061EG9R6", user: "U0BOT", bot: "B0BOT"}

// TestRecorded: what the bot makes of everything that Slack is known to send. A new version of a library,
// or of ours, shows here what it reads differently.
func TestRecorded(t *testing.T) {
	if _, err := os.Stat(recorded); err != nil {
		t.Skipf("the recorded payloads are not there: %v", err)
	}
	var table strings.Builder
	err := fs.WalkDir(os.DirFS(recorded), ".", func(name string, entry fs.DirEntry, err error) error {
		kind := bodyKind(name)
		if err != nil || entry.IsDir() || kind == "" {
			return err
		}
		body, err := os.ReadFile(path.Join(recorded, name))
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(&table, "%s: %s\n", name, seen(kind, name, body))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/recorded.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), table.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// bodyKind is what kind of body a recorded file is, "" for files that Slack does not send to apps.
func bodyKind(name string) string {
	folder, base := path.Split(name)
	switch {
	case folder == "socket-mode/":
		return "socket"
	case strings.HasPrefix(base, "slash"), folder == "slash/":
		return bodyCommand
	case folder == "interactive/", strings.HasPrefix(base, "block-actions"), strings.HasPrefix(base, "message-action"), strings.HasPrefix(base, "view-"):
		return bodyInteraction
	case folder == "events/", folder == "inner-events/", folder == "malformed/", folder == "unknown-event-type/", folder == "outer/", folder == "derived/":
		return bodyEvent
	}
	return ""
}

// seen is what the bot reads from a body, in a line.
func seen(kind, name string, body []byte) string {
	switch {
	case strings.HasPrefix(name, "inner-events/"):
		body = []byte(`{"type":"event_callback","team_id":"T1","event":` + string(body) + `}`)
	case kind == "socket" || strings.HasPrefix(path.Base(name), "socket-"):
		var envelope struct {
			Type    string          `json:"type"`
			Payload json.RawMessage `json:"payload"`
		}
		if err := json.Unmarshal(body, &envelope); err != nil {
			return "no envelope"
		}
		kind, body = envelope.Type, envelope.Payload
	}
	b := &Bot{self: someone}
	e, err := b.read(kind, body)
	if err != nil {
		return "unreadable"
	}
	if e.kind == kindNothing {
		return "no answer"
	}
	return strings.Join(append([]string{e.kind}, e.traits()...), " ")
}

// traits are what an event has.
func (e event) traits() (all []string) {
	for _, one := range []struct {
		name string
		has  bool
	}{
		{"team", e.team != ""}, {"channel", e.channel != ""}, {"user", e.user != ""}, {"ts", e.ts != ""}, {"thread", e.thread != ""}, {"text", plainText(e.text) != ""},
		{"client", e.client != ""}, {"direct", e.direct}, {"mention", e.mention}, {"external", e.external}, {"ours", e.ours}, {"legacy", e.legacy},
		{"callback", e.callback != ""}, {"trigger", e.trigger != ""}, {"respond", e.respond != ""}, {"action", e.action != ""}, {"value", e.value != ""}, {"view", e.view.ID != ""},
	} {
		if one.has {
			all = append(all, one.name)
		}
	}
	return all
}
