// Package values finds what a sentence counts, dates and places. It reads
// tokens (package token) and tables (package lexicon), and hands on values of
// package isnad with the tokens they stand at.
package values

import (
	"strings"

	"isnad/internal/token"
)

// approximator is a row of approximators.tsv.
type approximator struct {
	effect effect
	after  bool
}

type effect uint16

const (
	eAbout effect = 1 << iota
	eMin
	eMax
	eBetween
	eFrom
	eTo
	eOr
	eSubset
	eChange
	eLabel
)

var effects = map[string]effect{"about": eAbout, "min": eMin, "max": eMax, "between": eBetween, "from": eFrom,
	"to": eTo, "or": eOr, "subset": eSubset, "change": eChange, "label": eLabel}

// approxAt gathers what the approximator at token i does, on one side.
func (s *sentence) approxAt(i int, after bool) (effect, int) {
	if i < 0 || i >= len(s.toks) {
		return 0, 0
	}
	h := s.marks[i].hit[cApprox]
	if h.n == 0 {
		return 0, 0
	}
	var e effect
	for k := h.head; k != 0; k = s.v.words.rows[k].next {
		if a := s.v.approx[s.v.words.rows[k].row]; a.after == after {
			e |= a.effect
		}
	}
	return e, int(h.n)
}

// findQuantities reads the sentence from left to right: approximators gather
// until a number follows them; the number takes its unit from the noun behind
// it, and what befell the people it counts from the words around.
func (s *sentence) findQuantities() []QuantityMention {
	var out []QuantityMention
	var pending effect
	var dual int       // token after a dual noun
	open, end := 0, -1 // the run of approximators before token end
	change := -10
	for i := 0; i < len(s.toks); {
		if s.marks[i].used || s.marks[i].has&(1<<cNumber|1<<cApprox|1<<cUnit) == 0 && s.toks[i].Kind != token.Digit && end != i {
			i++
			continue
		}
		if end != i {
			pending, open = 0, i
		}
		if m, next, ok := s.quantityAt(i, open, pending, i-change < 8); ok {
			if m.Low == 2 && m.From == dual && m.To == m.From+1 && s.marks[i].pre == 0 {
				i = next // «عربتين مدرعتين»: the second is its adjective
				continue
			}
			s.befall(&m, out)
			out = append(out, m)
			i = next
			dual = i
			continue
		} else if next > i {
			i = next
			continue
		}
		if e, n := s.approxAt(i, false); n > 0 && e != 0 {
			if e&eChange != 0 {
				change = i
			}
			if e &^= eChange | eTo | eOr; e != 0 {
				if pending == 0 {
					open = i
				}
				pending |= e
				i += n
				end = i
				continue
			}
		}
		if pending&(eAbout|eMin|eMax|eSubset|eBetween) != 0 && end == i && (s.is(i, "a") || s.is(i, "the") || s.is(i, "من") || s.toks[i].Norm == "و") {
			end = i + 1 // about a dozen
		}
		i++
	}
	return out
}

// quantityAt reads a quantity whose number begins at token i; where there is
// none it returns the token to go on from (i itself if nothing was consumed).
func (s *sentence) quantityAt(i, open int, pending effect, change bool) (QuantityMention, int, bool) {
	a, ok := s.currency(i)
	if !ok {
		a, ok = s.amountAt(i)
		if !ok {
			return s.dualAt(i, open, pending)
		}
	}
	if s.barred(i, a, pending) {
		return QuantityMention{}, a.to, false
	}
	q := QuantityMention{From: open, To: a.to, Subset: pending&eSubset != 0}
	if pending == 0 {
		q.From = a.from
	}
	q.Low, q.High, q.Approx = a.low, a.high, "exact"
	if a.band {
		q.Approx = "band"
	}
	u, uEnd := s.counted(a.to, a)
	if b, ok := s.second(a, u, uEnd, pending, change); ok {
		b, first := b, a
		if !first.scaled && b.scaled && first.low < b.low/b.scale {
			first.low, first.high = first.low*b.scale, first.high*b.scale
		}
		if first.low > b.high && pending&eBetween != 0 {
			first.low, b.high = b.low, first.high
		}
		w, _ := s.counted(b.to, b)
		if first.low <= b.high && first.high > 0 && (u == nil || w == nil || u.kind == w.kind && u.unit == w.unit) {
			q.Low, q.High, q.Approx, q.To = first.low, b.high, "range", b.to
			if w, e := s.counted(b.to, b); w != nil || u == nil {
				u, uEnd = w, e
			}
			a.to, a.one = b.to, false
		}
	}
	if q.Approx == "exact" || q.Approx == "band" {
		switch {
		case pending&eMin != 0:
			q.Approx, q.High = "min", 0
		case pending&eMax != 0:
			q.Approx, q.Low = "max", 0
			q.High = a.high
		case pending&eAbout != 0 && q.Approx == "exact":
			q.Approx = "about"
		}
	}
	bare := u == nil
	if u != nil {
		q.Kind, q.Unit = u.kind, u.unit
		q.To = max(q.To, uEnd)
	}
	if a.band && a.high < 10 && u != nil && !s.countable(u, a) {
		return QuantityMention{}, a.to, false
	}
	if a.one && (u == nil || !s.oneCounts(a, u)) {
		return QuantityMention{}, a.to, false
	}
	if e, n := s.approxAt(q.To, true); n > 0 && q.Approx != "range" {
		switch {
		case e&eMin != 0 && q.Approx == "exact":
			q.Approx, q.High = "min", 0
			q.To += n
		case e&eMax != 0 && q.Approx == "exact":
			q.Approx, q.Low = "max", 0
			q.To += n
		case e&eAbout != 0 && q.Approx == "exact":
			q.Approx = "about"
			q.To += n
		}
	}
	if bare && !s.loose(&q, a, pending) {
		return QuantityMention{}, a.to, false
	}
	return q, max(q.To, i+1), true
}

// countable: «عدة» and "several" tell something of people, arms and attacks;
// of countries, companies and years they are a manner of speaking.
func (s *sentence) countable(u *unit, a amount) bool {
	return u.people || u.kind == "arms" || u.kind == "strikes" || u.kind == "families" || a.low == a.high
}

// currency reads «$3 مليارات», "US$300m".
func (s *sentence) currency(i int) (amount, bool) {
	if s.toks[i].Kind != token.Sign || i+1 >= len(s.toks) || s.toks[i+1].Kind != token.Digit {
		return amount{}, false
	}
	if u, _ := s.unitAt(i); u == nil || u.kind != "money" {
		return amount{}, false
	}
	a, ok := s.amountAt(i + 1)
	a.from = i
	return a, ok
}

// second reads the other end of a range: "10 to 12", «بين 10 و12», «10-12».
func (s *sentence) second(a amount, u *unit, uEnd int, pending effect, change bool) (amount, bool) {
	j := a.to
	if u != nil && (pending&(eBetween|eFrom) != 0 || u.kind == "percent" || u.kind == "money") {
		j = uEnd // «بين 10 آلاف جندي و12 ألفا»
	}
	if change && pending&eFrom != 0 {
		return amount{}, false
	}
	for range 2 {
		if j >= len(s.toks) {
			return amount{}, false
		}
		e, n := s.approxAt(j, false)
		k, and := s.and(j)
		switch {
		case s.is(j, "-") && (a.digits || pending&eFrom != 0):
			j++
		case e&(eTo|eOr) != 0 && n == 1:
			j++
		case and && pending&eBetween != 0:
			j = k
		default:
			if j == a.to || j != uEnd {
				if u != nil && j == a.to && uEnd > j {
					j = uEnd
					continue
				}
			}
			return amount{}, false
		}
		break
	}
	if s.is(j, "بين") || s.is(j, "وبين") {
		j++
	}
	b, ok := s.currency(min(j, len(s.toks)-1))
	if !ok {
		b, ok = s.amountAt(j)
	}
	if !ok || b.band || b.one || a.band && !b.scaled {
		return b, false
	}
	if b.high <= a.low && (!b.scaled || a.scaled) && pending&eBetween == 0 {
		return b, false
	}
	return b, true
}

// barred tells numbers that count nothing: names («القرار 2231», "F-16"),
// clock times, scores, codes, years.
func (s *sentence) barred(i int, a amount, pending effect) bool {
	if pending&eLabel != 0 {
		return !a.scaled
	}
	if !a.digits {
		return false
	}
	d := a.from
	if s.toks[d].Kind == token.Sign {
		d++
	}
	norm := s.toks[d].Norm
	if d > 0 && s.glued(d) {
		switch p := s.toks[d-1]; {
		case p.Kind == token.Word && !s.cliticAlone(d-1) && p.Norm != "us":
			return true
		case p.Norm == "-" && d > 1 && s.glued(d-1) && s.toks[d-2].Kind == token.Word && !s.cliticAlone(d-2):
			return true
		case p.Norm == "-" && d > 1 && s.glued(d-1) && s.toks[d-2].Kind == token.Digit:
			return s.toks[d-2].Norm[0] != 0 // the second half of a score or code
		case p.Norm == "+" || p.Norm == "#" || p.Norm == "@" || p.Norm == "_" || p.Norm == ":" || p.Norm == "/":
			return true
		}
	}
	e := d + 1
	if e < len(s.toks) && s.glued(e) {
		switch n := s.toks[e]; {
		case (n.Norm == ":" || n.Norm == "/" || n.Norm == "_") && s.kindAt(e+1) == token.Digit && s.glued(e+1):
			return true
		case n.Norm == "-" && s.kindAt(e+1) == token.Digit && s.glued(e+1):
			// a score: both small and nothing counted behind them
			b, ok := s.amountAt(e + 1)
			if !ok {
				return true
			}
			u, _ := s.counted(b.to, b)
			return u == nil && (pending == 0 && a.high < 20 && b.high < 20 || s.is(b.to, "-"))
		case n.Norm == "-" && d == 0:
			return true // «3-المحافظة على …»: the number of a list
		case n.Kind == token.Word && a.to == e:
			if u, _ := s.unitAt(e); u == nil {
				return true // 5th, 4x4, «جنادرية 17منال»
			}
		}
	}
	if s.clockAt(d-1) || s.clockAt(a.to) && a.high < 25 {
		return true
	}
	u, _ := s.counted(a.to, a)
	if a.plain && u == nil && (len(norm) >= 8 || a.high >= 1900 && a.high <= 2100 && pending&^(eFrom|eTo|eOr|eBetween) == 0) {
		return true
	}
	return s.is(a.to, "هـ") || s.is(a.to, "ه")
}

// cliticAlone reports whether token i is a clitic written apart: «الـ12».
func (s *sentence) cliticAlone(i int) bool {
	switch s.toks[i].Norm {
	case "ال", "لل", "و", "ب", "ل", "ف", "ك", "بال", "وال", "ول", "وب":
		return true
	}
	return false
}

func (s *sentence) clockAt(i int) bool {
	if i < 0 || i >= len(s.toks) {
		return false
	}
	return s.timeHas(i, tClock)
}

// oneCounts: «جندي واحد» is read at the noun; "one soldier" here.
func (s *sentence) oneCounts(a amount, u *unit) bool {
	return s.toks[a.from].Norm[0] < 0x80 && u.people || a.scaled
}

// loose judges a number without a counted noun behind it. It stands where a
// word before says what is counted («حصيلة القتلى إلى 35», "killed 12"),
// where an approximator or a scale shows that it counts something, or where a
// noun that no table knows follows.
func (s *sentence) loose(q *QuantityMention, a amount, pending effect) bool {
	if a.band && a.high < 20 {
		return false // «عدة» behind its noun, "several" of anything
	}
	if w := s.toks[a.from].Norm; !a.digits && !a.band && a.high < 100 && strings.HasPrefix(w, "ال") && pending == 0 {
		return false // «المحافظات الثلاث» are the three named before
	}
	if u := s.contextAt(a.to, useAfter); u != nil {
		q.Kind, q.Unit = u.kind, u.unit
		return true
	}
	if s.is(a.from-1, "ال") && s.glued(a.from) { // «الدول الـ15»
		if u, _ := s.unitAt(a.from - 2); u != nil {
			q.Kind, q.Unit = u.kind, u.unit
			return true
		}
	}
	if u := s.before(q.From); u != nil {
		q.Kind, q.Unit = u.kind, u.unit
		return true
	}
	if u := s.after(a.to); u != nil {
		q.Kind, q.Unit = u.kind, u.unit
		return true
	}
	q.Kind = "other"
	if a.scaled || pending&(eMin|eMax|eAbout|eSubset) != 0 && (a.high >= 3) || q.Approx == "range" && pending&eBetween != 0 {
		return true
	}
	if j := a.to; j < len(s.toks) && s.toks[j].Kind == token.Word && !s.stops(j) && (s.marks[j].word == 0 || !s.marks[j].used) {
		return a.high > 1 && s.marks[j].hit[cMonth].n == 0 && s.marks[j].hit[cPlace].n == 0
	}
	return false
}

// befall sets the kind of a count of people from the verb or masdar around it,
// and that of a subset from what it is part of.
func (s *sentence) befall(m *QuantityMention, earlier []QuantityMention) {
	if m.Subset && len(earlier) > 0 {
		if p := earlier[len(earlier)-1]; s.v.countsPeople(m.Kind) || m.Kind == "other" {
			if m.Unit == "" {
				m.Unit = p.Unit
			}
			if s.v.countsPeople(p.Kind) || p.Kind == m.Kind || befallen(p.Kind) {
				m.Kind = p.Kind
			}
		}
		return
	}
	if m.Kind != "people" && m.Kind != "troops" && m.Kind != "families" {
		return
	}
	limit := 0
	if len(earlier) > 0 {
		limit = earlier[len(earlier)-1].To
	}
	if u := s.befalls(m.From, limit); u != nil {
		m.Kind = u.kind
		return
	}
	if u := s.after(m.To); u != nil {
		m.Kind = u.kind
	}
}

func befallen(kind string) bool {
	switch kind {
	case "killed", "wounded", "casualties", "missing", "detained", "captives", "displaced":
		return true
	}
	return false
}

// befalls seeks a context word («قتل», "killing") up to five tokens before
// from, not across a comma or an earlier quantity.
func (s *sentence) befalls(from, limit int) *unit {
	for j := from - 1; j >= limit && j >= from-5; j-- {
		if u := s.contextAt(j, useBefore); u != nil && j+int(s.marks[j].hit[cUnit].n) <= from {
			return u
		}
		if t := s.toks[j]; t.Kind == token.Sign && t.Norm != "\"" && t.Norm != "(" || t.Norm == "الذي" || t.Norm == "التي" || t.Norm == "who" || t.Norm == "that" {
			return nil
		}
	}
	return nil
}

// before seeks what a number without a noun counts in the words before it.
func (s *sentence) before(from int) *unit {
	for j := from - 1; j >= 0 && j >= from-5; j-- {
		if s.marks[j].used {
			continue
		}
		if u := s.contextAt(j, useBefore); u != nil {
			return u
		}
		if s.toks[j].Kind == token.Digit {
			return nil
		}
		if u, _ := s.unitAt(j); u != nil && u.use == useNoun && (u.people || u.kind == "arms" || u.kind == "strikes") {
			if from-j == 1 && s.toks[j].Norm[0] >= 0x80 && !s.cliticAlone(from-1) && len(s.toks[j].Norm) > 3 && s.toks[j].Norm[:4] == "ال" {
				return nil
			}
			return u
		}
		if t := s.toks[j]; t.Kind == token.Sign && t.Norm != ":" {
			return nil
		}
	}
	return nil
}

// after seeks "were killed", «قتلوا» behind a count of people.
func (s *sentence) after(to int) *unit {
	for j := to; j < len(s.toks) && j < to+4; j++ {
		if u := s.contextAt(j, useAfter); u != nil {
			return u
		}
		if s.toks[j].Kind != token.Word || s.numeric(j) {
			return nil
		}
	}
	return nil
}

// span is for printing in tests.
func (s *sentence) text(from, to int) string {
	if from >= to {
		return ""
	}
	return s.src[s.toks[from].Start:s.toks[to-1].End]
}
