package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"

	"passdesk/internal/canned"
	"passdesk/internal/channel/api"
	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/webchat"
	"passdesk/internal/config"
	"passdesk/internal/console"
	"passdesk/internal/desk"
	"passdesk/internal/handover"
	"passdesk/internal/httpd"
	"passdesk/internal/live"
	"passdesk/internal/observe"
	"passdesk/internal/outbox"
	"passdesk/internal/picture"
	"passdesk/internal/reload"
	"passdesk/internal/store/sqlstore"
)

func (p *program) serve() *cobra.Command {
	return withSettings(&cobra.Command{
		Use:   "serve",
		Short: "answer customers over HTTP",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			settings, err := p.settings(c)
			if err != nil {
				return err
			}
			p.content = settings.Content
			collectLess()
			s, err := p.newService(c.Context(), settings, c.ErrOrStderr())
			if err != nil {
				return err
			}
			return s.run(c.Context())
		},
	})
}

// garbage is how much may be allocated before the garbage is collected, in per cent of what lives: the
// service lives on little, so that memory is cheap and collecting costs a tenth of its time. That holds
// up to plenty, in bytes: above it, with thousands of pages that listen, memory is what is dear.
const (
	garbage = 400
	plenty  = 200 << 20
)

// collectLess sets that, unless GOGC or GOMEMLIMIT say something else.
func collectLess() {
	const usual = 100
	if before := debug.SetGCPercent(garbage); before != usual {
		debug.SetGCPercent(before)
	}
	if before := debug.SetMemoryLimit(plenty); before != math.MaxInt64 {
		debug.SetMemoryLimit(before)
	}
}

// remembered is how many conversations are kept in memory beside SQLite, about 2 KB each.
const remembered = 10_000

// service is everything that `passdesk serve` runs, wired together.
type service struct {
	program  *program
	settings config.Settings

	fingerprint string // of the content directory, before it was loaded

	logger  *slog.Logger
	metrics *observe.Metrics
	store   *sqlstore.Store
	desk    *desk.Desk
	live    *live.Hub // who has a conversation open
	artist  *picture.Artist
	library atomic.Pointer[canned.Library]
	worker  *outbox.Worker // nil if there is nothing to be done elsewhere
	bot     *slackbot.Bot  // nil without Slack
}

// newService opens and builds everything, bottom up. What fails is one line for the operator.
func (p *program) newService(ctx context.Context, settings config.Settings, logs io.Writer) (*service, error) {
	s := &service{program: p, settings: settings, logger: observe.Logger(logs, settings.Log.Level, string(settings.Log.Format))}
	var err error
	if s.metrics, err = observe.NewMetrics(labels()); err != nil {
		return nil, err
	}
	if s.artist, err = picture.New(); err != nil {
		return nil, err
	}
	first, err := s.firstContent()
	if err != nil {
		return nil, err
	}
	if s.store, err = openStore(ctx, settings, s.logger, true); err != nil {
		return nil, err
	}
	s.live = live.New(s.store.Versions, live.Options{Logger: s.logger})
	options := desk.Options{Idle: settings.Idle, Observe: s.observeTurn, Kept: s.live.Committed}
	if settings.Handover.Target != config.HandoverNone {
		options.HandOver = true
	}
	if hasSlack(settings) && settings.Slack.SupportChannel != "" {
		options.Relay = relayKind
	}
	options.Wake = func() { s.worker.Wake() } // only a turn that caused work is told, and then there is one
	if settings.Database.URL.IsZero() {
		options.Remember = remembered // nobody else writes turns into a file that is open exclusively
	}
	s.desk = desk.New(first.Content, &watchedStore{Conversations: s.store, metrics: s.metrics, logger: s.logger}, options)
	s.replace(first)
	if hasSlack(settings) {
		if s.bot, err = s.slackApp(ctx); err != nil {
			return nil, errors.Join(usageError{err}, s.store.Close())
		}
	}
	if options.HandOver || s.bot != nil {
		if s.worker, err = s.newWorker(); err != nil {
			return nil, errors.Join(usageError{err}, s.store.Close())
		}
	}
	return s, nil
}

// firstContent is what the service begins with. What is embedded has been checked when it was built.
func (s *service) firstContent() (content, error) {
	if s.settings.Content == "" {
		return s.program.answering()
	}
	var err error
	if s.fingerprint, err = reload.Fingerprint(s.settings.Content); err != nil {
		return content{}, err
	}
	return s.program.checked()
}

// replace takes content up: the desk, and what agents find in it.
func (s *service) replace(newer content) {
	s.library.Store(canned.New(newer.Guide, newer.hiragana))
	s.desk.Replace(newer.Content)
	s.metrics.Content(newer.Version)
	if s.bot != nil {
		s.bot.Refresh(context.Background())
	}
}

// labels are the sets that labels of metrics are taken from.
func labels() observe.Labels {
	l := observe.Labels{
		Channels: []string{api.Channel, webchat.Channel, slackbot.Channel, desk.AgentChannel}, Kinds: []string{handover.Kind, slackbot.Channel, relayKind},
		Operations: storeOperations(), SlackKinds: slackbot.Kinds(), SlackOutcomes: slackbot.Outcomes(), SlackMethods: slackbot.Methods(),
	}
	l.Routes = append(httpd.Routes(), apiPrefix, consolePrefix, picturesPrefix)
	for _, route := range api.Routes() {
		l.Routes = append(l.Routes, route.Pattern)
	}
	for _, route := range webchat.Routes() {
		l.Routes = append(l.Routes, route.Pattern)
	}
	for _, route := range console.Routes() {
		l.Routes = append(l.Routes, route.Pattern)
	}
	return l
}

func (s *service) observeTurn(t observe.Turn) {
	s.metrics.Turn(t)
	t.Log(context.Background(), s.logger)
}

// run works until ctx is done. Then no new requests are taken and those that were are answered; then
// what runs beside comes to its end; the database is closed last.
func (s *service) run(ctx context.Context) error {
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var all sync.WaitGroup
	for _, work := range s.beside() {
		all.Go(func() { work(beside) })
	}
	if s.settings.Content != "" {
		go s.watcher().Run(beside) // not waited for: content that is just being learnt is of no use any more
	}
	err := s.serveHTTP(ctx)
	stop()
	all.Wait()
	return errors.Join(err, s.store.Close())
}
