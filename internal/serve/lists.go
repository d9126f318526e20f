package serve

import (
	"net/url"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// articlesPage is a list of articles, or of none with what to do about it.
type articlesPage struct {
	Items    []articleItem
	Outlets  []store.Outlet
	Filtered bool   // some filter is set
	Next     string // link to the next page, "" where this is the last
	First    string // link to the first page, "" where this is it
	Types    []isnad.Type
	Stances  []isnad.Stance
	Disputed []eventView // the last few, on the first page of all articles
}

// articleItem is what the list shows of an article.
type articleItem struct {
	store.Version
	Heading quote
	Lead    quote
	Link    string
	First   []claimView // the first few
	More    int         // further ones
	Counts  []familyCount
	Denied  int
}

type familyCount struct {
	Family family
	N      int
}

// shownClaims is how many claims the list shows of each article.
const shownClaims = 3

// articles answers with a list of articles.
func (s *Server) articles(r *request) (answer, error) {
	q, err := r.articleQuery()
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	p := articlesPage{Types: isnad.Types, Stances: isnad.Stances}
	p.Filtered = len(q.Outlet)+len(q.Type)+len(q.Stance) > 0 || string(q.Lang)+q.Since+q.Until+q.AsOf+q.Text != ""
	size := q.Limit
	q.Limit++ // one more tells whether there is a next page
	var found []store.Version
	for v, err := range s.Store.Articles(r, q) {
		if err != nil {
			return answer{}, err
		}
		found = append(found, v)
	}
	if len(found) > size {
		found = found[:size]
		p.Next = page("/articles", r.values, store.AfterArticle(found[size-1].Article).String())
	}
	if r.text("after") != "" {
		p.First = page("/articles", r.values, "")
	}
	for _, v := range found {
		item, err := s.item(r, n, v)
		if err != nil {
			return answer{}, err
		}
		p.Items = append(p.Items, item)
	}
	if p.Outlets, err = s.Store.Outlets(r); err != nil {
		return answer{}, err
	}
	if !p.Filtered && p.First == "" {
		for e, err := range s.Store.Events(r, store.EventQuery{Status: []isnad.Status{isnad.Disputed}, Newest: true, Limit: 3}) {
			if err != nil {
				return answer{}, err
			}
			p.Disputed = append(p.Disputed, n.event(e))
		}
	}
	return answer{template: "articles", title: say(r.Lang, "list.title"), data: p}, nil
}

func (s *Server) item(r *request, n namer, v store.Version) (articleItem, error) {
	item := articleItem{Version: v, Link: versionLink(v), Heading: quoted(strings.Join(strings.Fields(v.Title), " "), v.Lang), Lead: quoted(lead(v.Text), v.Lang)}
	cs, err := s.Store.ClaimsOf(r, v.Digest)
	if err != nil {
		return item, err
	}
	counts := map[family]int{}
	for i, c := range cs {
		counts[familyOf(c)]++
		if c.Stance == isnad.Denies {
			item.Denied++
		}
		if len(item.First) < shownClaims && c.Kind == isnad.KindEvent {
			item.First = append(item.First, n.claim(c, i, openLink(v, c)))
		}
	}
	item.More = len(cs) - len(item.First)
	for _, f := range families {
		if counts[f] > 0 {
			item.Counts = append(item.Counts, familyCount{f, counts[f]})
		}
	}
	return item, nil
}

// lead is the beginning of a text, cut at a word.
func lead(text string) string {
	const most = 220 // characters
	var b strings.Builder
	n := 0
	for w := range strings.FieldsSeq(text) {
		size := len([]rune(w)) + 1
		if n+size > most {
			if n == 0 {
				b.WriteString(string([]rune(w)[:most]))
			}
			return b.String() + "…"
		}
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		n += size
	}
	return b.String()
}

// claimsPage is a table of claims.
type claimsPage struct {
	Rows         []claimRow
	Outlets      []store.Outlet
	Filtered     bool
	Next, First  string
	Types        []isnad.Type
	Stances      []isnad.Stance
	Factualities []isnad.Factuality
}

type claimRow struct {
	claimView
	Sentence []Paragraph
}

// claims answers with a table of claims, by the filters of the command line.
func (s *Server) claims(r *request) (answer, error) {
	q, err := r.claimQuery()
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	p := claimsPage{Types: isnad.Types, Stances: isnad.Stances, Factualities: isnad.Factualities}
	for name := range r.values {
		switch name {
		case "lang", "theme", "after", "limit", "order", "format":
		default:
			p.Filtered = p.Filtered || r.text(name) != ""
		}
	}
	size := q.Limit
	q.Limit++
	var found []isnad.Claim
	for c, err := range s.Store.Claims(r, q) {
		if err != nil {
			return answer{}, err
		}
		found = append(found, c)
	}
	if len(found) > size {
		found = found[:size]
		p.Next = page("/claims", r.values, store.AfterClaim(found[size-1]).String())
	}
	if r.text("after") != "" {
		p.First = page("/claims", r.values, "")
	}
	for i, c := range found {
		// The words come from the version that the claim's link opens.
		kept, v, err := s.Store.Claim(r, c.ID)
		if err != nil {
			return answer{}, err
		}
		p.Rows = append(p.Rows, claimRow{n.claim(c, i, claimLink(c.ID)), sentence(fieldOf(v.Article, kept.Field), kept)})
	}
	if p.Outlets, err = s.Store.Outlets(r); err != nil {
		return answer{}, err
	}
	return answer{template: "claims", title: say(r.Lang, "claims.title"), data: p}, nil
}

// page is the address of a page of results: the same question after a cursor.
func page(path string, values url.Values, after string) string {
	u := url.URL{Path: path, RawQuery: values.Encode()}
	return with(&u, "after", after)
}
