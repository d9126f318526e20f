package eval

import (
	"slices"

	"isnad"
)

// Refusal counts denials that are read where there are none: of the sentences
// without a claim of stance denies in gold, those that got one.
type Refusal struct {
	Sentences int // without a denial in gold
	Denied    int // of them, with a denial read
}

// FalseDenials counts over the articles' sentences of a language, "" for all.
// Negation, refusal and exile share words with denial: this is what a reader
// that fires on the words alone gets wrong.
func FalseDenials(articles *Articles, gold, predicted Claims, lang isnad.Lang) (r Refusal) {
	denies := func(c claim) bool { return c.stance == string(isnad.Denies) }
	for _, a := range articles.list {
		if lang != "" && a.Lang != lang {
			continue
		}
		for _, s := range a.sentences {
			k := key{a.ID, s.I}
			if slices.ContainsFunc(gold[k], denies) {
				continue
			}
			r.Sentences++
			r.Denied += b2i(slices.ContainsFunc(predicted[k], denies))
		}
	}
	return r
}
