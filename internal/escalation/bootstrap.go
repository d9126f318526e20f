package escalation

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// interval is how far a line's value may be off because of which origins happen
// to be read and because the reader errs. The origins are drawn again with
// replacement (bootstrap, Efron and Tibshirani 1993), and each event is kept with
// the chance that the reader is right about its type and parties, and joined by
// events that it misses at its measured rate: for each event found, precision ×
// (1 − recall) / recall are missed. The seed is a hash of the contributions, so
// that the same events give the same interval. Both bounds are widened to hold the
// value itself.
func (m *Method) interval(scope Scope, p Period, line Line, cs []Contribution) (low, high Points) {
	var value Points
	index := map[string]int{}
	seed := sha256.New()
	fmt.Fprintf(seed, "%s %s %d %d %s", m.name, scope, p.From, p.To, line)
	var own []Contribution
	for _, c := range cs {
		if c.Line == line {
			own = append(own, c)
			value += c.Value
			fmt.Fprintf(seed, " %s %d", c.Event, c.Value)
			for _, o := range c.origins {
				index[o] = 0
			}
		}
	}
	if len(own) == 0 {
		return 0, 0
	}
	for i, o := range slices.Sorted(maps.Keys(index)) {
		index[o] = i
	}
	sum := seed.Sum(nil)
	r := rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum), binary.LittleEndian.Uint64(sum[8:])))
	drawn := make([]Points, m.t.Constants.Replicates)
	times := make([]int, len(index))
	for i := range drawn {
		clear(times)
		for range times {
			times[r.IntN(len(times))]++
		}
		for _, c := range own {
			e := m.errors(c.h)
			n := 0
			if r.Float64() < e.Precision {
				n++
			}
			n += poisson(r, e.Precision*(1-e.Recall)/e.Recall)
			for j, o := range c.origins {
				drawn[i] += c.shares[j] * Points(times[index[o]]*n)
			}
		}
	}
	slices.Sort(drawn)
	at := func(q float64) Points { return drawn[int(math.Round(q*float64(len(drawn)-1)))] }
	tail := (1 - m.t.Constants.Interval) / 2
	return min(value, at(tail)), max(value, at(1-tail))
}

// errors are those of a happening's type and of its parties together. One that is
// not in the table is taken for right.
func (m *Method) errors(h *Happening) ReaderError {
	e := ReaderError{1, 1}
	for _, name := range []string{string(h.Type), "parties"} {
		if t, ok := m.t.Errors[name]; ok && t.Precision > 0 && t.Recall > 0 {
			e.Precision *= t.Precision
			e.Recall *= t.Recall
		}
	}
	return e
}

// poisson draws a number with a small mean (Knuth 1969, 3.4.1).
func poisson(r *rand.Rand, mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := r.Float64(); p > limit; p *= r.Float64() {
		n++
	}
	return n
}
