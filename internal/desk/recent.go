package desk

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// remembered is a conversation as it was kept last.
type remembered struct {
	memory  memory
	version int64
	updated time.Time
}

// recent holds the conversations of the last turns. Whoever takes one out owns it and puts back what
// was kept; after anything that failed it is loaded from the store again.
type recent struct {
	conversations *lru.Cache[string, remembered] // nil: nothing is remembered
}

func newRecent(size int) *recent {
	if size <= 0 {
		return &recent{}
	}
	conversations, err := lru.New[string, remembered](size)
	if err != nil {
		return &recent{} // only for a size that is not positive
	}
	return &recent{conversations}
}

func (r *recent) take(id string) (remembered, bool) {
	if r.conversations == nil {
		return remembered{}, false
	}
	kept, ok := r.conversations.Get(id)
	r.conversations.Remove(id)
	return kept, ok
}

func (r *recent) put(id string, kept remembered) {
	if r.conversations != nil {
		r.conversations.Add(id, kept)
	}
}
