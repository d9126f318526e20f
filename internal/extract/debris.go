package extract

import (
	"strings"
	"unicode"

	"isnad/lexicon"
)

// debris is the table of the same name compiled: lines of a page that are no
// part of its article, found by their folded words.
type debris struct {
	lines    map[string]string // whole line → kind
	prefixes map[string][]prefix
	classes  map[string]bool // words of class and id attributes
}

type prefix struct {
	form  string // folded
	kind  string
	short bool // only of lines of at most shortLine words
}

// shortLine is the most words of a line that can be a menu item, a caption or
// a button. Subheadings may be as short; where a line stands tells them apart.
const shortLine = 8

func newDebris(l *lexicon.Lexicon) *debris {
	d := &debris{lines: map[string]string{}, prefixes: map[string][]prefix{}, classes: map[string]bool{}}
	for _, row := range l.Table("debris").Rows {
		kind, scope := row.Get("kind"), row.Get("scope")
		for _, f := range row.List("forms") {
			if scope == "line" {
				if k := letters(f); k != "" {
					d.lines[k] = kind
				}
				continue
			}
			if scope == "class" {
				d.classes[f] = true
				continue
			}
			f = strings.TrimSpace(fold(f))
			first := firstWord(f)
			d.prefixes[first] = append(d.prefixes[first], prefix{f, kind, scope == "prefix_short"})
		}
	}
	return d
}

// firstWord is the letters a folded line begins with, else its first sign.
func firstWord(s string) string {
	for i, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) {
			if i == 0 {
				return string(c)
			}
			return s[:i]
		}
	}
	return s
}

// kind says what sort of debris a line is, "" where it is none. Kinds, and
// what the readers of pages do with them:
//
//	comments, popular   the page's end: nothing after it belongs to the article
//	related             the line goes, and the headlines under it
//	byline              goes into the byline
//	share, link, menu, rights, tags, caption, ad, newsletter, views   the line goes
func (d *debris) kind(line string) string {
	if len(line) > 1000 {
		return ""
	}
	// "Comments (12)", "شارك:", "3 تعليقات" are their forms with a counter.
	words := strings.Fields(letters(line))
	for len(words) > 1 && isDigits(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && isDigits(words[0]) {
		words = words[1:]
	}
	if k := d.lines[strings.Join(words, " ")]; k != "" {
		return k
	}
	f := strings.TrimLeftFunc(fold(line), func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("-–•*|>»«\"", c) })
	for _, p := range d.prefixes[firstWord(f)] {
		rest, ok := strings.CutPrefix(f, p.form)
		if !ok || p.short && countWords(line) > shortLine {
			continue
		}
		if c := []rune(rest); len(c) > 0 && unicode.IsLetter(c[0]) {
			if last := []rune(p.form); unicode.IsLetter(last[len(last)-1]) {
				continue // a longer word that only begins so
			}
		}
		return p.kind
	}
	return ""
}

// is says whether a line is debris where it stands in a text. A whole sentence
// that begins like a byline or an offer ("By Monday …", "Sign up for …") is not.
func (d *debris) is(line string) bool {
	switch d.kind(line) {
	case "":
		return false
	case "byline", "ad", "newsletter", "views", "menu":
		return !paragraph(line) && !(ended(line) && countWords(line) > sentenceLine)
	}
	return true
}

func isDigits(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return !unicode.IsDigit(c) }) < 0
}
