package coder

import (
	"strings"

	"isnad"
	"isnad/internal/morph"
	"isnad/internal/orth"
	"isnad/lexicon"
)

// cue is a word that makes a voice of somebody, or that moves an event away
// from having happened.
type cue struct {
	row    string
	kind   string // verb, participle, preposition, masdar, noun, idiom, adverb
	stance isnad.Stance
	fact   isnad.Factuality // for negation and modality
	denies bool             // polarity negative
}

// cues finds attribution, negation and modality words.
type cues struct {
	word  map[string]*cue   // single words, by base or lemma
	first map[string][]*seq // phrases by their first word
	mod   map[string]*cue
	modq  map[string][]*seq
}

type seq struct {
	rest []string
	cue  *cue
}

func newCues(lex *lexicon.Lexicon, m *morph.Morph) *cues {
	c := &cues{word: map[string]*cue{}, first: map[string][]*seq{}, mod: map[string]*cue{}, modq: map[string][]*seq{}}
	for _, r := range lex.Table("cues_ar").Rows {
		q := &cue{row: r.Ref(), kind: r.Get("kind"), stance: isnad.Stance(r.Get("stance")), denies: r.Get("polarity") == "negative"}
		for _, col := range []string{"surface", "imperfect"} {
			for _, f := range r.List(col) {
				words := strings.Fields(orth.Fold(f))
				if len(words) > 1 {
					c.first[words[0]] = append(c.first[words[0]], &seq{words[1:], q})
					continue
				}
				if len(words) == 0 {
					continue
				}
				set(c.word, words[0], q)
				if q.kind == "verb" {
					if v := m.Arabic(words[0]).Verb; v != "" {
						set(c.word, "v:"+v, q)
					}
				}
			}
		}
	}
	for _, r := range lex.Table("modality_ar").Rows {
		q := &cue{row: r.Ref(), kind: r.Get("kind"), fact: isnad.Factuality(r.Get("factuality"))}
		words := strings.Fields(orth.Fold(r.Get("cue")))
		if len(words) > 1 {
			c.modq[words[0]] = append(c.modq[words[0]], &seq{words[1:], q})
		} else if len(words) == 1 {
			set(c.mod, words[0], q)
		}
	}
	for _, r := range lex.Table("cues_en").Rows {
		q := &cue{row: r.Ref(), kind: r.Get("kind"), stance: isnad.Stance(r.Get("stance")), denies: r.Get("polarity") == "negative"}
		set(c.word, "e:"+m.English(r.Get("surface")).Stem, q)
	}
	for _, r := range lex.Table("modality_en").Rows {
		for _, f := range r.List("forms") {
			set(c.mod, f, &cue{row: r.Ref(), kind: "modality", fact: isnad.Factuality(r.Get("factuality"))})
		}
	}
	return c
}

func set(m map[string]*cue, k string, q *cue) {
	if _, there := m[k]; !there {
		m[k] = q
	}
}

// know notes the cues that a word is or begins.
func (c *cues) know(w *word, lang isnad.Lang) {
	w.mod, w.modSeq = c.mod[w.Base], c.modq[w.Base]
	if lang == isnad.English {
		w.cue = c.word["e:"+w.Stem]
		return
	}
	w.cueSeq = c.first[w.Base]
	if w.Verb != "" && (w.Form == morph.Perfect || w.Form == morph.Imperfect) {
		w.cue = c.word["v:"+w.Verb]
	}
	if w.cue == nil {
		w.cue = c.word[w.Base]
	}
}

// attribution returns the attribution cue that begins at token i, nil if none.
func (c *cues) attribution(s *sentence, i int) *cue {
	if q := phrase(s.words[i].cueSeq, s, i); q != nil {
		return q
	}
	return s.words[i].cue
}

// modality returns the negation or modality cue that begins at token i.
func (c *cues) modality(s *sentence, i int) *cue {
	if q := phrase(s.words[i].modSeq, s, i); q != nil {
		return q
	}
	return s.words[i].mod
}

func phrase(seqs []*seq, s *sentence, i int) *cue {
	for _, q := range seqs {
		if i+len(q.rest) >= len(s.words) {
			continue
		}
		ok := true
		for j, r := range q.rest {
			if n := s.tok[i+1+j].Norm; n != r && !strings.HasPrefix(n, r) {
				ok = false
				break
			}
		}
		if ok {
			return q.cue
		}
	}
	return nil
}
