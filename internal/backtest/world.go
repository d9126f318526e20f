package backtest

import (
	_ "embed"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/escalation"
)

// index is one of the outside series by month, "2021-12".
type index map[string]float64

// gpr reads threats (GPRT), acts (GPRA) and both (GPR).
func gpr(dir string) (threats, acts, both index, err error) {
	threats, acts, both = index{}, index{}, index{}
	err = rows(filepath.Join(dir, "gpr", "gpr_monthly_to2021-12.tsv.gz"), func(get func(string) string) error {
		for column, into := range map[string]index{"GPRT": threats, "GPRA": acts, "GPR": both} {
			if x, err := strconv.ParseFloat(get(column), 64); err == nil {
				into[get("month")] = x
			}
		}
		return nil
	})
	return
}

// months lists those from one to another, both inclusive.
func months(from, to string) []string {
	var out []string
	for _, p := range escalation.Periods(escalation.Month, isnad.Day(from), isnad.Day(to)) {
		out = append(out, isnad.DayDate(p.From)[:7])
	}
	return out
}

// monthly is a line of a scope, month by month; a month without items is NaN.
func monthly(m *escalation.Method, scope escalation.Scope, hs []escalation.Happening, v escalation.Volume, ms []string, line escalation.Line) []float64 {
	var out []float64
	for _, p := range m.Series(scope, hs, v).Sums(escalation.Month, isnad.Day(ms[0]), isnad.Day(ms[len(ms)-1]), line) {
		if p == nil {
			out = append(out, math.NaN())
			continue
		}
		out = append(out, p.Float())
	}
	return out
}

//go:embed keywords.tsv
var keywords string

// counted are the naive baselines of the items by month: items, and items that
// hold a keyword.
func counted(items []isnad.Article, ms []string) (volume, threats, acts, any []float64, err error) {
	sets := map[string]map[string]bool{}
	err = table("keywords.tsv", strings.NewReader(keywords), func(get func(string) string) error {
		sets[get("id")] = map[string]bool{}
		for w := range strings.SplitSeq(get("words"), "|") {
			sets[get("id")][w] = true
		}
		return nil
	})
	at := map[string]int{}
	for i, m := range ms {
		at[m] = i
	}
	volume, threats, acts, any = make([]float64, len(ms)), make([]float64, len(ms)), make([]float64, len(ms)), make([]float64, len(ms))
	for _, a := range items {
		i, ok := at[a.Published[:7]]
		if !ok {
			continue
		}
		volume[i]++
		var t, k bool
		for w := range strings.FieldsFuncSeq(strings.ToLower(a.Text), func(r rune) bool { return (r < 'a' || r > 'z') && r != '-' }) {
			t, k = t || sets["threats"][w], k || sets["acts"][w]
		}
		for _, x := range []struct {
			yes  bool
			into []float64
		}{{t, threats}, {k, acts}, {t || k, any}} {
			if x.yes {
				x.into[i]++
			}
		}
	}
	return
}

// share divides by the items of the month.
func share(xs, volume []float64) []float64 {
	out := make([]float64, len(xs))
	for i := range xs {
		out[i] = xs[i] / max(1, volume[i])
	}
	return out
}

// row is a line of a table of the card: a predictor and what it reached.
type row struct {
	name   string
	scores []float64
}

// compare correlates a predictor with an index: ranks of levels, and of changes
// from month to month, over the months where both are known.
func compare(x []float64, truth index, ms []string) (levels, moves float64) {
	var a, b []float64
	for i, m := range ms {
		if y, ok := truth[m]; ok && !math.IsNaN(x[i]) {
			a, b = append(a, x[i]), append(b, y)
		}
	}
	return spearman(a, b), spearman(changes(a), changes(b))
}

// last is the index of the month before.
func last(truth index, ms []string) []float64 {
	out := []float64{math.NaN()}
	for _, m := range ms[:len(ms)-1] {
		out = append(out, truth[m])
	}
	return out
}

// lastMove is the index's change of the month before, as a predictor of changes.
func lastMove(truth index, ms []string) float64 {
	var ys []float64
	for _, m := range ms {
		ys = append(ys, truth[m])
	}
	d := changes(ys)
	return spearman(d[:len(d)-1], d[1:])
}

// with picks the happenings that have one of these contexts.
func with(hs []escalation.Happening, contexts ...string) []escalation.Happening {
	var out []escalation.Happening
	for _, h := range hs {
		if slices.ContainsFunc(contexts, func(c string) bool { return slices.Contains(h.Contexts, c) }) {
			out = append(out, h)
		}
	}
	return out
}
