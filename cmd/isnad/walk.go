package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"isnad"
	"isnad/internal/store"
	"isnad/lexicon"
)

// walker finds the articles of an input.
type walker interface {
	Walk(ctx context.Context, path string, stdin io.Reader, article func(isnad.Article) error, failed func(error)) error
}

var errNoArticle = errors.New("no article text found")

func newWalker(lex *lexicon.Lexicon, outlet string) (walker, error) { return rows{outlet}, nil }

// rows reads JSONL only. It stands here until package extract is merged.
type rows struct{ outlet string }

func (r rows) Walk(ctx context.Context, path string, stdin io.Reader, article func(isnad.Article) error, failed func(error)) error {
	in, name := stdin, "standard input"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			failed(err)
			return nil
		}
		defer f.Close()
		in, name = f, path
	}
	br := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, err := br.ReadBytes('\n')
		if len(line) > 1 {
			var a isnad.Article
			if e := json.Unmarshal(line, &a); e != nil {
				failed(fmt.Errorf("read %s:%d: %w; write one JSON object a line", name, n, e))
			} else if a.Text == "" {
				failed(fmt.Errorf("read %s:%d: %w", name, n, errNoArticle))
			} else {
				a.SHA256 = store.TextSHA256(a.Text)
				if a.ID == "" {
					a.ID = "a" + a.SHA256[:16]
				}
				if a.Outlet == "" {
					a.Outlet = r.outlet
				}
				if err := article(a); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return ctx.Err()
		}
	}
}
