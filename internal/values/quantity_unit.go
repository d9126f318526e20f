package values

import (
	"strings"

	"isnad/internal/token"
	"isnad/lexicon"
)

// unit is a row of units.tsv.
type unit struct {
	kind, unit string
	use        use
	dual       bool // a form of its column dual: two by itself
	people     bool
}

type use uint8

const (
	useNoun use = iota
	useBefore
	useAfter
	useStop
)

var uses = map[string]use{"noun": useNoun, "before": useBefore, "after": useAfter, "stop": useStop}

func (v *Valuer) loadUnits(lex *lexicon.Lexicon) error {
	for _, r := range lex.Table("units").Rows {
		u := unit{kind: r.Get("kind"), unit: r.Get("unit"), use: uses[r.Get("use")]}
		u.people = v.countsPeople(u.kind)
		for _, c := range []string{"ar", "en"} {
			for _, f := range r.List(c) {
				v.words.add(cUnit, len(v.units), f)
				if c == "ar" && u.use == useNoun && !strings.HasPrefix(f, "ال") && !strings.HasPrefix(f, "في ") {
					v.words.add(cUnit, len(v.units), "ال"+f)
				}
			}
		}
		v.units = append(v.units, u)
		u.dual = true
		for _, f := range r.List("dual") {
			v.words.add(cUnit, len(v.units), f)
			v.words.add(cUnit, len(v.units), "ال"+f)
		}
		v.units = append(v.units, u)
	}
	return nil
}

// countsPeople tells the kinds whose counts a verb can turn into killed,
// wounded, detained.
func (v *Valuer) countsPeople(kind string) bool {
	return kind == "people" || kind == "troops" || befallen(kind)
}

// unitAt is the counted noun at token i, nil where there is none. Where a word
// is in several rows, the first of the table wins.
func (s *sentence) unitAt(i int) (*unit, int) { return s.unitOf(i, useNoun) }

func (s *sentence) contextAt(i int, w use) *unit {
	u, _ := s.unitOf(i, w)
	return u
}

func (s *sentence) unitOf(i int, w use) (*unit, int) {
	if i < 0 || i >= len(s.toks) || s.marks[i].used {
		return nil, 0
	}
	h := s.marks[i].hit[cUnit]
	if h.n == 0 {
		return nil, 0
	}
	var found *unit
	for k := h.head; k != 0; k = s.v.words.rows[k].next {
		if u := &s.v.units[s.v.words.rows[k].row]; u.use == w {
			found = u // the chain runs from the last row to the first
		}
	}
	return found, int(h.n)
}

// stops reports whether token i ends the search for a counted noun.
func (s *sentence) stops(i int) bool { return s.contextAt(i, useStop) != nil }

func (s *sentence) unitFollows(i int) bool {
	u, _ := s.counted(i, amount{})
	return u != nil
}

// counted finds the noun that the number before token i counts. Arabic puts it
// next («12 جنديا»), or behind من («عشرات من الجنود», «3 من عناصر»); English
// behind adjectives ("1,500 elite North Korean troops"), which are passed
// over, four at most, up to a word of the closed classes.
func (s *sentence) counted(i int, a amount) (*unit, int) {
	if s.toks[max(a.from, 0)].Kind == token.Sign && a.to > a.from {
		if u, _ := s.unitAt(a.from); u != nil && u.kind == "money" {
			return u, i
		}
	}
	if i >= len(s.toks) {
		return nil, i
	}
	if u, n := s.unitAt(i); u != nil && s.unbound(i) {
		return u, s.phrase(i, n)
	}
	j := i
	if s.is(j, "-") && s.glued(j) {
		j++
		if u, n := s.unitAt(j); u != nil {
			return u, j + n
		}
		return nil, i
	}
	if s.is(j, "of") {
		j++
		for s.is(j, "the") || s.is(j, "its") || s.is(j, "their") || s.is(j, "them") {
			j++
		}
	}
	if s.is(j, "من") {
		if u, n := s.unitAt(j + 1); u != nil {
			return u, s.phrase(j+1, n)
		}
		return nil, i
	}
	for k := j; k < len(s.toks) && k < j+4; k++ {
		t := s.toks[k]
		if s.is(k, "-") {
			continue
		}
		if t.Kind != token.Word || t.Norm[0] >= 0xD8 || s.marks[k].used {
			return nil, i
		}
		if k > j && s.numeric(k) {
			return nil, i
		}
		if u, n := s.unitAt(k); u != nil {
			return u, s.phrase(k, n)
		}
		if s.stops(k) {
			return nil, i
		}
	}
	return nil, i
}

// unbound bars nouns that carry و or ل of their own: «12 وجنود» counts nothing.
func (s *sentence) unbound(i int) bool {
	h := s.marks[i].hit[cUnit]
	return !h.bare || s.marks[i].pre&(preIn|preAnd|preTo) == 0
}

// phrase ends a counted noun: in English a compound's last noun is its head
// ("missile strikes", "police officers").
func (s *sentence) phrase(i, n int) int { return i + n }

// dualAt reads a noun that means two («جنديين»), or «جندي واحد».
func (s *sentence) dualAt(i, open int, pending effect) (QuantityMention, int, bool) {
	h := s.marks[i].hit[cUnit]
	if h.n == 0 || s.toks[i].Norm[0] < 0x80 {
		return QuantityMention{}, i, false
	}
	u, n := s.unitAt(i)
	if u == nil {
		return QuantityMention{}, i, false
	}
	q := QuantityMention{From: i, To: i + n, Subset: pending&eSubset != 0}
	q.Kind, q.Unit, q.Approx = u.kind, u.unit, "exact"
	switch {
	case u.dual:
		q.Low, q.High = 2, 2
	default:
		m, k := s.numberHit(i + n)
		if m.kind != nUnit || m.value != 1 || s.marks[i+n].pre != 0 && s.marks[i+n].hit[cNumber].bare {
			return QuantityMention{}, i, false
		}
		q.Low, q.High, q.To = 1, 1, i+n+k
	}
	switch {
	case pending&eMin != 0:
		q.Approx, q.High = "min", 0
	case pending&eMax != 0:
		q.Approx, q.Low = "max", 0
	case pending&eAbout != 0:
		q.Approx = "about"
	}
	if pending&(eMin|eMax|eAbout|eSubset) != 0 {
		q.From = open
	}
	return q, q.To, true
}
