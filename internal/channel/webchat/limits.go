package webchat

import (
	"net/http"
	"net/netip"
	"time"

	"passdesk/internal/httpd/client"
	"passdesk/internal/httpd/limit"
)

// limits count requests by who sends them.
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
func (s *site) client(r *http.Request) netip.Prefix { return client.Network(s.proxies.Address(r)) }

// within counts a request under a key and refuses it if that was too often.
func within[K comparable](s *site, w http.ResponseWriter, r *http.Request, counted *limit.Keyed[K], key K) bool {
	ok, wait := counted.Allow(key)
	if !ok {
		s.refuse(w, r, tooMany, wait)
	}
	return ok
}

// limited counts a request before anything else is done for it.
func (s *site) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if within(s, w, r, s.limits.requests, s.client(r)) {
			next(w, r)
		}
	}
}
