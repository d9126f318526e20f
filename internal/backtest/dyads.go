package backtest

import (
	"fmt"
	"maps"
	"slices"

	"isnad"
	"isnad/internal/escalation"
)

// scored is a table of cells with what the series and the baselines say of each.
type scored struct {
	cells []cell
	by    map[string][]float64 // predictor → score of each cell
	yes   []bool
}

// dyadic holds what every pair of states has, by month.
type dyadic struct {
	months []string
	pairs  []pair
	line   map[escalation.Line]map[pair][]float64
	volume map[pair][]float64 // events of any type between them, either way: how much is written about both
}

// newDyadic sums the series of every pair that any event is between.
func newDyadic(m *escalation.Method, c *corpus, ms []string) *dyadic {
	d := &dyadic{months: ms, line: map[escalation.Line]map[pair][]float64{}, volume: map[pair][]float64{}}
	by := map[pair][]escalation.Happening{}
	at := map[string]int{}
	for i, x := range ms {
		at[x] = i
	}
	for _, h := range c.happenings {
		i, in := at[isnad.DayDate(h.Day)[:7]]
		for _, s := range escalation.Dyads([]escalation.Happening{h}) {
			p := pair{s.From, s.To}
			by[p] = append(by[p], h)
			if !in {
				continue
			}
			for _, q := range []pair{p, {p.to, p.from}} {
				if d.volume[q] == nil {
					d.volume[q] = make([]float64, len(ms))
				}
				d.volume[q][i]++
			}
		}
	}
	d.pairs = slices.SortedFunc(maps.Keys(d.volume), comparePairs)
	for _, line := range []escalation.Line{escalation.Acts, escalation.Words, escalation.Disputed} {
		d.line[line] = map[pair][]float64{}
		for p, hs := range by {
			d.line[line][p] = monthly(m, escalation.Scope{From: p.from, To: p.to}, hs, c.volume, ms, line)
		}
	}
	return d
}

// years is the table of dyad-years: those of states that any event is between in
// the whole span, and those of the truth. Its predictors are of the same year;
// "last value" is the truth of the year before.
func (d *dyadic) years(truth map[cell]int, least int, from, to int, isState func(isnad.Code) bool) scored {
	s := scored{by: map[string][]float64{}}
	pairs := slices.Clone(d.pairs)
	for c := range truth {
		pairs = append(pairs, c.pair)
	}
	slices.SortFunc(pairs, comparePairs)
	for _, p := range slices.Compact(pairs) {
		if !isState(p.from) || !isState(p.to) {
			continue
		}
		for y := from; y <= to; y++ {
			c := cell{p, fmt.Sprint(y)}
			s.cells = append(s.cells, c)
			s.yes = append(s.yes, truth[c] >= least)
			sum := func(xs []float64) float64 { return d.year(xs, y) }
			back := pair{p.to, p.from}
			acts, words, apart := d.line[escalation.Acts], d.line[escalation.Words], d.line[escalation.Disputed]
			both := sum(acts[p]) + sum(acts[back])
			past := 0.0
			for k := 1; k <= 2; k++ {
				past += (d.year(acts[p], y-k) + d.year(acts[back], y-k)) / float64(int(1)<<k)
			}
			for name, x := range map[string]float64{"acts": sum(acts[p]), "words": sum(words[p]), "volume": sum(d.volume[p]), "acts, both ways": both,
				"acts, words and disputed together, both ways":                                     both + sum(words[p]) + sum(words[back]) + sum(apart[p]) + sum(apart[back]),
				"acts, both ways, and half of those of the year before, a quarter of those before": both + past} {
				s.by[name] = append(s.by[name], x)
			}
			s.by["last value"] = append(s.by["last value"], float64(truth[cell{p, fmt.Sprint(y - 1)}]))
		}
	}
	return s
}

// year sums a pair's months of a year.
func (d *dyadic) year(xs []float64, y int) (t float64) {
	at := fmt.Sprint(y)
	for i, x := range xs {
		if x == x && d.months[i][:4] == at {
			t += x
		}
	}
	return t
}

// predictors are those of the table of dyad-years, attempts in their order.
var predictors = []string{"acts", "words", "acts, both ways", "acts, words and disputed together, both ways", "acts, both ways, and half of those of the year before, a quarter of those before", "volume", "last value"}

// alarms counts the dyad-months in which the rule speaks (z of the acts or words
// against the dyad's own past at least least), and how many of them have no
// dispute in that month nor in the one before or after.
func alarms(m *escalation.Method, c *corpus, d *dyadic, truth map[cell]bool, line escalation.Line, least float64, from, to string, isState func(isnad.Code) bool) (months, spoke, wrong, found, all int) {
	by := map[pair][]escalation.Happening{}
	for _, h := range c.happenings {
		for _, s := range escalation.Dyads([]escalation.Happening{h}) {
			by[pair{s.From, s.To}] = append(by[pair{s.From, s.To}], h)
		}
	}
	for _, p := range d.pairs {
		if !isState(p.from) || !isState(p.to) {
			continue
		}
		var values []escalation.Value
		if len(by[p]) > 0 {
			values = m.Series(escalation.Scope{From: p.from, To: p.to}, by[p], c.volume).Values(escalation.Month, isnad.Day(from), isnad.Day(to))
		}
		ms := monthsOf(from, to)
		months += len(ms)
		for i, mo := range ms {
			near := truth[cell{p, mo}]
			if truth[cell{p, mo}] {
				all++
			}
			for _, j := range []int{i - 1, i + 1} {
				if j >= 0 && j < len(ms) {
					near = near || truth[cell{p, ms[j]}]
				}
			}
			if len(values) == 0 {
				continue
			}
			if z := values[i].Of(line).Z; z != nil && *z >= least {
				spoke++
				if !near {
					wrong++
				}
				if truth[cell{p, mo}] {
					found++
				}
			}
		}
	}
	return
}

func monthsOf(from, to string) []string { return months(from, to) }
