// Package engine reads articles into claims: the stages in order, each called
// once. Reading is a pure function of the article and the lexicon.
package engine

import (
	"errors"
	"fmt"
	"sync"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/coder"
	"isnad/internal/token"
	"isnad/internal/values"
	"isnad/lexicon"
)

// Engine is a reader of articles, safe for use by many goroutines.
type Engine struct {
	lex    *lexicon.Lexicon
	actors *annotate.Actors
	values *values.Valuer
	coder  *coder.Coder
}

// Reading is what was read from one article.
type Reading struct {
	Claims    []isnad.Claim // events and assessments, title first, in order of trigger
	Sentences []Sentence    // of title and text, in order
}

// Sentence is one sentence of a field.
type Sentence struct {
	Field string // "title" or "text"
	isnad.Span
}

// Version is the program's part of a claim's reader.
const Version = "isnad-0.1"

// New prepares a reader from a lexicon.
func New(lex *lexicon.Lexicon) (*Engine, error) {
	e := &Engine{lex: lex}
	// The stages prepare side by side: starting is most of what a short read costs.
	var wg sync.WaitGroup
	var actors, vals, code error
	wg.Go(func() { e.actors, actors = annotate.NewActors(lex) })
	wg.Go(func() { e.values, vals = values.NewValuer(lex) })
	wg.Go(func() { e.coder, code = coder.New(lex) })
	wg.Go(func() { lex.Hash() }) // every claim carries it
	wg.Wait()
	if err := errors.Join(actors, vals, code); err != nil {
		return nil, fmt.Errorf("prepare reader: %w", err)
	}
	return e, nil
}

// Name is what claims carry as their reader: program version and lexicon hash.
func (e *Engine) Name() string { return Version + "+" + e.lex.Hash() }

// Read reads one article.
func (e *Engine) Read(a isnad.Article) Reading {
	var r Reading
	for _, f := range []struct{ name, text string }{{"title", a.Title}, {"text", a.Text}} {
		cut := token.Cut(f.text)
		parties := e.actors.Find(&a, cut)
		vals := func() *values.Reading { return e.values.Read(&a, cut) }
		r.Claims = append(r.Claims, e.coder.Claims(&a, cut, parties, vals, f.name, e.Name())...)
		r.Sentences = append(r.Sentences, sentences(f.name, cut)...)
		cut.Release()
	}
	return r
}

// sentences gives their spans in code points.
func sentences(field string, t *token.Text) []Sentence {
	out := make([]Sentence, len(t.Sentences))
	runes, at := 0, 0
	to := func(b int) int {
		for ; at < b; at++ {
			if t.Source[at]&0xC0 != 0x80 {
				runes++
			}
		}
		return runes
	}
	for i := range t.Sentences {
		out[i].Field = field
		out[i].Start = to(t.Sentences[i].Start)
		out[i].End = to(t.Sentences[i].End)
	}
	return out
}
