package coder

import (
	"fmt"
	"io"
	"math"
	"slices"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
	"isnad/lexicon"
)

// Training: each model is trained on the gold answers of the steps before it.

// Epochs of each model, chosen by cross-validation (docs/quality.md).
const epochs = 12

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
	n.thresholds = thresholds{Trigger: 0.35}
	w["gate"] = gateBytes(n.gate)
	return n, w
}

// TrainVoices learns the models of speaker, stance and factuality.
func (c *Coder) TrainVoices(w Weights, examples []*Example, log io.Writer) {
	c.voice = c.keep(w, "voice", c.trainVoice(examples, log))
	c.stance = c.keep(w, "stance", c.trainStance(examples, log))
	c.fact = c.keep(w, "fact", c.trainFact(examples, log))
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
					starts = append(starts, x.start())
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
	at := e.doc.sentences[k].tok[0].Start
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
