package observe

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"passdesk/internal/chat"
	"passdesk/internal/redact"
	"passdesk/internal/store"
)

// namespace begins the names of all metrics of this program.
const namespace = "passdesk"

// define says what is counted and how it is called.
func (m *Metrics) define() {
	m.turns = counters("turns_total", "Messages by channel, step of the reply and what became of them.", "channel", "step", "outcome")
	m.turnDuration = prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: namespace, Name: "turn_duration_seconds", Help: "How long the desk took for a message.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
	})
	m.masked = counters("secrets_masked_total", "What was masked in messages, by kind; each kind once a message.", "kind")
	m.requests = counters("http_requests_total", "HTTP requests by route, method and class of status.", "route", "method", "class")
	m.requestTime = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Name: "http_request_duration_seconds", Help: "How long HTTP requests took, from their headers to the end of the answer.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"route"})
	m.inFlight = prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: "in_flight_requests", Help: "Requests that are being worked on."})
	m.panics = prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: "panics_total", Help: "Panics that were caught."})
	m.jobs = gauges("outbox_jobs", "Jobs in the outbox by state.", "state")
	m.oldestWaiting = prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "outbox_oldest_waiting_seconds", Help: "How long the oldest job in the outbox has waited.",
	})
	m.deliveries = counters("outbox_deliveries_total", "Tries of jobs in the outbox by kind and outcome.", "kind", "outcome")
	m.content = gauges("content_info", "The version of the content that answers.", "version")
	m.reloads = counters("content_reloads_total", "Changes of the content by outcome.", "outcome")
	m.slack = newSlack()
	m.storeErrors = counters("store_errors_total", "Operations of the store that went wrong.", "operation")
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func gauges(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// labelSets are the values that labels may have.
type labelSets struct {
	channels, steps, outcomes, secrets, routes, methods, classes, states, kinds, deliveries, reloads, operations map[string]bool

	slackKinds, slackOutcomes, slackMethods map[string]bool
}

func newLabelSets(l Labels) labelSets {
	return labelSets{
		channels: setOf(l.Channels...), routes: setOf(l.Routes...), kinds: setOf(l.Kinds...), operations: setOf(l.Operations...),
		steps:      setOf("", "ask", "answer", "human", "out-of-scope", "greeting", "thanks", "rephrase", chat.StepAgent, chat.StepRelayed),
		outcomes:   setOf(Answered, Repeated, Invalid, NotFound, Busy, Cancelled, Fault),
		secrets:    setOf(redact.Password, redact.Credentials, redact.Code, redact.Email, redact.Phone, redact.Card, redact.Link, redact.Other),
		methods:    setOf(http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions, http.MethodPut, http.MethodPatch, http.MethodDelete),
		classes:    setOf("1xx", "2xx", "3xx", "4xx", "5xx"),
		states:     setOf(store.Waiting, store.Held, store.Done, store.Dead),
		deliveries: setOf("done", "retry", "dead", "returned", "lost"),
		reloads:    setOf("replaced", "refused", "unread"),
		slackKinds: setOf(l.SlackKinds...), slackOutcomes: setOf(l.SlackOutcomes...), slackMethods: setOf(l.SlackMethods...),
	}
}
