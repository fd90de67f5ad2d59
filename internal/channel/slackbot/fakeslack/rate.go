package fakeslack

import "time"

// bucket counts what is sent to one channel.
type bucket struct {
	level float64
	at    time.Time
}

// take says whether one more may pass at one a second.
func (b *bucket) take(now time.Time, burst int) bool {
	if !b.at.IsZero() {
		b.level = max(0, b.level-now.Sub(b.at).Seconds())
	}
	b.at = now
	if b.level+1 > float64(burst) {
		return false
	}
	b.level++
	return true
}
