package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// arabicEnough is the least score of a text that is taken for Arabic in a
// single-byte encoding. Measured on the 15,042 articles of SaudiNewsNet, each
// written out in both encodings and read back, see
// docs/decisions/0003-encodings-and-dates.md.
const arabicEnough = 0.7

// arabicScore decodes with one of the two Arabic charmaps and returns the
// share of the high bytes that give Arabic letters in the places where Arabic
// has them, weighed by how common the letter is. Windows-1256 and ISO-8859-6
// agree on few letters beyond hamza to dad (0xC1 to 0xD6); read with the wrong
// one of them, lam and meem, the commonest letters after alef, become signs
// and Latin letters, or the reverse. chardet, which models 1256 from
// frequencies of letter triples, errs on short texts and on pages with markup.
func arabicScore(data []byte, cm *charmap.Charmap) (string, float64) {
	var b strings.Builder
	b.Grow(2 * len(data))
	var high, weight float64
	prev := rune(' ')
	for _, c := range data {
		r := cm.DecodeByte(c)
		b.WriteRune(r)
		if c >= 0x80 {
			switch {
			case r == utf8.RuneError || unicode.IsControl(r):
				return "", 0 // not in this encoding at all
			case strings.ContainsRune("اليمونرتبعدسفهقكةحج", r):
				high, weight = high+1, weight+1
			case strings.ContainsRune("أإآىئءؤشصضطظغخذزثپچژگ", r):
				high, weight = high+1, weight+0.8
			case r >= 0x64B && r <= 0x652 || r == 'ـ':
				high++
				if unicode.Is(unicode.Arabic, prev) || prev == 'ـ' {
					weight += 0.7
				}
			case strings.ContainsRune("،؛؟«»“”‘’–—…•\u00a0\u200c\u200d", r):
				high, weight = high+1, weight+0.5
			case unicode.IsLetter(r): // a Latin letter with an accent: French in 1256 has them, Arabic never does
				high, weight = high+1, weight-0.5
			default:
				high++
			}
		}
		if ascii := func(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }; ascii(prev) && unicode.Is(unicode.Arabic, r) ||
			ascii(r) && unicode.Is(unicode.Arabic, prev) {
			weight-- // é of French is ya in ISO-8859-6, but an Arabic word has no Latin letters in it
		}
		prev = r
	}
	if high == 0 {
		return "", 0
	}
	return b.String(), weight / high
}
