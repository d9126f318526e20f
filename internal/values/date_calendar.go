package values

import (
	"time"

	"isnad/internal/token"
)

// calendar reads a date with a month in it:
//
//	15 يوليو · 15 يوليو (تموز) 2015 · 15 تموز/يوليو · الخامس عشر من يوليو · 5 شوال 1436هـ
//	يوليو الماضي · شهر يوليو 2015 · مطلع يوليو · بين 5 و10 يوليو · من 5 إلى 10 يوليو
//	July 15, 2015 · 15 July · July 15-20 · the 15th of July · last July · early July 2015
//
// A day without a year is the one nearest to the publication, at most 60 days
// ahead of it (200 where a word looks ahead), else before it.
func (s *sentence) calendar(i int) (reading, bool) {
	if i >= len(s.toks) {
		return reading{}, false
	}
	from := i
	part, n := s.part(i)
	i += n
	mod, set := 0, false
	if d, k := s.mod(i); k > 0 && s.toks[i].Norm[0] < 0x80 { // last July
		mod, set = d, true
		i += k
	}
	if s.is(i, "the") {
		i++
	}
	day, day2, j := s.days(i)
	if j > i && day == 0 {
		return reading{}, false
	}
	if _, k := s.timeAt(j, tMonth); k > 0 {
		j += k
	}
	m, k := s.monthAt(j)
	if k == 0 || m.kind == 'w' {
		return reading{}, false
	}
	at := j
	j += k
	english := s.toks[at].Norm[0] < 0x80
	if s.is(j, ".") && english && s.glued(j) && s.timeHas(at, tAmbiguous) && j+1 < len(s.toks) {
		j++
	}
	// the double: «يوليو (تموز)», «يوليو/تموز»
	double := false
	if s.is(j, "(") || s.is(j, "/") || s.is(j, "-") {
		if m2, k2 := s.monthAt(j + 1); k2 > 0 && m2.kind == m.kind && m2.value == m.value {
			double = true
			if s.is(j, "(") && s.is(j+1+k2, ")") {
				k2++
			}
			j += 1 + k2
		}
	} else if m2, k2 := s.monthAt(j); k2 > 0 && m2.kind == m.kind && m2.value == m.value {
		double = true
		j += k2
	}
	if day == 0 && english { // July 15, July 15-20
		if d, ok := s.small(j, 31); ok && len(s.toks[j].Norm) <= 2 && !s.is(j+1, ":") {
			if u, _ := s.unitAt(j + 1); u == nil || s.timeHas(j+1, tSuffix) {
				day = d
				j++
				if s.timeHas(j, tSuffix) && s.glued(j) {
					j++
				}
				if s.is(j, "-") || s.is(j, "to") || s.is(j, "and") || s.is(j, "through") {
					if d2, ok := s.small(j+1, 31); ok && d2 > day && len(s.toks[j+1].Norm) <= 2 {
						if _, k := s.monthAt(j + 2); k == 0 {
							day2 = d2
							j += 2
						}
					}
				}
			}
		}
	}
	// year
	year, ah := 0, m.kind == 'h'
	y := j
	if s.is(y, ",") || s.is(y, "،") || s.is(y, "من") || s.is(y, "of") || s.is(y, "-") {
		y++
	}
	yw := false
	if _, k := s.timeAt(y, tYear); k > 0 {
		y += k
		yw = true
	}
	if n, ok := s.small(y, 2200); ok && len(s.toks[y].Norm) == 4 && n >= 1000 && (ah == (n < 1600)) && (y == j || yw || day > 0) {
		year = n
		j = s.era(y+1, nil)
	} else if w, k := s.mod(j); k > 0 && !english && !s.is(j, "هذا") {
		mod, set = w, true
		j += k
	} else if yw { // «يوليو من العام الماضي»
		if r, ok := s.period(y - 1); ok && r.prec == "year" && !r.interval.from.IsZero() {
			year, j = r.interval.from.Year(), r.to
		}
	} else if s.is(j, "of") || english {
		jj := j
		if s.is(jj, "of") {
			jj++
		}
		if r, ok := s.period(jj); ok && r.prec == "year" && !r.interval.from.IsZero() && jj < len(s.toks) && s.timeHas(jj, tMod) {
			year, j = r.interval.from.Year(), r.to
		}
	}
	if s.timeHas(at, tAmbiguous) && day == 0 && year == 0 && !set && !double && part == "" && !s.timeHas(at-1, tMonth) && !s.timeHas(at-1, tMonthPrep) {
		return reading{}, false
	}
	if m.kind == 'h' && day == 0 && year == 0 && !set && s.timeHas(at, tAmbiguous) && !s.timeHas(at-1, tMonth) && !s.timeHas(at-1, tMonthPrep) {
		return reading{}, false
	}
	iv := s.place(m, year, day, day2, mod, set, from)
	if day == 0 {
		iv = third(iv, part)
	}
	return reading{from, j, iv}, true
}

// days reads the day or days before a month: 15, 15th, «الخامس عشر من»,
// «5 و10», «من 5 إلى 10», 5-10. It returns the token after them.
func (s *sentence) days(i int) (day, day2, next int) {
	j := i
	if o, k := s.timeAt(j, tOrdinal); k > 0 && o.n > 0 && o.n <= 31 {
		jj := j + k
		for s.is(jj, "من") || s.is(jj, "of") {
			jj++
		}
		if _, k := s.timeAt(jj, tMonth); k > 0 {
			jj += k
		}
		if m, k := s.monthAt(jj); k > 0 && m.kind != 'w' {
			return o.n, 0, jj
		}
		return 0, 0, i
	}
	if e, n := s.approxAt(j, false); n > 0 && e&(eBetween|eFrom) != 0 && s.kindAt(j+n) == token.Digit {
		j += n
	}
	d, ok := s.small(j, 31)
	if !ok || len(s.toks[j].Norm) > 2 {
		return 0, 0, i
	}
	j++
	if s.timeHas(j, tSuffix) && s.glued(j) {
		j++
	}
	if s.is(j, "-") || s.is(j, "و") || s.is(j, "الي") || s.is(j, "to") || s.is(j, "and") || s.is(j, "حتي") {
		if d2, ok := s.small(j+1, 31); ok && d2 > d && len(s.toks[j+1].Norm) <= 2 {
			day2 = d2
			j += 2
		}
	}
	if s.is(j, "من") || s.is(j, "of") || s.is(j, "-") && s.glued(j) {
		j++
	}
	return d, day2, j
}

// place turns day, month and year, as far as given, into days.
func (s *sentence) place(m monthWord, year, day, day2, mod int, set bool, at int) interval {
	hijri := m.kind == 'h'
	prec := "month"
	if day > 0 {
		prec = "day"
	}
	if year == 0 {
		if !s.pub.known {
			return interval{prec: prec}
		}
		year = s.guessYear(m, day, mod, set, at)
	}
	if hijri {
		if day == 0 {
			return hijriMonth(year, m.value)
		}
		iv := dayOf(hijriDay(year, m.value, min(day, 30)))
		if day2 > 0 {
			iv.to = hijriDay(year, m.value, min(day2, 30))
		}
		return iv
	}
	if day == 0 {
		return monthOf(year, m.value)
	}
	iv := dayOf(date(year, m.value, day))
	if day2 > 0 {
		iv.to = date(year, m.value, day2)
	}
	return iv
}

// guessYear finds the year that a month (and day) without one belongs to.
func (s *sentence) guessYear(m monthWord, day, mod int, set bool, at int) int {
	pub := s.pub.day
	first := func(y int) (time.Time, time.Time) {
		if m.kind == 'h' {
			iv := hijriMonth(y, m.value)
			if day > 0 {
				d := hijriDay(y, m.value, min(day, 30))
				return d, d
			}
			return iv.from, iv.to
		}
		if day > 0 {
			d := date(y, m.value, day)
			return d, d
		}
		iv := monthOf(y, m.value)
		return iv.from, iv.to
	}
	y := pub.Year()
	if m.kind == 'h' {
		y = int(float64(pub.Year()-622)*33/32) + 1
		for f, _ := first(y); f.After(pub.AddDate(0, 0, 360)); f, _ = first(y) {
			y--
		}
	} else {
		y++
	}
	ahead := 60
	switch {
	case set && mod < 0:
		ahead = -1
		if day == 0 {
			ahead = -28 // «يوليو الماضي» said in July is last year's
		}
	case set && mod == 0:
		ahead = 200
	case set && mod > 0, s.future(at):
		ahead = 330
	case day == 0:
		ahead = 31
	}
	for least := y - 3; y > least; y-- {
		f, t := first(y)
		if ahead >= 0 && !f.After(pub.AddDate(0, 0, ahead)) {
			return y
		}
		if ahead < 0 && t.Before(pub) {
			return y
		}
	}
	return y
}
