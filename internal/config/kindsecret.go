package config

import (
	"fmt"
	"net/url"
	"strings"
)

// secret is a text that is never shown and has at least so many bytes.
func secret(least int) Kind {
	name := "secret text"
	if least > 0 {
		name = fmt.Sprintf("secret text, at least %d bytes", least)
	}
	return scalar(name, func(text string) (Secret, string) {
		if text != "" && len(text) < least {
			return Secret{}, fmt.Sprintf("has fewer than %d bytes", least)
		}
		return NewSecret(text), ""
	}, func(value Secret, _ string) any { return value.String() })
}

// databaseURL is where PostgreSQL is. The URL as a whole is secret, as passwords hide in more than
// one place of it; what is shown is put together from the places where none can be.
func databaseURL() Kind {
	return scalar("PostgreSQL URL", func(text string) (Secret, string) {
		if text == "" {
			return Secret{}, ""
		}
		_, fault := parseDatabaseURL(text)
		return NewSecret(text), fault
	}, func(value Secret, text string) any {
		if value.IsZero() {
			return ""
		}
		u, _ := parseDatabaseURL(text)
		return maskedURL(u)
	})
}

// parseDatabaseURL refuses an @ behind the host: then a password has a / ? or # in it, and half of
// it would be taken for the host or the name of the database and shown.
func parseDatabaseURL(text string) (*url.URL, string) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, "is not a URL; in a password write special characters as % and two digits"
	case u.Scheme != "postgres" && u.Scheme != "postgresql":
		return nil, "does not begin with postgres:// or postgresql://"
	case u.Opaque != "", u.Fragment != "", strings.Contains(u.EscapedPath()+u.RawQuery, "@"):
		return nil, "has a character in its password that must be written as % and two digits: / is %2F, ? is %3F, # is %23"
	}
	return u, ""
}

// webhookURL is where to post. Tokens may be in its query, so that is not shown.
func webhookURL() Kind {
	return scalar("URL, https unless the host is this machine", func(text string) (string, string) {
		if text == "" {
			return "", ""
		}
		return text, webhookFault(text)
	}, func(_, text string) any {
		if text == "" {
			return ""
		}
		u, err := url.Parse(text)
		if err != nil {
			return mask
		}
		return maskedURL(u)
	})
}

// issuer is the address of a provider, which its tokens name letter for letter.
func issuer() Kind {
	return scalar("URL, https unless the host is this machine", func(text string) (string, string) {
		u, err := url.Parse(text)
		switch {
		case text == "":
			return "", ""
		case err != nil || u.Opaque != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || !isHost(u.Hostname()) || !hasPort(u),
			u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
			return "", quote(text) + " is not an address such as https://login.example.com"
		}
		return text, ""
	}, asWritten)
}

func webhookFault(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Opaque != "" || !isHost(u.Hostname()) || !hasPort(u) || u.Fragment != "":
		return "is not a URL such as https://www.example.com/hook"
	case u.User != nil, strings.Contains(u.EscapedPath(), "@"): // with a / in the password it is there
		return "has a user name in it; requests are signed with handover.webhook.secret instead"
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(u.Hostname()):
		return ""
	case u.Scheme == "http":
		return fmt.Sprintf("%q must begin with https://, as %s is another machine", maskedURL(u), u.Host)
	default:
		return fmt.Sprintf("%q does not begin with https://", maskedURL(u))
	}
}

// maskedURL is a URL without password and query.
func maskedURL(u *url.URL) string {
	masked := u.Scheme + "://"
	if u.User != nil {
		masked += url.User(u.User.Username()).String()
		if _, set := u.User.Password(); set {
			masked += ":" + mask
		}
		masked += "@"
	}
	masked += u.Host + u.EscapedPath()
	if u.RawQuery != "" {
		masked += "?" + mask
	}
	return masked
}
