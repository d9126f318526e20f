package coder

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad"
)

// Trial measures the search for triggers alone: thresholds are tried on the
// answers it keeps.
type Trial struct {
	sentences []trialSentence
	missed    map[isnad.Lang]int // gold triggers that are no candidates
	words     []string           // they
}

type trialSentence struct {
	e    *Example
	gold *GoldSentence
	hits []trialHit
}

type trialHit struct {
	s *sentence
	hit
}

// TryTriggers trains the trigger model on some examples and reads others.
func (c *Coder) TryTriggers(train, test []*Example, second bool, log io.Writer) *Trial {
	n := c.copyOf()
	n.gate = gate(train)
	n.TrainTriggers(Weights{}, train, log)
	if !second {
		n.second = nil
	}
	n.thresholds = thresholds{Trigger: 0.05}
	t := &Trial{missed: map[isnad.Lang]int{}}
	for _, e := range test {
		r := &reading{c: n, d: e.doc}
		var hs []trialHit
		for k, s := range e.doc.sentences {
			for _, cl := range e.claims[k] {
				if !n.candidate(s, cl.head) {
					t.missed[s.lang]++
					t.words = append(t.words, fmt.Sprintf("%s %s %s", s.lang, cl.Type, cl.Trigger))
				}
			}
			for _, h := range r.likely(s) {
				hs = append(hs, trialHit{s, h})
			}
		}
		for i := range e.Sentences {
			g := &e.Sentences[i]
			ts := trialSentence{e: e, gold: g}
			for _, h := range hs {
				if at := h.s.tok[h.i].Start; at >= g.Start && at < g.End {
					ts.hits = append(ts.hits, h)
				}
			}
			t.sentences = append(t.sentences, ts)
		}
	}
	return t
}

// Add adds another trial.
func (t *Trial) Add(o *Trial) {
	t.sentences = append(t.sentences, o.sentences...)
	t.words = append(t.words, o.words...)
	for l, n := range o.missed {
		t.missed[l] += n
	}
}

// kept are the hits left at a threshold.
func (ts *trialSentence) kept(th float32) []trialHit {
	var out []trialHit
	for i := 0; i < len(ts.hits); {
		j := i
		var hs []hit
		for ; j < len(ts.hits) && ts.hits[j].s == ts.hits[i].s; j++ {
			if h := ts.hits[j].hit; h.p >= th {
				hs = append(hs, h)
			}
		}
		for _, h := range thin(ts.hits[i].s, hs) {
			out = append(out, trialHit{ts.hits[i].s, h})
		}
		i = j
	}
	return out
}

// counts returns right, found and true numbers of claims by type.
func (t *Trial) counts(lang isnad.Lang, th float32, use func(e *Example) bool) (right, pred, gold [16]int) {
	for i := range t.sentences {
		ts := &t.sentences[i]
		if ts.e.Article.Lang != lang || use != nil && !use(ts.e) {
			continue
		}
		var g, p [16]int
		for _, cl := range ts.gold.Claims {
			if k := slices.Index(isnad.Types, cl.Type); k >= 0 {
				g[k]++
			}
		}
		for _, h := range ts.kept(th) {
			p[h.ty]++
		}
		for k := range g {
			gold[k] += g[k]
			pred[k] += p[k]
			right[k] += min(g[k], p[k])
		}
	}
	return
}

func sum(x [16]int) (n int) {
	for _, v := range x {
		n += v
	}
	return
}

// Print writes type F1 for each language at several thresholds, then each type.
func (t *Trial) Print(w io.Writer, types bool) {
	for _, lang := range []isnad.Lang{isnad.Arabic, isnad.English} {
		best, bestAt := 0.0, float32(0)
		var line []string
		for th := float32(.1); th < .56; th += .05 {
			r, p, g := t.counts(lang, th, nil)
			f := f1(sum(r), sum(p), sum(g))
			line = append(line, fmt.Sprintf("%.2f:%.4f", th, f))
			if f > best {
				best, bestAt = f, th
			}
		}
		r, p, g := t.counts(lang, bestAt, nil)
		fmt.Fprintf(w, "%s best %.4f at %.2f P %.3f R %.3f missed %d of %d | %s\n", lang, best, bestAt, float64(sum(r))/float64(sum(p)), float64(sum(r))/float64(sum(g)), t.missed[lang], sum(g), strings.Join(line, " "))
		if types {
			for k, ty := range isnad.Types {
				fmt.Fprintf(w, "  %-9s gold %4d P %.2f R %.2f F %.3f\n", ty, g[k], float64(r[k])/float64(max(1, p[k])), float64(r[k])/float64(max(1, g[k])), f1(r[k], p[k], g[k]))
			}
		}
	}
}

// Missed lists the triggers that were no candidates.
func (t *Trial) Missed(w io.Writer) {
	slices.Sort(t.words)
	for _, x := range t.words {
		fmt.Fprintln(w, x)
	}
}

// Errors lists wrong and missing triggers of a language at a threshold.
func (t *Trial) Errors(w io.Writer, lang isnad.Lang, th float32) {
	for i := range t.sentences {
		ts := &t.sentences[i]
		if ts.e.Article.Lang != lang {
			continue
		}
		var g, p [16]int
		for _, cl := range ts.gold.Claims {
			g[max(0, slices.Index(isnad.Types, cl.Type))]++
		}
		ks := ts.kept(th)
		for _, h := range ks {
			p[h.ty]++
		}
		if g == p {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", ts.e.Article.Text[ts.gold.Start:ts.gold.End])
		for _, cl := range ts.gold.Claims {
			k := max(0, slices.Index(isnad.Types, cl.Type))
			mark := " "
			if p[k] < g[k] {
				mark = "-"
			}
			fmt.Fprintf(w, " %s gold %s «%s»\n", mark, cl.Type, cl.Trigger)
		}
		for _, h := range ts.hits {
			mark := "."
			if slices.Contains(ks, h) {
				mark = " "
				if p[h.ty] > g[h.ty] {
					mark = "+"
				}
			}
			fmt.Fprintf(w, " %s pred %s «%s» %.2f\n", mark, isnad.Types[h.ty], h.s.tok[h.i].Norm, h.p)
		}
	}
}
