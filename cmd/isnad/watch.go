package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"isnad"
	"isnad/internal/extract"
	"isnad/internal/feed"
	"isnad/internal/fetch"
	"isnad/internal/store"
	"isnad/lexicon"
)

// watcher takes what is new from feeds. Each feed is asked when it is due; the
// pages of its new entries are had, read and kept, and only then is the entry
// marked as taken: what is interrupted is taken again.
type watcher struct {
	e      *environment
	store  store.Store
	reader reader
	lex    *lexicon.Lexicon
	cmd    *ingestCmd
	tally  *tally
	client *fetch.Client
}

const (
	feedsAtOnce = 4
	newPages    = 100         // of one feed at one time; the rest come next time
	rest        = time.Minute // between two looks at what is due, at most
)

func newWatcher(e *environment, s store.Store, r reader, lex *lexicon.Lexicon, c *ingestCmd, t *tally) *watcher {
	return &watcher{e, s, r, lex, c, t, fetch.NewClient(fetch.Options{AllowHosts: c.AllowHost, Delay: max(c.Pause, 1)})}
}

// run asks the feeds that are due, once, or with --watch until it is cancelled,
// which is an end and no error.
func (w *watcher) run(ctx context.Context) error {
	for {
		took, err := w.round(ctx)
		if err == nil && took > 0 && !w.cmd.NoLink {
			err = link(ctx, w.e, w.store, w.lex)
		}
		switch {
		case w.cmd.Watch && ctx.Err() != nil:
			return nil
		case err != nil || !w.cmd.Watch:
			return err
		}
		t := time.NewTimer(rest)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return nil
		}
	}
}

// round asks every feed that is due and says how many articles it took.
func (w *watcher) round(ctx context.Context) (took int, err error) {
	feeds, err := w.store.Feeds(ctx)
	if err != nil {
		return 0, err
	}
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(feedsAtOnce)
	for _, f := range feeds {
		if !feed.Due(f, time.Now()) {
			continue
		}
		g.Go(func() error {
			n, err := w.ask(ctx, f)
			mu.Lock()
			took += n
			mu.Unlock()
			return err
		})
	}
	return took, g.Wait()
}

// ask asks one feed and keeps what came of it. Its error is one of the store or
// the context; a feed's own stands in its row.
func (w *watcher) ask(ctx context.Context, f store.Feed) (int, error) {
	got, err := w.client.Get(ctx, fetch.Request{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified})
	var list feed.Feed
	if err == nil && !got.NotModified {
		list, err = feed.Parse(got.Body, got.URL)
	}
	var bad []error
	if err == nil && len(list.Sitemaps) > 0 {
		list, bad, err = w.gather(ctx, list)
	}
	o := feed.Outcome{At: time.Now(), Err: err, Gone: errors.Is(err, fetch.ErrGone), Moved: got.Moved}
	var busy *fetch.BusyError
	if errors.As(err, &busy) {
		o.Wait = busy.After
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if err != nil {
		w.tally.failed(err)
	} else if !got.NotModified {
		if list.Title != "" {
			f.Title = list.Title
		}
		n, missed, err := w.take(ctx, f, list)
		o.New, bad = n, append(bad, missed...)
		if err != nil {
			return o.New, err
		}
	}
	old := f.URL
	f = feed.After(f, o)
	if o.Err == nil {
		f.ETag, f.LastModified = got.ETag, got.LastModified
	}
	if len(bad) > 0 { // they are to be had next time, which an unchanged feed would hide
		f.ETag, f.LastModified = "", ""
		f.Error = fmt.Sprintf("%s of it could not be had, the first: %v", count(len(bad), "page"), bad[0])
	}
	if err := w.store.PutFeed(ctx, f); err != nil || f.URL == old {
		return o.New, err
	}
	// The old address goes once the new one is kept: a feed is never lost in between.
	if err := w.store.RemoveFeed(ctx, old); err != nil && !errors.Is(err, store.ErrNotFound) {
		return o.New, err
	}
	return o.New, nil
}

// gather has the sitemaps of an index. Where none can be had the index has failed.
func (w *watcher) gather(ctx context.Context, of feed.Feed) (list feed.Feed, bad []error, err error) {
	for _, u := range of.Sitemaps {
		got, err := w.client.Follow(ctx, fetch.Request{URL: u})
		var part feed.Feed
		if err == nil {
			part, err = feed.Parse(got.Body, got.URL)
		}
		if err != nil {
			bad = append(bad, err)
			continue
		}
		list.Title = cmp.Or(list.Title, part.Title)
		list.Entries = append(list.Entries, part.Entries...)
	}
	if len(bad) == len(of.Sitemaps) {
		return list, nil, bad[0]
	}
	return list, bad, nil
}

// take has the pages of a feed's new entries, reads them and keeps them.
func (w *watcher) take(ctx context.Context, f store.Feed, list feed.Feed) (taken int, bad []error, err error) {
	outlet := f.Outlet
	if outlet == "" {
		outlet = f.Title
	}
	in, err := newInputs(w.e, w.lex, outlet, nil, nil)
	if err != nil {
		return 0, nil, err
	}
	var done []store.Input
	more := false
	produce := func(ctx context.Context, hand func(isnad.Article) error) error {
		for _, entry := range list.Entries {
			before, err := w.store.Input(ctx, entry.URL)
			switch {
			case err == nil && before.Fingerprint == entry.Mark():
				continue
			case err != nil && !errors.Is(err, store.ErrNotFound):
				return err
			}
			if len(done)+len(bad) == newPages {
				more = true
				return nil
			}
			n, failures, err := w.page(ctx, in, entry, hand)
			switch {
			case err != nil && ctx.Err() != nil:
				return ctx.Err()
			case err != nil && !final(err):
				bad = append(bad, err)
				w.tally.failed(err)
				continue
			case err != nil:
				failures = append(failures, err.Error())
				w.tally.failed(err)
			}
			taken += n
			done = append(done, store.Input{Name: entry.URL, Fingerprint: entry.Mark(), Reader: w.reader.Name(), Articles: n, Failures: failures})
		}
		return nil
	}
	kept := newBatch(w.store, w.reader.Name(), w.tally)
	if err := readAll(ctx, w.reader, 1, produce, func(res result) error { return kept.add(ctx, res) }); err != nil {
		return taken, bad, err
	}
	if err := kept.flush(ctx); err != nil {
		return taken, bad, err
	}
	for _, d := range done {
		if err := w.store.PutInput(ctx, d); err != nil {
			return taken, bad, err
		}
	}
	if more {
		bad = append(bad, fmt.Errorf("over %d new at once; the rest come next time", newPages))
	}
	return taken, bad, nil
}

// final says that asking for a page again would change nothing.
func final(err error) bool {
	var refused *fetch.StatusError
	for _, e := range []error{fetch.ErrRobots, fetch.ErrGone, fetch.ErrAddress, fetch.ErrPrivate, fetch.ErrTooLarge, extract.ErrNoArticle, extract.ErrFormat} {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.As(err, &refused) && refused.Code < 500
}

// page has one entry's page and hands on its article. What the page does not say
// the feed does: headline, date, and who printed it first (RSS <source>), which
// goes into the author line, where credits are read.
func (w *watcher) page(ctx context.Context, in *inputs, entry feed.Entry, hand func(isnad.Article) error) (n int, failures []string, err error) {
	got, err := w.client.Follow(ctx, fetch.Request{URL: entry.URL})
	if err != nil {
		return 0, nil, err
	}
	src := extract.Source{Name: entry.URL, URL: got.URL, ContentType: got.ContentType, Fetched: got.At.UTC().Format(time.RFC3339)}
	err = in.extract.Bytes(ctx, src, got.Body, func(a isnad.Article) error {
		n++
		if a.Title == "" {
			a.Title = entry.Title
		}
		if a.Published == "" {
			a.Published = entry.Published
		}
		if entry.Source != "" && entry.Source != a.Outlet && a.Byline == "" {
			a.Byline = entry.Source
		}
		return hand(a)
	}, func(e error) { failures = append(failures, e.Error()); w.tally.failed(e) })
	return n, failures, err
}
