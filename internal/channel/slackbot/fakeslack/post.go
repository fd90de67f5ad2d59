package fakeslack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Why an attempt over HTTP failed.
const (
	reasonHTTPTimeout = "http_timeout"
	reasonHTTPError   = "http_error"
	reasonConnection  = "connection_failed"
	reasonRedirects   = "too_many_redirects"
	reasonRefused     = "no_retry" // the app asked for no retry
)

const (
	contentJSON = "application/json"
	contentForm = "application/x-www-form-urlencoded"
)

// Sign is the signature of a body at a time: the value of X-Slack-Signature.
func Sign(secret string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + strconv.FormatInt(at.Unix(), 10) + ":")) // a hash never fails
	_, _ = mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// Request is a request as Slack makes it, signed now on the clock of the workspace.
func (s *Slack) Request(ctx context.Context, address, contentType string, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make a request: %w", err)
	}
	now := s.o.Now()
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
	r.Header.Set("X-Slack-Signature", Sign(s.o.SigningSecret, now, body))
	return r, nil
}

// post makes one attempt over HTTP.
func (s *Slack) post(p *sent) (json.RawMessage, string) {
	ctx, cancel := context.WithTimeout(s.ctx, s.o.AckWithin)
	defer cancel()
	status, header, body, err := s.send(ctx, p)
	payload := httpPayload(header.Get("Content-Type"), body)
	failure := httpFailure(status, header, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	p.entry.Sent, p.entry.After, p.entry.Status = failure != reasonConnection, max(time.Since(p.at), 1), status
	p.entry.Acked, p.entry.Late, p.entry.Note = failure == "", failure == reasonHTTPTimeout, failure
	if p.d.accepts || p.d.kind == typeCommands {
		p.entry.Reply = payload
	}
	s.touch()
	return p.entry.Reply, failure
}

func (s *Slack) send(ctx context.Context, p *sent) (int, http.Header, []byte, error) {
	body, contentType := httpBody(p.d)
	r, err := s.Request(ctx, p.url, contentType, body)
	if err != nil {
		return 0, http.Header{}, nil, err
	}
	if p.d.attempt > 0 {
		r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(p.d.attempt))
		r.Header.Set("X-Slack-Retry-Reason", p.d.reason)
	}
	return exchange(r)
}

// exchange sends a request on a connection of its own and reads the answer.
func exchange(r *http.Request) (int, http.Header, []byte, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return 0, http.Header{}, nil, fmt.Errorf("post to the app: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return answer.StatusCode, answer.Header, nil, fmt.Errorf("read the app's answer: %w", err)
	}
	return answer.StatusCode, answer.Header, body, nil
}

// httpBody is a delivery as HTTP carries it.
func httpBody(d *delivery) ([]byte, string) {
	switch d.kind {
	case typeInteractive:
		return []byte(url.Values{"payload": {string(d.payload)}}.Encode()), contentForm
	case typeCommands:
		var fields args
		form := url.Values{}
		_ = json.Unmarshal(d.payload, &fields) // what is no object has no fields
		for key := range fields {
			form.Set(key, fields.str(key))
		}
		return []byte(form.Encode()), contentForm
	}
	return d.payload, contentJSON
}

// httpPayload is the answer in a body: JSON, or the text of a message.
func httpPayload(contentType string, body []byte) json.RawMessage {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	if strings.HasPrefix(contentType, contentJSON) {
		return body
	}
	return frameOf(object{"text": string(body)})
}

func httpFailure(status int, header http.Header, err error) string {
	var network net.Error
	switch {
	case errors.As(err, &network) && network.Timeout():
		return reasonHTTPTimeout
	case err != nil && strings.Contains(err.Error(), "redirects"):
		return reasonRedirects
	case err != nil:
		return reasonConnection
	case status >= 200 && status < 300:
		return ""
	case header.Get("X-Slack-No-Retry") == "1":
		return reasonRefused
	}
	return reasonHTTPError
}
