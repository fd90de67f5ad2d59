package fakeslack

import (
	"encoding/json"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	maxAck       = 20 * 1024 // bytes; Slack drops longer answers and says nothing
	socketQueue  = 4096
	pongPatience = 2 * time.Second
)

// socket is one WebSocket of the app.
type socket struct {
	number   int
	conn     *websocket.Conn
	out      chan []byte
	gone     chan struct{}
	once     sync.Once
	draining bool         // sent away
	unheard  atomic.Int64 // pings without any sign of life
	heard    atomic.Int64 // Unix nanoseconds
}

// send puts a frame into the queue; a socket whose queue is full is of no use any more.
func (k *socket) send(frame []byte) bool {
	select {
	case k.out <- frame:
		return true
	default:
		k.close()
		return false
	}
}

func (k *socket) close() {
	k.once.Do(func() {
		close(k.gone)
		_ = k.conn.Close() // without a close frame, like a cut
	})
}

func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	good := s.tickets[ticket]
	delete(s.tickets, ticket)
	f := s.fault("socket")
	s.mu.Unlock()
	s.pause(r.Context(), f.Delay)
	switch {
	case f.CutBefore || f.CutAfter:
		cut(w)
		return
	case f.Status != 0 || !good:
		w.WriteHeader(max(f.Status, http.StatusForbidden))
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	k := &socket{conn: conn, out: make(chan []byte, socketQueue), gone: make(chan struct{})}
	s.welcome(k, r.URL.Query().Has("debug_reconnects"))
}

// welcome greets a socket and starts to serve it.
func (s *Slack) welcome(k *socket, debug bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		k.close()
		return
	}
	s.register(k, debug)
	s.work.Go(func() { s.write(k) })
	s.work.Go(func() { s.read(k) })
}

func (s *Slack) register(k *socket, debug bool) {
	k.heard.Store(time.Now().UnixNano())
	k.number = 1
	for _, e := range s.journal {
		if e.Kind == KindSocket && e.Note != "closed" {
			k.number++
		}
	}
	note := "opened"
	if debug {
		note = "opened with debug_reconnects"
	}
	s.note(Entry{Kind: KindSocket, Socket: k.number, Note: note})
	s.sockets = append(s.sockets, k)
	k.send(frameOf(object{"type": "hello", "num_connections": len(s.sockets), "connection_info": object{"app_id": AppID},
		"debug_info": object{"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18060}}))
	if len(s.sockets) > s.o.MaxSockets {
		s.sendAway(k, "too_many_websockets")
	}
}

// frameOf is what the fake made itself as JSON.
func frameOf(o any) []byte {
	frame, err := json.Marshal(o)
	if err != nil {
		return nil
	}
	return frame
}

// next is the socket whose turn it is. The lock is held.
func (s *Slack) next() *socket {
	for range s.sockets {
		s.turn++
		if k := s.sockets[s.turn%len(s.sockets)]; !k.draining {
			return k
		}
	}
	return nil
}
