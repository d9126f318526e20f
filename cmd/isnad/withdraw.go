package main

import (
	"fmt"
	"strings"
	"time"

	"isnad/internal/store"
)

type withdrawCmd struct {
	Article string `arg:"" optional:"" help:"Id or address of the article; without it, what was withdrawn is listed."`
	Reason  string `help:"Why, kept with it."`
	At      string `placeholder:"TIME" help:"Since when (RFC 3339; default: now)."`
}

func (withdrawCmd) Help() string {
	return `What its outlet took back: the claims of all its versions count no more, events
are linked anew without them, and a tombstone stands for it. It stays withdrawn
when it is ingested again.

Examples:
  isnad withdraw https://example.org/1 --reason "retracted by the outlet"
  isnad withdraw                                 what was withdrawn, when and why`
}

func (c *withdrawCmd) Run(e *environment) error {
	if c.Article == "" {
		return e.withStore(false, c.list(e))
	}
	if c.At == "" {
		c.At = time.Now().UTC().Format(time.RFC3339)
	} else if _, err := time.Parse(time.RFC3339, c.At); err != nil {
		return usagef("--at %q: write a time as 2024-11-19T14:31:00Z", c.At)
	}
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	return e.withStore(true, func(s store.Store) error {
		a, err := finder(e.ctx, s)(c.Article)
		if err != nil {
			return err
		}
		if err := s.Withdraw(e.ctx, a.ID, c.At, c.Reason); err != nil {
			return err
		}
		return link(e.ctx, e, s, lex)
	})
}

// list prints the tombstones, one a line.
func (c *withdrawCmd) list(e *environment) func(store.Store) error {
	return func(s store.Store) error {
		ts, err := s.Tombstones(e.ctx)
		for _, t := range ts {
			fmt.Fprintln(e.stdout, strings.Join([]string{t.Withdrawn, t.Article, t.Outlet, t.Published, t.URL, t.Title, t.Reason}, "\t"))
		}
		return err
	}
}
