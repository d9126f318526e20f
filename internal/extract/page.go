package extract

import (
	"fmt"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"isnad"
)

// An HTML page is read in four steps. What the page says of itself is
// collected (meta.go). What is marked as no article is taken out of the tree
// (prune). The element that holds the article is found: the one the page
// itself marks as articleBody, else the one readability scores best, else the
// one with the most words in paragraphs. Its lines then pass the same test as
// text copied from a browser (paste.go).
//
// Measured on the saved pages of docs/decisions/0002-page-extraction.md:
// word precision and recall of every step and of the libraries alone.

// maxNodes bounds the tree of one page; real pages have 1,000 to 20,000 nodes.
const maxNodes = 500_000

// page reads an HTML page into an article.
func (r *Reader) page(src Source, text string) (isnad.Article, error) {
	var a isnad.Article
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil { // the parser refuses trees deeper than 512 elements, and nothing else
		return a, fmt.Errorf("read %s: %w: tags nested deeper than any page: %v; save its text instead", src.Name, ErrTooLarge, err)
	}
	nodes := 0
	for range doc.Descendants() {
		if nodes++; nodes > maxNodes {
			return a, fmt.Errorf("read %s: %w: a page of more than %d elements; save its text instead", src.Name, ErrTooLarge, maxNodes)
		}
	}
	m := readMeta(doc)
	a.Title = m.headline()
	a.URL = src.URL
	if a.URL == "" {
		a.URL = absolute(m.link, m.first("og:url"))
	}
	a.Outlet = m.outlet(a.URL)
	a.Byline = m.byline()
	all := linesOf(doc)
	a.Published = r.published(m, a.URL, plain(all), a.Title)

	r.prune(doc)
	lines := r.article(m, doc)
	a.Text = strings.Join(r.body(lines, a.Title), "\n")
	if a.Text == "" {
		return a, noArticle(src.Name)
	}
	a.Lang = m.language(a.Text)
	return a, nil
}

func absolute(links ...string) string {
	for _, l := range links {
		if u, err := url.Parse(l); err == nil && u.IsAbs() && u.Host != "" {
			return l
		}
	}
	return ""
}

// article finds the lines of the article, first paragraph to last.
func (r *Reader) article(m *meta, doc *html.Node) []string {
	try := func(n *html.Node) []string {
		if n == nil {
			return nil
		}
		return r.text(linesOf(n), m)
	}
	if lines := try(m.body); words(lines) >= 60 {
		return lines
	}
	// Before readability changes the tree:
	whole, densest := try(articleElement(doc)), try(densest(doc))
	p := readability.NewParser()
	p.DisableJSONLD = true
	if found, err := p.ParseAndMutate(doc, nil); err == nil {
		if lines := try(found.Node); words(lines) >= 30 {
			// readability drops paragraphs of pages built of many like blocks:
			// take the page's <article> where it is a tenth to a third longer.
			if n, w := words(lines), words(whole); 10*w >= 11*n && 3*w <= 4*n {
				return whole
			}
			return lines
		}
	}
	for _, lines := range [][]string{whole, densest} {
		if len(lines) > 0 {
			return lines
		}
	}
	if said := texts(m.ld["articleBody"]); len(said) > 0 {
		return r.text(asLines(unwrap(said[0])), m)
	}
	return nil
}

// text keeps the lines between the first and the last paragraph. An element
// whose paragraphs are outnumbered by links is a list of articles, no article,
// unless the page declares itself one.
func (r *Reader) text(ls []line, m *meta) []string {
	links, paragraphs := 0, 0
	kept := ls[:0:0]
	for _, l := range ls {
		switch {
		case l.linked():
			links++
			continue
		case paragraph(l.text):
			paragraphs++
		}
		kept = append(kept, l)
	}
	declared := m.ld != nil || strings.HasPrefix(m.first("og:type"), "article")
	if !declared && links > 2*paragraphs && links >= indexLines {
		return nil
	}
	lines := r.cutTail(plain(kept))
	first, last := r.bounds(lines)
	if first < 0 {
		if first, last = short(lines); first < 0 || !declared {
			return nil
		}
	}
	// A standfirst, longer than a caption, may stand before the first paragraph.
	for i := range first {
		if l := lines[i]; countWords(l) > shortLine && !r.debris.is(l) && !r.isDate(l) && !same(l, m.headline()) {
			first = i
			break
		}
	}
	return lines[first : last+1]
}

func words(lines []string) int {
	n := 0
	for _, l := range lines {
		n += countWords(l)
	}
	return n
}

// articleElement is the <article> with the most words, nil where there is none.
func articleElement(doc *html.Node) *html.Node {
	var best *html.Node
	most := 0
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "article" {
			if w := countWords(textOf(n)); w > most {
				best, most = n, w
			}
		}
	}
	return best
}

// densest is the element with the most words in the paragraphs that are its
// own children.
func densest(doc *html.Node) *html.Node {
	var best *html.Node
	most := 0
	count := map[*html.Node]int{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "p" && n.Parent != nil {
			count[n.Parent] += countWords(textOf(n))
			if count[n.Parent] > most {
				best, most = n.Parent, count[n.Parent]
			}
		}
	}
	return best
}
