package slackbot_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"gopkg.in/yaml.v3"

	"passdesk/internal/channel/slackbot"
)

// needs is what Slack's reference says that methods and events need of the bot token.
var needs = map[string][]string{
	"apps.connections.open": nil, "auth.test": nil, "chat.getPermalink": nil, "views.open": nil, "views.publish": nil, "views.update": nil,
	"assistant.threads.setSuggestedPrompts": {"assistant:write"},
	"chat.delete":                           {"chat:write"}, "chat.postEphemeral": {"chat:write"}, "chat.postMessage": {"chat:write"}, "chat.update": {"chat:write"},
	"conversations.history": {"channels:history", "groups:history", "im:history"}, "conversations.replies": {"channels:history", "groups:history", "im:history"},
	"conversations.info": {"channels:read", "groups:read"},
	"reactions.add":      {"reactions:write"}, "usergroups.users.list": {"usergroups:read"}, "users.info": {"users:read"},
	"app_home_opened": nil, "app_uninstalled": nil, "tokens_revoked": nil, "app_mention": {"app_mentions:read"}, "user_change": {"users:read"},
	"message.channels": {"channels:history"}, "message.groups": {"groups:history"}, "message.im": {"im:history"},
}

// TestManifest: the app that operators make is the one that the code needs, and no more.
func TestManifest(t *testing.T) {
	m := manifest(t)
	if diff := cmp.Diff(slackbot.Scopes(), m.OAuthConfig.Scopes.Bot); diff != "" {
		t.Errorf("scopes (-code +manifest)\n%s", diff)
	}
	if diff := cmp.Diff(slackbot.Events(), m.Settings.EventSubscriptions.BotEvents); diff != "" {
		t.Errorf("events (-code +manifest)\n%s", diff)
	}
	shortcuts := map[string]string{}
	for _, one := range m.Features.Shortcuts {
		shortcuts[one.CallbackID] = string(one.Type)
	}
	if diff := cmp.Diff(slackbot.Shortcuts(), shortcuts); diff != "" {
		t.Errorf("shortcuts (-code +manifest)\n%s", diff)
	}
	if commands := m.Features.SlashCommands; len(commands) != 1 || commands[0].Command != "/passdesk" {
		t.Errorf("commands: %+v", commands)
	}
	if m.Features.AgentView == nil || m.Features.AssistantView != nil || !m.Settings.SocketModeEnabled || !m.Settings.Interactivity.IsEnabled {
		t.Error("want an agent view, no assistant view, Socket Mode and interactivity")
	}
}

// TestScopes: every scope is there for a method that is called or an event that is heard.
func TestScopes(t *testing.T) {
	want := map[string]bool{"commands": true} // of the command and the shortcuts
	for _, name := range append(slackbot.Methods(), slackbot.Events()...) {
		scopes, known := needs[name]
		if !known {
			t.Errorf("it is not known what %s needs", name)
		}
		for _, scope := range scopes {
			want[scope] = true
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slackbot.Scopes()); diff != "" {
		t.Errorf("(-needed +asked for)\n%s", diff)
	}
}

// manifest reads the manifest and knows every field of it.
func manifest(t *testing.T) slack.Manifest {
	t.Helper()
	text, err := os.ReadFile("../../../deploy/slack/manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var loose map[string]any
	if err := yaml.Unmarshal(text, &loose); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(loose)
	if err != nil {
		t.Fatal(err)
	}
	var m slack.Manifest
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}
