package client_test

import (
	"net/http"
	"net/netip"
	"testing"

	"passdesk/internal/httpd/client"
)

func TestAddress(t *testing.T) {
	proxies := client.Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:1::/48")}
	tests := []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "192.0.2.1:4711", nil, "192.0.2.1"},
		{"a stranger's word does not count", "192.0.2.1:4711", []string{"198.51.100.7"}, "192.0.2.1"},
		{"a proxy's word counts", "10.1.2.3:4711", []string{"198.51.100.7"}, "198.51.100.7"},
		{"what the client claimed before does not", "10.1.2.3:4711", []string{"203.0.113.9, 198.51.100.7"}, "198.51.100.7"},
		{"two proxies", "10.1.2.3:4711", []string{"198.51.100.7, 10.9.9.9"}, "198.51.100.7"},
		{"two headers", "10.1.2.3:4711", []string{"203.0.113.9", "198.51.100.7,10.9.9.9"}, "198.51.100.7"},
		{"a proxy that says nothing", "10.1.2.3:4711", nil, "10.1.2.3"},
		{"proxies only", "10.1.2.3:4711", []string{"10.7.7.7, 10.9.9.9"}, "10.7.7.7"},
		{"rubbish is not passed", "10.1.2.3:4711", []string{"203.0.113.9, unknown, 10.9.9.9"}, "10.9.9.9"},
		{"rubbish only", "10.1.2.3:4711", []string{"\x00<script>"}, "10.1.2.3"},
		{"hops with ports", "10.1.2.3:4711", []string{"198.51.100.7:80"}, "198.51.100.7"},
		{"IPv6", "[2001:db8:1::5]:4711", []string{"2001:db8:2::7"}, "2001:db8:2::7"},
		{"IPv6 in brackets", "[2001:db8:1::5]:4711", []string{"[2001:db8:2::7]"}, "2001:db8:2::7"},
		{"IPv6 with a port", "[2001:db8:1::5]:4711", []string{"[2001:db8:2::7]:80"}, "2001:db8:2::7"},
		{"IPv4 in IPv6", "[::ffff:10.1.2.3]:4711", []string{"::ffff:198.51.100.7"}, "198.51.100.7"},
		{"a zone", "[fe80::1%eth0]:4711", nil, "fe80::1"},
		{"no address", "@", []string{"198.51.100.7"}, "invalid IP"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := &http.Request{RemoteAddr: test.peer, Header: http.Header{"X-Forwarded-For": test.forwarded}}
			if got := proxies.Address(r).String(); got != test.want {
				t.Errorf("address %s, want %s", got, test.want)
			}
		})
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1/32", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::9": "2001:db8:1:2::/64",
	} {
		if got := client.Network(netip.MustParseAddr(address)).String(); got != want {
			t.Errorf("network of %s is %s, want %s", address, got, want)
		}
	}
	if got := client.Network(netip.Addr{}); got.IsValid() {
		t.Errorf("network of no address is %s", got)
	}
}
