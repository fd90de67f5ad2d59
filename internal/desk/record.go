package desk

import (
	"time"

	"passdesk/internal/redact"
)

// Record is what may be told of one message: ids, counts and times, nothing a customer wrote.
type Record struct {
	Conversation string
	Channel      string
	Step         string // of the reply; "" if there is none
	Ask          string
	Answer       string
	Language     string
	Content      string // version
	Found        []redact.Kind
	Duration     time.Duration
	Retries      int  // times that somebody else was faster
	Duplicate    bool // the message had been answered already
	Err          error
}
