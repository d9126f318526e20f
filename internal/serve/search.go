package serve

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/orth"
	"isnad/internal/store"
)

// searchPage is what answers a search, or what to ask instead.
type searchPage struct {
	Asked      bool // anything but an order
	Words      bool // words are asked for, so that there is a relevance
	Total      int
	Hits       []hitView
	Facets     []facetView
	Chosen     []chosenView
	Hidden     []hiddenField
	Prev, Next string // links, "" where there is no such page
	From, To   int    // numbers of the first and last shown, from 1
	Suggest    []suggestion
	Empty      bool // the store
	Address    string

	Factualities []isnad.Factuality
	Statuses     []isnad.Status
}

// hitView is an article found, with the words that were asked for marked.
type hitView struct {
	store.Hit
	Link    string
	Heading snippet
	Passage snippet
	First   []claimView // that answer
	More    int
}

// chosenView is a filter that is set, with a link that takes it off.
type chosenView struct {
	Name  string // of the filter
	Value quote
	Off   string
}

// hiddenField keeps a choice that the form has no field for.
type hiddenField struct{ Name, Value string }

// searchData is the same as JSON.
type searchData struct {
	Total    int         `json:"total"`
	Articles []hitRow    `json:"articles"`
	Facets   []facetData `json:"facets"`
	Next     *int        `json:"next"` // for ?from=, null on the last page
}

type hitRow struct {
	api.Article
	Passage string        `json:"passage"` // of the text, where the words stand
	Answers int           `json:"answers"` // claims that answer
	First   []isnad.Claim `json:"first"`   // the first few of them
}

type facetData struct {
	Name   string      `json:"name"`
	Values []countData `json:"values"`
}

type countData struct {
	Value    string `json:"value"`
	Articles int    `json:"articles"`
}

// searchAsked are the parameters of a search.
type searchAsked struct {
	Text       string   `query:"text" doc:"Words of title and text, in any spelling that folds alike; in double quotes for a phrase."`
	Type       []string `query:"type" doc:"PLOVER event types, e.g. AID,ASSAULT."`
	Stance     []string `query:"stance" doc:"narrates, states, confirms, denies, alleges, reports, believes."`
	Actor      []string `query:"actor" doc:"Who does it, by code."`
	Recipient  []string `query:"recipient" doc:"To whom."`
	Dyad       string   `query:"dyad" doc:"From state A to state B as A:B; A-B for either way."`
	Speaker    []string `query:"speaker" doc:"Whose word it is."`
	Factuality []string `query:"factuality" doc:"actual, planned, possible, conditional, negated."`
	Status     []string `query:"status" doc:"Of the event that the claim belongs to."`
	Outlet     []string `query:"outlet,explode" doc:"Who printed it; repeat the name for several."`
	Language   string   `query:"language" doc:"Of the article: ar or en."`
	Since      string   `query:"since" doc:"Published then or later: 2024, 2024-11, 2024-11-19 or with a time."`
	Until      string   `query:"until" doc:"Published then or earlier."`
	Order      string   `query:"order" doc:"What comes first: newest or oldest; what fits best where none is given."`
	From       int      `query:"from" minimum:"0" maximum:"10000" doc:"How many articles to pass over."`
	Limit      int      `query:"limit" minimum:"1" maximum:"500" default:"20" doc:"At most so many articles."`
}

const (
	hitsShown = 20
	hitsDeep  = 10_000 // how far a search goes through its results
)

// searchFilters are the parameters that narrow a search, in the order in which they
// are shown. The articles' language is called language: lang is the interface's.
var searchFilters = []string{"text", "type", "stance", "actor", "recipient", "dyad", "speaker", "factuality", "status", "outlet", "language", "since", "until"}

// searchQuery is the question of an address.
func (p *params) searchQuery() (store.SearchQuery, error) {
	q := store.SearchQuery{Text: p.text("text"), Outlet: p.outlets(), Lang: isnad.Lang(p.text("language")), Since: p.text("since"), Until: p.text("until"),
		Actor: upper[isnad.Code](p, "actor"), Recipient: upper[isnad.Code](p, "recipient"), Speaker: upper[isnad.Code](p, "speaker"),
		Type: upper[isnad.Type](p, "type"), Stance: lower[isnad.Stance](p, "stance"), Factuality: lower[isnad.Factuality](p, "factuality"), Status: lower[isnad.Status](p, "status"),
		Sort: store.Sort(p.text("order")), Limit: p.limit(hitsShown)}
	if s := p.text("dyad"); s != "" {
		d, err := store.ParseDyad(s)
		if err != nil {
			p.fail(err)
		}
		q.Dyad = d
	}
	if s := p.text("from"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > hitsDeep {
			p.fail(fmt.Errorf("from %q: %w: write how many articles to pass over, at most %d; narrow the search to go further", s, store.ErrInvalid, hitsDeep))
		}
		q.Offset = n
	}
	if p.err != nil {
		return q, p.err
	}
	return q, q.Check()
}

// search answers with the articles that have some words and claims.
func (s *Server) search(r *request) (answer, error) {
	q, err := r.searchQuery()
	if err != nil {
		return answer{}, err
	}
	found, err := s.Store.Search(r, q)
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	terms := store.Terms(orth.Fold, q.Text)
	p := searchPage{Words: len(terms) > 0, Total: found.Total, Factualities: isnad.Factualities, Statuses: isnad.Statuses, Address: searchAddress(r.values)}
	data := searchData{Total: found.Total, Articles: []hitRow{}, Facets: []facetData{}}
	for _, h := range found.Hits {
		v := n.hit(h, terms)
		p.Hits = append(p.Hits, v)
		data.Articles = append(data.Articles, hitRow{api.NewArticle(h.Version), v.Passage.text(), h.Answers, append([]isnad.Claim{}, h.Claims...)})
	}
	p.Chosen = n.chosen(r.values)
	p.Asked = len(p.Chosen) > 0
	p.Hidden = hidden(r.values, "type", "stance", "outlet", "language")
	p.From, p.To = q.Offset+1, q.Offset+len(found.Hits)
	if p.To < found.Total && p.To <= hitsDeep && len(found.Hits) > 0 {
		p.Next = searchLink(r.values, "from", strconv.Itoa(p.To))
		data.Next = &p.To
	}
	if q.Offset > 0 {
		p.Prev = searchLink(r.values, "from", strconv.Itoa(max(0, q.Offset-q.Limit)))
	}
	for _, f := range found.Facets {
		d := facetData{Name: f.Name, Values: []countData{}}
		for _, c := range f.Values {
			d.Values = append(d.Values, countData{c.Value, c.Articles})
		}
		data.Facets = append(data.Facets, d)
		p.Facets = append(p.Facets, n.facet(f, r.values))
	}
	if found.Total == 0 {
		if p.Suggest, err = s.suggest(r, n, q); err != nil {
			return answer{}, err
		}
		if !p.Asked {
			p.Empty = true
		}
	}
	title := say(r.Lang, "search")
	if q.Text != "" {
		title = q.Text + " · " + title
	}
	return answer{template: "search", title: title, data: p, json: data}, nil
}

func (n namer) hit(h store.Hit, terms []store.Term) hitView {
	v := hitView{Hit: h, Link: articleLink(h.ID), Heading: marked(h.Title, h.Lang, terms, whole), Passage: marked(h.Text, h.Lang, terms, passage), More: h.Answers - len(h.Claims)}
	for i, c := range h.Claims {
		v.First = append(v.First, n.claim(c, i, claimLink(c.ID)))
	}
	return v
}

// chosen lists the filters of an address, a value each.
func (n namer) chosen(values url.Values) (out []chosenView) {
	p := params{values: values}
	for _, name := range searchFilters {
		list := p.list(name)
		switch name {
		case "outlet":
			list = p.outlets()
		case "text", "since", "until", "language", "dyad":
			list = slices.DeleteFunc([]string{p.text(name)}, func(s string) bool { return s == "" })
		}
		for _, v := range list {
			out = append(out, chosenView{say(n.lang, "filter."+name), n.value(name, v), searchToggle(values, name, v)})
		}
	}
	return out
}

// value names a value of a filter in the interface's language.
func (n namer) value(name, v string) quote {
	own := func(s string) quote { return quote{s, n.lang, direction(n.lang)} }
	switch name {
	case "type":
		return own(say(n.lang, "type."+strings.ToUpper(v)))
	case "stance", "factuality", "status":
		return own(say(n.lang, name+"."+strings.ToLower(v)))
	case "actor", "recipient", "speaker":
		return own(n.state(isnad.Code(strings.ToUpper(v))))
	case "language":
		if _, known := words()["lang."+v]; known {
			return own(say(n.lang, "lang."+v))
		}
	case "dyad":
		if d, err := store.ParseDyad(v); err == nil {
			return own(n.pair(d))
		}
	case "since", "until", "month":
		return own(date(n.lang, v))
	}
	return quoted(v, "")
}

// pair names a dyad.
func (n namer) pair(d store.Dyad) string {
	between := n.arrow()
	if d.Either {
		between = " – "
	}
	return n.state(d.From) + between + n.state(d.To)
}

// hidden are the choices of an address under some names.
func hidden(values url.Values, names ...string) (out []hiddenField) {
	for _, name := range names {
		for _, v := range values[name] {
			if v != "" {
				out = append(out, hiddenField{name, v})
			}
		}
	}
	return out
}

// searchAddress is the address of a search by what it asks for alone: how it is kept
// and sent to others.
func searchAddress(values url.Values) string {
	keep := url.Values{}
	for _, name := range append(slices.Clone(searchFilters), "order") {
		for _, v := range values[name] {
			if v = strings.TrimSpace(v); v != "" {
				keep.Add(name, v)
			}
		}
	}
	u := url.URL{Path: "/search", RawQuery: keep.Encode()}
	return u.String()
}

// searchLink is the address of the same search with one parameter changed.
func searchLink(values url.Values, name, value string) string {
	u := url.URL{Path: "/search", RawQuery: values.Encode()}
	return with(&u, name, value)
}

// searchToggle is the address of the search, from its first results, with a value
// added to a filter or, where it is there, taken from it.
func searchToggle(values url.Values, name, value string) string {
	p := params{values: values}
	have := p.list(name)
	switch name {
	case "outlet":
		have = p.outlets()
	case "text", "since", "until", "language", "dyad": // one at a time
		have = nil
		if strings.EqualFold(p.text(name), value) {
			have = []string{value}
		}
	}
	out := url.Values{}
	for k, vs := range values {
		if k != name && k != "from" && k != "part" {
			out[k] = vs
		}
	}
	kept := slices.DeleteFunc(slices.Clone(have), func(s string) bool { return strings.EqualFold(s, value) })
	if len(kept) == len(have) {
		kept = append(kept, value)
	}
	for _, v := range kept {
		out.Add(name, v)
	}
	u := url.URL{Path: "/search", RawQuery: out.Encode()}
	return u.String()
}

// suggestion is a search that finds something where this one does not.
type suggestion struct {
	Key   string // of its words: without, unquoted, only
	Name  string // of the filter that it leaves out
	Value quote
	Link  string
	N     int
}

const (
	suggestions = 6
	wordsTried  = 6
)

// suggest tries the search without each of its conditions, and tells which find
// something; most first.
func (s *Server) suggest(r *request, n namer, q store.SearchQuery) ([]suggestion, error) {
	var out []suggestion
	try := func(values url.Values, x suggestion) error {
		one := &params{values: values}
		ask, err := one.searchQuery()
		if err != nil {
			return err
		}
		ask.Limit, ask.Offset = 0, 0
		found, err := s.Store.Search(r, ask)
		if err == nil && found.Total > 0 {
			x.Link, x.N = searchAddress(values), found.Total
			out = append(out, x)
		}
		return err
	}
	change := func(name, value string) url.Values {
		v := url.Values{}
		for k, vs := range r.values {
			if k != name {
				v[k] = vs
			}
		}
		if value != "" {
			v.Set(name, value)
		}
		return v
	}
	set := slices.DeleteFunc(slices.Clone(searchFilters), func(name string) bool { return r.text(name) == "" })
	if len(set) == 1 { // without it nothing would be asked
		set = nil
	}
	for _, name := range set {
		if err := try(change(name, ""), suggestion{Key: "without", Name: say(r.Lang, "filter."+name), Value: n.value(name, strings.Join(r.values[name], ", "))}); err != nil {
			return nil, err
		}
	}
	plain := strings.Join(strings.FieldsFunc(q.Text, func(c rune) bool { return strings.ContainsRune("\"«»“”„", c) }), " ")
	if plain != q.Text {
		if err := try(change("text", plain), suggestion{Key: "unquoted", Value: quoted(plain, "")}); err != nil {
			return nil, err
		}
	}
	if list := strings.Fields(plain); len(list) > 1 {
		for _, w := range list[:min(wordsTried, len(list))] {
			if err := try(change("text", w), suggestion{Key: "only", Value: quoted(w, "")}); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(out, func(a, b suggestion) int { return cmp.Compare(b.N, a.N) })
	return out[:min(suggestions, len(out))], nil
}
