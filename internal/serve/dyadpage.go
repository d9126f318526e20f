package serve

import (
	"fmt"
	"net/url"
	"slices"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/store"
)

// dyadPage is what one state does to another, and says of it.
type dyadPage struct {
	Name       string
	From, To   partnerView // the two, with their pages
	Back       string      // link to the opposite dyad, "" of either direction
	Both       string      // link to both directions, "" there
	Intensity  string      // link to its series
	Articles   int
	Search     string
	Types      []choiceView
	Events     []eventView
	All        string // link to all events
	Lists      []toldList
	Agreements []agreementView
	Transfers  []transferView
}

// dyadData is the same as JSON.
type dyadData struct {
	Dyad       string                   `json:"dyad"`
	Articles   int                      `json:"articles"`
	Types      []countData              `json:"types"`
	Events     []isnad.Event            `json:"events"` // the last
	Claims     map[string][]isnad.Claim `json:"claims"`
	Agreements []isnad.Agreement        `json:"agreements"`
	Transfers  []isnad.Transfer         `json:"transfers"`
}

// dyad answers with one pair of states, "RUS:PRK" or either way "RUS-PRK".
func (s *Server) dyad(r *request) (answer, error) {
	d, err := store.ParseDyad(r.id)
	if err != nil {
		return answer{}, err
	}
	if !s.known(d.From) || !s.known(d.To) {
		return answer{}, fmt.Errorf("dyad %q: %w", r.id, store.ErrNotFound)
	}
	n := namer{r.Lang, s.Lexicon}
	found, err := s.Store.Search(r, store.SearchQuery{Dyad: d})
	if err != nil {
		return answer{}, err
	}
	ask := url.Values{"dyad": {d.String()}}
	p := &dyadPage{Name: n.pair(d), From: partnerView{Name: n.state(d.From), Link: actorLink(d.From)}, To: partnerView{Name: n.state(d.To), Link: actorLink(d.To)},
		Intensity: intensityLink(d.String()), Articles: found.Total, Search: "/search?" + ask.Encode(), All: "/events?" + ask.Encode()}
	if !d.Either {
		p.Back = dyadLinkOf(store.Dyad{From: d.To, To: d.From})
		p.Both = dyadLinkOf(store.Dyad{From: d.From, To: d.To, Either: true})
	}
	data := dyadData{Dyad: d.String(), Articles: found.Total, Events: []isnad.Event{}, Claims: map[string][]isnad.Claim{}, Agreements: []isnad.Agreement{}, Transfers: []isnad.Transfer{}}
	p.Types, data.Types = n.types(found, ask)
	for e, err := range s.Store.Events(r, store.EventQuery{Dyad: d, Newest: true, Limit: newShown}) {
		if err != nil {
			return answer{}, err
		}
		v, err := s.opened(r, n, e)
		if err != nil {
			return answer{}, err
		}
		p.Events, data.Events = append(p.Events, v), append(data.Events, e)
	}
	for _, l := range []struct {
		key string
		q   store.Query
	}{
		{"denied", store.Query{Dyad: d, Stance: []isnad.Stance{isnad.Denies}}},
		{"ahead", store.Query{Dyad: d, Factuality: []isnad.Factuality{isnad.Planned, isnad.Possible, isnad.Conditional}}},
	} {
		list, claims, err := s.told(r, n, l.key, l.q)
		if err != nil {
			return answer{}, err
		}
		p.Lists, data.Claims[l.key] = append(p.Lists, list), claims
	}
	if s.Ledger != nil {
		if err := s.between(r, n, d, p, &data); err != nil {
			return answer{}, err
		}
	}
	return answer{template: "dyad", title: p.Name, data: p, json: data}, nil
}

// between tells the agreements and transfers of a dyad.
func (s *Server) between(r *request, n namer, d store.Dyad, p *dyadPage, data *dyadData) error {
	all, err := s.recordsWithin(r, api.Bounds{})
	if err != nil {
		return err
	}
	for _, a := range all.Agreements {
		if slices.Contains(a.Parties, d.From) && slices.Contains(a.Parties, d.To) {
			data.Agreements = append(data.Agreements, a)
			if len(p.Agreements) < deskShown {
				p.Agreements = append(p.Agreements, n.agreement(a))
			}
		}
	}
	way := func(t isnad.Transfer, a, b isnad.Code) bool {
		return slices.Contains(t.From, a) && slices.Contains(t.To, b)
	}
	for _, t := range all.Transfers {
		if way(t, d.From, d.To) || d.Either && way(t, d.To, d.From) {
			data.Transfers = append(data.Transfers, t)
			if len(p.Transfers) < deskShown {
				p.Transfers = append(p.Transfers, n.transfer(t))
			}
		}
	}
	return nil
}
