package coder

import (
	"strings"
	"sync"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// sentence is one sentence as the features look at it.
type sentence struct {
	lang  isnad.Lang
	is    *particles
	title bool
	index int // in its field
	head  int // index of the first sentence of its paragraph
	skip  int // tokens of its dateline, which tok leaves out
	start int // byte where it begins, dateline and all
	tok   []token.Token
	words []*word
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

	unit  []int16 // token → unit: a name counts as one word, however long it is
	units []int16 // unit → the token that stands for it
}

// next finds the first token after i, at most gap away, whose key or base is k.
func (s *sentence) next(i int, k hashed, gap int) int {
	for j := i + 1; j < len(s.words) && j <= i+gap; j++ {
		if w := s.words[j]; (w.stem == k.hash || w.base == k.hash) && (w.key == k.text || w.Base == k.text) {
			return j
		}
	}
	return -1
}

// hashed is a word and its learn.String, by which most comparisons end.
type hashed struct {
	text string
	hash uint32
}

// word is what is known of a word form wherever it stands: its analysis, the
// hashes that features are made of, and the rows of the lexicon that know it.
// Each form is looked up once and remembered. What is asked of every word of a
// text stands first, in one line of memory; so does the form of morph.Word.
type word struct {
	base, stem, skel uint32 // hashes of its base, key and skeleton
	c1, c2, g1, g2   uint16 // clusters
	function         bool
	dull             bool // never an event, or so seldom that its neighbours are not asked
	class            particle
	constructs       construct
	term             *term   // by lemma or stem
	cue, mod         *cue    // by itself
	begins           *begins // phrases that begin with it, nil for none
	morph.Word
	key string    // what idioms compare words by
	own []float32 // scores of its word features under the trigger model

	context string // of a claim whose sentence has the word: "military"
}

// begins are the phrases that begin with a word.
type begins struct {
	idioms   []idiom
	cue, mod []*seq
}

// anyNumber is the key of the word that stands for all numbers.
var anyNumber = token.Hash("#")

// document is a field of an article (its title or text), prepared.
type document struct {
	article   *isnad.Article
	sentences []*sentence
	codes     map[isnad.Code]int // how often each code is named
	order     []isnad.Code       // codes as they are first named
	most      isnad.Code
	room      *room
	home      isnad.Code
}

// room holds the slices of all sentences of a document.
type room struct {
	words  []*word
	terms  []*term
	cues   []*cue
	small  []int16
	hashes []uint32
	bools  []bool
	frames []verbFrame
}

// spare holds the rooms of released documents: they are a quarter of what
// reading allocates.
var spare = sync.Pool{New: func() any { return new(room) }}

// newRoom returns empty room for the tokens of a text, to be taken. whole is
// what release gives back.
func newRoom(t *token.Text) (free room, whole *room) {
	n := 0
	for k := range t.Sentences {
		n += len(t.Sentences[k].Tokens)
	}
	r := spare.Get().(*room)
	if len(r.words) < n {
		m := n + n/2
		*r = room{make([]*word, m), make([]*term, m), make([]*cue, 2*m), make([]int16, 4*m), make([]uint32, 7*m), make([]bool, m), make([]verbFrame, m)}
	}
	clear(r.terms[:n])
	clear(r.cues[:2*n])
	clear(r.small[:4*n])
	return *r, r
}

// release gives the slices of the sentences back for use by another document.
// Neither the document nor its events must be used afterwards.
func (d *document) release() {
	d.sentences = nil
	spare.Put(d.room)
}

// take cuts n values off the beginning.
func take[T any](from *[]T, n int) []T {
	out := (*from)[:n:n]
	*from = (*from)[n:]
	return out
}

// prepare computes what features need. Quotation state runs across sentences.
func (c *Coder) prepare(a *isnad.Article, t *token.Text, men [][]annotate.Mention) *document {
	d := &document{article: a, codes: map[isnad.Code]int{}, sentences: make([]*sentence, 0, len(t.Sentences))}
	own := make([]sentence, len(t.Sentences))
	room, whole := newRoom(t)
	d.room = whole
	open := false
	brief := 0 // first sentence of the paragraph
	for k := range t.Sentences {
		src := &t.Sentences[k]
		if k > 0 && strings.Contains(t.Source[t.Sentences[k-1].End:src.Start], "\n") {
			open = false // a quotation left open ends with its paragraph
			brief = k
		} else if k == 0 {
			brief = 0
		}
		toks, named := src.Tokens, men[k]
		skip := annotate.Dateline(toks, named)
		if skip > 0 {
			toks, named = toks[skip:], after(named, skip)
		}
		n := len(toks)
		s := &own[k]
		*s = sentence{
			lang: src.Lang, is: c.particles, index: k, head: brief, tok: toks, men: named, skip: skip, start: src.Tokens[0].Start, open: open,
			words: take(&room.words, n), terms: take(&room.terms, n), cues: take(&room.cues, n), mods: take(&room.cues, n),
			at: take(&room.small, n), unit: take(&room.small, n), units: take(&room.small, n)[:0], verb: take(&room.small, n), vf: take(&room.frames, n)[:0], quote: take(&room.bools, n),
			base: take(&room.hashes, n), stem: take(&room.hashes, n), skel: take(&room.hashes, n),
			c1: take(&room.hashes, n), c2: take(&room.hashes, n), g1: take(&room.hashes, n), g2: take(&room.hashes, n),
		}
		for i := range toks {
			tk := &toks[i]
			if tk.Kind == token.Sign && tk.Norm == "\"" {
				open = c.toggles(t.Source, tk, open)
			}
			s.quote[i] = open
			norm, hash := tk.Norm, tk.Hash
			if tk.Kind == token.Digit {
				norm, hash = "#", anyNumber
			}
			s.words[i] = c.word(hash, norm, s.lang)
		}
		for i, w := range s.words { // apart, so that the waits for memory overlap
			s.base[i], s.stem[i], s.skel[i] = w.base, w.stem, w.skel
			s.c1[i], s.c2[i], s.g1[i], s.g2[i] = uint32(w.c1), uint32(w.c2), uint32(w.g1), uint32(w.g2)
		}
		for m := range named {
			for i := named[m].From; i < named[m].To && i < n; i++ {
				s.at[i] = int16(m + 1)
			}
			for _, code := range named[m].Codes {
				if d.codes[code] == 0 {
					d.order = append(d.order, code)
				}
				d.codes[code]++
			}
		}
		s.mask()
		s.count()
		for i := range toks {
			if toks[i].Kind != token.Word {
				continue
			}
			s.terms[i] = c.terms.at(s, i)
			s.cues[i] = c.cues.attribution(s, i)
			s.mods[i] = c.cues.modality(s, i)
		}
		s.frames()
		d.sentences = append(d.sentences, s)
	}
	d.most = d.namedMost()
	return d
}

// mask hides from the features which state, person or place a mention names, so
// that what is learned of one holds of all: its words are replaced by its kind,
// but for the head of an office, group or body («وزارة», "troops").
func (s *sentence) mask() {
	for k := range s.men {
		m := &s.men[k]
		keep := -1
		switch m.Kind {
		case annotate.Office, annotate.Armed, annotate.Org, annotate.People, annotate.Unnamed, annotate.BackRef:
			keep = m.Head
		}
		h := 0x51ED27 + uint32(m.Kind)
		for i := m.From; i < m.To && i < len(s.tok); i++ {
			if i != keep {
				s.base[i], s.stem[i], s.skel[i], s.c1[i], s.c2[i], s.g1[i], s.g2[i] = h, h, h, h, h, h, h
			}
		}
	}
}

// count numbers the units: «كوريا الشمالية» is one step from its neighbours, like
// «روسيا», or exchanging the two would change what lies near.
func (s *sentence) count() {
	for i := range s.tok {
		if i > 0 && s.at[i] != 0 && s.at[i] == s.at[i-1] {
			if s.stem[i] == s.words[i].stem { // the head, which is not masked
				s.units[len(s.units)-1] = int16(i)
			}
		} else {
			s.units = append(s.units, int16(i))
		}
		s.unit[i] = int16(len(s.units) - 1)
	}
}

// step is the token d units from token i; -1 and len(s.tok) lie outside.
func (s *sentence) step(i, d int) int {
	u := int(s.unit[i]) + d
	if u < 0 {
		return -1
	}
	if u >= len(s.units) {
		return len(s.tok)
	}
	return int(s.units[u])
}

// gap counts the units between two tokens, a before b.
func (s *sentence) gap(a, b int) int {
	return max(0, int(s.unit[b])-int(s.unit[a])-1)
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
