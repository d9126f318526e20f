package annotate

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/token"
)

// read makes the mentions of one sentence, those without codes still open.
func (c *context) read(src string, s *token.Sentence) {
	r := &c.reader
	r.c, r.src, r.toks, r.its, r.lang, r.i = c, src, s.Tokens, c.items(src, s), s.Lang, 0
	for r.i < len(r.its) {
		if s.Lang == isnad.Arabic {
			r.arabic()
		} else {
			r.english()
		}
	}
}

// reader puts the phrases of a sentence together into mentions.
type reader struct {
	c    *context
	src  string
	toks []token.Token
	its  []item
	lang isnad.Lang
	i    int // next item
}

func (r *reader) emit(m Mention, open *entry) {
	if m.To > len(r.toks) {
		m.To = len(r.toks)
	}
	r.c.all = append(r.c.all, m)
	r.c.open = append(r.c.open, open)
}

// mention starts a mention from one item.
func (r *reader) mention(it item) Mention {
	return Mention{From: it.from, To: it.to, Head: it.from, Codes: it.e.codes, Role: it.e.role, ID: it.e.id,
		Kind: it.e.kind, Pre: it.pre, Rows: it.e.rows}
}

func (m *Mention) join(it item) {
	m.To = it.to
	m.Rows = append(slices.Clip(m.Rows), it.e.row)
}

func (m *Mention) addCodes(cs []isnad.Code) {
	for _, x := range cs {
		if !slices.Contains(m.Codes, x) {
			m.Codes = append(slices.Clip(m.Codes), x)
		}
	}
}

// simple emits an item that needs no grammar; it reports whether it did.
func (r *reader) simple(it item) bool {
	switch it.e.class {
	case cBlock, cModifier, cCourtesy:
		return true
	case cNisba:
		m := r.mention(it)
		if w := r.toks[it.to-1].Norm; strings.HasSuffix(w, "ون") || strings.HasSuffix(w, "ين") || strings.HasSuffix(w, "يان") {
			m.Kind, m.Role = People, "CVL"
		}
		r.emit(m, nil)
		return true
	case cState, cSeat, cCapital, cCity, cPeople, cOutlet, cAlias:
		r.emit(r.mention(it), nil)
		return true
	case cOrg:
		m := r.mention(it)
		if it.e.weak {
			m.Codes = nil
			r.emit(m, it.e)
		} else {
			r.emit(m, nil)
		}
		return true
	case cPair, cOwn, cLastOrg, cLastBand:
		r.emit(r.mention(it), it.e)
		return true
	}
	return false
}

// arabic reads the mention that begins at the next item. A title takes the
// genitives and adjectives after it: the first nisba, state, organisation or
// person there says whose it is («وزارة الدفاع الأميركية», «ملك الأردن»).
// Between them stand other definite words and modifiers, no verb and no
// preposition.
func (r *reader) arabic() {
	it := r.its[r.i]
	r.i++
	switch it.e.class {
	case cTitle:
		m, open := r.arabicTitle(it)
		if m.To > 0 {
			r.emit(m, open)
		}
	case cOrg:
		m := r.mention(it)
		if led := r.leader(&m); !led && it.e.weak {
			m.Codes = nil
			r.emit(m, it.e)
			return
		}
		r.emit(m, nil)
	case cPerson:
		m := r.mention(it)
		if it.e.weak {
			if it.to < len(r.toks) && (strings.HasPrefix(r.toks[it.to].Norm, "ال") || r.toks[it.to].Norm == "بن") && r.c.a.use[r.toks[it.to].Norm]&useStop == 0 {
				return // a given name
			}
			m.Codes = nil
			r.emit(m, it.e)
			return
		}
		if r.c.weak[it.e] != nil {
			r.emit(m, it.e)
			return
		}
		// «سامح شكري وزير الخارجية المصري»
		if r.i < len(r.its) {
			n := r.its[r.i]
			gap := n.from - it.to
			if n.e.class == cTitle && n.pre == "" && (gap == 0 || gap == 1 && r.toks[it.to].Norm == "،") && n.e.kind == Office && !n.e.envoy {
				save := r.i
				r.i++
				t, _ := r.arabicTitle(n)
				if t.To > 0 && (len(t.Codes) == 0 || slices.Equal(t.Codes, m.Codes)) {
					m.To = t.To
					m.Rows = append(slices.Clip(m.Rows), t.Rows...)
				} else {
					r.i = save
				}
			}
		}
		r.emit(m, nil)
	default:
		r.simple(it)
	}
}

// leader adds to a coalition the state that the text names as its leader:
// «التحالف بقيادة السعودية», «التحالف الذي تقوده الولايات المتحدة».
func (r *reader) leader(m *Mention) bool {
	if m.Codes[0] != "IGO" {
		return false
	}
	for k := m.To; k < len(r.toks) && k < m.To+4; k++ {
		if r.c.a.use[r.toks[k].Norm]&useLead == 0 {
			continue
		}
		j := r.i
		for j < len(r.its) && r.its[j].from <= k {
			j++
		}
		if j < len(r.its) && r.its[j].from == k+1 && (r.its[j].e.class == cState || r.its[j].e.class == cCapital) {
			m.Codes = []isnad.Code{r.its[j].e.codes[0], "IGO"}
			m.join(r.its[j])
			r.i = j + 1
			return true
		}
		return false
	}
	return false
}

// introduce remembers the last word of a name that stands with a title, for
// the sentences after: «المتحدثة باسم الوزارة ماريا روما … وأضافت روما».
func (r *reader) introduce(name string, m *Mention) {
	if r.c.alias[name] == nil {
		r.c.alias[name] = &entry{class: cAlias, kind: Person, codes: m.Codes, role: m.Role, row: m.Rows[0], rows: m.Rows}
	}
}

// name reads the words of an unknown name after an office: two to four words,
// none of them frequent, definite or with a conjunction. One word alone is
// taken only in front of «إن» or a sign.
func (r *reader) name(m *Mention) {
	p := m.To
	n := 0
	for p < len(r.toks) && n < 4 {
		t := &r.toks[p]
		if t.Kind != token.Word || t.Norm[0] < 0xD8 || r.c.a.use[t.Norm]&useCommon != 0 {
			break
		}
		if n == 0 && strings.HasPrefix(t.Norm, "ال") || strings.HasPrefix(t.Norm, "بال") || strings.HasPrefix(t.Norm, "لل") || t.TaMarbuta && strings.HasPrefix(t.Norm, "ال") || n > 0 && strings.HasPrefix(t.Norm, "و") || r.c.a.use[t.Norm]&useStop != 0 || strings.HasSuffix(r.src[t.Start:t.End], "ى") && len(t.Norm) <= 6 {
			break
		}
		if c2 := t.Norm[:2]; (c2 == "و" || c2 == "ف" || c2 == "ب" || c2 == "ل") && len(t.Norm) > 6 && r.c.a.use[t.Norm[2:]]&useCommon != 0 {
			break
		}
		if r.i < len(r.its) && r.its[r.i].from == p {
			if c := r.its[r.i].e.class; c != cCity && c != cModifier {
				break
			}
		}
		p++
		n++
	}
	if n < 2 {
		return
	}
	last := r.toks[p-1].Norm
	m.To = p
	m.Kind = Person
	for r.i < len(r.its) && r.its[r.i].from < p {
		r.i++
	}
	if len(last) >= 8 { // shorter ones are given names and particles
		r.introduce(last, m)
	}
}

// maxGap is how many words that are in no table may stand between a title and
// its state: «وزير الشؤون الخارجية والتعاون الدولي الإماراتي» has four.
const maxGap = 5

func (r *reader) arabicTitle(it item) (Mention, *entry) {
	m := r.mention(it)
	m.Codes = slices.Clip(it.e.codes)
	envoy := it.e.envoy
	media := it.e.kind == Org
	fixed := len(m.Codes) > 0 && !media
	known := fixed
	person := false
	p, gap := it.to, 0
	definite := strings.HasPrefix(r.toks[it.to-1].Norm, "ال")
	closed := false // a definite word ended the genitive chain: no state can follow
	k := r.i
scan:
	for p < len(r.toks) {
		for k < len(r.its) && r.its[k].from < p {
			k++
		}
		if k < len(r.its) && r.its[k].from == p {
			n := r.its[k]
			take := false
			switch n.e.class {
			case cNisba:
				switch {
				case n.pre == "" && (gap == 0 || agree(it.e, &r.toks[it.from], &r.toks[n.from])):
					if !known {
						if media {
							m.Rows = append(slices.Clip(m.Rows), n.e.row)
						} else {
							m.addCodes(n.e.codes)
						}
						known, take = true, true
					} else if slices.Equal(m.Codes, n.e.codes) {
						take = true
					} else if fixed && gap == 0 { // «السيناتور الفرنسي»
						m.Codes, fixed, take = n.e.codes, false, true
					}
				case n.pre == "و" && known && it.e.dual && gap == 0 && !person:
					m.addCodes(n.e.codes)
					take = true
				}
			case cState, cCapital, cCity, cSeat:
				switch {
				case known || person || envoy && n.pre == "" && definite:
				case n.pre == "" && (!definite || closed && false) && !strings.HasPrefix(r.toks[p-1].Norm, "ال"):
					m.addCodes(n.e.codes)
					known, take = true, true
				case n.pre == "ل" && it.e.kind == Office && gap == 0:
					m.addCodes(n.e.codes)
					known, take = true, true
				}
			case cOrg:
				if !known && !n.e.weak && (n.pre == "" || n.pre == "ل" && gap == 0) && n.e.codes[0] != "MED" {
					m.addCodes(n.e.codes)
					if m.Role == "" || m.Role == "GOV" || n.e.kind == Armed {
						m.Role = n.e.role
					}
					known, take = true, true
				}
			case cOutlet:
				if media && n.pre == "" {
					m.Codes, m.ID = n.e.codes, n.e.id
					known, take = true, true
				}
			case cPeople:
				if !known && n.pre == "" {
					m.addCodes(n.e.codes)
					known, take = true, true
				}
			case cAlias:
				take = n.pre == "" && known && slices.Equal(m.Codes, n.e.codes)
			case cPerson:
				if n.pre == "" && !person && (!known || slices.Equal(m.Codes, n.e.codes)) && it.e.kind != People && it.e.kind != Unnamed && !media {
					if m.Kind == Office && !it.e.body {
						m.Kind, m.ID = Person, n.e.id
					}
					m.addCodes(n.e.codes)
					known, person, take = true, true, true
				}
			case cTitle:
				// «المتحدث باسم وزارة الخارجية»: the role of the inner body.
				if n.pre == "" && !known && !person && !(gap == 0 && definite && strings.HasPrefix(r.toks[n.from].Norm, "ال")) {
					take = true
					if n.e.body && m.Role == "GOV" && n.e.role != "" {
						m.Role = n.e.role
					}
					if n.e.alone == aloneContext && it.e.alone == aloneNone {
						it.e = n.e
					}
				}
			case cCourtesy, cModifier:
				if n.pre == "" {
					p, r.i = n.to, k+1
					k++
					if n.e.class == cModifier && gap == 0 {
						m.To = n.to
					}
					continue
				}
			case cBlock:
				if n.pre == "" && gap < maxGap {
					gap++
					p = n.to
					k++
					continue
				}
			}
			if !take {
				break scan
			}
			m.join(n)
			p = n.to
			k++
			r.i = k
			gap = 0
			if person {
				break
			}
			continue
		}
		t := &r.toks[p]
		if t.Kind == token.Sign {
			if skipped(t) && t.Norm != "(" && t.Norm != ")" && t.Norm != "-" {
				p++
				continue
			}
			break
		}
		if gap >= maxGap || known || r.c.a.use[t.Norm]&useStop != 0 || !(strings.HasPrefix(t.Norm, "ال") || strings.HasPrefix(t.Norm, "وال") && strings.HasPrefix(r.toks[p-1].Norm, "ال")) {
			break
		}
		gap++
		p++
	}
	// Items before the end were taken or passed over.
	for r.i < len(r.its) && r.its[r.i].from < m.To {
		r.i++
	}
	if !known && len(m.Codes) == 0 {
		switch it.e.alone {
		case aloneNone:
			return Mention{}, nil
		case aloneUnknown:
			m.Codes = []isnad.Code{isnad.Unknown}
			return m, nil
		}
		return m, it.e
	}
	if !person && !media && m.Kind == Office && (!it.e.body || m.Rows[0] == "titles:parliament") {
		r.name(&m)
	}
	return m, nil
}

// agree reports whether an adjective that stands apart from a title can be its
// own: «الخبراء الاتفاق النووي الإيراني» is no Iranian experts.
func agree(title *entry, head, adj *token.Token) bool {
	switch w := adj.Norm; {
	case adj.TaMarbuta: // feminine: of bodies and of plurals that are no persons
		return head.TaMarbuta || title.body || title.dual
	case strings.HasSuffix(w, "ون") || strings.HasSuffix(w, "ين") || strings.HasSuffix(w, "ان"):
		return title.dual || title.body || title.kind != Office
	}
	return !head.TaMarbuta && !title.dual
}

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
		if n.e.class == cTitle && !person && !(poss && title != nil && false) {
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
			p = n.to
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
	if r.c.a.use[r.toks[p].Norm]&useLead == 0 {
		return 0
	}
	for q := p + 1; q < len(r.toks) && q <= p+4; q++ {
		if r.c.a.use[r.toks[q].Norm]&useCoalition != 0 {
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
	if r.c.a.use[r.toks[q].Norm]&useOf == 0 {
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
}
