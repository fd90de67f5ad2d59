package observe

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// slack is what is counted of Slack.
type slack struct {
	deliveries *prometheus.CounterVec
	took       prometheus.Histogram
	retries    prometheus.Counter
	calls      *prometheus.CounterVec
	connected  prometheus.Gauge
	lost       prometheus.Counter
	waiting    prometheus.Gauge
}

func newSlack() slack {
	return slack{
		deliveries: counters("slack_deliveries_total", "What Slack sent, by kind and what became of it.", "kind", "outcome"),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: namespace, Name: "slack_acknowledge_seconds", Help: "How long it took from an arrival until it could be acknowledged.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5},
		}),
		retries:   prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: "slack_retries_total", Help: "What Slack sent again."}),
		calls:     counters("slack_calls_total", "Calls of the Web API by method and how they ended.", "method", "outcome"),
		connected: prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: "slack_connections", Help: "Connections through which Slack sends."}),
		lost:      prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: "slack_connections_lost_total", Help: "Connections to Slack that ended, for whatever reason."}),
		waiting:   prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: "slack_waiting", Help: "Events from Slack that wait or are worked on."}),
	}
}

func (s slack) collectors() []prometheus.Collector {
	return []prometheus.Collector{s.deliveries, s.took, s.retries, s.calls, s.connected, s.lost, s.waiting}
}

// SlackDelivery counts something that Slack sent.
func (m *Metrics) SlackDelivery(kind, outcome string, took time.Duration) {
	m.slack.deliveries.WithLabelValues(among(m.sets.slackKinds, kind), among(m.sets.slackOutcomes, outcome)).Inc()
	m.slack.took.Observe(took.Seconds())
}

// SlackRetry counts something that Slack sent again.
func (m *Metrics) SlackRetry() { m.slack.retries.Inc() }

// SlackCall counts a call of the Web API.
func (m *Metrics) SlackCall(method, outcome string) {
	m.slack.calls.WithLabelValues(among(m.sets.slackMethods, method), among(setOf("answered", "limited", "refused", "failed"), outcome)).Inc()
}

// SlackConnected counts a connection that was opened or lost.
func (m *Metrics) SlackConnected(up bool) {
	if up {
		m.slack.connected.Inc()
		return
	}
	m.slack.connected.Dec()
	m.slack.lost.Inc()
}

// SlackWaiting tells how many events from Slack wait or are worked on.
func (m *Metrics) SlackWaiting(events int) { m.slack.waiting.Set(float64(events)) }
