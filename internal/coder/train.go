package coder

import (
	"fmt"
	"io"
	"slices"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
	"isnad/lexicon"
)

// Training: each model is trained on the gold answers of the steps before it.

// Epochs of each model, chosen by cross-validation (docs/quality.md).
const epochs = 12

// Thresholds, chosen by cross-validation for strict and claim F1: a word's
// probability of carrying an event, and the score of the whole claim, under
// which a claim is more likely to be wrong somewhere than to be worth having.
const (
	leastTrigger = 0.28
	leastClaim   = 0.08
)

// Prepare ties annotated articles to a bare coder's words.
func Prepare(lex *lexicon.Lexicon, ann *annotate.Actors, examples []*Example) *Coder {
	c := newBare(lex)
	for _, e := range examples {
		c.attach(e, ann)
	}
	return c
}

// Weights are the bytes of the trained models.
type Weights map[string][]byte

// Train learns the models from examples that Prepare has seen. Trainings of one
// bare coder may run side by side.
func (c *Coder) Train(examples []*Example, log io.Writer) (*Coder, Weights) {
	n := c.copyOf()
	n.gate = gate(examples)
	w := Weights{}
	n.TrainTriggers(w, examples, log)
	pm, sm := n.trainParties(examples, log)
	n.party, n.shape = n.keep(w, "party", pm), n.keep(w, "shape", sm)
	n.TrainVoices(w, examples, log)
	n.thresholds = thresholds{Trigger: leastTrigger, Claim: leastClaim}
	w["gate"] = gateBytes(n.gate)
	return n, w
}

func (c *Coder) keep(w Weights, name string, t *learn.Trainer) *learn.Model {
	w[name] = t.Bytes()
	return t.Model()
}

// copyOf shares tables but not caches or models.
func (c *Coder) copyOf() *Coder {
	return &Coder{morph: c.morph, terms: c.terms, cues: c.cues, clusters: c.clusters, particles: c.particles, homes: c.homes}
}

// gate collects the stems and bases that carried an event.
func gate(examples []*Example) map[uint32]bool {
	g := map[uint32]bool{}
	for _, e := range examples {
		for k, cs := range e.claims {
			s := e.doc.sentences[k]
			for _, cl := range cs {
				g[s.words[cl.head].stem] = true
				g[s.words[cl.head].base] = true
			}
		}
	}
	return g
}

// instance is one decision: features and the right answer.
type instance struct {
	rows   []int32
	right  int
	weight float64   // 0 is 1
	start  []float64 // scores before any feature, nil for none
}

// collect runs make twice: once to count features, once to make instances.
func collect(k, cutoff int, make func(yield func(f []learn.Feature, right int))) (*learn.Trainer, []instance) {
	t := learn.NewTrainer(k, cutoff, func(yield func([]learn.Feature)) {
		make(func(f []learn.Feature, _ int) { yield(f) })
	})
	var ins []instance
	make(func(f []learn.Feature, right int) { ins = append(ins, instance{rows: t.Rows(f), right: right}) })
	return t, ins
}

func fit(t *learn.Trainer, ins []instance, epochs int) float64 {
	s := make([]float64, t.K)
	loss := 0.0
	for ep := range epochs {
		loss = 0
		for _, i := range learn.Order(len(ins), ep) {
			clear(s)
			copy(s, ins[i].start)
			t.Score(ins[i].rows, s)
			loss += learn.SoftmaxGrad(s, ins[i].right)
			if w := ins[i].weight; w != 0 {
				for k := range s {
					s[k] *= w
				}
			}
			t.Update(ins[i].rows, s)
		}
		if ep >= epochs/3 {
			t.EndEpoch()
		}
	}
	t.Finish()
	return loss / float64(max(1, len(ins)))
}

// TrainTriggers learns what finds triggers: the first pass, and the second on
// what first passes make of articles they have not seen.
func (c *Coder) TrainTriggers(w Weights, examples []*Example, log io.Writer) {
	const parts = 3
	cands := map[*Example][][]cand{}
	for k := range parts {
		var in, out []*Example
		for _, e := range examples {
			if e.Fold(7*parts)/7 == k {
				out = append(out, e)
			} else {
				in = append(in, e)
			}
		}
		n := c.copyOf()
		n.gate = gate(in)
		tm, dm := n.trainTrigger(in, io.Discard)
		n.trigger, n.dullness = tm.Model(), dm.Model()
		for _, e := range out {
			cands[e] = n.first(e.doc)
		}
	}
	c.second = c.keep(w, "second", c.trainSecond(examples, cands, log))
	tm, dm := c.trainTrigger(examples, log)
	c.trigger, c.dullness = c.keep(w, "trigger", tm), c.keep(w, "dull", dm)
}

// trainSecond starts from the probabilities of the first pass and learns what
// to change. At ten times this step it does more harm than good.
func (c *Coder) trainSecond(examples []*Example, cands map[*Example][][]cand, log io.Writer) *learn.Trainer {
	var starts [][]float64
	t, ins := collect(classes, 2, func(yield func([]learn.Feature, int)) {
		starts = starts[:0]
		var f []learn.Feature
		for _, e := range examples {
			cs := cands[e]
			m := massOf(cs)
			for k, s := range e.doc.sentences {
				if !e.annotated(k) {
					continue
				}
				label := e.labels(k, cs)
				for n, x := range cs[k] {
					if label[x.i] < 0 {
						continue
					}
					f = c.secondFeatures(e.doc, s, cs, m, n, f[:0])
					from := x.start()
					starts = append(starts, from[:])
					yield(f, label[x.i])
				}
			}
		}
	})
	for i := range ins {
		ins[i].start = starts[i]
	}
	t.L2, t.Rate = 1e-2, 0.005
	loss := fit(t, ins, epochs)
	fmt.Fprintf(log, "second: %d words, loss %.4f\n", len(ins), loss)
	return t
}

// labels gives each token of sentence k its class, -1 to those that are part of
// a trigger without standing for it. Where a first pass has looked, the
// likeliest word of a trigger stands for it.
func (e *Example) labels(k int, cs [][]cand) []int {
	label := make([]int, len(e.doc.sentences[k].tok))
	for _, cl := range e.claims[k] {
		ty := 1 + slices.Index(isnad.Types, cl.Type)
		best, most := cl.head, float32(-1)
		if cs != nil {
			for _, x := range cs[k] {
				if x.i >= cl.from && x.i < cl.to && label[x.i] <= 0 && x.p[ty] > most {
					best, most = x.i, x.p[ty]
				}
			}
		}
		for i := cl.from; i < cl.to; i++ {
			if label[i] == 0 {
				label[i] = -1
			}
		}
		label[best] = ty
	}
	return label
}

// trainTrigger learns the model of triggers and, from word forms alone, the one
// that tells which words need not be asked.
func (c *Coder) trainTrigger(examples []*Example, log io.Writer) (trigger, dull *learn.Trainer) {
	words := func(whole bool, yield func([]learn.Feature, int)) {
		var f []learn.Feature
		for _, e := range examples {
			for k, s := range e.doc.sentences {
				if !e.annotated(k) {
					continue
				}
				label := e.labels(k, nil)
				for i := range s.tok {
					if label[i] < 0 || label[i] == 0 && !c.candidate(s, i) {
						continue
					}
					f = wordFeatures(s.words[i], f[:0])
					if whole {
						f = c.triggerFeatures(e.doc, s, i, f)
					}
					yield(f, label[i])
				}
			}
		}
	}
	t, ins := collect(len(isnad.Types)+1, 3, func(yield func([]learn.Feature, int)) { words(true, yield) })
	t.L2, t.Rate, t.Least = 1e-2, 0.1, 3
	loss := fit(t, ins, epochs)
	d, ins := collect(2, 2, func(yield func([]learn.Feature, int)) {
		words(false, func(f []learn.Feature, right int) { yield(f, min(right, 1)) })
	})
	d.L2, d.Rate = 1e-2, 0.1
	dl := fit(d, ins, epochs)
	fmt.Fprintf(log, "trigger: %d words, loss %.4f, by word forms alone %.4f\n", len(ins), loss, dl)
	return t, d
}

// annotated reports whether sentence k of the document lies in a sentence that
// was annotated.
func (e *Example) annotated(k int) bool {
	at := e.doc.sentences[k].start
	for _, g := range e.Sentences {
		if at >= g.Start && at < g.End {
			return true
		}
	}
	return false
}

// walk visits the claims of examples with the memory a reader would have if it
// had read everything before rightly. Memories as models trained on other
// articles make them (a jackknife of three parts) were tried: strict F1 .335
// against .341 in Arabic, .303 against .294 in English, at four times the cost.
func walk(examples []*Example, do func(e *Example, s *sentence, cl *goldClaim, links []link, mem *memory)) {
	for _, e := range examples {
		mem := &memory{from: map[isnad.Code]*mentionAt{}}
		for k, s := range e.doc.sentences {
			links := s.links()
			for i := range e.claims[k] {
				cl := &e.claims[k][i]
				do(e, s, cl, links, mem)
				mem = mem.after(&Event{sent: s, Token: cl.head, Type: cl.Type, Actor: cl.Actor, Recipient: cl.Recipient, Speaker: cl.Speaker, Stance: cl.Stance, Factuality: cl.Factuality}, s)
			}
			mem = mem.spoken(s, links)
		}
	}
}
