package values

import (
	"strings"
	"time"
)

// unitInterval is the day, week, month or year that lies n of them from d.
func unitInterval(d time.Time, unit string, n int) interval {
	switch unit {
	case "w":
		return weekOf(d.AddDate(0, 0, 7*n))
	case "m":
		y, m, _ := d.Date()
		return monthOf(y, int(m)+n)
	case "y":
		return yearOf(d.Year() + n)
	case "10y":
		return interval{date(d.Year()/10*10+10*n, 1, 1), date(d.Year()/10*10+10*n+9, 12, 31), "year"}
	}
	return dayOf(d.AddDate(0, 0, n))
}

func addUnits(d time.Time, unit string, n int) (time.Time, string) {
	switch unit {
	case "w":
		return d.AddDate(0, 0, 7*n), "week"
	case "m":
		return addMonths(d, n), "month"
	case "y":
		return addMonths(d, 12*n), "year"
	case "10y":
		return addMonths(d, 120*n), "year"
	}
	return d.AddDate(0, 0, n), "day"
}

// addMonths keeps to the last day of shorter months.
func addMonths(d time.Time, n int) time.Time {
	y, m, day := d.Date()
	last := date(y, int(m)+n+1, 0)
	return date(last.Year(), int(last.Month()), min(day, last.Day()))
}

func precOf(unit string) string {
	switch unit {
	case "w":
		return "week"
	case "m":
		return "month"
	case "y", "10y":
		return "year"
	}
	return "day"
}

// third narrows an interval to its beginning, middle or end: of a year four
// months, of a month ten days, of a week Monday and Tuesday, the three days
// after, or the weekend.
func third(iv interval, part string) interval {
	if iv.from.IsZero() || part == "" || iv.prec == "day" {
		return iv
	}
	d := iv.from
	switch iv.prec {
	case "year":
		iv = split(iv, part, addMonths(d, 4), addMonths(d, 8))
	case "month":
		iv = split(iv, part, d.AddDate(0, 0, 10), d.AddDate(0, 0, 20))
	default:
		iv = split(iv, part, d.AddDate(0, 0, 2), d.AddDate(0, 0, 5))
	}
	switch iv.prec {
	case "year":
		iv.prec = "month"
	case "month":
		iv.prec = "week"
	case "week":
		iv.prec = "day"
	}
	return iv
}

func split(iv interval, part string, lo, hi time.Time) interval {
	switch part {
	case "start":
		iv.to = lo.AddDate(0, 0, -1)
	case "middle":
		iv.from, iv.to = lo, hi.AddDate(0, 0, -1)
	case "end":
		iv.from = hi
	}
	return iv
}

// part reads مطلع, أواخر, "early" before a period.
func (s *sentence) part(i int) (string, int) {
	w, n := s.timeAt(i, tPart)
	if n == 0 {
		return "", 0
	}
	k := i + n
	if s.is(k, "-") || s.is(k, "the") || s.is(k, "من") || s.is(k, "of") {
		k++
	}
	if s.is(k, "the") {
		k++
	}
	return w.value, k - i
}

// period reads «الأسبوع الماضي», «مطلع الشهر الجاري», «هذا العام», "late last
// year", "earlier this month", «الأيام الثلاثة الماضية», "the past two weeks",
// «الربع الأول من 2019», «نهاية الأسبوع».
func (s *sentence) period(i int) (reading, bool) {
	from := i
	part, n := s.part(i)
	i += n
	if n > 0 { // «نهاية 2019», «مطلع العام 2019», "late 2019"
		if r, ok := s.yearAt(i, true); ok {
			return reading{from, r.to, third(r.interval, part)}, true
		}
	}
	if r, ok := s.quarter(i); ok {
		return reading{from, r.to, r.interval}, true
	}
	if _, k := s.timeAt(i, tWeekend); k > 0 {
		to := i + k
		dir := 0
		if d, kk := s.mod(to); kk > 0 {
			dir, to = d, to+kk
		}
		if d, kk := s.mod(from); kk > 0 {
			dir = d
		}
		if !s.pub.known {
			return reading{from, to, interval{prec: "day"}}, true
		}
		sat := nearest(s.pub.day, 6, map[bool]int{true: 1, false: 0}[dir > 0 || dir == 0 && s.future(from)])
		return reading{from, to, interval{sat, sat.AddDate(0, 0, 1), "day"}}, true
	}
	mod, before := s.mod(i) // this week, هذا الأسبوع, last week
	j := i + before
	count := 0
	if before > 0 {
		if a, ok := s.amountAt(j); ok && !a.band && a.low <= 100 && a.low == a.high { // the past two weeks
			count, j = int(a.low), a.to
		}
	}
	w, k := s.timeAt(j, tUnit|tPair)
	if k == 0 {
		return reading{}, false
	}
	unit := w.value
	to := j + k
	if w.kind == tPair {
		count = 2
	}
	if before == 0 {
		if s.toks[j].Norm[0] < 0x80 {
			return reading{}, false
		}
		t := to
		if count == 0 && t < len(s.toks) { // «الأيام الثلاثة الماضية», «الـ10 الماضية»
			tt := t
			if s.is(tt, "ال") {
				tt++
			}
			if a, ok := s.amountAt(tt); ok && !a.band && a.low <= 100 {
				count, t = int(a.low), a.to
			}
		}
		if d, kk := s.mod(t); kk > 0 && !s.is(t, "هذا") && !s.is(t, "هذه") {
			mod, to = d, t+kk
		} else {
			return reading{}, false
		}
	} else if s.toks[i].Norm[0] >= 0x80 && mod != 0 {
		return reading{}, false
	}
	if !s.pub.known {
		return reading{from, to, interval{prec: precOf(unit)}}, true
	}
	plural := s.plural(j)
	switch {
	case count > 1 && mod < 0:
		d, p := addUnits(s.pub.day, unit, -count)
		return reading{from, to, interval{d, s.pub.day, p}}, true
	case count > 1 && mod > 0:
		d, p := addUnits(s.pub.day, unit, count)
		return reading{from, to, interval{s.pub.day, d, p}}, true
	case plural:
		return reading{from, to, interval{prec: precOf(unit)}}, true
	}
	return reading{from, to, third(unitInterval(s.pub.day, unit, mod), part)}, true
}

// plural tells «الأيام», "weeks" from the singular.
func (s *sentence) plural(j int) bool { return s.timeHas(j, tPlural) }

// dayOfMonth reads «الثامن من الشهر المقبل», «15 من الشهر الجاري», "the 8th of
// this month".
func (s *sentence) dayOfMonth(i int) (reading, bool) {
	j, day := i, 0
	if o, k := s.timeAt(j, tOrdinal); k > 0 {
		day, j = o.n, j+k
	} else if d, ok := s.small(j, 31); ok && len(s.toks[j].Norm) <= 2 {
		day, j = d, j+1
		if s.timeHas(j, tSuffix) && s.glued(j) {
			j++
		}
	}
	if day == 0 || day > 31 || !s.is(j, "من") && !s.is(j, "of") || j+1 >= len(s.toks) {
		return reading{}, false
	}
	r, ok := s.period(j + 1)
	if !ok || r.prec != "month" || r.interval.from.Day() != 1 && s.pub.known {
		return reading{}, false
	}
	iv := interval{prec: "day"}
	if s.pub.known {
		d := r.interval.from.AddDate(0, 0, day-1)
		if d.After(r.interval.to) {
			return reading{}, false
		}
		iv = dayOf(d)
	}
	return reading{i, r.to, iv}, true
}

// quarter reads «الربع الأول من العام الجاري», "the first quarter of 2019",
// «النصف الثاني من 2015».
func (s *sentence) quarter(i int) (reading, bool) {
	var part, to int
	size := 3
	w, k := s.timeAt(i, tQuarter|tHalf)
	o, ok := s.timeAt(i, tOrdinal)
	switch {
	case k > 0 && s.toks[i].Norm[0] >= 0x80:
		ord, kk := s.timeAt(i+k, tOrdinal)
		if kk == 0 {
			return reading{}, false
		}
		part, to = ord.n, i+k+kk
	case ok > 0 && s.toks[i].Norm[0] < 0x80:
		w, k = s.timeAt(i+ok, tQuarter|tHalf)
		if k == 0 {
			return reading{}, false
		}
		part, to = o.n, i+ok+k
	default:
		return reading{}, false
	}
	if w.kind == tHalf {
		size = 6
	}
	if part < 1 || part*size > 12 {
		return reading{}, false
	}
	for s.is(to, "of") || s.is(to, "من") || s.is(to, "the") {
		to++
	}
	r, ok2 := s.yearAt(to, true)
	if !ok2 {
		r, ok2 = s.period(to)
	}
	if !ok2 || r.prec != "year" || r.interval.from.IsZero() {
		return reading{}, false
	}
	y := r.interval.from.Year()
	return reading{i, r.to, interval{date(y, (part-1)*size+1, 1), date(y, part*size+1, 0), "month"}}, true
}

// ago reads «قبل ثلاثة أيام», «منذ شهرين», "two days ago", "three weeks
// earlier". منذ and "since" leave the end open at the publication.
func (s *sentence) ago(i int) (reading, bool) {
	from := i
	_, k := s.timeAt(i, tAgo|tSince)
	arabic := s.toks[i].Norm[0] >= 0x80
	if arabic {
		if k == 0 || s.toks[i].Norm == "من" {
			return reading{}, false
		}
		i += k
		for s.is(i, "نحو") || s.is(i, "حوالي") || s.is(i, "اكثر") || s.is(i, "من") || s.is(i, "قرابه") {
			i++
		}
	} else if k > 0 {
		return reading{}, false
	}
	open := arabic && s.toks[from].Norm != "قبل" && !(s.marks[from].hit[cTime].bare && strings.HasSuffix(s.toks[from].Norm, "قبل"))
	n, exact := 1, true
	a, ok := s.amountAt(i)
	switch {
	case ok && a.band:
		exact = false
		i = a.to
	case ok && a.low == a.high && a.low <= 500 && a.low == float64(int(a.low)):
		n, i = int(a.low), a.to
	case ok:
		return reading{}, false
	case !arabic && (s.is(i, "a") || s.is(i, "an") || s.is(i, "one")):
		i++
	case !arabic:
		return reading{}, false
	}
	u, k := s.timeAt(i, tUnit|tPair)
	if k == 0 {
		return reading{}, false
	}
	if arabic && !ok && (strings.HasPrefix(s.toks[i].Norm, "ال")) {
		return reading{}, false
	}
	if u.kind == tPair {
		n = 2
	} else if !ok && s.plural(i) {
		exact = false
	}
	to := i + k
	if !arabic {
		if _, k = s.timeAt(to, tAgo); k == 0 {
			return reading{}, false
		}
		to += k
	} else if _, month := s.monthAt(to); !ok && month > 0 {
		return reading{}, false // «منذ شهر محرم» is a month
	} else if _, era := s.year(i); !ok && u.value == "y" && era {
		return reading{}, false // «منذ عام 2011» is a year
	}
	if arabic && !ok && !open && s.is(to, "من") {
		return reading{}, false // «قبل يوم من …»
	}
	if !s.pub.known || !exact {
		iv := interval{prec: precOf(u.value)}
		if s.pub.known && open {
			iv.to = s.pub.day
		}
		return reading{from, to, iv}, true
	}
	d, prec := addUnits(s.pub.day, u.value, -n)
	if open {
		return reading{from, to, interval{d, s.pub.day, prec}}, true
	}
	return reading{from, to, around(d, prec)}, true
}

// around is the week, month or year that holds d.
func around(d time.Time, prec string) interval {
	switch prec {
	case "week":
		return weekOf(d)
	case "month":
		return monthOf(d.Year(), int(d.Month()))
	case "year":
		return yearOf(d.Year())
	}
	return dayOf(d)
}
