package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"passdesk/internal/chat"
	"passdesk/internal/httpd/problem"
)

// ask brings a message to the desk, or refuses the request.
func (a *api) ask(w http.ResponseWriter, r *http.Request, operation string, m chat.Message) (reply chat.Reply, ok bool) {
	ok = a.work(w, r, operation, m.Conversation, func(ctx context.Context) (err error) {
		reply, err = a.options.Handle(ctx, m)
		return err
	})
	return whole(reply), ok
}

// work does what a request asks for once there is a place for it. The place is given back before
// the answer is written: a client that reads slowly keeps nobody waiting.
func (a *api) work(w http.ResponseWriter, r *http.Request, operation, conversation string, do func(context.Context) error) bool {
	leave, ok := a.options.Enter()
	if !ok {
		problem.Of(problem.Overloaded).Write(w)
		return false
	}
	err := func() error {
		defer leave() // also if do panics
		ctx, cancel := context.WithTimeout(r.Context(), a.options.Timeout)
		defer cancel()
		return do(ctx)
	}()
	if err != nil {
		a.refuse(w, r, operation, conversation, err)
	}
	return err == nil
}

// refuse tells the client what an error of the desk means for it. The error itself it never sees:
// it may quote the message.
func (a *api) refuse(w http.ResponseWriter, r *http.Request, operation, conversation string, err error) {
	code := problem.Internal
	switch {
	case errors.Is(err, chat.ErrInvalid):
		code = problem.InvalidMessage
	case errors.Is(err, chat.ErrNotFound):
		code = problem.NotFound
	case errors.Is(err, chat.ErrBusy), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		code = problem.Busy
	default:
		a.options.Fault(r.Context(), operation, conversation, err)
	}
	problem.Of(code).Write(w)
}

// answer writes a document.
func (a *api) answer(w http.ResponseWriter, r *http.Request, status int, document any) {
	body, err := json.Marshal(document)
	if err != nil {
		a.options.Fault(r.Context(), opEncode, r.PathValue("conversation"), err)
		problem.Of(problem.Internal).Write(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that is gone needs no answer
}

// whole is a reply without nulls, which clients would have to expect beside empty lists.
func whole(reply chat.Reply) chat.Reply {
	if reply.Facts == nil {
		reply.Facts = map[string]string{}
	}
	if reply.Choices == nil {
		reply.Choices = []chat.Choice{}
	}
	if reply.Commands == nil {
		reply.Commands = []chat.Button{}
	}
	return reply
}
