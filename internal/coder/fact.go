package coder

import (
	"isnad/internal/learn"
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
)

// factFeatures appends what tells whether the event at i is presented as
// having happened.
func (c *Coder) factFeatures(s *sentence, i, ty int, spoken bool, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	w := s.words[i]
	form := uint32(w.Form)
	t := uint32(ty) + 1
	f = append(f, h(fAny), h(fForm, form, b2u(w.Fut)), h(fForm, form, learn.String(w.Prep), b2u(w.Art)), h(fStem, s.stem[i]), h(fStem, s.stem[i], form),
		h(fType, t), h(fType, t, form), h(fType, t, b2u(spoken)), h(fType, t, form, b2u(spoken)), h(fStem, s.base[i], 9))
	for d := 1; d <= 4; d++ {
		f = append(f, h(fLeft, uint32(d), at(s.stem, i-d)), h(fLeft2, at(s.stem, i-d)), h(fLeft, uint32(d), at(s.c2, i-d), 1))
		if d <= 2 {
			f = append(f, h(fRight, uint32(d), at(s.stem, i+d)))
		}
	}
	f = append(f, h(fLeft, 9, at(s.stem, i-1), form), h(fLeft, 10, at(s.stem, i-2), at(s.stem, i-1)))
	mods := 0
	for j := i - 1; j >= 0 && j >= i-10; j-- {
		if s.mods[j] == nil {
			continue
		}
		fact := learn.String(string(s.mods[j].fact))
		f = append(f, h(fMod, fact, bucket(i-j)), h(fMod, fact, s.clauses(j, i), 1), h(fModWord, s.base[j], bucket(i-j)), h(fModWord, s.base[j], 99, s.clauses(j, i)))
		if mods == 0 {
			f = append(f, h(fModBefore, fact, form), h(fModBefore, s.base[j], form))
		}
		mods++
	}
	if g := s.finiteBefore(i, 10); g >= 0 {
		f = append(f, h(fGovern, s.stem[g]), h(fGovern, s.stem[g], form), h(fGovern, uint32(s.words[g].Form), b2u(s.words[g].Fut), form), h(fGovern, s.c2[g], form, 5), h(fGovern, s.stem[g], bucket(i-g), 3))
		if g > 0 {
			f = append(f, h(fGovern, s.stem[g-1], s.stem[g], 4))
		}
	}
	for j := range s.tok {
		if s.tok[j].Kind == token.Word && s.mods[j] != nil && s.mods[j].fact == "conditional" {
			f = append(f, h(fCond, s.base[j], b2u(j < i)), h(fCond, b2u(j < i)))
		}
		if s.cues[j] != nil && j != i {
			f = append(f, h(fCue, s.stem[j], b2u(j < i), s.marker(min(j, i), max(j, i))))
		}
	}
	if len(s.tok) > 0 {
		last := s.tok[len(s.tok)-1].Norm
		if last == "?" || last == "؟" {
			f = append(f, h(fSent, 1))
		}
	}
	f = append(f, h(fPrep, s.prepBefore(i)), h(fPrep, s.prepBefore(i), form))
	return f
}
