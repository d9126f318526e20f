package coder

import (
	"fmt"
	"io"
	"math"
	"slices"
)

// scored is a predicted claim's raw score and whether the whole claim was right.
type scored struct {
	score float64
	right bool
}

// Calibrate learns the line that turns raw scores into confidences from claims
// predicted on folds held back: isotonic regression by pooling adjacent
// violators (Ayer et al. 1955), drawn as a line through the pools' means.
func Calibrate(t *Tally) [][2]float64 {
	xs := slices.Clone(t.scored)
	slices.SortFunc(xs, func(a, b scored) int {
		switch {
		case a.score < b.score:
			return -1
		case a.score > b.score:
			return 1
		case a.right == b.right:
			return 0
		case b.right:
			return -1
		}
		return 1
	})
	type pool struct{ score, right, n float64 }
	var ps []pool
	for _, x := range xs {
		p := pool{score: x.score, n: 1}
		if x.right {
			p.right = 1
		}
		ps = append(ps, p)
		for len(ps) > 1 {
			a, b := ps[len(ps)-2], ps[len(ps)-1]
			if a.right/a.n < b.right/b.n && a.n >= 40 {
				break
			}
			ps = append(ps[:len(ps)-2], pool{a.score + b.score, a.right + b.right, a.n + b.n})
		}
	}
	for len(ps) > 1 && ps[len(ps)-1].n < 40 {
		a, b := ps[len(ps)-2], ps[len(ps)-1]
		ps = append(ps[:len(ps)-2], pool{a.score + b.score, a.right + b.right, a.n + b.n})
	}
	var line [][2]float64
	for _, p := range ps {
		line = append(line, [2]float64{math.Round(p.score/p.n*1e4) / 1e4, math.Round(p.right/p.n*1e4) / 1e4})
	}
	return line
}

// Reliability prints how often claims of each tenth of confidence were right.
func (t *Tally) Reliability(w io.Writer, line [][2]float64) {
	c := Coder{thresholds: thresholds{Calibration: line}}
	var n, right [10]int
	var sum [10]float64
	for _, x := range t.scored {
		conf := c.confidence(x.score)
		k := min(9, int(conf*10))
		n[k]++
		sum[k] += conf
		if x.right {
			right[k]++
		}
	}
	for k := range n {
		if n[k] > 0 {
			fmt.Fprintf(w, "confidence %.1f–%.1f: %5d claims, mean confidence %.3f, right %.3f\n", float64(k)/10, float64(k+1)/10, n[k], sum[k]/float64(n[k]), float64(right[k])/float64(n[k]))
		}
	}
}

// SetCalibration sets the line.
func (c *Coder) SetCalibration(line [][2]float64) { c.thresholds.Calibration = line }
