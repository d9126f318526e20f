package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"isnad"
	"isnad/internal/store"
)

type doctorCmd struct{}

func (doctorCmd) Help() string {
	return `One line a check. Exit code 1 says that something is wrong; the line says what to do.

Examples:
  isnad doctor
  isnad doctor --db july.db --lexicon my-tables/`
}

// checker is a store that can look at itself. Implemented by sqlite.Store.
type checker interface {
	Verify(ctx context.Context) error
}

// Run checks lexicon, reader, store and the place for it, each on its own.
func (doctorCmd) Run(e *environment) error {
	bad := false
	say := func(what string, err error, format string, args ...any) {
		mark, text := "ok ", fmt.Sprintf(format, args...)
		if err != nil {
			mark, text, bad = "BAD", err.Error(), true
		}
		fmt.Fprintf(e.stdout, "%s  %-8s %s\n", mark, what, text)
	}
	start := time.Now()
	lex, err := e.lexicon()
	if err == nil {
		if ps := lex.Check(); len(ps) > 0 {
			err = fmt.Errorf("%s; see \"isnad lexicon check\"", count(len(ps), "problem"))
		}
	}
	if err != nil {
		say("lexicon", err, "")
	} else {
		tables, rows := size(lex)
		say("lexicon", nil, "%s, %s, hash %s", count(tables, "table"), count(rows, "row"), lex.Hash())
		r, err := e.newReader(lex)
		if err == nil {
			err = read(r, isnad.Article{ID: "doctor", Lang: isnad.Arabic, Text: "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة."}).err
		}
		if err != nil {
			say("reader", err, "")
		} else {
			say("reader", nil, "%s, ready after %d ms", r.Name(), time.Since(start).Milliseconds())
		}
	}
	s, err := e.store(false)
	switch {
	case errors.Is(err, store.ErrNoStore):
		say("store", writable(filepath.Dir(e.flags.DB)), "none yet at %s; \"isnad ingest\" makes it", e.flags.DB)
	case err != nil:
		say("store", err, "")
	default:
		if c, ok := s.(checker); ok {
			err = c.Verify(e.ctx)
		}
		st, serr := s.Status(e.ctx)
		say("store", errors.Join(err, serr, s.Close()), "%s: %s, %s", st.Place, count(st.Articles, "article"), count(st.Claims, "claim"))
	}
	if bad {
		return errSome
	}
	return nil
}

// writable says whether a folder, or the nearest one above it that exists, can
// be written to.
func writable(dir string) error {
	for {
		_, err := os.Stat(dir)
		if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.CreateTemp(dir, ".isnad-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written to (%w); name another place with --db", dir, err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
