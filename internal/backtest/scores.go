package backtest

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// spearman is the rank correlation of two series, ties at their mean rank; NaN
// where one of them never changes.
func spearman(a, b []float64) float64 { return stat.Correlation(ranks(a), ranks(b), nil) }

func ranks(xs []float64) []float64 {
	at := make([]int, len(xs))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(i, j int) int { return cmp.Compare(xs[i], xs[j]) })
	out := make([]float64, len(xs))
	for i := 0; i < len(at); {
		j := i
		for j < len(at) && xs[at[j]] == xs[at[i]] {
			j++
		}
		for k := i; k < j; k++ {
			out[at[k]] = float64(i+j+1) / 2
		}
		i = j
	}
	return out
}

// changes are the differences of a series from month to month.
func changes(xs []float64) []float64 {
	out := make([]float64, 0, len(xs))
	for i := 1; i < len(xs); i++ {
		out = append(out, xs[i]-xs[i-1])
	}
	return out
}

// rocAUC is the chance that a positive has a higher score than a negative, ties
// half (Mann and Whitney 1947); NaN without both.
func rocAUC(scores []float64, positive []bool) float64 {
	r := ranks(scores)
	var sum, p float64
	for i, yes := range positive {
		if yes {
			sum += r[i]
			p++
		}
	}
	n := float64(len(scores)) - p
	if p == 0 || n == 0 {
		return math.NaN()
	}
	return (sum - p*(p+1)/2) / (p * n)
}

// prAUC is the average precision: the mean, over the positives, of the precision
// at their score. Of equal scores all are taken at once.
func prAUC(scores []float64, positive []bool) float64 {
	at := make([]int, len(scores))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(i, j int) int { return cmp.Compare(scores[j], scores[i]) })
	var found, sum float64
	for i := 0; i < len(at); {
		j, hits := i, 0.0
		for j < len(at) && scores[at[j]] == scores[at[i]] {
			if positive[at[j]] {
				hits++
			}
			j++
		}
		found += hits
		sum += hits * found / float64(j)
		i = j
	}
	if found == 0 {
		return math.NaN()
	}
	return sum / found
}
