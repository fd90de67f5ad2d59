package config

import "time"

// leastWebhookSecret is in bytes; what is shorter can be guessed by whoever sees one signature.
const leastWebhookSecret = 16

func handoverKeys() []Key {
	return []Key{
		{Name: "handover.target", Kind: choice(HandoverNone, HandoverConsole, HandoverLog, HandoverMail, HandoverWebhook, HandoverSlack), Default: "none",
			Doc: "Who is told when a customer needs a person: nobody, agents who look into the console, the log, a mailbox, a web address or a Slack channel. Whatever but none it is, the console lists it too."},
		{Name: "handover.attempts", Kind: number(1, 1000, "number"), Default: "200",
			Doc: "How often delivery is tried before it is given up."},
		{Name: "handover.first-delay", Kind: duration(time.Millisecond, 24*time.Hour), Default: "5s",
			Doc: "How long to wait after the first failure; after each further one it is longer."},
		{Name: "handover.longest-delay", Kind: duration(time.Millisecond, 24*time.Hour), Default: "30m",
			Doc: "How long to wait between two attempts at most."},
		{Name: "handover.timeout", Kind: duration(time.Millisecond, 10*time.Minute), Default: "15s",
			Doc: "How long one attempt may take."},
	}
}

func mailKeys() []Key {
	return []Key{
		{Name: "handover.mail.host", Kind: hostName(),
			Doc: "Mail server; required with target mail."},
		{Name: "handover.mail.port", Kind: number(1, mostPort, "number"), Default: "587",
			Doc: "Port of the mail server; with tls implicit it is usually 465."},
		{Name: "handover.mail.from", Kind: sender(),
			Doc: "Who the mail is from, desk@example.com or Desk <desk@example.com>; required with target mail."},
		{Name: "handover.mail.to", Kind: recipients(),
			Doc: "Who gets the mail; required with target mail."},
		{Name: "handover.mail.username", Kind: text(),
			Doc: "Name to log in with; without it mail is sent without logging in."},
		{Name: "handover.mail.password", Kind: secret(0), Secret: true,
			Doc: "Password to log in with."},
		{Name: "handover.mail.password-file", Kind: secretFile(), FileOf: "handover.mail.password",
			Doc: "File that holds handover.mail.password."},
		{Name: "handover.mail.tls", Kind: choice(MailStartTLS, MailImplicit, MailNone), Default: "starttls",
			Doc: "How the connection is encrypted: from its first words on, from the start, or not at all, and then nobody can log in unless the server is this machine."},
	}
}

func webhookKeys() []Key {
	return []Key{
		{Name: "handover.webhook.url", Kind: webhookURL(),
			Doc: "Where handovers are posted; required with target webhook."},
		{Name: "handover.webhook.secret", Kind: secret(leastWebhookSecret), Secret: true,
			Doc: "Signs what is posted, so that the receiver knows who sent it; required with target webhook."},
		{Name: "handover.webhook.secret-file", Kind: secretFile(), FileOf: "handover.webhook.secret",
			Doc: "File that holds handover.webhook.secret."},
	}
}
