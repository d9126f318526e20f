package coder

import (
	"slices"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// verbFrame is what stands around a finite verb, by order and prepositions
// alone: no parser that runs in the time of reading exists for both languages,
// and the models weigh these guesses against the rest.
type verbFrame struct {
	at      int
	subject int   // mention, -1 none
	how     uint8 // 1 after the verb (VSO, "said X"), 2 before it (SVO), 3 carried on from the verb before, 4 antecedent of a relative
	object  int   // mention, -1 none
	passive bool
}

func (s *sentence) finite(i int) bool {
	f := s.words[i].Form
	return s.tok[i].Kind == token.Word && s.at[i] == 0 && (f == morph.Perfect || f == morph.Imperfect)
}

// bare reports whether a mention stands under no preposition.
func (s *sentence) bare(m int) bool { return s.prepBefore(s.men[m].From) == 0 }

// frames finds subject and object of each finite verb.
func (s *sentence) frames() {
	last := -1
	var room [16]int
	for g := range s.tok {
		s.verb[g] = int16(last)
		if !s.finite(g) {
			continue
		}
		f := verbFrame{at: g, subject: -1, object: -1}
		if s.lang == isnad.English {
			f.passive = g > 0 && s.words[g-1].class&beVerb != 0 || g > 1 && s.words[g-2].class&beVerb != 0
		} else {
			f.passive = s.tok[g].Damma
		}
		after := room[:0] // bare mentions after the verb, before another clause
		for j := g + 1; j < len(s.tok) && j < g+16; j++ {
			n := s.tok[j].Norm
			if s.words[j].class&(that|relative) != 0 || n == ":" || n == "\"" || s.finite(j) {
				break
			}
			if k := int(s.at[j]) - 1; k >= 0 && s.men[k].From == j && s.bare(k) {
				after = append(after, k)
			}
		}
		before, rel := -1, false
		for j := g - 1; j >= 0 && j > g-14; j-- {
			if s.words[j].class&relative != 0 {
				rel = true
				continue
			}
			if s.finite(j) && s.lang == isnad.Arabic && !(j > 0 && s.words[j-1].class&relative != 0) || s.words[j].class&that != 0 {
				break
			}
			if s.lang == isnad.English && s.finite(j) && s.words[j].class&beVerb == 0 {
				break
			}
			if k := int(s.at[j]) - 1; k >= 0 && (rel || s.bare(k)) {
				before = k
				break
			}
		}
		switch {
		case rel && before >= 0:
			f.subject, f.how = before, 4
			if len(after) > 0 {
				f.object = after[0]
			}
		case s.lang == isnad.English || before >= 0 && !s.words[g].Conj && (len(after) == 0 || g-s.men[before].To <= 1):
			if before >= 0 {
				f.subject, f.how = before, 2
			}
			if len(after) > 0 {
				f.object = after[0]
			}
		case len(after) > 0:
			f.subject, f.how = after[0], 1
			if len(after) > 1 {
				f.object = after[1]
			}
		}
		if f.subject < 0 && last >= 0 && s.vf[last].subject >= 0 {
			f.subject, f.how = s.vf[last].subject, 3
		}
		s.vf = append(s.vf, f)
		last = len(s.vf) - 1
		s.verb[g] = int16(last)
	}
}

// governor is the frame of token i itself (own) or of the verb before it.
func (s *sentence) governor(i int) (f *verbFrame, own bool) {
	k := s.verb[i]
	if k < 0 {
		return nil, false
	}
	return &s.vf[k], s.vf[k].at == i
}

// lastSubject is the mention that the last verb with a subject has.
func (s *sentence) lastSubject() int {
	for k := len(s.vf) - 1; k >= 0; k-- {
		if s.vf[k].subject >= 0 {
			return s.vf[k].subject
		}
	}
	return -1
}

// firstSubject is the subject of the sentence's first verb, or its first bare
// mention.
func (s *sentence) firstSubject() int {
	for k := range s.vf {
		if s.vf[k].subject >= 0 {
			return s.vf[k].subject
		}
	}
	for m := range s.men {
		if s.bare(m) {
			return m
		}
	}
	return -1
}

// given finds who gives and who gets by the grammar of the trigger at token i,
// where it leaves no choice; ok is false elsewhere.
//
//   - A verbal noun with two bare parties right after it has its doer in the
//     genitive and the other as its object: «قصف إسرائيل غزة», «تزويد إيران روسيا بـ…».
//   - The subject of a verb of receiving is the recipient: «تلقت بيونغ يانغ مساعدات
//     من موسكو»; whom it has them from stands after «من».
func (s *sentence) given(i int, actor, recipient []isnad.Code) (a, r []isnad.Code, ok bool) {
	if a, r, ok := s.sent(i); ok {
		return a, r, true
	}
	if s.lang == isnad.Arabic && s.words[i].Form == morph.Masdar && !s.words[i].Art && s.words[i].Enc == "" {
		for m := 0; m+1 < len(s.men); m++ {
			x, y := &s.men[m], &s.men[m+1]
			if x.From != i+1 || y.From != x.To || !s.bare(m) || !s.bare(m+1) || s.coordinated(m, 1) || len(x.Codes) == 0 || len(y.Codes) == 0 || overlapping(x.Codes, y.Codes) {
				continue
			}
			return x.Codes, y.Codes, true
		}
	}
	if a, r, ok := s.givenBack(i); ok && s.lang == isnad.Arabic {
		return a, r, true
	}
	gov, own := s.governor(i)
	if gov == nil || gov.subject < 0 || gov.passive {
		return nil, nil, false
	}
	t := s.terms[gov.at]
	if own {
		t = s.terms[i]
	}
	if t == nil || !t.takes {
		return nil, nil, false
	}
	to := s.men[gov.subject].Codes
	from := actor
	if overlapping(actor, to) {
		if from = recipient; overlapping(recipient, to) {
			from = nil
		}
	}
	for m := range s.men {
		if s.men[m].From > i && (s.prepBefore(s.men[m].From) == hFrom || s.prepBefore(s.men[m].From) == hFromEn) && !overlapping(s.men[m].Codes, to) {
			from = s.men[m].Codes
			break
		}
	}
	return from, to, true
}

// sent finds who sends what to whom by a verbal noun that makes an idiom with the
// thing sent, over its doer in the genitive: «إرسال إيران أسلحة إلى …».
func (s *sentence) sent(i int) (a, r []isnad.Code, ok bool) {
	t := s.terms[i]
	if s.lang != isnad.Arabic || t == nil || !t.idiom || t.types&bit("AID") == 0 || s.words[i].Form != morph.Masdar || s.words[i].Art || i+1 >= len(s.tok) || s.at[i+1] == 0 {
		return nil, nil, false
	}
	x := &s.men[s.at[i+1]-1]
	if x.From != i+1 || !s.bare(int(s.at[i+1])-1) || len(x.Codes) == 0 || x.To >= len(s.tok) || s.at[x.To] != 0 && s.men[s.at[x.To]-1].Kind != annotate.Office {
		return nil, nil, false
	}
	for m := range s.men {
		y := &s.men[m]
		if p := s.prepBefore(y.From); y.From >= x.To && y.From <= x.To+8 && (p == hTo || p == hFor) && len(y.Codes) > 0 && !overlapping(x.Codes, y.Codes) {
			return x.Codes, y.Codes, true
		}
	}
	return nil, nil, false
}

var hTo, hFor = learn.String("الي"), learn.String("ل")

// receives reports whether a state, or a body or person of one, is the subject of the
// verb of receiving at token i.
func (s *sentence) receives(i int) bool {
	v, own := s.governor(i)
	if !own || v.subject < 0 || v.passive {
		return false
	}
	m := &s.men[v.subject]
	return len(m.Codes) == 1 && oneClass(m.Codes[0]) == 6 && (m.Kind == annotate.State || m.Kind == annotate.Office || m.Kind == annotate.City && !m.Resolved)
}

// givenBack finds who gives to whom by a verbal noun with its doer in the genitive
// and a pronoun for the receiver, who is the subject of the verb before it: «نفت
// طهران تزويد بكين لها بـ…».
func (s *sentence) givenBack(i int) (a, r []isnad.Code, ok bool) {
	v, own := s.governor(i)
	if own || v == nil || v.subject < 0 || s.words[i].Form != morph.Masdar || s.words[i].Art || i+1 >= len(s.tok) || s.at[i+1] == 0 {
		return nil, nil, false
	}
	x, to := &s.men[s.at[i+1]-1], s.men[v.subject].Codes
	if x.From != i+1 || !s.bare(int(s.at[i+1])-1) || x.To >= len(s.tok) || len(x.Codes) == 0 || overlapping(x.Codes, to) {
		return nil, nil, false
	}
	switch s.tok[x.To].Norm {
	case "لها", "له", "لهم", "لهما", "اليها", "اليه", "اليهم", "اليهما":
		return x.Codes, to, true
	}
	return nil, nil, false
}

var hFrom, hFromEn = learn.String("من"), learn.String("from")

func overlapping(a, b []isnad.Code) bool {
	return slices.ContainsFunc(a, func(c isnad.Code) bool { return has(b, c) })
}
