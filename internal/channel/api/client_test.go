package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"passdesk/internal/channel/api"
	"passdesk/internal/chat"
	"passdesk/internal/httpd/problem"
)

// site is the API before a fake desk. Whatever passes through it must be as openapi.yaml says.
type site struct {
	testing.TB
	*fake
	handler  http.Handler
	document *openapi3.T
	router   routers.Router
}

func open(tb testing.TB, change func(*api.Options)) *site {
	tb.Helper()
	s := &site{TB: tb, fake: newFake()}
	options := api.Options{Handle: s.handle, Transcript: s.transcript, Fault: s.fault, Limits: api.Limits{MessagesPerMinute: -1, ConversationsPerHour: -1, RequestsPerMinute: -1}}
	if change != nil {
		change(&options)
	}
	var err error
	if s.handler, err = api.New(options); err != nil {
		tb.Fatal(err)
	}
	s.document = document(tb)
	if s.router, err = legacy.NewRouter(s.document); err != nil {
		tb.Fatal(err)
	}
	return s
}

// document loads openapi.yaml as it is served. Answers may get more fields as far as clients are concerned, but none
// that it does not describe, so here all objects are closed.
func document(tb testing.TB) *openapi3.T {
	tb.Helper()
	handler, err := api.New(api.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/openapi.yaml", nil))
	d, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	if err != nil {
		tb.Fatal(err)
	}
	if err := d.Validate(context.Background()); err != nil {
		tb.Fatal(err)
	}
	closed := false
	for _, schema := range d.Components.Schemas {
		if len(schema.Value.Properties) > 0 {
			schema.Value.AdditionalProperties = openapi3.AdditionalProperties{Has: &closed}
		}
	}
	return d
}

// answer is what came back.
type answer struct {
	*http.Response
	body []byte
}

func (a answer) decode(tb testing.TB, into any) {
	tb.Helper()
	if err := json.Unmarshal(a.body, into); err != nil {
		tb.Fatalf("body %.200q: %v", a.body, err)
	}
}

func (a answer) code(tb testing.TB) problem.Code {
	tb.Helper()
	var p problem.Problem
	if a.Header.Get("Content-Type") == problem.ContentType {
		a.decode(tb, &p)
	}
	return p.Code
}

// send makes a request and checks it and its answer against openapi.yaml.
func (s *site) send(method, path, body string, headers ...string) answer {
	s.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	a := answer{w.Result(), w.Body.Bytes()}
	s.conforms(r, body, a)
	return a
}

// conforms: an answer is one that is described, and what is answered well was asked as described.
func (s *site) conforms(r *http.Request, body string, a answer) {
	s.Helper()
	if h := a.Header; h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" {
		s.Errorf("%s %s: headers %v", r.Method, r.URL, h)
	}
	route, parameters, err := s.router.FindRoute(r)
	if a.StatusCode == http.StatusMethodNotAllowed || a.StatusCode == http.StatusTooManyRequests || a.code(s) == problem.NoSuchPath {
		var body any
		a.decode(s, &body)
		if err := s.document.Components.Schemas["Problem"].Value.VisitJSON(body); err != nil {
			s.Errorf("%s %s: problem %s is not as described: %v", r.Method, r.URL, a.body, err)
		}
		return // such requests need not be described
	}
	if err != nil || r.Method == http.MethodHead || r.Method == http.MethodOptions {
		if a.StatusCode >= 300 && len(a.body) > 0 && a.code(s) == "" {
			s.Errorf("%s %s: %d %s; want a problem", r.Method, r.URL, a.StatusCode, a.body)
		}
		return
	}
	r.Body = io.NopCloser(strings.NewReader(body))
	in := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: parameters, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
	}
	if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil && a.StatusCode < 300 {
		s.Errorf("%s %s with body %.200q is answered with %d, but is not as described: %v", r.Method, r.URL, body, a.StatusCode, err)
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: a.StatusCode, Header: a.Header, Body: io.NopCloser(bytes.NewReader(a.body)), Options: in.Options,
	}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		s.Errorf("%s %s: answer %d %.300s is not as described: %v", r.Method, r.URL, a.StatusCode, a.body, err)
	}
}

// begun is a conversation that can be entered.
type begun struct {
	Conversation, Token string
	Reply               chat.Reply
}

func (s *site) begin() begun {
	s.Helper()
	a := s.send("POST", "/api/v1/conversations", `{"language":"ja"}`, "Content-Type", "application/json")
	if a.StatusCode != http.StatusCreated {
		s.Fatalf("begin: %d %s", a.StatusCode, a.body)
	}
	var b begun
	a.decode(s, &b)
	return b
}

func (b begun) path() string { return "/api/v1/conversations/" + b.Conversation }

// headers are those of a good message.
func (b begun) headers(key string) []string {
	return []string{"Content-Type", "application/json", "Authorization", "Bearer " + b.Token, "Idempotency-Key", key}
}

func (s *site) say(b begun, key, body string) answer {
	s.Helper()
	return s.send("POST", b.path()+"/messages", body, b.headers(key)...)
}
