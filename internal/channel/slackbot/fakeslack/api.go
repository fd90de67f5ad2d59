package fakeslack

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// call is one call of a Web API method.
type call struct {
	args
	method string
}

// method is what a Web API method does and what it asks of the token. The lock is held while it
// runs. A scope ending in ":" goes with the kind of the channel, which the method checks itself.
type method struct {
	run   func(c call) (object, error)
	scope string
	app   bool // takes the app token
}

func (s *Slack) serveMethod(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	var f Fault
	s.locked(func() { f = s.fault(name) })
	if f.CutBefore {
		s.locked(func() { s.note(Entry{Kind: KindCall, Method: name, Fault: f.name()}) })
		cut(w)
		return
	}
	a, warning, err := readArgs(r)
	s.pause(r.Context(), f.Delay)
	entry := Entry{Kind: KindCall, Method: name, Args: a.shown(), Fault: f.name()}
	var body object
	switch instead := f.refusal(); {
	case instead != nil:
		err = instead
	case err == nil:
		body, err = s.perform(call{a, name}, bearer(r, a))
	}
	if warning != "" && body != nil {
		more, _ := body["response_metadata"].(object)
		body["warning"], body["response_metadata"] = warning, with(more, "warnings", []string{warning})
	}
	s.answer(w, r, entry, f, body, err)
}

// answer writes what a method said and notes it.
func (s *Slack) answer(w http.ResponseWriter, r *http.Request, e Entry, f Fault, body object, err error) {
	e.Status = http.StatusOK
	var no *refusal
	if errors.As(err, &no) {
		e.Status, body = no.status, no.body()
		if no.wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(no.wait))
		}
	} else if err != nil {
		e.Status, body = http.StatusInternalServerError, object{"ok": false, "error": "internal_error"}
	}
	if no == nil || no.code != "" {
		e.Answer, _ = json.Marshal(body) // our own maps
	}
	cutting := f.CutAfter && no == nil
	if cutting {
		e.Status = 0
	}
	s.locked(func() { s.note(e) })
	s.pause(r.Context(), f.DelayAfter)
	if cutting {
		cut(w)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.scopes(), ","))
	w.WriteHeader(e.Status)
	_, _ = w.Write(e.Answer) // the caller may be gone
}

// perform checks who calls and does it.
func (s *Slack) perform(c call, token string) (object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, there := s.methods[c.method]
	if !there {
		return nil, refuse("unknown_method")
	}
	if no := s.authorize(m, token); no != nil {
		return nil, no
	}
	body, err := m.run(c)
	if err != nil {
		return nil, err
	}
	if body == nil {
		body = object{}
	}
	body["ok"] = true
	return body, nil
}

func (s *Slack) authorize(m method, token string) error {
	right, other := s.o.BotToken, s.o.AppToken
	if m.app {
		right, other = other, right
	}
	switch token {
	case right:
	case "":
		return refuse("not_authed")
	case other:
		return refuse("not_allowed_token_type")
	default:
		return refuse("invalid_auth")
	}
	return s.granted(m.scope)
}

// granted refuses a call without the scope it needs; of several, separated by "|", one will do.
func (s *Slack) granted(scope string) error {
	if scope == "" || s.o.Scopes == nil || strings.HasSuffix(scope, ":") {
		return nil
	}
	for one := range strings.SplitSeq(scope, "|") {
		if slices.Contains(s.o.Scopes, one) {
			return nil
		}
	}
	no := refuse("missing_scope")
	no.more = object{"needed": strings.ReplaceAll(scope, "|", ","), "provided": strings.Join(s.o.Scopes, ",")}
	return no
}

// bearer is the token of a request, from its header or its form.
func bearer(r *http.Request, a args) string {
	if header := r.Header.Get("Authorization"); header != "" {
		return strings.TrimSpace(strings.TrimPrefix(header, "Bearer"))
	}
	return a.str("token")
}

// scopes are those of the bot token.
func (s *Slack) scopes() []string {
	if s.o.Scopes != nil {
		return s.o.Scopes
	}
	return []string{"app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write", "commands",
		"groups:history", "groups:read", "im:history", "im:read", "im:write", "reactions:write", "usergroups:read", "users:read"}
}

// with is o with one more key; o itself may be nil.
func with(o object, key string, v any) object {
	c := object{key: v}
	maps.Copy(c, o)
	return c
}
