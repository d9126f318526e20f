package escalation

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"isnad"
)

// Change is a day from which a line's level is another.
type Change struct {
	Day    string  `json:"day"`
	Before float64 `json:"before"` // mean of the periods from the change before
	After  float64 `json:"after"`
}

// Changes are the change points of a line with how often the method finds any
// where there is none.
type Changes struct {
	Dyad       string   `json:"dyad"`
	Line       Line     `json:"line"`
	Step       Step     `json:"step"`
	Points     []Change `json:"points"`
	FalseAlarm float64  `json:"false_alarm"` // share of shuffled series with a change point, 0 to 1
	Periods    int      `json:"periods"`
	Named      string   `json:"named"`
}

// Changes finds change points by PELT (Killick, Fearnhead and Eckley 2012, JASA
// 107:1590) with the cost of a normal mean, on square roots, which evens out the
// variance of counts (Bartlett 1936). The penalty is ChangePenalty·log n in units
// of the variance of neighbours' differences. A series without any level has its
// order shuffled a hundred times: the share of these in which a change point is
// found all the same is the false-alarm rate. Unread periods are left out.
func (s *Series) Changes(step Step, from, to int, line Line) Changes {
	var xs []float64
	var days []int
	for _, p := range Periods(step, from, to) {
		if x := s.sum(p); x.volume > 0 {
			xs, days = append(xs, x.lines[line].Float()), append(days, p.From)
		}
	}
	c := s.m.t.Constants
	out := Changes{Dyad: s.scope.String(), Line: line, Step: step, Points: []Change{}, Periods: len(xs), Named: "PELT"}
	roots := make([]float64, len(xs))
	seed := sha256.New()
	for i, x := range xs {
		roots[i] = math.Sqrt(x)
		fmt.Fprint(seed, x, " ")
	}
	at := pelt(roots, c.ChangePenalty, c.ChangeLeast)
	last := 0
	for i, a := range at {
		next := len(xs)
		if i+1 < len(at) {
			next = at[i+1]
		}
		out.Points = append(out.Points, Change{isnad.DayDate(days[a]), mean(xs[last:a]), mean(xs[a:next])})
		last = a
	}
	sum := seed.Sum(nil)
	r := rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum), binary.LittleEndian.Uint64(sum[8:])))
	alarms := 0
	for range c.Shuffles {
		r.Shuffle(len(roots), func(i, j int) { roots[i], roots[j] = roots[j], roots[i] })
		if len(pelt(roots, c.ChangePenalty, c.ChangeLeast)) > 0 {
			alarms++
		}
	}
	if c.Shuffles > 0 {
		out.FalseAlarm = float64(alarms) / float64(c.Shuffles)
	}
	return out
}

// pelt returns the first index of every segment but the first.
func pelt(xs []float64, penalty float64, least int) []int {
	n := len(xs)
	least = max(1, least)
	if n < 2*least {
		return nil
	}
	// Sums of x and x² give the cost of any segment at once.
	s1, s2 := make([]float64, n+1), make([]float64, n+1)
	var diffs float64
	for i, x := range xs {
		s1[i+1], s2[i+1] = s1[i]+x, s2[i]+x*x
		if i > 0 {
			diffs += (x - xs[i-1]) * (x - xs[i-1])
		}
	}
	variance := diffs / float64(2*(n-1))
	if variance == 0 {
		return nil
	}
	cost := func(a, b int) float64 {
		d := s1[b] - s1[a]
		return (s2[b] - s2[a] - d*d/float64(b-a)) / variance
	}
	beta := penalty * math.Log(float64(n))
	best, from := make([]float64, n+1), make([]int, n+1)
	best[0] = -beta
	open := []int{0}
	for t := least; t <= n; t++ {
		best[t] = math.Inf(1)
		for _, a := range open {
			if t-a < least {
				continue
			}
			if v := best[a] + cost(a, t) + beta; v < best[t] {
				best[t], from[t] = v, a
			}
		}
		open = slices.DeleteFunc(open, func(a int) bool { return t-a >= least && best[a]+cost(a, t) > best[t] })
		if t >= least && t+least <= n {
			open = append(open, t)
		}
	}
	var out []int
	for t := from[n]; t > 0; t = from[t] {
		out = append(out, t)
	}
	slices.Reverse(out)
	return out
}

func mean(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	var sum float64
	for _, x := range xs {
		sum += x
	}
	return math.Round(sum/float64(len(xs))*1000) / 1000
}
