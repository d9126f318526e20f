package main

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"isnad"
	"isnad/internal/extract"
)

// tally counts what a run did and shows it on stderr while it runs: a moving
// line on a terminal, a plain line every ten seconds elsewhere. It is safe for
// use by many goroutines.
type tally struct {
	mu      sync.Mutex
	out     io.Writer
	quiet   bool
	bar     *progressbar.ProgressBar // nil where nobody looks
	started time.Time
	spoke   time.Time
	now     func() time.Time

	articles, sentences, claims, assessments int
	skipped                                  int // kept already
	noText, undated, failures                int
	bytes                                    int64 // of title and text
}

func (e *environment) tally(verb string) *tally {
	t := &tally{out: e.stderr, quiet: e.flags.Quiet, now: time.Now}
	t.started = t.now()
	t.spoke = t.started
	if !t.quiet && terminal(e.stderr) {
		t.bar = progressbar.NewOptions64(-1, progressbar.OptionSetWriter(e.stderr), progressbar.OptionSetDescription(verb),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSpinnerType(14))
	}
	return t
}

// add counts a result.
func (t *tally) add(r result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.articles++
	t.sentences += len(r.reading.Sentences)
	for _, c := range r.reading.Claims {
		if c.Kind == isnad.KindAssessment {
			t.assessments++
		} else {
			t.claims++
		}
	}
	t.bytes += int64(len(r.article.Title) + len(r.article.Text))
	t.tick(1)
}

// skip counts articles that the store has already.
func (t *tally) skip(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.skipped += n
	t.tick(n)
}

// tick shows that work goes on.
func (t *tally) tick(n int) {
	switch now := t.now(); {
	case t.bar != nil:
		t.bar.Add(n)
	case !t.quiet && now.Sub(t.spoke) >= 10*time.Second:
		t.spoke = now
		fmt.Fprintf(t.out, "isnad: %d articles, %d claims so far\n", t.articles+t.skipped, t.claims)
	}
}

// failed names an input that could not be read, or a date that could not.
func (t *tally) failed(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if errors.Is(err, extract.ErrDate) { // its article is read, and counted as one
		t.undated++
	} else {
		t.failures++
	}
	if errors.Is(err, extract.ErrNoArticle) {
		t.noText++
	}
	if t.bar != nil {
		t.bar.Clear()
	}
	fmt.Fprintf(t.out, "isnad: %v\n", err)
}

// end prints the summary and returns errSome if inputs failed, or dates.
func (t *tally) end() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bar != nil {
		t.bar.Finish()
	}
	if !t.quiet {
		seconds := t.now().Sub(t.started).Seconds()
		kept := ""
		if t.skipped > 0 {
			kept = fmt.Sprintf(" (%d more were in the store already)", t.skipped)
		}
		dates := ""
		if t.undated > 0 {
			dates = fmt.Sprintf(", %d with an unreadable date", t.undated)
		}
		fmt.Fprintf(t.out, "isnad: %s%s, %s, %s, %s, %d without text%s, %s, %.1f s, %.1f MB/s\n", count(t.articles, "article"), kept, count(t.sentences, "sentence"),
			count(t.claims, "claim"), count(t.assessments, "assessment"), t.noText, dates, count(t.failures, "failed input"), seconds, float64(t.bytes)/1e6/max(seconds, 1e-3))
	}
	if t.failures+t.undated > 0 {
		return errSome
	}
	return nil
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
