package serve

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// articlePage is one version of an article with its claims.
type articlePage struct {
	store.Version
	Versions []store.Version
	Heading  quote
	Original string // link to the page it is from, "" where its address is none of the web
	Top      []Paragraph
	Body     []Paragraph
	Claims   []claimView
	Events   map[string]eventView // that the claims belong to, by claim id
	Marks    map[string][]finding // by claim id, the last made first
	From     []takenView          // where it has its events from
	Copies   []takenView          // who has them from it
	Open     *panel               // nil while no claim is open
	Address  string               // of this version's page
	Latest   string               // link, where this version is not the latest
	Families []family
}

// OneClaim is a claim with the article it was read from and how it was read.
type OneClaim struct {
	Claim   isnad.Claim   `json:"claim"`
	Article isnad.Article `json:"article"`
	Version int           `json:"version"` // of the article; 1 is the oldest
	Steps   []step        `json:"steps"`   // the rows and rules that made it
	Marks   []store.Mark  `json:"marks"`   // what people found of it, the last made first
}

// article answers with an article: ?version= shows another than the latest, ?with=
// puts a further one beside it, ?claim= opens a claim, ?part=panel asks for that
// claim's panel only.
func (s *Server) article(r *request) (answer, error) {
	id := r.id
	if id == "" {
		id = r.values.Get("id")
	}
	vs, err := s.Store.Versions(r, id)
	if err != nil {
		return answer{}, err
	}
	if with := r.text("with"); with != "" {
		return s.difference(r, vs, r.text("version"), with)
	}
	v := vs[len(vs)-1]
	if n := r.text("version"); n != "" {
		found := false
		for _, o := range vs {
			if strconv.Itoa(o.Number) == n {
				v, found = o, true
			}
		}
		if !found {
			return answer{}, fmt.Errorf("version %q of article %q: %w", n, id, store.ErrNotFound)
		}
	} else if a, err := s.Store.Article(r, id); err == nil {
		v = a // the latest that carries this id
	}
	return s.show(r, v, vs, r.text("claim"))
}

// claim answers with the article of a claim, opened at it.
func (s *Server) claim(r *request) (answer, error) {
	c, v, err := s.Store.Claim(r, r.id)
	if err != nil {
		return answer{}, err
	}
	vs, err := s.Store.Versions(r, v.ID)
	if err != nil {
		return answer{}, err
	}
	a, err := s.show(r, v, vs, c.ID)
	if err != nil {
		return a, err
	}
	marks := []store.Mark{}
	for _, f := range a.data.(*articlePage).Marks[c.ID] {
		marks = append(marks, f.Mark)
	}
	steps := make([]step, 0, len(c.Rules))
	for _, ref := range c.Rules {
		steps = append(steps, stepOf(s.Lexicon, ref))
	}
	a.json = OneClaim{c, v.Article, v.Number, steps, marks}
	return a, nil
}

// show makes the page of a version.
func (s *Server) show(r *request, v store.Version, vs []store.Version, open string) (answer, error) {
	cs, err := s.Store.ClaimsOf(r, v.Digest)
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	p := &articlePage{Version: v, Versions: vs, Original: webLink(v.URL), Families: families,
		Heading: quoted(strings.Join(strings.Fields(v.Title), " "), v.Lang),
		Top:     layout("title", v.Title, v.Lang, cs), Body: layout("text", v.Text, v.Lang, cs)}
	p.Address = versionLink(v)
	if !v.Current {
		p.Latest = articleLink(vs[len(vs)-1].ID)
	}
	if p.Events, err = s.eventsOf(r, v.ID, n); err != nil {
		return answer{}, err
	}
	if p.Marks, err = s.marksOf(r, v.ID, n); err != nil {
		return answer{}, err
	}
	p.From, p.Copies = n.taken(v, p.Events)
	at := -1
	for i, c := range cs {
		p.Claims = append(p.Claims, n.claim(c, i, openLink(v, c)))
		if c.ID == open {
			at = i
		}
	}
	if open != "" && at < 0 {
		return answer{}, fmt.Errorf("claim %q in version %d of article %q: %w", open, v.Number, v.ID, store.ErrNotFound)
	}
	if at >= 0 {
		p.Open = n.panel(p, at, s.Reader)
		p.Open.Review.Findings = p.Marks[open]
		if r.viewer.Marks {
			p.Open.Review.Form = cmp.Or(r.filled, n.form(cs[at], r.viewer.Name))
		}
	}
	a := answer{template: "article", title: p.Heading.Text, data: p}
	if a.title == "" {
		a.title = say(r.Lang, "list.untitled")
	}
	if r.text("part") == "panel" && p.Open != nil {
		a.template = "part"
	}
	return a, nil
}

// versionLink is the address of a version: its article's, where it is the latest.
func versionLink(v store.Version) string {
	if v.Current {
		return articleLink(v.ID)
	}
	return numberLink(v.ID, v.Number)
}

// numberLink is the address of a version by its number.
func numberLink(id string, n int) string {
	link := articleLink(id)
	return link + sep(link) + "version=" + strconv.Itoa(n)
}

// openLink is the address of a version opened at a claim: the claim's own,
// unless a later version may have the claim too.
func openLink(v store.Version, c isnad.Claim) string {
	if v.Current {
		return claimLink(c.ID)
	}
	return versionLink(v) + "&claim=" + url.QueryEscape(c.ID)
}

// sep is what parts an address from a further parameter.
func sep(link string) string {
	if strings.Contains(link, "?") {
		return "&"
	}
	return "?"
}

// Event is the event that a claim belongs to, nil where it is linked to none.
func (p *articlePage) Event(claim string) *eventView {
	if e, ok := p.Events[claim]; ok {
		return &e
	}
	return nil
}

// Verdict is what the last mark of a claim says, nil where there is none.
func (p *articlePage) Verdict(claim string) *finding {
	if fs := p.Marks[claim]; len(fs) > 0 {
		return &fs[0]
	}
	return nil
}

// In is a paragraph with the page it stands in, for the template.
func (p *articlePage) In(par Paragraph) struct {
	Page      *articlePage
	Paragraph Paragraph
} {
	return struct {
		Page      *articlePage
		Paragraph Paragraph
	}{p, par}
}

// markView is how a mark looks and what it opens.
type markView struct {
	Class string
	Link  string
	Claim int
	Open  bool
}

// Mark describes a mark by its first claim; it is hatched if any of them denies.
func (p *articlePage) Mark(m Mark) markView {
	first := p.Claims[m.Claims[0]]
	v := markView{Class: "m " + string(first.Family) + " f-" + string(first.Factuality), Link: first.Link, Claim: first.N}
	for _, i := range m.Claims {
		if p.Claims[i].Stance == isnad.Denies {
			v.Class += " denied"
			break
		}
	}
	if p.Open != nil {
		for _, i := range m.Claims {
			if p.Open.N == i {
				v.Open, v.Link, v.Claim = true, p.Claims[i].Link, i
			}
		}
	}
	return v
}
