package values

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"isnad/internal/token"
	"isnad/lexicon"
)

// timeKind is what a row of times.tsv does; one word may have several rows.
type timeKind uint32

const (
	tOffset timeKind = 1 << iota
	tUnit
	tPair
	tWeekend
	tMod
	tAgo
	tSince
	tHence
	tFuture
	tPart
	tYear
	tMonth
	tDay
	tEra
	tOf
	tNotDay
	tNotDayBefore
	tOrdinal
	tQuarter
	tHalf
	tSuffix
	tClock
	tPlural
	tYearPrep
	tMonthPrep
	tYearPair
	tAmbiguous
	tNotFuture
)

var timeKinds = map[string]timeKind{"offset": tOffset, "unit": tUnit, "pair": tPair, "weekend": tWeekend, "mod": tMod, "ago": tAgo,
	"since": tSince, "hence": tHence, "future": tFuture, "part": tPart, "year": tYear, "month": tMonth, "day": tDay, "era": tEra, "of": tOf,
	"notday": tNotDay, "notdaybefore": tNotDayBefore, "ordinal": tOrdinal, "quarter": tQuarter, "half": tHalf, "suffix": tSuffix,
	"clock": tClock, "plural": tPlural, "yearprep": tYearPrep, "monthprep": tMonthPrep, "yearpair": tYearPair, "ambiguous": tAmbiguous, "notfuture": tNotFuture}

type timeWord struct {
	kind  timeKind
	value string
	n     int // value as a number, where it is one
	stems []string
}

// monthWord is a month or weekday of months.tsv.
type monthWord struct {
	kind  byte // g, h, w
	value int
}

func (v *Valuer) loadTimes(lex *lexicon.Lexicon) error {
	for _, r := range lex.Table("times").Rows {
		k, ok := timeKinds[r.Get("kind")]
		if !ok {
			return fmt.Errorf("%s: no kind of time word is called %q", r.Place(), r.Get("kind"))
		}
		w := timeWord{kind: k, value: r.Get("value")}
		w.n, _ = strconv.Atoi(strings.TrimSuffix(w.value, "d"))
		if k == tNotFuture {
			for _, f := range r.List("ar") {
				w.stems = append(w.stems, folded(f))
			}
		} else {
			for _, c := range []string{"ar", "en"} {
				for _, f := range r.List(c) {
					v.words.add(cTime, len(v.times), f)
				}
			}
		}
		v.times = append(v.times, w)
	}
	for _, r := range lex.Table("months").Rows {
		k := r.Get("kind")
		if k != "gregorian" && k != "hijri" && k != "weekday" {
			continue
		}
		n, err := strconv.Atoi(r.Get("value"))
		if err != nil {
			return fmt.Errorf("%s: value %q is no number; write 1 to 12", r.Place(), r.Get("value"))
		}
		for _, f := range r.List("forms") {
			v.words.add(cMonth, len(v.months), f)
		}
		v.months = append(v.months, monthWord{k[0], n})
	}
	return nil
}

// timeAt is the row of a kind at token i, and its length.
func (s *sentence) timeAt(i int, k timeKind) (timeWord, int) {
	if i < 0 || i >= len(s.toks) {
		return timeWord{}, 0
	}
	h := s.marks[i].hit[cTime]
	if h.n == 0 {
		return timeWord{}, 0
	}
	for e := h.head; e != 0; e = s.v.words.rows[e].next {
		if w := s.v.times[s.v.words.rows[e].row]; w.kind&k != 0 {
			return w, int(h.n)
		}
	}
	return timeWord{}, 0
}

func (s *sentence) timeHas(i int, k timeKind) bool { _, n := s.timeAt(i, k); return n > 0 }

// monthAt is the month (kind g or h) or weekday (w) at token i.
func (s *sentence) monthAt(i int) (monthWord, int) {
	if i < 0 || i >= len(s.toks) {
		return monthWord{}, 0
	}
	h := s.marks[i].hit[cMonth]
	if h.n == 0 {
		return monthWord{}, 0
	}
	if t := s.toks[i]; t.Norm[0] < 0x80 && !t.Upper {
		return monthWord{}, 0
	}
	return s.v.months[s.v.words.rows[h.head].row], int(h.n)
}

// reading is a time found: its tokens and days.
type reading struct {
	from, to int
	interval
}

// findTimes reads times from left to right and marks their tokens as used.
func (s *sentence) findTimes() []TimeMention {
	var out []TimeMention
	for i := 0; i < len(s.toks); {
		r, ok := s.readTime(i)
		if !ok {
			i++
			continue
		}
		out = append(out, TimeMention{r.from, r.to, r.when()})
		for k := r.from; k < r.to; k++ {
			s.marks[k].used = true
		}
		i = max(r.to, i+1)
	}
	return out
}

func (s *sentence) readTime(i int) (reading, bool) {
	m := &s.marks[i]
	digit := s.toks[i].Kind == token.Digit
	if !digit && m.has&(1<<cTime|1<<cMonth|1<<cNumber|1<<cApprox) == 0 && (s.toks[i].Kind != token.Sign || s.toks[i].Norm != "(") {
		return reading{}, false
	}
	if digit {
		if r, ok := s.numericDate(i); ok {
			return r, true
		}
	}
	if r, ok := s.weekday(i); ok {
		return r, true
	}
	if r, ok := s.calendar(i); ok {
		return r, true
	}
	if r, ok := s.offset(i); ok {
		return r, true
	}
	if r, ok := s.dayOfMonth(i); ok {
		return r, true
	}
	if r, ok := s.period(i); ok {
		return r, true
	}
	if r, ok := s.ago(i); ok {
		return r, true
	}
	return s.year(i)
}

// small reads token i as an integer in digits, at most hi.
func (s *sentence) small(i, hi int) (int, bool) {
	if i < 0 || i >= len(s.toks) || s.toks[i].Kind != token.Digit || len(s.toks[i].Norm) > 4 {
		return 0, false
	}
	n := 0
	for _, r := range s.toks[i].Norm {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, n > 0 && n <= hi
}

// numericDate reads 2015-07-15, 15/7/2015, 15.7.2015, 28/9/1436هـ.
func (s *sentence) numericDate(i int) (reading, bool) {
	var f [3]int
	to := i + 1
	if w := s.toks[i].Norm; strings.Count(w, ".") == 2 {
		for k, p := range strings.Split(w, ".") {
			n, err := strconv.Atoi(p)
			if err != nil || n > 2200 {
				return reading{}, false
			}
			f[k] = n
		}
	} else {
		sep := ""
		if i+4 < len(s.toks) {
			sep = s.toks[i+1].Norm
		}
		if sep != "/" && sep != "-" || !s.is(i+3, sep) {
			return reading{}, false
		}
		for k := range 3 {
			n, ok := s.small(i+2*k, 2200)
			if !ok {
				return reading{}, false
			}
			f[k] = n
		}
		to = i + 5
	}
	y, m, d := f[2], f[1], f[0]
	if f[0] > 31 {
		y, m, d = f[0], f[1], f[2]
		if m > 12 {
			m, d = d, m
		}
	} else if m > 12 && d <= 12 {
		m, d = d, m
	}
	if m < 1 || m > 12 || d < 1 || d > 31 || y < 1300 {
		return reading{}, false
	}
	to = s.era(to, nil)
	if y < 1600 {
		return reading{i, to, dayOf(hijriDay(y, m, min(d, 30)))}, true
	}
	return reading{i, to, dayOf(date(y, m, d))}, true
}

// era passes over م or هـ behind a year.
func (s *sentence) era(i int, ah *bool) int {
	if w, n := s.timeAt(i, tEra); n > 0 {
		if ah != nil {
			*ah = w.value == "ah"
		}
		return i + n
	}
	return i
}

// future reports whether a word before token i looks ahead: سوف, "will",
// «المقرر», or an imperfect with س (سي, ست, سن, سأ).
func (s *sentence) future(i int) bool {
	for j := i - 1; j >= 0 && j > i-9; j-- {
		if s.timeHas(j, tFuture) {
			return true
		}
		w := strings.TrimPrefix(s.toks[j].Norm, "و")
		if len(w) < 8 || !(strings.HasPrefix(w, "سي") || strings.HasPrefix(w, "ست") || strings.HasPrefix(w, "سن")) || s.toks[j].TaMarbuta {
			continue
		}
		if s.v.futureVerb(w) {
			return true
		}
	}
	return false
}

func (v *Valuer) futureVerb(w string) bool {
	for i := range v.times {
		for _, st := range v.times[i].stems {
			if strings.HasPrefix(w, st) {
				return false
			}
		}
	}
	return true
}

// mod reads الماضي, المقبل … at token i: -1, 0, +1.
func (s *sentence) mod(i int) (int, int) {
	w, n := s.timeAt(i, tMod)
	return w.n, n
}

// weekday reads «الثلاثاء», «الثلاثاء الماضي», «الثلاثاء 14 يوليو», "next
// Tuesday", "Tuesday, July 14". Alone it is the nearest past one, the day of
// publication included; the nearest to come where a word before looks ahead.
func (s *sentence) weekday(i int) (reading, bool) {
	from, dir, set := i, 0, false
	if w, n := s.mod(i); n > 0 && s.toks[i].Norm[0] < 0x80 { // last Tuesday
		dir, set = w, true
		i += n
	}
	if i < len(s.toks) && s.timeHas(i, tDay) { // يوم, مساء
		_, n := s.timeAt(i, tDay)
		i += n
		if s.is(i, "يوم") {
			i++
		}
	}
	m, n := s.monthAt(i)
	if n == 0 || m.kind != 'w' {
		return reading{}, false
	}
	to := i + n
	abbr := s.timeHas(i, tAmbiguous)
	j := to
	for s.is(j, ",") || s.is(j, "،") || s.is(j, "(") || s.is(j, "الموافق") || s.is(j, "في") && s.kindAt(j+1) == token.Digit || s.is(j, ".") && abbr {
		j++
	}
	if r, ok := s.calendar(j); ok && r.prec == "day" && j < len(s.toks) {
		return reading{from, r.to, r.interval}, true
	}
	if r, ok := s.numericDate2(j); ok {
		return reading{from, r.to, r.interval}, true
	}
	if abbr {
		return reading{}, false
	}
	if w, k := s.mod(to); k > 0 && s.toks[to].Norm[0] >= 0x80 && s.toks[to].Norm != "هذا" {
		dir, set = w, true
		to += k
	}
	if w, k := s.timeAt(to, tOffset); k > 0 && strings.HasPrefix(w.value, "-") && s.toks[to].Norm[0] >= 0x80 { // «الاثنين أمس»
		dir, set, to = 0, true, to+k
	}
	if !s.pub.known {
		return reading{from, to, interval{prec: "day"}}, true
	}
	if !set && s.future(from) && !s.past(from) {
		dir = 1
	}
	return reading{from, to, dayOf(nearest(s.pub.day, m.value, dir))}, true
}

func (s *sentence) numericDate2(j int) (reading, bool) {
	if j < len(s.toks) && s.toks[j].Kind == token.Digit {
		return s.numericDate(j)
	}
	return reading{}, false
}

// past reports whether «أمس» or "yesterday" stands right before.
func (s *sentence) past(i int) bool {
	w, n := s.timeAt(i-1, tOffset)
	return n > 0 && strings.HasPrefix(w.value, "-")
}

// nearest finds weekday w (Monday 1): dir 0 the latest up to d, -1 the latest
// before d, +1 the next after d.
func nearest(d time.Time, w, dir int) time.Time {
	back := (int(d.Weekday()+6)%7 + 1 - w + 7) % 7
	switch {
	case dir > 0:
		return d.AddDate(0, 0, 7-back)
	case dir < 0 && back == 0:
		back = 7
	}
	if dir == -2 {
		back += 7
	}
	return d.AddDate(0, 0, -back)
}

// offset reads «أمس», «أمس (الاثنين)», «غدا», "yesterday". Where the weekday
// beside it contradicts the publication date, the weekday wins: the date is
// often that of the crawl.
func (s *sentence) offset(i int) (reading, bool) {
	w, n := s.timeAt(i, tOffset)
	if n == 0 {
		return reading{}, false
	}
	to := i + n
	j := to
	if s.is(j, "(") || s.is(j, ",") || s.is(j, "،") || s.is(j, "-") {
		j++
	}
	day, k := s.monthAt(j)
	named := k > 0 && day.kind == 'w' && !s.timeHas(j, tAmbiguous)
	if named {
		to = j + k
		if s.is(j-1, "(") && s.is(to, ")") {
			to++
		}
		jj := to
		if s.is(jj, ",") || s.is(jj, "،") {
			jj++
		}
		if r, ok := s.calendar(jj); ok && r.prec == "day" {
			return reading{i, r.to, r.interval}, true
		}
	} else if w.n == 0 && s.toks[i].Norm[0] >= 0x80 && n == 1 {
		// «اليوم» is also «the day»
		if s.marks[i].hit[cTime].bare && s.marks[i].pre&preIn != 0 || s.timeHas(to, tNotDay) || i > 0 && (s.timeHas(i-1, tNotDayBefore) || s.is(i-1, "\"")) {
			return reading{}, false
		}
	}
	if !s.pub.known {
		return reading{i, to, interval{prec: "day"}}, true
	}
	d := s.pub.day.AddDate(0, 0, w.n)
	if named && int(d.Weekday()+6)%7+1 != day.value {
		dir := 0
		if w.n < 0 {
			dir = -1
		} else if w.n > 0 {
			dir = 1
		}
		d = nearest(s.pub.day, day.value, dir)
	}
	return reading{i, to, dayOf(d)}, true
}
