package main

import (
	"context"
	"path/filepath"

	"isnad"
	"isnad/internal/suite"
)

// suite runs every measure and prints each table as it is done.
func (c *evalCmd) suite(e *environment) error {
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	in, err := newInputs(e, lex, "", nil, nil)
	if err != nil {
		return err
	}
	o := suite.Options{
		Gold: c.Suite, Data: c.Data, Lexicon: lex,
		Read: func(a isnad.Article) []isnad.Claim { return r.Read(a).Claims },
		Walk: func(ctx context.Context, path string, article func(isnad.Article) error) error {
			return in.walk(ctx, path, article, func(error) {}) // rows without a text are not listed
		},
	}
	if o.Data == "" {
		o.Data = filepath.Join(filepath.Dir(filepath.Clean(c.Suite)), "data")
	}
	return suite.Run(e.ctx, o, func(t suite.Table) error {
		if t.Skipped != "" && !e.flags.Quiet {
			e.warn("%s skipped: %s", t.Name, t.Skipped)
		}
		if c.Format == "jsonl" {
			return t.WriteJSON(e.stdout)
		}
		return t.WriteText(e.stdout)
	})
}
