// Package limit bounds how often somebody may do something.
// It exists so that a flood costs its sender and nobody else, in memory that a flood cannot use up.
package limit

import (
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Keyed counts each key by itself. It remembers the keys seen last, so whoever is forgotten starts
// anew; how many it remembers must be more than can come within its period from one sender.
type Keyed[K comparable] struct {
	seen  *lru.Cache[K, *rate.Limiter]
	rate  rate.Limit
	burst int
	now   func() time.Time
}

// New allows each key so many times per period, also all at once. A negative number allows
// everything.
func New[K comparable](times int, per time.Duration, remember int, now func() time.Time) (*Keyed[K], error) {
	seen, err := lru.New[K, *rate.Limiter](remember)
	if err != nil {
		return nil, fmt.Errorf("make limit: %w", err)
	}
	k := &Keyed[K]{seen: seen, rate: rate.Inf, burst: times, now: now}
	if times >= 0 {
		k.rate = rate.Limit(float64(times) / per.Seconds())
	}
	return k, nil
}

// Allow counts one time and reports whether it is allowed, or else how long to wait. What is not
// allowed does not count.
func (k *Keyed[K]) Allow(key K) (ok bool, wait time.Duration) {
	if k.rate == rate.Inf {
		return true, 0
	}
	limiter, ok := k.seen.Get(key)
	if !ok {
		limiter = rate.NewLimiter(k.rate, k.burst)
		if earlier, ok, _ := k.seen.PeekOrAdd(key, limiter); ok {
			limiter = earlier // somebody else was faster
		}
	}
	now := k.now()
	if limiter.AllowN(now, 1) {
		return true, 0
	}
	missing := max(0, 1-limiter.TokensAt(now))
	return false, max(time.Millisecond, time.Duration(missing/float64(k.rate)*float64(time.Second)))
}
