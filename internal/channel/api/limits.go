package api

import (
	"net/http"
	"net/netip"
	"time"

	"passdesk/internal/httpd/client"
	"passdesk/internal/httpd/limit"
	"passdesk/internal/httpd/problem"
)

// limits count requests by who sends them. Conversations are counted only once a token has opened
// them, so that nobody can use up the messages of somebody else.
type limits struct {
	messages      *limit.Keyed[string]
	conversations *limit.Keyed[netip.Prefix]
	requests      *limit.Keyed[netip.Prefix]
}

func newLimits(l Limits, now func() time.Time) (limits, error) {
	messages, err := limit.New[string](l.MessagesPerMinute, time.Minute, l.Remembered, now)
	if err != nil {
		return limits{}, err
	}
	conversations, err := limit.New[netip.Prefix](l.ConversationsPerHour, time.Hour, l.Remembered, now)
	if err != nil {
		return limits{}, err
	}
	requests, err := limit.New[netip.Prefix](l.RequestsPerMinute, time.Minute, l.Remembered, now)
	return limits{messages, conversations, requests}, err
}

// client is what the limits by address count a request under.
func (a *api) client(r *http.Request) netip.Prefix { return client.Network(a.proxies.Address(r)) }

// within counts a request under a key and refuses it if that was too often.
func within[K comparable](w http.ResponseWriter, counted *limit.Keyed[K], key K) bool {
	ok, wait := counted.Allow(key)
	if !ok {
		problem.Of(problem.TooMany).After(wait).Write(w)
	}
	return ok
}
