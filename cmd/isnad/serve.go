package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"isnad/internal/serve"
	"isnad/internal/store"
	"isnad/testdata"
)

type serveCmd struct {
	Addr string `placeholder:"HOST:PORT" default:"127.0.0.1:4747" help:"Address of this machine to serve on (default: 127.0.0.1:4747); port 0 takes a free one."`
	As   string `placeholder:"NAME" help:"Under which name claims are marked (default: the name of the user of this machine)."`
	Open bool   `help:"Open the pages in the browser."`
}

func (serveCmd) Help() string {
	return `Pages to read the store's articles in, with their claims marked, in English and
Arabic; the same as JSON under /api. Only this machine can reach them.

Examples:
  isnad serve
  isnad serve --db july.db --addr 127.0.0.1:8080
  curl -s 'http://127.0.0.1:4747/api/claims?dyad=RUS-PRK&stance=denies'

Ctrl-C ends it.`
}

func (c *serveCmd) Run(e *environment) error {
	l, err := listen(c.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	return e.withStore(false, func(s store.Store) error { return e.pages(l, s, serve.Options{Author: cmp.Or(c.As, osUser())}, c.Open) })
}

// listen takes the address; one that can't be served on is a usage error.
func listen(addr string) (net.Listener, error) {
	l, err := serve.Listen(addr)
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
	fmt.Fprintf(e.stdout, "isnad is at %s (Ctrl-C ends it)\n", address)
	if open {
		if err := openBrowser(address); err != nil {
			e.warn("open %s: %v; open it by hand", address, err)
		}
	}
	return server.Serve(e.ctx, l)
}
