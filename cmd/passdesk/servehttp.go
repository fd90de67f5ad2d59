package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"passdesk/internal/channel/api"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
)

func (s *service) serveHTTP(ctx context.Context) error {
	h, err := s.api()
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", h)
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, r *http.Request) {})
	mux.Handle("/metrics", s.metrics.Handler(s.logger))
	l, err := net.Listen("tcp", s.settings.Listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.WithoutCancel(ctx))
	}()
	s.logger.Info("listening", "address", l.Addr().String())
	_ = server.Serve(l)
	return nil
}

// api is the JSON API over the desk and the store.
func (s *service) api() (http.Handler, error) {
	h, l := s.settings.HTTP, s.settings.Limits
	return api.New(api.Options{
		Handle: s.desk.Handle, Transcript: s.transcript, Fault: s.fault,
		AllowedOrigins: h.AllowedOrigins, TrustedProxies: h.TrustedProxies, BodyLimit: h.BodyLimit,
		Limits: api.Limits{
			MessagesPerMinute: limit(l.MessagesPerMinute), ConversationsPerHour: limit(l.ConversationsPerHour), RequestsPerMinute: limit(l.RequestsPerMinute),
		},
	})
}

// limit is a setting as the API takes it, where zero is the default and not "none".
func limit(setting int) int {
	if setting == 0 {
		return -1
	}
	return setting
}

// transcript is a part of a conversation as it was kept: what the customer wrote is masked.
func (s *service) transcript(ctx context.Context, conversation string, after int64, limit int) (api.Transcript, error) {
	turns, err := s.store.Turns(ctx, conversation, after, limit)
	if err != nil {
		return api.Transcript{}, err
	}
	if len(turns) == 0 { // at its end, or not there: a conversation has at least one turn
		first, err := s.store.Turns(ctx, conversation, 0, 1)
		if err != nil {
			return api.Transcript{}, err
		}
		if len(first) == 0 {
			return api.Transcript{}, chat.ErrNotFound
		}
	}
	var t api.Transcript
	for _, turn := range turns {
		reply, err := desk.DecodeReply(turn.Reply)
		if err != nil {
			return t, err
		}
		t.Turns = append(t.Turns, api.Turn{Sequence: turn.Sequence, At: turn.At, Said: turn.Said.String(), Pressed: turn.Pressed, Reply: reply})
	}
	return t, nil
}

// fault tells of what a client sees as an internal error only.
func (s *service) fault(_ context.Context, operation, conversation string, err error) {
	s.metrics.StoreError(operation)
	s.logger.Error("request failed", "operation", operation, "conversation", conversation, "error", err.Error())
}
