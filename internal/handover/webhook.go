package handover

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"passdesk/internal/outbox"
)

// maxResponse is how much of a response's body is read, in bytes. It means nothing to the desk.
const maxResponse = 4 << 10

// maxKey is the longest Idempotency-Key, in bytes; receivers take no longer ones.
const maxKey = 255

// leastSecret is the shortest secret, in bytes; whoever sees one signature could guess a shorter one.
const leastSecret = 16

// WebhookOptions say where hand-overs are posted.
type WebhookOptions struct {
	URL    string           // https; http only to this machine
	Secret string           // signs what is posted; 16 bytes or more
	TLS    *tls.Config      // whom to trust; nil for the system's certificates
	Now    func() time.Time // for the timestamp that is signed; nil for time.Now
}

// Webhook is a target that posts packets as JSON, signed as Sign does. Redirects are not followed
// and no proxy is used, so that nothing goes anywhere but to the address given. The error names the
// option that does not fit; it never holds the address, which may be a secret itself.
func Webhook(o WebhookOptions) (Target, error) {
	where, err := url.Parse(o.URL)
	switch {
	case err != nil || where.Hostname() == "":
		return nil, errors.New("set up webhook: not an address")
	case where.Scheme != "https" && (where.Scheme != "http" || !isLoopback(where.Hostname())):
		return nil, errors.New("set up webhook: the address must begin with https")
	case len(o.Secret) < leastSecret:
		return nil, fmt.Errorf("set up webhook: the secret has less than %d bytes", leastSecret)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	w := &webhook{url: o.URL, host: where.Host, secret: []byte(o.Secret), now: o.Now, client: client(o.TLS)}
	return func(ctx context.Context, p Packet) error {
		if err := w.post(ctx, p); err != nil {
			return fmt.Errorf("post hand-over: %w", err)
		}
		return nil
	}, nil
}

type webhook struct {
	url, host string
	secret    []byte
	now       func() time.Time
	client    *http.Client
}

func client(trust *tls.Config) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			TLSClientConfig:        trust.Clone(),
			DisableKeepAlives:      true, // hand-overs are rare
			DisableCompression:     true,
			MaxResponseHeaderBytes: 64 << 10,
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (w *webhook) post(ctx context.Context, p Packet) error {
	request, err := w.request(ctx, p)
	if err != nil {
		return outbox.Permanent{Err: err}
	}
	response, err := w.client.Do(request)
	if err != nil {
		return fmt.Errorf("%w: %w", w.reason(outbox.Class(err)), withoutAddress(err))
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.CopyN(io.Discard, response.Body, maxResponse) // so that the receiver can finish its sentence
	return w.judge(response)
}

func (w *webhook) request(ctx context.Context, p Packet) (*http.Request, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("encode packet: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return nil, withoutAddress(err)
	}
	timestamp := strconv.FormatInt(w.now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "passdesk")
	request.Header.Set("Idempotency-Key", key(p.ID))
	request.Header.Set("X-Passdesk-Timestamp", timestamp)
	request.Header.Set("X-Passdesk-Signature", Sign(w.secret, timestamp, body))
	return request, nil
}

// key is the packet's id, or what stands for it where a header or a receiver would not take it.
func key(id string) string {
	other := func(r rune) bool { return r <= ' ' || r > '~' }
	if id == "" || len(id) > maxKey || strings.ContainsFunc(id, other) {
		return digest(id)
	}
	return id
}

// withoutAddress takes the address out of an error of package http.
func withoutAddress(err error) error {
	if whole, ok := errors.AsType[*url.Error](err); ok {
		return whole.Err
	}
	return err
}

// judge says what a response means. What is there already (409) was delivered by an earlier try. Only
// a document that the receiver cannot take is given up: a wrong address, a secret that was changed on
// one side only or maintenance say nothing of the hand-over, and people put them right within days.
func (w *webhook) judge(r *http.Response) error {
	err := w.reason("status " + strconv.Itoa(r.StatusCode))
	switch code := r.StatusCode; {
	case code >= 200 && code < 300, code == http.StatusConflict:
		return nil
	case code == http.StatusBadRequest, code == http.StatusRequestEntityTooLarge, code == http.StatusUnsupportedMediaType, code == http.StatusUnprocessableEntity:
		return outbox.Permanent{Err: err}
	}
	return outbox.RetryAfter{Err: err, Wait: retryAfter(r.Header, w.now())}
}

func (w *webhook) reason(how string) outbox.Reason {
	return outbox.Reason("webhook " + w.host + ": " + how)
}

// retryAfter reads how long the receiver asks to wait: 0 if it does not say. A date is measured by
// the receiver's own clock, if it tells it.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.ParseInt(text, 10, 32); err == nil {
		return time.Duration(max(0, seconds)) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if its, err := http.ParseTime(h.Get("Date")); err == nil {
		now = its
	}
	return max(0, at.Sub(now))
}
