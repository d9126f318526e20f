package serve

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"isnad"
	"isnad/internal/orth"
	"isnad/internal/store"
)

// snippet is a piece of a text with the words marked that were asked for.
type snippet struct {
	Pieces     []piece
	Lang       isnad.Lang
	Dir        string
	Start, End bool // whether it has the text's first and last words
}

// piece is a stretch of a snippet.
type piece struct {
	Text string
	Mark bool
}

func (s snippet) text() string {
	var b strings.Builder
	for _, p := range s.Pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Sizes of a snippet in bytes: Arabic has two a letter.
const (
	passage = 420
	whole   = 1 << 20
)

// marked takes from a text the stretch of a size in which most of the terms stand,
// the first of such, and marks them. Without any it is the text's beginning.
func marked(text string, lang isnad.Lang, terms []store.Term, size int) snippet {
	places := store.Places(orth.Fold, text, terms)
	from := 0
	if len(text) > size && len(places) > 0 {
		from = max(0, places[densest(places, len(terms), size)].Start-size/5)
	}
	to := min(len(text), from+size)
	from, to = atWord(text, from, false), atWord(text, to, true)
	s := snippet{Start: from == 0, End: to == len(text)}
	add := func(a, b int, mark bool) {
		if a < b {
			s.Pieces = append(s.Pieces, piece{spaced(text[a:b]), mark})
		}
	}
	at := from
	for _, p := range places {
		if p.Start < at || p.End > to { // outside, or within another
			continue
		}
		add(at, p.Start, false)
		add(p.Start, p.End, true)
		at = p.End
	}
	add(at, to, false)
	s.Lang, s.Dir = written(text[from:to], lang)
	return s
}

// densest is the place from which a stretch has the most terms, each once, and among
// such the most places.
func densest(places []store.Place, terms, size int) (best int) {
	most := -1
	for i := range places {
		seen := make([]bool, terms)
		score := 0
		for j := i; j < len(places) && places[j].End-places[i].Start < size*4/5; j++ {
			score++
			if t := places[j].Term; !seen[t] {
				seen[t], score = true, score+1000
			}
		}
		if score > most {
			best, most = i, score
		}
	}
	return best
}

// atWord moves a place to where a word begins or, at the end of a stretch, ends.
func atWord(text string, at int, end bool) int {
	if at <= 0 || at >= len(text) {
		return max(0, min(at, len(text)))
	}
	for !utf8.RuneStart(text[at]) {
		at++
	}
	for i, r := range text[at:] {
		if unicode.IsSpace(r) {
			if end {
				return at + i
			}
			return at + i + utf8.RuneLen(r)
		}
		if i > 80 { // no word
			return at
		}
	}
	if end {
		return len(text)
	}
	return at
}

// spaced puts one space where there is any, and keeps those at the edges.
func spaced(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}
