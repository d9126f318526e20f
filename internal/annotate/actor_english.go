package annotate

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/token"
)

// english reads the mention that begins at the next item: a state or its
// adjective, then modifiers and titles, then a name; or a title with "of" and
// its state.
func (r *reader) english() {
	it := r.its[r.i]
	r.i++
	if r.simpleFirst(it) {
		return
	}
	m, open := r.englishGroup(it)
	if m.To == 0 {
		return
	}
	if open == nil && m.Kind == Office && !r.bodyWord(&m) && len(m.Codes) == 1 {
		r.englishName(&m)
	}
	r.emit(m, open)
}

// bodyWord reports whether the mention is of a body and not of a person.
func (r *reader) bodyWord(m *Mention) bool {
	for _, row := range m.Rows {
		switch row {
		case "titles:ministry", "titles:government", "titles:army", "titles:intelligence", "titles:police", "titles:court", "titles:company":
			if len(m.Rows) <= 2 {
				return true
			}
		}
	}
	return false
}

// englishName takes the capitalised words after an office, or after a comma,
// as a name and remembers the last of them.
func (r *reader) englishName(m *Mention) {
	p := m.To
	if p < len(r.toks) && r.toks[p].Norm == "," {
		p++
	}
	from := p
	for p < len(r.toks) && p < from+4 && r.toks[p].Upper && r.toks[p].Kind == token.Word {
		if r.i < len(r.its) && r.its[r.i].from == p {
			if c := r.its[r.i].e.class; c != cCity && c != cModifier {
				break
			}
		}
		p++
		if p < len(r.toks) && r.toks[p].Norm == "-" && p+1 < len(r.toks) && r.toks[p].Start == r.toks[p-1].End {
			p++
		}
	}
	if p == from || p-from == 1 && from > m.To || p > from && r.toks[p-1].Kind != token.Word {
		return
	}
	last := r.toks[p-1].Norm
	if len(last) < 3 {
		return
	}
	m.To, m.Kind = p, Person
	for r.i < len(r.its) && r.its[r.i].from < p {
		r.i++
	}
	r.introduce(last, m)
}

// simpleFirst handles the classes that never begin a longer group.
func (r *reader) simpleFirst(it item) bool {
	switch it.e.class {
	case cBlock, cPair, cOwn, cLastOrg, cLastBand:
		return r.simple(it)
	case cModifier, cCourtesy:
		// "former President Karzai": the group begins at the title or name.
		return !(r.i < len(r.its) && r.its[r.i].from == it.to && it.e.class == cCourtesy && r.its[r.i].e.class == cPerson)
	}
	return false
}

// adjacent returns the next item if it follows the token p at once or after a
// possessive.
func (r *reader) adjacent(p int) (item, bool) {
	if r.i >= len(r.its) {
		return item{}, false
	}
	n := r.its[r.i]
	if n.from == p || n.from == p+1 && r.possessive(p) {
		return n, true
	}
	return item{}, false
}

func (r *reader) possessive(p int) bool {
	return p < len(r.toks) && (r.toks[p].Norm == "'s" || r.toks[p].Norm == "'")
}

func (r *reader) englishGroup(it item) (Mention, *entry) {
	m := r.mention(it)
	m.Codes = slices.Clip(it.e.codes)
	var title *entry
	if it.e.class == cTitle {
		title = it.e
	}
	person := it.e.class == cPerson
	weak := it.e.class == cOrg && it.e.weak
	owner := it.e.class == cState || it.e.class == cNisba || it.e.class == cCapital || it.e.class == cOrg || it.e.class == cCity || it.e.class == cSeat || it.e.class == cPeople || it.e.class == cOutlet
	p := it.to
	for {
		// "the Saudi-led coalition"
		if owner && title == nil && p+1 < len(r.toks) && r.toks[p].Norm == "-" {
			if n := r.led(p + 1); n > 0 {
				m.addCodes([]isnad.Code{"IGO"})
				m.To, m.Head, m.Kind, m.Role, m.ID = n, n-1, Org, "MIL", ""
				for r.i < len(r.its) && r.its[r.i].from < n {
					r.i++
				}
				return m, nil
			}
			break
		}
		n, ok := r.adjacent(p)
		if !ok {
			break
		}
		poss := n.from == p+1
		if n.e.class == cModifier && (owner || title != nil) && !person {
			// look past modifiers for a title or name
			j := r.i
			q := p
			for j < len(r.its) && (r.its[j].from == q || r.its[j].from == q+1 && (r.possessive(q) || r.toks[q].Norm == "-")) && r.its[j].e.class == cModifier {
				q = r.its[j].to
				j++
			}
			if j < len(r.its) && r.its[j].from == q && (r.its[j].e.class == cTitle || r.its[j].e.class == cPerson || r.its[j].e.class == cCourtesy) {
				r.i = j
				p = q
				continue
			}
			break
		}
		if n.e.class == cCourtesy && title != nil {
			p = n.to
			r.i++
			continue
		}
		if n.e.class == cTitle && !person {
			if owner || title != nil {
				if n.e.kind == Unnamed && len(n.e.codes) == 0 && title != nil {
					break
				}
				title = n.e
				m.Head = n.to - 1
				if n.e.kind != Org {
					m.Kind, m.Role = n.e.kind, n.e.role
				}
				if it.e.kind == Armed {
					m.Kind, m.Role = Armed, it.e.role
				}
				m.join(n)
				p = n.to
				r.i++
				continue
			}
			break
		}
		if n.e.class == cPerson && (title != nil && title.kind == Office || it.e.class == cCourtesy) && !person && !poss {
			if len(m.Codes) > 0 && !slices.Equal(m.Codes, n.e.codes) {
				break
			}
			m.Codes, m.Kind, m.ID, m.Head = n.e.codes, Person, n.e.id, n.to-1
			if m.Role == "" {
				m.Role = n.e.role
			}
			m.join(n)
			person = true
			r.i++
			break
		}
		break
	}
	if it.e.class == cCourtesy && !person {
		return Mention{}, nil
	}
	if title != nil && len(m.Codes) == 0 {
		r.of(&m, title)
	}
	if len(m.Codes) == 0 || weak && title == nil {
		if weak {
			m.Codes = nil
			return m, it.e
		}
		if title == nil {
			return m, nil
		}
		switch title.alone {
		case aloneNone:
			return Mention{}, nil
		case aloneUnknown:
			m.Codes = []isnad.Code{isnad.Unknown}
			return m, nil
		}
		return m, title
	}
	return m, nil
}

// led reads "led [Arab military] coalition" from token p and returns its end.
func (r *reader) led(p int) int {
	if r.c.a.use(&r.toks[p])&useLead == 0 {
		return 0
	}
	for q := p + 1; q < len(r.toks) && q <= p+4; q++ {
		if r.c.a.use(&r.toks[q])&useCoalition != 0 {
			return q + 1
		}
		if r.toks[q].Kind == token.Sign {
			return 0
		}
	}
	return 0
}

// of takes "of Iran", "for the Russian foreign ministry" after a title.
func (r *reader) of(m *Mention, title *entry) {
	q := m.To
	if q+1 >= len(r.toks) {
		return
	}
	if r.c.a.use(&r.toks[q])&useOf == 0 {
		return
	}
	q++
	if n := r.toks[q].Norm; n == "the" {
		q++
	}
	if r.i >= len(r.its) || r.its[r.i].from != q {
		return
	}
	it := r.its[r.i]
	switch it.e.class {
	case cState, cNisba, cCapital, cOrg, cSeat, cCity, cPeople, cTitle:
	default:
		return
	}
	if it.e.weak {
		return
	}
	save := r.i
	r.i++
	n, _ := r.englishGroup(it)
	if n.To == 0 || len(n.Codes) == 0 && it.e.class != cTitle {
		r.i = save
		return
	}
	if title.kind == Office && n.Role != "" && (n.Kind == Office || n.Kind == Armed || n.Kind == Org) {
		m.Role = n.Role
	}
	m.Codes = n.Codes
	m.To = n.To
	m.Rows = append(slices.Clip(m.Rows), n.Rows...)
	// "the foreign ministers of France and Germany"
	for strings.HasSuffix(r.toks[m.Head].Norm, "s") && r.i < len(r.its) {
		next := r.its[r.i]
		if next.e.class != cState || next.from != m.To+1 || r.toks[m.To].Norm != "and" && r.toks[m.To].Norm != "," {
			break
		}
		m.addCodes(next.e.codes)
		m.join(next)
		r.i++
	}
}
