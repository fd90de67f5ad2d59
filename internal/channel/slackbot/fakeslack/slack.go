package fakeslack

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Slack is a workspace with one app installed. Its methods may be called at the same time.
type Slack struct {
	o       Options
	methods map[string]method
	ctx     context.Context // ends with Close
	end     context.CancelFunc
	work    sync.WaitGroup

	url    string
	server *http.Server

	mu       sync.Mutex // guards all below
	closed   bool
	changed  chan struct{} // closed and replaced whenever something happens
	lastTS   int64         // microseconds
	ids      int
	users    map[string]*User
	channels map[string]*channel
	groups   map[string][]string
	views    map[string]*View
	stacks   map[string][]string // open modals of a user, the one on top last
	homes    map[string]string   // view id of a user's Home tab
	triggers map[string]*trigger
	hooks    map[string]*hook // response URLs by their path
	faults   map[string][]Fault
	journal  []*Entry
	sockets  []*socket
	turn     int               // of the sockets
	tickets  map[string]bool   // handed out by apps.connections.open, each good for one socket
	waiting  map[string]*sent  // envelopes without an answer
	silent   bool              // no pings
	to       map[string]string // URLs by envelope type
}

// New makes a workspace whose only member is the bot.
func New(o Options) *Slack {
	s := &Slack{
		o: o.filled(), changed: make(chan struct{}),
		users: map[string]*User{}, channels: map[string]*channel{}, groups: map[string][]string{},
		views: map[string]*View{}, stacks: map[string][]string{}, homes: map[string]string{},
		triggers: map[string]*trigger{}, hooks: map[string]*hook{}, faults: map[string][]Fault{},
		tickets: map[string]bool{}, waiting: map[string]*sent{},
		to: map[string]string{typeEvents: o.EventsURL, typeInteractive: o.InteractivityURL, typeCommands: o.CommandsURL},
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.methods = s.allMethods()
	s.users[BotUserID] = &User{ID: BotUserID, Name: BotName, Bot: true}
	return s
}

// Start listens and returns the URL of the workspace. The Web API is at URL + "/api/".
func (s *Slack) Start() (string, error) {
	listener, err := net.Listen("tcp", s.o.Addr)
	if err != nil {
		return "", fmt.Errorf("start the fake Slack: %w", err)
	}
	routes := http.NewServeMux()
	routes.HandleFunc("/api/{method}", s.serveMethod)
	routes.HandleFunc("/link/", s.serveSocket)
	routes.HandleFunc("/response/", s.serveResponse)
	s.url = "http://" + listener.Addr().String()
	s.server = &http.Server{Handler: routes, ReadHeaderTimeout: 10 * time.Second}
	s.work.Go(func() { _ = s.server.Serve(listener) }) // ends with Close
	return s.url, nil
}

// Close cuts every connection and waits until nothing of the workspace runs any more.
func (s *Slack) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.end()
	if s.server != nil {
		_ = s.server.Close() // the tests are over
	}
	s.CutSockets()
	s.work.Wait()
}

// URL is where the workspace listens.
func (s *Slack) URL() string { return s.url }

// SendTo has deliveries signed and posted to these URLs from now on. Empty ones use sockets.
func (s *Slack) SendTo(events, interactivity, commands string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = map[string]string{typeEvents: events, typeInteractive: interactivity, typeCommands: commands}
}

// Await waits until the condition holds, which it looks at after everything that happens. It
// says whether it came to hold within the time.
func (s *Slack) Await(within time.Duration, condition func() bool) bool {
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if condition() {
			return true
		}
		select {
		case <-changed:
		case <-timeout.C:
			return condition()
		}
	}
}

// touch wakes those who wait, with the lock held.
func (s *Slack) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// locked runs f with the lock held.
func (s *Slack) locked(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}
