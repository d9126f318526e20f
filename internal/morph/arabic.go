package morph

import (
	"strings"
	"unicode/utf8"
)

// The pronouns that hang on a word, longest first.
var enclitics = []string{"هما", "كما", "هم", "هن", "كم", "نا", "ها", "ني", "ه", "ك"}

// Endings of nouns after the pronoun is gone, longest first; of finite verbs
// likewise, of sound and of final-weak ones, with what each costs.
var (
	nounEndings          = []string{"يات", "ات", "ون", "ين", "ان", "تي", "تا", "يه", "وا", "ه", "ي", "ا", "ت"}
	perfectEndings       = []ending{{"", 0}, {"ت", .1}, {"وا", 0}, {"تا", .6}, {"ا", .6}, {"نا", .6}, {"تم", 1}, {"ن", 1}, {"و", 1.2}}
	weakPerfectEndings   = []ending{{"", 1.5}, {"ي", .3}, {"ا", .3}, {"ت", .1}, {"وا", .1}, {"تا", .6}, {"ينا", .5}, {"يت", .5}, {"و", 1.2}}
	imperfectEndings     = []ending{{"", 0}, {"ون", 0}, {"ان", .2}, {"ين", .8}, {"وا", 0}, {"ن", .6}, {"و", 1.2}}
	weakImperfectEndings = []ending{{"ي", 0}, {"و", 0}, {"ا", .3}, {"", .8}, {"ون", 0}, {"ان", .4}, {"ين", .8}, {"وا", 0}}
	imperfectPrefixes    = []ending{{"ي", 0}, {"ت", .3}, {"ن", 1}, {"ا", 2.5}}
)

type ending struct {
	text string
	cost float32
}

// What an analysis costs; the cheapest wins, and none above dear does.
const (
	dear       = 2.6
	unknown    = 1   // a verb that no table of terms or cues names
	pronoun    = .4  // on a verb or noun
	pronounH   = 1.5 // ه, which is ة as often
	nominal    = .3
	preposed   = .4
	conjoinedW = .7 // و in front
	conjoinedF = 1.2
	known      = -2
)

// finder keeps the cheapest analysis.
type finder struct {
	m     *Morph
	best  Word
	cost  float32
	found bool
}

func (f *finder) offer(w Word, cost float32) {
	if cost < dear && (!f.found || cost < f.cost) {
		f.best, f.cost, f.found = w, cost, true
	}
}

// Arabic analyses a folded Arabic token. Of all ways to read it the cheapest is
// kept: common prefixes and endings, verbs that event terms and cues name.
// Homographs of one verb (قتل: killed, killing) are told by Form alone, which the
// models read beside the neighbours.
func (m *Morph) Arabic(norm string) Word {
	if m.function[norm] {
		return Word{Base: norm, Stem: norm}
	}
	f := finder{m: m}
	f.analyse(norm, Word{Base: norm}, 0)
	if rest, ok := cut(norm, "و", "ف"); ok && !m.whole[norm] {
		v := Word{Conj: true, Base: rest}
		if m.function[rest] && (!f.found || f.cost > 0) {
			v.Stem = rest
			return v
		}
		c := float32(conjoinedW)
		if norm[:2] != "و" {
			c = conjoinedF
		}
		f.analyse(rest, v, c)
		if !f.found && norm[:2] == "و" {
			m.stem(rest, &v)
			return v
		}
	}
	if f.found {
		return f.best
	}
	w := Word{Base: norm}
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

// analyse offers what base may be as a form of a verb.
func (f *finder) analyse(base string, w Word, cost float32) {
	m := f.m
	f.perfect(base, w, cost)
	f.imperfect(base, w, cost)
	if rest, ok := strings.CutPrefix(base, "س"); ok {
		v := w
		v.Fut = true
		f.imperfect(rest, v, cost+.1)
	}
	if rest, ok := strings.CutPrefix(base, "ال"); ok {
		v := w
		v.Art = true
		f.noun(rest, v, cost)
	}
	f.noun(base, w, cost)
	if m.whole[base] {
		return
	}
	if rest, ok := strings.CutPrefix(base, "ل"); ok {
		v := w
		v.Prep = "ل"
		f.imperfect(rest, v, cost+preposed)
		if r2, ok := strings.CutPrefix(rest, "ل"); ok {
			v.Art = true
			f.noun(r2, v, cost+preposed)
		}
	}
	for _, p := range []string{"ب", "ل", "ك"} {
		rest, ok := strings.CutPrefix(base, p)
		if !ok {
			continue
		}
		v := w
		v.Prep = p
		c := cost + preposed
		if p == "ك" {
			c++
		}
		f.noun(rest, v, c)
		if r2, ok := strings.CutPrefix(rest, "ال"); ok {
			v.Art = true
			f.noun(r2, v, c)
		}
	}
}

// noun offers a bare noun with its endings and pronoun.
func (f *finder) noun(s string, w Word, cost float32) {
	try := func(stem, enc string, c float32) {
		n, ok := f.m.nouns[stem]
		if !ok {
			return
		}
		v := &f.m.verbs[n.verb]
		w := w
		w.Stem, w.Root, w.Verb, w.Form, w.Enc, w.Skel = stem, v.root, v.lemma, n.form, enc, skeleton(stem)
		if n.form != Masdar {
			c += .25
		}
		if n.listed {
			c -= .3
		}
		f.offer(w, cost+nominal+c+v.cost)
	}
	try(s, "", 0)
	for _, e := range nounEndings {
		if stem, ok := strings.CutSuffix(s, e); ok {
			try(stem, "", .2)
			if e == "ات" || e == "تي" || e == "تا" {
				try(stem+"ه", "", .2)
			}
		}
	}
	for _, p := range enclitics {
		rest, ok := strings.CutSuffix(s, p)
		if !ok {
			continue
		}
		c := float32(pronoun)
		try(rest, p, c)
		for _, seat := range []string{"ئ", "ؤ"} {
			if r2, ok := strings.CutSuffix(rest, seat); ok {
				try(r2+"ء", p, c)
			}
		}
		if r2, ok := strings.CutSuffix(rest, "ت"); ok {
			try(r2+"ه", p, c)
		}
		for _, e := range []string{"ات", "ي", "ا"} {
			if r2, ok := strings.CutSuffix(rest, e); ok {
				try(r2, p, c+.2)
				if e == "ات" {
					try(r2+"ه", p, c+.1)
				}
			}
		}
	}
}

func encliticCost(enc string) float32 {
	switch enc {
	case "":
		return 0
	case "ه":
		return pronounH
	case "ك", "كم", "ني", "كما", "هن":
		return 1.2
	}
	return pronoun
}

// perfect offers perfect forms.
func (f *finder) perfect(s string, w Word, cost float32) {
	for k := -1; k < len(enclitics); k++ {
		enc := ""
		if k >= 0 {
			enc = enclitics[k]
		}
		rest, ok := strings.CutSuffix(s, enc)
		if !ok || len(rest) < 4 {
			continue
		}
		c := cost + encliticCost(enc)
		f.finite(f.m.perfect, rest, w, Perfect, enc, perfectEndings, weakPerfectEndings, c)
	}
}

// imperfect offers imperfect forms.
func (f *finder) imperfect(s string, w Word, cost float32) {
	for _, p := range imperfectPrefixes {
		rest, ok := strings.CutPrefix(s, p.text)
		if !ok {
			continue
		}
		for k := -1; k < len(enclitics); k++ {
			enc := ""
			if k >= 0 {
				enc = enclitics[k]
			}
			r2, ok := strings.CutSuffix(rest, enc)
			if !ok || len(r2) < 4 {
				continue
			}
			f.finite(f.m.imperfect, r2, w, Imperfect, enc, imperfectEndings, weakImperfectEndings, cost+p.cost+encliticCost(enc))
		}
	}
}

func (f *finder) finite(in map[string][]int32, s string, w Word, form Form, enc string, sound, weak []ending, cost float32) {
	for _, es := range [2][]ending{sound, weak} {
		for _, e := range es {
			stem, ok := strings.CutSuffix(s, e.text)
			if !ok || len(stem) < 4 {
				continue
			}
			for _, id := range in[stem] {
				v := &f.m.verbs[id]
				isWeak := v.weak && stem != v.lemma
				if isWeak != (&es[0] == &weak[0]) {
					continue
				}
				c := cost + e.cost + v.cost
				if len(stem) == 4 && e.text == "" && enc == "" && form == Perfect {
					c += .3
				}
				if v.hollow && form == Perfect && stem != v.lemma && (e.text == "" || e.text == "وا" || e.text == "ا") {
					c += 1.5
				}
				x := w
				x.Stem, x.Root, x.Verb, x.Form, x.Enc, x.Skel = v.lemma, v.root, v.lemma, form, enc, skeleton(v.lemma)
				f.offer(x, c)
			}
		}
	}
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
			for _, seat := range []string{"ئ", "ؤ"} {
				if r, ok := strings.CutSuffix(s, seat); ok {
					s = r + "ء"
				}
			}
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
