package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// ask makes a request and returns what came of it.
func ask(t *testing.T, r *http.Request) (status int, header http.Header, body string) {
	t.Helper()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close() // it was read
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(raw)
}

func request(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sees waits until a person sees a message, as the page does.
func sees(t *testing.T, at *httptest.Server, user, text string) scene {
	t.Helper()
	return awaits(t, at, user, text, func(now scene) bool {
		return slices.ContainsFunc(now.Places, func(p place) bool {
			return slices.ContainsFunc(p.Messages, func(m message) bool { return strings.Contains(m.Text, text) })
		})
	})
}

// journals waits until there is a line in the journal.
func journals(t *testing.T, at *httptest.Server, line string) {
	t.Helper()
	awaits(t, at, agentID, line, func(now scene) bool {
		all, err := json.Marshal(now.Journal)
		return err == nil && strings.Contains(string(all), line)
	})
}

func awaits(t *testing.T, at *httptest.Server, user, wanted string, holds func(scene) bool) scene {
	t.Helper()
	var version, body string
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); {
		_, _, body = ask(t, request(t, http.MethodGet, at.URL+"/state?user="+user+"&after="+version, ""))
		var now scene
		if err := json.Unmarshal([]byte(body), &now); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		if holds(now) {
			return now
		}
		version = now.Version
	}
	t.Fatalf("%s does not see %q in %s", user, wanted, body)
	return scene{}
}

// does makes a gesture that must go well.
func does(t *testing.T, at *httptest.Server, gesture string) outcome {
	t.Helper()
	status, _, body := ask(t, request(t, http.MethodPost, at.URL+"/do", gesture))
	var came outcome
	if err := json.Unmarshal([]byte(body), &came); err != nil || status != http.StatusOK || came.Error != "" {
		t.Fatalf("%s: %d %s", gesture, status, body)
	}
	return came
}

// TestPage: a customer writes at the page, is answered in a thread, presses a button, and sees what it did;
// an agent sees the same, but not what is for the customer alone.
func TestPage(t *testing.T) {
	at := start(t)
	wrote := does(t, at, `{"what":"write","user":"U0CUSTOMER","channel":"C0HELP","text":"@passdesk <VPN> & co"}`)
	now := sees(t, at, customerID, "For your eyes only")
	messages := now.Places[1].Messages
	if len(messages) != 3 || messages[0].Text != "<@U0BOT> &lt;VPN&gt; &amp; co" {
		t.Fatalf("%+v", messages)
	}
	if answer := messages[1]; answer.Thread != wrote.TS || answer.Name != "passdesk" || !strings.Contains(string(answer.Blocks), `"VPN"`) || !messages[2].Private {
		t.Errorf("%+v", messages)
	}
	does(t, at, `{"what":"press","user":"U0CUSTOMER","channel":"C0HELP","ts":"`+messages[1].TS+`","action":"a","value":"vpn"}`)
	now = sees(t, at, agentID, "You chose vpn")
	if messages := now.Places[1].Messages; len(messages) != 2 || messages[1].Text != "You chose vpn" || messages[1].Blocks != nil {
		t.Errorf("the agent sees %+v", messages)
	}
	for _, line := range []string{`"what":"chat.update","outcome":"200 ok"`, `"what":"events_api app_mention","outcome":"acknowledged`, `"what":"interactive block_actions"`} {
		journals(t, at, line)
	}
}

// TestGuard: other sites and other machines are kept out, and whoever is not in the workspace.
func TestGuard(t *testing.T) {
	at := start(t)
	_, header, body := ask(t, request(t, http.MethodGet, at.URL+"/", ""))
	if !strings.Contains(body, `<html lang="en">`) || strings.Contains(body, "<style") || strings.Contains(body, " style=") || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%s %s", header, body)
	}
	elsewhere := request(t, http.MethodGet, at.URL+"/", "")
	elsewhere.Host = "fake.example.com:80"
	crossed := request(t, http.MethodPost, at.URL+"/do", `{"what":"open","user":"U0AGENT"}`)
	crossed.Header.Set("Origin", "https://evil.example.com")
	for name, c := range map[string]struct {
		request *http.Request
		status  int
	}{
		"another name": {elsewhere, http.StatusForbidden},
		"another site": {crossed, http.StatusForbidden},
		"a stranger":   {request(t, http.MethodGet, at.URL+"/state?user=U9", ""), http.StatusNotFound},
		"no JSON":      {request(t, http.MethodPost, at.URL+"/do", "what=open"), http.StatusBadRequest},
	} {
		if status, _, body := ask(t, c.request); status != c.status {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	for _, address := range []string{"0.0.0.0:8124", ":8124", "192.0.2.1:8124", "example.com:8124"} {
		if _, err := parse([]string{"-page", address}); err == nil {
			t.Errorf("%s is taken", address)
		}
	}
}
