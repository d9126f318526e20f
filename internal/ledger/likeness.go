package ledger

import (
	"math"
	"slices"
	"strings"

	"isnad"
)

// mention is a claim made ready to be compared with others.
type mention struct {
	claim      isnad.Claim
	url        string
	facts      *isnad.Facts
	again      float64 // the share of claims that tell it as a further act of its kind
	takes      string  // "error" or "withdrawn" where its sentence has words of correction
	day        int     // of publication, days since 1970; 0 where unknown
	last       int     // of the last publication, where several are one
	words      vector
	gist       vector
	parties    codes       // of both sides
	entities   [2][]string // of actor and recipient, see entities
	many       bool
	modes      []string
	quantities []isnad.Quantity
	places     []string // ids of places smaller than a state
	from       int      // day that it happened, 0 where unknown
	to         int
	terms      []string // the lexicon rows of its trigger
}

// codes are the codes of one side, ascending, without Unknown.
type codes []isnad.Code

// vector is a bag of words with its length.
type vector struct {
	words []isnad.Word
	norm  float64
}

func newVector(words []isnad.Word) vector {
	v := vector{words: words}
	for _, w := range words {
		v.norm += float64(w.Weight) * float64(w.Weight)
	}
	v.norm = math.Sqrt(v.norm)
	return v
}

// cosine is 0 for texts without a word in common and 1 for the same words.
func cosine(a, b *vector) float64 {
	if a.norm == 0 || b.norm == 0 {
		return 0
	}
	var sum float64
	for i, j := 0, 0; i < len(a.words) && j < len(b.words); {
		switch x, y := a.words[i], b.words[j]; {
		case x.Hash < y.Hash:
			i++
		case x.Hash > y.Hash:
			j++
		default:
			sum += float64(x.Weight) * float64(y.Weight)
			i, j = i+1, j+1
		}
	}
	return sum / (a.norm * b.norm)
}

// inside is the share of a sentence's weight in words that another sentence or
// its article's beginning has too, and how much the three weightiest of them tell.
func inside(a, b, c *vector) (share, names float64) {
	var sum float64
	var top [3]float64
	i, j := 0, 0
	for _, w := range a.words {
		for i < len(b.words) && b.words[i].Hash < w.Hash {
			i++
		}
		for j < len(c.words) && c.words[j].Hash < w.Hash {
			j++
		}
		if i < len(b.words) && b.words[i].Hash == w.Hash || j < len(c.words) && c.words[j].Hash == w.Hash {
			x := float64(w.Weight)
			sum += x * x
			for k := range top {
				if x > top[k] {
					x, top[k] = top[k], x
				}
			}
		}
	}
	if a.norm == 0 {
		return 0, 0
	}
	return sum / (a.norm * a.norm), (top[0] + top[1] + top[2]) / 24
}

func newMention(e isnad.Entry) *mention {
	c, f := e.Claim, e.Facts
	if f == nil {
		f = &isnad.Facts{Article: c.Article}
	}
	m := &mention{claim: c, url: e.URL, facts: f, day: isnad.Day(c.Published), last: isnad.Day(c.Published), words: newVector(f.Around[c.ID]), gist: newVector(f.Gist)}
	if slices.Contains(f.Tags[c.ID], "again=again") {
		m.again = 1
	}
	m.takes = first(tagged(isnad.Entry{Claim: c, Facts: f}, "correction"))
	m.parties = union(side(c.Actor), side(c.Recipient))
	m.entities = [2][]string{entities(c.Actor), entities(c.Recipient)}
	m.modes, m.quantities = c.Mode, c.Quantities
	for _, p := range c.Places {
		if p.Precision != "state" && p.ID != "" {
			m.places = append(m.places, p.ID)
		}
	}
	if c.When.Precision == "day" {
		m.from, m.to = isnad.Day(c.When.From), isnad.Day(c.When.To)
	}
	for _, r := range c.Rules {
		if strings.HasPrefix(r, "terms_") {
			m.terms = append(m.terms, r)
		}
	}
	return m
}

func side(actors []isnad.Actor) codes {
	var out codes
	for _, a := range actors {
		if a.Code != isnad.Unknown {
			out = append(out, a.Code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// enough caps how like the beginnings of two articles count.
const enough = 0.5

// entities tells the parties of a side more finely than by code: a government
// from the rebels that its state fights.
func entities(actors []isnad.Actor) []string {
	var out []string
	for _, a := range actors {
		switch {
		case a.Code == isnad.Unknown && a.ID == "":
			continue
		case a.Role == "REB" || a.Role == "OPP" || a.Role == "SEP" || a.Role == "PRM":
			out = append(out, string(a.Code)+" "+a.ID+" rebel")
		default:
			out = append(out, string(a.Code))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// featureNames are the ids of the features in the lexicon's table linking.
var featureNames = [features]string{"words", "gist", "cross", "parties", "place", "place_apart", "when", "term", "days", "figure", "factuality", "inside", "names", "actor", "recipient", "turned", "mode", "again"}

const (
	fWords   = iota // words around the triggers
	fGist           // headlines and beginnings
	fCross          // the words around one trigger and the beginning of the other article
	fParties        // either side, in whichever role
	fPlace
	fPlaceApart
	fWhen
	fTerm
	fDays
	fFigure
	fFact
	fInside // the words around one trigger found in the other sentence or beginning
	fNames  // the rarest word that both sentences have
	fActor
	fRecipient
	fTurned // actor and recipient change places
	fMode
	fAgain // one is told as a further act of the kind, the other is not
	features
)

// strangers says that two mentions cannot be of one event: they stand in one
// sentence, which tells two acts then, or both name their parties and have none
// in common.
func strangers(a, b *mention) bool {
	if a.many || b.many {
		return agreement(a.parties, b.parties) < 0
	}
	if a.claim.Article == b.claim.Article && a.claim.Field == b.claim.Field && a.claim.Sentence == b.claim.Sentence && a.claim.Stance == b.claim.Stance {
		return true
	}
	return agreement(a.parties, b.parties) < 0
}

// quick fills in the features of two mentions that cost little, and how like
// sentences and beginnings are; slow the rest, each of which goes from 0 to at
// most 1.
func quick(a, b *mention, f *[features]float64) {
	f[fWords] = cosine(&a.words, &b.words)
	// Beyond enough the beginnings tell that it is one text, printed twice, and no
	// longer that it is one event of the several that a text tells.
	f[fGist] = enough / 2
	if !oneArticle(a, b) {
		f[fGist] = min(enough, cosine(&a.gist, &b.gist))
	}
	f[fParties] = agreement(a.parties, b.parties)
	switch s := shared(a.places, b.places); {
	case s > 0:
		f[fPlace] = 1
	case len(a.places) > 0 && len(b.places) > 0:
		f[fPlaceApart] = 1
	}
	if a.from != 0 && b.from != 0 && a.from <= b.to && b.from <= a.to {
		f[fWhen] = 1
	}
	f[fTerm] = 0.5 // another coder's claims name no row
	if len(a.terms) > 0 && len(b.terms) > 0 {
		f[fTerm] = shared(a.terms, b.terms)
	}
	f[fDays] = float64(max(0, a.day-b.last, b.day-a.last))
	if figures(a.quantities, b.quantities) {
		f[fFigure] = 1
	}
	f[fActor] = agreement(a.entities[0], b.entities[0])
	f[fRecipient] = agreement(a.entities[1], b.entities[1])
	f[fTurned] = (agreement(a.entities[0], b.entities[1]) + agreement(a.entities[1], b.entities[0])) / 2
	f[fMode] = agreement(a.modes, b.modes)
	if a.claim.Factuality == b.claim.Factuality {
		f[fFact] = 1
	}
	f[fAgain] = math.Abs(a.again - b.again)
}

func slow(a, b *mention, f *[features]float64) {
	f[fCross] = enough / 2
	if !oneArticle(a, b) {
		f[fCross] = min(enough, (cosine(&a.words, &b.gist)+cosine(&b.words, &a.gist))/2)
	}
	ia, na := inside(&a.words, &b.words, &b.gist)
	ib, nb := inside(&b.words, &a.words, &a.gist)
	f[fInside] = max(ia, ib)
	f[fNames] = max(na, nb)
}

func oneArticle(a, b *mention) bool {
	return !a.many && !b.many && a.claim.Article == b.claim.Article
}

// agreement of two sides: -1 where they have nothing in common, 0 where one
// names nobody, else the share of the codes of both that are in both.
func agreement[T comparable](a, b []T) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	if n == 0 {
		return -1
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

func union(a, b codes) codes {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

func shared(a, b []string) float64 {
	for _, x := range a {
		if slices.Contains(b, x) {
			return 1
		}
	}
	return 0
}

// figures says whether two claims count the same thing: that both do tells more
// than whether they count it alike.
func figures(a, b []isnad.Quantity) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Kind == y.Kind && x.Kind != "duration" && x.Kind != "percent" {
				return true
			}
		}
	}
	return false
}
