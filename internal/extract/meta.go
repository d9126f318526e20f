package extract

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"isnad"
)

// meta is what a page says of itself outside its text. Several sources say the
// same thing; the first that has it counts, in the order of the fields of
// JSON-LD (schema.org NewsArticle), Open Graph, other <meta>, and the page.
type meta struct {
	ld    map[string]any      // the article object of the JSON-LD
	props map[string][]string // <meta> by lower-case name, property or itemprop
	title string              // <title>
	h1    []string
	lang  string // <html lang>
	link  string // canonical address
	times []string
	body  *html.Node // the largest element with itemprop articleBody
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// readMeta collects it from the whole page, before anything is taken out.
func readMeta(doc *html.Node) *meta {
	m := &meta{props: map[string][]string{}}
	bodyWords := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			m.lang = attr(n, "lang")
		case "title":
			if m.title == "" && (n.Parent == nil || n.Parent.Data != "svg") {
				m.title = clean(textOf(n))
			}
		case "h1":
			if s := clean(textOf(n)); s != "" {
				m.h1 = append(m.h1, s)
			}
		case "link":
			if attr(n, "rel") == "canonical" && m.link == "" {
				m.link = attr(n, "href")
			}
		case "time":
			if s := attr(n, "datetime"); s != "" {
				m.times = append(m.times, s)
			}
		case "script":
			if strings.Contains(attr(n, "type"), "ld+json") && m.ld == nil && n.FirstChild != nil {
				var v any
				if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
					m.ld = articleObject(v, 0)
				}
			}
		}
		for _, key := range []string{"property", "name", "itemprop"} {
			k := strings.ToLower(attr(n, key))
			if k == "" || n.Data != "meta" && key != "itemprop" {
				continue
			}
			if k == "articlebody" {
				if w := countWords(textOf(n)); w > bodyWords {
					m.body, bodyWords = n, w
				}
				continue
			}
			v := attr(n, "content")
			if v == "" {
				v = attr(n, "datetime")
			}
			if v == "" && n.Data != "meta" && (k == "headline" || k == "author" || k == "datepublished") {
				v = textOf(n)
			}
			if v = clean(v); v != "" && len(v) < 2000 {
				m.props[k] = append(m.props[k], v)
			}
		}
	}
	return m
}

// articleObject finds the schema.org object of the article: the first whose
// type ends in "Article", "Posting" or "Report", in lists and @graph too.
func articleObject(v any, depth int) map[string]any {
	if depth > 6 {
		return nil
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if o := articleObject(x, depth+1); o != nil {
				return o
			}
		}
	case map[string]any:
		for _, t := range texts(v["@type"]) {
			if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") || strings.HasSuffix(t, "Report") {
				return v
			}
		}
		for _, k := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if o := articleObject(v[k], depth+1); o != nil {
				return o
			}
		}
	}
	return nil
}

// texts reads a JSON-LD value that may be a string, an object with a name, or
// a list of either.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		if s := clean(html.UnescapeString(v)); s != "" {
			return []string{s}
		}
	case map[string]any:
		return texts(v["name"])
	case []any:
		var out []string
		for _, x := range v {
			if _, list := x.([]any); !list {
				out = append(out, texts(x)...)
			}
		}
		return out
	}
	return nil
}

func (m *meta) first(keys ...string) string {
	for _, k := range keys {
		if v := m.props[k]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// headline prefers the page's own <h1> where the metadata confirm it: Open
// Graph titles are often reworded for sharing, <title> carries the outlet.
func (m *meta) headline() string {
	ld := strings.Join(texts(m.ld["headline"]), " ")
	og := m.first("og:title", "twitter:title", "headline", "dc.title")
	for _, h := range m.h1 {
		for _, t := range []string{ld, og, m.title} {
			if t != "" && strings.Contains(letters(t), letters(h)) && countWords(h) > 1 {
				return h
			}
		}
	}
	if len(m.h1) == 1 && countWords(m.h1[0]) > 3 {
		return m.h1[0]
	}
	for _, t := range []string{ld, og, m.title} {
		if t != "" {
			return m.withoutOutlet(t)
		}
	}
	return ""
}

// withoutOutlet takes " - Outlet" or "Outlet | " off a title where the rest is
// the longer part.
func (m *meta) withoutOutlet(t string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » "} {
		if i := strings.LastIndex(t, sep); i > 0 && countWords(t[:i]) >= 2*countWords(t[i:]) {
			return t[:i]
		}
		if i := strings.Index(t, sep); i > 0 && same(t[:i], m.first("og:site_name")) {
			return t[i+len(sep):]
		}
	}
	return t
}

// outlet is the site's name, else its host.
func (m *meta) outlet(page string) string {
	if s := m.first("og:site_name", "application-name"); s != "" {
		return s
	}
	if p := texts(m.ld["publisher"]); len(p) > 0 {
		return p[0]
	}
	for _, u := range []string{page, m.link, m.first("og:url")} {
		if u, err := url.Parse(u); err == nil && u.Hostname() != "" {
			return strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	return ""
}

func (m *meta) byline() string {
	if a := texts(m.ld["author"]); len(a) > 0 {
		return strings.Join(a, ", ")
	}
	for _, s := range append(m.props["author"], m.first("article:author", "dc.creator", "parsely-author", "byl")) {
		if s != "" && !strings.Contains(s, "://") && len(s) < 200 {
			return s
		}
	}
	return ""
}

// language is what the page declares where the letters do not contradict it:
// template pages declare "en" over Arabic text.
func (m *meta) language(text string) isnad.Lang {
	found := DetectLang(text)
	declared, _, _ := strings.Cut(strings.ToLower(m.lang), "-")
	declared, _, _ = strings.Cut(declared, "_")
	latin := found == isnad.English
	switch declared {
	case "ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug":
		if latin || found == "" || found == "fa" || found == "ur" || declared != "ar" && found != isnad.Arabic {
			return found
		}
		return isnad.Lang(declared)
	case "":
		return found
	}
	if latin && len(declared) == 2 {
		return isnad.Lang(declared)
	}
	return found
}

var urlDate = regexp.MustCompile(`[/_-](20\d\d|19\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|$)`)

// published finds the date of a page: what it declares, then a date line near
// its headline (lines), then its address.
func (r *Reader) published(m *meta, page string, lines []string, title string) string {
	var said []string
	said = append(said, texts(m.ld["datePublished"])...)
	for _, k := range []string{"article:published_time", "og:article:published_time", "datepublished", "article:published", "parsely-pub-date",
		"pubdate", "publishdate", "publish-date", "publication_date", "dc.date.issued", "dc.date", "dcterms.created", "date", "sailthru.date", "cxenseparse:recs:publishtime"} {
		said = append(said, m.props[k]...)
	}
	said = append(said, m.times...)
	for _, s := range said {
		if iso, err := r.dates.Parse(s); err == nil && !future(iso, r.now()) && len(iso) > 4 {
			return iso
		}
	}
	after := false
	for pass := range 2 { // after the headline, else anywhere before it
		for _, l := range lines {
			after = after || same(l, title)
			if iso, ok := r.dates.Line(l); ok && (after || pass == 1) && !future(iso, r.now()) {
				return iso
			}
		}
	}
	for _, u := range []string{page, m.link, m.first("og:url")} {
		if f := urlDate.FindStringSubmatch(u); f != nil {
			if iso, err := r.dates.Parse(f[1] + "/" + f[2] + "/" + f[3]); err == nil && !future(iso, r.now()) {
				return iso
			}
		}
	}
	return ""
}
