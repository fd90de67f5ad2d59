package config

import (
	"log/slog"
	"net/netip"
	"time"
)

// Settings is everything that an operator can decide about `passdesk serve`. The keys and their
// meaning stand in Keys; the tags here are their names.
type Settings struct {
	Listen      string        `mapstructure:"listen"`            // host:port
	Data        string        `mapstructure:"data"`              // directory; "" only with a PostgreSQL database
	Content     string        `mapstructure:"content"`           // directory, "" for the embedded content
	ContentPoll time.Duration `mapstructure:"content-poll"`      // between two looks at Content
	Idle        time.Duration `mapstructure:"conversation-idle"` // after which a conversation starts afresh
	Database    Database      `mapstructure:"database"`
	HTTP        HTTP          `mapstructure:"http"`
	Web         Web           `mapstructure:"web"`
	Console     Console       `mapstructure:"console"`
	Slack       Slack         `mapstructure:"slack"`
	Limits      Limits        `mapstructure:"limits"`
	Handover    Handover      `mapstructure:"handover"`
	Retention   Retention     `mapstructure:"retention"`
	Log         Log           `mapstructure:"log"`
}

// Database says where conversations are kept.
type Database struct {
	URL         Secret `mapstructure:"url"`          // of PostgreSQL; empty for SQLite in Settings.Data
	URLFile     string `mapstructure:"url-file"`     // where URL was read from, "" if it was given itself
	Connections int    `mapstructure:"connections"`  // at most
	AllowUnsafe bool   `mapstructure:"allow-unsafe"` // start on a server that may forget what it confirmed
}

// HTTP is how the server treats its clients.
type HTTP struct {
	AllowedOrigins []string       `mapstructure:"allowed-origins"` // as browsers send them
	TrustedProxies []netip.Prefix `mapstructure:"trusted-proxies"` // whose word about a client's address counts
	BodyLimit      int64          `mapstructure:"body-limit"`      // bytes
	ReadTimeout    time.Duration  `mapstructure:"read-timeout"`
	WriteTimeout   time.Duration  `mapstructure:"write-timeout"`
	IdleTimeout    time.Duration  `mapstructure:"idle-timeout"`
	StopDelay      time.Duration  `mapstructure:"stop-delay"` // before StopTimeout begins
	StopTimeout    time.Duration  `mapstructure:"stop-timeout"`
	MetricsListen  string         `mapstructure:"metrics-listen"` // host:port, "" for none of their own
}

// Web is where customers find the desk with a browser.
type Web struct {
	PublicURL    string   `mapstructure:"public-url"`    // origin, "" to go by the request
	EmbedOrigins []string `mapstructure:"embed-origins"` // sites that may show it inside their pages
}

// Console is what support agents get.
type Console struct {
	Enabled bool `mapstructure:"enabled"`
	OIDC    OIDC `mapstructure:"oidc"`
}

// OIDC is who vouches for agents besides the accounts that have passwords.
type OIDC struct {
	Issuer           string   `mapstructure:"issuer"` // "" for nobody
	ClientID         string   `mapstructure:"client-id"`
	ClientSecret     Secret   `mapstructure:"client-secret"`
	ClientSecretFile string   `mapstructure:"client-secret-file"` // where ClientSecret was read from
	Domains          []string `mapstructure:"domains"`
	RoleClaim        string   `mapstructure:"role-claim"`
	Authors          []string `mapstructure:"authors"`
	Admins           []string `mapstructure:"admins"`
}

// Slack is the app in a workspace.
type Slack struct {
	BotToken          Secret `mapstructure:"bot-token"` // empty for no Slack
	BotTokenFile      string `mapstructure:"bot-token-file"`
	AppToken          Secret `mapstructure:"app-token"` // for Socket Mode
	AppTokenFile      string `mapstructure:"app-token-file"`
	SigningSecret     Secret `mapstructure:"signing-secret"` // for the Events API
	SigningSecretFile string `mapstructure:"signing-secret-file"`
	SupportChannel    string `mapstructure:"support-channel"`
	AgentGroup        string `mapstructure:"agent-group"`
	APIURL            string `mapstructure:"api-url"`
}

// Limits is how much one client, and all of them together, may ask for.
type Limits struct {
	MessagesPerMinute    int `mapstructure:"messages-per-minute"`    // in one conversation
	ConversationsPerHour int `mapstructure:"conversations-per-hour"` // begun by one address
	RequestsPerMinute    int `mapstructure:"requests-per-minute"`    // from one address
	Queue                int `mapstructure:"queue"`                  // turns that wait for the database
}

// HandoverTarget is who is told of a customer who needs a person.
type HandoverTarget string

// The targets of a handover.
const (
	HandoverNone    HandoverTarget = "none"
	HandoverConsole HandoverTarget = "console" // agents who look there, and nobody else
	HandoverLog     HandoverTarget = "log"
	HandoverMail    HandoverTarget = "mail"
	HandoverWebhook HandoverTarget = "webhook"
	HandoverSlack   HandoverTarget = "slack" // slack.support-channel
)

// Handover says how people are told, and how often that is tried.
type Handover struct {
	Target       HandoverTarget `mapstructure:"target"`
	Attempts     int            `mapstructure:"attempts"`      // before it is given up
	FirstDelay   time.Duration  `mapstructure:"first-delay"`   // after the first failure
	LongestDelay time.Duration  `mapstructure:"longest-delay"` // however many failed
	Timeout      time.Duration  `mapstructure:"timeout"`       // of one attempt
	Mail         Mail           `mapstructure:"mail"`
	Webhook      Webhook        `mapstructure:"webhook"`
}

// MailSecurity is how the connection to the mail server is protected.
type MailSecurity string

// The ways of protecting mail.
const (
	MailStartTLS MailSecurity = "starttls" // begins in the open; goes on only encrypted
	MailImplicit MailSecurity = "implicit" // encrypted from the first byte
	MailNone     MailSecurity = "none"
)

// Mail is where handovers are mailed.
type Mail struct {
	Host         string       `mapstructure:"host"`
	Port         int          `mapstructure:"port"`
	From         string       `mapstructure:"from"` // may have a name: Desk <desk@example.com>
	To           []string     `mapstructure:"to"`
	Username     string       `mapstructure:"username"` // "" to send without logging in
	Password     Secret       `mapstructure:"password"`
	PasswordFile string       `mapstructure:"password-file"` // where Password was read from
	TLS          MailSecurity `mapstructure:"tls"`
}

// Webhook is where handovers are posted.
type Webhook struct {
	URL        string `mapstructure:"url"`
	Secret     Secret `mapstructure:"secret"`      // signs what is posted
	SecretFile string `mapstructure:"secret-file"` // where Secret was read from
}

// Retention says how long things are kept.
type Retention struct {
	Conversations time.Duration `mapstructure:"conversations"` // since the last turn; 0 is for ever
	Outbox        time.Duration `mapstructure:"outbox"`        // since it was delivered or given up; 0 is for ever
	Interval      time.Duration `mapstructure:"interval"`      // between two rounds of deleting
}

// LogFormat is how a record of the log looks.
type LogFormat string

// The formats of the log.
const (
	LogJSON LogFormat = "json"
	LogText LogFormat = "text"
)

// Log says what is logged and how.
type Log struct {
	Level  slog.Level `mapstructure:"level"`
	Format LogFormat  `mapstructure:"format"`
}
