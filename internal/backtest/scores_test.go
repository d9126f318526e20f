package backtest

import (
	"math"
	"testing"
)

func TestScores(t *testing.T) {
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	near("spearman of squares", spearman([]float64{1, 2, 3, 4}, []float64{1, 4, 9, 16}), 1)
	near("spearman of ties", spearman([]float64{1, 1, 2, 2}, []float64{4, 4, 3, 3}), -1)
	yes := []bool{true, false, true, false}
	near("roc", rocAUC([]float64{4, 3, 2, 1}, yes), 0.75)
	near("roc of ties", rocAUC([]float64{1, 1, 1, 1}, yes), 0.5)
	near("pr", prAUC([]float64{4, 3, 2, 1}, yes), (1+2.0/3)/2)
	near("pr of ties", prAUC([]float64{1, 1, 1, 1}, yes), 0.5)
	if !math.IsNaN(rocAUC([]float64{1}, []bool{true})) {
		t.Error("an area without a negative")
	}
}
