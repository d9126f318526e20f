package coder

import (
	"isnad"
	"isnad/internal/learn"
)

// governing picks the cue by which a speaker speaks of the event at i: the
// nearest one linked to the speaker, else the nearest before, else one after.
func (s *sentence) governing(i int, code isnad.Code, links []link, ps []party) int {
	best, bestScore := -1, 1<<30
	for _, l := range links {
		score := l.q - i
		if score < 0 {
			score = -score
		}
		if l.q > i {
			score += 5
		}
		mine := false
		if l.mention >= 0 {
			mine = has(s.men[l.mention].Codes, code)
		}
		if !mine {
			score += 20
			if l.mention >= 0 {
				score += 20
			}
		}
		if score < bestScore {
			best, bestScore = l.q, score
		}
	}
	return best
}

// stanceFeatures appends what speaks for a stance of the speaker code.
func (c *Coder) stanceFeatures(s *sentence, i, ty, g int, code isnad.Code, p *party, actor []isnad.Code, prev *memory, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	t := uint32(ty) + 1
	put := func(x learn.Feature) { f = append(f, x) }
	put(h(sAny))
	cl := oneClass(code)
	put(h(sClass, cl))
	put(h(sType, t, cl))
	put(h(sQuote, b2u(s.quote[i])))
	put(h(sType, 0, b2u(has(actor, code)), t))
	if g >= 0 {
		cu := s.cueAt(g)
		if cu.denies && s.negated(g) { // «لا ينفي»
			cu = &cue{kind: cu.kind, stance: "negated"}
		}
		put(h(sCue, s.stem[g]))
		put(h(sCue, s.stem[g], t))
		put(h(sCue, s.stem[g], cl, 1))
		put(h(sCueStance, learn.String(string(cu.stance))))
		put(h(sCueStance, learn.String(string(cu.stance)), learn.String(cu.kind), b2u(g < i), cl))
		put(h(sCueStance, learn.String(string(cu.stance)), cl, 2))
		put(h(sCueStance, b2u(cu.denies), 3))
		put(h(sBase, s.base[g]))
		put(h(sPair, s.stem[g], s.marker(min(g, i), max(g, i))))
		put(h(sPair, s.stem[g], s.stem[i]))
		if g == i {
			put(h(sCue, 77, s.stem[g]))
		}
		st := learn.String(string(cu.stance))
		own := b2u(has(actor, code))
		put(h(sGov, 1, st, own, typeClass(ty)))
		put(h(sGov, 2, st, own, t))
		put(h(sGov, 3, own, t, uint32(s.words[i].Form)))
		for m := range s.men {
			if has(s.men[m].Codes, code) && (s.men[m].From > g && s.men[m].From-g < 8 || s.men[m].To <= g && g-s.men[m].To < 5) {
				put(h(sGov, 4, s.base[s.men[m].Head]))
				put(h(sGov, 5, s.base[s.men[m].From]))
				put(h(sGov, 6, uint32(s.men[m].Kind), st))
				put(h(sGov, 7, learn.String(string(s.men[m].Role)), st, own))
				break
			}
		}
		for _, x := range []int{g - 1, g + 1, g + 2} { // «قالت مصادر», "media reports"
			if x >= 0 && x < len(s.cues) && s.cues[x] != nil {
				put(h(sGov, 8, s.stem[x]))
				put(h(sGov, 9, learn.String(string(s.cues[x].stance)), st))
			}
		}
		if q := s.mods; g > 0 && q[g-1] != nil {
			put(h(sPair, s.stem[g-1], s.stem[g], 5))
			put(h(sPair, learn.String(string(q[g-1].fact)), learn.String(string(cu.stance)), 6))
		}
	} else {
		put(h(sCue, 1))
		if prev != nil {
			put(h(sCue, 2, learn.String(string(prev.stance))))
		}
	}
	for j := range s.cues {
		if s.cues[j] != nil && j != g {
			put(h(sCue, 3, learn.String(string(s.cues[j].stance)), b2u(j < i)))
			put(h(sCue, 4, s.stem[j], b2u(j < i)))
		}
	}
	return f
}
