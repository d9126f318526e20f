package coder

import (
	"isnad"
	"isnad/internal/morph"
	"isnad/internal/token"
	"slices"
)

// link ties an attribution cue to whoever speaks by it.
type link struct {
	q       int // token of the cue
	mention int // in the sentence, -1 where the subject is left out
	after   bool
	cue     *cue
}

// colonCue stands for the colon of «X: …» at the head of a post or headline.
var colonCue = &cue{row: "rule:colon", kind: "colon", stance: isnad.States}

// links finds the subject of each attribution cue of a sentence.
//
// Arabic: «قال X إن»: the first bare mention within five tokens after the verb;
// «X قال»: the mention that ends right before it; «وفقا لـX»: the mention after.
// A participle («مؤكدا») and a verb without either carry the subject on.
// English: the mention before ("X said") unless another verb intervenes, else
// the one after ("said X", "according to X").
func (s *sentence) links() []link {
	var out []link
	for q, cu := range s.cues {
		if cu == nil || s.at[q] != 0 && cu.kind != "noun" && cu.kind != "idiom" {
			continue
		}
		l := link{q: q, mention: -1, cue: cu}
		after := func(gap int, bare bool) bool {
			for j := q + 1; j < len(s.tok) && j <= q+gap; j++ {
				switch s.tok[j].Norm {
				case "ان", "بان", "انه", "انها", "that", ":":
					return false
				case "\"":
					if s.quoteLong(j) && s.quote[j] {
						return false
					}
				}
				if s.at[j] != 0 {
					m := int(s.at[j]) - 1
					if bare && s.prepBefore(s.men[m].From) != 0 {
						return false
					}
					l.mention, l.after = m, true
					return true
				}
			}
			return false
		}
		before := func(gap int) bool {
			for j := q - 1; j >= 0 && j >= q-gap; j-- {
				if s.at[j] != 0 {
					l.mention = int(s.at[j]) - 1
					return true
				}
				if f := s.words[j].Form; s.lang == isnad.Arabic && (f == morph.Perfect || f == morph.Imperfect) {
					return false
				}
				if s.tok[j].Norm == "\"" && s.lang == isnad.Arabic {
					return false
				}
			}
			return false
		}
		switch {
		case s.lang == isnad.English && (cu.kind == "preposition" || cu.kind == "noun"):
			_ = after(5, false) || before(4)
		case s.lang == isnad.English:
			_ = before(5) || after(4, true)
		case cu.kind == "preposition":
			_ = after(4, false)
		case cu.kind == "participle":
			// carried on
		case cu.kind == "verb":
			_ = s.speakerAfter(q, &l) || after(5, true) || before(2)
		default:
			_ = after(4, false) || before(1)
		}
		out = append(out, l)
	}
	n := len(out)
	if out = s.colons(out); len(out) > n {
		slices.SortFunc(out, func(a, b link) int { return a.q - b.q })
	}
	return out
}

// speakerAfter finds the subject of a verb of saying whose content clause opens
// within 25 tokens: the first bare mention before that, else the first under a
// preposition («مسؤول في الخارجية التركية»).
func (s *sentence) speakerAfter(q int, l *link) bool {
	first, open := -1, false
	for j := q + 1; j < len(s.tok) && j <= q+25; j++ {
		n := s.tok[j].Norm
		if s.words[j].class&that != 0 || n == ":" || n == "\"" && s.quote[j] && j > q+1 && s.quoteLong(j) {
			open = true
			break
		}
		if s.finite(j) && s.words[j-1].class&relative == 0 && s.words[j].Conj {
			return false
		}
		if m := int(s.at[j]) - 1; m >= 0 && l.mention < 0 && s.men[m].From == j {
			if s.bare(m) {
				l.mention, l.after = m, true
			} else if first < 0 {
				first = m
			}
		}
	}
	if !open {
		l.mention, l.after = -1, false
		return false
	}
	if l.mention < 0 && first >= 0 {
		l.mention, l.after = first, true
	}
	return l.mention >= 0
}

// quoteLong reports whether the quotation that opens at j holds more than a
// name: four tokens or more.
func (s *sentence) quoteLong(j int) bool {
	for k := j + 1; k < len(s.tok) && k <= j+4; k++ {
		if s.tok[k].Norm == "\"" {
			return false
		}
	}
	return true
}

// colons finds «X: …», where X is somebody and no verb stands between the sign
// before and the colon.
func (s *sentence) colons(out []link) []link {
	from := 0 // first token of the segment
	for j := range s.tok {
		n := s.tok[j].Norm
		if s.tok[j].Kind == token.Sign && n != ":" {
			switch n {
			case "\"", "#", "(", ")", ",", "،", "-", "_", "@":
			default:
				from = j + 1
			}
			continue
		}
		if s.finite(j) {
			from = len(s.tok) // until the next sign
		}
		if n != ":" {
			continue
		}
		m := -1
		if from < j && j-from <= 14 {
			for k := range s.men {
				if s.men[k].From >= from && s.men[k].To <= j && (m < 0 || !s.bare(m) && s.bare(k)) {
					m = k
				}
			}
		}
		from = j + 1
		if m >= 0 {
			out = append(out, link{q: j, mention: m, cue: colonCue})
		}
	}
	return out
}

// speaks lists who speaks last in a sentence: the subject of its last cue of
// saying, for the sentences after.
func (s *sentence) speaks(links []link) (m int, cu *cue) {
	m = -1
	for _, l := range links {
		if m >= 0 && l.q > 0 && (s.tok[l.q-1].Norm == "ما" || s.is.relative[s.tok[l.q-1].Norm]) {
			continue // «… ما قالته كييف»: told in passing of another
		}
		if l.mention >= 0 && l.cue.kind != "preposition" && l.cue.stance != isnad.Narrates && (m < 0 || l.cue.kind != "noun") {
			m, cu = l.mention, l.cue
		}
	}
	return m, cu
}
