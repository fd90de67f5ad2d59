package outbox

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Permanent is an error that trying again cannot cure. The job is given up at once.
type Permanent struct{ Err error }

// Error is that of the error inside.
func (p Permanent) Error() string { return p.Err.Error() }

// Unwrap returns the error inside.
func (p Permanent) Unwrap() error { return p.Err }

// RetryAfter is an error that came with a time to wait before the next try. The worker waits at
// least that long, but no longer than Options.LongestDelay.
type RetryAfter struct {
	Err  error
	Wait time.Duration
}

// Error is that of the error inside.
func (r RetryAfter) Error() string { return r.Err.Error() }

// Unwrap returns the error inside.
func (r RetryAfter) Unwrap() error { return r.Err }

// RetryWithin is an error after which the next try is not put off for long, however often it failed:
// somebody waits for it. An error inside of it counts as it does by itself.
type RetryWithin struct {
	Err     error
	Longest time.Duration
}

// Error is that of the error inside.
func (r RetryWithin) Error() string { return r.Err.Error() }

// Unwrap returns the error inside.
func (r RetryWithin) Unwrap() error { return r.Err }

// Reason is an error whose text may be kept with a job and logged: codes, classes of errors and host
// names, in English; never what a customer wrote, what a server answered or part of a secret. Of an
// error with no Reason in its chain only the class is kept, as Class tells it.
type Reason string

// Error is the reason itself.
func (r Reason) Error() string { return string(r) }

// maxReason is the longest reason kept, in bytes.
const maxReason = 200

// reasonOf tells why a try failed, in one short line.
func reasonOf(err error) string {
	text := Class(err)
	if known, ok := errors.AsType[Reason](err); ok {
		text = string(known)
	}
	line := strings.Map(printable, text)
	return line[:min(len(line), maxReason)]
}

func printable(r rune) rune {
	if r < ' ' || r > '~' {
		return '?'
	}
	return r
}

// typeName names the type of the innermost error. Unlike its text that can be no secret.
func typeName(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return fmt.Sprintf("error of type %T", err)
}
