package fakeslack

import (
	"encoding/json"
	"time"
)

// Types of envelopes.
const (
	typeEvents      = "events_api"
	typeInteractive = "interactive"
	typeCommands    = "slash_commands"
)

const (
	maxRetries    = 3
	reasonTimeout = "timeout"

	errTimeout  = "operation_timeout" // what Slack tells the person
	errDispatch = "dispatch_failed"
)

// delivery is something on its way to the app, over all attempts.
type delivery struct {
	kind, inner, eventID string
	payload              json.RawMessage
	accepts              bool // an answer with a payload
	attempt              int
	reason               string // why the attempt before failed
	apply                func(payload json.RawMessage) Ack
	answer               *Answer
}

// sent is one attempt of a delivery.
type sent struct {
	d     *delivery
	entry *Entry
	at    time.Time
	url   string               // over HTTP
	acked chan json.RawMessage // room for one
	lost  bool                 // there was no socket
}

// deliver sends something and follows it up. The lock is held.
func (s *Slack) deliver(d *delivery) *Answer {
	if d.answer == nil {
		d.answer = &Answer{s: s}
	}
	d.answer.done = make(chan struct{})
	if s.closed {
		d.answer.finish(Ack{Error: errDispatch})
		return d.answer
	}
	first := s.start(d)
	s.work.Go(func() { s.follow(d, first) })
	return d.answer
}

// start makes an attempt. Over a socket it is on its way at once, so that what comes first goes
// first; over HTTP follow does it. The lock is held.
func (s *Slack) start(d *delivery) *sent {
	p := &sent{d: d, at: time.Now(), url: s.to[d.kind], acked: make(chan json.RawMessage, 1)}
	p.entry = s.note(Entry{Kind: KindDelivery, Envelope: s.uuid(), Type: d.kind, Inner: d.inner, EventID: d.eventID,
		Payload: d.payload, Attempt: d.attempt})
	if p.url != "" {
		return p
	}
	to := s.next()
	if to == nil {
		p.entry.Note, p.lost = "no socket", true
		return p
	}
	envelope := object{"envelope_id": p.entry.Envelope, "type": d.kind, "payload": d.payload, "accepts_response_payload": d.accepts}
	if d.kind == typeEvents {
		envelope["retry_attempt"], envelope["retry_reason"] = d.attempt, d.reason
	}
	frame, err := json.Marshal(envelope)
	if err != nil {
		p.entry.Note, p.lost = "not JSON", true
		return p
	}
	s.waiting[p.entry.Envelope] = p
	p.entry.Sent, p.entry.Socket = to.send(frame), to.number
	return p
}

// follow waits for the answer to an attempt and makes the next one, as long as Slack would.
func (s *Slack) follow(d *delivery, p *sent) {
	for {
		payload, failure := s.outcome(p)
		if failure == "" {
			s.finish(d, payload)
			return
		}
		again := d.kind == typeEvents && d.attempt < min(maxRetries, len(s.o.RetryAfter)) && failure != reasonRefused
		if again {
			s.pause(s.ctx, s.o.RetryAfter[d.attempt])
			p, again = s.retry(d, failure)
		}
		if !again {
			s.locked(s.touch)
			d.answer.finish(Ack{Error: d.personal(failure)})
			return
		}
	}
}

// retry makes the next attempt unless the workspace is closed.
func (s *Slack) retry(d *delivery, failure string) (*sent, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, false
	}
	d.attempt++
	d.reason = failure
	return s.start(d), true
}

// personal is what the person is told of a failure.
func (d *delivery) personal(failure string) string {
	if failure == reasonTimeout || failure == reasonHTTPTimeout {
		return errTimeout
	}
	return errDispatch
}

// outcome waits for the answer to an attempt, or says why there is none.
func (s *Slack) outcome(p *sent) (json.RawMessage, string) {
	switch {
	case p.url != "":
		return s.post(p)
	case p.lost && p.d.kind == typeEvents:
		return nil, reasonTimeout
	case p.lost:
		return nil, errDispatch
	}
	deadline := time.NewTimer(s.o.AckWithin)
	defer deadline.Stop()
	select {
	case payload := <-p.acked:
		return payload, ""
	case <-deadline.C:
	case <-s.ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.entry.Acked { // just in time
		return p.entry.Reply, ""
	}
	p.entry.Late = true
	return nil, reasonTimeout
}

// finish does what the answer asks for.
func (s *Slack) finish(d *delivery, payload json.RawMessage) {
	ack := Ack{OK: true, Payload: payload}
	s.mu.Lock()
	if d.apply != nil {
		ack = d.apply(payload)
		ack.OK, ack.Payload = true, payload
	}
	s.touch()
	s.mu.Unlock()
	d.answer.finish(ack)
}

// acknowledge takes an answer that came over a socket.
func (s *Slack) acknowledge(envelope string, payload json.RawMessage, from int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.waiting[envelope]
	if p == nil || p.entry.After > 0 {
		s.note(Entry{Kind: KindStray, Envelope: envelope, Reply: payload, Socket: from, Note: "answers nothing that waits"})
		return
	}
	p.entry.After = max(time.Since(p.at), 1)
	s.touch()
	if p.entry.Late {
		return
	}
	p.entry.Acked = true
	if p.d.accepts {
		p.entry.Reply = payload
	}
	p.acked <- p.entry.Reply
}
