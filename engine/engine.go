// Package engine reads articles into claims: the stages in order, each called
// once. Reading is a pure function of the article and the lexicon.
package engine

import (
	"isnad"
	"isnad/lexicon"
)

// Engine is a reader of articles, safe for use by many goroutines.
type Engine struct {
	lex *lexicon.Lexicon
}

// Reading is what was read from one article.
type Reading struct {
	Claims    []isnad.Claim // events and assessments, in order of field and trigger
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
	return &Engine{lex: lex}, nil
}

// Name is what claims carry as their reader: program version and lexicon hash.
func (e *Engine) Name() string { return Version + "+" + e.lex.Hash() }

// Read reads one article.
func (e *Engine) Read(a isnad.Article) Reading {
	return Reading{}
}
