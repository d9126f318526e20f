package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// line is one block of a page: a paragraph, a heading, a list item.
type line struct {
	text   string
	letter int // letters and digits
	link   int // those inside links
}

// linked says whether a line is a link to something else. Paragraphs with
// links in them are not.
func (l line) linked() bool { return l.link*10 > l.letter*8 && countWords(l.text) < longLine }

func plain(ls []line) []string {
	out := make([]string, len(ls))
	for i, l := range ls {
		out[i] = l.text
	}
	return out
}

func asLines(ss []string) []line {
	out := make([]line, len(ss))
	for i, s := range ss {
		out[i] = line{text: s, letter: len(s)}
	}
	return out
}

// inline elements do not break a line; every other element does, as browsers
// lay them out.
var inline = map[string]bool{"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "big": true, "cite": true, "code": true, "del": true, "dfn": true,
	"em": true, "font": true, "i": true, "ins": true, "kbd": true, "label": true, "mark": true, "q": true, "s": true, "samp": true, "small": true, "span": true,
	"strike": true, "strong": true, "sub": true, "sup": true, "time": true, "tt": true, "u": true, "var": true, "wbr": true, "td": true, "th": true}

// textless elements hold no words of the page.
var textless = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "iframe": true, "svg": true, "math": true,
	"object": true, "video": true, "audio": true, "canvas": true, "select": true, "textarea": true, "button": true, "head": true}

// linesOf lays an element out as lines of clean text.
func linesOf(root *html.Node) []line {
	var out []line
	var cur strings.Builder
	var now line
	flush := func() {
		if s := clean(cur.String()); s != "" {
			now.text = s
			out = append(out, now)
		}
		cur.Reset()
		now = line{}
	}
	var walk func(n *html.Node, link bool)
	walk = func(n *html.Node, link bool) {
		switch n.Type {
		case html.TextNode:
			cur.WriteString(n.Data)
			c := 0
			for _, r := range n.Data {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					c++
				}
			}
			now.letter += c
			if link {
				now.link += c
			}
			return
		case html.ElementNode:
			if textless[n.Data] && n != root {
				return
			}
		}
		breaks := n.Type == html.ElementNode && !inline[n.Data]
		if breaks {
			flush()
		}
		if n.Data == "td" || n.Data == "th" {
			cur.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, link || n.Type == html.ElementNode && n.Data == "a")
		}
		if breaks {
			flush()
		}
	}
	walk(root, false)
	flush()
	return out
}

// textOf is all text of an element, scripts and the like aside.
func textOf(n *html.Node) string {
	var b strings.Builder
	for _, l := range linesOf(n) {
		b.WriteString(l.text)
		b.WriteByte(' ')
	}
	return b.String()
}

// removed elements never hold the article.
var removed = map[string]bool{"nav": true, "aside": true, "footer": true, "form": true, "figure": true, "figcaption": true, "dialog": true, "menu": true}

var removedRoles = map[string]bool{"navigation": true, "complementary": true, "banner": true, "contentinfo": true, "search": true, "dialog": true, "alert": true, "figure": true}

// prune takes out what is marked as no article: elements of that meaning,
// hidden ones, and those with a class or id word of the debris table. An
// element that holds more than half of the page's prose stays whatever
// it is called: templates name whole pages "carousel" or "with-sidebar".
func (r *Reader) prune(doc *html.Node) {
	unhide(doc)
	weight := map[*html.Node]int{}
	total := prose(doc, weight)
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if c.Type == html.CommentNode || c.Type == html.ElementNode && (textless[c.Data] && c.Data != "head" || r.unwanted(c) && 2*weight[c] <= total) {
				n.RemoveChild(c)
			} else {
				walk(c)
			}
			c = next
		}
	}
	walk(doc)
}

// prose counts for every element the words that stand in runs of at least
// shortLine words outside links: menus and headlines have none.
func prose(n *html.Node, weight map[*html.Node]int) int {
	if n.Type == html.TextNode {
		if w := countWords(n.Data); w >= shortLine {
			return w
		}
		return 0
	}
	if n.Type == html.ElementNode && (textless[n.Data] || n.Data == "a") {
		return 0
	}
	w := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w += prose(c, weight)
	}
	weight[n] = w
	return w
}

func (r *Reader) unwanted(n *html.Node) bool {
	if n.Data == "body" || n.Data == "html" || n.Data == "article" || n.Data == "main" || inline[n.Data] && n.Data != "span" {
		return false
	}
	if removed[n.Data] || removedRoles[attr(n, "role")] {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			if s := strings.ReplaceAll(a.Val, " ", ""); strings.Contains(s, "display:none") {
				return true
			}
		case "class", "id":
			for w := range strings.FieldsFuncSeq(a.Val, func(c rune) bool { return !unicode.IsLetter(c) }) {
				if r.debris.classes[strings.ToLower(w)] || r.debris.classes[lastHump(w)] {
					return true
				}
			}
		}
	}
	return false
}

// lastHump is the last word of a name like "articleComments", in lower case.
func lastHump(w string) string {
	i := strings.LastIndexFunc(w, unicode.IsUpper)
	if i <= 0 {
		return ""
	}
	return strings.ToLower(w[i:])
}

// unhide shows what a page streamed in hidden and would have moved into place
// by script: React's server streaming sends <div hidden id="S:1a">.
func unhide(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "div" || !strings.HasPrefix(attr(n, "id"), "S:") {
			continue
		}
		kept := n.Attr[:0]
		for _, a := range n.Attr {
			if a.Key != "hidden" {
				kept = append(kept, a)
			}
		}
		n.Attr = kept
	}
}
