// Package token cuts a text into sentences and tokens. It is a leaf. Nothing
// is thrown away: every token is a span of the original text.
//
// Words follow UAX #29 where the two agree, with the departures news needs:
// «كلمة.كلمة» glued at a full stop is two words, a hashtag's underscores part
// its words, English possessives and n't are tokens of their own, and "U.S."
// is one word. A library for UAX #29 was the alternative: it gives the spans
// but not these cuts, and a second pass to make them cost more than the first.
package token

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"isnad"
	"isnad/internal/orth"
)

// Kind tells words from numbers and signs.
type Kind uint8

// The kinds of token.
const (
	Word  Kind = iota
	Digit      // 1500, 1,500, 4.86
	Sign       // everything else: punctuation, emoji
)

// Token is a word, number or sign.
type Token struct {
	Start, End int    // bytes of the text, half open
	Norm       string // folded (package orth); for a sign its first character
	Hash       uint64 // Hash(Norm), the key of tables of words
	Kind       Kind
	TaMarbuta  bool // written with a final ة
	Shadda     bool // written with a shadda, which tells كرّم from كرم
	Damma      bool // written with a damma on its first letter, or the one after و or ف, which marks a passive: يُعتقد, ويُعتقد
	Upper      bool // begins with a capital letter
}

// Sentence is a run of tokens up to a full stop or line end.
type Sentence struct {
	Start, End int // bytes of the text, without outer space
	Lang       isnad.Lang
	Tokens     []Token
}

// Text is a text cut up.
type Text struct {
	Source    string
	Sentences []Sentence
	all       []Token
}

// spare holds the token slices of released texts: they are a fifth of what
// reading allocates.
var spare = sync.Pool{New: func() any { return new([]Token) }}

// leastRoom is how many tokens a slice holds at least, so that one made for any
// text serves nearly every other.
const leastRoom = 1024

// Release hands the tokens back for use by another text. The text and its
// sentences must not be used afterwards.
func (t *Text) Release() {
	if t.all == nil {
		return // not from Cut
	}
	clear(t.all)
	all := t.all[:0]
	t.all, t.Sentences = nil, nil
	spare.Put(&all)
}

// Cut makes the sentences and tokens of a text. Its cost is one pass over the
// text and a handful of allocations, whatever its length.
func Cut(s string) *Text {
	toks, lines := scan(s)
	return &Text{Source: s, Sentences: sentences(s, toks, lines), all: toks}
}

// scan makes all tokens, and the positions (indices into them) where a line of
// the text begins.
func scan(s string) ([]Token, []int) {
	c := cutter{s: s, toks: *spare.Get().(*[]Token)}
	if n := len(s)/7 + 8; cap(c.toks) < n {
		c.toks = make([]Token, 0, max(n, leastRoom))
	}
	c.norms.Grow(len(s))
	var lines []int
	for i := 0; i < len(s); {
		r, n := decode(s, i)
		switch {
		case r == '\n':
			lines = append(lines, len(c.toks))
			i += n
		case r == ' ':
			i++
		case r >= 'ء' && r <= 'ي': // most of a text
			i = c.arabic(i)
		case unicode.IsSpace(r), orth.IsMark(r):
			i += n
		case isDigit(r):
			j := digits(s, i)
			c.emit(Token{Start: i, End: j, Kind: Digit})
			i = j
		case unicode.IsLetter(r) && orth.IsArabic(r):
			i = c.arabic(i)
		case unicode.IsLetter(r):
			i = c.latin(i)
		default:
			c.emit(Token{Start: i, End: i + n, Kind: Sign})
			i += n
		}
	}
	return c.toks, lines
}

// decode is utf8.DecodeRuneInString for the character at i, 0 behind the end;
// that of two bytes, which Arabic letters have, is read in line.
func decode(s string, i int) (rune, int) {
	if i >= len(s) {
		return 0, 0
	}
	a := s[i]
	if a < utf8.RuneSelf {
		return rune(a), 1
	}
	if 0xC2 <= a && a < 0xE0 && i+1 < len(s) {
		if b := s[i+1]; b&0xC0 == 0x80 {
			return rune(a&0x1F)<<6 | rune(b&0x3F), 2
		}
	}
	return utf8.DecodeRuneInString(s[i:])
}

// cutter is a text while it is cut.
type cutter struct {
	s     string
	toks  []Token
	norms strings.Builder // the folded forms; tokens hold parts of it
	buf   [64]byte
}

func (c *cutter) emit(t Token) {
	norm := orth.AppendFold(c.buf[:0], c.s[t.Start:t.End])
	if len(norm) == 0 { // a lone tatweel
		norm, t.Kind = append(norm, '-'), Sign
	}
	before := c.norms.Len()
	c.norms.Write(norm)
	t.Norm = c.norms.String()[before:]
	t.Hash = Hash(t.Norm)
	c.toks = append(c.toks, t)
}

func isDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹'
}

// digits ends a number: digits with single separators between digits.
func digits(s string, i int) int {
	for {
		r, n := decode(s, i)
		if r == '.' || r == ',' || r == '٫' || r == '٬' || r == '،' {
			if q, _ := decode(s, i+n); !isDigit(q) {
				return i
			}
		} else if !isDigit(r) {
			return i
		}
		i += n
	}
}

// arabic emits the token of a run of Arabic letters and returns its end.
func (c *cutter) arabic(i int) int {
	t := Token{Start: i, Kind: Word}
	letters := 0
	joined := strings.HasPrefix(c.s[i:], "و") || strings.HasPrefix(c.s[i:], "ف")
	var last rune
	j := i
	for j < len(c.s) {
		r, n := decode(c.s, j)
		if orth.IsMark(r) {
			switch r {
			case 'ّ':
				t.Shadda = true
			case 'ُ':
				t.Damma = t.Damma || letters == 1 || letters == 2 && joined
			}
			j += n
			continue
		}
		if !orth.IsArabic(r) {
			break
		}
		letters++
		last = r
		j += n
		// «الخارجيةعادل»: ة stands only at the end of a word.
		if r == 'ة' {
			if q, _ := decode(c.s, j); orth.IsArabic(q) {
				break
			}
		}
	}
	t.End = j
	t.TaMarbuta = last == 'ة'
	c.emit(t)
	return j
}

// latin emits the token or tokens of a word of another script and returns its
// end: "U.S.", "Kyiv" + "'s", "did" + "n't".
func (c *cutter) latin(i int) int {
	s, j, letters := c.s, i, 0
	for j < len(s) {
		r, n := decode(s, j)
		if unicode.IsLetter(r) && !orth.IsArabic(r) || unicode.Is(unicode.Mn, r) || r == 0x200D {
			j += n
			letters++
			continue
		}
		// letter, full stop, letter, full stop: an abbreviation
		if r == '.' && letters == 1 && abbreviation(s[i:]) > 0 {
			j = i + abbreviation(s[i:])
		}
		break
	}
	first, _ := decode(s, i)
	t := Token{Start: i, End: j, Kind: Word, Upper: unicode.IsUpper(first)}
	rest := s[j:]
	apostrophe := 0
	switch {
	case len(rest) > 1 && rest[0] == '\'':
		apostrophe = 1
	case len(rest) > 3 && (rest[:3] == "’" || rest[:3] == "‘"):
		apostrophe = 3
	}
	if apostrophe > 0 {
		tail := rest[apostrophe:]
		end := 0
		for end < len(tail) && (tail[end]|0x20) >= 'a' && (tail[end]|0x20) <= 'z' {
			end++
		}
		switch suffix := tail[:end]; suffix {
		case "s", "S", "re", "ve", "ll", "d", "m":
			c.emit(t)
			c.emit(Token{Start: j, End: j + apostrophe + end, Kind: Word})
			return j + apostrophe + end
		case "t", "T":
			if s[j-1]|0x20 == 'n' && j-1 > i {
				c.emit(Token{Start: i, End: j - 1, Kind: Word, Upper: t.Upper})
				c.emit(Token{Start: j - 1, End: j + apostrophe + end, Kind: Word})
				return j + apostrophe + end
			}
		}
	}
	c.emit(t)
	return j
}

// abbreviation measures letter-full-stop pairs at the head of s, 0 if fewer
// than two.
func abbreviation(s string) int {
	n := 0
	for n+1 < len(s) && (s[n]|0x20) >= 'a' && (s[n]|0x20) <= 'z' && s[n+1] == '.' {
		n += 2
	}
	if n < 4 {
		return 0
	}
	return n
}
