package coder

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

const (
	fAny uint32 = iota + 300
	fForm
	fStem
	fLeft
	fLeft2
	fMod
	fModBefore
	fGovern
	fType
	fCond
	fCue
	fRight
	fSent
	fModWord
	fPrep
	fVoice
	fTogether
)

// future reports whether token i is a verb of the future: س before an
// imperfect, the first person too, which the analysis leaves out.
func (c *Coder) future(s *sentence, i int) bool {
	w := s.words[i]
	if strings.Contains(s.tok[i].Norm, "سيطر") { // of four radicals, no future
		return false
	}
	if w.Fut {
		return true
	}
	if s.lang != isnad.Arabic || s.tok[i].Kind != token.Word {
		return false
	}
	n := s.tok[i].Norm
	for _, conj := range []string{"و", "ف"} {
		n = strings.TrimPrefix(n, conj)
	}
	rest, ok := strings.CutPrefix(n, "س")
	if !ok {
		return false
	}
	for _, p := range []string{"ن", "ا", "ي", "ت"} {
		if !strings.HasPrefix(rest, p) {
			continue
		}
		f := c.word(token.Hash(rest), rest, isnad.Arabic).Form
		return f == morph.Imperfect || f == morph.Perfect && p == "ا" && w.Form != morph.Perfect && w.Form != morph.Active
	}
	return false
}

// factFeatures appends what tells whether the event e at token i is presented
// as having happened. Words of negation and modality act on what they govern:
// each is described by how many finite verbs and contents clauses stand between
// it and the event, the nearest two together too.
func (c *Coder) factFeatures(s *sentence, i, ty int, e *Event, prev *memory, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	w := s.words[i]
	lang := b2u(s.lang == isnad.English)
	form := uint32(w.Form) + 20*lang
	t := uint32(ty) + 1
	cl := typeClass(ty)
	fut := b2u(c.future(s, i))
	prep := s.prepBefore(i)
	if w.Prep != "" {
		prep = learn.String(w.Prep)
	}
	spoken := b2u(len(e.Speaker) > 0)
	stance := learn.String(string(e.Stance))
	own := b2u(len(e.Speaker) > 0 && has(e.Actor, e.Speaker[0]))
	f = append(f, h(fAny), h(fAny, lang), h(fForm, form, fut), h(fForm, cl, fut, 12), h(fForm, fut, 13), h(fForm, form, prep, b2u(w.Art)), h(fStem, s.stem[i]), h(fStem, s.stem[i], form),
		h(fType, t), h(fType, t, form), h(fType, t, spoken), h(fType, cl, form, spoken), h(fStem, s.base[i], 9),
		h(fVoice, cl, spoken, own), h(fVoice, cl, stance, own), h(fVoice, own, stance, form), h(fVoice, t, own, 5), h(fVoice, s.c2[i], own, 6),
		h(fStem, s.c1[i], form, 10), h(fStem, s.c2[i], form, 11))
	if s.lang == isnad.English {
		n := s.tok[i].Norm
		f = append(f, h(fForm, learn.String(n[max(0, len(n)-2):]), 77), h(fForm, learn.String(n[max(0, len(n)-2):]), at(s.stem, s.step(i, -1)), 78))
	}
	for d := 1; d <= 4; d++ {
		f = append(f, h(fLeft, uint32(d), at(s.stem, s.step(i, -d))), h(fLeft2, at(s.stem, s.step(i, -d))), h(fLeft, uint32(d), at(s.c2, s.step(i, -d)), 1))
		if d <= 2 {
			f = append(f, h(fRight, uint32(d), at(s.stem, s.step(i, d))))
		}
	}
	f = append(f, h(fLeft, 9, at(s.stem, s.step(i, -1)), form), h(fLeft, 10, at(s.stem, s.step(i, -2)), at(s.stem, s.step(i, -1))))
	// words of modality before, nearest first
	mods, fin, that, stop := 0, 0, uint32(0), uint32(0)
	var sig [2]uint32
	for j := i - 1; j >= 0 && j >= i-16; j-- {
		n := s.tok[j].Norm
		switch {
		case s.is.that[n]:
			that = 1
		case n == "\"" || n == ":" || n == "؛" || n == ";":
			stop = 1
		case s.is.relative[n]:
			stop = 2
		}
		fu := s.at[j] == 0 && c.future(s, j)
		if s.mods[j] == nil && !fu {
			if s.finite(j) && !s.is.be[n] {
				fin++
			}
			continue
		}
		fact, word := learn.String("planned"), uint32(7)
		if s.mods[j] != nil {
			fact, word = learn.String(string(s.mods[j].fact)), s.stem[j]
		}
		fb := uint32(min(fin, 3))
		k := uint32(min(mods, 3))
		if mods < 2 && stop == 0 && fin <= 1 {
			sig[mods] = fact + uint32(fin)
		}
		f = append(f, h(fMod, fact, fb, that+2*stop+6*lang), h(fMod, fact, fb, k, 1), h(fMod, fact, fb, form, 2),
			h(fModWord, word, fb, stop), h(fModWord, word, bucket(i-j), 3), h(fModWord, word, s.base[j], 4), h(fMod, fact, bucket(i-j), fb, 6))
		if mods == 0 {
			f = append(f, h(fModBefore, fact, form, fb), h(fModBefore, word, form, fb), h(fModBefore, fact, prep, fb, 2), h(fModBefore, word, prep, 3), h(fModBefore, fact, cl, fb, 4), h(fModBefore, word, own, 6),
				h(fModBefore, fact, own, spoken, 7))
		}
		if s.finite(j) {
			fin++
		}
		mods++
	}
	f = append(f, h(fModBefore, uint32(min(mods, 3)), form, 90), h(fModBefore, sig[0], sig[1], 91), h(fModBefore, sig[0], sig[1], form, 92), h(fModBefore, sig[0], sig[1], cl, 93))
	if g := s.finiteBefore(i, 10); g >= 0 {
		gf := b2u(c.future(s, g))
		f = append(f, h(fGovern, s.stem[g]), h(fGovern, s.stem[g], form), h(fGovern, uint32(s.words[g].Form), gf, form), h(fGovern, s.c2[g], form, 5), h(fGovern, s.stem[g], bucket(i-g), 3), h(fGovern, gf, bucket(i-g), 8))
		if g > 0 {
			f = append(f, h(fGovern, s.stem[g-1], s.stem[g], 4))
			if m := s.mods[g-1]; m != nil {
				f = append(f, h(fGovern, learn.String(string(m.fact)), bucket(i-g), form, 6))
			}
		}
	}
	cond := 0
	for j := range s.tok {
		if s.tok[j].Kind != token.Word {
			continue
		}
		if s.mods[j] != nil && s.mods[j].fact == isnad.Conditional {
			f = append(f, h(fCond, s.base[j], b2u(j < i)), h(fCond, b2u(j < i), fut, form), h(fCond, b2u(j < i), bucket(max(i-j, j-i)), 5))
			cond++
		}
		if s.cues[j] != nil && j != i {
			f = append(f, h(fCue, s.stem[j], b2u(j < i), s.marker(min(j, i), max(j, i))))
		}
	}
	f = append(f, h(fCond, uint32(min(cond, 2)), 9))
	if prev != nil && prev.last != nil && prev.last.sent == s {
		b := prev.last
		bt := uint32(slices.Index(isnad.Types, b.Type))
		f = append(f, h(fTogether, bt, cl, b2u(b.Token < i)), h(fTogether, learn.String(string(b.Factuality)), bucket(i-b.Token)), h(fTogether, bt, spoken, own, 1), h(fTogether, bt, form, prep, 2),
			h(fTogether, learn.String(string(b.Factuality)), b2u(w.Conj), cl, 3))
	}
	if len(s.tok) > 0 {
		last := s.tok[len(s.tok)-1].Norm
		if last == "?" || last == "؟" {
			f = append(f, h(fSent, 1))
		}
	}
	f = append(f, h(fPrep, prep, lang), h(fPrep, prep, form))
	return f
}

// conditionSpan is how many words of a condition its event is looked for in.
const conditionSpan = 6

// isCondition reports whether token i is the event of a condition: a word of
// condition stands before it, and neither a verb nor a sign between.
func (s *sentence) isCondition(i int) bool {
	for j := i - 1; j >= 0 && j >= i-conditionSpan; j-- {
		if m := s.mods[j]; m != nil && m.fact == isnad.Conditional {
			return true
		}
		if s.tok[j].Kind == token.Sign && s.tok[j].Norm != "\"" || s.finite(j) && s.terms[i] == nil {
			return false
		}
	}
	return false
}

// hangs reports whether a condition follows the event at token i in its clause.
func (s *sentence) hangs(i int) bool {
	for j := i + 1; j < len(s.tok); j++ {
		if m := s.mods[j]; m != nil && m.fact == isnad.Conditional {
			return true
		}
		if s.tok[j].Kind == token.Sign && s.tok[j].Norm != "\"" || s.finite(j) || s.is.relative[s.tok[j].Norm] {
			return false
		}
	}
	return false
}

// unfinished reports whether the form of an Arabic word leaves open that its event has
// happened: an imperfect, a verbal noun, or what is written like either («تقدم»).
func (s *sentence) unfinished(i int) bool {
	if s.lang != isnad.Arabic {
		return false
	}
	switch s.words[i].Form {
	case morph.Imperfect, morph.Masdar:
		return true
	}
	return s.finite(i) && strings.HasPrefix(s.words[i].Base, "ت")
}

// conditional reports whether a word of condition stands at token i: «إذا أرسلت».
func (s *sentence) conditional(i int) bool {
	return i >= 0 && s.mods[i] != nil && s.mods[i].fact == isnad.Conditional
}
