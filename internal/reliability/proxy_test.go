//go:build linux

package reliability_test

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// proxy stands between the server and its database. It can cut connections at the worst moment: when
// the database has done what it was told and the server has not heard of it.
type proxy struct {
	testing.TB
	listener net.Listener
	target   string
	every    atomic.Int64 // each so many-th answer is swallowed and its connection cut; 0: none
	answers  atomic.Int64
	cuts     atomic.Int64

	mutex sync.Mutex
	open  map[net.Conn]bool
	all   sync.WaitGroup
}

func newProxy(tb testing.TB, target string) *proxy {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(tb, err)
	p := &proxy{TB: tb, listener: listener, target: target, open: map[net.Conn]bool{}}
	p.all.Go(p.accept)
	tb.Cleanup(p.close)
	return p
}

func (p *proxy) close() {
	_ = p.listener.Close() // nobody needs it any more
	p.mutex.Lock()
	for c := range p.open {
		_ = c.Close()
	}
	p.mutex.Unlock()
	p.all.Wait()
}

func (p *proxy) accept() {
	for {
		from, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.all.Go(func() { p.connect(from) })
	}
}

func (p *proxy) connect(from net.Conn) {
	to, err := net.Dial("tcp", p.target)
	if err != nil {
		_ = from.Close()
		return
	}
	p.keep(true, from, to)
	defer p.keep(false, from, to)
	both := func() { _ = from.Close(); _ = to.Close() }
	p.all.Go(func() {
		defer both()
		_, _ = io.Copy(to, from) // however it ends, it is the end
	})
	defer both()
	p.answer(from, to)
}

func (p *proxy) keep(open bool, connections ...net.Conn) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, c := range connections {
		if delete(p.open, c); open {
			p.open[c] = true
		}
	}
}

// answer passes on what the database says, until an answer is to be swallowed.
func (p *proxy) answer(server, database net.Conn) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := database.Read(buffer)
		if every := p.every.Load(); n > 0 && every > 0 && p.answers.Add(1)%every == 0 {
			p.cuts.Add(1)
			return
		}
		if _, failed := server.Write(buffer[:n]); err != nil || failed != nil {
			return
		}
	}
}
