package coder

import (
	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

const (
	vNone uint32 = iota + 200
	vLink
	vLinkWord
	vLinkStance
	vBetween
	vCarry
	vCarryQuote
	vContext
	vClass
	vType
	vCueCount
	vQuote
	vColon
	vActor
	vFirst
	vSelf
	vNearCue
	vTypeCue
	vSubject
	vKind
	vOrder
	sCue
	sCueStance
	sClass
	sType
	sAny
	sBase
	sQuote
	sPair
)

// link ties an attribution cue to whoever speaks by it.
type link struct {
	q       int // token of the cue
	mention int // in the sentence, -1 where the subject is left out
	after   bool
}

// links finds the subject of each attribution cue of a sentence.
//
// Arabic: «قال X إن»: the first bare mention within five tokens after the verb;
// «X قال»: the mention that ends right before it; «وفقا لـX»: the mention after.
// A participle («مؤكدا») and a verb without either carry the subject on.
// English: the mention before ("X said") unless another verb intervenes, else
// the one after ("said X", "according to X").
func (s *sentence) links() []link {
	var out []link
	for q, cu := range s.cues {
		if cu == nil || s.at[q] != 0 && cu.kind != "noun" && cu.kind != "idiom" {
			continue
		}
		l := link{q: q, mention: -1}
		after := func(gap int, bare bool) bool {
			for j := q + 1; j < len(s.tok) && j <= q+gap; j++ {
				switch s.tok[j].Norm {
				case "ان", "بان", "انه", "انها", "that", ":":
					return false
				}
				if s.at[j] != 0 {
					m := int(s.at[j]) - 1
					if bare && s.prepBefore(s.men[m].From) != 0 {
						return false
					}
					l.mention, l.after = m, true
					return true
				}
			}
			return false
		}
		before := func(gap int) bool {
			for j := q - 1; j >= 0 && j >= q-gap; j-- {
				if s.at[j] != 0 {
					l.mention = int(s.at[j]) - 1
					return true
				}
				if f := s.words[j].Form; s.lang == isnad.Arabic && (f == morph.Perfect || f == morph.Imperfect) {
					return false
				}
				if s.tok[j].Norm == "\"" && s.lang == isnad.Arabic {
					return false
				}
			}
			return false
		}
		switch {
		case s.lang == isnad.English && (cu.kind == "preposition" || cu.kind == "noun"):
			_ = after(5, false) || before(4)
		case s.lang == isnad.English:
			_ = before(5) || after(4, true)
		case cu.kind == "preposition":
			_ = after(4, false)
		case cu.kind == "participle":
			// carried on
		case cu.kind == "verb":
			_ = after(5, true) || before(2)
		default:
			_ = after(4, false) || before(1)
		}
		out = append(out, l)
	}
	return out
}

// speaks lists who speaks last in a sentence: the subject of its last cue of
// saying, for the sentences after.
func (s *sentence) speaks(links []link) (m int, cu *cue) {
	m = -1
	for _, l := range links {
		if l.mention >= 0 && s.cues[l.q].kind != "preposition" {
			m, cu = l.mention, s.cues[l.q]
		}
	}
	return m, cu
}

// voiceFeatures appends what speaks for candidate p (nil: nobody, the article
// narrates) as the speaker of the event of type ty at token i.
func (c *Coder) voiceFeatures(d *document, s *sentence, i, ty int, p *party, actor, recipient []isnad.Code, links []link, prev *memory, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	t := uint32(ty) + 1
	put := func(x learn.Feature) { f = append(f, x, learn.Hash(uint32(x), t)) }
	// the cue nearest before and after the trigger
	nb, na := -1, -1
	for k, l := range links {
		if l.q < i {
			nb = k
		} else if l.q > i && na < 0 {
			na = k
		}
	}
	carryAge := uint32(9)
	if prev != nil && prev.voiceAt != nil {
		carryAge = bucket(s.index - prev.sentence)
	}
	starts := uint32(0) // how the sentence begins
	if len(links) > 0 && links[0].q <= 1 {
		starts = 1 + b2u(links[0].mention < 0)
	} else if s.open {
		starts = 3
	} else if len(s.tok) > 0 && s.tok[0].Norm == "\"" {
		starts = 4
	}
	self := s.cues[i] != nil
	if p == nil {
		put(h(vNone, 0))
		put(h(vNone, 1, bucket(len(links))))
		put(h(vNone, 2, starts, carryAge))
		put(h(vNone, 3, b2u(nb >= 0), b2u(na >= 0), b2u(s.quote[i])))
		put(h(vNone, 4, b2u(self)))
		f = append(f, h(vNone, 5, s.stem[i]), h(vNone, 11, s.stem[i], b2u(nb >= 0)))
		if nb >= 0 {
			l := links[nb]
			put(h(vNone, 6, learn.String(string(s.cues[l.q].stance)), learn.String(s.cues[l.q].kind), bucket(i-l.q)))
			put(h(vNone, 7, s.stem[l.q]))
			put(h(vNone, 12, s.marker(l.q, i)))
			put(h(vNone, 13, s.clauses(l.q, i)))
		}
		if na >= 0 {
			l := links[na]
			put(h(vNone, 8, learn.String(string(s.cues[l.q].stance)), learn.String(s.cues[l.q].kind)))
			put(h(vNone, 9, s.stem[l.q]))
		}
		put(h(vNone, 10, b2u(s.title), b2u(s.index == 0)))
		return f
	}
	put(h(vContext, uint32(p.context), oneClass(p.code)))
	put(h(vActor, b2u(has(actor, p.code)), b2u(has(recipient, p.code)), uint32(min(p.context, 1))))
	linked := false
	for k, l := range links {
		if l.mention < 0 {
			continue
		}
		mine := false
		for _, m := range p.men {
			mine = mine || m == l.mention
		}
		if !mine {
			continue
		}
		linked = true
		cu := s.cues[l.q]
		side := b2u(l.q > i)
		if l.q == i {
			side = 2
		}
		lo, hi := l.q, i
		if lo > hi {
			lo, hi = hi, lo
		}
		put(h(vLink, side, bucket(hi-lo), b2u(k == nb || k == na)))
		put(h(vLinkWord, side, s.stem[l.q]))
		put(h(vLinkStance, side, learn.String(string(cu.stance)), learn.String(cu.kind), b2u(k == nb || k == na)))
		put(h(vBetween, side, s.marker(lo, hi), s.clauses(lo, hi)))
		put(h(vBetween, side, b2u(s.quote[i]), b2u(l.q+1 < len(s.quote) && s.quote[l.q]), 1))
		put(h(vOrder, side, uint32(min(k, 3)), uint32(min(len(links), 4))))
		put(h(vKind, side, uint32(s.men[l.mention].Kind), learn.String(cu.kind)))
	}
	if !linked && p.context == 0 {
		m := &s.men[p.men[0]]
		put(h(vSelf, uint32(m.Kind), b2u(m.From > i)))
		put(h(vFirst, b2u(p.men[0] == 0), b2u(m.To < len(s.tok) && s.tok[min(m.To, len(s.tok)-1)].Norm == ":"), bucket(m.From)))
		put(h(vSelf, 7, bucket(len(links)), starts))
		if m.From > 0 {
			put(h(vSelf, 8, s.stem[m.From-1]))
		}
		if m.To < len(s.stem) {
			put(h(vSelf, 9, s.stem[m.To]))
		}
	}
	if prev != nil && has(prev.voice, p.code) {
		put(h(vCarry, starts, carryAge, b2u(linked), uint32(min(p.context, 2))))
		put(h(vCarryQuote, b2u(s.quote[i]), b2u(s.open), starts))
		if nb >= 0 {
			put(h(vCarry, 20, b2u(links[nb].mention < 0), learn.String(s.cues[links[nb].q].kind), starts))
			f = append(f, h(vCarry, 21, s.stem[links[nb].q], b2u(links[nb].mention < 0), b2u(linked)))
		}
		if na >= 0 {
			put(h(vCarry, 22, b2u(links[na].mention < 0), learn.String(s.cues[links[na].q].kind)))
		}
	}
	if prev != nil && has(prev.speaker, p.code) {
		put(h(vCarry, 30, starts, b2u(s.quote[i]), b2u(linked), b2u(nb >= 0)))
	}
	if p.context > 0 {
		put(h(vCarry, 40, bucket(len(links)), b2u(s.quote[i]), uint32(p.context), oneClass(p.code)))
		if nb >= 0 {
			put(h(vCarry, 41, s.stem[links[nb].q], oneClass(p.code), b2u(links[nb].mention < 0)))
		}
		if na >= 0 {
			put(h(vCarry, 42, s.stem[links[na].q], oneClass(p.code), b2u(links[na].mention < 0)))
		}
	}
	return f
}

// marker says how content is introduced between a cue and a trigger.
func (s *sentence) marker(lo, hi int) uint32 {
	for j := lo + 1; j < hi && j < len(s.tok); j++ {
		switch s.tok[j].Norm {
		case "ان", "بان", "انه", "انها", "that", "بانه", "بانها", "انهم":
			return 1
		case ":":
			return 2
		case "\"":
			return 3
		}
	}
	if hi-lo <= 3 {
		return 4
	}
	return 0
}

// clauses counts the finite verbs that open a clause between two tokens.
func (s *sentence) clauses(lo, hi int) uint32 {
	n := 0
	for j := lo + 1; j < hi && j < len(s.words); j++ {
		if f := s.words[j].Form; s.tok[j].Kind == token.Word && (f == morph.Perfect || f == morph.Imperfect) && s.cues[j] == nil {
			n++
			if s.words[j].Conj {
				n++
			}
		}
	}
	return bucket(n)
}

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
		cu := s.cues[g]
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
