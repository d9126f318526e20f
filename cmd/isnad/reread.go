package main

import (
	"context"

	"isnad"
	"isnad/internal/store"
)

type rereadCmd struct {
	Workers int `placeholder:"N" help:"Articles read at once (default: one a processor)."`
}

func (rereadCmd) Help() string {
	return `Each article is kept with the version of program and lexicon that read it. After
either has changed, this reads again, from the store, what another version read.
It can be interrupted and goes on when it is run again.

Examples:
  isnad reread
  isnad reread --lexicon my-tables/`
}

func (c *rereadCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		r, lex, err := e.reader()
		if err != nil {
			return err
		}
		r = newFactual(r, lex)
		t := e.tally("reading again")
		kept := newBatch(s, r.Name(), t)
		produce := func(ctx context.Context, hand func(isnad.Article) error) error {
			for v, err := range s.Stale(ctx, r.Name()) {
				if err != nil {
					return err
				}
				if err := hand(v.Article); err != nil {
					return err
				}
			}
			return nil
		}
		err = readAll(e.ctx, r, c.Workers, produce, func(res result) error { return kept.add(e.ctx, res) })
		if err == nil {
			err = kept.flush(e.ctx)
		}
		if err == nil {
			err = link(e.ctx, e, s, lex)
		}
		return firstError(err, t.end())
	})
}
