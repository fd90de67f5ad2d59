package handover_test

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// mailServer is an SMTP server on loopback that keeps to its script.
type mailServer struct {
	port         int
	tls          *tls.Config
	implicit     bool
	capabilities []string
	// answer overrides what the server says to a command, which may be "GREETING" or "END" (of the
	// text); "" for the usual, "hang" to say nothing, "cut" to close the connection.
	answer func(command string) string

	listener net.Listener
	sessions sync.WaitGroup
	mutex    sync.Mutex
	commands []string // of all sessions; those over TLS begin with "TLS "
	mails    []string
}

// certificate is that of a server that calls itself 127.0.0.1, and how to trust it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	transport, ok := s.Client().Transport.(*http.Transport)
	if !ok {
		t.Fatal("no certificate")
	}
	return &tls.Config{Certificates: s.TLS.Certificates}, transport.TLSClientConfig
}

func (s *mailServer) start(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.listener, s.port = listener, listener.Addr().(*net.TCPAddr).Port
	s.sessions.Go(func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			s.sessions.Go(func() { s.serve(connection) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); s.sessions.Wait() })
}

func (s *mailServer) serve(connection net.Conn) {
	defer func() { _ = connection.Close() }()
	_ = connection.SetDeadline(time.Now().Add(40 * time.Second))
	over := ""
	if s.implicit {
		connection, over = tls.Server(connection, s.tls), "TLS "
	}
	in := bufio.NewReader(connection)
	// say answers a command; false ends the session.
	say := func(command, usual string) bool {
		text := usual
		if s.answer != nil {
			if other := s.answer(command); other != "" {
				text = other
			}
		}
		switch text {
		case "hang":
			_, _ = io.Copy(io.Discard, connection) // until the client goes
			return false
		case "cut":
			return false
		}
		_, err := io.WriteString(connection, text+"\r\n")
		return err == nil && (text == usual || !strings.HasPrefix(command, "GREETING"))
	}
	if !say("GREETING", "220 test") {
		return
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.note(over + line)
		switch verb, _, _ := strings.Cut(line, " "); strings.ToUpper(verb) {
		case "EHLO":
			if !say(line, s.hello()) {
				return
			}
		case "STARTTLS":
			if !say(line, "220 go on") {
				return
			}
			connection, over = tls.Server(connection, s.tls), "TLS "
			in = bufio.NewReader(connection)
		case "AUTH":
			if !say(line, "235 2.7.0 welcome") {
				return
			}
		case "DATA":
			if !say(line, "354 go on") {
				return
			}
			text := s.text(in)
			if !say("END", "250 2.0.0 kept") {
				return
			}
			s.keep(text)
		case "QUIT":
			say(line, "221 bye")
			return
		default:
			if !say(line, "250 2.1.0 fine") {
				return
			}
		}
	}
}

func (s *mailServer) hello() string {
	lines := append([]string{"test"}, s.capabilities...)
	for i := range lines {
		lines[i] = "250-" + lines[i]
	}
	lines[len(lines)-1] = strings.Replace(lines[len(lines)-1], "250-", "250 ", 1)
	return strings.Join(lines, "\r\n")
}

// text reads up to the lonely dot and takes back the doubled ones.
func (s *mailServer) text(in *bufio.Reader) string {
	var text strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return text.String()
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
}

func (s *mailServer) note(command string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.commands = append(s.commands, command)
}

func (s *mailServer) keep(mail string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.mails = append(s.mails, mail)
}

func (s *mailServer) kept() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]string{}, s.mails...)
}

func (s *mailServer) heard() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return strings.Join(s.commands, "\n")
}

func plainLogin(name, password string) string {
	return base64.StdEncoding.EncodeToString([]byte("\x00" + name + "\x00" + password))
}
