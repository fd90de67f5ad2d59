package fakeslack

import (
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

// Disconnect tells every socket to go: warning, refresh_requested, too_many_websockets or
// link_disabled. After a warning a socket goes on as before; after the others it gets no more
// envelopes and is closed.
func (s *Slack) Disconnect(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range slices.Clone(s.sockets) {
		s.sendAway(k, reason)
	}
}

// DisconnectOldest does the same to the one socket that is open longest.
func (s *Slack) DisconnectOldest(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sockets) > 0 {
		s.sendAway(s.sockets[0], reason)
	}
}

func (s *Slack) sendAway(k *socket, reason string) {
	k.send(frameOf(object{"type": "disconnect", "reason": reason, "num_connections": len(s.sockets),
		"debug_info": object{"host": "applink-fake"}, "connection_info": object{"app_id": AppID}}))
	s.note(Entry{Kind: KindSocket, Socket: k.number, Note: "closed soon: " + reason})
	if reason == "warning" || s.closed {
		return
	}
	k.draining = true
	s.work.Go(func() {
		s.pause(s.ctx, s.o.Linger)
		farewell := websocket.FormatCloseMessage(websocket.CloseNormalClosure, reason)
		_ = k.conn.WriteControl(websocket.CloseMessage, farewell, time.Now().Add(time.Second)) // it may be gone
		k.close()
	})
}

// CutSockets ends every socket without a word.
func (s *Slack) CutSockets() {
	s.mu.Lock()
	open := slices.Clone(s.sockets)
	s.sockets = nil
	s.mu.Unlock()
	for _, k := range open {
		k.close()
	}
}

// StopPings keeps the sockets open and silent, as a dead connection is.
func (s *Slack) StopPings(stop bool) {
	s.locked(func() { s.silent = stop })
}

// Sockets counts those that take envelopes.
func (s *Slack) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, k := range s.sockets {
		if !k.draining {
			n++
		}
	}
	return n
}

// Frame sends any text on the next socket, valid or not, and says whether there was one.
func (s *Slack) Frame(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.next()
	return k != nil && k.send([]byte(text))
}
