package escalation

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// baseline is a period beside the scope's own past.
type baseline struct {
	history       int // read periods before it
	median        *Points
	z, percentile *float64
}

// baseline compares a period with the read ones of the days before it
// (BaselineDays). Of single days the weekday's term is taken off: the median of
// the weekday less the median of all, where there are days of it enough. z is
// robust: (value − median) / (1.4826·MAD), the modified z-score of Iglewicz and
// Hoaglin (1993, How to Detect and Handle Outliers); where the median absolute
// deviation is nothing, as in most dyads on most days, 1.2533 times the mean
// absolute deviation stands for it, as they propose. In a past without any
// difference there is no z.
func (s *Series) baseline(step Step, p Period, line Line) baseline {
	c := s.m.t.Constants
	var past []float64
	var weekday []int
	for q := PeriodOf(step, p.From-1); q.From >= p.From-c.BaselineDays; q = PeriodOf(step, q.From-1) {
		if x := s.sum(q); x.volume > 0 {
			past = append(past, x.lines[line].Float())
			weekday = append(weekday, ((q.From%7)+7)%7)
		}
	}
	b := baseline{history: len(past)}
	if len(past) == 0 || len(past)*(p.To-p.From+1) < c.BaselineLeast {
		return b
	}
	x := s.sum(p).lines[line].Float()
	below, equal := 0, 0
	for _, v := range past {
		if v < x {
			below++
		} else if v == x {
			equal++
		}
	}
	pc := math.Round((float64(below)+float64(equal)/2)/float64(len(past))*1000) / 10
	b.percentile = &pc

	all := median(past)
	term := map[int]float64{}
	if step == Day {
		for w := range 7 {
			var of []float64
			for i, v := range past {
				if weekday[i] == w {
					of = append(of, v)
				}
			}
			if len(of) >= c.WeekdayLeast {
				term[w] = median(of) - all
			}
		}
	}
	for i := range past {
		past[i] -= term[weekday[i]]
	}
	expected := median(past)
	away := make([]float64, len(past))
	for i, v := range past {
		away[i] = math.Abs(v - expected)
	}
	scale := 1.4826 * median(away)
	if scale == 0 {
		scale = 1.2533 * stat.Mean(away, nil)
	}
	expected += term[((p.From%7)+7)%7]
	m := Points(math.Round(expected * float64(Point)))
	b.median = &m
	if scale > 0 {
		z := math.Round((x-expected)/scale*1000) / 1000
		b.z = &z
	}
	return b
}

func median(xs []float64) float64 {
	s := slices.Clone(xs)
	slices.Sort(s)
	n := len(s)
	if n == 0 {
		return 0
	}
	return (s[(n-1)/2] + s[n/2]) / 2
}
