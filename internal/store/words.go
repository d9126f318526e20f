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
	for w := range strings.FieldsFuncSeq(fold(text), parts) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(stem(w))
	}
	return b.String()
}

// Spelled returns the text's folded words as they stand, a space before and after each.
func Spelled(fold Fold, text string) string {
	var b strings.Builder
	b.Grow(len(text) + 2)
	b.WriteByte(' ')
	for w := range strings.FieldsFuncSeq(fold(text), parts) {
		b.WriteString(w)
		b.WriteByte(' ')
	}
	return b.String()
}

// parts says that a character is none of a word.
func parts(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }

// Term is one thing that a search asks for: a word, or words inside quotation marks.
type Term struct {
	Stems  []string // as Words gives them, in order
	Quoted []string // the folded words, of what stands inside quotation marks; else nil
}

// Terms returns what a user's search asks for: every word by itself, those inside
// quotation marks together.
func Terms(fold Fold, text string) (out []Term) {
	marks := strings.NewReplacer("«", `"`, "»", `"`, "“", `"`, "”", `"`, "„", `"`)
	for i, part := range strings.Split(marks.Replace(text), `"`) {
		quoted := strings.Fields(Spelled(fold, part))
		switch {
		case len(quoted) == 0:
		case i%2 == 1:
			out = append(out, Term{Stems: strings.Fields(Words(fold, part)), Quoted: quoted})
		default:
			for _, w := range strings.Fields(Words(fold, part)) {
				out = append(out, Term{Stems: []string{w}})
			}
		}
	}
	return out
}

// Phrases returns what a user's search asks for as lists of words: every word
// by itself, those inside quotation marks together.
func Phrases(fold Fold, text string) []string {
	var out []string
	for _, t := range Terms(fold, text) {
		out = append(out, strings.Join(t.Stems, " "))
	}
	return out
}

// Place is where a term stands in a text, in bytes.
type Place struct {
	Term       int
	Start, End int
}

// Places finds where terms stand in a text, in order. Words of a text are looked at as
// they are indexed, so that what a search finds has its places.
func Places(fold Fold, text string, terms []Term) (out []Place) {
	type word struct {
		start, end       int
		spelled, stemmed string
	}
	var ws []word
	start := -1
	end := func(i int) {
		if start >= 0 {
			spelled := strings.TrimSpace(Spelled(fold, text[start:i]))
			ws = append(ws, word{start, i, spelled, stem(spelled)})
			start = -1
		}
	}
	for i, r := range text {
		if parts(r) && !unicode.Is(unicode.Cf, r) { // a joiner goes when folded, and parts nothing
			end(i)
		} else if start < 0 {
			start = i
		}
	}
	end(len(text))
	for i := range ws {
		for n, t := range terms {
			want := t.Stems
			if t.Quoted != nil {
				want = t.Quoted
			}
			if i+len(want) > len(ws) {
				continue
			}
			same := true
			for j, w := range want {
				have := ws[i+j].stemmed
				if t.Quoted != nil {
					have = ws[i+j].spelled
				}
				if same = have == w; !same {
					break
				}
			}
			if same {
				out = append(out, Place{n, ws[i].start, ws[i+len(want)-1].end})
			}
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
