package main

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"

	"passdesk/internal/channel/slackbot/fakeslack"
)

//go:embed page
var files embed.FS

// policy lets the page load its own scripts and styles only. Pictures come from wherever a bot says.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' http: https: data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// mostBody is the longest gesture, in bytes. Slack takes messages of 40,000 characters.
const mostBody = 1 << 20

// application is what the workspace knows of the app beside its tokens.
type application struct {
	Command  string `json:"command"`
	Shortcut string `json:"shortcut"` // callback id of the one on messages
	Global   string `json:"global"`   // callback id of the one of the workspace
	Events   string `json:"events"`   // where it takes signed requests, "" for Socket Mode
}

// page is a window into the workspace.
type page struct {
	slack *fakeslack.Slack
	app   application
}

func newPage(s *fakeslack.Slack, a application) http.Handler {
	p := &page{slack: s, app: a}
	routes := http.NewServeMux()
	static, err := fs.Sub(files, "page")
	if err != nil {
		panic("the page is not in the program: " + err.Error()) // the name is a constant
	}
	routes.Handle("GET /", http.FileServerFS(static))
	routes.HandleFunc("GET /state", p.state)
	routes.HandleFunc("POST /do", p.do)
	return http.NewCrossOriginProtection().Handler(guarded(routes))
}

// guarded refuses names that are not this machine's, which other sites could have pointed here, and
// sets the policy.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if loopback(r.Host) != nil {
			http.Error(w, "this page is for this machine alone", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func write(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the browser may be gone
}
