package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"passdesk/internal/config"
)

// TestFaultsInFiles fixes the line for every fault that a settings file can have.
func TestFaultsInFiles(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"misspelt key", "listn: x\n", `desk.yaml:1: unknown key "listn" (did you mean "listen"?)`},
		{"misspelt key in a group", "http:\n  body-limt: 1\n", `desk.yaml:2: unknown key "http.body-limt" (did you mean "http.body-limit"?)`},
		{"misspelt group", "handovr:\n  target: log\n", `desk.yaml:1: unknown key "handovr" (did you mean "handover"?)`},
		{"forgotten group", "body-limit: 1\n", `desk.yaml:1: unknown key "body-limit" (did you mean "http.body-limit"?)`},
		{"capitals", "Listen: x\n", `desk.yaml:1: unknown key "Listen" (did you mean "listen"?)`},
		{"underscore", "http:\n  body_limit: 1\n", `desk.yaml:2: unknown key "http.body_limit" (did you mean "http.body-limit"?)`},
		{"nothing near", "colour: red\n", `desk.yaml:1: unknown key "colour"`},
		{"nothing near and no value", "colour:\n", `desk.yaml:1: unknown key`},
		{"misspelt and no value", "listn:\n", `desk.yaml:1: unknown key "listn" (did you mean "listen"?)`},
		{"perhaps a password", "handover: {mail: {passwordhunter2}}\n", `desk.yaml:1: unknown key "handover.mail.password…" (did you mean "handover.mail.password-file"?)`},
		{"perhaps a password without a key", "handover: {mail: {tell-Nobody7: x}}\n", `desk.yaml:1: unknown key`},
		{"digit too many", "limits: {queue2: 1}\n", `desk.yaml:1: unknown key "limits.queue2" (did you mean "limits.queue"?)`},
		{"misspelt name of a file", "handover: {mail: {passwordfile: x}}\n", `desk.yaml:1: unknown key "handover.mail.password…" (did you mean "handover.mail.password-file"?)`},
		{"dots", "http.body-limit: 2000\n", `desk.yaml:1: keys are nested in a file; write body-limit below http`},
		{"twice", "listen: :1\ndata: x\nlisten: :2\n", `desk.yaml:3: duplicate key "listen", first used in line 1`},
		{"group twice", "http:\n  body-limit: 2000\nhttp:\n  read-timeout: 1s\n", `desk.yaml:3: duplicate key "http", first used in line 1`},
		{"group with a value", "http: 3\n", `desk.yaml:1: http: further keys belong here (key: value), and no value`},
		{"list of keys", "- listen\n", `desk.yaml:1: further keys belong here (key: value), and no value`},
		{"key that is a list", "[a]: b\n", `desk.yaml:1: a key must be a plain name`},
		{"no blank", "database: {url:secret}\n", `desk.yaml:1: database: this is no key; write key: value, with a blank between, and special characters in quotes`},
		{"no value", "listen:\n", `desk.yaml:1: listen: has no value; leave the line out for the default`},
		{"item without value", "http:\n  trusted-proxies: [10.0.0.1, ]\n  allowed-origins:\n    -\n", `desk.yaml:3: http.allowed-origins: has no value; leave the line out for the default`},
		{"list for a value", "listen: [a, b]\n", `desk.yaml:1: listen: must be one value, not a list`},
		{"value for a list", "http:\n  trusted-proxies: 10.0.0.1\n", `desk.yaml:2: http.trusted-proxies: must be a list: [one, other]`},
		{"mapping for a value", "handover: {mail: {password: {hunter2}}}\n", `desk.yaml:1: handover.mail.password: is not a plain value; put it in quotes`},
		{"anchor", "data: &a x\n", `desk.yaml:1: data: is not a plain value; put it in quotes`},
		{"anchored group", "http: &a {body-limit: 2000}\n", `desk.yaml:1: anchors are not used here`},
		{"anchored list", "http:\n  allowed-origins: &a [https://a.example]\n", `desk.yaml:2: http.allowed-origins: anchors are not used here`},
		{"alias", "data: *a\n", `desk.yaml:1: YAML syntax: unknown anchor; put a text that begins with * in quotes`},
		{"syntax", "listen: \"x\n", "desk.yaml:1: YAML syntax: found unexpected end of stream"},
		{"tab", "http:\n\tbody-limit: 1\n", "desk.yaml:2: YAML syntax: found character that cannot start any token"},
		{"second document", "listen: :1\n---\nlisten: :2\n", "desk.yaml:2: a second document starts here; a settings file holds one"},
		{"not UTF-8", "data: \xff\n", "desk.yaml:1: file is not valid UTF-8"},
		{"too many items", "listen: [" + strings.Repeat("a,", 30_000) + "]\n", "desk.yaml:1: file has more than 25000 items"},
		{"too large", strings.Repeat("# "+strings.Repeat("x", 1000)+"\n", 600), "desk.yaml: it is larger than 512 KiB"},

		{"no port", "listen: localhost\n", `desk.yaml:1: listen: "localhost" is not host:port such as 127.0.0.1:8080`},
		{"only a port", "listen: 8080\n", `desk.yaml:1: listen: "8080" is not host:port such as 127.0.0.1:8080`},
		{"empty address", "listen: ''\n", `desk.yaml:1: listen: "" is not host:port such as 127.0.0.1:8080`},
		{"port too large", "listen: :65536\n", `desk.yaml:1: listen: the port of ":65536" is not a number between 0 and 65535`},
		{"port in words", "listen: :http\n", `desk.yaml:1: listen: the port of ":http" is not a number between 0 and 65535`},
		{"odd host", "listen: 'a b:80'\n", `desk.yaml:1: listen: the host of "a b:80" is neither a name nor an IP address`},
		{"metrics on the same address", "http:\n  metrics-listen: 127.0.0.1:8080\n", `desk.yaml:2: http.metrics-listen: "127.0.0.1:8080" is the address of listen`},
		{"no unit", "http:\n  read-timeout: 10\n", `desk.yaml:2: http.read-timeout: "10" is not a duration such as 500ms, 10s or 2m`},
		{"negative duration", "http:\n  read-timeout: -1s\n", `desk.yaml:2: http.read-timeout: "-1s" is not between 100ms and 10m`},
		{"stops for too long", "http:\n  stop-timeout: 11s\n", `desk.yaml:2: http.stop-timeout: "11s" is not between 100ms and 10s`},
		{"a fraction", "handover:\n  attempts: 1.5\n", `desk.yaml:2: handover.attempts: "1.5" is not a whole number`},
		{"no attempt", "handover:\n  attempts: 0\n", `desk.yaml:2: handover.attempts: "0" is not between 1 and 1000`},
		{"negative number", "limits:\n  queue: -1\n", `desk.yaml:2: limits.queue: "-1" is not between 1 and 1000000`},
		{"number beyond all", "limits:\n  queue: 99999999999999999999\n", `desk.yaml:2: limits.queue: "99999999999999999999" is not between 1 and 1000000`},
		{"negative days", "retention:\n  outbox: -1\n", `desk.yaml:2: retention.outbox: "-1" is not between 0 and 36500`},
		{"yes", "database:\n  allow-unsafe: yes\n", `desk.yaml:2: database.allow-unsafe: "yes" is neither true nor false`},
		{"unknown target", "handover:\n  target: fax\n", `desk.yaml:2: handover.target: "fax" is none of none, console, log, mail, webhook, slack`},
		{"Slack as a target without Slack", "handover:\n  target: slack\n", `desk.yaml:2: handover.target: slack needs slack.bot-token`},
		{"Slack without ears", "slack:\n  bot-token: xoxb-1\n", `desk.yaml:2: slack.bot-token: needs slack.app-token (Socket Mode) or slack.signing-secret (Events API)`},
		{"Slack with too many", "slack: {bot-token: a, app-token: b, signing-secret: c}\n", `desk.yaml:1: slack.signing-secret: goes with the Events API and slack.app-token with Socket Mode; give one of them`},
		{"half of Slack", "slack:\n  app-token: xapp-1\n", `desk.yaml:2: slack.app-token: needs slack.bot-token`},
		{"provider of whom half is missing", "web: {public-url: 'https://a.example'}\nconsole:\n  oidc: {issuer: 'https://id.example', client-id: a, client-secret: s}\n", `desk.yaml:3: console.oidc.issuer: needs console.oidc.domains`},
		{"provider in the open", "console:\n  oidc: {issuer: 'http://id.example'}\n", `desk.yaml:2: console.oidc.issuer: "http://id.example" is not an address such as https://login.example.com`},
		{"console that is not there", "console: {enabled: false}\nhandover:\n  target: console\n", `desk.yaml:3: handover.target: console needs console.enabled`},
		{"unknown level", "log:\n  level: trace\n", `desk.yaml:2: log.level: "trace" is none of debug, info, warn, error`},
		{"origin with a path", "http:\n  allowed-origins: [https://a.example/]\n", `desk.yaml:2: http.allowed-origins: "https://a.example/" is not an origin such as https://www.example.com, without anything behind it`},
		{"any origin", "http:\n  allowed-origins: ['*']\n", `desk.yaml:2: http.allowed-origins: "*" is not an origin such as https://www.example.com, without anything behind it`},
		{"origin with a wrong port", "http:\n  allowed-origins: ['https://a.example:0']\n", `desk.yaml:2: http.allowed-origins: "https://a.example:0" is not an origin such as https://www.example.com, without anything behind it`},
		{"empty item", "http:\n  allowed-origins: ['']\n", `desk.yaml:2: http.allowed-origins: the list has an empty item`},
		{"no network", "http:\n  trusted-proxies: [proxy]\n", `desk.yaml:2: http.trusted-proxies: "proxy" is neither an IP address nor a range such as 10.0.0.0/8`},
		{"network too narrow", "http:\n  trusted-proxies: [10.0.0.0/33]\n", `desk.yaml:2: http.trusted-proxies: "10.0.0.0/33" is neither an IP address nor a range such as 10.0.0.0/8`},
		{"address within a network", "http:\n  trusted-proxies: [10.0.0.1/8]\n", `desk.yaml:2: http.trusted-proxies: "10.0.0.1/8" is an address inside of a range; write 10.0.0.0/8 or 10.0.0.1`},
		{"home", "data: ~/desk\n", `desk.yaml:1: data: ~ is not understood here; write the whole path`},
		{"URL for a path", "data: postgres://h/db\n", `desk.yaml:1: data: is a URL and not a path`},
		{"invisible", `data: "a\nb"` + "\n", `desk.yaml:1: data: has an invisible character`},
		{"mail host with port", "handover: {mail: {host: 'a:25'}}\n", `desk.yaml:1: handover.mail.host: "a:25" is neither a host name nor an IP address; the port is a setting of its own`},
		{"sender", "handover: {mail: {from: desk}}\n", `desk.yaml:1: handover.mail.from: "desk" is not a mail address`},
		{"recipient with a name", "handover: {mail: {to: ['A <a@example.com>']}}\n", `desk.yaml:1: handover.mail.to: "A <a@example.com>" is not a mail address such as desk@example.com`},
		{"database elsewhere", "database: {url: 'mysql://h/db'}\n", `desk.yaml:1: database.url: does not begin with postgres:// or postgresql://`},
		{"database in words", "database: {url: host=h user=u}\n", `desk.yaml:1: database.url: does not begin with postgres:// or postgresql://`},
		{"webhook in the open", "handover: {webhook: {url: 'http://example.com/a?b'}}\n", `desk.yaml:1: handover.webhook.url: "http://example.com/a?•••" must begin with https://, as example.com is another machine`},
		{"webhook elsewhere", "handover: {webhook: {url: 'ftp://example.com'}}\n", `desk.yaml:1: handover.webhook.url: "ftp://example.com" does not begin with https://`},
		{"webhook without a host", "handover: {webhook: {url: '/hook'}}\n", `desk.yaml:1: handover.webhook.url: is not a URL such as https://www.example.com/hook`},
		{"webhook with a name", "handover: {webhook: {url: 'https://a:b@example.com'}}\n", `desk.yaml:1: handover.webhook.url: has a user name in it; requests are signed with handover.webhook.secret instead`},
		{"short secret", "handover: {webhook: {secret: 0123456789abcde}}\n", `desk.yaml:1: handover.webhook.secret: has fewer than 16 bytes`},
		{"mail without a host", "handover: {target: mail}\n", `desk.yaml:1: handover.target: mail needs handover.mail.host`},
		{"mail from nobody", "handover: {target: mail, mail: {host: h}}\n", `desk.yaml:1: handover.target: mail needs handover.mail.from`},
		{"mail to nobody", "handover: {target: mail, mail: {host: h, from: a@b.c}}\n", `desk.yaml:1: handover.target: mail needs handover.mail.to`},
		{"webhook to nowhere", "handover: {target: webhook}\n", `desk.yaml:1: handover.target: webhook needs handover.webhook.url`},
		{"webhook unsigned", "handover: {target: webhook, webhook: {url: 'https://a.b'}}\n", `desk.yaml:1: handover.target: webhook needs handover.webhook.secret`},
		{"name without password", "handover: {mail: {username: u}}\n", `desk.yaml:1: handover.mail.username: handover.mail.password is missing`},
		{"password without name", "handover: {mail: {password: p}}\n", `desk.yaml:1: handover.mail.password: handover.mail.username is missing`},
		{"password in the open", "handover: {mail: {host: h, username: u, password: p, tls: none}}\n", `desk.yaml:1: handover.mail.tls: none would send the password in the open, unless the host is localhost, 127.0.0.1 or ::1; use starttls or implicit`},
		{"delays", "handover:\n  longest-delay: 1s\n  first-delay: 2s\n", `desk.yaml:3: handover.first-delay: first-delay, 2s, is more than longest-delay, 1s`},
		{"delay and default", "handover:\n  longest-delay: 1s\n", `desk.yaml:2: handover.longest-delay: first-delay, 5s, is more than longest-delay, 1s`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := config.Load(sources(t, test.file, nil, nil))
			if got, want := inPlace(err), "read settings: file "+test.want; got != want {
				t.Errorf("error\n got %s\nwant %s", got, want)
			}
			if !config.Usage(err) {
				t.Error("this is a mistake of whoever wrote the file")
			}
		})
	}
}

func TestSoundFiles(t *testing.T) {
	for name, file := range map[string]string{
		"only comments":          "# listen: :80\n",
		"only a document marker": "---\n# nothing\n",
		"group of comments":      "http:\n  # body-limit: 2000\nlisten: :80\n",
		"byte order mark":        "\ufefflisten: :80\n",
		"Windows lines":          "listen: :80\r\nhttp:\r\n  body-limit: 2000\r\n",
		"empty list":             "http: {allowed-origins: []}\n",
		"mail in the open here":  "handover: {mail: {host: localhost, username: u, password: p, tls: none}}\n",
		"ports of their own":     "listen: localhost:0\nhttp: {metrics-listen: 'localhost:0'}\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := config.Load(sources(t, file, nil, nil)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestFaultsElsewhere(t *testing.T) {
	type values map[string]string
	tests := []struct {
		name               string
		environment, flags values
		want               string
	}{
		{"misspelt variable", values{"PASSDESK_LISTN": ":1"}, nil, `environment PASSDESK_LISTN: unknown variable (did you mean "PASSDESK_LISTEN"?)`},
		{"misspelt variable of a group", values{"PASSDESK_HTTP_BODYLIMIT": "1"}, nil, `environment PASSDESK_HTTP_BODYLIMIT: unknown variable (did you mean "PASSDESK_HTTP_BODY_LIMIT"?)`},
		{"misspelt name of the file", values{"PASSDESK_CONFIGS": "x"}, nil, `environment PASSDESK_CONFIGS: unknown variable (did you mean "PASSDESK_CONFIG"?)`},
		{"misspelt port", values{"PASSDESK_HANDOVER_MAI_PORT": "1"}, nil, `environment PASSDESK_HANDOVER_MAI_PORT: unknown variable (did you mean "PASSDESK_HANDOVER_MAIL_PORT"?)`},
		{"variable of another world", values{"PASSDESK_XYZ": "1"}, nil, `environment PASSDESK_XYZ: unknown variable`},
		{"variable with a newline", values{"PASSDESK_\n": "1"}, nil, `environment "PASSDESK_\n": unknown variable`},
		{"wrong value", values{"PASSDESK_HTTP_READ_TIMEOUT": "10"}, nil, `environment PASSDESK_HTTP_READ_TIMEOUT: http.read-timeout: "10" is not a duration such as 500ms, 10s or 2m`},
		{"wrong item", values{"PASSDESK_HTTP_TRUSTED_PROXIES": "10.0.0.1, x"}, nil, `environment PASSDESK_HTTP_TRUSTED_PROXIES: http.trusted-proxies: "x" is neither an IP address nor a range such as 10.0.0.0/8`},
		{"comma too many", values{"PASSDESK_HANDOVER_MAIL_TO": "a@b.c,"}, nil, `environment PASSDESK_HANDOVER_MAIL_TO: handover.mail.to: the list has an empty item`},
		{"long value", values{"PASSDESK_LOG_LEVEL": strings.Repeat("あ", 50)}, nil, `environment PASSDESK_LOG_LEVEL: log.level: "` + strings.Repeat("あ", 26) + `"… is none of debug, info, warn, error`},
		{"wrong flag", nil, values{"listen": "x\n"}, `flag --listen: listen: "x" is not host:port such as 127.0.0.1:8080`},
		{"empty flag", nil, values{"listen": ""}, `flag --listen: listen: "" is not host:port such as 127.0.0.1:8080`},
		{"no home", values{"HOME": ""}, nil, `data: there is no default, as the environment names no home; give a directory, or database.url`},
		{"missing file", values{"PASSDESK_CONFIG": "/no/such.yaml"}, nil, `file /no/such.yaml: there is no such file`},
		{"file below a file", values{"PASSDESK_CONFIG": "/etc/passwd/such.yaml"}, nil, `file /etc/passwd/such.yaml: there is no such file`},
		{"file with an odd name", values{"PASSDESK_CONFIG": "/no/a\nb"}, nil, `file "/no/a\nb": there is no such file`},
		{"directory", values{"PASSDESK_CONFIG": "/"}, nil, `file /: it is a directory`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := config.Load(sources(t, "", test.environment, test.flags))
			if got, want := inPlace(err), "read settings: "+test.want; got != want {
				t.Errorf("error\n got %s\nwant %s", got, want)
			}
			if !config.Usage(err) {
				t.Error("this is a mistake of whoever called the program")
			}
		})
	}
}

func TestUnreadableFile(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is unreadable for root")
	}
	name := filepath.Join(t.TempDir(), "desk.yaml")
	writeFile(t, name, "listen: :1\n")
	if err := os.Chmod(name, 0); err != nil {
		t.Fatal(err)
	}
	_, err := config.Load(from(name, nil, nil))
	if got, want := inPlace(err), "read settings: file desk.yaml: the file may not be read"; got != want {
		t.Errorf("error\n got %s\nwant %s", got, want)
	}
}

// TestServiceLinks: Kubernetes sets these for a service called passdesk, whoever starts there.
func TestServiceLinks(t *testing.T) {
	_, err := config.Load(sources(t, "", map[string]string{
		"PASSDESK_SERVICE_HOST": "10.0.0.1", "PASSDESK_SERVICE_PORT": "80", "PASSDESK_SERVICE_PORT_HTTP": "80",
		"PASSDESK_PORT": "tcp://10.0.0.1:80", "PASSDESK_PORT_80_TCP": "tcp://10.0.0.1:80", "PASSDESK_PORT_80_TCP_PROTO": "tcp",
		"PASSDESK_PORT_80_TCP_PORT": "80", "PASSDESK_PORT_80_TCP_ADDR": "10.0.0.1", "PASSDESK_METRICS_SERVICE_HOST": "10.0.0.2",
		"PASSDESK_METRICS_PORT": "tcp://10.0.0.2:90",
	}, nil))
	if err != nil {
		t.Error(err)
	}
}

func TestUsage(t *testing.T) {
	if config.Usage(nil) || config.Usage(errors.New("disk on fire")) {
		t.Error("not every error is a mistake in the settings")
	}
}
