package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"isnad"
	"isnad/internal/store"
)

type ingestCmd struct {
	Inputs    []string          `arg:"" optional:"" name:"input" help:"Files, folders, zips or addresses; - for standard input."`
	Outlet    string            `help:"Outlet of articles that do not name theirs."`
	Again     bool              `help:"Open inputs even where they were ingested to the end and have not changed since."`
	Claims    string            `placeholder:"FILE" help:"Claims coded by others, as JSONL: claims as isnad prints them, or the short form of annotation. They take the place of those that the articles had."`
	Coder     string            `placeholder:"NAME" help:"Who coded them, where the rows do not say (default: the file's name)."`
	Feeds     bool              `help:"Take what is new from the feeds that are due (\"isnad feeds\")."`
	Watch     bool              `help:"Go on with the feeds until interrupted."`
	Pause     time.Duration     `placeholder:"TIME" default:"1s" help:"With --feeds and --watch: between two requests to one host; longer where its robots.txt asks for it (default: 1s)."`
	NoLink    bool              `help:"Leave the ledger as it is; the next ingest links."`
	Workers   int               `placeholder:"N" help:"Articles read at once (default: one a processor)."`
	Map       map[string]string `placeholder:"FIELD=COLUMN" mapsep:"," help:"Which column of a sheet or row holds an article's id, url, outlet, title, byline, published, lang, text or fetched."`
	AllowHost []string          `placeholder:"HOST:PORT" help:"Address in a private network that may be fetched from."`
}

func (ingestCmd) Help() string {
	return `Articles that the store has already, read by this reader, are passed over: an
interrupted ingest goes on where it was when it is run again. A text that has
changed since is kept as a further version of its article.

Examples:
  isnad ingest news.zip
  isnad ingest --db july.db archive/2015-07-*.zip
  isnad ingest --outlet aawsat pages/
  zcat articles.jsonl.gz | isnad ingest -
  isnad ingest --feeds                           what is new in the feeds, once
  isnad ingest --watch                           again and again, until Ctrl-C
  isnad ingest --claims coded.jsonl --coder annotator2`
}

func (c *ingestCmd) Run(e *environment) error {
	if len(c.Inputs) == 0 && c.Claims == "" && !c.Feeds && !c.Watch {
		return usagef("nothing to ingest; name a file, a folder or an address, - for standard input, or claims with --claims")
	}
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	in, err := newInputs(e, lex, c.Outlet, c.AllowHost, c.Map)
	if err != nil {
		return err
	}
	// The collector was a twelfth of an ingest; a third as often costs memory that a
	// machine with the lexicon in it has.
	defer debug.SetGCPercent(debug.SetGCPercent(300))
	return e.withStore(true, func(s store.Store) error {
		t := e.tally("ingesting")
		err := ingest(e.ctx, s, newFactual(r, lex), in, c, t)
		var some error
		if err == nil && c.Claims != "" {
			if some = ingestClaims(e.ctx, e, s, lex, c.Claims, c.Coder); !errors.Is(some, errSome) {
				err, some = some, nil
			}
		}
		if err == nil && !c.NoLink {
			err = link(e.ctx, e, s, lex)
		}
		if err == nil && (c.Feeds || c.Watch) {
			err = newWatcher(e, s, newFactual(r, lex), lex, c, t).run(e.ctx)
		}
		if errors.Is(err, context.Canceled) {
			e.warn(`interrupted; what was read until now is kept, and the same command goes on from there`)
		}
		return firstError(err, errors.Join(t.end(), some))
	})
}

// ingest reads inputs one after another into the store, in batches.
func ingest(ctx context.Context, s store.Store, r reader, in *inputs, c *ingestCmd, t *tally) error {
	var done []store.Input // to be recorded when their articles are kept
	kept := newBatch(s, r.Name(), t)
	produce := func(ctx context.Context, hand func(isnad.Article) error) error {
		for _, input := range c.Inputs {
			name, print := fingerprint(input)
			if before, err := s.Input(ctx, name); err == nil && print != "" && !c.Again && before.Fingerprint == print && before.Reader == r.Name() {
				t.skip(before.Articles)
				for _, f := range before.Failures {
					t.failed(asBefore(f))
				}
				continue
			}
			articles, failures := 0, []string{}
			news := &unknown{ctx: ctx, store: s, reader: r.Name(), hand: hand, skip: t.skip}
			err := in.walk(ctx, input, func(a isnad.Article) error { articles++; return news.add(a) }, func(err error) { failures = append(failures, err.Error()); t.failed(err) })
			if err == nil {
				err = news.flush()
			}
			if err != nil {
				return err
			}
			// An input with many failures is opened again next time, to name them again.
			if print != "" && len(failures) <= maxFailures {
				done = append(done, store.Input{Name: name, Fingerprint: print, Reader: r.Name(), Articles: articles, Failures: failures})
			}
		}
		return nil
	}
	if err := readAll(ctx, r, c.Workers, produce, func(res result) error { return kept.add(ctx, res) }); err != nil {
		return err
	}
	if err := kept.flush(ctx); err != nil {
		return err
	}
	if kept.refused { // an article of some input was not kept: look at all of them again next time
		return nil
	}
	for _, input := range done {
		if err := s.PutInput(ctx, input); err != nil {
			return err
		}
	}
	return nil
}

// maxFailures bounds what is kept of the failures of one input.
const maxFailures = 10_000

// asBefore is a failure of an input that was not opened this time.
type asBefore string

func (f asBefore) Error() string { return string(f) }

// Is finds the failure's kind in its words.
func (f asBefore) Is(target error) bool { return strings.Contains(string(f), target.Error()) }

// Batches are bounded in articles and in bytes of text.
const (
	batchArticles = 128
	batchBytes    = 8 << 20
)

// unknown hands on the articles that the store does not have by this reader. It
// asks for many at once: 15,042 articles are looked up in under a second.
type unknown struct {
	ctx      context.Context
	store    store.Store
	reader   string
	hand     func(isnad.Article) error
	skip     func(int)
	articles []isnad.Article
	bytes    int
}

func (u *unknown) add(a isnad.Article) error {
	u.articles = append(u.articles, a)
	if u.bytes += len(a.Text); len(u.articles) < batchArticles && u.bytes < batchBytes {
		return nil
	}
	return u.flush()
}

func (u *unknown) flush() error {
	digests := make([]string, len(u.articles))
	for i, a := range u.articles {
		var err error
		if digests[i], err = store.Digest(a); err != nil {
			return err
		}
	}
	known, err := u.store.Known(u.ctx, u.reader, digests...)
	if err != nil {
		return err
	}
	skipped := 0
	for i, a := range u.articles {
		if known[i] {
			skipped++
		} else if err := u.hand(a); err != nil {
			return err
		}
	}
	u.skip(skipped)
	u.articles, u.bytes = u.articles[:0], 0
	return nil
}

// batch gathers readings and puts them into the store together.
type batch struct {
	store    store.Store
	reader   string
	tally    *tally
	readings []store.Reading
	bytes    int
	refused  bool // some result was an error
}

func newBatch(s store.Store, reader string, t *tally) *batch {
	return &batch{store: s, reader: reader, tally: t}
}

// add takes a result. A reading that breaks the store's contract is a failure
// of its article and not of the batch.
func (b *batch) add(ctx context.Context, res result) error {
	r := store.Reading{Article: res.article, Claims: res.reading.Claims, Facts: res.facts, Sentences: len(res.reading.Sentences), Reader: b.reader}
	err := res.err
	if err == nil {
		err = r.Check()
	}
	if err != nil {
		b.refused = true
		b.tally.failed(err)
		return nil
	}
	b.tally.add(res)
	b.readings = append(b.readings, r)
	if b.bytes += len(res.article.Text); len(b.readings) < batchArticles && b.bytes < batchBytes {
		return nil
	}
	return b.flush(ctx)
}

func (b *batch) flush(ctx context.Context) error {
	if len(b.readings) == 0 {
		return nil
	}
	if _, err := b.store.Put(ctx, b.readings...); err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	b.readings, b.bytes = b.readings[:0], 0
	return nil
}
