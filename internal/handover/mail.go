package handover

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"strconv"
	"strings"

	"passdesk/internal/guide"
)

// Security is how the connection to a mail server is protected.
type Security string

// The ways of protecting mail. With StartTLS a server that offers no encryption gets no mail.
const (
	StartTLS Security = "starttls" // begins in the open, goes on only encrypted
	Implicit Security = "implicit" // encrypted from the first byte
	NoTLS    Security = "none"     // for servers on this machine or a network of its own; nobody logs in unless on this machine
)

// MailOptions say how hand-overs are mailed.
type MailOptions struct {
	Host     string // name or address of the mail server; its certificate must be for it
	Port     int
	Security Security
	Username string // "" to send without logging in
	Password string
	From     string      // RFC 5322: desk@example.com or Desk <desk@example.com>
	To       []string    // at least one, same form
	TLS      *tls.Config // whom to trust; nil for the system's certificates
	// Words are those of the mail in a language, as the content has them.
	Words  func(guide.Language) MailWords
	Logger *slog.Logger // is told of recipients that were refused while others were not; nil for none
}

// Mail is a target that mails packets. The error names the option that does not fit; it never holds
// the password.
func Mail(o MailOptions) (Target, error) {
	m, err := newMailer(o)
	if err != nil {
		return nil, fmt.Errorf("set up mail: %w", err)
	}
	return func(ctx context.Context, p Packet) error {
		if err := m.send(ctx, m.message(p)); err != nil {
			return fmt.Errorf("send mail: %w", err)
		}
		return nil
	}, nil
}

// mailer is MailOptions, checked.
type mailer struct {
	MailOptions
	from mail.Address
	to   []mail.Address
}

func newMailer(o MailOptions) (*mailer, error) {
	m := &mailer{MailOptions: o}
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("from %q: %w", o.From, err)
	}
	m.from = *from
	for _, text := range o.To {
		to, err := mail.ParseAddress(text)
		if err != nil {
			return nil, fmt.Errorf("to %q: %w", text, err)
		}
		m.to = append(m.to, *to)
	}
	if m.Logger == nil {
		m.Logger = slog.New(slog.DiscardHandler)
	}
	return m, m.check()
}

func (m *mailer) check() error {
	switch {
	case m.Host == "" || m.Port < 1 || m.Port > 65535:
		return errors.New("no host, or no port between 1 and 65535")
	case len(m.to) == 0:
		return errors.New("no recipient")
	case m.Words == nil:
		return errors.New("no words")
	case m.Security != StartTLS && m.Security != Implicit && m.Security != NoTLS:
		return fmt.Errorf("unknown security %q", m.Security)
	case m.Username != "" && m.Security == NoTLS && !takesLogin(m.Host):
		return errors.New("logging in without TLS would show the password to the network")
	}
	return nil
}

func (m *mailer) address() string { return net.JoinHostPort(m.Host, strconv.Itoa(m.Port)) }

// domain is the part of the sender's address behind the @. It names this program to the server, too.
func (m *mailer) domain() string {
	_, domain, _ := strings.Cut(m.from.Address[strings.LastIndexByte(m.from.Address, '@'):], "@")
	return domain
}

// tls returns the settings of a connection to the server.
func (m *mailer) tls() *tls.Config {
	c := &tls.Config{}
	if m.TLS != nil {
		c = m.TLS.Clone()
	}
	c.ServerName = m.Host
	return c
}

// takesLogin reports whether package smtp logs in there without encryption: it knows these names of
// this machine and no others.
func takesLogin(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}

// isLoopback reports whether a host is this machine, and so what goes there unencrypted is seen by nobody.
func isLoopback(host string) bool {
	address := net.ParseIP(host)
	return host == "localhost" || address != nil && address.IsLoopback()
}
