// Package annotate finds what a sentence names: parties (this file), places,
// dates and quantities. It proposes; the coder decides who does what to whom.
package annotate

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

// Kind says by what sort of words a party is named.
type Kind uint8

// The kinds of mention.
const (
	State   Kind = iota + 1 // the state by its name, or the street that means its government: روسيا, the Kremlin
	Nisba                   // an adjective of a state by itself: «الاتفاق الإيراني», "Russian gas"
	Person                  // somebody by name, with or without an office
	Office                  // an office or a body of a state: وزير الخارجية الروسي, the police
	Org                     // an organisation, an outlet, a party
	Armed                   // an armed or opposition group
	City                    // a city or region, as place or for its government
	People                  // civilians, citizens, protesters
	Unnamed                 // gunmen, experts, several states
	BackRef                 // the two countries, his country
)

var kindNames = [...]string{"", "State", "Nisba", "Person", "Office", "Org", "Armed", "City", "People", "Unnamed", "BackRef"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "?"
}

// Mention is a party named in a sentence.
type Mention struct {
	From, To int          // token indices in its sentence, half open
	Head     int          // index of the head token
	Codes    []isnad.Code // usually one; "the Saudi-led coalition": SAU, IGO; none where nothing tells
	Role     isnad.Role   // PLOVER sector code (GOV, MIL, REB …), "" unknown
	ID       string       // lexicon entity id where known: person, organisation, state
	Kind     Kind
	Pre      string   // proclitics split off the first token: "و", "ل", "وب"
	Rows     []string // lexicon rows "table:id"
	Resolved bool     // the codes come from context, not from the words of the mention
}

// Actors finds mentions. It is read only once made, and safe for use by many
// goroutines.
type Actors struct {
	words   token.Table[word]
	roots   []uint32           // word number -> node after it, 0 none
	edges   map[uint64]uint32  // node<<32 | word number -> node
	leaf    []leaf             // by node
	same    map[uint32][]int32 // node -> entries of one phrase, where they are several
	entries []entry
	outlets map[string]isnad.Code
}

// word is what the tables say of a folded word.
type word struct {
	id  uint32 // its number in phrases, from 1; 0 for a word of none
	use use    // particle of the grammar, frequent word
}

// NewActors prepares the phrases of the lexicon.
func NewActors(lex *lexicon.Lexicon) (*Actors, error) {
	a := &Actors{
		words:   token.MakeTable[word](32_000),
		edges:   make(map[uint64]uint32, 24_000),
		outlets: map[string]isnad.Code{},
		roots:   make([]uint32, 1, 24_000),
		leaf:    make([]leaf, 1, 48_000),
		same:    map[uint32][]int32{},
		entries: make([]entry, 1, 12_000),
	}
	a.load(lex)
	return a, nil
}

// Find returns the mentions of every sentence of a text, in order, longest
// match, not overlapping. The text is the article's or its title. The title is
// read along as context of the text, and the beginning of the text as that of a
// title which has mentions that only context tells whose they are.
func (a *Actors) Find(art *isnad.Article, t *token.Text) [][]Mention {
	c := newContext(a, art)
	c.all = make([]Mention, 0, 4*len(t.Sentences)+8)
	c.open = make([]*entry, 0, cap(c.all))
	before := &token.Text{}
	if t.Source != art.Title {
		before = token.Cut(art.Title)
	}
	ends := make([]int, 0, len(before.Sentences)+len(t.Sentences))
	for _, u := range []*token.Text{before, t} {
		ends = c.readAll(u, ends)
	}
	if t.Source == art.Title && slices.ContainsFunc(c.open, func(e *entry) bool { return e != nil }) {
		after := token.Cut(lead(art.Text))
		defer after.Release()
		ends = c.readAll(after, ends)
	}
	out := c.resolve(before, t, ends)
	before.Release()
	return out
}

// readAll reads the sentences of a text and appends where the mentions of each
// end.
func (c *context) readAll(t *token.Text, ends []int) []int {
	for i := range t.Sentences {
		c.read(t.Source, &t.Sentences[i])
		ends = append(ends, len(c.all))
	}
	return ends
}

// leadSize is how much of a text is context for its title, in bytes: two or
// three paragraphs.
const leadSize = 2_000

// lead is the beginning of a text, cut at a space.
func lead(s string) string {
	if len(s) <= leadSize {
		return s
	}
	return s[:strings.LastIndexAny(s[:leadSize], " \n")+1]
}
