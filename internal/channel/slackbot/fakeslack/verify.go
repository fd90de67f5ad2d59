package fakeslack

import (
	"context"
	"fmt"
	"net/url"
)

// VerifyURL does what Slack does when somebody enters an Events URL: it posts a challenge, which
// the app must send back.
func (s *Slack) VerifyURL(ctx context.Context, address, challenge string) (status int, body []byte, err error) {
	payload := frameOf(object{"token": "fake", "challenge": challenge, "type": "url_verification"})
	return s.ask(ctx, address, contentJSON, payload)
}

// SSLCheck does what Slack does now and then to the URL of a command.
func (s *Slack) SSLCheck(ctx context.Context, address string) (status int, body []byte, err error) {
	return s.ask(ctx, address, contentForm, []byte(url.Values{"token": {"fake"}, "ssl_check": {"1"}}.Encode()))
}

func (s *Slack) ask(ctx context.Context, address, contentType string, content []byte) (int, []byte, error) {
	r, err := s.Request(ctx, address, contentType, content)
	if err != nil {
		return 0, nil, err
	}
	status, _, body, err := exchange(r)
	if err != nil {
		return 0, nil, fmt.Errorf("ask the app: %w", err)
	}
	return status, body, nil
}
