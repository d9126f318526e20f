package ledger

import (
	"cmp"
	"maps"
	"slices"

	"isnad"
)

// together is one mention made of several: the words that they share weigh most,
// and parties, modes and the like are those that a third of them or more have.
// Two agencies tell one event in other words; what all the texts of one have in
// common is nearer to the other's than any two texts are.
func together(ms []*mention) *mention {
	if len(ms) == 1 {
		return ms[0]
	}
	m := &mention{claim: ms[0].claim, facts: ms[0].facts, many: true, day: ms[0].day, last: ms[0].last, from: ms[0].from, to: ms[0].to}
	words, gist := map[uint32]held{}, map[uint32]held{}
	for _, x := range ms {
		m.day, m.last = min(m.day, x.day), max(m.last, x.last)
		if m.from == 0 {
			m.from, m.to = x.from, x.to
		}
		gather(words, &x.words, len(ms))
		gather(gist, &x.gist, len(ms))
		m.quantities = append(m.quantities, x.quantities...)
		m.again += x.again / float64(len(ms))
	}
	m.words, m.gist = spread(words, len(ms)), spread(gist, len(ms))
	m.parties = most(ms, func(m *mention) []isnad.Code { return m.parties })
	for side := range m.entities {
		m.entities[side] = most(ms, func(m *mention) []string { return m.entities[side] })
	}
	m.modes = most(ms, func(m *mention) []string { return m.modes })
	m.places = most(ms, func(m *mention) []string { return m.places })
	m.terms = most(ms, func(m *mention) []string { return m.terms })
	return m
}

// held is a word's weight over several mentions, and how many have it.
type held struct {
	weight float32
	n      int
}

func gather(sum map[uint32]held, v *vector, n int) {
	if v.norm == 0 {
		return
	}
	for _, w := range v.words {
		h := sum[w.Hash]
		sum[w.Hash] = held{h.weight + w.Weight/float32(n), h.n + 1}
	}
}

// spread keeps the words that a quarter of the mentions or more have: all that
// stands in some text of many would hold any other text.
func spread(sum map[uint32]held, n int) vector {
	words := make([]isnad.Word, 0, len(sum))
	for h, w := range sum {
		if 4*w.n >= n {
			words = append(words, isnad.Word{Hash: h, Weight: w.weight})
		}
	}
	slices.SortFunc(words, func(a, b isnad.Word) int { return cmp.Compare(a.Hash, b.Hash) })
	return newVector(words)
}

// most lists, ascending, what a third of the mentions or more have.
func most[T cmp.Ordered](ms []*mention, of func(*mention) []T) []T {
	count := map[T]int{}
	for _, m := range ms {
		for _, x := range of(m) {
			count[x]++
		}
	}
	var out []T
	for _, x := range slices.Sorted(maps.Keys(count)) {
		if 3*count[x] >= len(ms) {
			out = append(out, x)
		}
	}
	return out
}
