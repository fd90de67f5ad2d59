// Package slackbot is the desk in Slack: customers ask in direct messages and threads, agents find and
// post answers. It exists so that what Slack does to messages (doubling, repeating, disordering and
// losing them) ends here, and the desk sees each once and in order.
package slackbot

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
)

// Channel is the name of this channel in the desk, and of the work that takes replies to Slack.
const Channel = "slack"

// Options are what the bot needs of the service. All functions must be given unless it says otherwise.
type Options struct {
	BotToken, AppToken string // xoxb-…, xapp-… for Socket Mode
	SigningSecret      string // of the Events API; "" for Socket Mode
	APIURL             string // of Slack, with a slash at the end [Slack's own]
	SupportChannel     string // where hand-overs go and agents answer, "" for nowhere
	Command            string // the slash command [/passdesk]

	// Handle answers a customer's message once; Act keeps what an agent does in a conversation once.
	Handle func(context.Context, chat.Message) (chat.Reply, error)
	Act    func(context.Context, chat.AgentMessage) (chat.Reply, error)
	// Turn is a turn of a conversation as it was kept, chat.ErrNotFound if it is gone.
	Turn func(ctx context.Context, conversation string, sequence int64) (Turn, error)
	// Mark keeps a value under a key, unless there is one; it returns what is kept. Marked reads it.
	Mark   func(ctx context.Context, key, value string) (string, error)
	Marked func(ctx context.Context, key string) (string, error)
	// Take gives a hand-over to an agent unless somebody has it, and returns the id of who has it then; ""
	// if it is closed or gone. Close closes it for whoever has it.
	Take  func(ctx context.Context, id, agent, name string) (holder string, err error)
	Close func(ctx context.Context, id, holder string) error
	// Greet is what a conversation begins with.
	Greet func(language string) chat.Reply
	// Contact tells how people are reached whom the support channel cannot reach.
	Contact func(language string) chat.Reply
	// Words are the words of this channel by id, in one language; Label is what a value is called.
	Words func(language string) map[string]string
	Label func(fact, value, language string) string
	// Picture is a public PNG of a drawing [none].
	Picture func(id, language string) (url, alt string, ok bool)
	// Agents is what support agents see and do [they see nothing].
	Agents *Agents

	Waiting   int           // events that wait or are worked on at most; Slack sends again what comes beyond [4,096]
	PingEvery time.Duration // that a connection may be silent [30 seconds]
	Between   time.Duration // messages in one channel, after three at once; Slack takes one a second [1.1 seconds, for what the network adds]

	Wait time.Duration // of an event for what Slack says of a person or a channel nothing is known of [0.7 seconds: it wants its acknowledgement]

	Language string       // of those who have shown none and whose Slack says none [ja]
	Client   *http.Client // for the Web API [one with a timeout of 15 seconds]
	Logger   *slog.Logger // gets ids, never texts [nobody]
	Observe  Observer     // counts [nobody]
	Now      func() time.Time
}

// Turn is a turn of a conversation.
type Turn struct {
	Sequence int64
	Said     string // masked; of an agent's turn what the agent wrote
	Pressed  string // what was pressed, or which agent said it
	Reply    chat.Reply
}

// Observer counts what happens; all of its functions must be given.
type Observer struct {
	Delivery func(kind, outcome string, took time.Duration) // of events: done, duplicate, ignored, refused, unreadable, failed
	Retry    func()                                         // an event that Slack sent again
	Call     func(method, outcome string)                   // of the Web API
	Connect  func(up bool)
	Waiting  func(events int) // that wait or are worked on, whenever that changes
}

// Bot is the app. It is safe for concurrent use.
type Bot struct {
	options Options
	api     *slack.Client
	lines   *lines
	locales *locales
	pace    *pace
	agents  group
	once    *once
	group   sync.WaitGroup // of what runs beside
	places  chan struct{}  // for it

	mutex   sync.Mutex
	self    identity
	up      int             // connections that are open
	homes   map[string]look // by user
	revoked bool            // Slack takes our tokens no more
}

// identity is who the bot is in its workspace, which may belong to an enterprise. Slack does not say here for
// which of the two the app was installed.
type identity struct{ team, enterprise, user, bot string }

// New makes a bot. Nothing is asked of Slack before Start.
func New(o Options) (*Bot, error) {
	o = o.withDefaults()
	if o.BotToken == "" || o.AppToken == "" && o.SigningSecret == "" {
		return nil, fmt.Errorf("make Slack app: want a bot token, and an app token or a signing secret")
	}
	b := &Bot{options: o, lines: newLines(o.Waiting, o.Observe.Waiting), pace: newPace(o.Between, o.Now), once: newOnce(o.Now), places: make(chan struct{}, mostBeside)}
	settings := []slack.Option{slack.OptionHTTPClient(counting{o.Client, o.Observe.Call}), slack.OptionAPIURL(o.APIURL)}
	if o.AppToken != "" {
		settings = append(settings, slack.OptionAppLevelToken(o.AppToken))
	}
	b.api = slack.New(o.BotToken, settings...)
	b.locales = newLocales(b.api, o.Wait, o.Now, b.beside)
	return b, nil
}

func (o Options) withDefaults() Options {
	if o.APIURL == "" {
		o.APIURL = slack.APIURL
	}
	if o.Command == "" {
		o.Command = "/passdesk"
	}
	if o.Language == "" {
		o.Language = "ja"
	}
	if o.Waiting == 0 {
		o.Waiting = mostWaiting
	}
	if o.Between == 0 {
		o.Between = between
	}
	if o.Wait == 0 {
		o.Wait = firstWait
	}
	if o.PingEvery == 0 {
		o.PingEvery = pingEvery
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: 15 * time.Second}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observe.Delivery == nil {
		o.Observe = Observer{
			Delivery: func(string, string, time.Duration) {}, Retry: func() {}, Call: func(string, string) {}, Connect: func(bool) {}, Waiting: func(int) {},
		}
	}
	if o.Picture == nil {
		o.Picture = func(string, string) (string, string, bool) { return "", "", false }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

func (b *Bot) words(language string) blocks.Words { return b.options.Words(language) }

// picture is what blocks asks for a drawing in a language.
func (b *Bot) picture(language string) blocks.Picture {
	return func(id string) (string, string, bool) { return b.options.Picture(id, language) }
}

// who is the identity of the bot, the zero identity before Start.
func (b *Bot) who() identity {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.self
}

// beside runs what an acknowledgement must not wait for, with a time of its own. Nothing that runs here
// must not be lost: it is left out when too much runs already, and false is reported.
func (b *Bot) beside(ctx context.Context, do func(context.Context)) bool {
	select {
	case b.places <- struct{}{}:
	default:
		b.options.Logger.Warn("left out: too much waits for Slack")
		return false
	}
	ctx = context.WithoutCancel(ctx)
	b.group.Go(func() {
		defer func() { <-b.places }()
		ctx, cancel := context.WithTimeout(ctx, besideTime)
		defer cancel()
		defer b.recovered("beside")
		do(ctx)
	})
	return true
}

const (
	besideTime = 4 * time.Second // how long that may take; a stop waits for it
	mostBeside = 1024            // how much of it at the same time
)

// recovered keeps a fault in one event from ending the others.
func (b *Bot) recovered(what string) {
	if fault := recover(); fault != nil {
		b.options.Logger.Error("panic", "during", what, "fault", fmt.Sprintf("%T", fault)) // its text may quote a customer
	}
}
