package coder

import (
	"slices"
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
	needs  []string         // words one of which must follow; "marker": what opens a content clause
	unless []string         // words none of which may follow within three
}

// cues finds attribution, negation and modality words.
type cues struct {
	word  map[string]*cue   // single words, by base or lemma
	form  map[string]*cue   // finite forms of the verbs, for words that the analysis takes for others («ودعا», «نفت»)
	first map[string][]*seq // phrases by their first word
	mod   map[string]*cue
	modq  map[string][]*seq
}

type seq struct {
	rest []string
	cue  *cue
}

func newCues(lex *lexicon.Lexicon, m *morph.Morph) *cues {
	c := &cues{word: map[string]*cue{}, form: map[string]*cue{}, first: map[string][]*seq{}, mod: map[string]*cue{}, modq: map[string][]*seq{}}
	for _, r := range lex.Table("cues_ar").Rows {
		q := &cue{row: r.Ref(), kind: r.Get("kind"), stance: isnad.Stance(r.Get("stance")), denies: r.Get("polarity") == "negative"}
		q.conditions(r)
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
					if w := m.Arabic(words[0]); w.Verb != "" && w.Enc == "" {
						set(c.word, "v:"+w.Verb, q)
					}
					for _, f := range verbForms(words[0], col == "imperfect") {
						set(c.form, f, q)
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
			if q.kind == "verb" || q.kind == "modality" {
				if w := m.Arabic(words[0]); w.Verb != "" && w.Enc == "" {
					set(c.mod, "v:"+w.Verb, q)
				}
				for _, f := range verbForms(words[0], false) {
					set(c.mod, f, q)
				}
			}
		}
	}
	for _, r := range lex.Table("modality_ar").Rows {
		if r.Get("kind") == "noun" { // with article, preposition or pronoun too
			w := orth.Fold(r.Get("cue"))
			set(c.mod, "n:"+m.Arabic(w).Stem, c.mod[w])
		}
	}
	for _, r := range lex.Table("cues_en").Rows {
		q := &cue{row: r.Ref(), kind: r.Get("kind"), stance: isnad.Stance(r.Get("stance")), denies: r.Get("polarity") == "negative"}
		q.conditions(r)
		words := strings.Fields(r.Get("surface"))
		first := "e:" + m.English(words[0]).Stem
		if len(words) > 1 {
			c.first[first] = append(c.first[first], &seq{words[1:], q})
			continue
		}
		set(c.word, first, q)
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
func (c *cues) know(w *word, norm string, lang isnad.Lang) {
	w.mod = c.modal(w)
	if lang == isnad.English {
		w.cue = c.word["e:"+w.Stem]
		return
	}
	if w.Verb != "" && (w.Form == morph.Perfect || w.Form == morph.Imperfect) {
		w.cue = c.word["v:"+w.Verb]
	}
	if w.cue == nil {
		w.cue = c.word[w.Base]
	}
	if w.cue == nil {
		w.cue = c.form[norm]
	}
	if w.cue == nil && (strings.HasPrefix(norm, "و") || strings.HasPrefix(norm, "ف")) {
		w.cue = c.form[norm[len("و"):]]
	}
}

// begins lists the phrases that begin with a word: attribution, and modality.
func (c *cues) begins(w *word, lang isnad.Lang) (cue, mod []*seq) {
	if lang == isnad.English {
		return c.first["e:"+w.Stem], c.modq[w.Base]
	}
	return c.first[w.Base], c.modq[w.Base]
}

func (c *cues) modal(w *word) *cue {
	if q := c.mod[w.Base]; q != nil {
		return q
	}
	if w.Verb != "" && (w.Form == morph.Perfect || w.Form == morph.Imperfect) {
		if q := c.mod["v:"+w.Verb]; q != nil {
			return q
		}
	}
	for _, conj := range []string{"و", "ف"} { // the analysis leaves «ولم» whole
		if rest, ok := strings.CutPrefix(w.Base, conj); ok && c.mod[rest] != nil {
			return c.mod[rest]
		}
	}
	if w.Stem != w.Base {
		return c.mod["n:"+w.Stem]
	}
	return nil
}

// attribution returns the attribution cue that begins at token i, nil if none.
func (c *cues) attribution(s *sentence, i int) *cue {
	q := c.find(s, i)
	if q == nil || q.met(s, i) {
		return q
	}
	return nil
}

func (q *cue) conditions(r lexicon.Row) {
	for _, f := range r.List("needs") {
		if f != "marker" {
			f = orth.Fold(f)
		}
		q.needs = append(q.needs, f)
	}
	for _, f := range r.List("unless") {
		q.unless = append(q.unless, orth.Fold(f))
	}
}

// met reports whether what a cue needs follows within ten tokens: «تابع: …» says,
// «تابع المباراة» does not.
func (q *cue) met(s *sentence, i int) bool {
	for j := i + 1; j < len(s.tok) && j <= i+3; j++ {
		n := s.tok[j].Norm
		if s.words[j].class&that != 0 {
			break
		}
		if slices.Contains(q.unless, n) {
			return false
		}
	}
	if len(q.needs) == 0 {
		return true
	}
	gap := 10
	if s.words[i].Base == "بين" { // nearly always "between"
		gap = 2
	}
	for j := i + 1; j < len(s.tok) && j <= i+gap; j++ {
		n := s.tok[j].Norm
		marker := s.words[j].class&that != 0 || n == ":" || n == "\""
		for _, k := range q.needs {
			if n == k || k == "marker" && marker || k == "ب" && j <= i+4 && s.words[j].Prep == "ب" {
				return true
			}
		}
		if n == "،" || n == "." {
			break
		}
	}
	return false
}

func (c *cues) find(s *sentence, i int) *cue {
	if b := s.words[i].begins; b != nil {
		if q := phrase(b.cue, s, i); q != nil {
			return q
		}
	}
	return s.words[i].cue
}

// verbForms lists the finite forms of the third person of a folded verb.
func verbForms(w string, imperfect bool) []string {
	if imperfect {
		rest, ok := strings.CutPrefix(w, "ي")
		if !ok {
			return nil
		}
		out := []string{w, "ت" + rest, "ن" + rest, "ا" + rest}
		stem := rest
		for _, weak := range []string{"ي", "و", "ا"} {
			stem = strings.TrimSuffix(stem, weak)
		}
		return append(out, "ي"+stem+"ون", "س"+w, "ست"+rest)
	}
	stem := w
	if t := strings.TrimSuffix(strings.TrimSuffix(w, "ا"), "ي"); len([]rune(t)) > 1 {
		stem = t
	}
	return []string{w, stem + "ت", stem + "وا", stem + "تا"}
}

// modality returns the negation or modality cue that begins at token i.
func (c *cues) modality(s *sentence, i int) *cue {
	if b := s.words[i].begins; b != nil {
		if q := phrase(b.mod, s, i); q != nil {
			return q
		}
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
