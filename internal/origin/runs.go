package origin

import (
	"hash/fnv"
	"slices"

	"isnad/internal/token"
)

const (
	runWords = 7 // a run of so many words is hardly written twice by chance
	sampled  = 4 // one run in so many is kept, by its hash: the same ones in every text
)

// runs samples the runs of seven folded words of a text. Two texts that share a
// passage share the runs that the sample has of it: of twenty words in common
// 14 runs, of which at least one is kept in 98 of 100 cases.
func runs(t *token.Text) []uint32 {
	var words []uint64
	for _, s := range t.Sentences {
		for _, k := range s.Tokens {
			if k.Kind != token.Sign {
				h := fnv.New64a()
				h.Write([]byte(k.Norm))
				words = append(words, h.Sum64())
			}
		}
	}
	const base = 0x9E3779B97F4A7C15
	out := []uint32{}
	var power uint64 = 1
	for range runWords {
		power *= base
	}
	var h uint64
	for i, w := range words {
		h = h*base + w
		if i >= runWords {
			h -= words[i-runWords] * power
		}
		if mixed := h ^ h>>29; i >= runWords-1 && (mixed*base>>40)%sampled == 0 {
			out = append(out, uint32(mixed*base>>16))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
