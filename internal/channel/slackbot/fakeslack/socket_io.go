package fakeslack

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

// read takes what the app sends until the socket ends.
func (s *Slack) read(k *socket) {
	alive := func(string) error {
		k.unheard.Store(0)
		k.heard.Store(time.Now().UnixNano())
		return nil
	}
	k.conn.SetPongHandler(alive)
	for {
		_, frame, err := k.conn.ReadMessage()
		if err != nil {
			break
		}
		_ = alive("")
		s.take(k, frame)
	}
	k.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets = slices.DeleteFunc(s.sockets, func(other *socket) bool { return other == k })
	s.note(Entry{Kind: KindSocket, Socket: k.number, Note: "closed"})
}

// take reads one frame, which answers an envelope.
func (s *Slack) take(k *socket, frame []byte) {
	var ack struct {
		Envelope string          `json:"envelope_id"`
		Payload  json.RawMessage `json:"payload"`
	}
	err := json.Unmarshal(frame, &ack)
	switch {
	case len(frame) >= maxAck:
		s.locked(func() {
			s.note(Entry{Kind: KindStray, Envelope: ack.Envelope, Socket: k.number, Note: "dropped: 20 kB or more"})
		})
	case err != nil || ack.Envelope == "":
		s.locked(func() { s.note(Entry{Kind: KindStray, Socket: k.number, Note: "no envelope id"}) })
	default:
		s.acknowledge(ack.Envelope, ack.Payload, k.number)
	}
}

// write sends frames and pings until the socket ends.
func (s *Slack) write(k *socket) {
	defer k.close()
	ping := time.NewTicker(s.o.PingEvery)
	defer ping.Stop()
	for {
		select {
		case frame := <-k.out:
			_ = k.conn.SetWriteDeadline(time.Now().Add(10 * time.Second)) // fails when closed
			if k.conn.WriteMessage(websocket.TextMessage, frame) != nil {
				return
			}
		case <-ping.C:
			if !s.ping(k) {
				return
			}
		case <-k.gone:
			return
		case <-s.ctx.Done():
			return
		}
	}
}

// ping says whether the socket is still of use.
func (s *Slack) ping(k *socket) bool {
	s.mu.Lock()
	silent := s.silent
	s.mu.Unlock()
	if silent {
		k.unheard.Store(0)
		return true
	}
	if k.unheard.Add(1) > 3 && time.Since(time.Unix(0, k.heard.Load())) > pongPatience {
		return false
	}
	return k.conn.WriteControl(websocket.PingMessage, []byte("Ping from applink-fake"), time.Now().Add(time.Second)) == nil
}
