package coder

import (
	"slices"

	"isnad"
	"isnad/internal/learn"
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
	vGov
	vGovWord
	vAft
	vEmb
	vTogether
	sGov
)

const (
	scopeNone   uint8 = iota
	scopeThat         // «قال X إن …»
	scopeColon        // «قال X: …»
	scopeQuote        // «قال X "…»
	scopeDirect       // «أعلن X انسحاب …»
	scopeFar          // as before, but another verb stands between
	scopePrep         // «وفقا لـX …»
)

// voiceFeatures appends what speaks for candidate p (nil: nobody, the article
// narrates) as the speaker of the event of type ty at token i.
func (c *Coder) voiceFeatures(d *document, s *sentence, i, ty int, p *party, actor, recipient []isnad.Code, links []link, prev *memory, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	t := typeClass(ty)
	lang := b2u(s.lang == isnad.English)
	put := func(x learn.Feature) { f = append(f, x, learn.Hash(uint32(x), t+1000*lang)) }
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
	sc := s.scope(i, links)
	how := uint32(sc.how)
	gm, gh := -1, uint32(0)
	if sc.k >= 0 {
		gm, gh = s.subject(sc.k, links)
	}
	var guess []isnad.Code // who the governing cue says speaks
	if sc.k >= 0 && links[sc.k].cue.stance == isnad.Narrates {
		gm, gh = -1, 5
	} else if gm >= 0 {
		guess = s.men[gm].Codes
	} else if prev != nil && (sc.k >= 0 || s.quote[i]) {
		guess, gh = prev.voice, 4
	}
	acts := uint32(2) // whether the guessed speaker is the doer
	if len(guess) > 0 {
		acts = b2u(has(actor, guess[0]))
	}
	emb := s.embedded(i)
	var before *Event // the claim before in the sentence
	together := uint32(0)
	if prev != nil && prev.last != nil && prev.last.sent == s {
		before = prev.last
		o := s.scope(before.Token, links)
		together = 1
		if o.k == sc.k {
			together = 2 + b2u(o.at == sc.at)
		}
		together = together*4 + typeClass(slices.Index(isnad.Types, before.Type)) - classSpeech + 1
	}
	gov := func(mine uint32) {
		put(h(vGov, mine, how, emb+100))
		put(h(vEmb, mine, how, at(s.stem, i-1)))
		put(h(vEmb, mine, how, uint32(s.words[i].Form), 1+b2u(s.words[i].Art)))
		put(h(vGov, mine, how, bucket(sc.breaks), gh))
		put(h(vGov, mine, how, acts, 1))
		put(h(vGov, mine, how, acts+4*b2u(s.quote[i]), bucket(sc.fin)+50))
		if sc.k >= 0 {
			l := links[sc.k]
			st := learn.String(string(l.cue.stance))
			put(h(vGov, mine, how, st, gh+10))
			put(h(vGovWord, mine, how, s.stem[l.q], gh))
			f = append(f, h(vGovWord, mine, s.stem[l.q], s.stem[i], 1))
			put(h(vGovWord, mine, s.stem[l.q], acts, 2))
			if gm < 0 && l.q+1 < len(s.stem) {
				put(h(vGovWord, mine, s.stem[l.q+1], how, 3))
			}
		}
	}
	aft := func(mine uint32) {
		if na >= 0 {
			l := links[na]
			comma := uint32(0)
			for j := i; j < l.q; j++ {
				switch s.tok[j].Norm {
				case ",", "،", "\"":
					comma = 1
				}
			}
			put(h(vAft, mine, learn.String(l.cue.kind), comma, how))
			put(h(vAft, mine, s.stem[l.q], comma, b2u(how == 0)))
		}
	}
	if p == nil {
		put(h(vNone, 0))
		put(h(vNone, 1, bucket(len(links))))
		put(h(vNone, 2, starts, carryAge))
		put(h(vNone, 3, b2u(nb >= 0), b2u(na >= 0), b2u(s.quote[i])))
		put(h(vNone, 4, b2u(self)))
		f = append(f, h(vNone, 5, s.stem[i]), h(vNone, 11, s.stem[i], b2u(nb >= 0)))
		if nb >= 0 {
			l := links[nb]
			put(h(vNone, 6, learn.String(string(l.cue.stance)), learn.String(l.cue.kind), bucket(i-l.q)))
			put(h(vNone, 7, s.stem[l.q]))
			put(h(vNone, 12, s.marker(l.q, i)))
			put(h(vNone, 13, s.clauses(l.q, i)))
		}
		if na >= 0 {
			l := links[na]
			put(h(vNone, 8, learn.String(string(l.cue.stance)), learn.String(l.cue.kind)))
			put(h(vNone, 9, s.stem[l.q]))
		}
		put(h(vNone, 10, b2u(s.title), b2u(s.index == 0)))
		gov(9)
		aft(9)
		if before != nil {
			put(h(vTogether, together, b2u(len(before.Speaker) == 0), how))
			put(h(vTogether, together, b2u(len(before.Speaker) == 0), bucket(i-before.Token), 1))
		}
		return f
	}
	put(h(vContext, uint32(p.context), oneClass(p.code)))
	put(h(vActor, b2u(has(actor, p.code)), b2u(has(recipient, p.code)), uint32(min(p.context, 1))))
	mine := b2u(has(guess, p.code))
	if mine == 0 {
		mine = 2 + uint32(min(p.context, 1)) + 2*min(oneClass(p.code), 3)
	}
	gov(mine)
	if before != nil {
		put(h(vTogether, together, 2+b2u(has(before.Speaker, p.code))+2*b2u(len(before.Speaker) == 0), how))
	}
	if sc.k >= 0 && p.context == 0 {
		// mentions between the cue and its content
		n := uint32(0)
		first := uint32(0)
		for m := range s.men {
			if s.men[m].From <= links[sc.k].q || s.men[m].From >= sc.at {
				continue
			}
			n++
			if n == 1 {
				first = codeClass(s.men[m].Codes) + 10*b2u(s.men[m].Resolved)
			}
			if has(s.men[m].Codes, p.code) {
				put(h(vBetween, 60, min(n, 4), first, how))
				put(h(vBetween, 61, min(n, 4), s.prepBefore(s.men[m].From), first))
				put(h(vBetween, 62, min(n, 4), uint32(s.men[m].Kind), first))
			}
		}
	}
	mine = 0
	if na >= 0 && links[na].mention >= 0 && has(s.men[links[na].mention].Codes, p.code) {
		mine = 1
	} else {
		mine = 2 + uint32(min(p.context, 1)) + 2*min(oneClass(p.code), 3)
	}
	aft(mine)
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
		cu := l.cue
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
		put(h(vCarry, 60, b2u(prev.sentence >= s.head), b2u(s.marked()), starts))
		put(h(vCarry, starts, carryAge, b2u(linked), uint32(min(p.context, 2))))
		put(h(vCarryQuote, b2u(s.quote[i]), b2u(s.open), starts))
		if nb >= 0 {
			put(h(vCarry, 20, b2u(links[nb].mention < 0), learn.String(links[nb].cue.kind), starts))
			f = append(f, h(vCarry, 21, s.stem[links[nb].q], b2u(links[nb].mention < 0), b2u(linked)))
		}
		if na >= 0 {
			put(h(vCarry, 22, b2u(links[na].mention < 0), learn.String(links[na].cue.kind)))
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

const (
	classSpeech uint32 = iota + 101
	classTalks
	classDeed
)

// typeClass tells acts of speech, talks and deeds apart.
func typeClass(ty int) uint32 {
	switch isnad.Types[ty] {
	case "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT":
		return classSpeech
	case "AGREE", "CONSULT":
		return classTalks
	}
	return classDeed
}
