//go:build linux

package reliability_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// client talks to a server, wherever that listens at the moment.
type client struct {
	http    *http.Client
	address func() string
}

func newClient(tb testing.TB, address func() string) *client {
	transport := &http.Transport{MaxIdleConnsPerHost: 100, DisableCompression: true}
	tb.Cleanup(transport.CloseIdleConnections)
	return &client{http: &http.Client{Transport: transport, Timeout: patience}, address: address}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// later reports whether the server refused a request and promised that it can be sent again.
func (a answer) later() bool {
	return (a.status == http.StatusServiceUnavailable || a.status == http.StatusTooManyRequests) && a.header.Get("Retry-After") != ""
}

// String is an answer for people.
func (a answer) String() string { return fmt.Sprintf("%d %.300s", a.status, a.body) }

// send sends a request. Headers are names and values in turn.
func (c *client) send(ctx context.Context, method, path, body string, headers ...string) (a answer, err error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://"+c.address()+path, strings.NewReader(body))
	if err != nil {
		return a, err
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	response, err := c.http.Do(request)
	if err != nil {
		return a, err
	}
	a.status, a.header = response.StatusCode, response.Header
	a.body, err = io.ReadAll(response.Body)
	return a, errors.Join(err, response.Body.Close())
}

// status is the status of a GET, 0 if there was no answer.
func (c *client) status(path string) int {
	a, _ := c.send(context.Background(), "GET", path, "") // without an answer it is 0
	return a.status
}

// conversation is what opens a conversation.
type conversation struct{ ID, Token string }

func (c conversation) path() string { return "/api/v1/conversations/" + c.ID }

// begin begins a conversation. It returns the answer if that is none.
func (c *client) begin(ctx context.Context) (conversation, answer, error) {
	a, err := c.send(ctx, "POST", "/api/v1/conversations", `{"language":"en"}`, "Content-Type", "application/json")
	if err != nil || a.status != http.StatusCreated {
		return conversation{}, a, err
	}
	var begun struct{ Conversation, Token string }
	err = json.Unmarshal(a.body, &begun)
	return conversation{begun.Conversation, begun.Token}, a, err
}

// say sends a message: text, or JSON if it begins with a brace.
func (c *client) say(ctx context.Context, to conversation, id, message string) (answer, error) {
	if !strings.HasPrefix(message, "{") {
		message = text(message)
	}
	return c.send(ctx, "POST", to.path()+"/messages", message,
		"Content-Type", "application/json", "Authorization", "Bearer "+to.Token, "Idempotency-Key", id)
}

// text is the body of a message in words.
func text(said string) string {
	encoded, _ := json.Marshal(map[string]string{"text": said}) // strings can always be encoded
	return string(encoded)
}

// transcript reads a conversation.
func (c *client) transcript(ctx context.Context, of conversation) (answer, error) {
	return c.send(ctx, "GET", of.path()+"?limit=200", "", "Authorization", "Bearer "+of.Token)
}

// mustBegin begins a conversation with a server that is well.
func (c *client) mustBegin(tb testing.TB) conversation {
	tb.Helper()
	begun, a, err := c.begin(tb.Context())
	if err != nil || begun.ID == "" {
		tb.Fatalf("begin: %v, %v", a, err)
	}
	return begun
}

// mustSay sends a message to a server that is well.
func (c *client) mustSay(tb testing.TB, to conversation, id, message string) answer {
	tb.Helper()
	a, err := c.say(tb.Context(), to, id, message)
	if err != nil || a.status != http.StatusOK {
		tb.Fatalf("message %s: %v, %v", id, a, err)
	}
	return a
}
