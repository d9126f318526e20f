package values

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"isnad"
	"isnad/lexicon"
)

// place is a row of places.tsv.
type place struct {
	id        string
	kind      placeKind
	state     isnad.Code
	stateN    int16       // number of the state, for sets
	row       lexicon.Row // its coordinates are read when it is found
	size      float32     // log10 of the inhabitants
	common    bool
	precision string
}

type placeKind uint8

const (
	pState placeKind = iota
	pRegion
	pCity
	pTown
	pVillage
	pSite
	pSea
)

var placeKinds = map[string]placeKind{"state": pState, "adm1": pRegion, "adm2": pRegion, "region": pRegion, "disputed": pRegion, "desert": pRegion,
	"city": pCity, "town": pTown, "village": pVillage, "district": pTown, "settlement": pVillage,
	"sea": pSea, "ocean": pSea, "river": pSea, "lake": pSea,
	"strait": pSite, "canal": pSite, "island": pSite, "mountain": pSite, "dam": pSite, "port": pSite, "base": pSite, "nuclear-site": pSite,
	"energy-site": pSite, "border-crossing": pSite, "camp": pSite, "bridge": pSite}

var precisions = [...]string{pState: "state", pRegion: "region", pCity: "city", pTown: "city", pVillage: "city", pSite: "site", pSea: "sea"}

// placeWord is a row of place_words.tsv.
type placeWord struct{ kind, value string }

func (v *Valuer) loadPlaces(lex *lexicon.Lexicon) error {
	states := map[isnad.Code]int16{}
	rows := lex.Table("places").Rows
	v.places = make([]place, 0, len(rows))
	for _, r := range rows {
		k, ok := placeKinds[r.Get("kind")]
		if !ok {
			return fmt.Errorf("%s: no kind of place is called %q", r.Place(), r.Get("kind"))
		}
		state, _, _ := strings.Cut(r.Get("state"), "|")
		n, ok := states[isnad.Code(state)]
		if !ok && state != "" {
			n = int16(len(states) + 1)
			states[isnad.Code(state)] = n
		}
		p := place{id: r.ID(), kind: k, state: isnad.Code(state), stateN: n, common: r.Get("flag") == "common", precision: precisions[k]}
		p.row = r
		pop := 0.0
		if c := r.Get("pop"); c != "" {
			pop, _ = strconv.ParseFloat(c, 64)
		}
		if pop > 0 {
			p.size = float32(math.Log10(pop))
		} else if r.Get("kind") == "adm1" {
			p.size = 5.5 // of unknown size: like most
		} else if k == pSite {
			p.size = 4
		}
		v.addForms(r.Get("ar"))
		if k != pVillage || pop > 0 {
			// hamlets are named so in no English news: the transliterations
			// of their rows are for maps, and cost a fifth of the start
			v.addForms(r.Get("en"))
		}
		v.places = append(v.places, p)
	}
	if len(states) >= 256 {
		return fmt.Errorf("places.tsv names %d states; the sets hold 255", len(states))
	}
	for _, r := range lex.Table("place_words").Rows {
		for _, c := range []string{"ar", "en"} {
			for _, f := range r.List(c) {
				f = strings.TrimSuffix(f, " لـ")
				if f != "بـ" {
					v.words.add(cPlaceWord, len(v.pwords), f)
				}
			}
		}
		v.pwords = append(v.pwords, placeWord{r.Get("kind"), r.Get("value")})
	}
	return nil
}

// addForms enters the names of the place about to be added.
func (v *Valuer) addForms(cell string) {
	for f := range strings.SplitSeq(cell, "|") {
		if f != "" {
			v.words.add(cPlace, len(v.places), f)
		}
	}
}

// named counts how often the states are named in an article.
type named [256]uint8

func (n *named) add(state int16) {
	if n[state] < 255 {
		n[state]++
	}
}

// states notes the states that a sentence names, by their own names or by one
// of their cities that no other state has.
func (s *sentence) states(known *named) {
	for i := range s.marks {
		h := s.marks[i].hit[cPlace]
		if h.n == 0 || s.toks[i].Norm[0] < 0x80 && !s.toks[i].Upper {
			continue
		}
		first := &s.v.places[s.v.words.rows[h.head].row]
		same := true
		for e := h.head; e != 0; e = s.v.words.rows[e].next {
			p := &s.v.places[s.v.words.rows[e].row]
			if p.kind == pState {
				known.add(p.stateN)
			}
			same = same && p.state == first.state && p.size >= 5 && !p.common
		}
		if same && first.kind != pState {
			known.add(first.stateN)
		}
	}
}

// context is what the words before a name say of it.
type context struct {
	end      int // token after them
	from     int // first of those that belong to the place («شمال», «ريف»), not the preposition
	relation string
	kind     string
	dir      string
	border   bool
	barred   bool
	part     bool
	nisba    bool // a word with ال was passed over: «العاصمة اليمنية صنعاء»
}

// findPlaces reads places from left to right. A name is a place behind a
// preposition («في», «بـ», "near"), a word of kind («محافظة»), a direction
// («شمال»), or joined to such a place by و, a comma or "and". A name by itself
// may be a government («موسكو تنفي») and is left to the actors.
func (s *sentence) findPlaces(known *named) []PlaceMention {
	var out []PlaceMention
	var c context
	c.end = -1
	last, lastRelation := -1, ""
	for i := 0; i < len(s.toks); {
		m := &s.marks[i]
		hp, hw := m.hit[cPlace], m.hit[cPlaceWord]
		if m.used {
			i++
			continue
		}
		if _, n := s.placeWordAt(i, "whole"); n > 0 && !hw.bare && hw.n >= hp.n {
			i += n
			continue
		}
		if hw.n > 0 && hw.n >= hp.n {
			if c.end != i {
				c = context{from: -1}
			}
			if n := s.placeWord(i, &c, last == i || last == i-1); n > 0 {
				i += n
				c.end = i
				continue
			}
		}
		if hp.n > 0 {
			if c.end != i {
				c = context{from: -1}
				if m.hit[cPlace].bare && m.pre&preIn != 0 {
					c.relation = "in"
				} else if m.hit[cPlace].bare && m.pre&preTo != 0 {
					c.relation = "to"
				}
				joined := hp.bare && m.pre&preAnd != 0 && last == i && m.pre&(preIn|preTo) == 0
				joined = joined || (s.is(i-1, "،") || s.is(i-1, ",") || s.is(i-1, "and") || s.is(i-1, "و") || s.is(i-1, "'s") || s.is(i-1, "(") || s.is(i-1, "-")) && last == i-1
				if joined && c.relation == "" {
					c.relation = lastRelation
				}
			} else if hp.bare && m.pre&preIn != 0 {
				c.relation = "in"
			}
			if c == (context{from: -1}) && hw.n > 0 && hw.n < hp.n {
				c.kind = "self" // «مخيم جنين»: the word of kind belongs to the name
			}
			if p, ok := s.resolve(i, int(hp.n), &c, known); ok {
				lastRelation = c.relation
				out = append(out, p)
				known.add(s.v.places[s.placeRow(p.ID, i)].stateN)
				i = p.To
				last = i
				c = context{end: -1}
				continue
			}
			i += max(1, int(hp.n))
			if c.end == i-int(hp.n) && s.is(i, "'s") { // "to Russia's Kursk region"
				i++
				c.end = i
			} else {
				c.end = -1
			}
			continue
		}
		// «العاصمة اليمنية صنعاء», "in the Syrian city of", "in the"
		if c.end == i && (s.is(i, "the") || s.is(i, "a") || s.is(i, "'s")) {
			i++
			c.end = i
			continue
		}
		if c.end == i && c.kind != "" && !c.nisba && strings.HasPrefix(s.toks[i].Norm, "ال") && len(s.toks[i].Norm) > 8 {
			c.nisba = true
			i++
			c.end = i
			continue
		}
		if last == i && (s.is(i, "السوريه") || s.is(i, "'s")) {
			last++
		}
		i++
	}
	return s.finest(out)
}

// placeRow finds the row of a place just resolved at token i.
func (s *sentence) placeRow(id string, i int) int32 {
	for e := s.marks[i].hit[cPlace].head; e != 0; e = s.v.words.rows[e].next {
		if r := s.v.words.rows[e].row; s.v.places[r].id == id {
			return r
		}
	}
	return 0
}

// placeWord takes the place word at token i into the context and returns its
// length, 0 where it is none here.
func (s *sentence) placeWord(i int, c *context, afterPlace bool) int {
	h := s.marks[i].hit[cPlaceWord]
	n := int(h.n)
	english := s.toks[i].Norm[0] < 0x80
	in := h.bare && s.marks[i].pre&preIn != 0
	to := h.bare && s.marks[i].pre&preTo != 0
	took := false
	for e := h.head; e != 0; e = s.v.words.rows[e].next {
		w := &s.v.pwords[s.v.words.rows[e].row]
		switch w.kind {
		case "prep":
			if w.value == "on" && s.src != "" && !english && strings.HasSuffix(s.src[:s.toks[i].End], "ي") {
				continue // written علي it is nearly always the name
			}
			if c.end == i && c.relation != "" && w.value == "in" && c.relation == "near" {
				took = true
				break
			}
			if c.end == i && c.kind != "" && w.value == "in" { // «مدينة في سوريا»
				*c = context{from: -1}
			}
			if c.end == i && c.dir != "" && w.value == "from" { // «بالقرب من», «شمال من»
				took = true
				break
			}
			c.relation, took = w.value, true
		case "kind":
			if c.from < 0 {
				c.from = i
			}
			c.kind, took = w.value, true
			if w.value == "city" && strings.HasPrefix(s.toks[i].Norm, "ال") {
				c.nisba = false
			}
		case "direction":
			if english && c.end != i && !s.toks[i].Upper && n == 1 && !strings.HasSuffix(s.toks[i].Norm, "ern") && s.toks[i].Norm != "central" {
				continue
			}
			if c.from < 0 {
				c.from = i
			}
			if c.dir != "" && c.dir != w.value && c.end == i {
				c.dir += "_" + w.value
			} else {
				c.dir = w.value
			}
			took = true
		case "part":
			c.part, took = true, true
		case "border":
			c.border, took = true, true
		case "notplace":
			c.barred, took = true, true
		}
	}
	if took {
		if in {
			c.relation = "in"
		} else if to {
			c.relation = "to"
		}
		return n
	}
	return 0
}

// resolve chooses among the places of one name: the kind that the word before
// asks for, a state that the article names, then size. Names that are also
// common words need a word of kind before them; villages and small towns need
// that or their state named in the article.
func (s *sentence) resolve(i, n int, c *context, known *named) (PlaceMention, bool) {
	if c.border || c.barred || c.relation == "" && c.kind == "" && c.dir == "" {
		return PlaceMention{}, false
	}
	m := &s.marks[i]
	english := s.toks[i].Norm[0] < 0x80
	if english && !s.toks[i].Upper {
		return PlaceMention{}, false
	}
	if english && i+n < len(s.toks) && s.toks[i+n].Upper && s.marks[i+n].hit[cPlaceWord].n == 0 && s.toks[i+n].Norm[0] < 0x80 && s.marks[i+n].hit[cMonth].n == 0 && !s.is(i-1, "'s") {
		// "in London Bridge", "at Washington University": part of a longer name
		if c.kind == "" && s.marks[i+n].hit[cPlace].n == 0 {
			return PlaceMention{}, false
		}
	}
	after := ""
	to := i + n
	if english && to < len(s.toks) {
		if w, k := s.placeWordAt(to, "after"); k > 0 {
			after, to = w.value, to+k
		}
	}
	// a name that is a state's and a city's («تونس») is the state's
	asState := false
	for e := m.hit[cPlace].head; e != 0; e = s.v.words.rows[e].next {
		asState = asState || s.v.places[s.v.words.rows[e].row].kind == pState
	}
	asState = asState && c.kind == "" && after == ""
	var best *place
	score := float32(math.Inf(-1))
	for e := m.hit[cPlace].head; e != 0; e = s.v.words.rows[e].next {
		p := &s.v.places[s.v.words.rows[e].row]
		sc := p.size
		if asState && p.kind != pState {
			continue
		}
		times := float32(min(known[p.stateN], 4))
		if p.stateN > 0 {
			sc += times * 1.2
		}
		switch p.kind {
		case pState:
			if c.kind != "" && c.kind != "region" || c.relation == "on" || c.relation == "to" || c.relation == "from" {
				if !c.part && c.dir == "" {
					continue
				}
			}
			sc += 12
		case pCity:
			sc += 3
		case pTown:
			if sc += 1; p.size >= 4 {
				sc += 2
			}
		case pSea:
			sc += 8
		}
		if p.common && c.kind == "" && after == "" {
			continue
		}
		small := p.kind == pVillage || p.kind == pTown && p.size < 4.4
		if small && c.kind == "" && (times == 0 || c.relation == "on" || c.relation == "to" && c.dir == "" || n == 1 && c.dir == "" && c.relation != "in" && c.relation != "near" && p.kind == pVillage) {
			continue
		}
		if p.kind == pVillage && english && c.kind == "" && n == 1 && times < 1 {
			continue
		}
		switch c.kind {
		case "city":
			if p.kind == pCity || p.kind == pTown {
				sc += 4
			} else if p.kind == pRegion || p.kind == pSea {
				sc -= 4
			}
		case "town", "village":
			if p.kind == pSite || p.kind == pSea {
				continue
			}
			if p.kind == pTown || p.kind == pVillage {
				sc += 3
			}
		case "region", "rural":
			if p.kind == pRegion {
				sc += 6
			}
		case "site":
			if p.kind == pSite || p.kind == pSea {
				sc += 6
			}
		}
		if after == "region" && p.kind == pRegion {
			sc += 6
		}
		if sc > score || sc == score && best != nil && p.id < best.id {
			best, score = p, sc
		}
	}
	if best == nil {
		return PlaceMention{}, false
	}
	from := i
	if c.from >= 0 && c.end == i {
		from = c.from
	}
	prec := best.precision
	switch {
	case best.kind == pState && c.dir != "":
		prec = "part"
	case c.kind == "rural":
		prec = "region"
	case c.dir != "" && c.kind == "" && (prec == "city") && c.dir != "centre" || c.relation == "near" && prec != "state" && prec != "sea":
		prec = "near"
	case c.kind == "site" && prec == "city":
		prec = "site"
	}
	rel := c.relation
	if rel == "" {
		rel = "in"
	}
	pm := PlaceMention{From: from, To: to, Relation: rel}
	pm.Place = isnad.Place{ID: best.id, Name: s.text(from, to), State: best.state, Lat: cell(best.row, "lat"), Lon: cell(best.row, "lon"), Precision: prec}
	if pm.State == "" {
		pm.State = isnad.Unknown
	}
	return pm, true
}

func (s *sentence) placeWordAt(i int, kind string) (placeWord, int) {
	if i >= len(s.toks) {
		return placeWord{}, 0
	}
	h := s.marks[i].hit[cPlaceWord]
	for e := h.head; e != 0 && h.n > 0; e = s.v.words.rows[e].next {
		if w := s.v.pwords[s.v.words.rows[e].row]; w.kind == kind {
			return w, int(h.n)
		}
	}
	return placeWord{}, 0
}

// finest drops a state, or a part of it, beside a finer place of that state in
// the sentence: a pin in a country's middle says nothing more.
func (s *sentence) finest(in []PlaceMention) []PlaceMention {
	var out []PlaceMention
	for _, p := range in {
		finer := false
		if p.Precision == "state" || p.Precision == "part" {
			for _, q := range in {
				if q.State == p.State && q.Precision != "state" && q.Precision != "sea" && (q.Precision != "part" || p.Precision == "state") {
					finer = true
				}
			}
		}
		if !finer {
			out = append(out, p)
		}
	}
	return out
}
