// Package fetch gets what isnad reads from the network. It is the only package
// that opens connections.
package fetch

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// Errors of Page, matched with errors.Is.
var (
	ErrAddress  = errors.New("no address of a page")
	ErrPrivate  = errors.New("in a private network")
	ErrStatus   = errors.New("refused by the server")
	ErrTooLarge = errors.New("too large")
	ErrRobots   = errors.New("not wanted by the site's robots.txt")
	ErrGone     = errors.New("gone for good")
	ErrPacked   = errors.New("packed in a way that cannot be read")
)

// Options bound a fetch. A zero field means its default.
type Options struct {
	// AllowHosts lists addresses, "HOST:PORT" as in the URL, that may be fetched
	// from although they are in a private network. A link in a page must not make
	// isnad ask a service on this machine.
	AllowHosts []string
	MaxBytes   int64         // unpacked; default 32 MiB
	Timeout    time.Duration // for the whole of it; default 30 s
	Delay      time.Duration // between two requests of a Client to one host; default 1 s, longer where robots.txt asks for it
}

func (o Options) filled() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 32 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Delay <= 0 {
		o.Delay = time.Second
	}
	return o
}

// Fetched is what an address gave.
type Fetched struct {
	URL         string // after redirects
	ContentType string
	Body        []byte
	At          time.Time
}

const userAgent = "isnad/0.1 (reads news into attributed claims)"

// Page gets one address that a person asked for. It asks no proxy: behind one,
// the addresses that dial judges would not be those that are connected to.
func Page(ctx context.Context, address string, o Options) (Fetched, error) {
	o = o.filled()
	got, err := o.get(ctx, o.client(), Request{URL: address})
	return got.Fetched, err
}

// dial connects to public addresses only, except for hosts that are allowed.
// The address is judged after the name is resolved and at the very connection,
// so that a name that resolves to another address the second time gains nothing.
func (o Options) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: 10 * time.Second}
	if !slices.Contains(o.AllowHosts, address) {
		d.ControlContext = func(_ context.Context, _, resolved string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(resolved)
			if err != nil || !public(ap.Addr()) {
				return ErrPrivate
			}
			return nil
		}
	}
	return d.DialContext(ctx, network, address)
}

// shared lists the networks that netip has no word for and that are not public:
// carrier-grade NAT (RFC 6598), "this network" (RFC 791), benchmarking (RFC
// 2544), reserved (RFC 1112), and IPv4 carried in IPv6 (RFC 6052, 3056).
var shared = []netip.Prefix{
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"),
}

func public(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsGlobalUnicast() && !a.IsPrivate() && !slices.ContainsFunc(shared, func(p netip.Prefix) bool { return p.Contains(a) })
}
