package coder

import (
	"strings"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// sentence is one sentence as the features look at it.
type sentence struct {
	lang  isnad.Lang
	title bool
	index int // in its field
	start bool
	tok   []token.Token
	words []morph.Word
	terms []*term
	cues  []*cue
	mods  []*cue
	men   []annotate.Mention
	at    []int16 // token → its mention + 1
	quote []bool  // inside quotation marks
	open  bool    // a quotation is open at its beginning
	vf    []verbFrame
	verb  []int16 // token → the frame of itself or of the last verb before it, -1 none

	base, stem, skel []uint32 // hashes
	c1, c2           []uint32 // word clusters, coarse and fine; 0 unknown
	g1, g2           []uint32 // stem clusters
}

// next finds the first token after i, at most gap away, whose key is k.
func (s *sentence) next(i int, k string, gap int) int {
	for j := i + 1; j < len(s.words) && j <= i+gap; j++ {
		if key(s.words[j]) == k || s.words[j].Base == k {
			return j
		}
	}
	return -1
}

// document is a field of an article (its title or text), prepared.
type document struct {
	article   *isnad.Article
	sentences []*sentence
	codes     map[isnad.Code]int // how often each code is named
	home      isnad.Code
	outlet    uint32
}

// prepare computes what features need. Quotation state runs across sentences.
func (c *Coder) prepare(a *isnad.Article, t *token.Text, men [][]annotate.Mention) *document {
	d := &document{article: a, codes: map[isnad.Code]int{}}
	open := false
	for k := range t.Sentences {
		src := &t.Sentences[k]
		if k > 0 && strings.Contains(t.Source[t.Sentences[k-1].End:src.Start], "\n") {
			open = false // a quotation left open ends with its paragraph
		}
		n := len(src.Tokens)
		s := &sentence{
			lang: src.Lang, index: k, tok: src.Tokens, men: men[k], open: open,
			words: make([]morph.Word, n), terms: make([]*term, n), cues: make([]*cue, n), mods: make([]*cue, n),
			at: make([]int16, n), quote: make([]bool, n),
		}
		h := make([]uint32, 7*n)
		s.base, s.stem, s.skel, s.c1, s.c2, s.g1, s.g2 = h[:n], h[n:2*n], h[2*n:3*n], h[3*n:4*n], h[4*n:5*n], h[5*n:6*n], h[6*n:]
		for i := range src.Tokens {
			tk := &src.Tokens[i]
			if tk.Kind == token.Sign && tk.Norm == "\"" {
				open = c.toggles(t.Source, tk, open)
			}
			s.quote[i] = open
			if tk.Kind != token.Word {
				s.words[i] = morph.Word{Base: tk.Norm, Stem: tk.Norm}
				if tk.Kind == token.Digit {
					s.words[i].Stem = "#"
				}
			} else {
				s.words[i] = c.word(tk.Norm, s.lang)
			}
			w := &s.words[i]
			s.base[i] = learn.String(w.Base)
			s.stem[i] = learn.String(key(*w))
			s.skel[i] = learn.String(w.Skel)
			s.c1[i], s.c2[i] = c.clusters.of(w.Base)
			s.g1[i], s.g2[i] = c.clusters.ofStem(key(*w))
		}
		for m := range men[k] {
			for i := men[k][m].From; i < men[k][m].To && i < n; i++ {
				s.at[i] = int16(m + 1)
			}
			for _, code := range men[k][m].Codes {
				d.codes[code]++
			}
		}
		for i := range src.Tokens {
			if src.Tokens[i].Kind != token.Word {
				continue
			}
			s.terms[i] = c.terms.at(s, i)
			s.cues[i] = c.cues.attribution(s, i)
			s.mods[i] = c.cues.modality(s, i)
		}
		s.frames()
		d.sentences = append(d.sentences, s)
	}
	return d
}

// toggles says whether a quotation is open after a mark. Directed marks say so
// themselves; straight ones alternate.
func (c *Coder) toggles(src string, t *token.Token, open bool) bool {
	switch src[t.Start:t.End] {
	case "«", "“", "„":
		return true
	case "»", "”":
		return false
	}
	return !open
}
