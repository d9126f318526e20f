package morph

import (
	"strings"
	"unicode/utf8"
)

// The pronouns that hang on a word, longest first.
var enclitics = []string{"هما", "كما", "هم", "هن", "كم", "نا", "ها", "ني", "ه", "ك"}

// Endings of nouns after the pronoun is gone, longest first; of finite verbs
// likewise.
var (
	nounEndings      = []string{"يات", "ات", "ون", "ين", "ان", "تي", "تا", "يه", "وا", "ه", "ي", "ا", "ت"}
	perfectEndings   = []string{"", "ت", "وا", "تا", "ا", "نا", "تم", "ن", "و"}
	imperfectEndings = []string{"", "ون", "ان", "ين", "وا", "ن", "و"}
)

// Arabic analyses a folded Arabic token. The first analysis found in this
// order is kept: finite verb, masdar or participle, any other noun. Homographs
// between them (قتل: killed, killing) are told by Form alone, which the models
// read beside the neighbours.
func (m *Morph) Arabic(norm string) Word {
	w := Word{Base: norm}
	if m.function[norm] {
		w.Stem = norm
		return w
	}
	if m.analyse(norm, &w) {
		return w
	}
	if rest, ok := cut(norm, "و", "ف"); ok && !m.whole[norm] {
		v := Word{Conj: true, Base: rest}
		if m.function[rest] {
			v.Stem = rest
			return v
		}
		if m.analyse(rest, &v) || norm[:2] == "و" {
			if v.Stem == "" {
				m.stem(rest, &v)
			}
			return v
		}
	}
	m.stem(norm, &w)
	return w
}

// cut takes one of the given letters off, when three letters at least remain.
func cut(s string, letters ...string) (string, bool) {
	for _, l := range letters {
		if rest, ok := strings.CutPrefix(s, l); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest, true
		}
	}
	return "", false
}

// analyse fills w when base is a form of a known verb.
func (m *Morph) analyse(base string, w *Word) bool {
	if m.finite(base, w) {
		return true
	}
	if rest, ok := strings.CutPrefix(base, "س"); ok && m.imperfectForm(rest, w) {
		w.Fut = true
		return true
	}
	if m.nominal(base, w) {
		return true
	}
	if m.whole[base] {
		return false
	}
	if rest, ok := strings.CutPrefix(base, "ل"); ok && m.imperfectForm(rest, w) {
		w.Prep = "ل"
		return true
	}
	return false
}

// nominal tries base as article or preposition + masdar or participle.
func (m *Morph) nominal(base string, w *Word) bool {
	if rest, ok := strings.CutPrefix(base, "ال"); ok {
		if m.noun1(rest, w) {
			w.Art = true
			return true
		}
	}
	if m.noun1(base, w) {
		return true
	}
	if m.whole[base] {
		return false
	}
	if rest, ok := strings.CutPrefix(base, "لل"); ok && m.noun1(rest, w) {
		w.Prep, w.Art = "ل", true
		return true
	}
	for _, p := range []string{"ب", "ل", "ك"} {
		rest, ok := strings.CutPrefix(base, p)
		if !ok {
			continue
		}
		if r2, ok := strings.CutPrefix(rest, "ال"); ok && m.noun1(r2, w) {
			w.Prep, w.Art = p, true
			return true
		}
		if m.noun1(rest, w) {
			w.Prep = p
			return true
		}
	}
	return false
}

// noun1 tries a bare noun with its endings and pronoun.
func (m *Morph) noun1(s string, w *Word) bool {
	try := func(stem, enc string) bool {
		n, ok := m.nouns[stem]
		if !ok {
			return false
		}
		v := m.verbs[n.verb]
		w.Stem, w.Root, w.Verb, w.Form, w.Enc, w.Skel = stem, v.root, v.lemma, n.form, enc, skeleton(stem)
		return true
	}
	if try(s, "") {
		return true
	}
	for _, e := range nounEndings {
		if stem, ok := strings.CutSuffix(s, e); ok && (try(stem, "") || try(stem+"ه", "")) {
			return true
		}
	}
	for _, p := range enclitics {
		rest, ok := strings.CutSuffix(s, p)
		if !ok {
			continue
		}
		if try(rest, p) {
			return true
		}
		if r2, ok := strings.CutSuffix(rest, "ت"); ok && try(r2+"ه", p) {
			return true
		}
		for _, e := range []string{"ات", "ي", "ا"} {
			if r2, ok := strings.CutSuffix(rest, e); ok && try(r2, p) {
				return true
			}
		}
	}
	return false
}

// finite tries a perfect, then an imperfect.
func (m *Morph) finite(s string, w *Word) bool {
	if m.imperfectForm(s, w) {
		return true
	}
	if utf8.RuneCountInString(s) < 3 {
		return false
	}
	for _, enc := range append([]string{""}, enclitics...) {
		rest, ok := strings.CutSuffix(s, enc)
		if !ok || len(rest) < 4 {
			continue
		}
		for _, e := range perfectEndings {
			stem, ok := strings.CutSuffix(rest, e)
			if !ok {
				continue
			}
			if id, ok := m.perfect[stem]; ok && (len(stem) >= 6 || e != "" && len(stem) >= 4) {
				v := m.verbs[id]
				w.Stem, w.Root, w.Verb, w.Form, w.Enc, w.Skel = v.lemma, v.root, v.lemma, Perfect, enc, skeleton(v.lemma)
				return true
			}
		}
	}
	return false
}

func (m *Morph) imperfectForm(s string, w *Word) bool {
	rest, ok := cut(s, "ي", "ت", "ن", "ا")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "ي"); !ok || utf8.RuneCountInString(rest) < 2 {
			return false
		}
	}
	for _, enc := range append([]string{""}, enclitics...) {
		r2, ok := strings.CutSuffix(rest, enc)
		if !ok {
			continue
		}
		for _, e := range imperfectEndings {
			stem, ok := strings.CutSuffix(r2, e)
			if !ok || len(stem) < 4 {
				continue
			}
			if id, ok := m.imperfect[stem]; ok {
				v := m.verbs[id]
				w.Stem, w.Root, w.Verb, w.Form, w.Enc, w.Skel = v.lemma, v.root, v.lemma, Imperfect, enc, skeleton(v.lemma)
				return true
			}
		}
	}
	return false
}

// stem takes article, preposition, pronoun and ending off a word that is no
// form of a known verb.
func (m *Morph) stem(base string, w *Word) {
	s := base
	w.Form = Noun
	if !m.whole[base] {
		switch {
		case strings.HasPrefix(s, "لل") && len(s) > 8:
			s, w.Prep, w.Art = s[4:], "ل", true
		case strings.HasPrefix(s, "بال") && len(s) > 10:
			s, w.Prep, w.Art = s[6:], "ب", true
		case strings.HasPrefix(s, "كال") && len(s) > 10:
			s, w.Prep, w.Art = s[6:], "ك", true
		case strings.HasPrefix(s, "ال") && len(s) > 8:
			s, w.Art = s[4:], true
		}
	}
	for _, p := range enclitics[:8] {
		if r, ok := strings.CutSuffix(s, p); ok && len(r) >= 6 {
			s, w.Enc = r, p
			break
		}
	}
	for _, e := range nounEndings {
		if r, ok := strings.CutSuffix(s, e); ok && len(r) >= 6 {
			s = r
			break
		}
	}
	w.Stem, w.Skel = s, skeleton(s)
}
