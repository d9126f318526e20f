package main

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"

	"isnad/internal/serve"
	"isnad/internal/store"
	"isnad/testdata"
)

type serveCmd struct {
	Addr         string         `placeholder:"HOST:PORT" aliases:"listen" default:"127.0.0.1:4747" help:"Address of this machine to serve on (default: 127.0.0.1:4747); port 0 takes a free one. One that others can reach takes a certificate or a trusted proxy."`
	TLSCert      string         `name:"tls-cert" placeholder:"FILE" and:"tls" help:"Certificate to encrypt with, PEM. Only users are let in then."`
	TLSKey       string         `name:"tls-key" placeholder:"FILE" and:"tls" help:"Its key, PEM."`
	TrustedProxy []netip.Prefix `placeholder:"CIDR" help:"Network of a proxy that encrypts and passes requests on, with X-Forwarded-For and X-Forwarded-Proto. Only users are let in then."`
	As           string         `placeholder:"NAME" help:"Under which name claims are marked (default: the name of the user of this machine)."`
	Open         bool           `help:"Open the pages in the browser."`
}

func (serveCmd) Help() string {
	return `Pages to read the store's articles in, with their claims marked, in English and
Arabic; the same as JSON under /api. Only this machine can reach them, without a
password. Others can where what they send comes encrypted, and must log in ("isnad
users"); docs/security.md says what holds then.

Examples:
  isnad serve
  isnad serve --db july.db --addr 127.0.0.1:8080
  isnad serve --addr 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem
  isnad serve --trusted-proxy 127.0.0.1/32       behind a proxy on this machine
  curl -s 'http://127.0.0.1:4747/api/claims?dyad=RUS-PRK&stance=denies'

Ctrl-C ends it.`
}

func (c *serveCmd) Run(e *environment) error {
	a := serve.Access{Cert: c.TLSCert, Key: c.TLSKey, Proxies: c.TrustedProxy}
	if a.Cert != "" {
		if _, err := tls.LoadX509KeyPair(a.Cert, a.Key); err != nil {
			return usagef("certificate %s with key %s: %w; both are files in PEM", a.Cert, a.Key, err)
		}
	}
	l, err := listen(c.Addr, a)
	if err != nil {
		return err
	}
	defer l.Close()
	return e.withStore(false, func(s store.Store) error {
		o := serve.Options{Author: cmp.Or(c.As, osUser())}
		if a.Encrypted() {
			o.Access = &a
			if us, err := s.Users(e.ctx); err != nil || len(us) == 0 {
				return firstError(err, usagef(`nobody could log in: the store has no users; add one with "isnad users add NAME"`))
			}
		}
		return e.pages(l, s, o, c.Open)
	})
}

// listen takes the address; one that can't be served on is a usage error.
func listen(addr string, a serve.Access) (net.Listener, error) {
	l, err := serve.Listen(addr, a)
	if errors.Is(err, serve.ErrNotLoopback) {
		err = usageError{err}
	}
	return l, err
}

// pages serves a store until the program is told to end. The options say what
// the store and the program do not.
func (e *environment) pages(l net.Listener, s store.Store, o serve.Options, open bool) error {
	defer l.Close()
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	book, err := newLedger(lex)
	if err != nil {
		return err
	}
	o.Store, o.Lexicon, o.Ledger, o.Reader, o.Scores = s, lex, bookkeeper{book}, r.Name(), testdata.Scores
	o.Log = slog.New(slog.NewTextHandler(e.stderr, nil))
	server := serve.New(o)
	address := "http://" + l.Addr().String() + "/"
	if o.Access != nil && o.Access.Cert != "" {
		address = "https" + strings.TrimPrefix(address, "http")
	}
	fmt.Fprintf(e.stdout, "isnad is at %s (Ctrl-C ends it)\n", address)
	if open {
		if err := openBrowser(address); err != nil {
			e.warn("open %s: %v; open it by hand", address, err)
		}
	}
	return server.Serve(e.ctx, l)
}
