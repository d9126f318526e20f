package morph

import (
	"strings"

	"github.com/kljensen/snowball/english"
)

// English analyses a folded English token: its Porter2 stem (Porter 2001), the
// base of an irregular verb, and a form told by its ending.
func (m *Morph) English(norm string) Word {
	w := Word{Base: norm, Stem: norm, Skel: norm}
	if m.functionEN[norm] || norm == "" {
		return w
	}
	if b, ok := m.irregular[norm]; ok {
		w.Stem, w.Skel, w.Verb, w.Form = english.Stem(b, true), b, b, Perfect
		return w
	}
	w.Stem = english.Stem(norm, true)
	switch {
	case strings.HasSuffix(norm, "ing"):
		w.Form = Masdar
	case strings.HasSuffix(norm, "ed"):
		w.Form = Perfect
	case strings.HasSuffix(norm, "s") && !strings.HasSuffix(norm, "ss"):
		w.Form = Imperfect
	default:
		w.Form = Noun
	}
	return w
}
