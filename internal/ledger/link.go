package ledger

import (
	"cmp"
	"slices"

	"isnad"
)

// links are what a speech act of a type is to the act that it speaks of.
var speechActs = map[isnad.Type]isnad.LinkKind{
	"SUPPORT": isnad.LinkSupports, "ACCUSE": isnad.LinkRespondsTo, "REJECT": isnad.LinkRespondsTo,
	"THREATEN": isnad.LinkRespondsTo, "REQUEST": isnad.LinkRespondsTo, "CONCEDE": isnad.LinkRespondsTo,
}

// Speaks says how a claim speaks of another of its article: they stand in one
// sentence, the first is a speech act, and the second is what it speaks of: what
// is denied, or the act named after it. The empty kind says that it does not.
func (l *Ledger) Speaks(a, b isnad.Claim) isnad.LinkKind {
	kind, speech := speechActs[a.Type]
	if !speech || a.Article != b.Article || a.Field != b.Field || a.Sentence != b.Sentence || a.Type == b.Type || a.Stance == isnad.Denies {
		return ""
	}
	if _, both := speechActs[b.Type]; both || b.Trigger.Start < a.Trigger.Start {
		return ""
	}
	if b.Stance == isnad.Denies {
		return isnad.LinkDenies
	}
	return kind
}

// link gives every event its links, from the claims of all.
func (l *Ledger) link(events []isnad.Event, all []isnad.Entry) {
	of := map[string]int{}
	for i, e := range events {
		for _, c := range e.Claims {
			of[c.ID] = i
		}
	}
	type place struct {
		article, field string
		isnad.Span
	}
	at := map[place][]isnad.Claim{}
	for _, e := range all {
		if _, in := of[e.Claim.ID]; in {
			p := place{e.Claim.Article, e.Claim.Field, e.Claim.Sentence}
			at[p] = append(at[p], e.Claim)
		}
	}
	found := make([]map[isnad.Link]bool, len(events))
	for _, cs := range at {
		for _, a := range cs {
			for _, b := range cs {
				i, j := of[a.ID], of[b.ID]
				if kind := l.Speaks(a, b); kind != "" && i != j {
					if found[i] == nil {
						found[i] = map[isnad.Link]bool{}
					}
					found[i][isnad.Link{Kind: kind, Event: events[j].ID}] = true
				}
			}
		}
	}
	for i, links := range found {
		for k := range links {
			events[i].Links = append(events[i].Links, k)
		}
		slices.SortFunc(events[i].Links, func(a, b isnad.Link) int { return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Kind, b.Kind)) })
	}
}
