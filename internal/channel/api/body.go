package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"unicode/utf8"

	"passdesk/internal/httpd/problem"
)

// body reads the body of a request, or refuses it.
func (a *api) body(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	if !isJSON(r.Header) {
		problem.Of(problem.MediaType).Write(w)
		return nil, false
	}
	if r.ContentLength > a.options.BodyLimit { // not a byte of it is read
		problem.Of(problem.TooLarge).Write(w)
		return nil, false
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, a.options.BodyLimit))
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return data, true
	case errors.As(err, &tooLarge):
		problem.Of(problem.TooLarge).Write(w)
	case errors.Is(err, os.ErrDeadlineExceeded):
		problem.Of(problem.Timeout).Write(w)
	default:
		problem.Of(problem.InvalidBody).Because("The body broke off.").Write(w)
	}
	return nil, false
}

// isJSON reports whether the headers of a request promise JSON in UTF-8, as it is.
func isJSON(h http.Header) bool {
	media, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || media != "application/json" || len(h.Values("Content-Type")) != 1 {
		return false
	}
	charset, ok := parameters["charset"]
	return (!ok || strings.EqualFold(charset, "utf-8")) && h.Get("Content-Encoding") == ""
}

// parse reads a body as an object with the fields given.
func parse(body []byte, known fields) refusal {
	if !utf8.Valid(body) {
		return "The body is not UTF-8."
	}
	return object(body, known)
}
