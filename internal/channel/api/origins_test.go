package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"passdesk/internal/channel/api"
	"passdesk/internal/httpd/problem"
)

const friend = "https://www.example.com"

// TestCrossOrigin goes through route × method × Sec-Fetch-Site × Origin, the routes being those of
// the API itself. What a page of a strange origin wants to change is refused before anything is
// done, and no page of a strange origin can read an answer.
func TestCrossOrigin(t *testing.T) {
	s := open(t, func(o *api.Options) { o.AllowedOrigins = []string{friend} })
	b := s.begin()
	tried, refusals := 0, 0
	for _, route := range api.Routes() {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "QUERY"} {
			for _, site := range []string{"", "none", "same-origin", "same-site", "cross-site", "rubbish"} {
				for _, origin := range []string{"", friend, "http://example.com", "https://evil.example", "https://www.example.com.evil.example", "http://www.example.com", "null", friend + "/", "HTTPS://WWW.EXAMPLE.COM"} {
					name := fmt.Sprintf("%s %s from %q, Sec-Fetch-Site %q", method, route.Pattern, origin, site)
					headers := b.headers(fmt.Sprint("key", tried))
					if site != "" {
						headers = append(headers, "Sec-Fetch-Site", site)
					}
					if origin != "" {
						headers = append(headers, "Origin", origin)
					}
					before := len(s.messages)
					path := replace(route.Pattern, b.Conversation)
					body := `{"text":"VPN"}`
					if route.Pattern == "/api/v1/conversations" {
						body = ""
					}
					a := s.send(method, path, body, headers...)
					if fine := isFine(method, site, origin); !fine {
						refusals++
						if a.StatusCode != http.StatusForbidden || a.code(t) != problem.CrossOrigin || len(s.messages) != before {
							t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
						}
					} else if a.StatusCode == http.StatusForbidden {
						t.Errorf("%s: refused", name)
					}
					if method != "POST" && len(s.messages) != before {
						t.Errorf("%s changed something", name)
					}
					readable := a.Header.Get("Access-Control-Allow-Origin")
					if (readable == friend) != (origin == friend) || readable != "" && origin != friend || a.Header.Get("Vary") != "Origin" || a.Header.Get("Access-Control-Allow-Credentials") != "" {
						t.Errorf("%s: headers %v", name, a.Header)
					}
					tried++
				}
			}
		}
	}
	if tried != len(api.Routes())*7*6*9 || refusals == 0 {
		t.Errorf("%d tried, %d refused", tried, refusals)
	}
}

// isFine is the whole rule: reading is, a friend is, and so is whoever is no browser on another site.
func isFine(method, site, origin string) bool {
	switch {
	case method == "GET" || method == "HEAD", origin == friend, site == "same-origin", site == "none":
		return true
	case site == "":
		return origin == "" || origin == "http://example.com" // the host that httptest asks
	}
	return false
}

func TestPreflight(t *testing.T) {
	s := open(t, func(o *api.Options) { o.AllowedOrigins = []string{friend} })
	for _, route := range api.Routes() {
		ask := func(origin string) http.Header {
			a := s.send("OPTIONS", replace(route.Pattern, "x"), "", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "idempotency-key")
			if a.StatusCode != http.StatusNoContent || len(a.body) > 0 {
				t.Errorf("%s from %s: %d %s", route.Pattern, origin, a.StatusCode, a.body)
			}
			return a.Header
		}
		if h := ask(friend); h.Get("Access-Control-Allow-Origin") != friend || h.Get("Access-Control-Allow-Headers") != "Authorization, Content-Type, Idempotency-Key" || h.Get("Access-Control-Allow-Methods") != "GET, POST" {
			t.Errorf("%s: headers %v", route.Pattern, h)
		}
		for name := range ask("https://evil.example") {
			if name != "Vary" && name != "Cache-Control" && name != "X-Content-Type-Options" {
				t.Errorf("%s: a stranger is told %s", route.Pattern, name)
			}
		}
	}
	if a := s.send("OPTIONS", "/api/v1/conversations", ""); a.StatusCode != http.StatusNoContent || a.Header.Get("Allow") != "OPTIONS, POST" {
		t.Errorf("OPTIONS that asks for no page: %d %v", a.StatusCode, a.Header)
	}
}
