package problem

import "net/http"

// Code tells problems apart, for programs. Codes never change.
type Code string

// The codes.
const (
	InvalidBody    Code = "invalid-body"
	InvalidQuery   Code = "invalid-query"
	InvalidKey     Code = "invalid-idempotency-key"
	CrossOrigin    Code = "cross-origin"
	NotFound       Code = "not-found"
	NoSuchPath     Code = "no-such-path"
	Method         Code = "method-not-allowed"
	Timeout        Code = "request-timeout"
	TooLarge       Code = "body-too-large"
	MediaType      Code = "unsupported-media-type"
	InvalidMessage Code = "invalid-message"
	TooMany        Code = "too-many-requests"
	Internal       Code = "internal-error"
	Busy           Code = "busy"
	Overloaded     Code = "overloaded"
)

// Codes lists all of them.
func Codes() []Code {
	return []Code{
		InvalidBody, InvalidQuery, InvalidKey, CrossOrigin, NotFound, NoSuchPath, Method, Timeout,
		TooLarge, MediaType, InvalidMessage, TooMany, Internal, Busy, Overloaded,
	}
}

// meaning is the status of a code and what it says to a developer.
func (c Code) meaning() (status int, detail string) {
	switch c {
	case InvalidBody:
		return http.StatusBadRequest, "The body is not what this path takes."
	case InvalidQuery:
		return http.StatusBadRequest, "The query is not what this path takes."
	case InvalidKey:
		return http.StatusBadRequest, "The header Idempotency-Key must be there once and hold 1 to 128 visible ASCII characters."
	case CrossOrigin:
		return http.StatusForbidden, "The page that sent this is from an origin that is not allowed."
	case NotFound:
		return http.StatusNotFound, "There is no such conversation, or the token is not the one it began with."
	case NoSuchPath:
		return http.StatusNotFound, "There is nothing at this path."
	case Method:
		return http.StatusMethodNotAllowed, "This path does not take this method; the header Allow names those it takes."
	case Timeout:
		return http.StatusRequestTimeout, "The request did not arrive in time."
	case TooLarge:
		return http.StatusRequestEntityTooLarge, "The body is larger than is read."
	case MediaType:
		return http.StatusUnsupportedMediaType, "The body must be application/json in UTF-8, and not compressed."
	case InvalidMessage:
		return http.StatusUnprocessableEntity, "The message names a fact, value, command or language that does not exist."
	case TooMany:
		return http.StatusTooManyRequests, "Too many requests; the header Retry-After says how many seconds to wait."
	case Busy:
		return http.StatusServiceUnavailable, "Try again: a message that is sent again with the same Idempotency-Key is answered once."
	case Overloaded:
		return http.StatusServiceUnavailable, "There is more to do than can be done at once; nothing was taken. Try again."
	default: // Internal
		return http.StatusInternalServerError, "Something is wrong with the service; the header X-Request-Id helps its operator to find out what."
	}
}
