package values

import (
	"isnad"
	"isnad/internal/token"
)

// year reads «عام 2015», «عامي 2011 و2013», «في 2015», "in 2015", «1436هـ»,
// "the 1990s", 2011-2013.
func (s *sentence) year(i int) (reading, bool) {
	if s.toks[i].Norm == "(" { // (2015)
		if r, ok := s.yearAt(i+1, true); ok && s.is(r.to, ")") && r.to == i+2 {
			return reading{i + 1, r.to, r.interval}, true
		}
		return reading{}, false
	}
	if r, ok := s.yearAt(i, false); ok {
		return r, true
	}
	return reading{}, false
}

// yearAt reads a year at token i; bare allows one without a word that shows it
// to be one, since the caller has seen it.
func (s *sentence) yearAt(i int, bare bool) (reading, bool) {
	from := i
	word := false
	if _, k := s.timeAt(i, tYear); k > 0 {
		word = true
		i += k
	}
	if !word && i > 0 {
		switch e, _ := s.approxAt(i-1, false); {
		case e&(eFrom|eTo|eBetween) != 0, s.timeHas(i-1, tAgo|tSince|tHence|tOf|tPart|tYearPrep):
			bare = true
		}
	}
	y, ok := s.small(i, 2200)
	if !ok || len(s.toks[i].Norm) != 4 {
		return reading{}, false
	}
	if z, ok := s.small(i+2, 2100); ok && s.glued(i+1) && s.is(i+1, "-") && s.glued(i+2) && y >= 1900 && z > y && z <= y+60 {
		bare = true // 2011-2013
	}
	to := i + 1
	if _, ok := s.small(i-2, 2200); ok && s.is(i-1, "و") && s.marks[i-2].used && len(s.toks[i-2].Norm) == 4 {
		word = true // «أعوام 1842 و1843»
	}
	ah := false
	if e := s.era(to, &ah); e > to && (ah || s.glued(to) || word) {
		to, bare = e, true
	} else {
		ah = false
	}
	if ah || y >= 1300 && y < 1500 && word {
		if y < 1300 || y > 1500 {
			return reading{}, false
		}
		return reading{from, to, hijriYear(y)}, true
	}
	if y < 1000 || !word && !bare || !word && (y < 1900 || y > 2100) {
		return reading{}, false
	}
	if !word { // «في 2015 موقعا»
		if u, _ := s.unitAt(to); u != nil && s.toks[i].Norm[0] < 0x80 && s.lang == isnad.Arabic && u.kind != "times" {
			return reading{}, false
		}
		if n, k := s.numberHit(to); k > 0 && (n.kind == nScale || n.kind == nScales) && !(s.marks[to].pre != 0 && s.marks[to].hit[cNumber].bare) {
			return reading{}, false
		}
		if s.is(to, "%") || s.is(to, "-") && s.glued(to) && s.kindAt(to+1) != token.Digit {
			return reading{}, false
		}
	}
	if s.is(to, "s") && s.glued(to) { // the 1990s
		return reading{from, to + 1, interval{date(y, 1, 1), date(y+9, 12, 31), "year"}}, true
	}
	iv := yearOf(y)
	j := to
	joined := s.is(j, "-") && s.glued(j) || s.is(j, "/") && s.glued(j)
	if e, n := s.approxAt(j, false); joined || n > 0 && e&eTo != 0 {
		j++
	} else if k, and := s.andYear(j); and && (s.pairYears(from) || s.yearRange(from)) {
		j = k
	} else {
		j = -1
	}
	if j > 0 {
		if y2, ok := s.small(j, 2200); ok && y2 > y && y2 < 2150 && len(s.toks[j].Norm) == 4 {
			return reading{from, j + 1, interval{iv.from, date(y2, 12, 31), "year"}}, true
		}
		if y2, ok := s.small(j, 99); ok && joined && y2 == y%100+1 { // 2014-15
			return reading{from, j + 1, interval{iv.from, date(y+1, 12, 31), "year"}}, true
		}
	}
	return reading{from, to, iv}, true
}

func (s *sentence) andYear(j int) (int, bool) {
	if s.is(j, "و") || s.is(j, "and") {
		return j + 1, true
	}
	return j, false
}

// pairYears: «عامي 2011 و2013» — the dual says that two years follow.
func (s *sentence) pairYears(i int) bool {
	return s.is(i, "عامي") || s.is(i, "سنتي") || s.is(i, "العامين")
}

func (s *sentence) yearRange(i int) bool {
	e, _ := s.approxAt(i-1, false)
	return e&eBetween != 0
}
