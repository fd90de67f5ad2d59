package api_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"passdesk/internal/channel/api"
	"passdesk/internal/chat"
	"passdesk/internal/httpd/problem"
)

// TestBodies: each body that is refused is refused for a reason that does not quote it.
func TestBodies(t *testing.T) {
	tests := []struct {
		name, body string
		want       problem.Code
	}{
		{"nothing", "", problem.InvalidBody},
		{"not JSON", "hunter2", problem.InvalidBody},
		{"cut off", `{"text":"hunter2`, problem.InvalidBody},
		{"an array", `["hunter2"]`, problem.InvalidBody},
		{"null", `null`, problem.InvalidBody},
		{"a string", `"hunter2"`, problem.InvalidBody},
		{"two documents", `{"text":"hunter2"}{"text":"hunter2"}`, problem.InvalidBody},
		{"a bracket too many", `{"text":"hunter2"}}`, problem.InvalidBody},
		{"a comma too many", `{"text":"hunter2",}`, problem.InvalidBody},
		{"a comment", `{"text":"hunter2"} // hunter2`, problem.InvalidBody},
		{"byte order mark", "\ufeff" + `{"text":"hunter2"}`, problem.InvalidBody},
		{"unknown field", `{"text":"a","hunter2":"b"}`, problem.InvalidBody},
		{"unknown field first", `{"hunter2":{},"text":"a"}`, problem.InvalidBody},
		{"field in another case", `{"Text":"hunter2"}`, problem.InvalidBody},
		{"field twice", `{"text":"a","text":"hunter2"}`, problem.InvalidBody},
		{"field twice, once escaped", `{"text":"a","t\u0065xt":"hunter2"}`, problem.InvalidBody},
		{"empty field name", `{"":"hunter2"}`, problem.InvalidBody},
		{"number for text", `{"text":2}`, problem.InvalidBody},
		{"null for text", `{"text":null}`, problem.InvalidBody},
		{"object for text", `{"text":{"text":"hunter2"}}`, problem.InvalidBody},
		{"nothing meant", `{"language":"ja"}`, problem.InvalidBody},
		{"empty object", `{}`, problem.InvalidBody},
		{"text and command", `{"text":"hunter2","command":"back"}`, problem.InvalidBody},
		{"empty text and command", `{"text":"","command":"back"}`, problem.InvalidBody},
		{"everything", `{"text":"a","command":"back","change":"prompt","choose":{"fact":"prompt","value":"vpn"}}`, problem.InvalidBody},
		{"empty command", `{"command":""}`, problem.InvalidBody},
		{"empty change", `{"change":""}`, problem.InvalidBody},
		{"empty language", `{"text":"a","language":""}`, problem.InvalidBody},
		{"choose is a string", `{"choose":"hunter2"}`, problem.InvalidBody},
		{"choose is null", `{"choose":null}`, problem.InvalidBody},
		{"choose without value", `{"choose":{"fact":"prompt"}}`, problem.InvalidBody},
		{"choose without fact", `{"choose":{"value":"vpn"}}`, problem.InvalidBody},
		{"choose with more", `{"choose":{"fact":"prompt","value":"vpn","hunter2":"x"}}`, problem.InvalidBody},
		{"choose with a number", `{"choose":{"fact":"prompt","value":1}}`, problem.InvalidBody},
		{"the id as a field", `{"id":"hunter2","text":"a"}`, problem.InvalidBody},
		{"not UTF-8", "{\"text\":\"hunter2\xff\"}", problem.InvalidBody},
		{"UTF-16", "\xff\xfe{\x00}\x00", problem.InvalidBody},
		{"surrogates as UTF-8", "{\"text\":\"\xed\xa0\x80\"}", problem.InvalidBody},
		{"NUL in the open", "{\"text\":\"hunter2\x00\"}", problem.InvalidBody},
		{"NUL behind", "{\"text\":\"hunter2\"}\x00", problem.InvalidBody},
		{"newline in the open", "{\"text\":\"hunter2\n\"}", problem.InvalidBody},
		{"deep arrays", `{"text":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000) + "}", problem.InvalidBody},
		{"deep objects", strings.Repeat(`{"choose":`, 5000) + "1" + strings.Repeat("}", 5000), problem.InvalidBody},
		{"brackets that never close", strings.Repeat("[", 60_000), problem.InvalidBody},
		{"a byte too much", `{"text":"` + strings.Repeat("a", 64<<10-10) + `"}`, problem.TooLarge},
		{"far too much", strings.Repeat("a", 10<<20), problem.TooLarge},

		{"unknown fact", `{"choose":{"fact":"hunter2","value":"hunter2"}}`, problem.InvalidMessage},
		{"unknown answer to change", `{"change":"hunter2"}`, problem.InvalidMessage},
		{"unknown command", `{"command":"dance"}`, problem.InvalidMessage},
		{"unknown language", `{"text":"a","language":"hunter2"}`, problem.InvalidMessage},
		{"busy", `{"text":"busy"}`, problem.Busy},
		{"fault", `{"text":"fault"}`, problem.Internal},
		{"too slow", `{"text":"slow"}`, problem.Busy},
	}
	s := open(t, func(o *api.Options) { o.Timeout = 20 * time.Millisecond })
	b := s.begin()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, began := len(s.messages), time.Now()
			a := s.say(b, "key", test.body)
			refused(t, a, test.want)
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("it took %s", took)
			}
			if len(s.messages) != before {
				t.Error("it was handled")
			}
		})
	}
	if a := s.say(b, "key", `{"text":"`+strings.Repeat("a", 64<<10-11)+`"}`); a.StatusCode != http.StatusOK {
		t.Errorf("as large as a body may be: %d %s", a.StatusCode, a.body)
	}
	if len(s.faults) != 1 || !strings.HasPrefix(s.faults[0], "answer message in "+b.Conversation) {
		t.Errorf("faults told: %q; want the one", s.faults)
	}
}

// refused checks that an answer is a problem of a kind that quotes nobody.
func refused(t *testing.T, a answer, want problem.Code) {
	t.Helper()
	var p problem.Problem
	a.decode(t, &p)
	if p.Code != want || a.StatusCode != problem.Of(want).Status || p.Status != a.StatusCode || a.Header.Get("Content-Type") != problem.ContentType {
		t.Errorf("%d %s; want %s", a.StatusCode, a.body, want)
	}
	if bytes.Contains(a.body, []byte("hunter2")) {
		t.Errorf("the answer quotes the request: %s", a.body)
	}
	if again := a.Header.Get("Retry-After") != ""; again != (a.StatusCode == 429 || a.StatusCode == 503) {
		t.Errorf("status %d with Retry-After %q", a.StatusCode, a.Header.Get("Retry-After"))
	}
}

func TestBeginRefused(t *testing.T) {
	tests := []struct {
		name, body string
		want       problem.Code
	}{
		{"not JSON", "hello", problem.InvalidBody},
		{"white space", " \n", problem.InvalidBody},
		{"unknown field", `{"text":"hunter2"}`, problem.InvalidBody},
		{"a number", `{"language":1}`, problem.InvalidBody},
		{"two documents", `{}{}`, problem.InvalidBody},
		{"unknown language", `{"language":"fr"}`, problem.InvalidMessage},
		{"too much", strings.Repeat(" ", 64<<10+1), problem.TooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, nil)
			refused(t, s.send("POST", "/api/v1/conversations", test.body, "Content-Type", "application/json"), test.want)
			if len(s.messages) != 0 {
				t.Error("it was handled")
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	tests := []struct {
		name   string
		change map[string][]string
		want   problem.Code // "" if it is fine
	}{
		{"charset", map[string][]string{"Content-Type": {"application/json; charset=UTF-8"}}, ""},
		{"another case", map[string][]string{"Content-Type": {"Application/JSON"}}, ""},
		{"no media type", map[string][]string{"Content-Type": nil}, problem.MediaType},
		{"a form", map[string][]string{"Content-Type": {"application/x-www-form-urlencoded"}}, problem.MediaType},
		{"plain text", map[string][]string{"Content-Type": {"text/plain"}}, problem.MediaType},
		{"another JSON", map[string][]string{"Content-Type": {"application/merge-patch+json"}}, problem.MediaType},
		{"not a media type", map[string][]string{"Content-Type": {"application/json; ="}}, problem.MediaType},
		{"two media types", map[string][]string{"Content-Type": {"application/json", "text/plain"}}, problem.MediaType},
		{"another charset", map[string][]string{"Content-Type": {"application/json; charset=shift_jis"}}, problem.MediaType},
		{"compressed", map[string][]string{"Content-Encoding": {"gzip"}}, problem.MediaType},
		{"no key", map[string][]string{"Idempotency-Key": nil}, problem.InvalidKey},
		{"empty key", map[string][]string{"Idempotency-Key": {""}}, problem.InvalidKey},
		{"two keys", map[string][]string{"Idempotency-Key": {"a", "b"}}, problem.InvalidKey},
		{"longest key", map[string][]string{"Idempotency-Key": {strings.Repeat("~", 128)}}, ""},
		{"longer key", map[string][]string{"Idempotency-Key": {strings.Repeat("a", 129)}}, problem.InvalidKey},
		{"key with a space", map[string][]string{"Idempotency-Key": {"a b"}}, problem.InvalidKey},
		{"key with a newline", map[string][]string{"Idempotency-Key": {"a\nb"}}, problem.InvalidKey},
		{"key that is not ASCII", map[string][]string{"Idempotency-Key": {"鍵"}}, problem.InvalidKey},
		{"key that is not text", map[string][]string{"Idempotency-Key": {"\xff"}}, problem.InvalidKey},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, nil)
			b := s.begin()
			var headers []string
			all := b.headers("key")
			for i := 0; i < len(all); i += 2 {
				if _, other := test.change[all[i]]; !other {
					headers = append(headers, all[i], all[i+1])
				}
			}
			for name, values := range test.change {
				for _, value := range values {
					headers = append(headers, name, value)
				}
			}
			a := s.send("POST", b.path()+"/messages", `{"text":"VPN"}`, headers...)
			if test.want != "" {
				refused(t, a, test.want)
			} else if a.StatusCode != http.StatusOK {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
		})
	}
}

func TestQueries(t *testing.T) {
	s := open(t, nil)
	b := s.begin()
	for _, query := range []string{"after=-1", "after=x", "after=", "after=1&after=2", "limit=0", "limit=201", "limit=1e9", "limit=99999999999999999999", "hunter2=1", "after=%", "after=1;limit=2"} {
		t.Run(query, func(t *testing.T) {
			refused(t, s.send("GET", b.path()+"?"+query, "", b.headers("")...), problem.InvalidQuery)
		})
	}
}

func TestSaturated(t *testing.T) {
	left := 0
	full := false
	s := open(t, func(o *api.Options) {
		o.Enter = func() (func(), bool) { return func() { left++ }, !full }
	})
	b := s.begin()
	full = true
	refused(t, s.say(b, "a", `{"text":"VPN"}`), problem.Overloaded)
	refused(t, s.send("GET", b.path(), "", b.headers("")...), problem.Overloaded)
	full = false
	s.say(b, "a", `{"text":"busy"}`)
	if left != 2 || len(s.messages) != 1 {
		t.Errorf("%d places given back, %d messages handled; want 2 and 1", left, len(s.messages))
	}
}

func TestTranscriptRefused(t *testing.T) {
	for want, err := range map[problem.Code]error{
		problem.NotFound: chat.ErrNotFound, problem.Busy: chat.ErrBusy, problem.Internal: errSecret,
	} {
		s := open(t, func(o *api.Options) {
			o.Transcript = func(context.Context, string, int64, int) (api.Transcript, error) {
				return api.Transcript{}, err
			}
		})
		b := s.begin()
		refused(t, s.send("GET", b.path(), "", b.headers("")...), want)
	}
	s := open(t, func(o *api.Options) {
		o.Transcript = func(context.Context, string, int64, int) (api.Transcript, error) {
			return api.Transcript{Turns: []api.Turn{{Sequence: 1, Pressed: "{broken"}}}, nil
		}
	})
	b := s.begin()
	refused(t, s.send("GET", b.path(), "", b.headers("")...), problem.Internal)
	if len(s.faults) != 1 {
		t.Errorf("faults told: %q", s.faults)
	}
}

// TestAnnouncedTooLarge: a body that is too large by its own account is not even begun with.
func TestAnnouncedTooLarge(t *testing.T) {
	s := open(t, nil)
	r := httptest.NewRequest("POST", "/api/v1/conversations", iotest.ErrReader(errors.New("it was read")))
	r.Header.Set("Content-Type", "application/json")
	r.ContentLength = 64<<10 + 1
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	refused(t, answer{w.Result(), w.Body.Bytes()}, problem.TooLarge)
}

// TestPanicLeaves: a desk that panics does not keep the place of the request.
func TestPanicLeaves(t *testing.T) {
	left := 0
	s := open(t, func(o *api.Options) {
		o.Enter = func() (func(), bool) { return func() { left++ }, true }
		o.Handle = func(context.Context, chat.Message) (chat.Reply, error) {
			if left != 0 {
				t.Error("the place was given back too early")
			}
			panic("desk")
		}
	})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the server was not told of the panic")
			}
		}()
		s.send("POST", "/api/v1/conversations", "", "Content-Type", "application/json")
	}()
	if left != 1 {
		t.Errorf("%d places given back", left)
	}
}
