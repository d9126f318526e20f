package escalation

import (
	"maps"
	"slices"

	"isnad"
)

// Volume counts the readable articles of each day by language: what a day's
// values are divided by.
type Volume map[int]map[isnad.Lang]int

// Add counts an article.
func (v Volume) Add(day int, lang isnad.Lang, n int) {
	if day == 0 {
		return
	}
	if v[day] == nil {
		v[day] = map[isnad.Lang]int{}
	}
	v[day][lang] += n
}

// State says whether a value can be known.
type State string

// The states of a day. Measured: something was reported. Quiet: articles were
// read and nothing of the kind was in them. Failed: none was read, between days
// on which some were, so that the feeds must have failed. Unmonitored: nobody
// read then.
const (
	Measured    State = "measured"
	Quiet       State = "quiet"
	Unmonitored State = "unmonitored"
	Failed      State = "failed"
)

// unread says of a day without articles whether it is a gap of at most most days
// between days with some.
func (v Volume) unread(day, most int) State {
	near := func(step int) int {
		for n := 1; n <= most; n++ {
			if len(v[day+n*step]) > 0 {
				return n
			}
		}
		return 0
	}
	before, after := near(-1), near(1)
	if before > 0 && after > 0 && before+after-1 <= most {
		return Failed
	}
	return Unmonitored
}

// span sums a span of days, both inclusive.
func (v Volume) span(from, to int) (by map[isnad.Lang]int, total int) {
	by = map[isnad.Lang]int{}
	for d := from; d <= to; d++ {
		for l, n := range v[d] {
			by[l] += n
			total += n
		}
	}
	return by, total
}

// Bounds are the first and last day with articles; 0, 0 where there is none.
func (v Volume) Bounds() (first, last int) {
	days := slices.Sorted(maps.Keys(v))
	if len(days) == 0 {
		return 0, 0
	}
	return days[0], days[len(days)-1]
}

// Step is how long the periods of a series are.
type Step string

// The steps. Weeks begin on Monday.
const (
	Day   Step = "day"
	Week  Step = "week"
	Month Step = "month"
)

// Period is a span of days since 1970, both inclusive.
type Period struct{ From, To int }

// PeriodOf is the period of a step that a day lies in.
func PeriodOf(step Step, day int) Period {
	switch step {
	case Week:
		from := day - (day+3)%7 // 1970-01-01 was a Thursday
		return Period{from, from + 6}
	case Month:
		first := isnad.Day(isnad.DayDate(day)[:7])
		next := isnad.Day(isnad.DayDate(first + 31)[:7])
		return Period{first, next - 1}
	}
	return Period{day, day}
}

// Periods lists those of a step that meet a span of days, in order.
func Periods(step Step, from, to int) []Period {
	var out []Period
	for p := PeriodOf(step, from); p.From <= to; p = PeriodOf(step, p.To+1) {
		out = append(out, p)
	}
	return out
}
