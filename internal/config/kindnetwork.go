package config

import (
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
)

// port is between these; 0 lets the system choose one, which only listeners may.
const mostPort = 65535

// address is where to listen. It may be "" only if the setting is optional.
func address(optional bool) Kind {
	name := "host:port"
	if optional {
		name += " or nothing"
	}
	return scalar(name, func(text string) (string, string) {
		if text == "" && optional {
			return "", ""
		}
		return parseAddress(text)
	}, asWritten)
}

func parseAddress(text string) (string, string) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", quote(text) + " is not host:port such as 127.0.0.1:8080"
	}
	if _, fault := parseNumber(port, 0, mostPort); fault != "" {
		return "", fmt.Sprintf("the port of %s is not a number between 0 and %d", quote(text), mostPort)
	}
	if host != "" && !isHost(host) {
		return "", fmt.Sprintf("the host of %s is neither a name nor an IP address", quote(text))
	}
	return text, ""
}

// hostName is a machine without a port.
func hostName() Kind {
	return scalar("host name or IP address", func(text string) (string, string) {
		if text != "" && !isHost(text) {
			return "", quote(text) + " is neither a host name nor an IP address; the port is a setting of its own"
		}
		return text, ""
	}, asWritten)
}

// isHost reports whether a text can be the name or IP address of a machine.
func isHost(text string) bool {
	if _, err := netip.ParseAddr(text); err == nil {
		return true
	}
	return len(text) <= 253 && text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !letter && r != '-' && r != '.' && r != '_'
	})
}

// isLoopback reports whether a host is this machine.
func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && address.IsLoopback()
}

// networks are IP addresses and ranges of them.
func networks() Kind { return list("IP addresses and ranges (CIDR)", parseNetwork) }

func parseNetwork(text string) (netip.Prefix, string) {
	if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" {
		address = address.Unmap()
		return netip.PrefixFrom(address, address.BitLen()), ""
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil || prefix.Addr().Is4In6() {
		return netip.Prefix{}, quote(text) + " is neither an IP address nor a range such as 10.0.0.0/8"
	}
	if prefix != prefix.Masked() { // it may well be meant to be that one address
		return netip.Prefix{}, fmt.Sprintf("%s is an address inside of a range; write %s or %s", quote(text), prefix.Masked(), prefix.Addr())
	}
	return prefix, ""
}

// origins are web sites as browsers name them in requests.
func origins() Kind { return list("origins such as https://www.example.com", parseOrigin) }

// origin is one of them, or nothing.
func origin() Kind {
	return scalar("origin such as https://www.example.com, or nothing", func(text string) (string, string) {
		if text == "" {
			return "", ""
		}
		return parseOrigin(text)
	}, asWritten)
}

func parseOrigin(text string) (string, string) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !isHost(u.Hostname()) || !hasPort(u) || text != u.Scheme+"://"+u.Host {
		return "", quote(text) + " is not an origin such as https://www.example.com, without anything behind it"
	}
	return withoutUsualPort(strings.ToLower(text)), ""
}

// withoutUsualPort writes an origin as browsers do: they leave the port of the scheme out.
func withoutUsualPort(origin string) string {
	if strings.HasPrefix(origin, "https:") {
		return strings.TrimSuffix(origin, ":443")
	}
	return strings.TrimSuffix(origin, ":80")
}

// hasPort reports whether the port of an address is one, or is left out.
func hasPort(u *url.URL) bool {
	if u.Port() == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	_, fault := parseNumber(u.Port(), 1, mostPort)
	return fault == ""
}

// sender is a mail address, perhaps with a name.
func sender() Kind {
	return scalar("mail address", func(text string) (string, string) {
		if text == "" {
			return "", ""
		}
		if _, err := mail.ParseAddress(text); err != nil {
			return "", quote(text) + " is not a mail address"
		}
		return parseText(text)
	}, asWritten)
}

// recipients are mail addresses without names, whose commas would look like those of a list.
func recipients() Kind {
	return list("mail addresses", func(text string) (string, string) {
		address, err := mail.ParseAddress(text)
		if err != nil || address.Address != text {
			return "", quote(text) + " is not a mail address such as desk@example.com"
		}
		return text, ""
	})
}

// logLevel is the least weight of what is logged.
func logLevel() Kind {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	words := choice("debug", "info", "warn", "error")
	return Kind{Name: words.Name, read: func(written []string) (any, any, string) {
		_, shown, fault := words.read(written)
		return levels[written[0]], shown, fault
	}}
}
