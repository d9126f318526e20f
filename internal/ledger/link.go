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

// Speaks says how an event's claim a speaks of another's claim b: they stand in
// one sentence, a is a speech act, and b is what it speaks of: the content of a
// denial, or the act named after it. The empty kind says that it does not.
func Speaks(a, b isnad.EventClaim) isnad.LinkKind {
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

// Links lists the links from an event to those that hold the other claims of its
// sentences. near are those events; the event itself may be among them.
func Links(e isnad.Event, near []isnad.Event) []isnad.Link {
	type place struct {
		article, field string
		isnad.Span
	}
	at := map[place][]isnad.EventClaim{}
	for _, c := range e.Claims {
		p := place{c.Article, c.Field, c.Sentence}
		at[p] = append(at[p], c)
	}
	found := map[isnad.Link]bool{}
	for _, other := range near {
		if other.ID == e.ID {
			continue
		}
		for _, b := range other.Claims {
			for _, a := range at[place{b.Article, b.Field, b.Sentence}] {
				if kind := Speaks(a, b); kind != "" {
					found[isnad.Link{Kind: kind, Event: other.ID}] = true
				}
			}
		}
	}
	out := make([]isnad.Link, 0, len(found))
	for l := range found {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b isnad.Link) int { return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Kind, b.Kind)) })
	return out
}

// link gives every event its links.
func link(events []isnad.Event) {
	in := map[string][]int{} // article → events
	for i, e := range events {
		seen := map[string]bool{}
		for _, c := range e.Claims {
			if !seen[c.Article] {
				seen[c.Article] = true
				in[c.Article] = append(in[c.Article], i)
			}
		}
	}
	for i := range events {
		if _, speech := speechActs[events[i].Type]; !speech {
			continue
		}
		seen := map[int]bool{}
		var near []isnad.Event
		for _, c := range events[i].Claims {
			for _, j := range in[c.Article] {
				if !seen[j] {
					seen[j] = true
					near = append(near, events[j])
				}
			}
		}
		events[i].Links = Links(events[i], near)
	}
}
