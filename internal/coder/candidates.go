package coder

import (
	"slices"

	"isnad"
)

// candidate code of a claim and where it comes from.
type party struct {
	code    isnad.Code
	men     []int // mentions in the sentence, in order
	maybe   []int // mentions without a state in their words («المحكمة») that context gave to another code
	context int   // 0 in the sentence; 1 the sentence before, 2 two before, 3 title, 4 most named in the article, 5 home, 6 nowhere (UNK)
	from    *mentionAt
}

// mentionAt points to a mention of another sentence.
type mentionAt struct {
	s *sentence
	m int
}

const maxParties = 12

// parties lists candidate codes: those of the sentence first, then of the
// context.
func (d *document) parties(s *sentence, prev *memory) []party {
	ps := make([]party, 0, maxParties)
	add := func(code isnad.Code, ctx int, from *mentionAt) *party {
		for i := range ps {
			if ps[i].code == code {
				return &ps[i]
			}
		}
		if len(ps) == maxParties {
			return nil
		}
		ps = append(ps, party{code: code, context: ctx, from: from})
		return &ps[len(ps)-1]
	}
	for m := range s.men {
		for _, code := range s.men[m].Codes {
			if p := add(code, 0, nil); p != nil && (len(p.men) == 0 || p.men[len(p.men)-1] != m) {
				p.men = append(p.men, m)
			}
		}
	}
	for back := 1; back <= 2; back++ {
		if s.index-back < 0 {
			break
		}
		q := d.sentences[s.index-back]
		for m := range q.men {
			for _, code := range q.men[m].Codes {
				if len(ps) < maxParties-3 {
					add(code, back, &mentionAt{q, m})
				}
			}
		}
	}
	if prev != nil {
		for _, code := range prev.parties {
			add(code, 3, prev.from[code])
		}
	}
	if top := d.top(); top != "" {
		add(top, 4, nil)
	}
	if d.home != "" {
		add(d.home, 5, nil)
	}
	add(isnad.Unknown, 6, nil)
	for m := range s.men {
		if !s.men[m].Resolved || len(s.men[m].Codes) > 1 {
			continue
		}
		for k := range ps {
			if oneClass(ps[k].code) == 6 && !has(s.men[m].Codes, ps[k].code) {
				ps[k].maybe = append(ps[k].maybe, m)
			}
		}
	}
	return ps
}

// top is the code named most in the article.
func (d *document) top() isnad.Code { return d.most }

// namedMost is the code named most, the first of those named as often.
func (d *document) namedMost() isnad.Code {
	var best isnad.Code
	for _, code := range d.order {
		if code != isnad.Unknown && code != "MED" && (best == "" || d.codes[code] > d.codes[best]) {
			best = code
		}
	}
	return best
}

func has(codes []isnad.Code, c isnad.Code) bool {
	for _, x := range codes {
		if x == c {
			return true
		}
	}
	return false
}

// bearers lists the mentions that may stand for a candidate: its own, and those
// of which the words don't tell whose they are.
func (p *party) bearers() []int {
	if len(p.men)+len(p.maybe) <= maxBearers {
		return append(slices.Clip(p.men), p.maybe...)
	}
	out := append([]int(nil), p.men[:min(len(p.men), maxBearers)]...)
	return append(out, p.maybe[:min(len(p.maybe), maxBearers-len(out))]...)
}

const maxBearers = 8
