// Package api is the desk over HTTP: JSON in, JSON out, for web pages and other programs.
// It exists so that whoever builds a chat window needs nothing but a documented API, and so that
// a conversation can be entered by nobody but the one who began it.
package api

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/httpd/client"
)

// Channel is the channel of messages that come through the API.
const Channel = "api"

// Options say whom the API serves. Handle and Transcript must be given; what else is left zero
// gets the value in brackets.
type Options struct {
	// Handle is the desk.
	Handle func(ctx context.Context, m chat.Message) (chat.Reply, error)
	// Transcript returns the turns of a conversation after one of them, at most limit, or
	// chat.ErrNotFound.
	Transcript func(ctx context.Context, conversation string, after int64, limit int) (Transcript, error)
	// Enter asks for one of the places in which requests are worked on; leave gives it back. If
	// there is none the request is refused at once [there always is one].
	Enter func() (leave func(), ok bool)
	// Fault is told of errors that the client sees as an internal error only [nobody is].
	Fault func(ctx context.Context, operation, conversation string, err error)

	AllowedOrigins []string       // web sites whose pages may call, as browsers send them [none]
	TrustedProxies []netip.Prefix // whose word about a client's address counts [none]
	BodyLimit      int64          // largest request, in bytes [64 KiB]
	Timeout        time.Duration  // of the desk's work on one request [10 seconds]
	Limits         Limits
	Now            func() time.Time // for the limits [time.Now]
}

// Limits are how much is taken from whom. Negative ones do not limit.
type Limits struct {
	MessagesPerMinute    int // in one conversation [30]
	ConversationsPerHour int // begun by one address [60]
	RequestsPerMinute    int // from one address [600]
	Remembered           int // addresses and conversations that are counted; a flood of more makes it forget [65,536]
}

// Transcript is a part of a conversation.
type Transcript struct {
	Turns []Turn
}

// Turn is one message and its reply, as they were kept.
type Turn struct {
	Sequence int64
	At       time.Time
	Said     string // masked; "" if something was pressed
	Pressed  string // JSON of choose, change or command, or of what an agent did; "" if the customer wrote something
	Reply    chat.Reply
}

type api struct {
	options Options
	proxies client.Proxies
	limits  limits
}

// New makes the handler of all paths below /api/. The error names the option that does not fit.
func New(o Options) (http.Handler, error) {
	o = o.withDefaults()
	limits, err := newLimits(o.Limits, o.Now)
	if err != nil {
		return nil, fmt.Errorf("make API: %w", err)
	}
	origins, err := newOrigins(o.AllowedOrigins)
	if err != nil {
		return nil, fmt.Errorf("make API: %w", err)
	}
	a := &api{options: o, proxies: o.TrustedProxies, limits: limits}
	return origins.guard(a.mux()), nil
}

func (o Options) withDefaults() Options {
	if o.Enter == nil {
		o.Enter = func() (func(), bool) { return func() {}, true }
	}
	if o.Fault == nil {
		o.Fault = func(context.Context, string, string, error) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.BodyLimit = orElse(o.BodyLimit, 64<<10)
	o.Timeout = orElse(o.Timeout, 10*time.Second)
	o.Limits.MessagesPerMinute = orElse(o.Limits.MessagesPerMinute, 30)
	o.Limits.ConversationsPerHour = orElse(o.Limits.ConversationsPerHour, 60)
	o.Limits.RequestsPerMinute = orElse(o.Limits.RequestsPerMinute, 600)
	o.Limits.Remembered = orElse(o.Limits.Remembered, 1<<16)
	return o
}

func orElse[T int | int64 | time.Duration](value, otherwise T) T {
	if value == 0 {
		return otherwise
	}
	return value
}
