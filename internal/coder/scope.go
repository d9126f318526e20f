package coder

import (
	"strings"

	"isnad"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// scope tells under which cue a token stands.
type scope struct {
	k      int   // of links, -1 none
	how    uint8 // scopeNone …
	breaks int   // clauses opened by «و» and a finite verb since the content began
	fin    int   // finite verbs since the content began
	at     int   // token where the content begins
}

// scope goes back from token i to the cue whose content i belongs to. A «that»
// that another verb governs («أراد أن») is passed over; «وأن» goes on with the
// cue of the «أن» before it.
func (s *sentence) scope(i int, links []link) scope {
	fin, breaks := 0, 0
	coord := false
	linkAt := func(j int) int {
		for k := range links {
			if links[k].q == j {
				return k
			}
		}
		return -1
	}
	for j := i - 1; j >= 0; j-- {
		n := s.tok[j].Norm
		var how uint8
		switch {
		case s.words[j].class&that != 0:
			how = scopeThat
		case n == ":":
			how = scopeColon
		case n == "\"" && s.quote[j] && s.quote[i]:
			how = scopeQuote
		}
		k := linkAt(j)
		if how != 0 {
			if k < 0 {
				verbs, other := 0, -1
				for q := j - 1; q >= 0 && q >= j-25; q-- {
					if k = linkAt(q); k >= 0 && (links[k].cue.kind != "noun" || links[k].mention >= 0) && links[k].cue.kind != "preposition" {
						if kind := links[k].cue.kind; kind == "verb" || kind == "participle" || kind == "colon" {
							break
						}
						if other < 0 {
							other = k
						}
					}
					k = -1
					if s.finite(q) && s.cues[q] == nil {
						if verbs++; verbs > 0 && !coord && !(q > 0 && s.is.relative[s.tok[q-1].Norm]) {
							break
						}
					}
				}
				if k < 0 {
					k = other
				}
			}
			if k >= 0 {
				return scope{k, how, breaks, fin, j}
			}
			if how == scopeThat && s.words[j].Conj {
				coord, fin, breaks = true, 0, 0
			}
			continue
		}
		if k >= 0 {
			switch kind := links[k].cue.kind; {
			case kind == "preposition":
				return scope{k, scopePrep, breaks, fin, j}
			case kind == "noun" && j > 0 && (s.cues[j-1] != nil || j > 1 && s.cues[j-2] != nil):
			case coord:
				return scope{k, scopeThat, breaks, fin, j}
			case fin == 0:
				return scope{k, scopeDirect, breaks, fin, j}
			default:
				return scope{k, scopeFar, breaks, fin, j}
			}
		}
		if s.finite(j) && s.cues[j] == nil {
			fin++
			if s.words[j].Conj {
				breaks++
			}
		}
	}
	return scope{k: -1}
}

// cueAt is the cue at a token, or the colon that stands for one.
func (s *sentence) cueAt(q int) *cue {
	if s.cues[q] == nil {
		return colonCue
	}
	return s.cues[q]
}

// subject finds who speaks by a cue: its own mention, else that of the cue
// before it in the sentence (2), else the subject of the verb before it (3).
func (s *sentence) subject(k int, links []link) (m int, how uint32) {
	if links[k].mention >= 0 {
		return links[k].mention, 1
	}
	for j := k - 1; j >= 0; j-- {
		if links[j].mention >= 0 && links[j].cue.kind != "preposition" && links[j].cue.kind != "noun" {
			return links[j].mention, 2
		}
	}
	if links[k].cue.kind == "participle" { // «…، مؤكدا» has the subject of the verb before
		for v := len(s.vf) - 1; v >= 0; v-- {
			if f := &s.vf[v]; f.at < links[k].q && f.subject >= 0 {
				return f.subject, 2
			}
		}
	}
	if v := s.verb[links[k].q]; v >= 0 && s.vf[v].subject >= 0 {
		return s.vf[v].subject, 3
	}
	return -1, 0
}

// embedded tells what subordinates token i within its sentence, going back eight
// tokens: 1 a relative clause, 2 a word of time or cause («بعد», "since"), which
// date or name an event that the article vouches for; 3 «that»; 0 nothing.
func (s *sentence) embedded(i int) uint32 {
	for j := i - 1; j >= 0 && j >= i-8; j-- {
		n := s.tok[j].Norm
		switch {
		case s.words[j].class&relative != 0:
			return 1
		case s.words[j].class&that != 0:
			return 3
		}
		if s.words[j].Conj {
			n = s.words[j].Base
		}
		if s.is.circumstance[n] {
			return 2
		}
		switch n {
		case "\"", ":", ".":
			return 0
		}
	}
	return 0
}

// accused finds the accuser of an event told in an accusation («اتهم X Y بـ…»,
// "accused Y of …"): a rule, for the words of accusing are many and each is rare.
func (s *sentence) accused(i int, links []link) (q int, who []isnad.Code) {
	for k := len(links) - 1; k >= 0; k-- {
		l := links[k]
		if l.q >= i || l.cue.stance != isnad.Alleges || l.mention < 0 || i-l.q > 14 || !isAccuse(s, l.q) {
			continue
		}
		m := &s.men[l.mention]
		if s.lang == isnad.Arabic && l.after && !(s.words[l.q].Enc != "" && m.From <= l.q+2 && s.prepBefore(m.From) == 0 && m.To+2 < i) && (l.mention+1 >= len(s.men) || s.men[l.mention+1].From >= i) {
			continue // the one mention may be the accused
		}
		of := false
		for j := l.q + 1; j <= i; j++ {
			n := s.tok[j].Norm
			if s.is.relative[n] || s.embedded(i) == 2 || n == "," || n == "،" || s.cues[j] != nil && s.cues[j].kind == "verb" {
				return -1, nil
			}
			of = of || n == "of" || n == "بان" || n == "بانه" || n == "بانها" || s.lang == isnad.Arabic && s.at[j] == 0 && (s.words[j].Prep == "ب" || s.words[j].Prep == "" && j == i && n[:2] == "ب")
		}
		if of {
			return l.q, s.men[l.mention].Codes
		}
	}
	return -1, nil
}

// accusation finds who accuses whom by the verb at token i, where both stand as
// its subject and object before what the accusation is: «اتهمت عدة دول إيران بـ…»,
// "X accused Y of …".
func (s *sentence) accusation(i int, links []link) (actor, recipient []isnad.Code) {
	if !isAccuse(s, i) || s.cues[i].kind != "verb" {
		return nil, nil
	}
	for _, l := range links {
		if l.q != i || l.mention < 0 {
			continue
		}
		o := l.mention + 1
		if s.lang == isnad.English {
			for o < len(s.men) && s.men[o].From <= i {
				o++
			}
		} else if !l.after {
			return nil, nil
		}
		if o >= len(s.men) || s.prepBefore(s.men[o].From) != 0 || len(s.men[o].Codes) == 0 || s.men[o].From-s.men[l.mention].To > 2 && s.lang == isnad.Arabic || s.coordinated(o, -1) {
			return nil, nil
		}
		next := s.men[o].To
		if next >= len(s.tok) {
			return nil, nil
		}
		if n := s.tok[next].Norm; n == "of" || s.lang == isnad.Arabic && (s.words[next].Prep == "ب" || n == "بان" || n == "بانه" || n == "بانها" || strings.HasPrefix(n, "ب")) {
			return s.men[l.mention].Codes, s.men[o].Codes
		}
		return nil, nil
	}
	return nil, nil
}

func isAccuse(s *sentence, q int) bool {
	switch s.cues[q] {
	case nil:
		return false
	}
	r := s.cues[q].row
	return r == "cues_ar:verb_accuse" || r == "cues_ar:participle_accusing" || r == "cues_en:alleges_accuse"
}

// marker says how content is introduced between a cue and a trigger.
func (s *sentence) marker(lo, hi int) uint32 {
	for j := lo + 1; j < hi && j < len(s.tok); j++ {
		switch s.tok[j].Norm {
		case "ان", "بان", "انه", "انها", "that", "بانه", "بانها", "انهم":
			return 1
		case ":":
			return 2
		case "\"":
			return 3
		}
	}
	if hi-lo <= 3 {
		return 4
	}
	return 0
}

// clauses counts the finite verbs that open a clause between two tokens.
func (s *sentence) clauses(lo, hi int) uint32 {
	n := 0
	for j := lo + 1; j < hi && j < len(s.words); j++ {
		if f := s.words[j].Form; s.tok[j].Kind == token.Word && (f == morph.Perfect || f == morph.Imperfect) && s.cues[j] == nil {
			n++
			if s.words[j].Conj {
				n++
			}
		}
	}
	return bucket(n)
}
