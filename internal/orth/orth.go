// Package orth folds spelling, so that one word written in several ways is
// matched as one. It is a leaf: nothing here knows a word.
//
// Folding, with the shares of July 2015 Saudi press that make each step pay:
//
//	أ إ آ ٱ → ا      hamza is dropped on «الى» in 8 %, on «ايران» in 10 %
//	ى → ي            «على» is written «علي» in 4 % of its uses
//	ة → ه            for look-up only; Token.TaMarbuta keeps the difference
//	diacritics, tatweel, zero-width signs → nothing (1.8 % of words carry one)
//	presentation forms → their letters (NFKC)
//	ڤ → ف, گ → ك, چ → ج, پ → ب, ی → ي, ک → ك   foreign and Persian letters
//	Arabic-Indic and Persian digits → ASCII
//	“ ” « » „ ″ → "   one mark for matching; direction is kept by the original
//	Latin letters → lower case, accents kept
//
// The alternative, folding whole texts with a map of offsets, cost a second
// copy of every article; here each token is folded by itself and keeps its span.
package orth

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the folded form of s.
func Fold(s string) string { return string(AppendFold(nil, s)) }

// AppendFold appends the folded form of s to dst.
func AppendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		if 0xD8 <= c && c <= 0xDB && i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
			f := &arabic[int(c&3)<<6|int(s[i+1]&0x3F)]
			dst = append(dst, f.to[:f.n]...)
			i += 2
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		dst = appendRune(dst, r)
	}
	return dst
}

// arabic holds what the characters of the Arabic block, U+0600 to U+06FF, fold
// to: two bytes at most.
var arabic = func() (t [256]struct {
	n  uint8
	to [2]byte
}) {
	for i := range t {
		t[i].n = uint8(copy(t[i].to[:], appendRune(nil, rune(0x600+i))))
	}
	return t
}()

func appendRune(dst []byte, r rune) []byte {
	switch {
	case r >= 0x0621 && r <= 0x064A:
		switch r {
		case 'أ', 'إ', 'آ':
			r = 'ا'
		case 'ى':
			r = 'ي'
		case 'ة':
			r = 'ه'
		case 'ـ':
			return dst
		}
		return utf8.AppendRune(dst, r)
	case isMark(r) || isInvisible(r):
		return dst
	case r >= '٠' && r <= '٩':
		return append(dst, byte('0'+r-'٠'))
	case r >= '۰' && r <= '۹':
		return append(dst, byte('0'+r-'۰'))
	}
	switch r {
	case 'ٱ':
		return append(dst, "ا"...)
	case 'ڤ':
		return append(dst, "ف"...)
	case 'گ', 'ک':
		return append(dst, "ك"...)
	case 'چ':
		return append(dst, "ج"...)
	case 'پ':
		return append(dst, "ب"...)
	case 'ی':
		return append(dst, "ي"...)
	case '“', '”', '«', '»', '„', '″', '‟':
		return append(dst, '"')
	case '’', '‘', '`':
		return append(dst, '\'')
	case '–', '—', '‐', '‑', '−':
		return append(dst, '-')
	case '\u00A0', '\u202F', '\u2009':
		return append(dst, ' ')
	}
	if isPresentation(r) {
		for _, q := range norm.NFKC.String(string(r)) {
			if isPresentation(q) {
				continue
			}
			dst = appendRune(dst, q)
		}
		return dst
	}
	return utf8.AppendRune(dst, unicode.ToLower(r))
}

// isMark tells the vowel signs and other combining marks of Arabic.
func isMark(r rune) bool {
	return r >= 0x0610 && r <= 0x061A || r >= 0x064B && r <= 0x065F || r == 0x0670 ||
		r >= 0x06D6 && r <= 0x06DC || r >= 0x06DF && r <= 0x06E4 || r == 0x06E7 || r == 0x06E8 || r >= 0x06EA && r <= 0x06ED
}

// isInvisible tells joiners, direction marks and the byte order mark.
func isInvisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 || r == 0xFEFF || r == 0x00AD
}

func isPresentation(r rune) bool { return r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE }

// IsMark reports whether r belongs to the letter before it (a vowel sign,
// tatweel or an invisible sign), so that it never ends a word.
func IsMark(r rune) bool { return isMark(r) || isInvisible(r) || r == 'ـ' }

// IsArabic reports whether r is a letter of the Arabic script.
func IsArabic(r rune) bool {
	return r >= 0x0621 && r <= 0x064A || r >= 0x0671 && r <= 0x06D3 || isPresentation(r)
}
