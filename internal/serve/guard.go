package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"isnad/internal/account"
	"isnad/internal/store"
)

// Access is how others than the person of this machine reach the server. Its zero
// value is: not at all.
type Access struct {
	Cert, Key string         // files of the certificate and its key, in PEM; the server encrypts by itself
	Proxies   []netip.Prefix // from where a proxy that encrypts passes requests on; its X-Forwarded-For and X-Forwarded-Proto are believed
}

// Encrypted says that what others send comes encrypted, by which they may be let
// in, with a name and a password.
func (a Access) Encrypted() bool { return a.Cert != "" || len(a.Proxies) > 0 }

// How often an address may ask, and try to log in.
const (
	asksASecond, asksAtOnce   = 20, 200
	triesASecond, triesAtOnce = 1.0 / 12, 5
)

// guard lets in who has logged in.
type guard struct {
	access Access
	asks   *account.Limit
	tries  *account.Limit
}

func newGuard(a Access) *guard {
	return &guard{a, account.NewLimit(asksASecond, asksAtOnce), account.NewLimit(triesASecond, triesAtOnce)}
}

// visit is what the guard found of a request.
type visit struct {
	address string
	user    store.User // its Name is "" for nobody
}

type visitKey struct{}

// visitOf is what the guard found, nil where there is no guard.
func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// remote is the address that a request came from, by the proxy's word where there is one.
func remote(r *http.Request) string {
	if v := visitOf(r.Context()); v != nil {
		return v.address
	}
	return peer(r)
}

func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// errUnencrypted refuses what did not come encrypted.
var errUnencrypted = errors.New("this server is asked over https, through its proxy")

// client says where a request comes from: from whom it is connected to, or, where
// that is a trusted proxy, the last of the addresses that no trusted proxy has. A
// proxy must say that it was asked over https.
func (a Access) client(r *http.Request) (string, error) {
	trusted := func(s string) bool {
		ip, err := netip.ParseAddr(strings.TrimSpace(s))
		return err == nil && slices.ContainsFunc(a.Proxies, func(p netip.Prefix) bool { return p.Contains(ip.Unmap().WithZone("")) })
	}
	from := peer(r)
	switch {
	case !trusted(from) && r.TLS != nil:
		return from, nil
	case !trusted(from) || r.TLS == nil && !strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"):
		return from, errUnencrypted
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if hop = strings.TrimSpace(hop); hop != "" {
			from = hop
		}
		if !trusted(from) {
			break
		}
	}
	return from, nil
}

// health are the paths that tell nothing but how the server is. They are asked by
// what watches it, beside the proxy.
func health(path string) bool { return path == "/healthz" || path == "/readyz" }

// public are the paths that need no log-in.
func public(path string) bool {
	return path == "/login" || health(path) || strings.HasPrefix(path, "/static/")
}

// guarded lets requests through that may be answered: encrypted, not too many, and
// of somebody who has logged in.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		address, err := s.guard.access.client(r)
		if err != nil && !health(r.URL.Path) {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		v := &visit{address: address}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		if !s.guard.asks.Allow(address, s.now()) {
			w.Header().Set("Retry-After", "10")
			http.Error(w, "too many requests; try again in ten seconds", http.StatusTooManyRequests)
			return
		}
		if v.user, err = s.who(r); err != nil {
			s.Log.Error("session not looked up", "err", err)
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			return
		}
		switch {
		case v.user.Name != "" || public(r.URL.Path):
			next.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead, strings.HasPrefix(r.URL.Path, "/api/"), r.URL.Query().Has("part"), r.URL.Query().Get("format") == "json":
			w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprintln(w, `{"title":"Unauthorized","status":401,"detail":"log in at /login"}`)
		default:
			http.Redirect(w, r, "/login?to="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		}
	})
}

// alone turns away what a proxy passes on to a server that knows no users: it would
// show the store to whoever asks the proxy.
func alone(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"} {
			if r.Header.Get(name) != "" {
				http.Error(w, "isnad serves this machine only, and this came through a proxy; start it with --trusted-proxy and add users", http.StatusForbidden)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
