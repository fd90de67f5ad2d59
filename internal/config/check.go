package config

import (
	"fmt"
	"slices"
	"strings"
)

// The two delays, of which either may be the one that is wrong.
const (
	firstDelay   = "handover.first-delay"
	longestDelay = "handover.longest-delay"
)

// check holds the settings against each other. from says where the value of each key comes from,
// for an error to name.
func (s Settings) check(from map[string]Source) error {
	for _, rule := range []func() (key, fault string){s.placeFault, s.listenFault, s.oidcFault, s.slackFault, s.targetFault, s.mailFault, s.delayFault} {
		if key, fault := rule(); fault != "" {
			if key == firstDelay && from[key].Kind == SourceDefault {
				key = longestDelay // that is the one that was given
			}
			return &Error{Source: from[key], Key: key, Fault: fault}
		}
	}
	return nil
}

func (s Settings) placeFault() (key, fault string) {
	if s.Data == "" && s.Database.URL.IsZero() {
		return "data", "there is no default, as the environment names no home; give a directory, or database.url"
	}
	return "", ""
}

// listenFault finds metrics on the address of the desk itself, which only one of them can have.
func (s Settings) listenFault() (key, fault string) {
	if s.HTTP.MetricsListen == s.Listen && !strings.HasSuffix(s.Listen, ":0") {
		return "http.metrics-listen", fmt.Sprintf("%q is the address of listen", s.Listen)
	}
	return "", ""
}

// oidcFault finds a provider of which half is not known, or that could send nobody back.
func (s Settings) oidcFault() (key, fault string) {
	o := s.Console.OIDC
	if o.Issuer == "" {
		return "", ""
	}
	for _, need := range []struct {
		key   string
		given bool
	}{
		{"web.public-url", s.Web.PublicURL != ""},
		{"console.oidc.client-id", o.ClientID != ""},
		{"console.oidc.client-secret", !o.ClientSecret.IsZero()},
		{"console.oidc.domains", len(o.Domains) > 0},
	} {
		if !need.given {
			return "console.oidc.issuer", "needs " + need.key
		}
	}
	return "", ""
}

// slackFault finds an app that could not hear anything, and tokens without an app.
func (s Settings) slackFault() (key, fault string) {
	app, socket, signed := !s.Slack.BotToken.IsZero(), !s.Slack.AppToken.IsZero(), !s.Slack.SigningSecret.IsZero()
	switch {
	case app && !socket && !signed:
		return "slack.bot-token", "needs slack.app-token (Socket Mode) or slack.signing-secret (Events API)"
	case app && socket && signed:
		return "slack.signing-secret", "goes with the Events API and slack.app-token with Socket Mode; give one of them"
	case !app && socket:
		return "slack.app-token", "needs slack.bot-token"
	case !app && signed:
		return "slack.signing-secret", "needs slack.bot-token"
	}
	return "", ""
}

// targetFault finds a target that lacks what it needs.
func (s Settings) targetFault() (key, fault string) {
	needs := map[HandoverTarget][]struct {
		key   string
		given bool
	}{
		HandoverConsole: {{"console.enabled", s.Console.Enabled}},
		HandoverMail: {
			{"handover.mail.host", s.Handover.Mail.Host != ""},
			{"handover.mail.from", s.Handover.Mail.From != ""},
			{"handover.mail.to", len(s.Handover.Mail.To) > 0},
		},
		HandoverSlack: {
			{"slack.bot-token", !s.Slack.BotToken.IsZero()},
			{"slack.support-channel", s.Slack.SupportChannel != ""},
		},
		HandoverWebhook: {
			{"handover.webhook.url", s.Handover.Webhook.URL != ""},
			{"handover.webhook.secret", !s.Handover.Webhook.Secret.IsZero()},
		},
	}
	for _, need := range needs[s.Handover.Target] {
		if !need.given {
			return "handover.target", fmt.Sprintf("%s needs %s", s.Handover.Target, need.key)
		}
	}
	return "", ""
}

// mailFault finds half of what is needed to log in, and a password that would be sent in the open.
func (s Settings) mailFault() (key, fault string) {
	m := s.Handover.Mail
	switch {
	case m.Username != "" && m.Password.IsZero():
		return "handover.mail.username", "handover.mail.password is missing"
	case m.Username == "" && !m.Password.IsZero():
		return "handover.mail.password", "handover.mail.username is missing"
	case m.TLS == MailNone && m.Username != "" && !slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, m.Host):
		return "handover.mail.tls", "none would send the password in the open, unless the host is localhost, 127.0.0.1 or ::1; use starttls or implicit"
	}
	return "", ""
}

func (s Settings) delayFault() (key, fault string) {
	if s.Handover.FirstDelay > s.Handover.LongestDelay {
		return firstDelay, fmt.Sprintf("first-delay, %s, is more than longest-delay, %s", short(s.Handover.FirstDelay), short(s.Handover.LongestDelay))
	}
	return "", ""
}
