package coder

import (
	"math"
	"slices"

	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
)

// The search for triggers reads an article twice. The first pass looks at each
// word by itself; the second decides, knowing what the first made of the words,
// sentences and article around it: two words that tell one event, an article
// that is not about politics at all.

const classes = 17 // no event, then isnad.Types

// cand is a word as the first pass leaves it.
type cand struct {
	i    int
	p    [classes]float32
	best int     // likeliest type, from 1
	ev   float32 // 1-p[0]
}

// start are the scores that the second pass begins from: it learns only what to
// change.
func (x *cand) start() (out [classes]float64) {
	for k, p := range x.p {
		out[k] = math.Log(float64(p) + 1e-4)
	}
	return out
}

// secondLeast is the probability below which the second pass does not look.
const secondLeast = 0.02

// surelyNone is by how much the score of "no event" must be above all others for
// the probability of an event to lie under secondLeast: 16 e⁻⁷ is .015.
const surelyNone = 7

// first runs the first pass over a document.
func (c *Coder) first(d *document) [][]cand {
	out := make([][]cand, len(d.sentences))
	var f []learn.Feature
	for k, s := range d.sentences {
		for i := range s.tok {
			if s.words[i].dull || !c.candidate(s, i) {
				continue
			}
			var x cand
			if w := s.words[i]; w.own != nil {
				copy(x.p[:], w.own)
				f = f[:0]
			} else { // prepared without a model, for training
				f = wordFeatures(w, f[:0])
				var q [2]float32
				c.dullness.Score(f, q[:])
				learn.Softmax(q[:])
				if q[1] < dull {
					continue
				}
				c.trigger.Score(f, x.p[:])
				f = f[:0]
			}
			f = c.triggerFeatures(d, s, i, f)
			c.trigger.Score(f, x.p[:])
			if slices.Max(x.p[1:]) < x.p[0]-surelyNone {
				continue
			}
			learn.Softmax(x.p[:])
			x.i, x.ev, x.best = i, 1-x.p[0], 1
			for j := 2; j < classes; j++ {
				if x.p[j] > x.p[x.best] {
					x.best = j
				}
			}
			if x.ev >= secondLeast {
				out[k] = append(out[k], x)
			}
		}
	}
	return out
}

// logit puts a probability into one of a dozen bins.
func logit(p float32) uint32 {
	x := math.Log(float64(p)+1e-6) - math.Log(1-float64(p)+1e-6)
	return uint32(math.Round(max(-4, min(4, x))*1.5) + 10)
}

const (
	sOwn uint32 = iota + 200
	sOwnType
	sSecond
	sLex
	sStem
	sNear
	sNearStem
	sNearPair
	sSum
	sDoc
	sDocType
	sPrev
	sForm
	sRank
	sMen
)

// mass sums what the first pass found in each sentence of a document: of any
// type, and of each.
type mass struct {
	all [][classes]float32
	sum [classes]float32
}

func massOf(cs [][]cand) *mass {
	m := &mass{all: make([][classes]float32, len(cs))}
	for k := range cs {
		for _, x := range cs[k] {
			m.all[k][0] += x.ev
			m.sum[0] += x.ev
			for t := 1; t < classes; t++ {
				m.all[k][t] += x.p[t]
				m.sum[t] += x.p[t]
			}
		}
	}
	return m
}

func amount(x float32) uint32 {
	switch {
	case x < .1:
		return 0
	case x < .3:
		return 1
	case x < .6:
		return 2
	case x < 1:
		return 3
	case x < 1.5:
		return 4
	case x < 2.5:
		return 5
	case x < 4:
		return 6
	}
	return 7
}

// secondFeatures describes candidate n of sentence k.
func (c *Coder) secondFeatures(d *document, s *sentence, cs [][]cand, m *mass, n int, f []learn.Feature) []learn.Feature {
	k := s.index
	x := &cs[k][n]
	h := learn.Hash
	own, ty := logit(x.ev), uint32(x.best)
	second := 0
	for t := 1; t < classes; t++ {
		if t != x.best && (second == 0 || x.p[t] > x.p[second]) {
			second = t
		}
	}
	margin := logit(x.p[x.best] / x.ev)
	w := s.words[x.i]
	var lex uint32
	if t := s.terms[x.i]; t != nil {
		lex = 1
		if t.types&(1<<(x.best-1)) != 0 {
			lex = 2
		}
	}
	en := b2u(s.lang == isnad.English)
	form := uint32(w.Form)
	f = append(f, h(sOwn, own), h(sOwn, own, en), h(sOwnType, own, ty), h(sOwnType, 99, ty), h(sSecond, ty, uint32(second), margin), h(sSecond, ty, margin),
		h(sLex, lex, own), h(sLex, lex, ty), h(sForm, form, ty, b2u(w.Art)), h(sForm, form, own))
	// the nearest likely word of the same type, and of any, on either side
	stronger, rank := 0, 0
	for side := range 2 {
		var near, same *cand
		for j := range cs[k] {
			y := &cs[k][j]
			if side == 0 && j >= n || side == 1 && j <= n || y.ev < .12 {
				continue
			}
			if side == 0 || near == nil {
				near = y
			}
			if y.best == x.best && (same == nil || y.ev > same.ev) {
				same = y
			}
		}
		sd := uint32(side)
		if near == nil {
			f = append(f, h(sNear, sd, 0, ty), h(sNear, sd, 0, own))
		} else {
			dist := bucket(abs(near.i - x.i))
			f = append(f, h(sNear, sd, 1, ty, uint32(near.best), dist), h(sNear, sd, 2, ty, uint32(near.best), b2u(near.ev > x.ev)), h(sNear, sd, 3, dist, b2u(near.ev > x.ev), own/2))
		}
		if same == nil {
			f = append(f, h(sNear, sd, 8, ty), h(sNear, sd, 8, own))
			continue
		}
		over := b2u(same.ev > x.ev)
		dist := bucket(abs(same.i - x.i))
		a, b := min(same.i, x.i), max(same.i, x.i)
		var link uint32 // what stands between: a conjunction, a finite verb, a comma
		for j := a + 1; j <= b; j++ {
			if s.words[j].Conj || s.tok[j].Norm == "and" {
				link |= 1
			}
			if j < b && (s.words[j].Form == morph.Perfect || s.words[j].Form == morph.Imperfect) {
				link |= 2
			}
			if n := s.tok[j].Norm; n == "," || n == "،" || n == ";" || n == "؛" {
				link |= 4
			}
		}
		f = append(f, h(sNear, sd, 9, ty, over, dist), h(sNear, sd, 10, logit(same.ev)/2, own/2), h(sNear, sd, 11, over, link, ty), h(sNear, sd, 12, over, dist, link),
			h(sNear, sd, 13, form, uint32(s.words[same.i].Form), over))
	}
	for j := range cs[k] {
		if y := &cs[k][j]; j != n {
			if y.ev > x.ev {
				rank++
			}
			if y.best == x.best && y.ev > x.ev {
				stronger++
			}
		}
	}
	rest := m.all[k][0] - x.ev
	f = append(f, h(sRank, uint32(min(stronger, 3)), ty), h(sRank, uint32(min(stronger, 3)), own), h(sRank, 9, uint32(min(rank, 4)), own), h(sSum, amount(rest), own/2), h(sSum, 1, amount(rest), ty),
		h(sSum, 2, amount(m.all[k][x.best]-x.p[x.best]), ty), h(sSum, 3, amount(m.all[k][x.best]-x.p[x.best]), own))
	// the article around
	others := float32(max(1, len(cs)-1))
	density := amount((m.sum[0] - m.all[k][0]) / others * 2)
	f = append(f, h(sDoc, density, own), h(sDoc, density, ty), h(sDoc, 20, density, lex), h(sDocType, amount(m.sum[x.best]-m.all[k][x.best]), ty), h(sDocType, 1, amount(m.sum[x.best]-m.all[k][x.best]), own), h(sDoc, 21, bucket(len(cs)), density))
	for o := -1; o <= 1; o += 2 {
		if k+o >= 0 && k+o < len(cs) {
			f = append(f, h(sPrev, uint32(o+2), amount(m.all[k+o][0]), own/2), h(sPrev, uint32(o+12), amount(m.all[k+o][x.best]), ty))
		} else {
			f = append(f, h(sPrev, uint32(o+2), 99))
		}
	}
	l, ld, r, rd := s.nearest(x.i)
	f = append(f, h(sMen, 1, mentionClass(s.men, l), bucket(ld), ty), h(sMen, 2, mentionClass(s.men, r), bucket(rd), ty), h(sMen, 3, bucket(len(s.men)), own), h(sMen, 4, bucket(len(d.codes)), own), h(sMen, 5, bucket(len(s.tok)/4), own/2))
	return f
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}
