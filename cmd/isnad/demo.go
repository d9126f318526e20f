package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"isnad"
	"isnad/internal/demo"
	"isnad/internal/orth"
	"isnad/internal/serve"
	"isnad/internal/store/sqlite"
)

type demoCmd struct {
	Print bool   `help:"Print the claims as \"isnad read --format text\" does, and serve nothing."`
	Addr  string `placeholder:"HOST:PORT" default:"127.0.0.1:4747" help:"Address of this machine to serve on (default: 127.0.0.1:4747); port 0 takes a free one."`
	Open  bool   `help:"Open the pages in the browser."`
}

func (demoCmd) Help() string {
	return `Reads some forty bundled reports in Arabic and English, composed for the
demonstration, into a store of its own that is removed at the end, and serves it.

Examples:
  isnad demo --open
  isnad demo --print | less -R
  isnad demo --addr 127.0.0.1:0                  on any free port`
}

func (c *demoCmd) Run(e *environment) (err error) {
	articles, err := demo.Reports()
	if err != nil {
		return err
	}
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	produce := func(_ context.Context, hand func(isnad.Article) error) error {
		for _, a := range articles {
			if err := hand(a); err != nil {
				return err
			}
		}
		return nil
	}
	t := e.tally("reading")
	if c.Print {
		out := bufio.NewWriterSize(e.stdout, 1<<16)
		err := readAll(e.ctx, r, 0, produce, func(res result) error {
			if res.err != nil {
				t.failed(res.err)
				return nil
			}
			t.add(res)
			return writeText(out, e.marks(), res.article, res.reading, false)
		})
		if ferr := out.Flush(); err == nil && ferr != nil {
			err = fmt.Errorf("write results: %w", ferr)
		}
		return firstError(err, t.end())
	}
	l, err := listen(c.Addr, serve.Access{})
	if err != nil {
		return err
	}
	defer l.Close()
	dir, err := os.MkdirTemp("", "isnad-demo-")
	if err != nil {
		return fmt.Errorf("make the demonstration's store: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := sqlite.Open(e.ctx, filepath.Join(dir, "demo.db"), sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	kept := newBatch(s, r.Name(), t)
	if err := readAll(e.ctx, newFactual(r, lex), 0, produce, func(res result) error { return kept.add(e.ctx, res) }); err != nil {
		return err
	}
	if err := kept.flush(e.ctx); err != nil {
		return err
	}
	if err := link(e.ctx, e, s, lex); err != nil {
		return err
	}
	if err := t.end(); err != nil {
		return err
	}
	return e.pages(l, s, serve.Options{Demo: true, Author: "you"}, c.Open)
}
