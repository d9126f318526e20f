package serve

import (
	"errors"
	"fmt"
	"net/url"
	"slices"

	"isnad"
	"isnad/internal/store"
)

// transferView is what goes from one party to another, in words.
type transferView struct {
	isnad.Transfer
	Link                      string
	Giver, Taker, Foe, Denier string
	WhatWord, StageWord       string
	Steps                     []stageView
	Figures                   []contestedView
	Of                        []eventView
}

// stageView is a stage: reached, with its claims, or not told of.
type stageView struct {
	isnad.TransferStage
	Word    string
	Reached bool
	Said    []*saidView
}

// transferStages in order, as a transfer goes through them.
var transferStages = []string{"sought", "offered", "promised", "agreed", "shipped", "delivered", "used"}

func (n namer) transfer(t isnad.Transfer) transferView {
	v := transferView{Transfer: t, Link: "/transfers/" + url.PathEscape(t.ID), Giver: n.codes(t.From), Taker: n.codes(t.To), Foe: n.codes(t.Against), Denier: n.codes(t.DeniedBy),
		WhatWord: n.named("sent", t.What), StageWord: n.named("stage", t.Stage)}
	for _, name := range transferStages {
		s := stageView{Word: n.named("stage", name)}
		for _, x := range t.Stages {
			if x.Stage == name {
				s.TransferStage, s.Reached = x, true
			}
		}
		v.Steps = append(v.Steps, s)
	}
	if len(t.Quantity) > 0 {
		c := isnad.Contested{What: "other"}
		for _, q := range t.Quantity {
			c.Values = append(c.Values, isnad.Value{Speaker: q.Speaker, Low: &q.Low, High: q.High, Approx: q.Approx, Unit: q.Unit, Claim: q.Claim})
		}
		for _, kind := range []string{"troops", "arms", "money"} {
			if t.What == kind {
				c.What = kind
			}
		}
		v.Figures = n.contested(c, nil)
	}
	return v
}

// transfers answers with a list of transfers, the last told of first.
func (s *Server) transfers(r *request) (answer, error) {
	all, err := s.recordsOf(r)
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	p, data := recordsPage{Filtered: r.filtered()}, []isnad.Transfer{}
	for _, t := range all.Transfers {
		if t.What != "" && !slices.Contains(p.Kinds, t.What) {
			p.Kinds = append(p.Kinds, t.What)
		}
		if what := r.text("what"); r.parties(t.From, t.To) && (what == "" || t.What == what) {
			data = append(data, t)
		}
	}
	slices.Sort(p.Kinds)
	slices.Reverse(data)
	data, p.More = few(data, r.limit(100))
	if r.err != nil {
		return answer{}, r.err
	}
	for _, t := range data {
		p.Transfers = append(p.Transfers, n.transfer(t))
	}
	return answer{template: "transfers", title: say(r.Lang, "transfers.title"), data: p}, nil
}

// transfer answers with one transfer, every stage with its sentences.
func (s *Server) transfer(r *request) (answer, error) {
	all, err := s.recordsOf(r)
	if err != nil {
		return answer{}, err
	}
	i := slices.IndexFunc(all.Transfers, func(t isnad.Transfer) bool { return t.ID == r.id })
	if i < 0 {
		return answer{}, fmt.Errorf("transfer %q: %w", r.id, store.ErrNotFound)
	}
	n := namer{r.Lang, s.Lexicon}
	v := n.transfer(all.Transfers[i])
	said := map[string]*saidView{}
	for i := range v.Steps {
		if v.Steps[i].Said, err = s.allSaid(r, n, v.Steps[i].Claims); err != nil {
			return answer{}, err
		}
	}
	for i, q := range v.Quantity {
		if said[q.Claim], _, err = s.said(r, n, q.Claim, i); err != nil {
			return answer{}, err
		}
	}
	for i := range v.Figures {
		for j := range v.Figures[i].Rows {
			row := &v.Figures[i].Rows[j]
			for _, x := range said {
				if x.Claims[0].Link == row.Link {
					row.Who, row.Published = x.Claims[0].Who, x.Published
				}
			}
		}
	}
	for _, id := range v.Events {
		e, err := s.Store.Event(r, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return answer{}, err
		}
		v.Of = append(v.Of, n.event(e))
	}
	return answer{template: "transfer", title: v.WhatWord + ": " + v.Giver + n.arrow() + v.Taker, data: v}, nil
}
