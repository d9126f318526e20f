package extract

import (
	"strings"
	"unicode"
)

// clean makes a line of a page comparable and printable: no-break and other
// odd spaces become one space, characters without width (zero-width space,
// byte-order mark, soft hyphen, direction marks) go. Zero-width joiners stay:
// Persian names are spelled with them. JSONL text never passes through here.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, c := range s {
		switch {
		case invisible(c):
		case unicode.IsSpace(c) || c == '\u2028' || c == '\u2029':
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(c)
		}
	}
	return b.String()
}

func invisible(c rune) bool {
	switch {
	case c == '\u200b', c == '\ufeff', c == '\u00ad', c == '\u2060', c == '\u061c',
		c >= '\u200e' && c <= '\u200f', c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069':
		return true
	}
	return unicode.IsControl(c) && !unicode.IsSpace(c)
}

// fold takes away what spelling varies in on pages: case, vowel marks, tatweel,
// hamza on alef, dotless ya, ta marbuta, Arabic-Indic digits. It serves the
// tables of this package only; the reading of texts folds with package orth.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		switch {
		case invisible(c), c == 'ـ', c >= '\u064b' && c <= '\u065f', c == '\u0670':
			continue
		case c == 'أ' || c == 'إ' || c == 'آ' || c == 'ٱ':
			c = 'ا'
		case c == 'ى' || c == 'ی':
			c = 'ي'
		case c == 'ک':
			c = 'ك'
		case c == 'ة':
			c = 'ه'
		case c >= '٠' && c <= '٩':
			c = '0' + c - '٠'
		case c >= '۰' && c <= '۹':
			c = '0' + c - '۰'
		case unicode.IsSpace(c):
			c = ' '
		default:
			c = unicode.ToLower(c)
		}
		b.WriteRune(c)
	}
	return b.String()
}

// letters folds a line and keeps its letters and digits only, split by single
// spaces: what two printings of one headline have in common.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(fold(s), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c)
	}), " ")
}

// countWords counts the runs of letters and digits of a line.
func countWords(s string) int {
	n, in := 0, false
	for _, c := range s {
		w := unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c)
		if w && !in {
			n++
		}
		in = w || in && (c == '\'' || c == '’')
	}
	return n
}

// ended says whether a line ends as a sentence does, quotation marks aside.
func ended(s string) bool {
	s = strings.TrimRightFunc(s, func(c rune) bool { return strings.ContainsRune("\"'”’»“‘)]", c) || unicode.IsSpace(c) })
	if s == "" {
		return false
	}
	r := []rune(s)
	return strings.ContainsRune(".!?؟…۔", r[len(r)-1])
}
