package handover

import (
	"errors"
	"fmt"
	"net/textproto"
	"strings"

	"passdesk/internal/outbox"
)

// fault is the error of a step: with its reason, and permanent if trying again cannot help.
func (m *mailer) fault(step string, err error) error {
	fault := fmt.Errorf("%w: %w", outbox.Reason(m.reason(step, err)), err)
	if temporary(step, err) {
		return fault
	}
	return outbox.Permanent{Err: fault}
}

// reason tells where and how it failed: the server's codes, but not its words, which may quote
// addresses or anything else.
func (m *mailer) reason(step string, err error) string {
	how := outbox.Class(err)
	if known, ok := errors.AsType[outbox.Reason](err); ok {
		how = string(known)
	}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		how = strings.TrimSpace(fmt.Sprintf("%d %s", answer.Code, status(answer.Msg)))
	}
	return fmt.Sprintf("mail server %s, %s: %s", m.Host, step, how)
}

// temporary reports whether the same mail may be taken later. All is temporary but a 5xx answer to the
// text itself and a mail that is too long (5.3.4, 5.2.3). What a server refuses before says nothing of
// the mail but of the server, the account or the addresses: an operator can put them right. So can one
// with these answers to the text: 530, 534, 535 and 538 (log in first, or otherwise), a policy (5.7.x),
// a full mailbox (5.2.2), and 552 (no room).
func temporary(step string, err error) bool {
	answer, ok := errors.AsType[*textproto.Error](err)
	if !ok || answer.Code < 500 {
		return true
	}
	enhanced := status(answer.Msg)
	switch {
	case enhanced == "5.3.4", enhanced == "5.2.3":
		return false
	case step != stepText, enhanced == "5.2.2", strings.HasPrefix(enhanced, "5.7."):
		return true
	}
	switch answer.Code {
	case 530, 534, 535, 538, 552:
		return true
	}
	return false
}

// status is the enhanced status code (RFC 3463) that an answer begins with, "" if there is none.
func status(answer string) string {
	code, _, _ := strings.Cut(answer, " ")
	code, _, _ = strings.Cut(code, "\n")
	parts := strings.Split(code, ".")
	if len(parts) != 3 || len(code) > 9 {
		return ""
	}
	for _, part := range parts {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return ""
		}
	}
	return code
}
