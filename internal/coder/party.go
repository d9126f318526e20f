package coder

import (
	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// A claim's parties are chosen jointly: every pair of an actor set and a
// recipient set over the candidate codes gets the sum of its members' scores
// for their slots and of the scores of the pair's shape (who is empty, equal,
// two), and the best pair wins. Independent choices for each code lost .03 of
// strict F1 in cross-validation: they forget that a claim has one actor.

const (
	pDist uint32 = iota + 100
	pPrep
	pPrepStem
	pNextTo
	pKind
	pSide
	pOrder
	pBetween
	pVerbBetween
	pSubject
	pStemSide
	pWord
	pContext
	pTitle
	pFreq
	pNearest
	pSpeaker
	pPrevParty
	pClass
	pShape
	pShapeStem
	pShapeForm
	pShapePassive
	pRole
	pNisba
	pQuote
	pPassive
	pCoord
	pEnc
	pUnnamed
	pSym
	pClause
	pGenitive
	pHome
	pBy
	pOwner
)

// partyFeatures returns what relates a candidate code to a trigger at token i
// of type ty.
func (c *Coder) partyFeatures(d *document, s *sentence, i int, ty int, p *party, ps []party, prev *memory) []learn.Feature {
	h := learn.Hash
	t := uint32(ty) + 1
	w := s.words[i]
	form := uint32(w.Form)
	stem := s.stem[i]
	f := make([]learn.Feature, 0, 48)
	put := func(x learn.Feature) { f = append(f, x, learn.Hash(uint32(x), t)) }
	gov, own := s.governor(i)
	explicit := uint32(0) // whether the trigger has a subject in the sentence
	if gov != nil {
		explicit = 1 + uint32(gov.how)
		if !own {
			explicit += 10
		}
	}
	in := 0 // states the sentence names
	for k := range ps {
		if ps[k].context == 0 && oneClass(ps[k].code) != 1 && oneClass(ps[k].code) != 2 {
			in++
		}
	}
	put(h(pContext, uint32(p.context)))
	put(h(pClass, oneClass(p.code), uint32(min(p.context, 2))))
	put(h(pFreq, bucket(d.codes[p.code]), b2u(p.context > 0)))
	put(h(pFreq, 50, b2u(d.top() == p.code), b2u(p.context > 0), uint32(min(in, 3))))
	if prev != nil {
		put(h(pPrevParty, b2u(has(prev.actor, p.code)), b2u(has(prev.recipient, p.code)), b2u(p.context > 0)))
		a, r, at, rt := prev.times(p.code, isnad.Types[ty])
		put(h(pPrevParty, 20, uint32(min(a, 3)), uint32(min(r, 3)), b2u(p.context > 0)))
		put(h(pPrevParty, 21, uint32(min(at, 2)), uint32(min(rt, 2)), b2u(p.context > 0)))
		put(h(pPrevParty, 22, b2u(a > r)+2*b2u(r > a), uint32(min(len(prev.told), 3)), b2u(p.context > 0)))
	}
	put(h(pHome, b2u(p.code == d.home), b2u(p.context > 0)))
	put(h(pOrder, uint32(min(len(p.men), 4)), uint32(min(in, 4))))
	named := false
	for _, k := range p.men {
		named = named || !s.men[k].Resolved
	}
	put(h(pOrder, 77, b2u(named), b2u(p.context == 0), uint32(min(in, 3))))
	if p.context > 0 {
		// whether a paragraph, perhaps another brief, lies between
		if p.from != nil {
			put(h(pContext, 60, b2u(p.from.s.index >= s.head), b2u(s.marked()), uint32(min(p.context, 3))))
		}
		put(h(pContext, uint32(p.context), form, uint32(min(in, 3))))
		put(h(pContext, uint32(p.context), explicit, 1))
		if prev != nil {
			put(h(pPrevParty, 9, b2u(has(prev.voice, p.code)), explicit, b2u(s.index-prev.sentence <= 1)))
		}
		if p.from != nil && p.context <= 2 {
			q := p.from.s
			ls, fs := q.lastSubject(), q.firstSubject()
			put(h(pSubject, 30, b2u(ls >= 0 && has(q.men[ls].Codes, p.code)), b2u(fs >= 0 && has(q.men[fs].Codes, p.code)), explicit))
		}
		if p.code == isnad.Unknown {
			put(h(pUnnamed, form))
			f = append(f, h(pUnnamed, stem))
			put(h(pUnnamed, 1, uint32(min(in, 3))))
		}
		if w.Enc != "" {
			put(h(pEnc, form, uint32(p.context)))
		}
	}
	return f
}

// ownerFeatures tells whether a mention whose words name no state is of a
// candidate: of whom context says it is, of the outlet's state, of that named
// most, of the party named before or after.
func (c *Coder) ownerFeatures(d *document, s *sentence, k int, p *party, prev *memory) []learn.Feature {
	m := &s.men[k]
	if !m.Resolved {
		return nil
	}
	h := learn.Hash
	f := make([]learn.Feature, 0, 24)
	own := b2u(has(m.Codes, p.code))
	base, kind := s.base[m.Head], uint32(m.Kind)
	before, after := uint32(0), uint32(0) // how many named mentions stand between, from 1
	for j, n := k-1, uint32(1); j >= 0; j-- {
		if !s.men[j].Resolved {
			if has(s.men[j].Codes, p.code) {
				before = n
				break
			}
			n++
		}
	}
	for j, n := k+1, uint32(1); j < len(s.men); j++ {
		if !s.men[j].Resolved {
			if has(s.men[j].Codes, p.code) {
				after = n
				break
			}
			n++
		}
	}
	before, after = min(before, 3), min(after, 3)
	home, top := b2u(p.code == d.home), b2u(p.code == d.top())
	ctx := uint32(p.context)
	f = append(f, h(pOwner, 1, own), h(pOwner, 2, own, kind), h(pOwner, 3, own, base), h(pOwner, 4, own, ctx),
		h(pOwner, 5, before, after), h(pOwner, 6, before, after, kind), h(pOwner, 7, before, after, base), h(pOwner, 8, home, top, ctx), h(pOwner, 9, home, base), h(pOwner, 10, top, base), h(pOwner, 11, home, top, kind, own),
		h(pOwner, 12, ctx, base), h(pOwner, 13, ctx, kind, own), h(pOwner, 14, before, after, ctx, home, top, own), h(pOwner, 15, b2u(d.home == ""), home, own))
	if prev != nil {
		f = append(f, h(pOwner, 16, b2u(has(prev.actor, p.code)), b2u(has(prev.recipient, p.code)), own), h(pOwner, 17, b2u(has(prev.actor, p.code)), b2u(has(prev.recipient, p.code)), kind),
			h(pOwner, 18, b2u(has(prev.voice, p.code)), kind, own))
	}
	if p.from != nil && p.context <= 2 {
		q := p.from.s
		fs := q.firstSubject()
		f = append(f, h(pOwner, 19, b2u(fs >= 0 && has(q.men[fs].Codes, p.code)), ctx, kind))
	}
	return f
}

// mentionFeatures relates mention k to a trigger at token i of type ty.
func (c *Coder) mentionFeatures(s *sentence, i, ty, k int) []learn.Feature {
	h := learn.Hash
	t := uint32(ty) + 1
	gov, own := s.governor(i)
	f := make([]learn.Feature, 0, 72)
	put := func(x learn.Feature) { f = append(f, x, learn.Hash(uint32(x), t)) }
	m := &s.men[k]
	w := s.words[i]
	form, stem, skel := uint32(w.Form), s.stem[i], s.skel[i]
	right := m.From > i
	inside := m.From <= i && i < m.To
	var dist, lo, hi int
	switch {
	case inside:
		dist, lo, hi = 0, i, i
	case right:
		dist, lo, hi = s.gap(i, m.From), i+1, m.From
	default:
		dist, lo, hi = s.gap(m.To-1, i), m.To, i
	}
	sd := b2u(right) + 2*b2u(inside)
	prep := s.prepBefore(m.From)
	put(h(pDist, sd, bucket(dist), form))
	put(h(pPrep, sd, prep, form))
	f = append(f, h(pPrepStem, sd, prep, stem), h(pPrepStem, sd, prep, skel, 1), h(pStemSide, s.c2[i], sd, form, prep))
	kind := uint32(m.Kind) + 16*b2u(m.Resolved)
	put(h(pKind, sd, kind, b2u(prep != 0)))
	put(h(pKind, sd, kind, form, bucket(dist)))
	f = append(f, h(pKind, sd, kind, stem), h(pKind, 9, sd, kind, s.base[m.Head]))
	put(h(pRole, sd, learn.String(string(m.Role)), b2u(prep != 0)))
	put(h(pClass, 20, codeClass(m.Codes), sd, b2u(prep != 0)))
	others, bares, verbs, comma, rel, that, quote := 0, 0, 0, 0, 0, 0, 0
	for j := lo; j < hi; j++ {
		if x := s.at[j]; x != 0 && s.men[x-1].From == j {
			others++
			if s.bare(int(x) - 1) {
				bares++
			}
		}
		if s.finite(j) {
			verbs++
		}
		n := s.tok[j].Norm
		switch {
		case n == "," || n == "،" || n == "؛" || n == ";" || n == "-":
			comma++
		case s.is.relative[n]:
			rel++
		case s.is.that[n]:
			that++
		case n == "\"":
			quote++
		}
	}
	if dist == 0 {
		put(h(pNextTo, sd, kind, form, prep))
		f = append(f, h(pNextTo, sd, stem, uint32(m.Kind)), h(pNextTo, sd, skel, prep, 2))
	}
	put(h(pBetween, sd, bucket(others), bucket(verbs)))
	put(h(pBetween, sd, uint32(min(bares, 3)), prep, form, 1))
	f = append(f, h(pBetween, sd, uint32(min(bares, 3)), b2u(prep == 0), stem))
	put(h(pClause, sd, bucket(comma), b2u(rel > 0), b2u(that > 0)))
	put(h(pClause, 9, sd, b2u(quote > 0), b2u(s.quote[i])))
	put(h(pVerbBetween, sd, b2u(verbs > 0)+2*b2u(rel > 0)+4*b2u(that > 0), form, prep))
	if m.From > 0 {
		put(h(pWord, sd, s.stem[m.From-1], 2))
		put(h(pWord, sd, s.c1[m.From-1], 4))
	}
	if m.To < len(s.stem) {
		put(h(pWord, sd, s.stem[m.To], 3))
		put(h(pWord, sd, s.c1[m.To], 5))
	}
	put(h(pOrder, 9, b2u(k == 0), b2u(k == len(s.men)-1), uint32(min(len(s.men), 4)), sd))
	// dependency-like relations
	relation := uint32(0)
	if gov != nil {
		switch k {
		case gov.subject:
			relation = 1 + uint32(gov.how)
		case gov.object:
			relation = 8
		}
		if relation != 0 {
			relation += 10*b2u(own) + 20*b2u(gov.passive)
			put(h(pSubject, relation, form))
			f = append(f, h(pSubject, relation, stem), h(pSubject, relation, s.c2[i], 1))
			if !own {
				put(h(pSubject, relation, s.stem[gov.at], 3))
				put(h(pSubject, relation, s.c1[gov.at], 4))
				put(h(pSubject, relation, b2u(s.cues[gov.at] != nil), 6))
			}
		}
	}
	if relation == 0 {
		// subject or object of some other verb
		for x := range s.vf {
			v := &s.vf[x]
			if k == v.subject || k == v.object {
				put(h(pSubject, 40+b2u(k == v.object), b2u(v.at > i), b2u(s.cues[v.at] != nil)))
				put(h(pSubject, 42+b2u(k == v.object), b2u(v.at > i), s.c1[v.at]))
				break
			}
		}
	}
	put(h(pSubject, 50, relation, b2u(s.firstSubject() == k)))
	if s.lang == isnad.English {
		put(h(pBy, sd, b2u(prep == hBy), b2u(gov != nil && gov.passive && own), form))
	}
	if term := s.terms[i]; term != nil {
		if form == uint32(morph.Masdar) {
			put(h(pGenitive, learn.String(term.gen), b2u(dist == 0), sd, prep))
		}
		put(h(pSym, b2u(term.sym), sd, prep))
	}
	if i+1 < len(s.tok) && s.tok[i+1].Kind == token.Digit {
		put(h(pPassive, sd, form, prep))
	}
	put(h(pCoord, sd, b2u(s.coordinated(k, -1)), b2u(s.coordinated(k, 1))))
	return f
}

var hBy = learn.String("by")

// prepBefore hashes the preposition that governs the mention beginning at i:
// its own proclitic or the word before, 0 for none.
func (s *sentence) prepBefore(i int) uint32 {
	if k := s.at[i]; k > 0 {
		if p := strip(s.men[k-1].Pre); p != "" {
			return learn.String(p)
		}
	}
	j := i - 1
	if j >= 0 && s.lang == isnad.English {
		switch s.tok[j].Norm {
		case "the", "a", "an", "its", "their":
			j--
		}
	}
	if j < 0 {
		return 0
	}
	n := s.tok[j].Norm
	if s.lang == isnad.Arabic && len(n) > 4 && (n[:2] == "و" || n[:2] == "ف") && s.words[j].Conj {
		n = s.words[j].Base
	}
	if s.is.preposition[n] {
		return learn.String(n)
	}
	return 0
}

// strip takes conjunctions off the proclitics of a mention.
func strip(pre string) string {
	for len(pre) >= 2 && (pre[:2] == "و" || pre[:2] == "ف") {
		pre = pre[2:]
	}
	return pre
}

// coordinated reports whether mention k is joined by "and" to the one before
// (-1) or after (1) it.
func (s *sentence) coordinated(k, side int) bool {
	a, b := k, k+side
	if b < a {
		a, b = b, a
	}
	if a < 0 || b >= len(s.men) {
		return false
	}
	x, y := &s.men[a], &s.men[b]
	if y.From-x.To > 2 {
		return false
	}
	if len(y.Pre) >= 2 && y.Pre[:2] == "و" {
		return true
	}
	for j := x.To; j < y.From; j++ {
		switch s.tok[j].Norm {
		case "و", "and", "،", ",", "&":
			return true
		}
	}
	return false
}

// marked reports whether a sentence opens with the sign of a list: «* …», «- …».
func (s *sentence) marked() bool {
	switch s.tok[0].Norm {
	case "*", "-", "•", "●", "▪", "◆":
		return true
	}
	return false
}

// by reports whether an agent is marked within ten words after token i: «على
// يد», «من قبل», "by".
func (s *sentence) by(i int) bool {
	for j := i + 1; j < len(s.tok) && j < i+10; j++ {
		switch s.tok[j].Norm {
		case "by":
			return true
		case "يد", "ايدي":
			return s.tok[j-1].Norm == "علي"
		case "قبل", "جانب":
			if s.tok[j-1].Norm == "من" {
				return true
			}
		}
	}
	return false
}

// emptyFeatures appends what speaks for a slot without anybody.
func (c *Coder) emptyFeatures(s *sentence, i, ty int, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	w := s.words[i]
	t, form := uint32(ty)+1, uint32(w.Form)
	put := func(x learn.Feature) { f = append(f, x, learn.Hash(uint32(x), t)) }
	_, ld, r, rd := s.nearest(i)
	put(h(pShape, 1))
	put(h(pShape, 2, form))
	put(h(pShapeStem, s.stem[i]))
	put(h(pShapeStem, s.stem[i], form))
	put(h(pShapeForm, bucket(len(s.men)), form))
	put(h(pShapeForm, 3, bucket(ld), bucket(rd), b2u(r >= 0)))
	put(h(pShapePassive, b2u(s.tok[i].Damma), b2u(i+1 < len(s.tok) && s.tok[i+1].Kind == token.Digit)))
	put(h(pShapePassive, 3, at(s.stem, s.step(i, 1))))
	put(h(pShapePassive, 4, at(s.stem, s.step(i, -1))))
	put(h(pShapePassive, 5, at(s.c1, s.step(i, 1))))
	put(h(pShapePassive, 6, s.c2[i]))
	put(h(pShapePassive, 7, b2u(s.terms[i] != nil && s.terms[i].sym)))
	put(h(pShapePassive, 8, at(s.c2, s.step(i, 1))))
	put(h(pShapePassive, 9, at(s.c1, s.step(i, -1)), form))
	put(h(pShapePassive, 10, at(s.stem, s.step(i, 2))))
	if gov, own := s.governor(i); gov != nil {
		kind := uint32(0)
		if gov.subject >= 0 {
			kind = 1 + uint32(s.men[gov.subject].Kind)
		}
		put(h(pShapePassive, 11, b2u(own)+2*b2u(gov.passive)+4*uint32(gov.how), b2u(gov.object >= 0)))
		put(h(pShapePassive, 12, b2u(own)+2*b2u(gov.passive), kind, b2u(gov.object >= 0)))
		put(h(pShapePassive, 13, b2u(own), form, b2u(s.by(i))))
		if !own {
			put(h(pShapePassive, 14, s.stem[gov.at]))
			put(h(pShapePassive, 15, s.c1[gov.at], form))
		}
	} else {
		put(h(pShapePassive, 16, form))
	}
	if r >= 0 {
		put(h(pShapePassive, 17, uint32(s.men[r].Kind), s.prepBefore(s.men[r].From), b2u(rd == 0)))
		put(h(pShapePassive, 18, uint32(s.men[r].Kind)+16*b2u(s.men[r].Resolved), bucket(rd)))
	}
	bares := 0
	for k := range s.men {
		if s.men[k].From > i && s.bare(k) {
			bares++
		}
	}
	put(h(pShapePassive, 19, uint32(min(bares, 3)), form))
	put(h(pShapePassive, 20, s.prepBefore(i), form))
	put(h(pShapePassive, 21, b2u(s.quote[i]), b2u(s.cues[i] != nil), form))
	return f
}
