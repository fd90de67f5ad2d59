package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"passdesk/internal/channel/api"
	"passdesk/internal/config"
	"passdesk/internal/desk"
	"passdesk/internal/handover"
	"passdesk/internal/httpd"
	"passdesk/internal/observe"
	"passdesk/internal/outbox"
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
			s, err := p.newService(c.Context(), settings, c.ErrOrStderr())
			if err != nil {
				return err
			}
			return s.run(c.Context())
		},
	})
}

// idle is after how long without a word a conversation starts afresh: whoever comes back the next day
// has another window before them.
const idle = 24 * time.Hour

// service is everything that `passdesk serve` runs, wired together.
type service struct {
	program  *program
	settings config.Settings
	logger   *slog.Logger
	metrics  *observe.Metrics
	store    *sqlstore.Store
	desk     *desk.Desk
	worker   *outbox.Worker // nil if nobody is told of hand-overs
}

// newService opens and builds everything, bottom up. What fails is one line for the operator.
func (p *program) newService(ctx context.Context, settings config.Settings, logs io.Writer) (*service, error) {
	s := &service{program: p, settings: settings, logger: observe.Logger(logs, settings.Log.Level, string(settings.Log.Format))}
	var err error
	if s.metrics, err = observe.NewMetrics(labels()); err != nil {
		return nil, err
	}
	content, err := p.answering()
	if err != nil {
		return nil, err
	}
	if s.store, err = openStore(ctx, settings, s.logger, true); err != nil {
		return nil, err
	}
	options := desk.Options{Idle: idle, Observe: s.observeTurn}
	if settings.Handover.Target != config.HandoverNone {
		options.HandOver, options.Wake = true, func() { s.worker.Wake() }
	}
	s.desk = desk.New(content, s.store, options)
	s.metrics.Content(content.Version)
	if options.HandOver {
		if s.worker, err = s.newWorker(); err != nil {
			return nil, errors.Join(usageError{err}, s.store.Close())
		}
	}
	return s, nil
}

// labels are the sets that labels of metrics are taken from.
func labels() observe.Labels {
	l := observe.Labels{Channels: []string{api.Channel}, Kinds: []string{handover.Kind}, Operations: storeOperations()}
	l.Routes = append(httpd.Routes(), apiPrefix)
	for _, route := range api.Routes() {
		l.Routes = append(l.Routes, route.Pattern)
	}
	return l
}

func (s *service) observeTurn(t observe.Turn) {
	s.metrics.Turn(t)
	t.Log(context.Background(), s.logger)
}

// run works until ctx is done. Then no new requests are taken, those that were are answered, and what
// runs beside comes to its end; the database is closed last.
func (s *service) run(ctx context.Context) error {
	beside, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	for _, work := range s.beside() {
		all.Go(func() { work(beside) })
	}
	err := s.serveHTTP(ctx)
	stop() // it may have failed to listen
	all.Wait()
	return errors.Join(err, s.store.Close())
}
