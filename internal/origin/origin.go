// Package origin reads from an article what tells whence the outlet has it and
// what it is about: whom it credits, which runs of words it may share with
// other texts, and the words of its headline, beginning and claims. It is a
// stage: one article in, isnad.Facts out. That two articles have one origin is
// seen by internal/ledger, from the facts of both.
//
// Words are kept as hashes of stems with weights and not as text: the ledger
// compares them and shows none, and 15,042 articles need 40 MB of words but 12
// of hashes.
package origin

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"isnad"
	"isnad/internal/morph"
	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/lexicon"
)

// Reader reads facts, safe for use by many goroutines.
type Reader struct {
	morph   *morph.Morph
	share   map[string]float32 // of articles that hold the stem
	names   names              // outlets, places and the words of author lines
	pacts   names              // words of agreements, obligations and transfers, and states
	outlets map[string]string  // folded name of an outlet as articles carry it → its id
	stems   sync.Map           // folded token → isnad.Word
}

// New prepares a reader from the tables outlets, byline_words, word_shares and
// cities.
func New(lex *lexicon.Lexicon) *Reader {
	r := &Reader{morph: morph.New(lex), share: map[string]float32{}, names: names{}, pacts: names{}, outlets: map[string]string{}}
	for _, row := range lex.Table("word_shares").Rows {
		share, err := strconv.ParseFloat(row.Get("share"), 32)
		if err != nil {
			continue // the checker names it
		}
		for _, f := range row.List("forms") {
			r.share[f] = float32(share)
		}
	}
	r.readNames(lex)
	return r
}

// Read reads the facts of an article and of the claims read from it.
func (r *Reader) Read(a isnad.Article, claims []isnad.Claim) isnad.Facts {
	title, text := token.Cut(a.Title), token.Cut(a.Text)
	defer title.Release()
	defer text.Release()
	f := isnad.Facts{Article: a.ID, Credits: r.credits(a, text), Runs: runs(text), Gist: r.gist(title, text), Around: make(map[string][]isnad.Word, len(claims)), Tags: map[string][]string{}}
	at := map[string]*positions{"title": newPositions(title), "text": newPositions(text)}
	notice := r.notice(title)
	for _, c := range claims {
		if p := at[c.Field]; p != nil && c.Kind == isnad.KindEvent {
			f.Around[c.ID] = r.around(p, c)
			tags := r.tags(p, c)
			if notice != "" && !slices.Contains(tags, notice) {
				tags = append(tags, notice)
			}
			if len(tags) > 0 {
				f.Tags[c.ID] = tags
			}
		}
	}
	return f
}

// gistTokens is how many tokens of the text tell what an article is about: a
// news text says it in its first two sentences.
const gistTokens = 70

// gist gathers the words of the headline and of the first tokens of the text; a
// word of the headline counts half as much again.
func (r *Reader) gist(title, text *token.Text) []isnad.Word {
	var b bag
	for _, s := range title.Sentences {
		for _, t := range s.Tokens {
			b.add(r.word(t, s.Lang), 1.5)
		}
	}
	n := 0
	for _, s := range text.Sentences {
		for _, t := range s.Tokens {
			if n++; n > gistTokens {
				return b.words()
			}
			b.add(r.word(t, s.Lang), 1)
		}
	}
	return b.words()
}

// around gathers the words of a claim's sentence. A sentence of Arabic news may
// tell four events in a hundred words: those within near tokens of the trigger
// count whole, the others less the farther they stand, and never less than far.
func (r *Reader) around(p *positions, c isnad.Claim) []isnad.Word {
	const near, far = 4, 0.15
	var b bag
	first, last := p.token(c.Sentence.Start), p.token(c.Sentence.End)
	trigger := p.token(c.Trigger.Start)
	for i := first; i < last; i++ {
		d := max(trigger-i, i-trigger)
		near := float32(max(far, min(1, 1-float64(d-near)/20)))
		b.add(r.word(p.tokens[i], p.lang[i]), near)
	}
	return b.words()
}

// positions are the tokens of a field with where they start in code points.
type positions struct {
	tokens []token.Token
	lang   []isnad.Lang
	start  []int
}

func newPositions(t *token.Text) *positions {
	p := &positions{}
	at, runes := 0, 0
	for _, s := range t.Sentences {
		for _, k := range s.Tokens {
			for ; at < k.Start; at++ {
				if t.Source[at]&0xC0 != 0x80 {
					runes++
				}
			}
			p.tokens, p.lang, p.start = append(p.tokens, k), append(p.lang, s.Lang), append(p.start, runes)
		}
	}
	return p
}

// token is the first token that starts at a place or after it.
func (p *positions) token(at int) int {
	i, _ := slices.BinarySearch(p.start, at)
	return i
}

// bag gathers words; of one that stands several times the weightiest counts.
type bag map[uint32]float32

func (b *bag) add(w isnad.Word, times float32) {
	if w.Weight == 0 {
		return
	}
	if *b == nil {
		*b = bag{}
	}
	(*b)[w.Hash] = max((*b)[w.Hash], w.Weight*times)
}

func (b bag) words() []isnad.Word {
	out := make([]isnad.Word, 0, len(b))
	for h, w := range b {
		out = append(out, isnad.Word{Hash: h, Weight: w})
	}
	slices.SortFunc(out, func(a, b isnad.Word) int { return cmp.Compare(a.Hash, b.Hash) })
	return out
}

const (
	rarest = 0.0005 // the share of a word that no table counts
	common = 0.12   // words of a larger share tell nothing
)

// word is a token without its inflection, weight 0 where it tells nothing.
func (r *Reader) word(t token.Token, lang isnad.Lang) isnad.Word {
	if t.Kind == token.Sign || t.Kind == token.Word && len([]rune(t.Norm)) < 2 {
		return isnad.Word{}
	}
	if w, ok := r.stems.Load(t.Norm); ok {
		return w.(isnad.Word)
	}
	stem := r.Stem(t, lang)
	w := isnad.Word{}
	if stem != "" {
		share, counted := r.share[stem]
		if !counted {
			share = rarest
		}
		if share < common {
			w = isnad.Word{Hash: hash(stem), Weight: float32(math.Log(1 / float64(share)))}
		}
	}
	r.stems.Store(strings.Clone(t.Norm), w) // the token is part of its text
	return w
}

// Stem is the form under which the inflections of a word are one: the verb
// where it is a form of one, else its stem. A number is itself.
func (r *Reader) Stem(t token.Token, lang isnad.Lang) string {
	if t.Kind == token.Digit {
		return t.Norm
	}
	w := r.morph.English(t.Norm)
	if !isLatin(t.Norm) {
		w = r.morph.Arabic(t.Norm)
	}
	if w.Verb != "" && w.Form >= morph.Perfect && w.Form <= morph.Masdar {
		return orth.Fold(w.Verb)
	}
	return w.Stem
}

func isLatin(s string) bool { return s != "" && s[0] < 0x80 }

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}
