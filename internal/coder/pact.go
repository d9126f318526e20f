package coder

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/lexicon"
)

// consent tells who consents to a pact with whom where one side does: a parliament
// or head of state ratifies. The other party is the one named after «مع» ("with"),
// else the other one of the last agreement of whoever ratifies. ok is false where
// both do («صادق برلمانا البلدين»), or nothing tells who else is bound.
func (s *sentence) consent(i int, prev *memory) (a, r []isnad.Code, ok bool) {
	if !s.isOf(i, kRatify) || !s.anyOf(i, min(len(s.tok), i+12), kPact) && !s.anyOf(max(-1, i-6), i, kPact) {
		return nil, nil, false
	}
	a = s.consenting(i)
	if len(a) != 1 || a[0] == isnad.Unknown {
		return nil, nil, false
	}
	for m := range s.men {
		x := &s.men[m]
		if p := s.prepBefore(x.From); x.From > i && (p == hWith || p == hWithEn) && len(x.Codes) > 0 && !overlapping(x.Codes, a) {
			return a, x.Codes, true
		}
	}
	if prev == nil {
		return nil, nil, false
	}
	for k := len(prev.told) - 1; k >= 0; k-- {
		t := &prev.told[k]
		if t.ty != "AGREE" || !has(t.actor, a[0]) && !has(t.recipient, a[0]) {
			continue
		}
		for _, c := range slices.Concat(t.actor, t.recipient) {
			if !has(a, c) && !has(r, c) {
				r = append(r, c)
			}
		}
		return a, r, len(r) > 0
	}
	return nil, nil, false
}

// consenting is who ratifies: the subject of the verb, the genitive of the noun
// («مصادقة البرلمان الروسي على», "the ratification by").
func (s *sentence) consenting(i int) []isnad.Code {
	if s.words[i].Form != morph.Masdar && s.finite(i) {
		if v, own := s.governor(i); own && v.subject >= 0 && !v.passive {
			return s.men[v.subject].Codes
		}
		return nil
	}
	if i+1 < len(s.tok) && s.at[i+1] != 0 && s.men[s.at[i+1]-1].From == i+1 {
		return s.men[s.at[i+1]-1].Codes
	}
	return nil
}

var hWith, hWithEn = learn.String("مع"), learn.String("with")

// mutuals are phrases that put a duty on either side: «أي منهما», "each other".
type mutuals map[string][][]string

func newMutuals(t *lexicon.Table) mutuals {
	m := mutuals{}
	for _, r := range t.Rows {
		if r.Get("group") != "mutual" {
			continue
		}
		for _, f := range r.List("forms") {
			w := strings.Fields(orth.Fold(f))
			m[w[0]] = append(m[w[0]], w[1:])
		}
	}
	return m
}

// in reports whether a phrase stands in a sentence.
func (m mutuals) in(s *sentence) bool {
	for i := range s.tok {
		if s.tok[i].Kind != token.Word {
			continue
		}
		for _, k := range unprefixed(s.tok[i].Norm) {
			for _, rest := range m[k] {
				if i+len(rest) < len(s.tok) && s.follows(i+1, rest) {
					return true
				}
			}
		}
	}
	return false
}

func (s *sentence) follows(i int, words []string) bool {
	for k, w := range words {
		if s.tok[i+k].Norm != w {
			return false
		}
	}
	return true
}

// mutual makes the parties of a duty that binds either side to help the other
// («تقدم كل دولة الدعم للأخرى إذا تعرضت أي منهما لهجوم») both doer and receiver: those of
// the event, if they are two, or of the pact that the text told of last.
func (r *reading) mutual(s *sentence, e *Event) {
	if e.Factuality != isnad.Conditional || e.Type != "AID" && e.Type != "SUPPORT" || !r.c.mutuals.in(s) {
		return
	}
	both := slices.Clone(e.Actor)
	for _, c := range e.Recipient {
		if !has(both, c) {
			both = append(both, c)
		}
	}
	for k := len(r.mem.told) - 1; len(both) != 2 && k >= 0; k-- {
		if t := &r.mem.told[k]; t.ty == "AGREE" && len(t.actor) == 2 && same(t.actor, t.recipient) {
			both = t.actor
		}
	}
	if len(both) == 2 && !has(both, isnad.Unknown) {
		slices.Sort(both)
		e.Actor, e.Recipient = both, both
	}
}
