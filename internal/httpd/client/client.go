// Package client tells which address a request comes from.
// It exists because limits by address are worth nothing if a header that anybody can send decides.
package client

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// networkBits is how much of an IPv6 address one household or office commonly has: whoever has one
// address of such a network has all of them.
const networkBits = 64

// Proxies are the networks whose word about a client's address is taken.
type Proxies []netip.Prefix

// Address is where a request comes from: the peer, or, if that is a trusted proxy, the last hop in
// X-Forwarded-For that is none. It is the zero address if the peer has no IP address.
func (p Proxies) Address(r *http.Request) netip.Addr {
	address := parse(r.RemoteAddr)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !p.trusted(address) {
			break
		}
		next := parse(strings.TrimSpace(hop))
		if !next.IsValid() {
			break // what stands left of it was vouched for by nobody
		}
		address = next
	}
	return address
}

func (p Proxies) trusted(address netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(address) })
}

// Network is what limits count by: an IPv4 address, or the /64 of an IPv6 address.
func Network(address netip.Addr) netip.Prefix {
	bits := address.BitLen()
	if address.Is6() {
		bits = networkBits
	}
	network, err := address.Prefix(bits)
	if err != nil { // the zero address; all that have none share one limit
		return netip.Prefix{}
	}
	return network
}

// parse reads an address with or without a port. Zones are of this machine only and dropped.
func parse(text string) netip.Addr {
	address, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		withPort, err := netip.ParseAddrPort(text)
		if err != nil {
			return netip.Addr{}
		}
		address = withPort.Addr()
	}
	return address.Unmap().WithZone("")
}
