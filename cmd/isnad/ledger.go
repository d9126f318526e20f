package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"isnad"
	"isnad/internal/ledger"
	"isnad/internal/origin"
	"isnad/internal/store"
	"isnad/lexicon"
)

// newLedger makes the ledger whose constants and agencies the lexicon holds.
func newLedger(lex *lexicon.Lexicon) (*ledger.Ledger, error) {
	values := map[string]float64{}
	for _, r := range lex.Table("linking").Rows {
		v, err := strconv.ParseFloat(r.Get("value"), 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %q is no number", r.Place(), r.Get("value"))
		}
		values[r.ID()] = v
	}
	o, err := ledger.NewOptions(values)
	if err != nil {
		return nil, err
	}
	var agencies []string
	for _, r := range lex.Table("outlets").Rows {
		if r.Get("kind") == "agency" {
			agencies = append(agencies, r.ID())
		}
	}
	return ledger.New(lex.Hash(), o, agencies), nil
}

// bookkeeper is the ledger as the pages ask it.
type bookkeeper struct{ *ledger.Ledger }

func (bookkeeper) Obligations(all []isnad.Entry) []isnad.Obligation { return ledger.Obligations(all) }

// factual is a reader whose results carry what the ledger needs besides claims.
type factual struct {
	reader
	origin *origin.Reader
}

func newFactual(r reader, lex *lexicon.Lexicon) factual { return factual{r, origin.New(lex)} }

// facts reads those of an article; of one that tells no event, which the ledger
// never asks for, there are none: half of a day's news and a third of the cost.
func (f factual) facts(a isnad.Article, claims []isnad.Claim) isnad.Facts {
	if !slices.ContainsFunc(claims, func(c isnad.Claim) bool { return c.Kind == isnad.KindEvent }) {
		return isnad.Facts{}
	}
	return f.origin.Read(a, claims)
}

// link has the store's ledger take up what is new.
func link(ctx context.Context, e *environment, s store.Store, lex *lexicon.Lexicon) error {
	waiting, err := s.Unlinked(ctx)
	if err != nil || waiting == 0 {
		return err
	}
	l, err := newLedger(lex)
	if err != nil {
		return err
	}
	done, err := s.Link(ctx, l)
	if err == nil && !e.flags.Quiet && done.Made+done.Changed+done.Gone > 0 {
		e.warn("linked %s in %s: %d new, %d changed, %d gone", count(done.Made+done.Changed+done.Gone, "event"), count(done.Blocks, "block"), done.Made, done.Changed, done.Gone)
	}
	return err
}
