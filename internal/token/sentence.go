package token

import (
	"strings"
	"unicode/utf8"

	"isnad"
	"isnad/internal/orth"
)

// longest is the number of tokens after which a sentence ends whatever follows:
// the longest of 160,000 sentences of July 2015 has 557 words, and what reads
// sentences looks at pairs of words.
const longest = 600

// sentences parts tokens into sentences: at a line end, and after . ! ? ؟ …
// (with closing quotes and brackets) where space follows. «؛» and «،» do not
// end one: annotators read across them, and clauses are found later. A full
// stop after an initial, a title ("Mr.") or a number of a list does not count.
func sentences(s string, toks []Token, lines []int) []Sentence {
	var out []Sentence
	from, line := 0, 0
	cut := func(to int) {
		if to > from {
			out = append(out, Sentence{
				Start: toks[from].Start, End: toks[to-1].End,
				Lang: language(toks[from:to]), Tokens: toks[from:to:to],
			})
		}
		from = to
	}
	for i := 0; i < len(toks); i++ {
		for line < len(lines) && lines[line] <= i {
			cut(lines[line])
			line++
		}
		if i-from >= longest {
			cut(i)
		}
		if !ends(s, toks, i, from) {
			continue
		}
		j := i + 1
		for j < len(toks) && toks[j].Start == toks[j-1].End && isClosing(s, toks[j]) {
			j++
		}
		if j < len(toks) && toks[j].Start == toks[j-1].End {
			continue // no space follows
		}
		cut(j)
		i = j - 1
	}
	cut(len(toks))
	return out
}

// ends reports whether token i is a full stop that can end a sentence.
func ends(s string, toks []Token, i, from int) bool {
	t := toks[i]
	if t.Kind != Sign {
		return t.Kind == Word && i > from && t.Norm[len(t.Norm)-1] == '.' && i+1 < len(toks) && toks[i+1].Upper && startsSentence(toks[i+1].Norm)
	}
	switch t.Norm {
	case "!", "?", "؟", "…":
		return true
	case ".":
	default:
		return false
	}
	if i == from {
		return false
	}
	p := toks[i-1]
	if p.End != t.Start || p.Kind != Word {
		return true
	}
	if utf8.RuneCountInString(p.Norm) == 1 && orth.IsArabic(firstRune(p.Norm)) && p.Norm != "ه" {
		return false // «د. شوقي»
	}
	if p.Upper && (utf8.RuneCountInString(p.Norm) == 1 || isTitle(p.Norm)) {
		return i+1 < len(toks) && !toks[i+1].Upper && toks[i+1].Kind == Word && orth.IsArabic(firstRune(s[toks[i+1].Start:]))
	}
	return true
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// startsSentence lists the words after "U.S." that begin a sentence rather
// than go on with it: closed-class words, which names are not.
func startsSentence(w string) bool {
	switch w {
	case "the", "a", "an", "he", "she", "it", "they", "we", "in", "on", "at", "but", "this", "that", "and", "however", "earlier":
		return true
	}
	return false
}

// isTitle lists English abbreviations written before a name or number.
func isTitle(w string) bool {
	switch w {
	case "mr", "mrs", "ms", "dr", "gen", "col", "lt", "sgt", "maj", "capt", "sen", "rep", "gov", "st", "prof", "rev", "hon", "jr", "sr", "no", "vs",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

func isClosing(s string, t Token) bool {
	return t.Kind == Sign && strings.ContainsAny(s[t.Start:t.End], "\"”»’')]}.…!?؟")
}

// language is that of most letters.
func language(toks []Token) isnad.Lang {
	ar, other := 0, 0
	for _, t := range toks {
		if t.Kind != Word {
			continue
		}
		if t.Norm == "" || orth.IsArabic(firstRune(t.Norm)) {
			ar++
		} else {
			other++
		}
	}
	if ar > 0 && ar >= other {
		return isnad.Arabic
	}
	if other > 0 {
		return isnad.English
	}
	return isnad.Arabic
}
