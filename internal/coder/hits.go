package coder

import (
	"slices"

	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
)

// hit is a word taken to carry an event.
type hit struct {
	i, ty int
	p     float32
	sure  bool // by a construction
}

// hits finds the triggers of a sentence.
func (r *reading) hits(s *sentence, links []link) []hit {
	return thin(s, s.heads(r.built(s, r.missed(s, links, r.likely(s)))))
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
		h := hit{i: x.i, ty: x.best - 1, p: x.ev}
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
	return hit{i: i, ty: best - 1, p: 1 - out[0]}
}

// thin keeps one of the words that tell one event together: «شن غارات». Of two
// hits of one type within three tokens the surer and likelier stays.
func thin(s *sentence, hs []hit) []hit {
	var out []hit
	for _, h := range hs {
		if n := len(out); n > 0 && out[n-1].ty == h.ty && h.i-out[n-1].i <= 3 {
			if h.sure && !out[n-1].sure || h.p > out[n-1].p && h.sure == out[n-1].sure {
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

// heads moves what is received, and what is sent over the sender's name, to the word
// that says so: «تلقت [مساعدات]», «إرسال إيران [أسلحة]», "received [weapons]".
func (s *sentence) heads(hs []hit) []hit {
	for k := range hs {
		h := &hs[k]
		for a := max(0, h.i-4); a < h.i; a++ {
			t := s.terms[a]
			if t == nil || !t.idiom || t.types&(1<<h.ty) == 0 || !t.takes && (s.words[a].Form != morph.Masdar || !s.named(a+1, h.i)) || !s.covers(a, h.i) {
				continue
			}
			if j := slices.IndexFunc(hs, func(x hit) bool { return x.i == a }); j < 0 {
				h.i = a
			} else {
				hs[j].p, hs[j].ty = max(hs[j].p, h.p), h.ty
				h.p = 0
			}
			break
		}
	}
	return slices.DeleteFunc(hs, func(h hit) bool { return h.p == 0 })
}

// covers reports whether an idiom that begins at token a ends at token b.
func (s *sentence) covers(a, b int) bool {
	if s.words[a].begins == nil {
		return false
	}
	for _, id := range s.words[a].begins.idioms {
		j := a
		for _, k := range id.rest {
			if j = s.next(j, k, 3); j < 0 {
				break
			}
		}
		if j == b {
			return true
		}
	}
	return false
}
