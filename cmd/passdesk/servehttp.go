package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"passdesk/internal/channel/api"
	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/webchat"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/httpd"
	"passdesk/internal/observe"
	"passdesk/internal/store"
)

// apiPrefix is where paths of the API begin.
const apiPrefix = "/api/"

// serveHTTP serves until ctx is done and every request that was taken has been answered.
func (s *service) serveHTTP(ctx context.Context) error {
	h := s.settings.HTTP
	mounts, err := s.mounts(ctx)
	if err != nil {
		return usageError{err}
	}
	err = httpd.New(httpd.Options{
		Listen: s.settings.Listen, Mounts: mounts, Checks: s.checks(),
		Observer: s.metrics, Logger: s.logger, Metrics: s.metrics.Handler(s.logger), MetricsListen: h.MetricsListen,
		ReadTimeout: h.ReadTimeout, WriteTimeout: h.WriteTimeout, IdleTimeout: h.IdleTimeout, StopDelay: h.StopDelay, StopTimeout: h.StopTimeout,
	}).Run(ctx)
	var cannotListen *httpd.ListenError
	if errors.As(err, &cannotListen) {
		return usageError{err}
	}
	return err
}

// mounts are all paths. They share the places in which requests are worked on.
func (s *service) mounts(ctx context.Context) (map[string]http.Handler, error) {
	gate := httpd.NewGate(s.settings.Limits.Queue, s.metrics.InFlight)
	programs, err := s.api(gate)
	if err != nil {
		return nil, err
	}
	customers, err := s.web(gate, ctx.Done())
	if err != nil {
		return nil, err
	}
	mounts := map[string]http.Handler{apiPrefix: programs, "/": customers, picturesPrefix: s.pictures()}
	if s.settings.Console.Enabled {
		if mounts[consolePrefix], err = s.agents(ctx.Done()); err != nil {
			return nil, err
		}
		mounts[strings.TrimSuffix(consolePrefix, "/")] = http.RedirectHandler(consolePrefix, http.StatusSeeOther)
	}
	if s.bot != nil && !s.settings.Slack.SigningSecret.IsZero() {
		mounts[slackbot.Path] = s.bot
	}
	return mounts, nil
}

// checks are what must be well for requests to come here.
func (s *service) checks() []httpd.Check {
	channels := httpd.Check{Name: "channels", Look: func(context.Context) httpd.Health {
		return httpd.Health{Details: map[string]any{"open": []string{api.Channel, webchat.Channel}}}
	}}
	if s.bot != nil {
		channels.Look = s.lookAtSlack
	}
	return []httpd.Check{
		channels,
		{Name: "content", Look: func(context.Context) httpd.Health {
			return httpd.Health{Details: map[string]any{"version": s.desk.Content().Version}}
		}},
		{Name: "database", Look: func(ctx context.Context) httpd.Health {
			if err := s.store.Ping(ctx); err != nil {
				s.metrics.StoreError("ping")
				return httpd.Health{Reason: "unavailable"}
			}
			return httpd.Health{}
		}},
		{Name: "outbox", Look: s.lookAtOutbox},
	}
}

// lookAtOutbox tells how much waits. Deliveries that fail are for people to look after; they are no
// reason to send customers elsewhere.
func (s *service) lookAtOutbox(ctx context.Context) httpd.Health {
	w, err := s.outbox(ctx)
	if err != nil {
		return httpd.Health{Reason: "unavailable"}
	}
	details := map[string]any{"waiting": w.depth[store.Waiting], "held": w.depth[store.Held], "dead": w.depth[store.Dead]}
	if !w.oldest.IsZero() {
		details["oldest_waiting_seconds"] = int(max(0, w.now.Sub(w.oldest)).Seconds())
	}
	return httpd.Health{Details: details}
}

// api is the JSON API over the desk and the store.
func (s *service) api(gate *httpd.Gate) (http.Handler, error) {
	h, l := s.settings.HTTP, s.settings.Limits
	return api.New(api.Options{
		Handle: s.desk.Handle, Transcript: s.transcript, Enter: gate.Enter, Fault: s.fault,
		AllowedOrigins: h.AllowedOrigins, TrustedProxies: h.TrustedProxies, BodyLimit: h.BodyLimit,
		Limits: api.Limits{
			MessagesPerMinute: l.MessagesPerMinute, ConversationsPerHour: l.ConversationsPerHour, RequestsPerMinute: l.RequestsPerMinute,
		},
	})
}

// transcript is a part of a conversation as it was kept: what the customer wrote is masked.
func (s *service) transcript(ctx context.Context, conversation string, after int64, limit int) (api.Transcript, error) {
	turns, err := s.store.Turns(ctx, conversation, after, limit)
	if err == nil && len(turns) == 0 { // at its end, or not there: a conversation has at least one turn
		var first []store.Turn
		if first, err = s.store.Turns(ctx, conversation, 0, 1); err == nil && len(first) == 0 {
			return api.Transcript{}, chat.ErrNotFound
		}
	}
	if err != nil {
		return api.Transcript{}, asBusy(err)
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

// asBusy turns the store's errors into the channel's.
func asBusy(err error) error {
	if errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrClosed) {
		return fmt.Errorf("%w: %w", chat.ErrBusy, err)
	}
	return err
}

// fault tells of what a client sees as an internal error only.
func (s *service) fault(ctx context.Context, operation, conversation string, err error) {
	s.metrics.StoreError(operation)
	attributes := append(httpd.RequestAttributes(ctx),
		slog.String("operation", operation), slog.Any("conversation", observe.ID(conversation)), slog.String("error", err.Error()))
	s.logger.LogAttrs(ctx, slog.LevelError, "request failed", attributes...)
}
