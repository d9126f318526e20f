package serve

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/store"
)

// actorPage is what a state or body does, says, denies, is accused of, and is bound by.
type actorPage struct {
	Code       isnad.Code
	Name       string
	Articles   int // in which it acts
	Search     string
	Types      []choiceView // what it does, by type
	Partners   []partnerView
	Lists      []toldList
	Agreements []agreementView
	Gives      []transferView
	Gets       []transferView
	Records    bool // agreements and transfers can be told
}

// partnerView is a dyad with how many events it has from the actor.
type partnerView struct {
	Name, Link string
	N          int
}

// toldList is a list of claims with a link to all of them.
type toldList struct {
	Key    string // does, says, denies, accused, alleged
	All    string
	Claims []toldView
}

// toldView is a claim with its sentence.
type toldView struct {
	claimView
	Sentence []Paragraph
}

// actorData is the same as JSON.
type actorData struct {
	Code       isnad.Code               `json:"code"`
	Articles   int                      `json:"articles"`
	Types      []countData              `json:"types"`
	Claims     map[string][]isnad.Claim `json:"claims"` // by list
	Agreements []isnad.Agreement        `json:"agreements"`
	Gives      []isnad.Transfer         `json:"gives"`
	Gets       []isnad.Transfer         `json:"gets"`
}

func actorLink(c isnad.Code) string { return "/actors/" + url.PathEscape(string(c)) }

// dyadLink is the address of a dyad's page.
func dyadLinkOf(d store.Dyad) string { return "/dyads/" + url.PathEscape(d.String()) }

// known says whether a code is in the tables.
func (s *Server) known(c isnad.Code) bool {
	for _, table := range []string{"states", "actor_codes"} {
		if _, ok := s.Lexicon.Table(table).Row(string(c)); ok {
			return true
		}
	}
	return false
}

// actor answers with one state or body.
func (s *Server) actor(r *request) (answer, error) {
	code := isnad.Code(strings.ToUpper(r.id))
	if !s.known(code) {
		return answer{}, fmt.Errorf("actor %q: %w", r.id, store.ErrNotFound)
	}
	n := namer{r.Lang, s.Lexicon}
	one := []isnad.Code{code}
	found, err := s.Store.Search(r, store.SearchQuery{Actor: one})
	if err != nil {
		return answer{}, err
	}
	ask := url.Values{"actor": {string(code)}}
	p := &actorPage{Code: code, Name: n.state(code), Articles: found.Total, Search: searchToggle(url.Values{}, "actor", string(code))}
	data := actorData{Code: code, Articles: found.Total, Types: []countData{}, Claims: map[string][]isnad.Claim{}, Agreements: []isnad.Agreement{}, Gives: []isnad.Transfer{}, Gets: []isnad.Transfer{}}
	p.Types, data.Types = n.types(found, ask)
	if p.Partners, err = s.partners(r, n, code); err != nil {
		return answer{}, err
	}
	for _, l := range []struct {
		key string
		q   store.Query
	}{
		{"does", store.Query{Kind: isnad.KindEvent, Actor: one, Factuality: []isnad.Factuality{isnad.Actual}}},
		{"says", store.Query{Speaker: one, Stance: []isnad.Stance{isnad.States, isnad.Confirms}}},
		{"denies", store.Query{Speaker: one, Stance: []isnad.Stance{isnad.Denies}}},
		{"accused", store.Query{Recipient: one, Type: []isnad.Type{"ACCUSE"}}},
		{"alleged", store.Query{Actor: one, Stance: []isnad.Stance{isnad.Alleges}}},
	} {
		list, claims, err := s.told(r, n, l.key, l.q)
		if err != nil {
			return answer{}, err
		}
		p.Lists, data.Claims[l.key] = append(p.Lists, list), claims
	}
	if s.Ledger != nil {
		if err := s.bound(r, n, p, &data); err != nil {
			return answer{}, err
		}
	}
	return answer{template: "actor", title: p.Name, data: p, json: data}, nil
}

// types are the types of a search as choices that lead to it.
func (n namer) types(found store.Found, ask url.Values) (out []choiceView, data []countData) {
	data = []countData{}
	for _, f := range found.Facets {
		if f.Name != "type" {
			continue
		}
		for _, c := range f.Values {
			out = append(out, choiceView{Value: n.value("type", c.Value), Family: familyOf(isnad.Claim{Type: isnad.Type(c.Value)}), N: c.Articles, Link: searchToggle(ask, "type", c.Value)})
			data = append(data, countData{c.Value, c.Articles})
		}
	}
	return out, data
}

// told lists the last claims that answer a question.
func (s *Server) told(r *request, n namer, key string, q store.Query) (toldList, []isnad.Claim, error) {
	out, claims := toldList{Key: key, All: claimsLink(q)}, []isnad.Claim{}
	q.Newest, q.Limit = true, deskShown
	for c, err := range s.Store.Claims(r, q) {
		if err != nil {
			return out, nil, err
		}
		claims = append(claims, c)
	}
	for i, c := range claims {
		kept, v, err := s.Store.Claim(r, c.ID)
		if err != nil {
			return out, nil, err
		}
		out.Claims = append(out.Claims, toldView{n.claim(c, i, claimLink(c.ID)), sentence(fieldOf(v.Article, kept.Field), kept)})
	}
	return out, claims, nil
}

// claimsLink is the address of the claims that answer a question.
func claimsLink(q store.Query) string {
	v := url.Values{}
	add := func(name string, values []string) {
		if len(values) > 0 {
			v.Set(name, strings.Join(values, ","))
		}
	}
	add("actor", plain(q.Actor))
	add("recipient", plain(q.Recipient))
	add("speaker", plain(q.Speaker))
	add("type", plain(q.Type))
	add("stance", plain(q.Stance))
	add("factuality", plain(q.Factuality))
	if q.Kind != "" {
		v.Set("kind", q.Kind)
	}
	if d := q.Dyad.String(); d != "" {
		v.Set("dyad", d)
	}
	return "/claims?" + v.Encode()
}

func plain[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, x := range in {
		out[i] = string(x)
	}
	return out
}

const partnersShown = 15

// partners are those to whom a state does most, with the dyads' pages.
func (s *Server) partners(r *request, n namer, code isnad.Code) (out []partnerView, err error) {
	_, k, err := s.gathered(r)
	if err != nil {
		return nil, err
	}
	count := map[isnad.Code]int{}
	for _, h := range k.Happenings {
		if !slices.Contains(h.Actor, code) {
			continue
		}
		for _, to := range h.Recipient {
			if to != code && to != isnad.Unknown {
				count[to]++
			}
		}
	}
	for to, times := range count {
		out = append(out, partnerView{n.state(to), dyadLinkOf(store.Dyad{From: code, To: to}), times})
	}
	slices.SortFunc(out, func(a, b partnerView) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Link, b.Link)) })
	return out[:min(partnersShown, len(out))], nil
}

// bound tells the agreements and transfers of an actor.
func (s *Server) bound(r *request, n namer, p *actorPage, data *actorData) error {
	all, err := s.recordsWithin(r, api.Bounds{})
	if err != nil {
		return err
	}
	p.Records = true
	for _, a := range all.Agreements {
		if slices.Contains(a.Parties, p.Code) {
			data.Agreements = append(data.Agreements, a)
			if len(p.Agreements) < deskShown {
				p.Agreements = append(p.Agreements, n.agreement(a))
			}
		}
	}
	for _, t := range all.Transfers {
		if slices.Contains(t.From, p.Code) {
			data.Gives = append(data.Gives, t)
			if len(p.Gives) < deskShown {
				p.Gives = append(p.Gives, n.transfer(t))
			}
		}
		if slices.Contains(t.To, p.Code) {
			data.Gets = append(data.Gets, t)
			if len(p.Gets) < deskShown {
				p.Gets = append(p.Gets, n.transfer(t))
			}
		}
	}
	return nil
}
