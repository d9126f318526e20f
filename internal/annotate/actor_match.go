package annotate

import (
	"strings"

	"isnad/internal/token"
)

// item is a phrase of the lexicon found in a sentence.
type item struct {
	from, to int
	pre      string
	e        *entry
}

// skipped tells signs that may stand inside a name: «تنظيم "داعش"».
func skipped(t *token.Token) bool {
	if t.Kind != token.Sign {
		return false
	}
	switch t.Norm {
	case `"`, "(", ")", "'", "[", "]", "-", "#", "_", "ـ":
		return true
	}
	return false
}

// items finds the phrases of a sentence: at each token the longest, with the
// proclitics و ف ب ل ك split off only where the whole token begins no phrase.
func (c *context) items(src string, s *token.Sentence) []item {
	out := c.buf[:0]
	toks := s.Tokens
	for i := 0; i < len(toks); {
		if toks[i].Kind == token.Sign {
			i++
			continue
		}
		it, ok := c.at(src, toks, i)
		if !ok && len(c.alias) > 0 {
			it, ok = c.introduced(toks, i)
		}
		if !ok {
			i++
			continue
		}
		out = append(out, it)
		i = it.to
	}
	c.buf = out
	return out
}

func (c *context) at(src string, toks []token.Token, i int) (item, bool) {
	w := toks[i].Norm
	known := c.a.words.Get(toks[i].Hash)
	if known.id != 0 {
		if it, ok := c.walk(src, toks, i, known.id, ""); ok {
			return it, true
		}
	}
	if len(w) < 6 || w[0] < 0xD8 || known.use&useCommon != 0 {
		return item{}, false
	}
	// Only these letters, all two bytes long, can be proclitics.
	switch w[:2] {
	case "و", "ف":
		if it, ok := c.without(src, toks, i, w[2:], w[:2]); ok {
			return it, true
		}
		switch rest := w[2:]; rest[:2] {
		case "ب", "ك":
			return c.without(src, toks, i, rest[2:], w[:4])
		case "ل":
			if strings.HasPrefix(rest, "لل") {
				return c.without(src, toks, i, "ا"+rest[2:], w[:4])
			}
			return c.without(src, toks, i, rest[2:], w[:4])
		}
	case "ب", "ك":
		return c.without(src, toks, i, w[2:], w[:2])
	case "ل":
		if strings.HasPrefix(w, "لل") {
			if it, ok := c.without(src, toks, i, "ا"+w[2:], w[:2]); ok {
				return it, true
			}
		}
		return c.without(src, toks, i, w[2:], w[:2])
	}
	return item{}, false
}

// introduced looks for a name that the article introduced before.
func (c *context) introduced(toks []token.Token, i int) (item, bool) {
	t := &toks[i]
	if t.Kind != token.Word {
		return item{}, false
	}
	if e := c.alias[t.Norm]; e != nil && (t.Upper || t.Norm[0] >= 0xD8) {
		return item{i, i + 1, "", e}, true
	}
	if len(t.Norm) > 6 && t.Norm[0] >= 0xD8 {
		switch p := t.Norm[:2]; p {
		case "و", "ف", "ل", "ب":
			if e := c.alias[t.Norm[2:]]; e != nil {
				return item{i, i + 1, p, e}, true
			}
		}
	}
	return item{}, false
}

// without tries a token whose proclitics pre are split off. A rest of two
// letters is no name.
func (c *context) without(src string, toks []token.Token, i int, rest, pre string) (item, bool) {
	if len(rest) < 6 {
		return item{}, false
	}
	id := c.a.words.Get(token.Hash(rest)).id
	if id == 0 {
		return item{}, false
	}
	return c.walk(src, toks, i, id, pre)
}

// walk follows the phrase table from the word id at token i and returns the
// longest phrase that its conditions allow.
func (c *context) walk(src string, toks []token.Token, i int, id uint32, pre string) (item, bool) {
	a := c.a
	node := a.roots[id]
	if node == 0 {
		return item{}, false
	}
	best := item{}
	found := false
	j := i
	for {
		l := &a.leaf[node]
		if l.e != 0 {
			if e := c.accept(src, toks, i, j, node, l, pre); e != nil {
				best, found = item{i, j + 1, pre, e}, true
			}
		}
		if !l.on {
			break
		}
		k := j + 1
		for k < len(toks) && k <= j+2 && skipped(&toks[k]) {
			k++
		}
		if k >= len(toks) {
			break
		}
		next := a.words.Get(toks[k].Hash).id
		if next == 0 {
			break
		}
		node = a.edges[uint64(node)<<32|uint64(next)]
		if node == 0 {
			break
		}
		j = k
	}
	return best, found
}

// accept checks a phrase's conditions: capitals, and the date of a bare name.
func (c *context) accept(src string, toks []token.Token, from, last int, node uint32, l *leaf, pre string) *entry {
	if l.upper && !toks[from].Upper {
		return nil
	}
	if l.caps {
		s := src[toks[from].Start:toks[from].End]
		for i := 0; i < len(s); i++ {
			if 'a' <= s[i] && s[i] <= 'z' {
				return nil
			}
		}
	}
	e := &c.a.entries[l.e]
	if l.nisba != 0 && pre == "" && from > 0 && c.a.adjectival(&toks[from-1], toks[from].Norm) {
		return &c.a.entries[l.nisba]
	}
	if e.class == cOwn && toks[last].TaMarbuta && from == last {
		return nil // «محافظة» is not محافظ with a pronoun
	}
	if e.class == cCapital && l.more {
		e = &c.a.entries[c.a.same[node][1]]
	}
	if e.class == cOrg && e.weak && l.more {
		c.weak[e] = c.a.same[node]
	}
	if e.class != cPerson {
		return e
	}
	if e.bare && from == last && pre != "" && len(toks[from].Norm)-len(pre) < 8 {
		return nil // «بابي» is no Abe
	}
	if l.more {
		return c.person(c.a.same[node])
	}
	return c.person([]int32{l.e})
}

// adjectival tells whether a form that is both a state and its adjective
// («السعودية», «سورية») is the adjective after the word before: definite after
// definite, indefinite after a noun.
func (a *Actors) adjectival(last *token.Token, w string) bool {
	if strings.HasPrefix(w, "ال") {
		before := last.Norm
		return strings.HasPrefix(before, "ال") || strings.HasPrefix(before, "لل") || strings.HasPrefix(before, "وال") || strings.HasPrefix(before, "بال")
	}
	return a.use(last)&useNoun != 0
}

// person picks among the people of one name: the one in office at the
// article's date, else one whose full name stood earlier in the article, else
// the last who has been in office by then. A family name alone counts only in
// the time in office (a year more on either side) or after the full name.
func (c *context) person(among []int32) *entry {
	var best *entry
	top := 0
	for _, n := range among {
		e := &c.a.entries[n]
		score := 0
		switch {
		case c.year != 0 && c.inOffice(e, 0):
			score = 4
		case c.named[e.id]:
			score = 3
		case e.bare && c.year != 0 && !c.inOffice(e, 1):
		case c.year == 0 || e.since <= c.year:
			score = 2
		default:
			score = 1
		}
		if score > top || score == top && score > 0 && e.since > best.since {
			best, top = e, score
		}
	}
	if best == nil {
		return nil
	}
	if !best.bare {
		c.named[best.id] = true
	} else if len(among) > 1 {
		c.rivals(best, among)
	}
	return best
}

// rivals notes other people of a family name whom the article may mean: not
// more than a year out of office, of another state.
func (c *context) rivals(best *entry, among []int32) {
	for _, n := range among {
		if o := &c.a.entries[n]; o.codes[0] != best.codes[0] && (c.named[o.id] || c.inOffice(o, 1)) {
			c.weak[best] = among
			return
		}
	}
}

func (c *context) inOffice(e *entry, slack int) bool {
	return (e.since == 0 || e.since-slack <= c.year) && (e.until == 0 || e.until+slack >= c.year)
}
