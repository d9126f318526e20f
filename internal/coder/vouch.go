package coder

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// A vouching is a stretch of a sentence of which grammar alone tells whose word
// it is and how they stand to it:
//
//   - a belief that nobody is named for: «ويُعتقد أن …», "X is believed to have …";
//     who holds it is nobody known;
//   - evidence: «أكد X وجود أدلة على …», "X has evidence that …"; whoever has
//     evidence of a deed confirms it;
//   - what is confirmed without «أن»: «أكد X إرسال …», and what was told before: «وهو
//     ما أكده X», "which X confirmed".
//
// No vouching: a belief with its holder («يعتقد خبراء أن», "believed by analysts"),
// evidence that there is none of («لا أدلة على»), a wish that is affirmed («أكد
// ضرورة وقف …»), a cue that is denied («لم يؤكد»).
type vouching struct {
	q        int // token of the cue
	who      []isnad.Code
	stance   isnad.Stance
	from, to int  // tokens vouched for; empty for what was told before
	before   bool // vouches for what was told before
	none     bool // there is no evidence of it: it is no claim
	evidence bool
	plain    bool // what it carries has happened, unless a word says otherwise
}

// evident reports whether what is vouched for is hardly anything but an event.
func (v *vouching) evident() bool { return v.evidence || v.stance == isnad.Believes }

func (s *sentence) vouchings(links []link, prev *memory) []vouching {
	var out []vouching
	for k, l := range links {
		switch {
		case l.cue.stance == isnad.Believes && s.impersonal(&l, prev):
			out = append(out, vouching{q: l.q, who: []isnad.Code{isnad.Unknown}, stance: isnad.Believes, from: l.q + 1, to: s.contentEnd(l.q)})
		case l.cue.stance == isnad.Confirms && (l.cue.kind == "verb" || l.cue.kind == "participle") && !s.negated(l.q):
			v := vouching{q: l.q, who: s.holders(k, links, prev), stance: isnad.Confirms, plain: true}
			if v.before = s.retells(l.q); !v.before {
				if l.mention < 0 || s.men[l.mention].From < l.q && s.lang == isnad.Arabic {
					continue
				}
				v.from = max(l.q+1, s.men[l.mention].To)
				if v.to = s.openedAt(v.from); s.opensContent(v.to) {
					continue // what stands before «أن» is told in passing
				}
			}
			if len(v.who) > 0 && !vague(v.who) && !s.sourced(l.q, v.to) {
				out = append(out, v)
			}
		}
	}
	for i := range s.tok {
		if !s.isOf(i, kEvidence) || s.tok[i].Kind != token.Word || !s.presented(i) {
			continue
		}
		if s.lacking(i) {
			out = append(out, vouching{q: i, from: i + 1, to: min(s.contentEnd(i), s.comma(i)), none: true})
		} else if q, who := s.witness(i, links, prev); len(who) > 0 {
			out = append(out, vouching{q: q, who: who, stance: isnad.Confirms, from: i + 1, to: min(s.contentEnd(i), s.comma(i)), evidence: true, plain: true})
		}
	}
	return out
}

// vague reports whether it is not told who speaks: sources and media report.
func vague(who []isnad.Code) bool { return has(who, isnad.Unknown) || has(who, "MED") }

// sourced reports whether a noun of sources stands between two tokens: what sources
// confirm they report.
func (s *sentence) sourced(lo, hi int) bool {
	for j := lo + 1; j < hi; j++ {
		if s.cues[j] != nil && s.cues[j].kind == "noun" {
			return true
		}
	}
	return false
}

// comma is the first comma after a token, or the end.
func (s *sentence) comma(i int) int {
	for j := i + 1; j < len(s.tok); j++ {
		if n := s.tok[j].Norm; n == "," || n == "،" {
			return j
		}
	}
	return len(s.tok)
}

// retells reports whether a cue confirms what was told before: «وهو ما أكده», «الذي
// أكدته», «أكد ذلك», "which X confirmed".
func (s *sentence) retells(q int) bool {
	if s.lang == isnad.English {
		for j := q - 1; j >= 0 && j >= q-9; j-- {
			if s.tok[j].Norm == "which" {
				return true
			}
			if s.tok[j].Kind == token.Sign {
				break
			}
		}
		return q+1 < len(s.tok) && (s.tok[q+1].Norm == "this" || s.tok[q+1].Norm == "it") && (q+2 >= len(s.tok) || s.tok[q+2].Kind == token.Sign)
	}
	if q > 0 && (s.tok[q-1].Norm == "ما" || s.is.relative[s.tok[q-1].Norm]) && strings.HasSuffix(strings.TrimSuffix(s.tok[q].Norm, "ا"), "ه") {
		return true
	}
	for j := q + 1; j < len(s.tok) && j <= q+12; j++ {
		if s.tok[j].Norm == "ذلك" {
			return j+1 >= len(s.tok) || s.tok[j+1].Kind == token.Sign
		}
		if s.at[j] == 0 {
			return false
		}
	}
	return false
}

// impersonal reports whether a cue of believing is a passive whose holder is left
// out. A bare «ويعتقد» may go on with whoever spoke in the sentence before.
func (s *sentence) impersonal(l *link, prev *memory) bool {
	q := l.q
	if !s.isOf(q, kBelief) || s.negated(q) || q > 0 && s.is.negation[s.tok[q-1].Norm] {
		return false
	}
	if s.lang == isnad.English {
		if s.words[q].Form != morph.Perfect || q == 0 || q+1 >= len(s.tok) {
			return false
		}
		be := s.words[q-1].class&beVerb != 0 || q > 1 && s.words[q-2].class&beVerb != 0
		n := s.tok[q+1].Norm
		return be && (n == "to" || n == "that")
	}
	if s.words[q].Form != morph.Imperfect || l.mention >= 0 {
		return false
	}
	opens := false
	for j := q + 1; j < len(s.tok) && j <= q+4 && !opens; j++ {
		if s.at[j] != 0 || s.cues[j] != nil {
			return false
		}
		opens = s.words[j].class&that != 0
	}
	if !opens {
		return false
	}
	if s.tok[q].Damma {
		return true
	}
	if s.words[q+1].class&that == 0 {
		return false // «ويعتقد البعض أن»
	}
	begins := q == 0 || s.tok[q-1].Kind == token.Sign && s.tok[q-1].Norm != "\""
	spoke := prev != nil && prev.voiceAt != nil && prev.sentence >= s.index-1
	return begins && !spoke && !s.quote[q]
}

// holders is who speaks by a cue, with those joined to them; whoever spoke last
// where the cue has no subject.
func (s *sentence) holders(k int, links []link, prev *memory) []isnad.Code {
	m := links[k].mention
	if m < 0 {
		if m, _ = s.subject(k, links); m < 0 {
			if prev != nil {
				return prev.voice
			}
			return nil
		}
	}
	who, q := s.men[m].Codes, links[k].q
	if m+1 < len(s.men) && s.coordinated(m, 1) && !s.relativeIn(s.men[m].To, s.men[m+1].From) && len(s.men[m+1].Codes) == 1 && !has(who, s.men[m+1].Codes[0]) && (s.men[m].From > q || s.men[m+1].To <= q) {
		who = append(slices.Clone(who), s.men[m+1].Codes...)
	} else if m > 0 && s.coordinated(m, -1) && !s.relativeIn(s.men[m-1].To, s.men[m].From) && s.men[m].To <= q && len(s.men[m-1].Codes) == 1 && !has(who, s.men[m-1].Codes[0]) {
		who = append(slices.Clone(s.men[m-1].Codes), who...)
	}
	return who
}

// relativeIn reports whether a relative clause begins in a range, half open.
func (s *sentence) relativeIn(from, to int) bool {
	for j := from; j < to; j++ {
		if s.words[j].class&relative != 0 || s.tok[j].Norm == "which" {
			return true
		}
	}
	return false
}

// openedAt is the token where another clause begins in what is told from a token on:
// «أن», a colon, a quotation mark, a comma, a verb. The first word is none, though it
// be written like one («أكد الجيش قصف …»).
func (s *sentence) openedAt(from int) int {
	for j := from; j < len(s.tok); j++ {
		if n := s.tok[j].Norm; s.words[j].class&(that|relative) != 0 || n == ":" || n == "\"" || n == "؛" || n == ";" || n == "،" || n == "," {
			return j
		}
		if s.finite(j) && (j > from || s.lang == isnad.English || s.words[j].Conj) || s.cues[j] != nil && (s.cues[j].kind == "verb" || s.cues[j].kind == "participle") {
			return j
		}
	}
	return len(s.tok)
}

// opensContent reports whether a clause of what is said begins at token i.
func (s *sentence) opensContent(i int) bool {
	return i < len(s.tok) && (s.words[i].class&that != 0 || s.tok[i].Norm == ":" || s.tok[i].Norm == "\"")
}

// presented reports whether the evidence at token i is of something: «أدلة على»,
// "evidence that".
func (s *sentence) presented(i int) bool {
	for j := i + 1; j < len(s.tok) && j <= i+3; j++ {
		if s.isOf(j, kShows) {
			return true
		}
	}
	return false
}

// lacking reports whether there is none of the evidence at token i: «لا أدلة», "no
// evidence", «لم تجد».
func (s *sentence) lacking(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		n := s.tok[j].Norm
		if n == "no" || s.is.negation[n] && s.words[j].class&that == 0 || s.mods[j] != nil && s.mods[j].fact == isnad.Negated {
			return true
		}
		if s.words[j].class&that != 0 || s.tok[j].Kind == token.Sign {
			return false
		}
	}
	return false
}

// witness finds who has the evidence at token i: whoever speaks by the nearest cue
// before it, else the subject of the verb before it.
func (s *sentence) witness(i int, links []link, prev *memory) (q int, who []isnad.Code) {
	for k := len(links) - 1; k >= 0; k-- {
		l := links[k]
		if l.q >= i || l.cue.kind != "verb" && l.cue.kind != "participle" {
			continue
		}
		if l.cue.stance == isnad.Denies || l.cue.stance == isnad.Alleges || l.cue.stance == isnad.Believes || s.negated(l.q) {
			return 0, nil
		}
		return l.q, s.holders(k, links, prev)
	}
	if v, _ := s.governor(i); v != nil && v.subject >= 0 && !v.passive && i-v.at <= 5 {
		return v.at, s.men[v.subject].Codes
	}
	return i, s.before(i)
}

// before is whoever is named up to four tokens before token i, with no verb and no
// sign between: «لدى واشنطن أدلة», "Iran is expanding".
func (s *sentence) before(i int) []isnad.Code {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if s.at[j] != 0 {
			return s.men[s.at[j]-1].Codes
		}
		if s.finite(j) || s.tok[j].Kind == token.Sign {
			return nil
		}
	}
	return nil
}

// vouched finds the vouching that holds of the event of type ty at token i, nil
// for none. Acts of speech are narrated.
func (s *sentence) vouched(vs []vouching, i, ty int) *vouching {
	if s.cues[i] != nil || typeClass(ty) == classSpeech && isnad.Types[ty] != "SUPPORT" {
		return nil
	}
	var best *vouching
	for k := range vs {
		v := &vs[k]
		if i < v.from || i >= v.to || best != nil && best.from > v.from {
			continue
		}
		if v.none {
			return v
		}
		if v.stance == isnad.Confirms && (typeClass(ty) == classSpeech || s.anyOf(v.q, i, kWish) || s.doubted(v.q, i)) {
			continue
		}
		if e := s.embedded(i); e == 1 || e == 2 {
			continue // told of in passing
		}
		best = v
	}
	return best
}

// doubted reports whether a word of modality stands between two tokens.
func (s *sentence) doubted(lo, hi int) bool {
	for j := lo + 1; j < hi; j++ {
		if s.tok[j].Norm == "قد" && j+1 <= hi && s.words[j+1].Form == morph.Perfect {
			continue // with a perfect no doubt
		}
		if m := s.mods[j]; m != nil && m.fact != isnad.Actual && m.fact != "" {
			return true
		}
	}
	return false
}

// owned makes a confirmation of what somebody affirms to have done themselves to
// others, as a finished act:
// «أكدت الوزارة أن طائراتها قصفت …», "admitted that its troops had fired".
func (s *sentence) owned(e *Event) {
	if e.Cue < 0 || s.words[e.Token].Form != morph.Perfect || e.Stance != isnad.States || e.Factuality != isnad.Actual || typeClass(slices.Index(isnad.Types, e.Type)) != classDeed || same(e.Actor, e.Recipient) {
		return
	}
	t := s.terms[e.Token]
	if !overlapping(e.Actor, e.Speaker) && !(t != nil && t.takes && overlapping(e.Recipient, e.Speaker)) {
		return
	}
	if cu := s.cues[e.Cue]; cu != nil && cu.stance == isnad.Confirms && cu.kind == "verb" && e.Cue < e.Token && !s.negated(e.Cue) && !s.doubted(e.Cue, e.Token) {
		e.Stance = isnad.Confirms
	}
}
