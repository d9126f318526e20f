package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/eval"
)

type evalCmd struct {
	Articles string     `arg:"" optional:"" help:"Articles of the gold set, JSONL with their sentences." type:"path"`
	Gold     string     `arg:"" optional:"" help:"Its claims, JSONL." type:"path"`
	Claims   []string   `arg:"" optional:"" help:"Claims to score, as isnad read prints them or in gold's shape; of several readers a column each. Without any the articles are read now." type:"path"`
	Lang     isnad.Lang `placeholder:"ar|en" help:"Score articles of one language only."`
	Errors   int        `placeholder:"N" help:"Print the first N sentences with errors to stderr."`
	By       string     `enum:"all,type" default:"all" help:"With type: a line for each event type, too."`
	JSON     bool       `name:"json" help:"As one JSON object."`
	Suite    string     `placeholder:"DIR" type:"path" help:"Every measure of docs/quality.md, on the gold sets of this folder; what is missing is named and skipped."`
	Data     string     `placeholder:"DIR" type:"path" help:"With --suite: folder of plain news (default: data beside the folder)."`
	Format   string     `enum:"text,jsonl" default:"text" help:"With --suite: text or jsonl, a figure row a line."`
}

func (evalCmd) Help() string {
	return `Figures and lines are those of the annotation guide's scorer.

Examples:
  isnad eval dev.articles.jsonl dev.gold.jsonl
  isnad eval dev.articles.jsonl dev.gold.jsonl claims.jsonl --lang ar --errors 10
  isnad eval dev.articles.jsonl dev.gold.jsonl claims.jsonl model.jsonl    a column a reader
  isnad eval dev.articles.jsonl dev.gold.jsonl --by type
  isnad eval --suite gold                        every measure
  isnad eval --suite gold --format jsonl > figures.jsonl`
}

func (c *evalCmd) Run(e *environment) error {
	switch {
	case c.Suite != "" && c.Articles != "":
		return usagef("name either --suite or articles and gold, not both")
	case c.Suite != "":
		return c.suite(e)
	case c.Gold == "":
		return usagef("name the articles and the claims of a gold set, or a folder of them with --suite")
	}
	articles, err := openAnd(c.Articles, eval.ReadArticles)
	if err != nil {
		return err
	}
	claimsOf := func(r io.Reader, name string) (eval.Claims, error) { return eval.ReadClaims(r, name, articles) }
	gold, err := openAnd(c.Gold, claimsOf)
	if err != nil {
		return err
	}
	var predicted eval.Claims
	if len(c.Claims) > 0 {
		by, err := c.readers(articles)
		if err != nil {
			return err
		}
		if len(by) > 1 {
			return c.compare(e, articles, gold, by)
		}
		for _, claims := range by {
			predicted = claims
		}
	} else if predicted, err = c.readNow(e, articles); err != nil {
		return err
	}
	o := eval.Options{Lang: c.Lang}
	if c.Errors > 0 {
		left := c.Errors
		o.Error = func(d eval.Difference) bool {
			d.WriteTo(e.stderr)
			left--
			return left > 0
		}
	}
	res := eval.Score(articles, gold, predicted, o)
	if c.JSON {
		return res.WriteJSON(e.stdout)
	}
	if err := res.WriteText(e.stdout); err != nil || c.By != "type" {
		return err
	}
	return res.WriteTypes(e.stdout)
}

// readers are the claims of all files by reader; rows that name none are the
// file's.
func (c *evalCmd) readers(articles *eval.Articles) (map[string]eval.Claims, error) {
	out := map[string]eval.Claims{}
	for _, path := range c.Claims {
		by, err := openAnd(path, func(r io.Reader, name string) (map[string]eval.Claims, error) {
			return eval.ReadReaders(r, name, articles)
		})
		if err != nil {
			return nil, err
		}
		if len(by) == 0 {
			by[""] = eval.Claims{}
		}
		for reader, claims := range by {
			reader = cmp.Or(reader, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
			if out[reader] != nil {
				return nil, usagef("two of the files have claims of reader %q; rename a file, or the reader of its rows", reader)
			}
			out[reader] = claims
		}
	}
	return out, nil
}

// compare scores the claims of several readers on the same gold.
func (c *evalCmd) compare(e *environment, articles *eval.Articles, gold eval.Claims, by map[string]eval.Claims) error {
	if c.Errors > 0 || c.By != "all" {
		return usagef("--errors and --by take the claims of one reader; these files have those of %d", len(by))
	}
	var results []eval.Named
	for _, reader := range slices.Sorted(maps.Keys(by)) {
		results = append(results, eval.Named{Reader: reader, Result: eval.Score(articles, gold, by[reader], eval.Options{Lang: c.Lang})})
	}
	if !c.JSON {
		return eval.WriteColumns(e.stdout, results)
	}
	for _, r := range results {
		var body bytes.Buffer
		if err := r.WriteJSON(&body); err != nil {
			return err
		}
		name, err := json.Marshal(r.Reader)
		if err != nil {
			return err
		}
		fmt.Fprintf(e.stdout, "{\"reader\": %s, \"scores\": %s}\n", name, bytes.TrimSpace(body.Bytes()))
	}
	return nil
}

func (c *evalCmd) readNow(e *environment, articles *eval.Articles) (eval.Claims, error) {
	r, _, err := e.reader()
	if err != nil {
		return nil, err
	}
	var claims []isnad.Claim
	for _, a := range articles.All() {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		res := read(r, a)
		if res.err != nil {
			return nil, res.err
		}
		claims = append(claims, res.reading.Claims...)
	}
	return eval.Of(claims, articles), nil
}

// openAnd opens a file and reads it.
func openAnd[T any](path string, f func(io.Reader, string) (T, error)) (T, error) {
	file, err := os.Open(path)
	if err != nil {
		var zero T
		return zero, fmt.Errorf("read %s: %w; check the path", path, err)
	}
	defer file.Close()
	return f(file, path)
}
