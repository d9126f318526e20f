package coder

import (
	"isnad/internal/orth"
	"isnad/lexicon"
)

// further tells who does a further act of a kind that was told just before, where its
// own words name nobody: «مع احتمال إرسال دفعات جديدة», "more may follow". Its parties are
// those of the last act of that kind, in this sentence or the one before.
func (r *reading) further(s *sentence, h hit, e *Event) bool {
	m := r.mem
	if m.last == nil || m.last.Type != e.Type || m.last.Sentence < s.index-1 || len(m.last.Actor) == 0 || typeClass(h.ty) != classDeed || !r.c.again(s, h.i) {
		return false
	}
	for j := h.i + 1; j < len(s.tok) && !s.finite(j); j++ {
		if s.at[j] != 0 {
			return false
		}
	}
	for j := h.i - 1; j >= 0 && j >= h.i-3; j-- {
		if s.at[j] != 0 {
			return false
		}
	}
	e.Actor, e.Recipient = m.last.Actor, m.last.Recipient
	return true
}

// again reports whether one of the three words after a token says that there was more
// of it before.
func (c *Coder) again(s *sentence, i int) bool {
	for j := i + 1; j < len(s.tok) && j <= i+3; j++ {
		if c.more[s.tok[j].Norm] {
			return true
		}
	}
	return i > 0 && c.more[s.tok[i-1].Norm]
}

// moreWords are the single words of pact_words.tsv for one more of a kind.
func moreWords(t *lexicon.Table) map[string]bool {
	more := map[string]bool{}
	for _, r := range t.Rows {
		if r.Get("group") == "again" {
			for _, f := range r.List("forms") {
				more[orth.Fold(f)] = true
			}
		}
	}
	return more
}
