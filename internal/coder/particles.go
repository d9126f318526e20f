package coder

import "isnad/lexicon"

// particles are the closed-class words by which clauses are told (particles.tsv),
// as folded words stand in text.
type particles struct {
	relative, that, negation, report, be, preposition, circumstance, contrast map[string]bool
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
	return &particles{sets["relative"], sets["that"], sets["negation"], sets["report"], sets["be"], sets["preposition"], sets["circumstance"], sets["contrast"]}
}
