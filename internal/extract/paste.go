package extract

import (
	"fmt"
	"strings"

	"isnad"
)

// Text copied from a browser is an article with its page around it: the menu,
// the headline (often twice: in the head of the page and over the text), the
// date, a photo's caption, the paragraphs with their subheadings, then buttons,
// links and a comment box. What tells the parts apart is where they stand and
// how long they are; the words of table debris help at the edges.
//
// A paragraph is a line that ends as a sentence does, or is longer than any
// headline. The head is everything before the first paragraph; there the title
// and the date are found, and the short lines beside them (caption, byline,
// menu) are no text. Between the first and the last paragraph every line
// stays, subheadings too, unless it is debris. After the last paragraph short
// lines are no text.
const (
	longLine     = 25 // words: longer than a headline, a paragraph even without a full stop
	sentenceLine = 4  // words: a line this long that ends as a sentence does is one
	headlineMax  = 14 // words: a line this long after the last paragraph is one without its full stop
	indexLines   = 8  // lines without a single paragraph: an index page, not a short report
)

func paragraph(line string) bool {
	n := countWords(line)
	return n >= longLine || n > shortLine && ended(line)
}

// paste reads such a text. name is for the error.
func (r *Reader) paste(name, text string) (isnad.Article, error) {
	lines := r.cutTail(unwrap(text))
	var a isnad.Article
	first, last := r.bounds(lines)
	if first < 0 {
		if first, last = short(lines); first < 0 {
			return a, noArticle(name)
		}
	}
	first = r.readHead(&a, lines[:first], first)
	a.Text = strings.Join(r.body(lines[first:last+1], a.Title), "\n")
	if a.Text == "" {
		return a, noArticle(name)
	}
	return a, nil
}

func noArticle(name string) error {
	return fmt.Errorf("read %s: %w; is this an index page?", name, ErrNoArticle)
}

// bounds finds the first and the last paragraph, -1 where there is none. What
// follows the last one directly belongs to it if it is a sentence, longer than
// a headline, or the name of an agency in brackets or behind an asterisk.
func (r *Reader) bounds(lines []string) (first, last int) {
	first, last = -1, -1
	for i, l := range lines {
		if !paragraph(l) || r.debris.is(l) || r.isDate(l) || first < 0 && repeated(lines, i) {
			continue // a long headline may be printed twice
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	for first >= 0 && last+1 < len(lines) {
		l := lines[last+1]
		n := countWords(l)
		signed := strings.HasPrefix(l, "(") && strings.HasSuffix(strings.TrimRight(l, "."), ")") || strings.HasPrefix(l, "*")
		if r.debris.is(l) || r.isDate(l) || !(signed || n >= headlineMax || ended(l) && n >= sentenceLine) {
			break
		}
		last++
	}
	return first, last
}

// short finds the text of a report without any paragraph: the sentences under
// a headline, or a line or two that are all there is. A page of many lines
// without a paragraph is an index page.
func short(lines []string) (first, last int) {
	first, last = -1, -1
	if len(lines) == 0 || len(lines) >= indexLines {
		return
	}
	for i, l := range lines {
		if countWords(l) >= sentenceLine && ended(l) && !(i == 0 && len(lines) > 1) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if n := len(lines) - 1; first < 0 && n <= 1 && countWords(lines[n]) >= sentenceLine-1 {
		first, last = n, n
	}
	return
}

// readHead finds title, date and byline before the first paragraph, and
// returns where the text begins: at the first paragraph, or at a line of the
// head that is no caption (more than shortLine words, after title and date: a
// standfirst).
func (r *Reader) readHead(a *isnad.Article, head []string, first int) int {
	title, end := -1, 0
	for i, l := range head {
		if title < 0 && countWords(l) > 2 && repeated(head, i) {
			title = i
		}
	}
	for i, l := range head {
		if iso, ok := r.dates.Line(l); ok {
			if a.Published == "" && !future(iso, r.now()) {
				a.Published = iso
			}
			if title < 0 {
				for j := i - 1; j >= 0 && title < 0; j-- {
					if r.debris.kind(head[j]) == "" && countWords(head[j]) > 2 {
						title = j
					}
				}
			}
			end = i + 1
		}
	}
	if title < 0 { // neither twice nor over a date: the longest line, the first of equals
		for i, l := range head {
			if r.debris.kind(l) == "" && !r.isDate(l) && (title < 0 || countWords(l) > countWords(head[title])) {
				title = i
			}
		}
	}
	if title < 0 {
		return first
	}
	a.Title = head[title]
	end = max(end, title+1)
	for i := end; i < len(head); i++ {
		if same(head[i], a.Title) {
			end = i + 1
		}
	}
	for i, l := range head {
		if k := r.debris.kind(l); k == "byline" && i > title && countWords(l) <= shortLine && a.Byline == "" {
			a.Byline = l
		}
	}
	if n := len(head) - 1; a.Byline == "" && n >= end && n > 0 && r.signature(head[n]) {
		a.Byline = head[n] // «عين اليوم – مسقط», «لندن: رنيم حنوش»
	}
	for i := end; i < len(head); i++ {
		if countWords(head[i]) > shortLine && r.debris.kind(head[i]) == "" && !r.isDate(head[i]) {
			return i
		}
	}
	return first
}

// signature says whether the line over the text names a place and an author or
// agency: two short parts with a dash or a colon between them.
func (r *Reader) signature(l string) bool {
	i := strings.IndexAny(l, ":–—-")
	if i <= 0 || r.debris.kind(l) != "" || ended(l) || strings.ContainsAny(l, "0123456789٠١٢٣٤٥٦٧٨٩\"«»()") {
		return false
	}
	before, after := countWords(l[:i]), countWords(l[i:])
	return before >= 1 && before <= 4 && after >= 1 && after <= 4
}

// body keeps the lines of the text between its first and last paragraph.
func (r *Reader) body(lines []string, title string) []string {
	var out []string
	related := false
	for i, l := range lines {
		long := paragraph(l)
		switch k := r.debris.kind(l); {
		case k == "related" || k == "popular":
			related = !strings.Contains(l, ":") || countWords(l) <= 2
			continue
		case k != "" && r.debris.is(l):
			continue
		case r.isDate(l) && !long, i < 3 && same(l, title):
			continue
		case related && !long:
			continue // a headline under "read also"
		}
		related = false
		if len(out) > 0 && out[len(out)-1] == l {
			continue
		}
		out = append(out, l)
	}
	return out
}

// cutTail ends the page at its comment box or its list of popular articles,
// if there is a paragraph before it.
func (r *Reader) cutTail(lines []string) []string {
	seen := false
	for i, l := range lines {
		seen = seen || paragraph(l)
		if k := r.debris.kind(l); seen && (k == "comments" || k == "popular") {
			return lines[:i]
		}
	}
	return lines
}

func (r *Reader) isDate(l string) bool { _, ok := r.dates.Line(l); return ok }

// same says whether two lines print one headline.
func same(a, b string) bool { return a == b || a != "" && letters(a) == letters(b) }

// repeated says whether line i is printed again near it, in the first thousand
// lines of a page: further down are lists, and looking there takes long.
func repeated(lines []string, i int) bool {
	if i > 1000 {
		return false
	}
	line := letters(lines[i])
	from, to := max(0, i-100), min(len(lines), i+100)
	for j, l := range lines[from:to] {
		if from+j != i && (l == lines[i] || line != "" && letters(l) == line) {
			return true
		}
	}
	return false
}

// unwrap splits a text into its cleaned lines, blank ones gone. Lines that
// were broken at a fixed width, as mail and terminals do, are joined to their
// paragraph: in a block of lines nearly all of which run to about one width
// and do not end a sentence.
func unwrap(text string) []string {
	var out, block []string
	flush := func() {
		if wrapped(block) {
			block = []string{strings.Join(block, " ")}
		}
		out = append(out, block...)
		block = nil
	}
	for line := range strings.Lines(text) {
		if l := clean(line); l != "" {
			block = append(block, l)
			continue
		}
		flush()
	}
	flush()
	return out
}

func wrapped(block []string) bool {
	if len(block) < 3 || !ended(block[len(block)-1]) { // a list of headlines
		return false
	}
	widest, open := 0, 0
	for _, l := range block {
		widest = max(widest, len([]rune(l)))
	}
	for _, l := range block[:len(block)-1] {
		if n := len([]rune(l)); n*10 < widest*7 { // a line could not have taken the next word
			return false
		}
		if !ended(l) {
			open++
		}
	}
	return widest >= 50 && widest <= 100 && open*3 >= 2*(len(block)-1)
}
