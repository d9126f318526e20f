// Package fetch gets what isnad reads from the network. It is the only package
// that opens connections.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
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
)

// Options bound a fetch. A zero field means its default.
type Options struct {
	// AllowHosts lists addresses, "HOST:PORT" as in the URL, that may be fetched
	// from although they are in a private network. A link in a page must not make
	// isnad ask a service on this machine.
	AllowHosts []string
	MaxBytes   int64         // default 32 MiB
	Timeout    time.Duration // for the whole of it; default 30 s
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
	fail := func(err error, remedy string) (Fetched, error) {
		return Fetched{}, fmt.Errorf("fetch %s: %w; %s", address, err, remedy)
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return fail(ErrAddress, "write it as https://host/page")
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 32 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	transport := &http.Transport{DialContext: o.dial, DisableKeepAlives: true, TLSHandshakeTimeout: 10 * time.Second}
	client := &http.Client{Transport: transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errors.New("redirected ten times")
		}
		return nil
	}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fail(err, "check the address")
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	req.Header.Set("Accept-Language", "ar,en;q=0.8")
	resp, err := client.Do(req)
	switch {
	case errors.Is(err, ErrPrivate):
		return fail(ErrPrivate, "allow it with --allow-host HOST:PORT if it is meant")
	case err != nil:
		var ue *url.Error
		if errors.As(err, &ue) {
			err = ue.Err
		}
		return fail(err, "check the address and the network")
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fail(fmt.Errorf("%w: %s", ErrStatus, resp.Status), "open it in a browser, save the page and read the file")
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, o.MaxBytes+1))
	if err != nil {
		return fail(err, "try again")
	}
	if int64(len(body)) > o.MaxBytes {
		return fail(fmt.Errorf("%w: over %d MiB", ErrTooLarge, o.MaxBytes>>20), "save it and read the file")
	}
	return Fetched{URL: resp.Request.URL.String(), ContentType: resp.Header.Get("Content-Type"), Body: body, At: time.Now()}, nil
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
