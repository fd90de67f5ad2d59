package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"passdesk/internal/store"
)

// Recording is what the desk keeps and answers at every step of the script, so that the floor can
// keep and answer as much.
type Recording struct {
	Conversations [][]Step `json:"conversations"`
}

// Step is what one message of the script led to.
type Step struct {
	Conversation string `json:"conversation"`
	Status       int    `json:"status"`
	Answer       string `json:"answer"` // body
	State        string `json:"state"`
	Channel      string `json:"channel"`
	Said         string `json:"said"` // masked
	Pressed      string `json:"pressed"`
	Reply        string `json:"reply"`
	Content      string `json:"content"`
}

// Recorder is a store that remembers what was committed last. It is for one conversation at a time.
type Recorder struct {
	store.Conversations
	turn  store.Turn
	state string
}

// Commit implements store.Conversations.
func (r *Recorder) Commit(ctx context.Context, turn store.Turn, state string, work ...store.Work) error {
	r.turn, r.state = turn, state
	return r.Conversations.Commit(ctx, turn, state, work...)
}

// Record plays the script on the handler of the API, which must keep what it does in the recorder.
func Record(ctx context.Context, api http.Handler, kept *Recorder) (Recording, error) {
	var recording Recording
	s, err := readScript()
	if err != nil {
		return recording, err
	}
	for which := range s.Conversations {
		var steps []Step
		for step := range s.steps(which) + 1 { // and once more, to begin anew
			var begun Step
			if step > 0 {
				begun = steps[0]
			}
			next, err := play(ctx, api, begun, messageKey{which, step, step}, s.body(which, step))
			if err != nil {
				return recording, fmt.Errorf("record step %d of conversation %d: %w", step, which, err)
			}
			next.keep(kept)
			steps = append(steps, next)
		}
		recording.Conversations = append(recording.Conversations, steps)
	}
	return recording, nil
}

func (s *Step) keep(kept *Recorder) {
	t := kept.turn
	s.Conversation, s.State = t.Conversation, kept.state
	s.Channel, s.Said, s.Pressed, s.Reply, s.Content = t.Channel, t.Said.String(), t.Pressed, t.Reply, t.Content
}

// play sends one message.
func play(ctx context.Context, api http.Handler, begun Step, key messageKey, body []byte) (Step, error) {
	path := beginPath
	if key.step > 0 {
		path += "/" + begun.Conversation + "/messages"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, path, bytes.NewReader(body))
	if err != nil {
		return Step{}, err
	}
	request.RemoteAddr = "127.0.0.1:1" // a request that comes from nowhere is not taken
	request.Header.Set("Content-Type", "application/json")
	if key.step > 0 {
		request.Header.Set("Authorization", "Bearer "+field([]byte(begun.Answer), "token"))
		request.Header.Set("Idempotency-Key", key.String())
	}
	w := &written{header: http.Header{}, status: http.StatusOK}
	api.ServeHTTP(w, request)
	if w.status/100 != 2 || !json.Valid(w.body.Bytes()) {
		return Step{}, fmt.Errorf("answered %d: %s", w.status, w.body.String())
	}
	return Step{Status: w.status, Answer: w.body.String()}, nil
}

// written is an answer that is kept instead of sent.
type written struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *written) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *written) WriteHeader(status int) { w.status = status }

// Write implements http.ResponseWriter.
func (w *written) Write(data []byte) (int, error) { return w.body.Write(data) }
