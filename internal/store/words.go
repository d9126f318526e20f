package store

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold makes spellings of one word equal ("أسلحة" and "اسلحه"). It is
// orth.Fold; a store takes it as a value and knows no language itself.
type Fold func(string) string

// Words returns the text as a store indexes it: folded words parted by single
// spaces, each without its light Arabic affixes, so that «بالأسلحة» is found by
// «أسلحة».
func Words(fold Fold, text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for w := range strings.FieldsFuncSeq(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(stem(w))
	}
	return b.String()
}

// Phrases returns what a user's search asks for as lists of words: every word
// by itself, those inside double quotes together.
func Phrases(fold Fold, text string) []string {
	var out []string
	for i, part := range strings.Split(text, `"`) {
		words := Words(fold, part)
		switch {
		case words == "":
		case i%2 == 1:
			out = append(out, words)
		default:
			out = append(out, strings.Fields(words)...)
		}
	}
	return out
}

// stem takes light affixes off an Arabic word: the stemmer light10 of Larkey,
// Ballesteros and Connell (2002), which finds as much as full stemmers do and
// makes no word up. It sees folded letters: ى is ي and ة is ه for it.
func stem(w string) string {
	if r, _ := utf8.DecodeRuneInString(w); !unicode.Is(unicode.Arabic, r) {
		return w
	}
	long := func(s string, n int) bool { return utf8.RuneCountInString(s) >= n }
	if s, ok := strings.CutPrefix(w, "و"); ok && long(s, 3) {
		w = s
	}
	for _, p := range []string{"بال", "كال", "فال", "ال", "لل"} {
		if s, ok := strings.CutPrefix(w, p); ok && long(s, 2) {
			w = s
			break
		}
	}
	for _, p := range []string{"ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"} {
		if s, ok := strings.CutSuffix(w, p); ok && long(s, 2) {
			w = s
		}
	}
	return w
}
