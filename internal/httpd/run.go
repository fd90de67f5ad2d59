package httpd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// grace is how long handlers may take to notice that they were cut off.
const grace = time.Second

// Run serves until ctx is done, and then until every request that has begun is answered, or
// StopTimeout is over. The error is a *ListenError if the server cannot listen.
func (s *Server) Run(ctx context.Context) error {
	main, err := listen(ctx, s.options.Listen, s.options.MaxConnections)
	if err != nil {
		return err
	}
	listeners := []net.Listener{main}
	if s.options.Metrics != nil && s.options.MetricsListen != "" {
		own, err := listen(ctx, s.options.MetricsListen, s.options.MaxConnections)
		if err != nil {
			return errors.Join(err, main.Close())
		}
		listeners = append(listeners, own)
	}
	s.shareMetrics.Store(s.options.Metrics != nil && len(listeners) == 1 && isLocal(main.Addr()))
	return s.serve(ctx, listeners)
}

// serve serves on listeners: the first is for everybody, the second for metrics.
func (s *Server) serve(ctx context.Context, listeners []net.Listener) error {
	base, cut := context.WithCancel(context.WithoutCancel(ctx)) // requests outlive ctx
	defer cut()
	handlers := []http.Handler{s.handler, s.outermost(s.metricsOnly())}
	ready := []func(net.Addr){s.options.Ready, s.options.MetricsReady}
	failed := make(chan error, len(listeners))
	var servers []*http.Server
	for i, l := range listeners {
		server := s.server(base, handlers[i])
		servers = append(servers, server)
		go func() { failed <- server.Serve(l) }()
		s.options.Logger.Info("listening", slog.String("address", l.Addr().String()), slog.Bool("metrics_only", i > 0))
		ready[i](l.Addr())
	}
	select {
	case err := <-failed:
		failed <- err // it counts below
	case <-ctx.Done():
		s.stopping.Store(true)
		s.options.Logger.Info("stopping", slog.Int64("requests", s.active.Load()))
		time.Sleep(max(0, s.options.StopDelay))
	}
	s.stopping.Store(true)
	faults := []error{s.stop(servers, cut)}
	for range servers {
		if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
			faults = append(faults, fmt.Errorf("serve: %w", err))
		}
	}
	return errors.Join(faults...)
}

func (s *Server) server(base context.Context, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: s.options.ReadHeaderTimeout,
		ReadTimeout:       s.options.ReadTimeout,
		WriteTimeout:      s.options.WriteTimeout,
		IdleTimeout:       s.options.IdleTimeout,
		MaxHeaderBytes:    s.options.MaxHeaderBytes,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(s.options.Logger.Handler(), slog.LevelWarn),
	}
}

// stop lets requests that have begun come to their end, and cuts those off that do not.
func (s *Server) stop(servers []*http.Server, cut func()) error {
	ctx, cancel := context.WithTimeout(context.Background(), max(0, s.options.StopTimeout))
	defer cancel()
	var late error
	for _, server := range servers {
		if err := server.Shutdown(ctx); err != nil {
			late = err
		}
	}
	if late == nil {
		return nil
	}
	left := s.active.Load()
	cut()
	for _, server := range servers {
		_ = server.Close() // what it cannot close is gone
	}
	for waited := time.Duration(0); s.active.Load() > 0 && waited < grace; waited += time.Millisecond {
		time.Sleep(time.Millisecond)
	}
	if left == 0 {
		return nil // connections only, on which nothing was asked
	}
	return fmt.Errorf("stop: %d requests were not done after %s", left, s.options.StopTimeout)
}

// isLocal reports whether an address can be reached from this machine only.
func isLocal(address net.Addr) bool {
	tcp, ok := address.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// metricsOnly is what is served at the address for metrics. How the service is can be asked there too,
// where no crowd of clients takes all the places.
func (s *Server) metricsOnly() http.Handler {
	mux := http.NewServeMux()
	if s.options.Metrics != nil {
		mux.HandleFunc("/metrics", readOnly(s.options.Metrics.ServeHTTP))
	}
	mux.HandleFunc("/healthz", readOnly(healthz))
	mux.HandleFunc("/readyz", readOnly(s.readyz))
	mux.HandleFunc("/", notFound)
	return mux
}
