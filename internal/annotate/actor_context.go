package annotate

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/orth"
	"isnad/internal/token"
)

// context is what one article tells about its parties.
type context struct {
	a      *Actors
	art    *isnad.Article
	year   int             // of publication, 0 unknown
	home   isnad.Code      // the outlet's state, "" unknown
	named  map[string]bool // people whose full name has stood
	buf    []item
	alias  map[string]*entry  // names introduced with a title: surname -> whom they act for
	weak   map[*entry][]int32 // weak names shared by several groups
	reader reader
	all    []Mention // of title and text
	open   []*entry  // for each of all what the context must resolve, nil where its codes are known

	order []isnad.Code       // codes as they are first named
	count map[isnad.Code]int // mentions of states by name, adjective, person or place
	main  isnad.Code         // the state named most, "" where none is
	last  map[string][]isnad.Code
}

func newContext(a *Actors, art *isnad.Article) *context {
	return &context{a: a, art: art, year: year(art.Published), home: a.outlets[orth.Fold(art.Outlet)], named: map[string]bool{}, alias: map[string]*entry{}, weak: map[*entry][]int32{}, count: map[isnad.Code]int{}, last: map[string][]isnad.Code{}}
}

// isState tells codes of states from those of organisations and the unknown.
func isState(c isnad.Code) bool {
	switch c {
	case "EUU", "UNO", "NATO", "ARL", "GCC", "AFU", "IGO", "ISIS", "NGO", "MED", "UNK":
		return false
	}
	return true
}

// resolve gives codes to the mentions whose own words have none: an office or
// body without a state, the two countries, a name that counts only where its
// code is named otherwise.
//
// A title without a state belongs to, in this order:
//  1. the place or state that follows it after في or in («السلطات في تركيا»);
//  2. what the same title had earlier in the article (the Turkish police … police);
//  3. a place or state in the same sentence after في or in;
//  4. the state the article names most, where it names one, the nearest before of those
//     named as often;
//  5. the outlet's own state.
func (c *context) resolve(before, t *token.Text, ends []int) [][]Mention {
	nb := len(before.Sentences)
	at := 0
	for k, end := range ends {
		weight := 1
		if k < nb {
			weight = 2 // a headline
		}
		c.tally(c.all[at+c.written(before, t, k, at, end):end], weight)
		at = end
	}
	c.main = c.dominant()
	out := make([][]Mention, len(t.Sentences))
	var prev, prev2 []Mention
	at = 0
	for k, end := range ends[:nb+len(t.Sentences)] {
		var s *token.Sentence
		if k < nb {
			s = &before.Sentences[k]
		} else {
			s = &t.Sentences[k-nb]
		}
		from := at + c.written(before, t, k, at, end)
		ms := c.sentence(s, c.all[from:end:end], c.open[from:end], prev, prev2)
		if k >= nb {
			out[k-nb] = c.all[at : from+len(ms) : from+len(ms)]
		}
		prev, prev2 = ms, prev
		at = end
	}
	return out
}

// written counts the mentions of the dateline of sentence k, from at to end: where and
// by whom the report was written tells nothing of whom it is about.
func (c *context) written(before, t *token.Text, k, at, end int) int {
	u := t
	if k < len(before.Sentences) {
		u = before
	} else if k -= len(before.Sentences); k >= len(t.Sentences) {
		return 0 // the beginning of a text, read for its title
	}
	skip := Dateline(u.Sentences[k].Tokens, c.all[at:end])
	n := 0
	for n < end-at && c.all[at+n].From < skip {
		n++
	}
	return n
}

func (c *context) tally(ms []Mention, weight int) {
	for i := range ms {
		for _, x := range ms[i].Codes {
			if c.count[x] == 0 {
				c.order = append(c.order, x)
			}
			c.count[x] += weight
		}
	}
}

// dominant is the state named most, the first of those named as often: which state it
// is must not tell.
func (c *context) dominant(but ...isnad.Code) isnad.Code {
	var best isnad.Code
	top := 0
	for _, x := range c.order {
		if n := c.count[x]; n > top && isState(x) && !slices.Contains(but, x) {
			best, top = x, n
		}
	}
	return best
}

func (c *context) sentence(s *token.Sentence, ms []Mention, open []*entry, prev, prev2 []Mention) []Mention {
	keep := ms[:0]
	for i := range ms {
		m := ms[i]
		e := open[i]
		if e == nil {
			if m.Kind == Office {
				c.last[m.Rows[0]] = m.Codes
			}
			keep = append(keep, m)
			continue
		}
		m.Resolved = true
		switch e.class {
		case cOrg:
			m.Resolved = false
			e = c.most(e)
			if !c.weakly(e) {
				continue
			}
			m.Codes, m.ID, m.Rows, m.Kind, m.Role = e.codes, e.id, e.rows, e.kind, e.role
		case cPerson:
			m.Resolved = false
			if c.weak[e] != nil {
				e = c.mostPerson(e)
			} else if !c.weakly(e) && !c.named[e.id] {
				continue
			}
			m.Codes, m.ID, m.Rows, m.Role = e.codes, e.id, e.rows, e.role
		case cLastOrg, cLastBand:
			l := lastGroup(e.class, keep, prev, prev2)
			if l == nil {
				continue
			}
			m.Codes, m.ID, m.Role = l.Codes, l.ID, l.Role
		case cPair:
			m.Codes = lastPair(keep, prev, prev2)
		case cOwn:
			m.Codes = c.owner(keep, prev)
		default:
			if e.alone == aloneWeak && c.main == "" && c.home == "" {
				continue
			}
			if e.alone == aloneBand {
				m.Codes = []isnad.Code{isnad.Unknown}
				if l := lastGroup(cLastBand, keep, prev, prev2); l != nil {
					m.Codes = l.Codes
				} else if c.count["ISIS"] > 0 {
					m.Codes = []isnad.Code{"ISIS"}
				}
				break
			}
			m.Codes = c.belongs(s, ms, i, e)
			if len(m.Codes) == 0 {
				m.Codes = nil
			}
		}
		keep = append(keep, m)
	}
	return keep
}

// most picks among the groups of one weak name that whose code is named most.
func (c *context) most(e *entry) *entry {
	best := e
	for _, n := range c.weak[e] {
		o := &c.a.entries[n]
		if o.class == cCapital && c.count[best.codes[0]] == 0 {
			return o
		}
		if c.count[o.codes[0]] > c.count[best.codes[0]] {
			best = o
		}
	}
	return best
}

// mostPerson picks among people of one family name: one whose full name
// stands in the article, else the one whose state is named most.
func (c *context) mostPerson(e *entry) *entry {
	best, top := e, -1
	for _, n := range c.weak[e] {
		o := &c.a.entries[n]
		if !c.inOffice(o, 1) && !c.named[o.id] {
			continue
		}
		k := c.count[o.codes[0]]
		if c.named[o.id] {
			k += 1000
		}
		if k > top {
			best, top = o, k
		}
	}
	return best
}

// lastGroup is the organisation or armed group named last before.
func lastGroup(want class, same, prev, prev2 []Mention) *Mention {
	for _, ms := range [][]Mention{same, prev, prev2} {
		for j := len(ms) - 1; j >= 0; j-- {
			m := &ms[j]
			if len(m.Codes) == 0 || m.Codes[0] == "MED" {
				continue
			}
			if want == cLastBand && m.Kind == Armed && (len(m.Rows) > 0 && !strings.HasPrefix(m.Rows[0], "titles:") || m.Resolved) || want == cLastOrg && m.Kind == Org {
				return m
			}
		}
	}
	return nil
}

// weakly reports whether a weak name counts: the article names its code.
func (c *context) weakly(e *entry) bool {
	if e.class == cCapital {
		return true
	}
	for _, x := range e.beside {
		if c.count[x] > 0 {
			return true
		}
	}
	x := e.codes[0]
	if !isState(x) && x != "ISIS" && x != "UNK" {
		return c.count[x] > 0
	}
	return c.count[x] > 0 || x == "UNK"
}

// belongs finds whose an office or body without a state is.
func (c *context) belongs(s *token.Sentence, ms []Mention, i int, e *entry) []isnad.Code {
	m := &ms[i]
	if i+1 < len(ms) && ms[i+1].From == m.To+1 && place(&ms[i+1]) && !slices.Contains(e.not, ms[i+1].Codes[0]) {
		if n := s.Tokens[m.To].Norm; n == "من" || n == "from" { // «وفد من كندا»
			return ms[i+1].Codes
		}
	}
	if !e.envoy {
		for j := i + 1; j < len(ms) && ms[j].From <= m.To+3; j++ {
			if place(&ms[j]) && c.inside(s, &ms[j]) && !slices.Contains(e.not, ms[j].Codes[0]) {
				return ms[j].Codes
			}
		}
	}
	if e.kind == Office {
		if last := c.last[e.row]; last != nil {
			return last
		}
	}
	if !e.envoy {
		best := -1
		for j := range ms {
			if place(&ms[j]) && c.inside(s, &ms[j]) && !slices.Contains(e.not, ms[j].Codes[0]) && (best < 0 || abs(ms[j].From-m.From) < abs(ms[best].From-m.From)) {
				best = j
			}
		}
		if best >= 0 {
			return ms[best].Codes
		}
	}
	if slices.Contains(e.not, c.main) {
		if x := c.dominant(e.not...); x != "" {
			return []isnad.Code{x}
		}
	} else if c.main != "" {
		return c.nearest(ms[:i])
	}
	if c.home != "" {
		return []isnad.Code{c.home}
	}
	return nil
}

// nearest is the state named most; of those named as often, the one named last before
// in the sentence, else the first of the article.
func (c *context) nearest(before []Mention) []isnad.Code {
	for j := len(before) - 1; j >= 0; j-- {
		if x := before[j].Codes; len(x) == 1 && isState(x[0]) && c.count[x[0]] == c.count[c.main] {
			return x
		}
	}
	return []isnad.Code{c.main}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func place(m *Mention) bool {
	return (m.Kind == City || m.Kind == State) && len(m.Codes) == 1 && isState(m.Codes[0])
}

// inside reports whether a place stands after a preposition of place.
func (c *context) inside(s *token.Sentence, m *Mention) bool {
	if strings.HasSuffix(m.Pre, "ب") {
		return true
	}
	for k := m.From - 1; k >= 0 && k >= m.From-3; k-- {
		if c.a.use(&s.Tokens[k])&usePlace != 0 {
			return true
		}
	}
	return false
}

// lastPair is the last two states named before.
func lastPair(same, prev, prev2 []Mention) []isnad.Code {
	var out []isnad.Code
	for _, ms := range [][]Mention{same, prev, prev2} {
		for j := len(ms) - 1; j >= 0; j-- {
			for k := len(ms[j].Codes) - 1; k >= 0; k-- {
				x := ms[j].Codes[k]
				if isState(x) && !slices.Contains(out, x) {
					out = append(out, x)
					if len(out) == 2 {
						slices.Sort(out)
						return out
					}
				}
			}
		}
	}
	return out
}

// owner is the state of the party named last before, else of the first party
// of the sentence before.
func (c *context) owner(same, prev []Mention) []isnad.Code {
	pass := func(m *Mention) bool {
		return len(m.Codes) == 1 && isState(m.Codes[0]) && (m.Kind == Person || m.Kind == Office || m.Kind == State || m.Kind == Armed)
	}
	for j := len(same) - 1; j >= 0; j-- {
		if pass(&same[j]) {
			return same[j].Codes
		}
	}
	for j := range prev {
		if pass(&prev[j]) {
			return prev[j].Codes
		}
	}
	if c.main != "" {
		return []isnad.Code{c.main}
	}
	return nil
}
