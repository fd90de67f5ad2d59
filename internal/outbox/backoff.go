package outbox

import (
	"math/rand/v2"
	"time"
)

// backoff is how long to wait after so many failures, 1 or more: it doubles from first up to
// longest, and a random half of it is taken off so that what failed together does not come back together.
func backoff(failures int, first, longest time.Duration) time.Duration {
	delay := min(first, longest)
	for n := 1; n < failures && delay < longest; n++ {
		delay = min(2*delay, longest)
	}
	return delay - rand.N(delay/2+1)
}
