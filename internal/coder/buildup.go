package coder

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// A buildup is a state making more of its own arms: a word of building before an
// arsenal, or before a programme or capability that a military word describes
// («عززت ترسانتها», «تطوير برامجها الصاروخية», "expanding its nuclear arsenal").
// It is MOBILIZE, of whoever builds.
//
// None: what is to be stopped («وقف تطوير برنامجها»), what it is of another
// («عززت واشنطن قدرات سيول الدفاعية»), and what something else is for («دعم لتطوير
// برامجها»).
type buildup struct {
	i     int
	owner []isnad.Code
}

func (s *sentence) buildups() []buildup {
	var out []buildup
	for i := range s.tok {
		if !s.isOf(i, kBuild) || s.at[i] != 0 || s.tok[i].Kind != token.Word {
			continue
		}
		w := s.words[i]
		if w.Form == morph.Noun || w.Form == morph.Passive || s.lang == isnad.Arabic && strings.HasPrefix(s.tok[i].Norm, "ل") {
			continue
		}
		if n := s.armed(i); n < 0 || s.stopped(i) || !s.own(i, n) {
			continue
		} else if owner := s.builder(i, n); len(owner) > 0 {
			out = append(out, buildup{i, owner})
		}
	}
	return out
}

// armed finds the arms that the word at i builds, -1 for none.
func (s *sentence) armed(i int) int {
	for j := i + 1; j < len(s.tok) && s.gap(i, j) < 4; j++ {
		if s.finite(j) && s.lang == isnad.Arabic || s.tok[j].Kind == token.Sign {
			return -1
		}
		if s.isOf(j, kArsenal) {
			return j
		}
		if !s.isOf(j, kCapability) {
			continue
		}
		lo, hi := j+1, min(j+4, len(s.tok))
		if s.lang == isnad.English {
			lo, hi = max(i+1, j-3), j
		}
		for k := lo; k < hi; k++ {
			if s.isOf(k, kMilitary) {
				return j
			}
		}
	}
	return -1
}

// own reports whether a pronoun says that the arms at token n are the builder's.
func (s *sentence) own(i, n int) bool {
	if s.lang == isnad.Arabic {
		w := s.tok[n].Norm
		return strings.HasSuffix(w, "ها") || strings.HasSuffix(w, "هم") || strings.HasSuffix(w, "هما") || strings.HasSuffix(w, "ه") && !s.tok[n].TaMarbuta
	}
	for j := i + 1; j < n; j++ {
		switch s.tok[j].Norm {
		case "its", "their", "own", "his":
			return true
		}
	}
	return false
}

// stopped reports whether a word of stopping or denying governs the building at
// token i.
func (s *sentence) stopped(i int) bool {
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		if s.isOf(j, kStop) || s.is.negation[s.tok[j].Norm] {
			return true
		}
		if s.tok[j].Kind == token.Sign {
			return false
		}
	}
	return false
}

// builder finds whose arms at n the word at i builds: its own. nil where the arms
// are another's, or nothing tells.
func (s *sentence) builder(i, n int) []isnad.Code {
	var who []isnad.Code
	v, own := s.governor(i)
	switch {
	case v != nil && v.subject >= 0 && !v.passive && (own || i-v.at <= 12):
		who = s.men[v.subject].Codes
	case s.lang == isnad.English:
		who = s.before(i)
	case s.words[i].Form != morph.Masdar:
		return nil
	}
	if w := s.words[i]; s.lang == isnad.Arabic && w.Form == morph.Masdar && i+1 < len(s.tok) && s.at[i+1] != 0 {
		if m := s.men[s.at[i+1]-1]; m.From == i+1 && m.Pre == "" {
			who = m.Codes // «تطوير إيران برنامجها»
		}
	}
	for m := range s.men {
		x := &s.men[m]
		if x.From <= i || x.From > n+3 || x.Kind == annotate.BackRef || len(x.Codes) == 0 || overlapping(x.Codes, who) {
			continue
		}
		if s.lang == isnad.Arabic && x.From == n+1 && x.Pre == "" || s.lang == isnad.English && x.From < n {
			return nil
		}
	}
	if len(who) == 1 && who[0] != isnad.Unknown {
		return slices.Clone(who)
	}
	return nil
}

// built adds the buildups of a sentence to its hits, as what they are.
func (r *reading) built(s *sentence, hs []hit) []hit {
	ty := slices.Index(isnad.Types, "MOBILIZE")
	for _, b := range r.buildups {
		k, there := slices.BinarySearchFunc(hs, b.i, func(h hit, i int) int { return h.i - i })
		if there {
			hs[k] = hit{i: b.i, ty: ty, p: max(hs[k].p, builtScore), sure: true}
		} else {
			hs = slices.Insert(hs, k, hit{i: b.i, ty: ty, p: builtScore, sure: true})
		}
	}
	return hs
}

// builtScore is the probability that a buildup is an event.
const builtScore = .7

func (r *reading) buildupAt(i int) *buildup {
	for k := range r.buildups {
		if r.buildups[k].i == i {
			return &r.buildups[k]
		}
	}
	return nil
}

// against lists whom a buildup at token i is said to be against.
func (s *sentence) against(i int) []isnad.Code {
	for m := range s.men {
		if p := s.prepBefore(s.men[m].From); s.men[m].From > i && (p == hAgainst || p == hAgainstEn) {
			return s.men[m].Codes
		}
	}
	return nil
}

var hAgainst, hAgainstEn = learn.String("ضد"), learn.String("against")
