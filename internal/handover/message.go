package handover

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"passdesk/internal/guide"
)

// message is a packet as a mail (RFC 5322). It is the same for the same packet, its Message-ID too:
// mail programs show a repeated delivery as the mail that they have.
func (m *mailer) message(p Packet) []byte {
	words := m.Words(guide.Language(p.Language))
	var out bytes.Buffer
	for _, header := range [][2]string{
		{"From", m.from.String()},
		{"To", addresses(m.to)},
		{"Subject", subject(p, words)},
		{"Date", p.Time.UTC().Format(time.RFC1123Z)},
		{"Message-ID", "<" + digest(p.ID) + "@" + m.domain() + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		out.WriteString(header[0] + ": " + header[1] + "\r\n")
	}
	out.WriteString("\r\n")
	body := quotedprintable.NewWriter(&out)
	_, _ = body.Write([]byte(mailText(p, words))) // a bytes.Buffer takes everything
	_ = body.Close()
	return out.Bytes()
}

// digest stands for an id where not every character is allowed, and ids can be long.
func digest(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}

// subject is the reference and, on lines of their own, the words. They are encoded (RFC 2047) if they
// are anything but plain ASCII, so no line break in them can end the header.
func subject(p Packet, words MailWords) string {
	encoded := mime.BEncoding.Encode("utf-8", words.Subject)
	return "[" + p.Reference + "]\r\n " + strings.ReplaceAll(encoded, "?= =?", "?=\r\n =?")
}

func addresses(list []mail.Address) string {
	texts := make([]string, len(list))
	for i, address := range list {
		texts[i] = address.String()
	}
	return strings.Join(texts, ",\r\n ")
}
