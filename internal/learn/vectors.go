package learn

import (
	"math"
	"slices"
)

// Vectors learns a vector for each frequent word from the company it keeps:
// skip-gram with negative sampling (Mikolov et al. 2013), in one thread, so
// that the same sentences give the same vectors. Words seen fewer than least
// times are left out. The result is in order of frequency.
func Vectors(sentences [][]string, dim, least, passes int) (words []string, vectors [][]float32) {
	count := map[string]int{}
	total := 0
	for _, s := range sentences {
		for _, w := range s {
			count[w]++
			total++
		}
	}
	for w, n := range count {
		if n >= least {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	id := make(map[string]int32, len(words))
	for i, w := range words {
		id[w] = int32(i)
	}
	// negative samples by count^0.75
	table := make([]int32, 0, 1<<20)
	sum := 0.0
	for _, w := range words {
		sum += math.Pow(float64(count[w]), .75)
	}
	for i, w := range words {
		for n := int(math.Pow(float64(count[w]), .75) / sum * (1 << 20)); n >= 0; n-- {
			table = append(table, int32(i))
		}
	}
	rnd := uint64(42)
	next := func() uint32 {
		rnd = rnd*6364136223846793005 + 1442695040888963407
		return uint32(rnd >> 33)
	}
	in := make([]float32, len(words)*dim)
	out := make([]float32, len(words)*dim)
	for i := range in {
		in[i] = (float32(next()%10000)/10000 - .5) / float32(dim)
	}
	var sig [1024]float32
	for i := range sig {
		x := float64(i-512) / 64
		sig[i] = float32(1 / (1 + math.Exp(-x)))
	}
	sigmoid := func(x float32) float32 {
		k := int(x*64) + 512
		if k < 0 {
			return 0
		}
		if k > 1023 {
			return 1
		}
		return sig[k]
	}
	grad := make([]float32, dim)
	seen, all := 0, total*passes
	var ids []int32
	for range passes {
		for _, s := range sentences {
			ids = ids[:0]
			for _, w := range s {
				seen++
				k, ok := id[w]
				if !ok {
					continue
				}
				f := float64(count[w]) / float64(total)
				if keep := math.Sqrt(1e-4/f) + 1e-4/f; keep < 1 && float64(next()%10000)/10000 > keep {
					continue
				}
				ids = append(ids, k)
			}
			rate := float32(max(0.0001, 0.04*(1-float64(seen)/float64(all))))
			for i, c := range ids {
				window := int(next()%4) + 1
				for j := max(0, i-window); j <= i+window && j < len(ids); j++ {
					if j == i {
						continue
					}
					v := in[int(ids[j])*dim : int(ids[j])*dim+dim]
					clear(grad)
					for n := range 6 {
						target, label := c, float32(1)
						if n > 0 {
							target, label = table[next()%uint32(len(table))], 0
							if target == c {
								continue
							}
						}
						u := out[int(target)*dim : int(target)*dim+dim]
						var dot float32
						for d, x := range v {
							dot += x * u[d]
						}
						g := (label - sigmoid(dot)) * rate
						for d, x := range v {
							grad[d] += g * u[d]
							u[d] += g * x
						}
					}
					for d := range v {
						v[d] += grad[d]
					}
				}
			}
		}
	}
	for i := range words {
		vectors = append(vectors, in[i*dim:i*dim+dim])
	}
	return words, vectors
}

// Clusters parts vectors into k groups by the angle between them (spherical
// k-means, Dhillon and Modha 2001), starting from the most frequent words.
func Clusters(vectors [][]float32, k, passes int) []int {
	if k > len(vectors) {
		k = len(vectors)
	}
	unit := make([][]float32, len(vectors))
	for i, v := range vectors {
		unit[i] = normal(v)
	}
	centres := make([][]float32, k)
	for i := range centres {
		centres[i] = slices.Clone(unit[i])
	}
	of := make([]int, len(vectors))
	for range passes {
		for i, v := range unit {
			best, most := 0, float32(-2)
			for c, u := range centres {
				var dot float32
				for d, x := range v {
					dot += x * u[d]
				}
				if dot > most {
					best, most = c, dot
				}
			}
			of[i] = best
		}
		for c := range centres {
			clear(centres[c])
		}
		for i, v := range unit {
			for d, x := range v {
				centres[of[i]][d] += x
			}
		}
		for c := range centres {
			centres[c] = normal(centres[c])
		}
	}
	return of
}

func normal(v []float32) []float32 {
	var n float64
	for _, x := range v {
		n += float64(x) * float64(x)
	}
	n = math.Sqrt(n) + 1e-9
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(float64(x) / n)
	}
	return out
}
