package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"passdesk/internal/access"
	"passdesk/internal/channel/api"
	"passdesk/internal/channel/webchat"
	"passdesk/internal/config"
	"passdesk/internal/console"
	"passdesk/internal/desk"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/outbox"
	"passdesk/internal/reload"
	"passdesk/internal/retention"
	"passdesk/internal/store"
)

// beside is what runs beside the HTTP server, each until its context ends.
func (s *service) beside() []func(context.Context) {
	works := []func(context.Context){s.keeper().Run, s.measureOutbox, s.live.Run, s.purgeAccess}
	if s.bot != nil {
		works = append(works, s.bot.Run)
	}
	if s.worker != nil {
		works = append(works, s.worker.Run)
	}
	return works
}

// grace is what deliveries under way are left when the service stops. With http.stop-timeout (5 s), a
// second to cut requests off and three to put deliveries back it makes ten seconds at most.
const grace = time.Second

// Marks of Slack's messages must outlive its repetitions, which come for a day at most.
const (
	leastMarks   = 48 * time.Hour
	purgedAtOnce = 10_000
)

// purgeAccess erases sessions that are over, and counts of attempts that nobody asks for any more.
func (s *service) purgeAccess(ctx context.Context) {
	ticks := time.NewTicker(s.settings.Retention.Interval)
	defer ticks.Stop()
	for {
		now, err := s.store.Now(ctx)
		if err == nil {
			_, err = s.store.PurgeAccess(ctx, now.Add(-access.Remembered))
		}
		if kept := s.settings.Retention.Conversations; err == nil && kept > 0 {
			_, err = s.store.PurgeMarks(ctx, now.Add(-max(kept, leastMarks)), purgedAtOnce)
		}
		if err != nil && ctx.Err() == nil {
			s.metrics.StoreError("erase")
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// newWorker makes what delivers hand-overs.
func (s *service) newWorker() (*outbox.Worker, error) {
	target, err := s.target()
	if err != nil {
		return nil, err
	}
	source := handover.Source{Guide: func() *guide.Guide { return s.desk.Content().Guide }, Turns: s.store.Turns, Decode: desk.DecodeReply}
	h := s.settings.Handover
	kinds := map[string]outbox.Do{handover.Kind: source.Deliver(target)}
	if s.bot != nil {
		maps.Copy(kinds, s.slackWork())
		if h.Target == config.HandoverSlack {
			kinds[handover.Kind] = s.slackHandOver(source)
		}
	}
	return outbox.New(s.store, kinds, outbox.Options{
		Owner: owner(), Attempts: h.Attempts, FirstDelay: h.FirstDelay, LongestDelay: h.LongestDelay, Timeout: h.Timeout, Grace: grace, Logger: s.logger,
		Observe: func(kind, outcome string, _ int, _ time.Duration) { s.metrics.Delivery(kind, outcome) },
	})
}

// owner tells this run of this process from all others.
func owner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown" // the random part tells owners apart
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), rand.Text())
}

// target is who is told of hand-overs.
func (s *service) target() (handover.Target, error) {
	switch h := s.settings.Handover; h.Target {
	case config.HandoverMail:
		return handover.Mail(handover.MailOptions{
			Host: h.Mail.Host, Port: h.Mail.Port, Security: handover.Security(h.Mail.TLS), Username: h.Mail.Username,
			Password: h.Mail.Password.Reveal(), From: h.Mail.From, To: h.Mail.To, Logger: s.logger,
			Words: func(language guide.Language) handover.MailWords { return mailWords(s.desk.Content().Guide, language) },
		})
	case config.HandoverWebhook:
		return handover.Webhook(handover.WebhookOptions{URL: h.Webhook.URL, Secret: h.Webhook.Secret.Reveal()})
	case config.HandoverLog:
		return handover.Log(s.logger), nil
	}
	return func(context.Context, handover.Packet) error { return nil }, nil // agents see it in the console
}

// keeper erases what has been kept long enough.
func (s *service) keeper() *retention.Keeper {
	r := s.settings.Retention
	return &retention.Keeper{
		Store: s.store, Policy: retention.Policy{Conversations: r.Conversations, Work: r.Outbox}, Interval: r.Interval,
		Observe: func(erased retention.Erased, err error) {
			if err != nil {
				s.metrics.StoreError("erase")
				s.logger.Error("retention failed and is tried again", "error", err.Error())
				return
			}
			s.logger.Info("erased what was kept long enough", "conversations", erased.Conversations, "jobs", erased.Jobs)
		},
	}
}

// watcher takes up changes of the content directory that pass the check.
func (s *service) watcher() *reload.Watcher {
	return &reload.Watcher{
		Directory: s.settings.Content, Loaded: s.fingerprint, Every: s.settings.ContentPoll,
		Load: func(context.Context) (func(), error) {
			newer, err := s.program.checked()
			return func() { s.replace(newer) }, err
		},
		Observe: func(outcome string, err error) {
			s.metrics.Reload(outcome)
			if err != nil {
				s.logger.Error("content was not replaced", "outcome", outcome, "error", err.Error())
				return
			}
			s.logger.Info("content was replaced", "content", s.desk.Content().Version)
		},
	}
}

// outboxInterval is how often the outbox is measured.
const outboxInterval = 5 * time.Second

// measureOutbox keeps the metrics of the outbox up to date.
func (s *service) measureOutbox(ctx context.Context) {
	ticks := time.NewTicker(outboxInterval)
	defer ticks.Stop()
	for {
		if waiting, err := s.outbox(ctx); err == nil {
			s.metrics.Outbox(waiting.depth, waiting.oldest, waiting.now)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// waiting is what the outbox holds.
type waiting struct {
	depth       map[store.JobState]int
	oldest, now time.Time
}

func (s *service) outbox(ctx context.Context) (waiting, error) {
	var w waiting
	var err error
	if w.depth, w.oldest, err = s.store.Depth(ctx); err == nil {
		w.now, err = s.store.Now(ctx)
	}
	if err != nil && ctx.Err() == nil {
		s.metrics.StoreError("count jobs")
	}
	return w, err
}

// storeOperations are the operations whose errors are counted.
func storeOperations() []string {
	return append(slices.Concat(api.Operations(), webchat.Operations(), console.Operations()), "keep turn", "erase", "count jobs", "ping")
}
