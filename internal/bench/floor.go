package bench

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"passdesk/internal/redact"
	"passdesk/internal/store"
)

// ServeFloor runs the floor on an address until ctx ends, and logs where it listens.
func ServeFloor(ctx context.Context, address string, kept store.Conversations, r Recording, logger *slog.Logger) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("serve floor: %w", err)
	}
	server := &http.Server{Handler: Floor(kept, r), ReadHeaderTimeout: patience}
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() { stopped <- server.Shutdown(context.WithoutCancel(ctx)) })
	logger.Info("listening", "address", l.Addr().String())
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve floor: %w", err)
	}
	return <-stopped
}

// Floor is the least that a server of this API can do: it reads the body, loads the conversation,
// keeps a turn as large as the desk's and answers the same bytes. It masks, understands, decides and
// words nothing, limits nobody, and neither counts nor logs.
func Floor(kept store.Conversations, r Recording) http.Handler {
	f := &floor{kept: kept, recording: r}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+beginPath, f.begin)
	mux.HandleFunc("POST "+beginPath+"/{conversation}/messages", f.message)
	return mux
}

type floor struct {
	kept      store.Conversations
	recording Recording
}

// begin begins a conversation. Which one of the script it will be is not known yet; its first step
// is of about the same size in all of them.
func (f *floor) begin(w http.ResponseWriter, r *http.Request) {
	step := f.recording.Conversations[0][0]
	id := strings.ToLower(rand.Text() + rand.Text())[:len(step.Conversation)]
	step.Answer = strings.ReplaceAll(step.Answer, step.Conversation, id)
	f.turn(w, r, id, rand.Text(), step)
}

func (f *floor) message(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("Idempotency-Key")
	step, ok := f.recording.step(key)
	if !ok {
		http.Error(w, "not of the script", http.StatusBadRequest)
		return
	}
	f.turn(w, r, r.PathValue("conversation"), key, step)
}

// step finds what a message key of the script stands for.
func (r Recording) step(key string) (Step, bool) {
	first, rest, _ := strings.Cut(key, ".")
	second, _, _ := strings.Cut(rest, ".")
	which, wrong := strconv.Atoi(first)
	step, err := strconv.Atoi(second)
	if wrong != nil || err != nil || which < 0 || which >= len(r.Conversations) || step < 0 || step >= len(r.Conversations[which]) {
		return Step{}, false
	}
	return r.Conversations[which][step], true
}

// said is all that the API takes.
type said struct {
	Text, Change, Command, Language, Locale string
	Choose                                  struct{ Fact, Value string }
}

func (f *floor) turn(w http.ResponseWriter, r *http.Request, conversation, key string, step Step) {
	body, err := io.ReadAll(r.Body)
	var message said
	if err == nil {
		err = json.Unmarshal(body, &message)
	}
	if err == nil {
		err = f.keep(r.Context(), conversation, key, step)
	}
	if err != nil {
		http.Error(w, "floor: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(step.Answer)))
	w.WriteHeader(step.Status)
	_, _ = io.WriteString(w, step.Answer) // a client that is gone needs no answer
}

func (f *floor) keep(ctx context.Context, conversation, key string, step Step) error {
	before, _, err := f.kept.Load(ctx, conversation, key)
	if err != nil {
		return err
	}
	var masked redact.Text
	if err := masked.Scan(step.Said); err != nil { // it comes from a store, as Scan demands
		return err
	}
	return f.kept.Commit(ctx, store.Turn{
		Conversation: conversation, Channel: step.Channel, Sequence: before.Version + 1, Message: key, At: time.Now(),
		Said: masked, Pressed: step.Pressed, Reply: step.Reply, Content: step.Content,
	}, step.State)
}
