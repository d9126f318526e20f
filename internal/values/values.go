package values

import (
	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

// QuantityMention is a number of something, tokens From to To of a sentence.
type QuantityMention struct {
	From, To int
	isnad.Quantity
	Subset bool // a part of the quantity before it: «بينهم 3 أطفال», "including 3 children"
}

// TimeMention is a time, tokens From to To of a sentence. Its dates are empty
// where the publication date is too coarse to say them.
type TimeMention struct {
	From, To int
	isnad.When
}

// PlaceMention is a place, tokens From to To of a sentence. Place.Precision is
//
//	state    the whole state
//	part     a part of a state: «شمال سوريا»
//	region   a first- or second-level division, a region
//	city     a city, town, village or quarter
//	near     around one: «قرب حلب», "outside Kursk"
//	site     a base, port, camp, crossing, plant, island, mountain, strait
//	sea      a sea, ocean, river, lake
type PlaceMention struct {
	From, To int
	isnad.Place
	Relation string // in, at, near, on, to, from, through; as the word before says
}

// Values are the numbers, times and places of one sentence, each in order.
type Values struct {
	Quantities []QuantityMention
	Times      []TimeMention
	Places     []PlaceMention
}

// Valuer finds quantities, times and places. It is read only once made and
// safe for many goroutines.
type Valuer struct {
	words   phrases
	numbers []number
	approx  []approximator
	units   []unit
	times   []timeWord
	months  []monthWord
	pwords  []placeWord
	places  []place
}

// NewValuer prepares the tables numbers, approximators, units, times, months,
// place_words and places. An error names the row that cannot be used.
func NewValuer(lex *lexicon.Lexicon) (*Valuer, error) {
	n := len(lex.Table("places").Rows)
	v := &Valuer{words: newPhrases(n)}
	for _, load := range []func(*lexicon.Lexicon) error{v.loadNumbers, v.loadUnits, v.loadTimes, v.loadPlaces} {
		if err := load(lex); err != nil {
			return nil, err
		}
	}
	v.words.freeze()
	return v, nil
}

// Find reads the values of every sentence of t, which is a text of art: its
// body or its title.
func (v *Valuer) Find(art *isnad.Article, t *token.Text) []Values {
	r := v.Read(art, t)
	out := make([]Values, len(t.Sentences))
	for i := range out {
		out[i] = *r.At(i)
	}
	return out
}

// Reading is a text whose values can be asked for. Most sentences have no claim
// that would ask. It is for one goroutine.
type Reading struct {
	sentences []sentence
	found     []*Values // of each sentence, nil where nobody asked
	known     named
}

// At returns the values of sentence i. Times come first, for a year is not a
// quantity; then quantities; then places, for which the states named anywhere
// in the article settle which of several places of one name is meant.
func (r *Reading) At(i int) *Values {
	if r.found[i] == nil {
		s := &r.sentences[i]
		r.found[i] = &Values{Times: s.findTimes(), Quantities: s.findQuantities(), Places: s.findPlaces(&r.known)}
	}
	return r.found[i]
}

// Read looks up the words of t, which is a text of art: its body or its title.
func (v *Valuer) Read(art *isnad.Article, t *token.Text) *Reading {
	r := &Reading{sentences: make([]sentence, len(t.Sentences)), found: make([]*Values, len(t.Sentences))}
	pub := parsePublished(art.Published)
	total := 0
	for i := range t.Sentences {
		total += len(t.Sentences[i].Tokens)
	}
	marks := make([]mark, total)
	at := 0
	for i := range t.Sentences {
		toks := t.Sentences[i].Tokens
		s := sentence{v: v, src: t.Source, toks: toks, marks: marks[at : at+len(toks)], lang: t.Sentences[i].Lang, pub: pub}
		at += len(toks)
		v.words.look(toks, s.marks)
		s.states(&r.known)
		r.sentences[i] = s
	}
	if art.Title != "" && art.Title != t.Source {
		title := token.Cut(art.Title)
		defer title.Release()
		for _, ts := range title.Sentences {
			s := sentence{v: v, toks: ts.Tokens, marks: make([]mark, len(ts.Tokens))}
			v.words.look(s.toks, s.marks)
			s.states(&r.known)
		}
	}
	return r
}

// sentence is one sentence while it is read.
type sentence struct {
	v     *Valuer
	src   string
	toks  []token.Token
	marks []mark
	lang  isnad.Lang
	pub   published
}

// glued reports whether token i follows the one before without space.
func (s *sentence) glued(i int) bool {
	return i > 0 && i < len(s.toks) && s.toks[i].Start == s.toks[i-1].End
}

// is reports whether token i is the word or sign w.
func (s *sentence) is(i int, w string) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].Norm == w
}

func (s *sentence) kindAt(i int) token.Kind {
	if i < 0 || i >= len(s.toks) {
		return token.Sign
	}
	return s.toks[i].Kind
}
