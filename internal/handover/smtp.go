package handover

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/smtp"
	"strings"
	"time"

	"passdesk/internal/outbox"
)

// maxAnswers bounds what a mail server may say in one session, in bytes.
const maxAnswers = 64 << 10

// step is a part of a session with a mail server; its name goes into the reason of a failure.
type step struct {
	name string
	take func(*smtp.Client) error
}

// Names of steps that the judgement of errors knows.
const (
	stepSender    = "sender"
	stepRecipient = "recipient"
	stepText      = "text"
)

// send brings a message to the server. It is done once the server said that it has the message,
// whatever happens after that.
func (m *mailer) send(ctx context.Context, message []byte) error {
	connection, err := m.dial(ctx)
	if err != nil {
		return m.fault("connection", err)
	}
	defer func() { _ = connection.Close() }()
	client, err := smtp.NewClient(connection, m.Host)
	if err != nil {
		return m.fault("greeting", err)
	}
	steps := []step{
		{"hello", func(c *smtp.Client) error { return c.Hello(m.domain()) }},
		{"encryption", m.encrypt},
		{"login", m.login},
		{stepSender, func(c *smtp.Client) error { return c.Mail(m.from.Address) }},
		{stepRecipient, m.recipients},
		{stepText, func(c *smtp.Client) error { return write(c, message) }},
	}
	for _, s := range steps {
		if err := s.take(client); err != nil {
			return m.fault(s.name, err)
		}
	}
	_ = client.Quit() // a courtesy
	return nil
}

// dial connects. When ctx ends, so does whatever waits for the server.
func (m *mailer) dial(ctx context.Context) (net.Conn, error) {
	plain, err := (&net.Dialer{}).DialContext(ctx, "tcp", m.address())
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		if err := plain.SetDeadline(deadline); err != nil {
			_ = plain.Close()
			return nil, err
		}
	}
	stop := context.AfterFunc(ctx, func() { _ = plain.SetDeadline(time.Unix(1, 0)) })
	var connection net.Conn = &bounded{Conn: plain, left: maxAnswers, stop: stop}
	if m.Security == Implicit {
		connection = tls.Client(connection, m.tls())
	}
	return connection, nil
}

// bounded is a connection from which only so much can be read.
type bounded struct {
	net.Conn
	left int
	stop func() bool
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, outbox.Reason("the server talks too much")
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func (b *bounded) Close() error {
	b.stop()
	return b.Conn.Close()
}

func (m *mailer) encrypt(c *smtp.Client) error {
	if m.Security != StartTLS {
		return nil
	}
	if offered, _ := c.Extension("STARTTLS"); !offered {
		return outbox.Reason("the server offers no encryption")
	}
	return c.StartTLS(m.tls())
}

func (m *mailer) login(c *smtp.Client) error {
	if m.Username == "" {
		return nil
	}
	_, ways := c.Extension("AUTH")
	if !strings.Contains(" "+strings.ToUpper(ways)+" ", " PLAIN ") {
		return outbox.Reason("the server offers no login with AUTH PLAIN")
	}
	return c.Auth(smtp.PlainAuth("", m.Username, m.Password, m.Host))
}

// recipients fails only if the server takes none of them: one that moved away must not keep the
// customer from the others.
func (m *mailer) recipients(c *smtp.Client) error {
	var refused []error
	for i, to := range m.to {
		if err := c.Rcpt(to.Address); err != nil {
			refused = append(refused, err)
			m.Logger.Warn("recipient of hand-overs refused", slog.Int("number", i+1), slog.String("reason", m.reason(stepRecipient, err)))
		}
	}
	if len(refused) < len(m.to) {
		return nil
	}
	return hopeful(refused)
}

// hopeful returns an error for which trying again may help, if there is one.
func hopeful(refused []error) error {
	for _, err := range refused {
		if temporary(stepRecipient, err) {
			return err
		}
	}
	return errors.Join(refused...)
}

func write(c *smtp.Client, message []byte) error {
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return w.Close() // waits for the server's word that it has the message
}
