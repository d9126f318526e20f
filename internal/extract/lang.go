package extract

import (
	"unicode"

	"isnad"
)

// DetectLang tells the language of a text by its letters: Arabic where at
// least half are of the Arabic script, English where most are Latin, and empty
// where neither script leads. Persian and Urdu are told from Arabic by letters
// that Arabic does not have; a text in another Latin language is taken for
// English unless its page declares otherwise.
func DetectLang(s string) isnad.Lang {
	var arabic, latin, other, persian, urdu int
	n := 0
	for _, c := range s {
		switch {
		case c < 0x80:
			if c|0x20 >= 'a' && c|0x20 <= 'z' {
				latin++
			}
		case c >= 0x620 && c <= 0x64A || c >= 0x671 && c <= 0x6D3 || c >= 0xFB50 && c <= 0xFEFC: // letters, presentation forms
			arabic++
			switch c {
			case 'ک', 'ی', 'پ', 'چ', 'ژ', 'گ':
				persian++
			case 'ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ', 'ھ':
				urdu++
			}
		case unicode.Is(unicode.Latin, c):
			latin++
		case unicode.IsLetter(c):
			other++
		}
		if n++; n > 5000 { // the head of a text tells as much as the whole
			break
		}
	}
	all := arabic + latin + other
	switch {
	case all == 0:
		return ""
	case 2*arabic >= all && 20*urdu > arabic:
		return "ur"
	case 2*arabic >= all && 20*persian > arabic:
		return "fa"
	case 2*arabic >= all:
		return isnad.Arabic
	case 2*latin > all:
		return isnad.English
	}
	return ""
}
