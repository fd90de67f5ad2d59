package observe

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"passdesk/internal/store"
)

// Labels are the closed sets that labels are taken from. Whatever is not in its set counts as
// "other".
type Labels struct {
	Channels   []string // of conversations
	Routes     []string // patterns of the HTTP side
	Kinds      []string // of work in the outbox
	Operations []string // of the store

	SlackKinds, SlackOutcomes, SlackMethods []string // of what Slack sends, and of its Web API
}

// Metrics count what the service does. They are safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry

	turns         *prometheus.CounterVec
	turnDuration  prometheus.Histogram
	masked        *prometheus.CounterVec
	requests      *prometheus.CounterVec
	requestTime   *prometheus.HistogramVec
	inFlight      prometheus.Gauge
	panics        prometheus.Counter
	jobs          *prometheus.GaugeVec
	oldestWaiting prometheus.Gauge
	deliveries    *prometheus.CounterVec
	content       *prometheus.GaugeVec
	reloads       *prometheus.CounterVec
	storeErrors   *prometheus.CounterVec
	slack         slack

	sets labelSets
}

// NewMetrics makes metrics with a registry of their own.
func NewMetrics(l Labels) (*Metrics, error) {
	m := &Metrics{registry: prometheus.NewRegistry(), sets: newLabelSets(l)}
	m.define()
	var faults []error
	for _, collector := range append(m.slack.collectors(), []prometheus.Collector{
		m.turns, m.turnDuration, m.masked, m.requests, m.requestTime, m.inFlight, m.panics, m.jobs, m.oldestWaiting,
		m.deliveries, m.content, m.reloads, m.storeErrors,
		collectors.NewBuildInfoCollector(), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	}...) {
		faults = append(faults, m.registry.Register(collector))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("register metrics: %w", err)
	}
	return m, nil
}

// Handler serves the metrics. What goes wrong is logged.
func (m *Metrics) Handler(logger *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelError), MaxRequestsInFlight: maxScrapes, Timeout: scrapeTimeout,
	})
}

// Scrapes are cheap, but not free.
const (
	maxScrapes    = 4
	scrapeTimeout = 10 * time.Second
)

// Turn counts a message.
func (m *Metrics) Turn(t Turn) {
	m.turns.WithLabelValues(among(m.sets.channels, string(t.Channel)), among(m.sets.steps, string(t.Step)), among(m.sets.outcomes, string(t.Outcome))).Inc()
	m.turnDuration.Observe(t.Duration.Seconds())
	for _, kind := range t.Found {
		m.masked.WithLabelValues(among(m.sets.secrets, string(kind))).Inc()
	}
}

// Request counts a request that was answered.
func (m *Metrics) Request(route, method string, status int, took time.Duration) {
	route, method = among(m.sets.routes, route), among(m.sets.methods, method)
	m.requests.WithLabelValues(route, method, among(m.sets.classes, class(status))).Inc()
	m.requestTime.WithLabelValues(route).Observe(took.Seconds())
}

// class is the class of a status, such as 4xx.
func class(status int) string { return fmt.Sprintf("%dxx", status/100) }

// InFlight notes that the number of requests being worked on changed.
func (m *Metrics) InFlight(change int) { m.inFlight.Add(float64(change)) }

// Panic counts a panic that was caught.
func (m *Metrics) Panic() { m.panics.Inc() }

// Outbox notes how many jobs of each state there are and since when the oldest waits; the zero time
// if none does.
func (m *Metrics) Outbox(depth map[store.JobState]int, oldest, now time.Time) {
	for state := range m.sets.states {
		m.jobs.WithLabelValues(state).Set(float64(depth[store.JobState(state)]))
	}
	waited := 0.0
	if !oldest.IsZero() {
		waited = max(0, now.Sub(oldest).Seconds())
	}
	m.oldestWaiting.Set(waited)
}

// Delivery counts a try of a job. The outcomes are those of package outbox.
func (m *Metrics) Delivery(kind, outcome string) {
	m.deliveries.WithLabelValues(among(m.sets.kinds, kind), among(m.sets.deliveries, outcome)).Inc()
}

// Content notes which version of the content answers now.
func (m *Metrics) Content(version string) {
	m.content.Reset()
	m.content.WithLabelValues(ID(version).shown()).Set(1)
}

// Reload counts a change of content. The outcomes are those of package reload.
func (m *Metrics) Reload(outcome string) {
	m.reloads.WithLabelValues(among(m.sets.reloads, outcome)).Inc()
}

// StoreError counts an operation of the store that went wrong.
func (m *Metrics) StoreError(operation string) {
	m.storeErrors.WithLabelValues(among(m.sets.operations, operation)).Inc()
}
