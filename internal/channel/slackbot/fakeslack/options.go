package fakeslack

import (
	"cmp"
	"time"
)

// The workspace has one team, one app and the bot user of that app.
const (
	TeamID     = "T1"
	TeamDomain = "fake"
	AppID      = "A1"
	BotUserID  = "U0BOT"
	BotID      = "B0BOT"
	BotName    = "passdesk"
)

// Options says how the workspace behaves. The zero value is one without faults.
type Options struct {
	// Addr is where it listens, "127.0.0.1:0" if empty.
	Addr string
	// Now is the clock of ts, trigger ids, response URLs, rates and signatures; time.Now if nil.
	// Deadlines and waits (AckWithin, RetryAfter, PingEvery) run on the clock of the machine.
	Now func() time.Time

	BotToken, AppToken, SigningSecret string

	// Enterprise is the organisation that the workspace belongs to, if it does; the app is installed in the
	// workspace all the same.
	Enterprise string
	// Scopes are those granted to the bot token, all if nil.
	Scopes []string
	// Events are the subscriptions, such as "message.im" and "app_mention"; all if nil.
	Events []string

	// AckWithin is how long Slack waits for an answer to a delivery, 3 s if zero.
	AckWithin time.Duration
	// RetryAfter are the waits before the redeliveries of an event: at once, 1 min, 5 min if nil.
	RetryAfter []time.Duration
	// PingEvery is the time between two pings on a socket, 5 s if zero.
	PingEvery time.Duration
	// Linger is how long a socket stays open after a disconnect frame that ends it, 20 ms if zero.
	Linger time.Duration
	// MaxSockets is how many sockets the app may have open, 10 if zero.
	MaxSockets int

	// Strict limits chat.postMessage to one a second per channel, after Burst (3 if zero) at once.
	Strict bool
	Burst  int
	// RateWait is the Retry-After header of such a refusal in seconds, 1 if zero.
	RateWait int

	// NoHome switches the Home tab off, so that views.publish says not_enabled.
	NoHome bool

	// With a URL, deliveries of that kind are signed and posted there instead of sent on a socket.
	EventsURL, InteractivityURL, CommandsURL string
}

// filled is o with the defaults put in.
func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.RetryAfter == nil {
		o.RetryAfter = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	o.Addr = cmp.Or(o.Addr, "127.0.0.1:0")
	o.BotToken = cmp.Or(o.BotToken, "xoxb-fake")
	o.AppToken = cmp.Or(o.AppToken, "xapp-fake")
	o.SigningSecret = cmp.Or(o.SigningSecret, "fake-signing-secret")
	o.AckWithin = cmp.Or(o.AckWithin, 3*time.Second)
	o.PingEvery = cmp.Or(o.PingEvery, 5*time.Second)
	o.Linger = cmp.Or(o.Linger, 20*time.Millisecond)
	o.MaxSockets = cmp.Or(o.MaxSockets, 10)
	o.Burst = cmp.Or(o.Burst, 3)
	o.RateWait = cmp.Or(o.RateWait, 1)
	return o
}
