package handover_test

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"passdesk/internal/handover"
	"passdesk/internal/outbox"
)

const secret = "canary-webhook-secret"

// receiver is a webhook that keeps what it gets and answers as it is told.
type receiver struct {
	*httptest.Server
	answer func(http.ResponseWriter, *http.Request)
	mutex  sync.Mutex
	keys   []string // Idempotency-Key of every request
	bodies []string
	header http.Header
}

func receive(t *testing.T, answer func(http.ResponseWriter, *http.Request)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewTLSServer(http.HandlerFunc(r.serve))
	r.Config.ErrorLog = log.New(io.Discard, "", 0) // failing handshakes are what some tests are about
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) serve(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.mutex.Lock()
	r.keys = append(r.keys, request.Header.Get("Idempotency-Key"))
	r.bodies = append(r.bodies, string(body))
	r.header = request.Header
	r.mutex.Unlock()
	r.answer(w, request)
}

func (r *receiver) got() (keys, bodies []string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return append([]string{}, r.keys...), append([]string{}, r.bodies...)
}

func status(code int, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header()[header[i]] = []string{header[i+1]}
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, "canary in the response")
	}
}

func webhook(t *testing.T, r *receiver) handover.Target {
	t.Helper()
	send, err := handover.Webhook(handover.WebhookOptions{URL: r.URL + "/canary-path?token=canary", Secret: secret, TLS: trust(t, r), Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	return send
}

func trust(t *testing.T, r *receiver) *tls.Config {
	t.Helper()
	transport, ok := r.Client().Transport.(*http.Transport)
	if !ok {
		t.Fatal("no certificate")
	}
	return transport.TLSClientConfig
}

// TestWebhook looks at what arrives, and checks the signature as the manual says.
func TestWebhook(t *testing.T) {
	r := receive(t, status(200))
	p := packet(t, "ja")
	for range 2 {
		if err := webhook(t, r)(within(t, 30*time.Second), p); err != nil {
			t.Fatal(err)
		}
	}
	keys, bodies := r.got()
	if len(keys) != 2 || keys[0] != p.ID || keys[1] != p.ID || bodies[0] != bodies[1] {
		t.Errorf("keys %v; the same packet should make the same request", keys)
	}
	var got, want bytes.Buffer
	text, err := json.Marshal(p)
	if err := errors.Join(err, json.Compact(&got, []byte(bodies[0])), json.Compact(&want, text)); err != nil || got.String() != want.String() {
		t.Errorf("%v: body %s, want %s", err, &got, &want)
	}
	if h := r.header; h.Get("Content-Type") != "application/json" || h.Get("X-Passdesk-Timestamp") != "1795348800" || !Verify([]byte(secret), h, []byte(bodies[0]), noon) {
		t.Errorf("header %v", h)
	}
}

// TestForgedRequests: the recipe of the manual refuses them.
func TestForgedRequests(t *testing.T) {
	body := []byte(`{"version":1}`)
	genuine := func() http.Header {
		return http.Header{"X-Passdesk-Timestamp": {"1795348800"}, "X-Passdesk-Signature": {handover.Sign([]byte(secret), "1795348800", body)}}
	}
	if !Verify([]byte(secret), genuine(), body, noon) {
		t.Fatal("the genuine request is refused")
	}
	change := func(name, value string) http.Header { h := genuine(); h.Set(name, value); return h }
	signature := genuine().Get("X-Passdesk-Signature")
	for name, h := range map[string]http.Header{
		"no signature": {"X-Passdesk-Timestamp": {"1795348800"}}, "no timestamp": {"X-Passdesk-Signature": {signature}},
		"other timestamp": change("X-Passdesk-Timestamp", "1795348801"), "no number": change("X-Passdesk-Timestamp", "now"),
		"no version": change("X-Passdesk-Signature", signature[3:]), "other version": change("X-Passdesk-Signature", "v2="+signature[3:]),
		"short": change("X-Passdesk-Signature", signature[:20]), "other": change("X-Passdesk-Signature", handover.Sign([]byte("other"), "1795348800", body)),
	} {
		if Verify([]byte(secret), h, body, noon) {
			t.Errorf("%s is taken", name)
		}
	}
	for _, now := range []time.Time{noon.Add(6 * time.Minute), noon.Add(-6 * time.Minute)} {
		if Verify([]byte(secret), genuine(), body, now) {
			t.Errorf("taken at %s", now)
		}
	}
	if Verify([]byte(secret), genuine(), []byte(`{"version":2}`), noon) {
		t.Error("another body is taken")
	}
}

func TestWhatReceiversAnswer(t *testing.T) {
	date := func(after time.Duration) string { return noon.Add(after).Format(http.TimeFormat) }
	tests := []struct {
		name string
		code int
		head []string
		fate string
		wait time.Duration
	}{
		{"ok", 200, nil, "done", 0},
		{"created", 201, nil, "done", 0},
		{"no content", 204, nil, "done", 0},
		{"there already", 409, nil, "done", 0},
		{"moved for good", 301, []string{"Location", "/elsewhere"}, "retry", 0},
		{"moved for good, really", 308, []string{"Location", "/elsewhere"}, "retry", 0},
		{"maintenance page", 302, []string{"Location", "/elsewhere"}, "retry", 0},
		{"maintenance page, same method", 307, []string{"Location", "https://elsewhere.example"}, "retry", 0},
		{"bad request", 400, nil, "permanent", 0},
		{"wrong secret", 401, nil, "retry", 0},
		{"refused", 403, nil, "retry", 0},
		{"wrong address", 404, nil, "retry", 0},
		{"gone", 410, nil, "retry", 0},
		{"too large", 413, nil, "permanent", 0},
		{"no JSON", 415, nil, "permanent", 0},
		{"unprocessable", 422, []string{"Retry-After", "5"}, "permanent", 0},
		{"timeout", 408, nil, "retry", 0},
		{"too early", 425, nil, "retry", 0},
		{"too many", 429, []string{"Retry-After", "120"}, "retry", 2 * time.Minute},
		{"too many until", 429, []string{"Retry-After", date(time.Hour), "Date", date(0)}, "retry", time.Hour},
		{"until, by a clock that is behind", 429, []string{"Retry-After", date(-time.Hour), "Date", date(-2 * time.Hour)}, "retry", time.Hour},
		{"until, with a broken clock", 429, []string{"Retry-After", date(time.Hour), "Date", "never"}, "retry", time.Hour},
		{"until long ago", 503, []string{"Retry-After", date(-time.Hour), "Date", date(0)}, "retry", 0},
		{"negative", 503, []string{"Retry-After", "-5"}, "retry", 0},
		{"nonsense", 503, []string{"Retry-After", "soon"}, "retry", 0},
		{"huge", 503, []string{"Retry-After", "99999999999999999999"}, "retry", 0},
		{"broken", 500, nil, "retry", 0},
		{"unavailable", 503, []string{"Retry-After", "7"}, "retry", 7 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := receive(t, status(test.code, test.head...))
			err := webhook(t, r)(within(t, 30*time.Second), packet(t, "en"))
			after, _ := errors.AsType[outbox.RetryAfter](err)
			if fate(err) != test.fate || after.Wait != test.wait {
				t.Errorf("%s, wait %s (%v); want %s, %s", fate(err), after.Wait, err, test.fate, test.wait)
			}
			if keys, _ := r.got(); len(keys) != 1 {
				t.Errorf("%d requests; redirects must not be followed", len(keys))
			}
			if err != nil && reason(err) != "webhook "+r.Listener.Addr().String()+": status "+itoa(test.code) {
				t.Errorf("reason %q", reason(err))
			}
			if err != nil && strings.Contains(err.Error(), "canary") {
				t.Errorf("a secret is in the error: %v", err)
			}
		})
	}
}

func itoa(code int) string { text, _ := json.Marshal(code); return string(text) }

// TestWebhookFaults: no answer, endless answers, other certificates, nobody there.
func TestWebhookFaults(t *testing.T) {
	hang := make(chan struct{})
	slow := receive(t, func(http.ResponseWriter, *http.Request) { <-hang })
	began := time.Now()
	err := webhook(t, slow)(within(t, 100*time.Millisecond), packet(t, "en"))
	close(hang)
	faulty(t, "hangs", err, "timed out")
	endless := receive(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	if err := webhook(t, endless)(within(t, 40*time.Second), packet(t, "en")); err != nil || time.Since(began) > 30*time.Second {
		t.Errorf("an endless body: %v after %s", err, time.Since(began))
	}
	cut := receive(t, func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = connection.Close()
		}
	})
	faulty(t, "cut", webhook(t, cut)(within(t, 30*time.Second), packet(t, "en")), "connection closed")
	stranger := receive(t, status(200))
	send, err := handover.Webhook(handover.WebhookOptions{URL: stranger.URL + "/canary", Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	faulty(t, "stranger", send(within(t, 30*time.Second), packet(t, "en")), "certificate not accepted")
	gone := receive(t, status(200))
	send = webhook(t, gone)
	gone.Close()
	faulty(t, "gone", send(within(t, 30*time.Second), packet(t, "en")), "connection refused")
}

func faulty(t *testing.T, name string, err error, want string) {
	t.Helper()
	if fate(err) != "retry" || !strings.HasSuffix(reason(err), ": "+want) || strings.Contains(err.Error(), "canary") {
		t.Errorf("%s: %s, %q (%v); want retry, %s", name, fate(err), reason(err), err, want)
	}
}

// TestStrangeIDs: an id that no header takes still makes a key, always the same.
func TestStrangeIDs(t *testing.T) {
	r := receive(t, status(200))
	for _, id := range []string{"", "a b", "a\r\nX-Evil: 1", "日本", strings.Repeat("x", 256), strings.Repeat("x", 255)} {
		p := packet(t, "en")
		p.ID = id
		for range 2 {
			if err := webhook(t, r)(within(t, 30*time.Second), p); err != nil {
				t.Fatalf("%q: %v", id, err)
			}
		}
	}
	keys, _ := r.got()
	distinct := map[string]bool{}
	for i, key := range keys {
		distinct[key] = true
		if key == "" || len(key) > 255 || keys[i/2*2] != key {
			t.Errorf("key %q", key)
		}
	}
	if len(distinct) != 6 {
		t.Errorf("%d keys for 6 ids", len(distinct))
	}
}

func TestWebhookOptions(t *testing.T) {
	for _, test := range []struct{ url, secret, want string }{
		{"https://example.com/hook", secret, ""},
		{"http://127.0.0.1:8080/hook", secret, ""},
		{"http://[::1]/hook", secret, ""},
		{"http://localhost/hook", secret, ""},
		{"http://example.com/canary", secret, "must begin with https"},
		{"http://localhost.example.com/canary", secret, "must begin with https"},
		{"http://127.0.0.1.example.com/canary", secret, "must begin with https"},
		{"ftp://example.com/canary", secret, "must begin with https"},
		{"https:///canary", secret, "not an address"},
		{"canary\x7f", secret, "not an address"},
		{"", secret, "not an address"},
		{"https://example.com/canary", "canary", "less than 16 bytes"},
	} {
		_, err := handover.Webhook(handover.WebhookOptions{URL: test.url, Secret: test.secret})
		if (err == nil) != (test.want == "") || err != nil && (!strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary")) {
			t.Errorf("%q: %v, want %q", test.url, err, test.want)
		}
	}
}
