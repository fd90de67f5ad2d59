package handover_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"passdesk/internal/guide"
	"passdesk/internal/handover"
)

const password = "canary-smtp-password"

func mailTo(s *mailServer, trust *tls.Config) handover.MailOptions {
	o := handover.MailOptions{
		Host: "127.0.0.1", Port: s.port, Security: handover.NoTLS, TLS: trust,
		From: "Desk <desk@example.com>", To: []string{"support@example.com"}, Words: words,
	}
	switch {
	case s.implicit:
		o.Security = handover.Implicit
	case s.tls != nil:
		o.Security = handover.StartTLS
	}
	return o
}

func target(t *testing.T, o handover.MailOptions) handover.Target {
	t.Helper()
	send, err := handover.Mail(o)
	if err != nil {
		t.Fatal(err)
	}
	return send
}

func within(t *testing.T, limit time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}

// TestMail reads what arrives as a mail program does, in both languages.
func TestMail(t *testing.T) {
	for _, language := range guide.Languages() {
		s := &mailServer{}
		s.start(t)
		o := mailTo(s, nil)
		o.To = []string{"One <one@example.com>", "二番 <two@example.com>"}
		send, p := target(t, o), packet(t, string(language))
		for range 2 {
			if err := send(within(t, 30*time.Second), p); err != nil {
				t.Fatal(err)
			}
		}
		mails := s.kept()
		if len(mails) != 2 || mails[0] != mails[1] {
			t.Fatalf("%d mails; the same packet should make the same mail", len(mails))
		}
		contains(t, s.heard(), "EHLO example.com", "MAIL FROM:<desk@example.com>", "RCPT TO:<one@example.com>", "RCPT TO:<two@example.com>")
		read, err := mail.ReadMessage(strings.NewReader(mails[0]))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
		if want := "[" + p.Reference + "] " + words(language).Subject; err != nil || subject != want {
			t.Errorf("subject %q (%v), want %q", subject, err, want)
		}
		if date, err := read.Header.Date(); err != nil || !date.Equal(p.Time) {
			t.Errorf("date %s (%v), want %s", date, err, p.Time)
		}
		if to, err := read.Header.AddressList("To"); err != nil || len(to) != 2 || to[1].Name != "二番" {
			t.Errorf("to %v (%v)", to, err)
		}
		if read.Header.Get("Auto-Submitted") != "auto-generated" || !strings.HasSuffix(read.Header.Get("Message-ID"), "@example.com>") {
			t.Errorf("headers %v", read.Header)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(read.Body))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "mail."+string(language)+".txt", strings.ReplaceAll(string(body), "\r\n", "\n"))
		lines(t, mails[0])
	}
}

// lines fails for what a mail must not have: long lines, bare line ends, bytes that are not ASCII.
func lines(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 78 || strings.ContainsAny(line, "\r\n\x00") || strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
}

// TestNobodyWritesHeaders: whatever is in the packet or the words, the header stays as it is, and
// nothing looks like a line of the desk's own.
func TestNobodyWritesHeaders(t *testing.T) {
	s := &mailServer{}
	s.start(t)
	evil := "x\r\nBcc: victim@example.com\r\n\r\n.\r\nMAIL FROM:<evil@example.com>\n== What is known ==\n\u202egnirts\x1b[31m\u2028Desk: yes"
	o := mailTo(s, nil)
	o.Words = func(guide.Language) handover.MailWords {
		return handover.MailWords{Subject: evil, Customer: "Customer", Desk: "Desk", Agent: "Agent: "}
	}
	p := packet(t, "en")
	p.ID, p.Channel, p.Conversation = evil, evil, evil
	p.Transcript = []handover.Turn{
		{Sequence: 1, Said: masked(evil), Desk: "fine"},
		{Sequence: 2, Time: noon, Said: masked(evil), Agent: &handover.Agent{Action: "say", Name: evil}},
	}
	if err := target(t, o)(within(t, 30*time.Second), p); err != nil {
		t.Fatal(err)
	}
	mails := s.kept()
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	read, err := mail.ReadMessage(strings.NewReader(mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	if len(read.Header) != 9 || read.Header.Get("Bcc") != "" {
		t.Errorf("headers %v", read.Header)
	}
	lines(t, mails[0])
	body, err := io.ReadAll(quotedprintable.NewReader(read.Body))
	if err != nil {
		t.Fatal(err)
	}
	_, transcript, _ := strings.Cut(string(body), "Customer:\r\n")
	for line := range strings.SplitSeq(transcript, "\r\n") {
		ours := line == "" || line == "Desk:" || line == "2. 2026-11-22 12:00:00 UTC" || strings.HasPrefix(line, "Agent: x ")
		if !ours && !strings.HasPrefix(line, "    ") {
			t.Errorf("%q stands at the margin", line)
		}
	}
	if strings.ContainsAny(string(body), "\u202e\x1b\u2028") {
		t.Errorf("control characters in %q", body)
	}
}

func TestMailSecurity(t *testing.T) {
	tests := []struct {
		name         string
		encrypted    bool // the server can
		implicit     bool
		capabilities []string
		change       func(*handover.MailOptions)
		fate, reason string
		heard        string
	}{
		{"starttls", true, false, []string{"STARTTLS", "AUTH LOGIN PLAIN"}, nil, "done", "", "TLS AUTH PLAIN " + plainLogin("desk", password)},
		{"implicit", true, true, []string{"AUTH PLAIN"}, nil, "done", "", "TLS AUTH PLAIN " + plainLogin("desk", password)},
		{"loopback in the open", false, false, []string{"AUTH PLAIN"}, nil, "done", "", "AUTH PLAIN"},
		{"stripped", true, false, []string{"AUTH PLAIN"}, nil, "retry", "mail server 127.0.0.1, encryption: the server offers no encryption", ""},
		{"no certificate that we trust", true, false, []string{"STARTTLS"}, func(o *handover.MailOptions) { o.TLS = nil }, "retry", "mail server 127.0.0.1, encryption: certificate not accepted", ""},
		{"certificate of another", true, true, nil, func(o *handover.MailOptions) { o.Host = "localhost" }, "retry", "mail server localhost, greeting: certificate not accepted", ""},
		{"no plain login", true, true, []string{"AUTH CRAM-MD5 XPLAIN"}, nil, "retry", "mail server 127.0.0.1, login: the server offers no login with AUTH PLAIN", ""},
		{"no TLS there", false, false, nil, func(o *handover.MailOptions) { o.Security = handover.Implicit }, "retry", "mail server 127.0.0.1, greeting: no TLS on this port", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server, trust := certificate(t)
			s := &mailServer{implicit: test.implicit, capabilities: test.capabilities}
			if test.encrypted {
				s.tls = server
			}
			s.start(t)
			o := mailTo(s, trust)
			o.Username, o.Password = "desk", password
			if test.change != nil {
				test.change(&o)
			}
			err := target(t, o)(within(t, 30*time.Second), packet(t, "en"))
			if fate(err) != test.fate || reason(err) != test.reason {
				t.Errorf("%s, %q (%v); want %s, %q", fate(err), reason(err), err, test.fate, test.reason)
			}
			contains(t, s.heard(), test.heard)
			if sent := len(s.kept()) > 0; sent != (test.fate == "done") {
				t.Errorf("mail arrived: %v", sent)
			}
			if test.fate != "done" && strings.Contains(s.heard(), "AUTH") {
				t.Errorf("the password was sent: %s", s.heard())
			}
		})
	}
}

// TestWhatMailServersAnswer tries every step with every kind of refusal.
func TestWhatMailServersAnswer(t *testing.T) {
	tests := []struct {
		at, answer, fate, reason string
	}{
		{"GREETING", "421 4.3.2 going down canary", "retry", "greeting: 421 4.3.2"},
		{"GREETING", "554 we do not know you", "retry", "greeting: 554"},
		{"GREETING", "cut", "retry", "greeting: connection closed"},
		{"AUTH", "535 5.7.8 wrong canary", "retry", "login: 535 5.7.8"},
		{"AUTH", "454 4.7.0 later", "retry", "login: 454 4.7.0"},
		{"MAIL", "451 4.3.0 later", "retry", "sender: 451 4.3.0"},
		{"MAIL", "530 5.7.0 log in first", "retry", "sender: 530 5.7.0"},
		{"MAIL", "550 5.7.1 never", "retry", "sender: 550 5.7.1"},
		{"MAIL", "552 5.3.4 too long", "permanent", "sender: 552 5.3.4"},
		{"RCPT", "450 4.2.1 grey", "retry", "recipient: 450 4.2.1"},
		{"RCPT", "452 4.2.2 full", "retry", "recipient: 452 4.2.2"},
		{"RCPT", "550 5.1.1 <support@example.com> canary", "retry", "recipient: 550 5.1.1"},
		{"RCPT", "552 no room", "retry", "recipient: 552"},
		{"RCPT", "550 5.2.2 full", "retry", "recipient: 550 5.2.2"},
		{"RCPT", "550-5.1.1 two\r\n550 5.1.1 lines", "retry", "recipient: 550 5.1.1"},
		{"RCPT", "550 1.2.3.4 is on a list", "retry", "recipient: 550"},
		{"RCPT", "cut", "retry", "recipient: connection closed"},
		{"DATA", "554 5.7.1 no", "retry", "text: 554 5.7.1"},
		{"DATA", "no number", "retry", "text: error of type textproto.ProtocolError"},
		{"END", "451 4.7.1 later", "retry", "text: 451 4.7.1"},
		{"END", "554 5.6.0 looks like spam", "permanent", "text: 554 5.6.0"},
		{"END", "cut", "retry", "text: connection closed"},
		{"QUIT", "cut", "done", ""},
		{"QUIT", "500 what?", "done", ""},
	}
	for _, test := range tests {
		t.Run(test.at+" "+test.answer, func(t *testing.T) {
			s := &mailServer{capabilities: []string{"AUTH PLAIN"}}
			s.answer = func(command string) string {
				if strings.HasPrefix(command, test.at) {
					return test.answer
				}
				return ""
			}
			s.start(t)
			o := mailTo(s, nil)
			o.Username, o.Password = "desk", password
			err := target(t, o)(within(t, 30*time.Second), packet(t, "en"))
			want := test.reason
			if want != "" {
				want = "mail server 127.0.0.1, " + want
			}
			if fate(err) != test.fate || reason(err) != want {
				t.Errorf("%s, %q (%v); want %s, %q", fate(err), reason(err), err, test.fate, want)
			}
		})
	}
}

// TestMailTakesNoLongerThanItMay: a server that says nothing, at whatever step, and one that talks for ever.
func TestMailTakesNoLongerThanItMay(t *testing.T) {
	for _, at := range []string{"GREETING", "EHLO", "MAIL", "END"} {
		s := &mailServer{answer: func(command string) string {
			if strings.HasPrefix(command, at) {
				return "hang"
			}
			return ""
		}}
		s.start(t)
		began := time.Now()
		err := target(t, mailTo(s, nil))(within(t, 100*time.Millisecond), packet(t, "en"))
		if fate(err) != "retry" || !strings.HasSuffix(reason(err), "timed out") || time.Since(began) > 30*time.Second {
			t.Errorf("%s: %v after %s", at, err, time.Since(began))
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		if err := target(t, mailTo(s, nil))(ctx, packet(t, "en")); fate(err) != "retry" || time.Since(began) > 30*time.Second {
			t.Errorf("%s, cancelled: %v after %s", at, err, time.Since(began))
		}
	}
	s := &mailServer{answer: func(command string) string {
		if strings.HasPrefix(command, "MAIL") {
			return strings.Repeat("250-and another thing\r\n", 10_000) + "250 fine"
		}
		return ""
	}}
	s.start(t)
	if err := target(t, mailTo(s, nil))(within(t, 30*time.Second), packet(t, "en")); reason(err) != "mail server 127.0.0.1, sender: the server talks too much" {
		t.Errorf("%q", reason(err))
	}
}

// TestOneRecipientOfTwo: who can be reached is told; that the other cannot is logged.
func TestOneRecipientOfTwo(t *testing.T) {
	for _, answers := range [][2]string{{"550 5.1.1 moved canary", ""}, {"", "450 4.2.1 later canary"}, {"550 5.1.1 no", "450 4.2.1 later"}, {"550 5.1.1 no", "550 5.1.1 no"}} {
		s := &mailServer{answer: func(command string) string {
			switch {
			case strings.HasPrefix(command, "RCPT TO:<one"):
				return answers[0]
			case strings.HasPrefix(command, "RCPT TO:<two"):
				return answers[1]
			}
			return ""
		}}
		s.start(t)
		var log bytes.Buffer
		o := mailTo(s, nil)
		o.To, o.Logger = []string{"one@example.com", "two@example.com"}, slog.New(slog.NewTextHandler(&log, nil))
		err := target(t, o)(within(t, 30*time.Second), packet(t, "en"))
		want := "done"
		if answers[0] != "" && answers[1] != "" {
			want = "retry" // an operator can put the addresses right
		}
		if fate(err) != want || (len(s.kept()) == 1) != (want == "done") || !strings.Contains(log.String(), "refused") || strings.Contains(log.String(), "canary") {
			t.Errorf("%v: %v, %d mails, log %s; want %s", answers, err, len(s.kept()), log.String(), want)
		}
	}
}

func TestMailOptions(t *testing.T) {
	tests := []struct {
		change func(*handover.MailOptions)
		want   string
	}{
		{func(o *handover.MailOptions) { o.Host = "" }, "no host"},
		{func(o *handover.MailOptions) { o.Port = 70000 }, "port"},
		{func(o *handover.MailOptions) { o.To = nil }, "no recipient"},
		{func(o *handover.MailOptions) { o.To = []string{"nobody"} }, `to "nobody"`},
		{func(o *handover.MailOptions) { o.To = []string{"a@example.com\r\nBcc: b@example.com"} }, "to "},
		{func(o *handover.MailOptions) { o.From = "desk" }, `from "desk"`},
		{func(o *handover.MailOptions) { o.Words = nil }, "no words"},
		{func(o *handover.MailOptions) { o.Security = "ssl" }, `unknown security "ssl"`},
		{func(o *handover.MailOptions) { o.Host, o.Username = "mail.example.com", "desk" }, "without TLS"},
	}
	for _, test := range tests {
		o := mailTo(&mailServer{port: 25}, nil)
		o.Password = password
		test.change(&o)
		_, err := handover.Mail(o)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), password) {
			t.Errorf("%v, want %q", err, test.want)
		}
	}
}

// TestNoMailServer: nobody listens.
func TestNoMailServer(t *testing.T) {
	s := &mailServer{}
	s.start(t)
	_ = s.listener.Close()
	err := target(t, mailTo(s, nil))(within(t, 30*time.Second), packet(t, "en"))
	if fate(err) != "retry" || reason(err) != "mail server 127.0.0.1, connection: connection refused" {
		t.Errorf("%v, %q", err, reason(err))
	}
}
