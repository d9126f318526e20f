// Package morph says what an Arabic or English word form may be: its clitics,
// its verb, root and form, its stem. It guesses generously; the coder's models
// choose.
//
// Arabic verbs come from verbs_ar.tsv: stems give every finite form by prefix
// and suffix, and the verbal noun and participles of the derived patterns
// follow from the stem by rule (فعّل → تفعيل, افتعل → افتعال …); those of the bare
// pattern stand in terms_ar.tsv. Analyses are found by taking affixes off and
// looking the rest up: 9,300 verbs would be 400,000 generated forms, whose
// table took 120 ms to build where this takes 15.
package morph

import (
	"slices"
	"strings"

	"isnad/internal/orth"
	"isnad/lexicon"
)

// Form is the shape of a word form.
type Form uint8

// The forms.
const (
	None Form = iota
	Perfect
	Imperfect
	Masdar
	Active  // active participle
	Passive // passive participle
	Noun
)

func (f Form) String() string {
	return [...]string{"none", "perfect", "imperfect", "masdar", "active", "passive", "noun"}[f]
}

// Word is what a token may be.
type Word struct {
	Form Form   // of the verb
	Conj bool   // و or ف in front
	Fut  bool   // س in front of an imperfect
	Art  bool   // the article
	Prep string // ب ل ك in front, "" otherwise
	Enc  string // pronoun at the end, "" otherwise
	Base string // folded word without conjunction
	Stem string // base without article, preposition and inflection
	Root string // root letters of the likeliest verb, "" if none
	Verb string // its lemma, "" if none
	Skel string // stem without long vowels and hamza: قصف, هجوم → هجم
}

// Morph holds the stems.
type Morph struct {
	perfect, imperfect map[string][]int32 // stem → verbs
	nouns              map[string]noun    // masdar or participle → verb
	named              map[string]bool    // lemmas that event terms and cues name
	verbs              []verb
	whole              map[string]bool // words never to be split
	function           map[string]bool
	irregular          map[string]string // English form → base
	functionEN         map[string]bool
}

type verb struct {
	lemma, root  string
	weak, hollow bool
	cost         float32
}

type noun struct {
	verb   int32
	form   Form
	listed bool // in a table, not made by rule
}

// New reads the tables verbs_ar, terms_ar, clash, function_ar, function_en and
// irregular_en.
func New(lex *lexicon.Lexicon) *Morph {
	m := &Morph{
		perfect: make(map[string][]int32, 16000), imperfect: make(map[string][]int32, 16000), named: map[string]bool{},
		nouns: make(map[string]noun, 16000), whole: map[string]bool{},
		function: map[string]bool{}, functionEN: map[string]bool{}, irregular: map[string]string{},
	}
	for _, r := range lex.Table("function_ar").Rows {
		m.function[orth.Fold(r.Get("word"))] = true
	}
	for _, r := range lex.Table("function_en").Rows {
		m.functionEN[r.Get("word")] = true
	}
	for _, r := range lex.Table("irregular_en").Rows {
		for _, f := range r.List("forms") {
			m.irregular[f] = r.Get("base")
		}
	}
	for _, r := range lex.Table("clash").Rows {
		if r.Get("kind") == "clitic_false" || r.Get("kind") == "article_false" {
			m.whole[orth.Fold(r.Get("word"))] = true
		}
	}
	name := func(s string) {
		if w := strings.Fields(orth.Fold(s)); len(w) > 0 {
			m.named[w[0]] = true
		}
	}
	for _, r := range lex.Table("terms_ar").Rows {
		name(r.Get("verb"))
	}
	for _, r := range lex.Table("cues_ar").Rows {
		if r.Get("kind") == "verb" {
			for _, f := range r.List("surface") {
				name(f)
			}
		}
	}
	m.terms(lex.Table("terms_ar"))
	for _, r := range lex.Table("verbs_ar").Rows {
		m.add(r.Get("lemma"), r.Get("root"), r.Get("pattern"), r.List("perfect"), r.List("imperfect"))
	}
	return m
}

// terms takes the masdars and participles that the event terms name; they win
// over generated ones.
func (m *Morph) terms(t *lexicon.Table) {
	for _, r := range t.Rows {
		if r.Get("kind") == "noun" {
			id := int32(len(m.verbs))
			m.verbs = append(m.verbs, verb{cost: known})
			for _, w := range r.List("masdar") {
				if w = orth.Fold(w); !strings.Contains(w, " ") {
					m.noun(w, noun{id, Noun, true})
				}
			}
			continue
		}
		if r.Get("kind") != "verb" {
			continue
		}
		lemma := orth.Fold(r.Get("verb"))
		if w := strings.Fields(lemma); len(w) > 1 {
			lemma = w[0] // طالب بـ
		}
		id := int32(len(m.verbs))
		m.verbs = append(m.verbs, verb{lemma: lemma, root: skeleton(lemma), cost: known})
		for _, g := range []struct {
			col  string
			form Form
		}{{"masdar", Masdar}, {"active", Active}, {"passive", Passive}} {
			for _, w := range r.List(g.col) {
				if w = orth.Fold(w); w != "" && !strings.Contains(w, " ") {
					m.noun(w, noun{id, g.form, true})
				}
			}
		}
	}
}

func (m *Morph) noun(w string, n noun) {
	if _, there := m.nouns[w]; !there && len(w) > 4 && !m.function[w] {
		m.nouns[w] = n
	}
}

func (m *Morph) add(lemma, root, pattern string, perfect, imperfect []string) {
	id := int32(len(m.verbs))
	pattern, _, bare := strings.Cut(pattern, "-")
	folded := orth.Fold(strings.TrimRight(lemma, "-")) // a dash marks the bare pattern
	v := verb{lemma: folded, root: root, cost: unknown,
		weak:   strings.HasSuffix(pattern, "aY") || strings.HasSuffix(pattern, "aA") || strings.HasSuffix(pattern, "iy"),
		hollow: strings.HasSuffix(pattern, "aA3")}
	if m.named[folded] {
		v.cost = known
	}
	switch {
	case strings.HasPrefix(pattern, ">a"):
		v.cost += .3
	case bare:
		v.cost -= .1
	}
	m.verbs = append(m.verbs, v)
	put := func(t map[string][]int32, stem string) {
		if len(stem) > 2 && !slices.Contains(t[stem], id) {
			t[stem] = append(t[stem], id)
		}
	}
	put(m.perfect, folded)
	for _, s := range perfect {
		put(m.perfect, s)
	}
	for _, s := range imperfect {
		put(m.imperfect, s)
	}
	if strings.HasSuffix(pattern, "aY") || strings.HasSuffix(pattern, "a3") || strings.HasSuffix(pattern, "aA3") || strings.HasSuffix(pattern, "~") || strings.Contains(pattern, "4") {
		for _, d := range derive(folded, pattern, imperfect) {
			m.noun(d.word, noun{id, d.form, false})
		}
	}
}

type derived struct {
	word string
	form Form
}

// derive makes the masdar and participles of a verb from its folded perfect.
// Patterns are Camel Morph's, in Buckwalter letters.
func derive(perf, pattern string, imperfect []string) []derived {
	r := []rune(perf)
	n := len(r)
	if n < 3 {
		return nil
	}
	var out []derived
	put := func(f Form, parts ...string) { out = append(out, derived{strings.Join(parts, ""), f}) }
	weak := strings.HasSuffix(pattern, "aY")
	hollow := strings.HasSuffix(pattern, "aA3")
	s := func(a, b int) string { return string(r[a:b]) }
	last := s(n-1, n)
	if weak {
		last = "ء"
	}
	participles := func() {
		for _, im := range imperfect {
			put(Active, "م", im)
		}
	}
	switch {
	case strings.HasPrefix(pattern, "1a2~a"): // II
		if weak {
			put(Masdar, "ت", s(0, n-1), "يه")
		} else {
			put(Masdar, "ت", s(0, n-1), "ي", last)
		}
		put(Active, "م", perf)
	case strings.HasPrefix(pattern, "1aA2a"): // III
		if weak {
			put(Masdar, "م", s(0, n-1), "اه")
		} else {
			put(Masdar, "م", perf, "ه")
			put(Masdar, s(0, 1), s(2, 3), "ا", last)
		}
		put(Active, "م", perf)
	case strings.HasPrefix(pattern, ">a"): // IV
		if hollow {
			put(Masdar, perf, "ه")
		} else {
			put(Masdar, s(0, n-1), "ا", last)
		}
		put(Active, "م", s(1, n))
		participles()
	case strings.HasPrefix(pattern, "ta1a2~a"), strings.HasPrefix(pattern, "ta1aA2a"), strings.HasPrefix(pattern, "ta1a2o3a4"): // V VI
		put(Masdar, perf)
		put(Active, "م", perf)
	case strings.HasPrefix(pattern, "{isota"): // X
		if hollow {
			put(Masdar, perf, "ه")
		} else {
			put(Masdar, s(0, n-1), "ا", last)
		}
		put(Active, "م", s(1, n))
		participles()
	case strings.HasPrefix(pattern, "{i"): // VII VIII
		if hollow {
			put(Masdar, s(0, n-2), "يا", last)
		} else {
			put(Masdar, s(0, n-1), "ا", last)
		}
		put(Active, "م", s(1, n))
		participles()
	case strings.HasPrefix(pattern, "1a2o3a4"):
		put(Masdar, perf, "ه")
		put(Active, "م", perf)
	case n == 3 && strings.HasPrefix(pattern, "1a2"): // I: participles only
		if !weak && !hollow && !strings.Contains(pattern, "~") {
			put(Active, s(0, 1), "ا", s(1, 3))
			put(Passive, "م", s(0, 2), "و", last)
		}
	}
	return out
}

// skeleton drops long vowels and hamza: a key that a verb and its nouns often
// share.
func skeleton(w string) string {
	var b strings.Builder
	for _, c := range w {
		switch c {
		case 'ا', 'و', 'ي', 'ء', 'ئ', 'ؤ', 'ه':
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Function reports whether a folded Arabic or English word is a function word.
func (m *Morph) Function(w string) bool { return m.function[w] || m.functionEN[w] }
