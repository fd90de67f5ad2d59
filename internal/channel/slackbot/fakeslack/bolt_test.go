package fakeslack_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// TestBolt has an app made with Slack's own SDK talk to the fake, because the fake and passdesk could share
// a wrong idea of Slack. It is optional: it needs npm and the registry.
func TestBolt(t *testing.T) {
	directory := installed(t)
	t.Run("socket mode", func(t *testing.T) {
		s, _ := workspace(t, fakeslack.Options{})
		boltApp(t, directory, s, "SLACK_APP_TOKEN=xapp-fake")
		if !s.Await(wait, func() bool { return s.Sockets() == 1 }) {
			t.Fatal("Bolt did not connect")
		}
		boltConversation(t, s)
		boltReconnects(t, s)
	})
	t.Run("HTTP", func(t *testing.T) {
		s, _ := workspace(t, fakeslack.Options{SigningSecret: boltSecret})
		address := "http://127.0.0.1:" + boltApp(t, directory, s, "SLACK_SIGNING_SECRET="+boltSecret) + "/slack/events"
		s.SendTo(address, address, address)
		boltSignatures(t, s, address)
		boltConversation(t, s)
	})
}

const boltSecret = "8f742231b10e8888abcd99yyyzzz85a5" // of Slack's documentation

// unreachable are npm's words for a registry that does not answer, which is no fault of the fake.
var unreachable = regexp.MustCompile(`E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|HOSTUNREACH|NETUNREACH|TIMEDOUT|SOCKETTIMEOUT|NOTCACHED|403|404|407|5\d\d)\b|ERR_SOCKET_TIMEOUT|network`)

// installed is a directory with the app and what it needs.
func installed(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: Bolt is not fetched from the npm registry")
	}
	for _, name := range []string{"npm", "node"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("Slack's SDK cannot be tried: %v", err)
		}
	}
	directory := t.TempDir()
	for _, name := range []string{"package.json", "package-lock.json", "app.js"} {
		content, err := os.ReadFile(filepath.Join("testdata", "bolt", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(directory, name), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	install := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000")
	install.Dir, install.WaitDelay = directory, 10*time.Second
	if out, err := install.CombinedOutput(); ctx.Err() != nil || err != nil && unreachable.Match(out) {
		t.Skipf("the npm registry cannot be reached: %v\n%s", err, out)
	} else if err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return directory
}

// boltApp starts the app and returns the port it listens on.
func boltApp(t *testing.T, directory string, s *fakeslack.Slack, listening string) (port string) {
	t.Helper()
	app := exec.Command("node", "app.js") // it ends with its input
	app.Dir, app.WaitDelay = directory, 10*time.Second
	app.Env = append(os.Environ(), "SLACK_API_URL="+s.URL()+"/api/", "SLACK_BOT_TOKEN=xoxb-fake", listening)
	var complaints bytes.Buffer
	app.Stderr = &complaints
	in, inErr := app.StdinPipe()
	out, outErr := app.StdoutPipe()
	if err := errors.Join(inErr, outErr, app.Start()); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	t.Cleanup(func() {
		_ = in.Close() // which ends it
		for lines.Scan() {
			t.Logf("Bolt says: %s", lines.Text())
		}
		err := app.Wait()
		if err != nil || strings.Contains(complaints.String(), "error:") || strings.Contains(complaints.String(), "[ERROR]") {
			t.Errorf("Bolt ended with %v: %s", err, &complaints)
		}
	})
	for lines.Scan() {
		if port, ready := strings.CutPrefix(lines.Text(), "ready "); ready {
			return port
		}
	}
	t.Fatalf("Bolt does not start: %s", &complaints)
	return ""
}

// boltSignatures: Bolt takes what the fake signed and nothing else.
func boltSignatures(t *testing.T, s *fakeslack.Slack, address string) {
	t.Helper()
	status, body, err := s.VerifyURL(t.Context(), address, "echo me")
	if err != nil || status != http.StatusOK || !bytes.Contains(body, []byte("echo me")) {
		t.Errorf("the challenge: %d %s %v", status, body, err)
	}
	if status, body, err = s.SSLCheck(t.Context(), address); err != nil || status != http.StatusOK || len(body) > 0 {
		t.Errorf("ssl_check: %d %s %v", status, body, err)
	}
	r, err := s.Request(t.Context(), address, "application/json", []byte(`{"type":"url_verification","challenge":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Slack-Signature", fakeslack.Sign("another secret", time.Now(), []byte(`{"type":"url_verification","challenge":"x"}`)))
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: wait}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close() // nothing is in it
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("a wrong signature is answered with %d", answer.StatusCode)
	}
}
