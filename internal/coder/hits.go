package coder

import (
	"isnad"
	"isnad/internal/learn"
)

// hit is a word taken to carry an event.
type hit struct {
	i, ty int
	p     float32
}

// hits finds the triggers of a sentence.
func (r *reading) hits(s *sentence, links []link) []hit {
	return thin(s, r.missed(s, links, r.likely(s)))
}

// likely finds the words likely enough to carry an event.
func (r *reading) likely(s *sentence) []hit {
	if r.cands == nil {
		r.cands = r.c.first(r.d)
		r.mass = massOf(r.cands)
	}
	var hs []hit
	for n := range r.cands[s.index] {
		x := &r.cands[s.index][n]
		h := hit{x.i, x.best - 1, x.ev}
		if r.c.second != nil {
			var p [classes]float32
			for k, v := range x.start() {
				p[k] = float32(v)
			}
			r.f = r.c.secondFeatures(r.d, s, r.cands, r.mass, n, r.f[:0])
			r.c.second.Score(r.f, p[:])
			learn.Softmax(p[:])
			h.ty = argmax(p[1:])
			h.p = 1 - p[0]
		}
		if h.p >= r.c.thresholds.Trigger {
			hs = append(hs, h)
		}
	}
	return hs
}

// hit is the likeliest event at token i.
func (r *reading) hit(s *sentence, i int) hit {
	c := r.c
	out := r.out[:len(isnad.Types)+1]
	copy(out, s.words[i].own)
	r.f = c.triggerFeatures(r.d, s, i, r.f[:0])
	c.trigger.Score(r.f, out)
	learn.Softmax(out)
	best := 1
	for k := 2; k < len(out); k++ {
		if out[k] > out[best] {
			best = k
		}
	}
	return hit{i, best - 1, 1 - out[0]}
}

// thin keeps one of the words that tell one event together: «شن غارات». Of two
// hits of one type within three tokens the likelier stays.
func thin(s *sentence, hs []hit) []hit {
	var out []hit
	for _, h := range hs {
		if n := len(out); n > 0 && out[n-1].ty == h.ty && h.i-out[n-1].i <= 3 {
			if h.p > out[n-1].p {
				out[n-1] = h
			}
			continue
		}
		out = append(out, h)
	}
	return out
}

func argmax(x []float32) int {
	best := 0
	for k := range x {
		if x[k] > x[best] {
			best = k
		}
	}
	return best
}
