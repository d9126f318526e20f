package coder

import (
	"fmt"
	"io"
	"isnad"
	"isnad/internal/learn"
	"math"
	"slices"
)

// partyCase is one joint decision on actor and recipient.
type partyCase struct {
	rows   [][][]int32 // of each candidate: of the code, then of its mentions; the last one of nobody
	shapes [shapeCount][]int32
	sets   []set_
	seen   [][3]uint32
	a, r   int // right sets
}

func (c *Coder) trainParties(examples []*Example, log io.Writer) (codes, shapes_ *learn.Trainer) {
	skipped := 0
	each := func(do func(s *sentence, cl *goldClaim, feats [][][]learn.Feature, shapes [shapeCount][]learn.Feature, q *slots, a, r int)) {
		skipped = 0
		walk(examples, func(e *Example, s *sentence, cl *goldClaim, links []link, mem *memory) {
			ps := e.doc.parties(s, mem)
			sets := candidateSets(s, ps)
			ab, ok1 := bitsOf(ps, cl.Actor)
			rb, ok2 := bitsOf(ps, cl.Recipient)
			a := slices.IndexFunc(sets, func(x set_) bool { return x.bits == ab })
			r := slices.IndexFunc(sets, func(x set_) bool { return x.bits == rb })
			if !ok1 || !ok2 || a < 0 || r < 0 {
				skipped++
				return
			}
			ty := slices.Index(isnad.Types, cl.Type)
			feats := make([][][]learn.Feature, len(ps)+1)
			for k := range ps {
				feats[k] = c.partyFeatures(e.doc, s, cl.head, ty, &ps[k], ps, mem)
			}
			feats[len(ps)] = [][]learn.Feature{c.emptyFeatures(s, cl.head, ty, nil)}
			var shapes [shapeCount][]learn.Feature
			for sh := range shapes {
				shapes[sh] = c.shapeFeatures(s, cl.head, ty, sh, nil)
			}
			q := &slots{ps: ps, sets: sets}
			q.see(mem, cl.Type)
			do(s, cl, feats, shapes, q, a, r)
		})
	}
	codes = learn.NewTrainer(2, 2, func(yield func([]learn.Feature)) {
		each(func(_ *sentence, _ *goldClaim, feats [][][]learn.Feature, _ [shapeCount][]learn.Feature, _ *slots, _, _ int) {
			for _, groups := range feats {
				for _, f := range groups {
					yield(f)
				}
			}
		})
	})
	shapes_ = learn.NewTrainer(1, 1, func(yield func([]learn.Feature)) {
		each(func(_ *sentence, _ *goldClaim, _ [][][]learn.Feature, shapes [shapeCount][]learn.Feature, q *slots, a, r int) {
			yield(shapes[q.shape(q.sets[a], q.sets[r])])
		})
	})
	var cases []partyCase
	each(func(_ *sentence, _ *goldClaim, feats [][][]learn.Feature, shapes [shapeCount][]learn.Feature, q *slots, a, r int) {
		pc := partyCase{sets: q.sets, seen: q.seen, a: a, r: r}
		for _, groups := range feats {
			var rows [][]int32
			for _, f := range groups {
				rows = append(rows, codes.Rows(f))
			}
			pc.rows = append(pc.rows, rows)
		}
		for sh := range shapes {
			pc.shapes[sh] = shapes_.Rows(shapes[sh])
		}
		cases = append(cases, pc)
	})
	codes.L2, shapes_.L2 = 1e-2, 1e-2
	codes.Rate, shapes_.Rate = 0.03, 0.03
	loss := 0.0
	for ep := range epochs {
		loss = 0
		for _, i := range learn.Order(len(cases), ep) {
			loss += updateParties(codes, shapes_, &cases[i])
		}
		if ep >= epochs/3 {
			codes.EndEpoch()
			shapes_.EndEpoch()
		}
	}
	codes.Finish()
	shapes_.Finish()
	fmt.Fprintf(log, "parties: %d claims, %d without a candidate, loss %.4f\n", len(cases), skipped, loss/float64(max(1, len(cases))))
	return codes, shapes_
}

// updateParties takes one step: the gradient of the log loss over all pairs of
// sets.
func updateParties(codes, shapes_ *learn.Trainer, pc *partyCase) float64 {
	n := len(pc.rows) - 1
	q := slots{ps: make([]party, n), score: make([][2]float64, n), seen: pc.seen}
	which := make([][2]int, n)
	for k := range n {
		groups := make([][2]float64, len(pc.rows[k]))
		for g := range groups {
			codes.Score(pc.rows[k][g], groups[g][:])
		}
		q.score[k], which[k] = bestMention(groups)
	}
	codes.Score(pc.rows[n][0], q.empty[:])
	used := map[int]bool{}
	for _, x := range pc.sets {
		for _, y := range pc.sets {
			used[q.shape(x, y)] = true
		}
	}
	for sh := range q.shapes {
		if used[sh] {
			shapes_.Score(pc.shapes[sh], q.shapes[sh:sh+1])
		}
	}
	m := len(pc.sets)
	p := make([]float64, m*m)
	for a := range pc.sets {
		for r := range pc.sets {
			p[a*m+r] = q.total(pc.sets[a], pc.sets[r])
		}
	}
	loss := learn.SoftmaxGrad(p, pc.a*m+pc.r)
	grads := make([][2]float64, n+1)
	shapes := [shapeCount]float64{}
	for a := range pc.sets {
		for r := range pc.sets {
			g := p[a*m+r]
			if math.Abs(g) < 1e-6 {
				continue
			}
			x, y := pc.sets[a], pc.sets[r]
			for k := range n {
				if x.bits&(1<<k) != 0 {
					grads[k][0] += g
				}
				if y.bits&(1<<k) != 0 {
					grads[k][1] += g
				}
			}
			if x.n == 0 {
				grads[n][0] += g
			}
			if y.n == 0 {
				grads[n][1] += g
			}
			shapes[q.shape(x, y)] += g
		}
	}
	for k := range grads {
		codes.Update(pc.rows[k][0], grads[k][:])
		if k == n {
			continue
		}
		for slot, g := range which[k] {
			if g > 0 {
				var one [2]float64
				one[slot] = grads[k][slot]
				codes.Update(pc.rows[k][g], one[:])
			}
		}
	}
	for sh, g := range shapes {
		if g != 0 {
			shapes_.Update(pc.shapes[sh], []float64{g})
		}
	}
	return loss
}
