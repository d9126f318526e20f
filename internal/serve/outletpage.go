package serve

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// outletPage is what one outlet has first-hand and what it has from whom.
type outletPage struct {
	originView
	Called    quote // as the table of outlets names it, else as its articles do
	Articles  int   // in the store
	Told      int   // of these, that tell an event
	Own       int
	Unknown   int
	Credits   []shareView // whom it credits
	Words     []shareView // whose words it has
	Lends     []shareView // who has it from here
	FirstHand []eventView // the last it told by itself
	Latest    []hitView
	All       string // link to its articles
}

// shareView is an outlet with a number of articles.
type shareView struct {
	Name quote
	Link string
	N    int
}

// outletData is the same as JSON.
type outletData struct {
	Outlet    string      `json:"outlet"`
	Articles  int         `json:"articles"`
	Told      int         `json:"articles_with_events"`
	Own       int         `json:"own"`
	Unknown   int         `json:"unknown"`
	Credits   []countData `json:"credits"`
	Words     []countData `json:"has_words_of"`
	Lends     []countData `json:"taken_by"`
	FirstHand []string    `json:"first_hand"` // ids of the last events
}

const (
	sharesShown = 20
	deskShown   = 8
)

// outletPath is the address of an outlet's page.
func outletPath(id string) string {
	if id == "." || id == ".." || id == "" {
		return "/search"
	}
	return "/outlets/" + url.PathEscape(id)
}

// outlet answers with one outlet, by its name in the store or its id in the lexicon.
func (s *Server) outlet(r *request) (answer, error) {
	n := namer{r.Lang, s.Lexicon}
	found, err := s.Store.Search(r, store.SearchQuery{Outlet: []string{r.id}, Sort: store.Newest, Limit: deskShown})
	if err != nil {
		return answer{}, err
	}
	x, err := s.sourcesOf(r, r.id)
	if err != nil {
		return answer{}, err
	}
	_, listed := s.Lexicon.Table("outlets").Row(r.id)
	if found.Total == 0 && len(x.lends) == 0 && !listed {
		return answer{}, fmt.Errorf("outlet %q: %w", r.id, store.ErrNotFound)
	}
	p := &outletPage{originView: n.origin(r.id), Articles: found.Total, Told: len(x.all), Own: len(x.own), Unknown: len(x.unknown),
		Credits: n.shares(x.credits), Words: n.shares(x.words), Lends: n.shares(x.lends), All: searchToggle(url.Values{}, "outlet", r.id)}
	p.Called = p.Name
	for _, h := range found.Hits {
		p.Latest = append(p.Latest, n.hit(h, nil))
	}
	data := outletData{r.id, p.Articles, p.Told, p.Own, p.Unknown, counted(x.credits), counted(x.words), counted(x.lends), []string{}}
	if p.Own > 0 {
		for e, err := range s.Store.Events(r, store.EventQuery{Outlet: []string{r.id}, Newest: true}) {
			if err != nil {
				return answer{}, err
			}
			if !slices.ContainsFunc(e.Claims, func(c isnad.EventClaim) bool { return c.Outlet == r.id && how(c) == "own" }) {
				continue
			}
			v, err := s.opened(r, n, e)
			if err != nil {
				return answer{}, err
			}
			p.FirstHand, data.FirstHand = append(p.FirstHand, v), append(data.FirstHand, e.ID)
			if len(p.FirstHand) == deskShown {
				break
			}
		}
	}
	return answer{template: "outlet", title: p.Called.Text, data: p, json: data}, nil
}

// shares names the outlets of a count, most articles first.
func (n namer) shares(m map[string]map[string]bool) (out []shareView) {
	for _, c := range shares(m) {
		if len(out) == sharesShown {
			break
		}
		link := outletPath(c.Value)
		if _, listed := n.lex.Table("outlets").Row(c.Value); !listed && strings.Contains(c.Value, "+") {
			link = "" // several agencies: no page of their own
		}
		out = append(out, shareView{n.origin(c.Value).Name, link, c.Articles})
	}
	return out
}

func counted(m map[string]map[string]bool) []countData {
	out := []countData{}
	for _, c := range shares(m) {
		out = append(out, countData{c.Value, c.Articles})
	}
	return out
}
