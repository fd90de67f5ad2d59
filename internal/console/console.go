// Package console is what support agents have open in a browser all day: search, guided mode and
// hand-overs. It exists so that what an agent pastes, reads aloud or answers is the bot's own text,
// and so that all of it is at hand by keyboard alone.
package console

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"passdesk/internal/canned"
	"passdesk/internal/chat"
	"passdesk/internal/guide"
)

// Options say whom the console serves and what it works on. Guide, Canned, Agent and Read must be
// given; what else is left zero gets the value in brackets.
type Options struct {
	// Guide is the content of this moment.
	Guide func() *guide.Guide
	// Canned are the canned answers of this moment.
	Canned func() *canned.Library
	// Agent tells who is signed in. It is asked for every request that is not open to everybody.
	Agent func(*http.Request) (Agent, bool)
	// Read understands a whole message of a customer, as the desk would. What it returns holds ids only.
	Read func(ctx context.Context, text chat.Raw) (Reading, error)
	// People are the hand-overs [there are none, and no page about them].
	People *People
	// Help is the address of an answer's page for customers ["/help/LANGUAGE/ANSWER"].
	Help func(language guide.Language, answer string) string
	// Fault is told of errors that the agent sees as a fault of the service only [nobody is].
	Fault func(ctx context.Context, operation, conversation string, err error)

	SignIn  string        // path of the sign-in page ["/agent/sign-in"]
	SignOut string        // path that a POST signs out at ["/agent/sign-out"]
	Secure  bool          // the site is https, so cookies are for https only
	Timeout time.Duration // of the work on one request [10 seconds]
	Now     func() time.Time
}

// Agent is who is signed in.
type Agent struct {
	ID   string
	Name string // as customers and colleagues read it
	Role string // one of the roles below
}

// The roles. Authors write content and have no business in customers' conversations.
const (
	RoleAgent  = "agent"
	RoleAuthor = "author"
	RoleAdmin  = "admin"
)

// maySeePeople reports whether an agent may work on hand-overs.
func (a Agent) maySeePeople() bool { return a.Role == RoleAgent || a.Role == RoleAdmin }

// Console is the handler of all paths below /agent/ but those of signing in and out.
type Console struct {
	options   Options
	templates *template.Template
	assets    string // version of the assets
	handler   http.Handler
}

// New makes a console. The error names what is missing or broken.
func New(o Options) (*Console, error) {
	if o.Guide == nil || o.Canned == nil || o.Agent == nil || o.Read == nil {
		return nil, fmt.Errorf("make console: content, canned answers, agents and a reader must be given")
	}
	if o.People != nil && !o.People.complete() {
		return nil, fmt.Errorf("make console: something about hand-overs is not given")
	}
	assets := versionOf(files)
	templates, err := parseTemplates(assets)
	if err != nil {
		return nil, fmt.Errorf("make console: %w", err)
	}
	c := &Console{options: o.withDefaults(), templates: templates, assets: assets}
	c.handler = guarded(c.mux())
	return c, nil
}

// ServeHTTP answers agents' browsers.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.handler.ServeHTTP(w, r) }

func (o Options) withDefaults() Options {
	if o.Help == nil {
		o.Help = func(language guide.Language, answer string) string { return "/help/" + string(language) + "/" + answer }
	}
	if o.Fault == nil {
		o.Fault = func(context.Context, string, string, error) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.SignIn = orElse(o.SignIn, "/agent/sign-in")
	o.SignOut = orElse(o.SignOut, "/agent/sign-out")
	o.Timeout = orElse(o.Timeout, 10*time.Second)
	return o
}

func orElse[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
