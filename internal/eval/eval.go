// Package eval scores claims against a gold set: the algorithm, the figures and
// the printed lines are those of the annotation guide's own scorer, score.py,
// so that either may be used (TestLikeScorePy compares their bytes).
//
// Per sentence, gold and predicted claims are paired one to one so that the most
// agree, and a pair counts at four levels:
//
//	type    the event type is right
//	event   type, and actor and recipient each share a code (or are both empty)
//	strict  type, and actor and recipient are the same sets
//	claim   strict, and the same speakers, stance and factuality
//
// For each stance and factuality F1 is counted over claims whose type and three
// parties are strictly right, so that a constant answer scores 0 on all others.
package eval

import (
	"cmp"
	"slices"

	"isnad"
)

// Levels names how far two claims agree, from least to most.
var Levels = []string{"type", "event", "strict", "claim"}

// claim is what is compared of a claim.
type claim struct {
	typ                       string
	actor, recipient, speaker []string // sorted, each once
	stance, factuality        string
}

// agreement says at which Levels a gold and a predicted claim agree.
func agreement(g, p claim) [4]bool {
	t := g.typ == p.typ
	e := t && share(g.actor, p.actor) && share(g.recipient, p.recipient)
	s := t && slices.Equal(g.actor, p.actor) && slices.Equal(g.recipient, p.recipient)
	c := s && slices.Equal(g.speaker, p.speaker) && g.stance == p.stance && g.factuality == p.factuality
	return [4]bool{t, e, s, c}
}

// share says that two sets have a code in common, or that both are empty.
func share(a, b []string) bool {
	if len(a) == 0 && len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(c string) bool { return slices.Contains(b, c) })
}

// pair is one gold and one predicted claim of a sentence, by their places.
type pair struct{ gold, pred int }

// pairs matches greedily, the pair that agrees most first; of equals the one
// that stands first. The weights are score.py's times ten, so that they are
// whole numbers and equal ones compare equal.
func pairs(gold, pred []claim) []pair {
	type scored struct {
		weight int
		pair
	}
	var all []scored
	for i, g := range gold {
		for j, p := range pred {
			l := agreement(g, p)
			if !l[0] {
				continue
			}
			extra := b2i(g.stance == p.stance) + b2i(g.factuality == p.factuality) + b2i(slices.Equal(g.speaker, p.speaker))
			all = append(all, scored{80*b2i(l[3]) + 40*b2i(l[2]) + 40*b2i(l[1]) + 20 + extra, pair{i, j}})
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred))
	})
	usedGold, usedPred := make([]bool, len(gold)), make([]bool, len(pred))
	var out []pair
	for _, s := range all {
		if !usedGold[s.gold] && !usedPred[s.pred] {
			usedGold[s.gold], usedPred[s.pred] = true, true
			out = append(out, s.pair)
		}
	}
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Options narrow what is scored.
type Options struct {
	Lang isnad.Lang // "" for all
	// Error is called for sentences where gold and prediction differ, in order,
	// until it returns false. It may be nil.
	Error func(Difference) bool
}

// Score compares predicted claims with gold claims over the articles' sentences.
func Score(articles *Articles, gold, predicted Claims, o Options) Result {
	c := newCounts()
	for _, a := range articles.list {
		if o.Lang != "" && a.Lang != o.Lang {
			continue
		}
		for _, s := range a.sentences {
			k := key{a.ID, s.I}
			gs, ps := gold[k], predicted[k]
			ms := pairs(gs, ps)
			c.add(gs, ps, ms)
			if o.Error != nil && differ(gs, ps, ms) && !o.Error(Difference{a, s, gs, ps}) {
				o.Error = nil
			}
		}
	}
	return c.result()
}

// differ says that some claim of the sentence is not wholly right.
func differ(gs, ps []claim, ms []pair) bool {
	return len(ms) < max(len(gs), len(ps)) ||
		slices.ContainsFunc(ms, func(m pair) bool { return !agreement(gs[m.gold], ps[m.pred])[3] })
}
