package coder

import (
	"math"

	"isnad"
	"isnad/internal/learn"
)

// slots scores the candidate codes for actor (0) and recipient (1).
type slots struct {
	ps     []party
	score  [][2]float64 // of each candidate
	empty  [2]float64
	shapes [shapeCount]float64
	known  [shapeCount]bool
	ask    func(shape int) float64 // scores a shape, once: few of them occur
	sets   []set_
	seen   [][3]uint32 // pairs of sets told before: actor bits, recipient bits, 1 by another type, 2 by the same
}

// set_ is a set of candidates, as bits of the candidate list.
type set_ struct {
	bits  uint32
	n     int
	coord bool
}

const shapeCount = 4 * 4 * 3 * 2 * 4

// shape numbers the form of a pair of sets: sizes, equality, coordination, and
// whether the article told of the pair before (1), by the same type (2) or the
// other way round (3).
func (q *slots) shape(a, r set_) int {
	rel := 0
	if a.bits == r.bits {
		rel = 1
	} else if a.bits&r.bits != 0 {
		rel = 2
	}
	co := 0
	if a.coord || r.coord {
		co = 1
	}
	seen := 0
	for _, p := range q.seen {
		if p[0] == a.bits && p[1] == r.bits {
			seen = max(seen, int(p[2]))
		} else if p[0] == r.bits && p[1] == a.bits {
			seen = max(seen, 3)
		}
	}
	return (((min(a.n, 3)*4+min(r.n, 3))*3+rel)*2+co)*4 + seen
}

// see notes the pairs that earlier claims of the article had.
func (q *slots) see(m *memory, ty isnad.Type) {
	if m == nil {
		return
	}
	from := max(0, len(m.told)-12)
	for _, t := range m.told[from:] {
		a, ok1 := bitsOf(q.ps, t.actor)
		r, ok2 := bitsOf(q.ps, t.recipient)
		if !ok1 || !ok2 || a|r == 0 {
			continue
		}
		v := uint32(1)
		if t.ty == ty {
			v = 2
		}
		q.seen = append(q.seen, [3]uint32{a, r, v})
	}
}

// shapeFeatures appends the features of a shape for a trigger.
func (c *Coder) shapeFeatures(s *sentence, i, ty, sh int, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	sym := uint32(0)
	if s.terms[i] != nil && s.terms[i].sym {
		sym = 1
	}
	x, seen := uint32(sh/4), uint32(sh%4)
	return append(f, h(pShape, x, 1000), h(pShape, x, uint32(ty), 1001), h(pShape, x, sym, 1002), h(pShape, x, s.stem[i], 1003),
		h(pShape, x, uint32(ty), bucket(len(s.men)), 1004), h(pShape, seen, 1005), h(pShape, seen, uint32(ty), 1006), h(pShape, seen, x, 1007))
}

// sets lists the candidate sets: nobody, each code, and pairs and all of the
// codes that the sentence names (pairs may take one from the context).
func candidateSets(s *sentence, ps []party) []set_ {
	out := []set_{{}}
	for k := range ps {
		out = append(out, set_{bits: 1 << k, n: 1})
	}
	in := 0
	for in < len(ps) && ps[in].context == 0 {
		in++
	}
	for a := range ps {
		for b := a + 1; b < len(ps); b++ {
			if a >= in && ps[a].context > 3 || ps[b].context > 4 {
				continue
			}
			out = append(out, set_{bits: 1<<a | 1<<b, n: 2, coord: s.joined(ps[a], ps[b])})
		}
	}
	for a := 0; a < in; a++ {
		for b := a + 1; b < in; b++ {
			for e := b + 1; e < in; e++ {
				if s.joined(ps[a], ps[b]) && s.joined(ps[b], ps[e]) {
					out = append(out, set_{bits: 1<<a | 1<<b | 1<<e, n: 3, coord: true})
				}
			}
		}
	}
	return out
}

// joined reports whether two candidates are named side by side with "and", or
// by one mention.
func (s *sentence) joined(a, b party) bool {
	for _, x := range a.men {
		for _, y := range b.men {
			if x == y || x+1 == y && s.coordinated(x, 1) || y+1 == x && s.coordinated(y, 1) {
				return true
			}
		}
	}
	return false
}

// total is the score of a pair of sets.
func (q *slots) total(a, r set_) float64 {
	t := q.shapes[q.shape(a, r)]
	if a.n == 0 {
		t += q.empty[0]
	}
	if r.n == 0 {
		t += q.empty[1]
	}
	for k := range q.ps {
		if a.bits&(1<<k) != 0 {
			t += q.score[k][0]
		}
		if r.bits&(1<<k) != 0 {
			t += q.score[k][1]
		}
	}
	return t
}

// bitsOf turns codes into candidate bits; ok is false where one is missing.
func bitsOf(ps []party, codes []isnad.Code) (bits uint32, ok bool) {
	ok = true
	for _, code := range codes {
		found := false
		for k := range ps {
			if ps[k].code == code {
				bits |= 1 << k
				found = true
			}
		}
		ok = ok && found
	}
	return bits, ok
}

// bestMention adds to a candidate's score, for each slot, that of the best of
// the mentions that may stand for it; which says which it was, -1 for none. A
// candidate that the sentence does not name need not have one.
func bestMention(score [2]float64, bearers [][2]float64, named bool) ([2]float64, [2]int) {
	which := [2]int{-1, -1}
	for slot := range 2 {
		for g := range bearers {
			if v := bearers[g][slot]; which[slot] >= 0 && v > bearers[which[slot]][slot] || which[slot] < 0 && (named || v > 0) {
				which[slot] = g
			}
		}
		if g := which[slot]; g >= 0 {
			score[slot] += bearers[g][slot]
		}
	}
	return score, which
}

// best finds the pair of sets with the highest score, and its share among all
// pairs (softmax).
func (q *slots) best(sets []set_) (a, r set_, share float64) {
	as, rs := make([]float64, len(sets)), make([]float64, len(sets))
	for i, x := range sets {
		if x.n == 0 {
			as[i], rs[i] = q.empty[0], q.empty[1]
		}
		for k := range q.ps {
			if x.bits&(1<<k) != 0 {
				as[i] += q.score[k][0]
				rs[i] += q.score[k][1]
			}
		}
	}
	most, sum := math.Inf(-1), 0.0 // sum of exp(v - most)
	for i, x := range sets {
		for j, y := range sets {
			sh := q.shape(x, y)
			if !q.known[sh] {
				q.known[sh], q.shapes[sh] = true, q.ask(sh)
			}
			v := as[i] + rs[j] + q.shapes[sh]
			switch {
			case v > most:
				sum = sum*math.Exp(most-v) + 1
				most, a, r = v, x, y
			case v > most-12: // less adds nothing that counts
				sum += math.Exp(v - most)
			}
		}
	}
	return a, r, 1 / sum
}
