package coder

import "isnad/lexicon"

// particle is a set of classes of particles, for the places where every word is
// asked: it stands with the word.
type particle uint8

const (
	relative particle = 1 << iota
	that
	beVerb
)

// classOf is the set of classes that a folded word is of.
func (p *particles) classOf(norm string) (class particle) {
	for c, words := range map[particle]map[string]bool{relative: p.relative, that: p.that, beVerb: p.be} {
		if words[norm] {
			class |= c
		}
	}
	return class
}

// particles are the closed-class words by which clauses are told (particles.tsv),
// as folded words stand in text.
type particles struct {
	relative, that, negation, report, involvement, be, preposition, circumstance, contrast map[string]bool
}

func newParticles(t *lexicon.Table) *particles {
	sets := map[string]map[string]bool{}
	for _, r := range t.Rows {
		class := r.Get("class")
		if sets[class] == nil {
			sets[class] = map[string]bool{}
		}
		sets[class][r.Get("word")] = true
	}
	return &particles{sets["relative"], sets["that"], sets["negation"], sets["report"], sets["involvement"], sets["be"], sets["preposition"], sets["circumstance"], sets["contrast"]}
}
