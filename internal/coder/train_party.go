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
	rows    [][]int32  // of each candidate, the last one of nobody
	mention [][]int32  // of each mention of the sentence
	bearers [][]bearer // of each candidate
	named   []bool     // of each candidate: whether the sentence names it
	shapes  [shapeCount][]int32
	sets    []set_
	seen    [][3]uint32
	a, r    int // right sets
}

// bearer is a mention that may stand for a candidate.
type bearer struct {
	m     int
	owner []int32
}

func (c *Coder) trainParties(examples []*Example, log io.Writer) (codes, shapes_ *learn.Trainer) {
	skipped := 0
	type facts struct {
		ps      []party
		codes   [][]learn.Feature // of each candidate, the last one of nobody
		mention [][]learn.Feature
		owner   [][][]learn.Feature // of each candidate and bearer
		shapes  [shapeCount][]learn.Feature
		q       *slots
		a, r    int
	}
	each := func(do func(x *facts)) {
		skipped = 0
		walk(examples, func(e *Example, s *sentence, cl *goldClaim, links []link, mem *memory) {
			x := facts{ps: e.doc.parties(s, mem)}
			sets := candidateSets(s, x.ps)
			ab, ok1 := bitsOf(x.ps, cl.Actor)
			rb, ok2 := bitsOf(x.ps, cl.Recipient)
			x.a = slices.IndexFunc(sets, func(x set_) bool { return x.bits == ab })
			x.r = slices.IndexFunc(sets, func(x set_) bool { return x.bits == rb })
			if !ok1 || !ok2 || x.a < 0 || x.r < 0 {
				skipped++
				return
			}
			ty := slices.Index(isnad.Types, cl.Type)
			x.mention = make([][]learn.Feature, len(s.men))
			for k := range x.ps {
				x.codes = append(x.codes, c.partyFeatures(e.doc, s, cl.head, ty, &x.ps[k], x.ps, mem))
				var owner [][]learn.Feature
				for _, m := range x.ps[k].bearers() {
					if x.mention[m] == nil {
						x.mention[m] = c.mentionFeatures(s, cl.head, ty, m)
					}
					owner = append(owner, c.ownerFeatures(e.doc, s, m, &x.ps[k], mem))
				}
				x.owner = append(x.owner, owner)
			}
			x.codes = append(x.codes, c.emptyFeatures(s, cl.head, ty, nil))
			for sh := range x.shapes {
				x.shapes[sh] = c.shapeFeatures(s, cl.head, ty, sh, nil)
			}
			x.q = &slots{ps: x.ps, sets: sets}
			x.q.see(mem, cl.Type)
			do(&x)
		})
	}
	codes = learn.NewTrainer(2, 2, func(yield func([]learn.Feature)) {
		each(func(x *facts) {
			for _, f := range x.codes {
				yield(f)
			}
			for _, f := range x.mention {
				yield(f)
			}
			for _, fs := range x.owner {
				for _, f := range fs {
					yield(f)
				}
			}
		})
	})
	shapes_ = learn.NewTrainer(1, 1, func(yield func([]learn.Feature)) {
		each(func(x *facts) { yield(x.shapes[x.q.shape(x.q.sets[x.a], x.q.sets[x.r])]) })
	})
	var cases []partyCase
	each(func(x *facts) {
		pc := partyCase{sets: x.q.sets, seen: x.q.seen, a: x.a, r: x.r}
		for _, f := range x.codes {
			pc.rows = append(pc.rows, codes.Rows(f))
		}
		for _, f := range x.mention {
			pc.mention = append(pc.mention, codes.Rows(f))
		}
		for k := range x.ps {
			var bs []bearer
			for n, m := range x.ps[k].bearers() {
				bs = append(bs, bearer{m, codes.Rows(x.owner[k][n])})
			}
			pc.bearers, pc.named = append(pc.bearers, bs), append(pc.named, x.ps[k].context == 0)
		}
		for sh := range x.shapes {
			pc.shapes[sh] = shapes_.Rows(x.shapes[sh])
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
	mention := make([][2]float64, len(pc.mention))
	for m := range mention {
		codes.Score(pc.mention[m], mention[m][:])
	}
	var bearers [][2]float64
	for k := range n {
		bearers = bearers[:0]
		for _, b := range pc.bearers[k] {
			v := mention[b.m]
			codes.Score(b.owner, v[:])
			bearers = append(bearers, v)
		}
		var own [2]float64
		codes.Score(pc.rows[k], own[:])
		q.score[k], which[k] = bestMention(own, bearers, pc.named[k])
	}
	codes.Score(pc.rows[n], q.empty[:])
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
		codes.Update(pc.rows[k], grads[k][:])
		if k == n {
			continue
		}
		for slot, g := range which[k] {
			if g >= 0 {
				var one [2]float64
				one[slot] = grads[k][slot]
				codes.Update(pc.mention[pc.bearers[k][g].m], one[:])
				codes.Update(pc.bearers[k][g].owner, one[:])
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
