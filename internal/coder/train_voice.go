package coder

import (
	"fmt"
	"io"
	"isnad"
	"isnad/internal/learn"
	"slices"
)

// TrainVoices learns the models of speaker, stance and factuality.
func (c *Coder) TrainVoices(w Weights, examples []*Example, log io.Writer) {
	c.voice = c.keep(w, "voice", c.trainVoice(examples, log))
	c.stance = c.keep(w, "stance", c.trainStance(examples, log))
	c.fact = c.keep(w, "fact", c.trainFact(examples, log))
}

// ranking is one choice among candidates, each with its own features.
type ranking struct {
	rows  [][]int32
	right int
}

func (c *Coder) trainVoice(examples []*Example, log io.Writer) *learn.Trainer {
	each := func(do func(feats [][]learn.Feature, right int)) {
		walk(examples, func(e *Example, s *sentence, cl *goldClaim, links []link, mem *memory) {
			ps := speakers(e.doc.parties(s, mem), mem)
			right := 0
			if len(cl.Speaker) > 0 {
				k := slices.IndexFunc(ps, func(p party) bool { return p.code == cl.Speaker[0] })
				if k < 0 {
					return
				}
				right = k + 1
			}
			ty := slices.Index(isnad.Types, cl.Type)
			feats := make([][]learn.Feature, len(ps)+1)
			feats[0] = c.voiceFeatures(e.doc, s, cl.head, ty, nil, cl.Actor, cl.Recipient, links, mem, nil)
			for k := range ps {
				feats[k+1] = c.voiceFeatures(e.doc, s, cl.head, ty, &ps[k], cl.Actor, cl.Recipient, links, mem, nil)
			}
			do(feats, right)
		})
	}
	t := learn.NewTrainer(1, 3, func(yield func([]learn.Feature)) {
		each(func(feats [][]learn.Feature, _ int) {
			for _, f := range feats {
				yield(f)
			}
		})
	})
	var rs []ranking
	each(func(feats [][]learn.Feature, right int) {
		r := ranking{right: right}
		for _, f := range feats {
			r.rows = append(r.rows, t.Rows(f))
		}
		rs = append(rs, r)
	})
	t.L2, t.Rate = 1e-2, 0.05
	loss := 0.0
	for ep := range epochs {
		loss = 0
		for _, i := range learn.Order(len(rs), ep) {
			r := &rs[i]
			p := make([]float64, len(r.rows))
			for k := range r.rows {
				t.Score(r.rows[k], p[k:k+1])
			}
			loss += learn.SoftmaxGrad(p, r.right)
			for k := range r.rows {
				t.Update(r.rows[k], p[k:k+1])
			}
		}
		if ep >= epochs/3 {
			t.EndEpoch()
		}
	}
	t.Finish()
	fmt.Fprintf(log, "voice: %d claims, loss %.4f\n", len(rs), loss/float64(max(1, len(rs))))
	return t
}

func (c *Coder) trainStance(examples []*Example, log io.Writer) *learn.Trainer {
	t, ins := collect(len(isnad.Stances)-1, 1, func(yield func([]learn.Feature, int)) {
		walk(examples, func(e *Example, s *sentence, cl *goldClaim, links []link, mem *memory) {
			if len(cl.Speaker) == 0 {
				return
			}
			right := slices.Index(isnad.Stances, cl.Stance) - 1
			if right < 0 {
				return
			}
			ps := speakers(e.doc.parties(s, mem), mem)
			k := slices.IndexFunc(ps, func(p party) bool { return p.code == cl.Speaker[0] })
			if k < 0 {
				return
			}
			ty := slices.Index(isnad.Types, cl.Type)
			g := s.governing(cl.head, cl.Speaker[0], links, ps)
			yield(c.stanceFeatures(s, cl.head, ty, g, cl.Speaker[0], &ps[k], cl.Actor, mem, nil), right)
		})
	})
	t.L2, t.Rate = 1e-2, 0.1
	loss := fit(t, ins, epochs)
	fmt.Fprintf(log, "stance: %d claims, loss %.4f\n", len(ins), loss)
	return t
}

func (c *Coder) trainFact(examples []*Example, log io.Writer) *learn.Trainer {
	t, ins := collect(len(isnad.Factualities), 2, func(yield func([]learn.Feature, int)) {
		walk(examples, func(e *Example, s *sentence, cl *goldClaim, links []link, mem *memory) {
			right := slices.Index(isnad.Factualities, cl.Factuality)
			if right < 0 {
				return
			}
			e2 := Event{Actor: cl.Actor, Speaker: cl.Speaker, Stance: cl.Stance}
			yield(c.factFeatures(s, cl.head, slices.Index(isnad.Types, cl.Type), &e2, mem, nil), right)
		})
	})
	t.L2, t.Rate = 1e-2, 0.1
	for i := range ins {
		switch isnad.Factualities[ins[i].right] {
		case isnad.Planned:
			ins[i].weight = 1.3
		case isnad.Actual:
		default:
			ins[i].weight = 3
		}
	}
	loss := fit(t, ins, epochs)
	fmt.Fprintf(log, "fact: %d claims, loss %.4f\n", len(ins), loss)
	return t
}
