package coder

import (
	"math/bits"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// Feature templates. A number never changes its meaning, or the weights would.
const (
	tBase uint32 = iota + 1
	tStem
	tSkel
	tVerbForm
	tForm
	tPrep
	tLex
	tLexForm
	tWinStem
	tWinC1
	tWinC2
	tWinMention
	tWinCue
	tBigram
	tSkelBigram
	tGovern
	tLeft
	tRight
	tCount
	tPlace
	tPrefix
	tNumber
	tPassive
	tEnc
	tMood
	tLexLeft
	tNextVerb
	tNoMention
	tLexIdiom
	tC2Stem
	tTopic
	tSent
	tGroup1
	tGroup2
	tGroupPair
	tBag
	tHead
)

func b2u(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func bucket(n int) uint32 {
	switch {
	case n < 0:
		return 0
	case n <= 4:
		return uint32(n)
	case n <= 7:
		return 5
	case n <= 12:
		return 6
	case n <= 20:
		return 7
	}
	return 8
}

// candidate reports whether token i may carry an event at all.
func (c *Coder) candidate(s *sentence, i int) bool {
	if s.tok[i].Kind != token.Word || s.words[i].function || s.stem[i] != s.words[i].stem { // a masked name
		return false
	}
	return s.terms[i] != nil || c.gated(s.words[i])
}

// gated reports whether a word carried an event in training.
func (c *Coder) gated(w *word) bool { return c.gate == nil || c.gate[w.stem] || c.gate[w.base] }

// at reads a per-token hash, with marks for before the beginning and after the
// end.
func at(h []uint32, i int) uint32 {
	if i < 0 {
		return 0xFFFFFFF1
	}
	if i >= len(h) {
		return 0xFFFFFFF2
	}
	return h[i]
}

// finiteBefore finds the last finite verb before i within gap tokens, -1 if
// none.
func (s *sentence) finiteBefore(i, gap int) int {
	for j := i - 1; j >= 0 && j >= i-gap; j-- {
		if f := s.words[j].Form; f == morph.Perfect || f == morph.Imperfect {
			return j
		}
	}
	return -1
}

// nearest finds the closest mention to the left and to the right of i: index
// in s.men (-1 for none) and distance in tokens.
func (s *sentence) nearest(i int) (l, ld, r, rd int) {
	l, r = -1, -1
	for k := range s.men {
		m := &s.men[k]
		switch {
		case m.To <= i:
			l, ld = k, s.gap(m.To-1, i)
		case m.From > i && r < 0:
			r, rd = k, s.gap(i, m.From)
		}
	}
	return l, ld, r, rd
}

// wordFeatures appends what a word form says of itself, wherever it stands.
func wordFeatures(w *word, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	form := uint32(w.Form)
	f = append(f, h(tBase, w.base), h(tStem, w.stem), h(tSkel, w.skel), h(tVerbForm, w.stem, form), h(tForm, form, b2u(w.Art)),
		h(tPrep, learn.String(w.Prep), b2u(w.Fut), b2u(w.Conj)), h(tEnc, b2u(w.Enc != ""), form),
		h(tPrep, w.stem, learn.String(w.Prep), b2u(w.Art)), h(tWinC1, 8, uint32(w.c1)), h(tWinC2, 8, uint32(w.c2)))
	if p := []rune(w.Base); len(p) > 4 {
		f = append(f, h(tPrefix, learn.String(string(p[:4]))), h(tPrefix, 1, learn.String(string(p[len(p)-4:]))))
	}
	return f
}

// triggerFeatures appends what speaks for or against an event at token i where
// it stands; wordFeatures says the rest.
func (c *Coder) triggerFeatures(d *document, s *sentence, i int, f []learn.Feature) []learn.Feature {
	w := s.words[i]
	form := uint32(w.Form)
	h := learn.Hash
	stem, skel := s.stem[i], s.skel[i]
	var lex uint32
	if t := s.terms[i]; t != nil {
		lex = uint32(t.types)
		for k := range isnad.Types {
			if t.types&(1<<k) != 0 {
				f = append(f, h(tLex, uint32(k)), h(tLexForm, uint32(k), form, b2u(w.Art)), h(tLex, uint32(k), 99, uint32(bits.OnesCount16(uint16(t.types))), b2u(s.lang == isnad.English)))
				if t.idiom {
					f = append(f, h(tLexIdiom, uint32(k)))
				}
			}
		}
	}
	for d := -3; d <= 3; d++ {
		if d == 0 {
			continue
		}
		o := uint32(d + 8)
		f = append(f, h(tWinStem, o, at(s.stem, s.step(i, d))))
		if d >= -2 && d <= 2 {
			f = append(f, h(tWinC1, o, at(s.c1, s.step(i, d))), h(tWinC2, o, at(s.c2, s.step(i, d))))
		}
	}
	f = append(f,
		h(tBigram, 1, stem, at(s.stem, s.step(i, 1))), h(tBigram, 2, at(s.stem, s.step(i, -1)), stem), h(tBigram, 3, stem, at(s.stem, s.step(i, 2))),
		h(tBigram, 4, at(s.stem, s.step(i, -2)), stem),
		h(tSkelBigram, 1, skel, at(s.c1, s.step(i, 1))), h(tSkelBigram, 2, skel, at(s.c1, s.step(i, -1))), h(tC2Stem, s.c2[i], at(s.c1, s.step(i, 1))), h(tC2Stem, 1, s.c2[i], at(s.c1, s.step(i, -1))))
	g1, g2 := s.g1[i], s.g2[i]
	for d := -2; d <= 2; d++ {
		o := uint32(d + 8)
		f = append(f, h(tGroup1, o, at(s.g1, s.step(i, d))), h(tGroup2, o, at(s.g2, s.step(i, d))))
	}
	f = append(f, h(tGroupPair, 1, g2, at(s.g1, s.step(i, 1))), h(tGroupPair, 2, g2, at(s.g1, s.step(i, -1))), h(tGroupPair, 3, g1, at(s.g2, s.step(i, 1))), h(tGroupPair, 4, g1, at(s.g2, s.step(i, -1))), h(tGroupPair, 5, g1, form), h(tGroupPair, 6, g2, form))
	// what the word governs and is governed by
	if g := s.finiteBefore(i, 8); g >= 0 {
		f = append(f, h(tGovern, s.stem[g], stem), h(tGovern, s.stem[g], form, 1), h(tGovern, s.c2[g], lex, 2))
	} else {
		f = append(f, h(tGovern, 0, form))
	}
	for j := i + 1; j < len(s.words) && j < i+6; j++ {
		if !s.words[j].function && s.tok[j].Kind == token.Word {
			f = append(f, h(tNextVerb, stem, s.stem[j]), h(tNextVerb, skel, s.c2[j]))
			break
		}
	}
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if s.cues[j] != nil {
			f = append(f, h(tWinCue, uint32(i-j), learn.String(string(s.cues[j].stance))))
		}
		if s.mods[j] != nil {
			f = append(f, h(tMood, uint32(i-j), learn.String(string(s.mods[j].fact))), h(tMood, s.base[j], lex))
		}
	}
	if s.cues[i] != nil {
		f = append(f, h(tWinCue, 0, learn.String(s.cues[i].kind), learn.String(string(s.cues[i].stance))))
	}
	// who stands around it
	l, ld, r, rd := s.nearest(i)
	kl, kr := mentionClass(s.men, l), mentionClass(s.men, r)
	f = append(f, h(tLeft, kl, bucket(ld)), h(tRight, kr, bucket(rd)), h(tLeft, 99, kl, lex), h(tRight, 99, kr, lex),
		h(tLeft, 98, kl, stem), h(tRight, 98, kr, stem), h(tCount, bucket(len(s.men))), h(tCount, bucket(len(s.men)), lex),
		h(tNoMention, b2u(len(s.men) == 0), b2u(len(d.codes) == 0), lex), h(tTopic, bucket(len(d.codes)), lex))
	if s.at[i] != 0 {
		f = append(f, h(tWinMention, uint32(s.men[s.at[i]-1].Kind), lex))
	}
	if i+1 < len(s.tok) && s.tok[i+1].Kind == token.Digit || i+2 < len(s.tok) && s.tok[i+2].Kind == token.Digit {
		f = append(f, h(tNumber, form, lex), h(tNumber, stem))
	}
	if s.tok[i].Damma {
		f = append(f, h(tPassive, form))
	}
	f = append(f, h(tPlace, b2u(i == 0), b2u(s.title), b2u(s.quote[i]), lex), h(tPlace, bucket(i), form), h(tSent, bucket(len(s.tok)/4)), h(tPlace, b2u(s.index == 0), lex))
	return f
}

// mentionClass folds a mention's kind and the class of its code into a value.
func mentionClass(men []annotate.Mention, k int) uint32 {
	if k < 0 {
		return 0
	}
	m := &men[k]
	return uint32(m.Kind)*8 + codeClass(m.Codes) + 1
}

// codeClass tells states from bodies and from nobody in particular. The code
// itself is never a feature: what is learned of one state must hold of all.
func codeClass(codes []isnad.Code) uint32 {
	if len(codes) == 0 {
		return 0
	}
	return oneClass(codes[0])
}

func oneClass(code isnad.Code) uint32 {
	switch code {
	case "UNK":
		return 1
	case "MED":
		return 2
	case "ISIS":
		return 3
	case "UNO", "EUU", "NATO", "ARL", "GCC", "AFU", "IGO":
		return 4
	case "NGO":
		return 5
	}
	return 6
}
