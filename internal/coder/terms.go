package coder

import (
	"strings"
	"unicode/utf8"

	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/orth"
	"isnad/lexicon"
)

// typeSet is a set of event types, one bit each in the order of isnad.Types.
type typeSet uint16

func bit(t isnad.Type) typeSet {
	for i, u := range isnad.Types {
		if u == t {
			return 1 << i
		}
	}
	return 0
}

// term is what the lexicon knows of a word: the types it may carry and the
// rows that say so.
type term struct {
	types typeSet
	rows  []string
	mode  string
	sym   bool // all parties stand on both sides
	gen   string
	takes bool // its subject is the recipient: «تلقى», «تسلّم»
	idiom bool
}

// idiom is a phrase: the words after its first, by stem, each within a gap of
// two tokens.
type idiom struct {
	rest []hashed
	term *term
}

// terms finds event terms by lemma, stem or phrase.
type terms struct {
	lemma  map[string]*term // Arabic verb lemma, all its forms
	stem   map[string]*term // nouns, by stem and by base
	idioms map[string][]idiom
	en     map[string]*term // English stems
}

func newTerms(lex *lexicon.Lexicon, m *morph.Morph) *terms {
	t := &terms{lemma: map[string]*term{}, stem: map[string]*term{}, idioms: map[string][]idiom{}, en: map[string]*term{}}
	put := func(in map[string]*term, key string, r lexicon.Row) *term {
		e := in[key]
		if e == nil {
			e = &term{}
			in[key] = e
		}
		e.types |= bit(isnad.Type(r.Get("type")))
		e.rows = append(e.rows, r.Ref())
		if e.mode == "" {
			e.mode = r.Get("mode")
		}
		e.sym = e.sym || strings.Contains(r.Get("frame"), "sym")
		if e.gen == "" {
			e.gen = r.Get("genitive")
		}
		e.takes = e.takes || takes(r)
		return e
	}
	for _, r := range lex.Table("terms_ar").Rows {
		for _, col := range []string{"verb", "imperfect", "masdar", "active", "passive"} {
			for _, f := range r.List(col) {
				words := strings.Fields(orth.Fold(f))
				if r.Get("kind") == "verb" {
					if len(words) == 2 && utf8.RuneCountInString(words[1]) == 1 {
						words = words[:1] // طالب بـ
					}
					if col == "verb" && len(words) == 1 {
						put(t.lemma, words[0], r)
					}
				}
				switch {
				case len(words) == 1:
					w := m.Arabic(words[0])
					put(t.stem, w.Stem, r)
				case len(words) > 1:
					first := key(m.Arabic(words[0]))
					e := &term{types: bit(isnad.Type(r.Get("type"))), rows: []string{r.Ref()}, mode: r.Get("mode"), sym: strings.Contains(r.Get("frame"), "sym"), takes: takes(r), idiom: true}
					id := idiom{term: e}
					for _, w := range words[1:] {
						id.rest = append(id.rest, hash(key(m.Arabic(w))))
					}
					t.idioms[first] = append(t.idioms[first], id)
				}
			}
		}
	}
	for _, r := range lex.Table("terms_en").Rows {
		words := strings.Fields(r.Get("word"))
		if len(words) == 1 {
			put(t.en, m.English(words[0]).Stem, r)
			continue
		}
		id := idiom{term: &term{types: bit(isnad.Type(r.Get("type"))), rows: []string{r.Ref()}, mode: r.Get("mode"), takes: takes(r), idiom: true}}
		for _, w := range words[1:] {
			id.rest = append(id.rest, hash(key(m.English(w))))
		}
		first := key(m.English(words[0]))
		t.idioms[first] = append(t.idioms[first], id)
	}
	return t
}

func hash(s string) hashed { return hashed{s, learn.String(s)} }

// takes reports whether a row's frame makes the subject the recipient.
func takes(r lexicon.Row) bool { return strings.Contains(r.Get("frame"), "rec:subject") }

// key is what idioms compare words by.
func key(w morph.Word) string {
	if w.Verb != "" {
		return w.Verb
	}
	return w.Stem
}

// know notes what the lexicon knows of a word.
func (t *terms) know(w *word, lang isnad.Lang) {
	if lang == isnad.English {
		w.term = t.en[w.Stem]
		return
	}
	if w.Verb != "" {
		w.term = t.lemma[w.Verb]
	}
	if w.term == nil {
		w.term = t.stem[w.Stem]
	}
}

// at returns what the lexicon knows of the word at i where it stands, the
// longest phrase before the word alone; nil for nothing.
func (t *terms) at(s *sentence, i int) *term {
	w := s.words[i]
	if w.begins == nil {
		return w.term
	}
	gap := 3
	if s.lang == isnad.English {
		gap = 2
	}
	var best *idiom
	for n := range w.begins.idioms {
		id := &w.begins.idioms[n]
		j := i
		for _, k := range id.rest {
			if j = s.next(j, k, gap); j < 0 {
				break
			}
		}
		if j >= 0 && (best == nil || len(id.rest) > len(best.rest)) {
			best = id
		}
	}
	if best != nil {
		return best.term
	}
	return w.term
}
