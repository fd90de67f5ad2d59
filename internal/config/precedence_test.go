package config_test

import (
	"log/slog"
	"maps"
	"net/netip"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"passdesk/internal/config"
)

// sample is what a key is by default, and what it is given in a file and in the environment.
// Where there is a flag it gives flag.
type sample struct {
	unset      any
	file       string
	inFile     any
	variable   string
	inVariable any
	flag       string
	alsoNeeded map[string]string // variables without which the value would be refused
}

func samples(directory string) map[string]sample {
	prefixes := func(texts ...string) (p []netip.Prefix) {
		for _, text := range texts {
			p = append(p, netip.MustParsePrefix(text))
		}
		return p
	}
	empty, one, other := config.Secret{}, filepath.Join(directory, "one"), filepath.Join(directory, "other")
	const dayLong = 24 * time.Hour
	login := map[string]string{"PASSDESK_HANDOVER_MAIL_USERNAME": "desk"}
	provider := map[string]string{
		"PASSDESK_WEB_PUBLIC_URL": "https://help.example", "PASSDESK_CONSOLE_OIDC_CLIENT_ID": "a",
		"PASSDESK_CONSOLE_OIDC_CLIENT_SECRET": "s", "PASSDESK_CONSOLE_OIDC_DOMAINS": "example.com",
	}
	app := map[string]string{"PASSDESK_SLACK_BOT_TOKEN": "xoxb-0"}
	socket := map[string]string{"PASSDESK_SLACK_APP_TOKEN": "xapp-0"}
	return map[string]sample{
		"slack.bot-token":                 {unset: empty, file: "s", inFile: config.NewSecret("s"), variable: "p", inVariable: config.NewSecret("p"), alsoNeeded: socket},
		"slack.bot-token-file":            {unset: "", file: one, inFile: one, variable: other, inVariable: other, alsoNeeded: socket},
		"slack.app-token":                 {unset: empty, file: "s", inFile: config.NewSecret("s"), variable: "p", inVariable: config.NewSecret("p"), alsoNeeded: app},
		"slack.app-token-file":            {unset: "", file: one, inFile: one, variable: other, inVariable: other, alsoNeeded: app},
		"slack.signing-secret":            {unset: empty, file: "s", inFile: config.NewSecret("s"), variable: "p", inVariable: config.NewSecret("p"), alsoNeeded: app},
		"slack.signing-secret-file":       {unset: "", file: one, inFile: one, variable: other, inVariable: other, alsoNeeded: app},
		"slack.support-channel":           {unset: "", file: "C1", inFile: "C1", variable: "C2", inVariable: "C2"},
		"slack.agent-group":               {unset: "", file: "S1", inFile: "S1", variable: "S2", inVariable: "S2"},
		"slack.api-url":                   {unset: "https://slack.com/api/", file: "http://127.0.0.1:1/api/", inFile: "http://127.0.0.1:1/api/", variable: "http://127.0.0.1:2/api/", inVariable: "http://127.0.0.1:2/api/"},
		"listen":                          {unset: "127.0.0.1:8080", file: ":80", inFile: ":80", variable: "[::1]:0", inVariable: "[::1]:0", flag: "localhost:81"},
		"data":                            {unset: "/home/desk/.local/share/passdesk", file: "/srv", inFile: "/srv", variable: "/var/desk", inVariable: "/var/desk", flag: "here"},
		"content":                         {unset: "", file: "a b", inFile: "a b", variable: "c", inVariable: "c", flag: ""},
		"content-poll":                    {unset: 2 * time.Second, file: "1m30s", inFile: 90 * time.Second, variable: "100ms", inVariable: 100 * time.Millisecond},
		"conversation-idle":               {unset: 24 * time.Hour, file: "1m", inFile: time.Minute, variable: "720h", inVariable: 720 * time.Hour},
		"database.url":                    {unset: empty, file: "postgres://h/db", inFile: config.NewSecret("postgres://h/db"), variable: "postgresql:///db?host=/run", inVariable: config.NewSecret("postgresql:///db?host=/run")},
		"database.url-file":               {unset: "", file: one, inFile: one, variable: other, inVariable: other},
		"database.connections":            {unset: 10, file: "1", inFile: 1, variable: "1000", inVariable: 1000},
		"database.allow-unsafe":           {unset: false, file: "true", inFile: true, variable: "false", inVariable: false},
		"http.allowed-origins":            {unset: []string(nil), file: "[https://a.example, 'http://b.example:81']", inFile: []string{"https://a.example", "http://b.example:81"}, variable: "https://c.example:443, https://d.example", inVariable: []string{"https://c.example", "https://d.example"}},
		"http.trusted-proxies":            {unset: []netip.Prefix(nil), file: "[10.0.0.0/8, '::1']", inFile: prefixes("10.0.0.0/8", "::1/128"), variable: "192.0.2.1", inVariable: prefixes("192.0.2.1/32")},
		"http.body-limit":                 {unset: int64(65536), file: "1024", inFile: int64(1024), variable: "16777216", inVariable: int64(16 << 20)},
		"http.read-timeout":               {unset: 10 * time.Second, file: "1s", inFile: time.Second, variable: "2s", inVariable: 2 * time.Second},
		"http.write-timeout":              {unset: 30 * time.Second, file: "1s", inFile: time.Second, variable: "2s", inVariable: 2 * time.Second},
		"http.idle-timeout":               {unset: 2 * time.Minute, file: "1s", inFile: time.Second, variable: "2s", inVariable: 2 * time.Second},
		"http.stop-delay":                 {unset: time.Duration(0), file: "1s", inFile: time.Second, variable: "2s", inVariable: 2 * time.Second},
		"http.stop-timeout":               {unset: 5 * time.Second, file: "1s", inFile: time.Second, variable: "2s", inVariable: 2 * time.Second},
		"http.metrics-listen":             {unset: "", file: "localhost:9090", inFile: "localhost:9090", variable: "10.0.0.1:9", inVariable: "10.0.0.1:9"},
		"web.public-url":                  {unset: "", file: "https://Help.example:443", inFile: "https://help.example", variable: "http://localhost:8080", inVariable: "http://localhost:8080"},
		"web.embed-origins":               {unset: []string(nil), file: "[https://a.example]", inFile: []string{"https://a.example"}, variable: "https://b.example", inVariable: []string{"https://b.example"}},
		"console.enabled":                 {unset: true, file: "false", inFile: false, variable: "true", inVariable: true},
		"console.oidc.issuer":             {unset: "", file: "https://id.example.com/a", inFile: "https://id.example.com/a", variable: "http://127.0.0.1:81", inVariable: "http://127.0.0.1:81", alsoNeeded: provider},
		"console.oidc.client-id":          {unset: "", file: "a", inFile: "a", variable: "b c", inVariable: "b c"},
		"console.oidc.client-secret":      {unset: empty, file: "s", inFile: config.NewSecret("s"), variable: "p,q", inVariable: config.NewSecret("p,q")},
		"console.oidc.client-secret-file": {unset: "", file: one, inFile: one, variable: other, inVariable: other},
		"console.oidc.domains":            {unset: []string(nil), file: "[example.com]", inFile: []string{"example.com"}, variable: "a.example, b.example", inVariable: []string{"a.example", "b.example"}},
		"console.oidc.role-claim":         {unset: "", file: "groups", inFile: "groups", variable: "roles", inVariable: "roles"},
		"console.oidc.authors":            {unset: []string(nil), file: "[a]", inFile: []string{"a"}, variable: "b,c", inVariable: []string{"b", "c"}},
		"console.oidc.admins":             {unset: []string(nil), file: "[a]", inFile: []string{"a"}, variable: "b,c", inVariable: []string{"b", "c"}},
		"limits.messages-per-minute":      {unset: 30, file: "1", inFile: 1, variable: "2", inVariable: 2},
		"limits.conversations-per-hour":   {unset: 60, file: "1", inFile: 1, variable: "2", inVariable: 2},
		"limits.requests-per-minute":      {unset: 600, file: "1", inFile: 1, variable: "2", inVariable: 2},
		"limits.queue":                    {unset: 256, file: "1", inFile: 1, variable: "2", inVariable: 2},
		"handover.target":                 {unset: config.HandoverNone, file: "log", inFile: config.HandoverLog, variable: "none", inVariable: config.HandoverNone},
		"handover.attempts":               {unset: 200, file: "1", inFile: 1, variable: "2", inVariable: 2},
		"handover.first-delay":            {unset: 5 * time.Second, file: "1s", inFile: time.Second, variable: "2s", inVariable: 2 * time.Second},
		"handover.longest-delay":          {unset: 30 * time.Minute, file: "1m", inFile: time.Minute, variable: "2m", inVariable: 2 * time.Minute},
		"handover.timeout":                {unset: 15 * time.Second, file: "1s", inFile: time.Second, variable: "2s", inVariable: 2 * time.Second},
		"handover.mail.host":              {unset: "", file: "smtp.example.com", inFile: "smtp.example.com", variable: "::1", inVariable: "::1"},
		"handover.mail.port":              {unset: 587, file: "1", inFile: 1, variable: "65535", inVariable: 65535},
		"handover.mail.from":              {unset: "", file: "Desk <d@example.com>", inFile: "Desk <d@example.com>", variable: "e@example.com", inVariable: "e@example.com"},
		"handover.mail.to":                {unset: []string(nil), file: "\n    - a@example.com\n    - b@example.com", inFile: []string{"a@example.com", "b@example.com"}, variable: "c@example.com,d@example.com", inVariable: []string{"c@example.com", "d@example.com"}},
		"handover.mail.username":          {unset: "", file: "0123", inFile: "0123", variable: "x", inVariable: "x", alsoNeeded: map[string]string{"PASSDESK_HANDOVER_MAIL_PASSWORD": "p"}},
		"handover.mail.password":          {unset: empty, file: "1e3", inFile: config.NewSecret("1e3"), variable: "p,q", inVariable: config.NewSecret("p,q"), alsoNeeded: login},
		"handover.mail.password-file":     {unset: "", file: one, inFile: one, variable: other, inVariable: other, alsoNeeded: login},
		"handover.mail.tls":               {unset: config.MailStartTLS, file: "none", inFile: config.MailNone, variable: "implicit", inVariable: config.MailImplicit},
		"handover.webhook.url":            {unset: "", file: "https://example.com/a", inFile: "https://example.com/a", variable: "http://127.0.0.1:81/b?c=d", inVariable: "http://127.0.0.1:81/b?c=d"},
		"handover.webhook.secret":         {unset: empty, file: "0123456789abcdef", inFile: config.NewSecret("0123456789abcdef"), variable: "fedcba9876543210", inVariable: config.NewSecret("fedcba9876543210")},
		"handover.webhook.secret-file":    {unset: "", file: one, inFile: one, variable: other, inVariable: other},
		"retention.conversations":         {unset: 30 * dayLong, file: "0", inFile: time.Duration(0), variable: "1", inVariable: dayLong},
		"retention.outbox":                {unset: 14 * dayLong, file: "0", inFile: time.Duration(0), variable: "36500", inVariable: 36500 * dayLong},
		"retention.interval":              {unset: time.Hour, file: "1s", inFile: time.Second, variable: "24h", inVariable: dayLong},
		"log.level":                       {unset: slog.LevelInfo, file: "debug", inFile: slog.LevelDebug, variable: "error", inVariable: slog.LevelError},
		"log.format":                      {unset: config.LogJSON, file: "text", inFile: config.LogText, variable: "json", inVariable: config.LogJSON},
	}
}

// TestPrecedence gives every key in no, one, two and three places.
func TestPrecedence(t *testing.T) {
	directory := t.TempDir()
	for _, name := range []string{"one", "other"} {
		writeFile(t, filepath.Join(directory, name), "postgres://"+name+".example.com/desk\n")
	}
	all := samples(directory)
	for _, key := range config.Keys() {
		t.Run(key.Name, func(t *testing.T) {
			s, found := all[key.Name]
			if !found {
				t.Fatal("no sample for this key")
			}
			check := func(place string, want any, source config.SourceKind, file string, environment, flags map[string]string) {
				t.Helper()
				if source != config.SourceDefault {
					maps.Copy(environment, s.alsoNeeded)
				}
				given := sources(t, file, environment, flags)
				settings, err := config.Load(given)
				if err != nil {
					t.Fatalf("%s: %v", place, err)
				}
				if diff := cmp.Diff(want, leaves(settings)[key.Name], cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
					t.Errorf("%s (-want +got):\n%s", place, diff)
				}
				if got := explained(t, given, key.Name).Kind; got != source {
					t.Errorf("%s: said to come from %s, want %s", place, got, source)
				}
			}
			inFile, inVariable := nested(key.Name, s.file), map[string]string{key.Environment(): s.variable}
			check("nowhere", s.unset, config.SourceDefault, "", map[string]string{}, nil)
			check("empty variable", s.unset, config.SourceDefault, "", map[string]string{key.Environment(): ""}, nil)
			check("file", s.inFile, config.SourceFile, inFile, map[string]string{}, nil)
			check("environment", s.inVariable, config.SourceEnvironment, "", inVariable, nil)
			check("file and environment", s.inVariable, config.SourceEnvironment, inFile, inVariable, nil)
			if key.Flag != "" {
				check("all three", s.flag, config.SourceFlag, inFile, inVariable, map[string]string{key.Flag: s.flag})
			}
		})
	}
}

func explained(t *testing.T, given config.Sources, key string) config.Effective {
	t.Helper()
	effective, err := config.Explain(given)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(effective, func(e config.Effective) bool { return e.Key == key })
	return effective[i]
}

// TestKeysAndFields: every key has a field, and every field a key; that the one sets the other is
// what TestPrecedence shows.
func TestKeysAndFields(t *testing.T) {
	var keys []string
	for _, key := range config.Keys() {
		keys = append(keys, key.Name)
	}
	fields := slices.Sorted(maps.Keys(leaves(config.Settings{})))
	if diff := cmp.Diff(fields, slices.Sorted(slices.Values(keys))); diff != "" {
		t.Errorf("fields without keys (-), keys without fields (+):\n%s", diff)
	}
}

// TestLayers: what one source does not say another one may, in the same group.
func TestLayers(t *testing.T) {
	settings, err := config.Load(sources(t, "http:\n  read-timeout: 1s\n  write-timeout: 2s\n",
		map[string]string{"PASSDESK_HTTP_READ_TIMEOUT": "3s", "PASSDESK_HTTP_BODY_LIMIT": "2048"}, nil))
	if err != nil {
		t.Fatal(err)
	}
	got := []any{settings.HTTP.ReadTimeout, settings.HTTP.WriteTimeout, settings.HTTP.BodyLimit, settings.HTTP.IdleTimeout}
	want := []any{3 * time.Second, 2 * time.Second, int64(2048), 2 * time.Minute}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
