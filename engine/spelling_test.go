package engine_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/stability"
)

// invariant are changes of spelling that folding undoes: the claims stay the
// same whatever the text, by construction.
var invariant = map[string]func(string) string{
	"hamza dropped":    strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا").Replace,
	"ى for ي":          strings.NewReplacer("ي ", "ى ", "ي.", "ى.", "ي،", "ى،").Replace,
	"vowel signs":      func(s string) string { return innerLetter.ReplaceAllString(s, "${1}\u064E${2}\u0652") },
	"tatweel":          func(s string) string { return innerLetter.ReplaceAllString(s, "${1}ـ${2}") },
	"direction marks":  strings.NewReplacer(" ", " \u200f", "،", "\u200f،").Replace,
	"hard spaces":      strings.NewReplacer(" ", "\u00a0").Replace,
	"Arabic digits":    strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦").Replace,
	"curly quotations": strings.NewReplacer("«", "“", "»", "”").Replace,
	"guillemets":       strings.NewReplacer("“", "«", "”", "»").Replace,
}

var innerLetter = regexp.MustCompile(`([بتسعفقلمن])([ويدر])`)

func TestSpellingChangesNothing(t *testing.T) {
	e := theReader(t)
	read := stability.Read(func(a isnad.Article) []isnad.Claim { return e.Read(a).Claims })
	for _, lang := range []isnad.Lang{isnad.Arabic, isnad.English} {
		texts := append([]string{stability.Article(lang)}, stability.Sentences(lang)...)
		changes := maps.Clone(invariant)
		changes["all together"] = func(s string) string {
			for _, name := range slices.Sorted(maps.Keys(invariant)) {
				if name != "guillemets" || lang == isnad.English {
					s = invariant[name](s)
				}
			}
			return s
		}
		for name, change := range changes {
			t.Run(string(lang)+"/"+name, func(t *testing.T) {
				for _, text := range texts {
					changed := change(text)
					if want, got := read.Shown(lang, text), read.Shown(lang, changed); want != got {
						t.Errorf("%s\nreads\n%s\nand %s\nreads\n%s", text, want, changed, got)
					}
				}
			})
		}
	}
}
