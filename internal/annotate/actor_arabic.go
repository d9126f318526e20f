package annotate

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/token"
)

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
			if it.to < len(r.toks) && (strings.HasPrefix(r.toks[it.to].Norm, "ال") || r.toks[it.to].Norm == "بن") && r.c.a.use(&r.toks[it.to])&useStop == 0 {
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
		if r.c.a.use(&r.toks[k])&useLead == 0 {
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
// none of them frequent, the first without article.
func (r *reader) name(m *Mention) {
	p := m.To
	for p < len(r.toks) && p < m.To+4 && r.nameWord(p, p == m.To) {
		p++
	}
	if p < m.To+2 {
		return
	}
	m.To, m.Kind = p, Person
	for r.i < len(r.its) && r.its[r.i].from < p {
		r.i++
	}
	if last := r.toks[p-1].Norm; len(last) >= 8 { // shorter ones are given names and particles
		r.introduce(last, m)
	}
}

// nameWord reports whether a token can be a word of an unknown name.
func (r *reader) nameWord(p int, first bool) bool {
	t := &r.toks[p]
	w := t.Norm
	if t.Kind != token.Word || w[0] < 0xD8 || len(w) < 4 || r.c.a.use(t)&(useCommon|useStop) != 0 {
		return false
	}
	if len(w) <= 6 && strings.HasSuffix(r.src[t.Start:t.End], "ى") { // «على», «إلى»
		return false
	}
	if rest, article := strings.CutPrefix(w, "ال"); article {
		if first || t.TaMarbuta || r.c.a.useOf(rest)&useCommon != 0 {
			return false
		}
	}
	if strings.HasPrefix(w, "بال") || strings.HasPrefix(w, "لل") || !first && strings.HasPrefix(w, "و") {
		return false
	}
	switch w[:2] {
	case "و", "ف", "ب", "ل":
		if len(w) > 6 && r.c.a.useOf(w[2:])&useCommon != 0 {
			return false
		}
	}
	if r.i < len(r.its) && r.its[r.i].from == p {
		c := r.its[r.i].e.class
		return c == cCity || c == cModifier
	}
	return true
}

// maxGap is how many words that are in no table may stand between a title and
// its state: «وزير الشؤون الخارجية والتعاون الدولي الإماراتي» has four.
const maxGap = 5

// phrase is a title with what has been read after it.
type phrase struct {
	Mention
	title    *entry
	at       int  // next token
	gap      int  // words passed over since the last that was taken
	definite bool // the title's last word has the article
	media    bool
	known    bool // whose it is
	fixed    bool // the title alone tells: «السيناتور»
	person   bool // a name has been taken
}

// arabicTitle reads the phrase of a title. The mention has no tokens where the
// title alone is no party; the entry is for the context to resolve.
func (r *reader) arabicTitle(it item) (Mention, *entry) {
	t := phrase{Mention: r.mention(it), title: it.e, at: it.to, media: it.e.kind == Org && !it.e.press,
		definite: strings.HasPrefix(r.toks[it.to-1].Norm, "ال")}
	t.Codes = slices.Clip(it.e.codes)
	t.fixed = len(t.Codes) > 0 && !t.media
	t.known = t.fixed
	k := r.i
	for t.at < len(r.toks) && !t.person {
		for k < len(r.its) && r.its[k].from < t.at {
			k++
		}
		if k == len(r.its) || r.its[k].from > t.at {
			if !r.pass(&t) {
				break
			}
			continue
		}
		n := r.its[k]
		k++
		switch n.e.class {
		case cCourtesy, cModifier:
			if n.pre == "" {
				t.at, r.i = n.to, k
				if n.e.class == cModifier && t.gap == 0 {
					t.To = n.to
				}
				continue
			}
		case cBlock:
			if n.pre == "" && t.gap < maxGap {
				t.at = n.to
				t.gap++
				continue
			}
		}
		if !r.takes(&t, n) {
			break
		}
		t.join(n)
		t.at, t.gap, r.i = n.to, 0, k
	}
	for r.i < len(r.its) && r.its[r.i].from < t.To {
		r.i++
	}
	if len(t.Codes) == 0 {
		switch t.title.alone {
		case aloneNone:
			return Mention{}, nil
		case aloneUnknown:
			t.Codes = []isnad.Code{isnad.Unknown}
			return t.Mention, nil
		}
		return t.Mention, t.title
	}
	if !t.person && !t.media && t.Kind == Office && (!it.e.body || it.e.role == "LEG") {
		r.name(&t.Mention)
	}
	return t.Mention, nil
}

// pass steps over a word of no table inside the phrase; it reports whether the
// phrase can go on: definite words and quotation marks only.
func (r *reader) pass(t *phrase) bool {
	w := &r.toks[t.at]
	if w.Kind == token.Sign {
		if !skipped(w) || w.Norm == "(" || w.Norm == ")" || w.Norm == "-" {
			return false
		}
		t.at++
		return true
	}
	article := strings.HasPrefix(w.Norm, "ال") || strings.HasPrefix(w.Norm, "وال") && strings.HasPrefix(r.toks[t.at-1].Norm, "ال")
	if !article || t.known || t.gap >= maxGap || r.c.a.use(w)&useStop != 0 {
		return false
	}
	t.gap++
	t.at++
	return true
}

// takes reports whether the phrase takes the item that follows, and takes its
// codes, role and name.
func (r *reader) takes(t *phrase, n item) bool {
	switch n.e.class {
	case cNisba:
		switch {
		case n.pre == "و":
			if !t.known || !t.title.dual && !t.title.press || t.fixed || t.gap > 0 {
				return false
			}
			t.addCodes(n.e.codes)
		case n.pre != "" || t.gap > 0 && !agree(t.title, &r.toks[t.From], &r.toks[n.from]):
			return false
		case t.media: // a foreign newspaper stays one
		case !t.known:
			t.addCodes(n.e.codes)
		case t.fixed && t.gap == 0: // «السيناتور الفرنسي»
			t.Codes, t.fixed = n.e.codes, false
		case !slices.Equal(t.Codes, n.e.codes):
			return false
		}
	case cState, cCapital, cCity, cSeat:
		if t.title.press && n.e.class == cState && r.toks[n.from].TaMarbuta { // «وسائل إعلام تركية»: the adjective is spelt like the name
			if t.fixed {
				t.Codes, t.fixed = nil, false
			} else if n.pre != "و" {
				return false
			}
			t.addCodes(n.e.codes)
			break
		}
		switch {
		case t.known || t.title.envoy && n.pre == "" && t.definite:
			return false
		case t.title.kind == Unnamed && n.pre == "" && t.To-t.From > 1: // «عدة دول إيران»: no genitive follows an adjective
			return false
		case n.pre == "" && !t.definite && !strings.HasPrefix(r.toks[t.at-1].Norm, "ال"):
		case n.pre == "ل" && t.title.kind == Office && t.gap == 0:
		default:
			return false
		}
		t.addCodes(n.e.codes)
	case cOrg:
		if t.known || n.e.weak || n.pre != "" && (n.pre != "ل" || t.gap > 0) || n.e.codes[0] == "MED" {
			return false
		}
		t.addCodes(n.e.codes)
		if t.Role == "" || t.Role == "GOV" || n.e.kind == Armed {
			t.Role = n.e.role
		}
	case cOutlet:
		if !t.media || n.pre != "" {
			return false
		}
		t.Codes, t.ID = n.e.codes, n.e.id
	case cPeople:
		if t.known || n.pre != "" {
			return false
		}
		t.addCodes(n.e.codes)
	case cAlias:
		return n.pre == "" && t.known && slices.Equal(t.Codes, n.e.codes)
	case cPerson:
		if n.pre != "" || t.known && !slices.Equal(t.Codes, n.e.codes) || t.title.kind == People || t.title.kind == Unnamed || t.media {
			return false
		}
		if t.Kind == Office && !t.title.body {
			t.Kind, t.ID = Person, n.e.id
		}
		t.addCodes(n.e.codes)
		t.person = true
	case cTitle:
		// «المتحدث باسم وزارة الخارجية»: the role is that of the inner body.
		// Nothing in the genitive follows a definite noun: «الشرطة المتظاهرين».
		if n.pre != "" || t.known || t.gap == 0 && t.definite {
			return false
		}
		if n.e.body && t.Role == "GOV" && n.e.role != "" {
			t.Role = n.e.role
		}
		if n.e.alone == aloneContext && t.title.alone == aloneNone {
			t.title = n.e
		}
		return true
	default:
		return false
	}
	t.known = true
	return true
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
