package main

import (
	"strings"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// Who and what is in the workspace. The ids look like Slack's, since settings are checked for that.
const (
	customerID = "U0CUSTOMER"
	agentID    = "U0AGENT"
	helpID     = "C0HELP"
	supportID  = "C0SUPPORT"
	groupID    = "S0AGENTS"
)

// person is somebody whose part can be played on the page.
type person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func people() []person {
	return []person{{customerID, "customer"}, {agentID, "agent"}}
}

// name is what people are called in messages.
func name(id string) string {
	for _, p := range people() {
		if p.ID == id {
			return p.Name
		}
	}
	if id == fakeslack.BotUserID {
		return fakeslack.BotName
	}
	return id
}

// populate adds a customer and an agent, a channel for everybody and one for support.
func populate(s *fakeslack.Slack, locales map[string]string) {
	for _, p := range people() {
		s.AddUser(fakeslack.User{ID: p.ID, Name: p.Name, Locale: locales[p.ID]})
		s.DM(p.ID)
	}
	s.AddChannel(fakeslack.Channel{ID: helpID, Name: "help", Kind: "channel", Members: []string{customerID, agentID, fakeslack.BotUserID}})
	s.AddChannel(fakeslack.Channel{ID: supportID, Name: "support", Kind: "group", Members: []string{agentID, fakeslack.BotUserID}})
	s.AddGroup(groupID, agentID)
}

// rooms are the places that somebody sees.
func rooms(s *fakeslack.Slack, user string) []place {
	all := []place{{ID: s.DM(user), Name: fakeslack.BotName, Kind: "im"}, {ID: helpID, Name: "help", Kind: "channel"}}
	if user == agentID {
		all = append(all, place{ID: supportID, Name: "support", Kind: "group"})
	}
	return all
}

// instructions say how to start passdesk as an app of the workspace.
func instructions(slack, page, events string) string {
	listening := "PASSDESK_SLACK_APP_TOKEN=xapp-fake"
	if events != "" {
		listening = "PASSDESK_SLACK_SIGNING_SECRET=fake-signing-secret"
	}
	return strings.Join([]string{
		"Page     http://" + page + "/",
		"Web API  " + slack + "/api/",
		"",
		"Start passdesk in another terminal, at the root of the repository:",
		"",
		"PASSDESK_SLACK_API_URL=" + slack + "/api/ \\",
		"PASSDESK_SLACK_BOT_TOKEN=xoxb-fake " + listening + " \\",
		"PASSDESK_SLACK_SUPPORT_CHANNEL=" + supportID + " PASSDESK_SLACK_AGENT_GROUP=" + groupID + " \\",
		"PASSDESK_HANDOVER_TARGET=slack PASSDESK_DATA=$(mktemp -d) \\",
		"go run ./cmd/passdesk serve",
		"", "",
	}, "\n")
}
