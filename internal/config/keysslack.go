package config

// slackKeys are those of the Slack app. With a bot token the app runs.
func slackKeys() []Key {
	return []Key{
		{Name: "slack.bot-token", Kind: secret(0), Secret: true,
			Doc: "Token of the Slack app, xoxb-…; without it there is no Slack."},
		{Name: "slack.bot-token-file", Kind: secretFile(), FileOf: "slack.bot-token",
			Doc: "File that holds slack.bot-token."},
		{Name: "slack.app-token", Kind: secret(0), Secret: true,
			Doc: "App-level token, xapp-…, for Socket Mode: passdesk connects to Slack, and nothing has to be reachable from outside."},
		{Name: "slack.app-token-file", Kind: secretFile(), FileOf: "slack.app-token",
			Doc: "File that holds slack.app-token."},
		{Name: "slack.signing-secret", Kind: secret(0), Secret: true,
			Doc: "Signing secret of the app, for the Events API instead of Socket Mode: Slack posts to /slack/events of this server."},
		{Name: "slack.signing-secret-file", Kind: secretFile(), FileOf: "slack.signing-secret",
			Doc: "File that holds slack.signing-secret."},
		{Name: "slack.support-channel", Kind: identifier(),
			Doc: "Id of the channel, such as C0123456789, in which hand-overs appear and agents answer customers; required with handover.target slack."},
		{Name: "slack.agent-group", Kind: identifier(),
			Doc: "Id of the user group, such as S0123456789, whose members may post answers; without it everybody in the workspace may."},
		{Name: "slack.api-url", Kind: issuer(), Default: "https://slack.com/api/",
			Doc: "Where Slack's Web API is; another address is for trying things out."},
	}
}
