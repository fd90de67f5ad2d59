// Package webchat is the desk in a browser: the customers' chat, the help pages and the window that
// other sites embed. It exists so that a customer needs nothing but a browser, not even one that runs
// scripts: every page is whole as the server writes it, and the script only saves loading it anew.
package webchat

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"net/netip"
	"time"

	"passdesk/internal/chat"
)

// Channel is the channel of messages that come from these pages.
const Channel = "web"

// Options say whom the pages serve. What has no value in brackets must be given.
type Options struct {
	// Handle is the desk.
	Handle func(ctx context.Context, m chat.Message) (chat.Reply, error)
	// Greet is what the desk says to somebody who has not said anything, without keeping it.
	Greet func(language string) chat.Reply
	// Latest is the number of turns of a conversation, or chat.ErrNotFound.
	Latest func(ctx context.Context, conversation string) (int64, error)
	// Transcript returns the turns of a conversation after one of them, at most limit.
	Transcript func(ctx context.Context, conversation string, after int64, limit int) ([]Turn, error)
	// Words are the words of the pages by id, in one language.
	Words func(language string) map[string]string
	// Label is what a value of a fact is called, "" if there is no such thing.
	Label func(fact, value, language string) string
	// Articles are the answers as pages of their own, in the order in which they are listed.
	Articles func(language string) []Article
	// Version tells the content from any other.
	Version func() string

	// Picture draws a picture: an SVG whose ids begin with the prefix, and what it shows in words
	// [there are none].
	Picture func(id, language, prefix string) (svg template.HTML, title, description, caption string, ok bool)
	// PictureStyle is the CSS that colours the pictures.
	PictureStyle string
	// Listen tells of new turns of a conversation until stop is called [pages are told of nothing].
	Listen func(conversation string) (wake <-chan struct{}, stop func())
	// Stopping is closed when the server stops, so that streams end [they end with their requests].
	Stopping <-chan struct{}
	// Enter asks for one of the places in which requests are worked on; leave gives it back. If
	// there is none the request is refused at once [there always is one].
	Enter func() (leave func(), ok bool)
	// Fault is told of errors that the customer sees as an apology only [nobody is].
	Fault func(ctx context.Context, operation, conversation string, err error)

	PublicURL      string         // what addresses of pages begin with: "https://help.example.com" [as the browser named this host]
	Secure         bool           // customers come by HTTPS, so cookies are for HTTPS only [false]
	FrameAncestors []string       // sites that may embed the chat: "https://www.example.com" [none]
	TrustedProxies []netip.Prefix // whose word about a client's address counts [none]
	BodyLimit      int64          // largest request, in bytes [64 KiB]
	Timeout        time.Duration  // of the desk's work on one request [10 seconds]
	Heartbeat      time.Duration  // between signs of life in a stream [25 seconds]
	Limits         Limits
	Now            func() time.Time // for the limits [time.Now]
}

// Limits are how much is taken from whom. Negative ones do not limit, but for Streams.
type Limits struct {
	MessagesPerMinute    int // in one conversation [30]
	ConversationsPerHour int // begun by one address [60]
	RequestsPerMinute    int // from one address [600]
	Remembered           int // addresses and conversations that are counted; a flood of more makes it forget [65,536]
	Streams              int // open at the same time [10,000]
}

// Turn is one message and its reply, as they were kept.
type Turn struct {
	Sequence int64
	At       time.Time
	Said     string // by the customer or the agent, masked; "" if something was pressed
	Pressed  string // JSON of choose, change or command, or of what a support agent did; "" if the customer wrote
	Reply    chat.Reply
}

// Article is an answer as a page of its own.
type Article struct {
	ID, Title string
	Parts     []chat.Part
	Reviewed  string // ISO date, "" if not known
}

// New makes the handler of all pages. The error names the option that does not fit.
func New(o Options) (http.Handler, error) {
	s, err := newSite(o.withDefaults())
	if err != nil {
		return nil, fmt.Errorf("make web chat: %w", err)
	}
	return s.handler(), nil
}

func (o Options) withDefaults() Options {
	if o.Enter == nil {
		o.Enter = func() (func(), bool) { return func() {}, true }
	}
	if o.Fault == nil {
		o.Fault = func(context.Context, string, string, error) {}
	}
	if o.Picture == nil {
		o.Picture = func(string, string, string) (template.HTML, string, string, string, bool) {
			return "", "", "", "", false
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.BodyLimit = orElse(o.BodyLimit, 64<<10)
	o.Timeout = orElse(o.Timeout, 10*time.Second)
	o.Heartbeat = orElse(o.Heartbeat, 25*time.Second)
	o.Limits.MessagesPerMinute = orElse(o.Limits.MessagesPerMinute, 30)
	o.Limits.ConversationsPerHour = orElse(o.Limits.ConversationsPerHour, 60)
	o.Limits.RequestsPerMinute = orElse(o.Limits.RequestsPerMinute, 600)
	o.Limits.Remembered = orElse(o.Limits.Remembered, 1<<16)
	o.Limits.Streams = orElse(o.Limits.Streams, 10_000)
	return o
}

func orElse[T int | int64 | time.Duration](value, otherwise T) T {
	if value == 0 {
		return otherwise
	}
	return value
}
