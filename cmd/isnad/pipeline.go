package main

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"isnad"
	"isnad/engine"
)

// result is an article with what was read from it, or why nothing was.
type result struct {
	article isnad.Article
	reading engine.Reading
	facts   isnad.Facts // where the reader reads them
	err     error
}

// readAll reads the articles that produce hands over, several at a time, and
// gives the results to consume one by one in the order they were handed over:
// the output does not tell how many workers there were. At most four articles a
// worker are held at a time.
func readAll(ctx context.Context, r reader, workers int, produce func(ctx context.Context, hand func(isnad.Article) error) error, consume func(result) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		article isnad.Article
		done    chan result
	}
	g, ctx := errgroup.WithContext(ctx)
	work := make(chan job, workers)
	order := make(chan job, 4*workers)
	g.Go(func() error {
		defer close(work)
		defer close(order)
		return produce(ctx, func(a isnad.Article) error {
			j := job{a, make(chan result, 1)}
			for _, to := range []chan job{order, work} {
				select {
				case to <- j:
				case <-ctx.Done():
					return context.Cause(ctx)
				}
			}
			return nil
		})
	})
	for range workers {
		g.Go(func() error {
			for j := range work {
				j.done <- read(r, j.article)
			}
			return nil
		})
	}
	g.Go(func() error {
		for j := range order {
			select {
			case res := <-j.done:
				if err := consume(res); err != nil {
					return err
				}
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return ctx.Err()
	})
	return g.Wait()
}

// read reads one article. A reader that breaks on it is an error of that
// article, and the others are still read.
func read(r reader, a isnad.Article) (res result) {
	res.article = a
	defer func() {
		if p := recover(); p != nil {
			res.err = fmt.Errorf("read article %s: the reader broke (%v); please report it with the article", a.ID, p)
		}
	}()
	res.reading = r.Read(a)
	if f, ok := r.(factual); ok {
		res.facts = f.facts(a, res.reading.Claims)
	}
	return res
}
