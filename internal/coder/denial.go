package coder

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// Denials are rare (one claim in 150) and decide stories, so they do not hang on
// what the models learned of single words: every cue that the lexicon marks as
// denying behaves alike, by these rules.
//
// A verb, participle or noun of denial («نفى أن», «نفى تزويد», «نفى ما قاله»,
// "denied that") denies the events of its content. A predicate of untruth denies
// the events after it («لا صحة لـ», "no truth to") or before it in its clause («عار
// عن الصحة», "baseless"); its speaker is that of the cue it stands under. A denial
// of something told before («وهو ما نفته X», "which X denies", "denied the
// accusation") makes a claim of its own: the same event, its speaker the denier.
//
// No denials: a denied cue («لا ينفي», "did not deny"), a denied negation («نفى أن
// يكون … ليس»), exile («نفي إلى») and refusals ("denied entry", «رفض»), which the
// lexicon's conditions rule out.
type denial struct {
	q        int          // token of the cue
	who      []isnad.Code // who denies
	from, to int          // tokens denied; empty for a denial of what was told before
	before   bool         // denies what was told before
}

// denials finds the denials of a sentence.
func (s *sentence) denials(links []link, prev *memory) []denial {
	var out []denial
	for k, l := range links {
		cu := l.cue
		if !cu.denies || cu.stance != isnad.Denies || s.negated(l.q) {
			continue
		}
		d := denial{q: l.q}
		if cu.kind == "idiom" {
			// the speaker is that of the cue it stands under
			sc := s.scope(l.q, links)
			m := -1
			switch {
			case sc.k >= 0 && links[sc.k].cue.stance != isnad.Denies:
				m, _ = s.subject(sc.k, links)
			case s.lang == isnad.English && l.mention >= 0 && s.men[l.mention].To <= l.q:
				m = -1
			}
			if m >= 0 {
				d.who = s.men[m].Codes
			} else if prev != nil && (sc.k >= 0 || s.quote[l.q]) {
				d.who = prev.voice
			}
			d.from, d.to = s.predicate(l.q, sc)
		} else {
			d.who = s.holders(k, links, prev)
			if d.before = s.anaphoric(l.q); !d.before {
				d.from, d.to = l.q+1, s.contentEnd(l.q)
			}
		}
		if len(d.who) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// negated reports whether a cue of denial is itself denied: «لم ينف», «لم يؤكد أو
// ينف», "neither confirmed nor denied", "did not deny", "declined to deny".
func (s *sentence) negated(q int) bool {
	if s.cues[q] != nil && s.cues[q].kind == "idiom" {
		return false
	}
	for j := q - 1; j >= 0 && j >= q-2; j-- {
		n := s.tok[j].Norm
		if s.is.negation[n] && !(n == "ما" && s.words[q].Enc != "") && n != "ما" {
			return true
		}
		if s.lang == isnad.English && n == "to" && j > 0 {
			switch s.stemOf(j - 1) {
			case "declin", "decline", "refus", "refuse", "fail":
				return true
			}
		}
	}
	if q > 0 {
		switch s.tok[q-1].Norm {
		case "او", "or", "and", "و":
			for j := q - 2; j >= 0 && j >= q-7; j-- {
				n := s.tok[j].Norm
				if n != "ما" && s.is.negation[n] || n == "declined" || n == "refused" || n == "رفض" || n == "رفضت" {
					return true
				}
			}
		}
	}
	return false
}

func (s *sentence) stemOf(i int) string { return s.words[i].Stem }

// anaphoric reports whether the cue at q denies what was told before: it is a
// relative clause on it («ما نفته», "which X denies"), or its object is a pronoun
// or a bare word for a report.
func (s *sentence) anaphoric(q int) bool {
	if s.lang == isnad.Arabic {
		if q > 0 {
			switch n := s.tok[q-1].Norm; {
			case n == "ما" && q > 1 && (s.tok[q-2].Norm == "وهو" || s.tok[q-2].Norm == "هو" || s.tok[q-2].Norm == "وهي" || s.tok[q-2].Norm == "الامر"):
				return true
			case s.is.relative[n] && q > 1 && (s.words[q].Enc != "" || strings.HasSuffix(s.tok[q].Norm, "ه") || strings.HasSuffix(s.tok[q].Norm, "ها")):
				return true
			}
		}
	} else {
		for j := q - 1; j >= 0 && j >= q-9; j-- {
			if n := s.tok[j].Norm; n == "which" {
				return true
			} else if n == "," && j+2 < q && (s.tok[j+1].Norm == "a" || s.tok[j+1].Norm == "an" || s.tok[j+1].Norm == "something") && (s.is.report[s.tok[j+2].Norm] || s.tok[j+1].Norm == "something") {
				return true
			}
		}
	}
	for j := q + 1; j < len(s.tok) && j <= q+12; j++ {
		n := s.tok[j].Norm
		switch {
		case s.is.that[n]:
			return false
		case n == "ذلك" || n == "this" || n == "it" || n == "these" || n == "those":
			return j+1 >= len(s.tok) || !s.contentFollows(j)
		case s.is.report[n]:
			return !s.contentFollows(j)
		case s.is.involvement[n]:
			return !s.eventFollows(j)
		case s.terms[j] != nil && s.at[j] == 0 && s.tok[j].Kind == token.Word:
			return false // the event itself
		case s.tok[j].Kind == token.Sign && n != "," && n != "،" && n != "\"" && n != "(" && n != ")":
			return s.lang == isnad.English && j == q+1
		}
	}
	return s.lang == isnad.English && q+1 >= len(s.tok)
}

// contentFollows reports whether a word for a report is followed by what it
// reports: «الأنباء عن», "reports of", "accusations that".
func (s *sentence) contentFollows(j int) bool {
	for k := j + 1; k < len(s.tok) && k <= j+4; k++ {
		n := s.tok[k].Norm
		switch {
		case s.is.that[n]:
			return true
		case n == "عن" || n == "حول" || n == "بشان" || n == "of" || n == "about":
			return true
		case s.words[k].Prep == "ب" && s.words[k].Form != morph.None:
			return true
		case s.tok[k].Kind == token.Sign:
			return false
		}
	}
	return false
}

// eventFollows reports whether words of taking part name what in: «تورطها في
// قصف …», but not «تورطه في ذلك».
func (s *sentence) eventFollows(j int) bool {
	for k := j + 1; k < len(s.tok) && k <= j+5; k++ {
		switch n := s.tok[k].Norm; {
		case n == "ذلك" || n == "الامر" || n == "it" || n == "this":
			return false
		case s.terms[k] != nil && s.at[k] == 0:
			return true
		case s.tok[k].Kind == token.Sign:
			return false
		}
	}
	return false
}

// contentEnd is where the content of the denial at q ends: another voice, «لكن» or
// a new clause.
func (s *sentence) contentEnd(q int) int {
	for j := q + 1; j < len(s.tok); j++ {
		n := s.tok[j].Norm
		if cu := s.cues[j]; cu != nil && (cu.kind == "verb" || cu.kind == "participle") && j > q+1 && !(s.tok[j-1].Norm == "ما" || s.is.relative[s.tok[j-1].Norm]) && (s.words[j].Conj || cu.kind == "participle" || s.tok[j-1].Norm == "," || s.tok[j-1].Norm == "،" || s.tok[j-1].Norm == "and") {
			return j
		}
		if n == "؛" || n == ";" || s.is.contrast[n] {
			return j
		}
		if s.finite(j) && s.words[j].Conj && s.words[j].Form == morph.Perfect && j > q+3 {
			return j
		}
	}
	return len(s.tok)
}

// predicate is the span that a predicate of untruth at q denies.
func (s *sentence) predicate(q int, sc scope) (from, to int) {
	n := s.tok[q].Norm
	if n == "لا" || n == "no" || n == "ولا" || n == "not" && q+1 < len(s.tok) && s.tok[q+1].Norm == "involved" || n == "had" {
		return q + 1, s.contentEnd(q)
	}
	from = 0
	if sc.k >= 0 && sc.at < q {
		from = sc.at + 1
	}
	for j := q - 1; j >= from; j-- {
		if t := s.tok[j].Norm; t == "؛" || t == ";" || t == "لكن" || t == "but" {
			return j + 1, q
		}
	}
	return from, q
}

// denied finds the denial that holds of the event of type ty at i, nil for none.
// Acts of speech inside it («نفى الاتهامات») are narrated.
func (s *sentence) denied(ds []denial, i, ty int) *denial {
	if s.cues[i] != nil || s.is.report[s.tok[i].Norm] || speechAct(isnad.Types[ty]) && isnad.Types[ty] != "SUPPORT" {
		return nil
	}
	for k := range ds {
		d := &ds[k]
		if i < d.from || i >= d.to || i == d.q {
			continue
		}
		lo, hi := min(d.q, i), max(d.q, i)
		ok := hi-lo <= 30
		for j := lo + 1; j < hi && ok; j++ {
			n := s.tok[j].Norm
			switch {
			case i > d.q && s.is.relative[n], // told of something in passing
				i > d.q && n == "that" && j > d.q+1 && !s.is.report[s.tok[j-1].Norm]:
				ok = false
			case i > d.q && s.is.negation[n] && n != "ما" && n != "دون" && n != "without" && s.cues[j] == nil: // «نفى أن يكون … ليس»
				ok = false
			}
		}
		if ok && i > d.q && s.embedded(i) == 2 {
			ok = false
		}
		if ok {
			return d
		}
	}
	return nil
}

// missedTrigger is the least probability of an event where a denial has none:
// somebody denies something, and hardly anything but an event. knownTrigger is that
// of a word that the lexicon knows, of a type that it gives, where grammar leaves
// even less doubt: what a belief or evidence is of; and of a duty on
// either side, on a condition.
const (
	missedTrigger = 0.1
	knownTrigger  = 0.05
	dutyTrigger   = 0.02
)

// missed adds to the hits of a sentence the likeliest event of each denial, of
// each accusation, belief, evidence and order that would have none.
func (r *reading) missed(s *sentence, links []link, hs []hit) []hit {
	find := func(from, to int, least float32, holds func(i, ty int) bool) {
		known := least < missedTrigger
		for _, h := range hs {
			if h.i >= from && h.i < to && holds(h.i, h.ty) {
				return
			}
		}
		best := hit{p: least}
		for i := from; i < to; i++ {
			if s.at[i] != 0 || !r.c.candidate(s, i) || known && s.terms[i] == nil {
				continue
			}
			h := r.hit(s, i)
			if h.sure = known; known && s.terms[i].types&(1<<h.ty) == 0 {
				continue
			}
			if h.p > best.p && holds(i, h.ty) {
				best = h
			}
		}
		if best.i > 0 {
			hs = append(hs, best)
		}
	}
	for k := range r.denials {
		d := &r.denials[k]
		find(d.from, d.to, missedTrigger, func(i, ty int) bool { return i != d.q && s.denied(r.denials[k:k+1], i, ty) != nil })
	}
	for k := range r.vouchings {
		if v := &r.vouchings[k]; v.evident() {
			find(v.from, v.to, knownTrigger, func(i, ty int) bool { return s.vouched(r.vouchings[k:k+1], i, ty) != nil })
		}
	}
	if r.c.mutuals.in(s) && slices.ContainsFunc(s.mods, func(m *cue) bool { return m != nil && m.fact == isnad.Conditional }) {
		find(0, len(s.tok), dutyTrigger, func(i, ty int) bool { return isnad.Types[ty] == "AID" && s.hangs(i) })
	}
	for i := range s.tok { // «تلقت دمشق مساعدات»
		if t := s.terms[i]; t != nil && t.idiom && t.takes && s.finite(i) && s.receives(i) {
			find(i, i+1, knownTrigger, func(_, ty int) bool { return t.types&(1<<ty) != 0 })
		}
	}
	for o := range s.tok {
		if s.isOf(o, kOrder) && s.at[o] == 0 {
			find(o+1, min(o+1+reach, len(s.tok)), missedTrigger, func(i, ty int) bool {
				x, ok := s.ordered(i)
				return ok && x.at == o && (typeClass(ty) != classSpeech || isnad.Types[ty] == "SUPPORT")
			})
		}
	}
	for _, l := range links {
		if l.cue.stance == isnad.Alleges && isAccuse(s, l.q) {
			find(l.q+1, s.contentEnd(l.q), missedTrigger, func(i, ty int) bool {
				q, who := s.accused(i, links)
				return q == l.q && len(who) > 0 && typeClass(ty) != classSpeech
			})
		}
	}
	slices.SortFunc(hs, func(a, b hit) int { return a.i - b.i })
	return hs
}

// speechAct tells the types that are acts of speech themselves.
func speechAct(t isnad.Type) bool { return typeClass(slices.Index(isnad.Types, t)) == classSpeech }

// toldBefore finds the event that a denial of something told before denies, in
// its sentence before the cue and in the two sentences before: best one that
// somebody else alleged of the denier, then one that the denier did, then the
// last deed of its own sentence.
func (r *reading) toldBefore(s *sentence, q int, who []isnad.Code) *Event {
	var best *Event
	most := 0
	for k := len(r.events) - 1; k >= 0; k-- {
		e := &r.events[k]
		if e.Sentence < s.index-2 {
			break
		}
		if e.Sentence == s.index && e.Token >= q || e.Stance == isnad.Denies || speechAct(e.Type) && e.Type != "SUPPORT" || same(e.Speaker, who) {
			continue
		}
		worth := 0
		for _, c := range who {
			if has(e.Actor, c) {
				worth = 2
			}
		}
		if e.Stance == isnad.Alleges && (worth > 0 || e.Sentence == s.index) {
			worth += 4
		}
		if e.Sentence == s.index {
			worth++
			if e.Stance == isnad.Alleges && best != nil && best.Sentence == s.index && best.Stance == isnad.Alleges && worth == most {
				best = e // the first of an accusation, not what it was for
				continue
			}
		}
		if worth > most {
			best, most = e, worth
		}
	}
	return best
}

// denies reports whether a denial's cue stands at token i.
func (r *reading) denies(i int) bool {
	return slices.ContainsFunc(r.denials, func(d denial) bool { return d.q == i })
}

// again adds the claims of those who deny or confirm what was told before.
func (r *reading) again(s *sentence, links []link) {
	for _, d := range r.denials {
		if d.before {
			r.retold(s, d.q, d.who, isnad.Denies, links)
		}
	}
	for _, v := range r.vouchings {
		if v.before {
			r.retold(s, v.q, v.who, v.stance, links)
		}
	}
}

func (r *reading) retold(s *sentence, q int, who []isnad.Code, stance isnad.Stance, links []link) {
	e := r.toldBefore(s, q, who)
	if e == nil {
		return
	}
	claims := s.cues[q] != nil && strings.HasPrefix(s.cues[q].row, "cues_ar:verb_claim_responsibility")
	if q > 0 && s.is.relative[s.tok[q-1].Norm] && stance == isnad.Confirms {
		// «الهجوم الذي تبناه», «العملية التي أكدتها»: the act that the relative clause is of
		if e.Sentence != s.index || q-e.Token > 6 || claims && e.Type != "ASSAULT" {
			return
		}
	} else if claims {
		return
	}
	n := *e
	if e.Sentence != s.index {
		n.Sentence, n.sent, n.links, n.Token = s.index, s, links, q
	}
	n.Speaker, n.Stance, n.Cue = who, stance, q
	if claims {
		n.Actor = who
	}
	if n.Factuality == isnad.Negated {
		n.Factuality = isnad.Actual
	}
	r.events = append(r.events, n)
}
