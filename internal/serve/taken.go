package serve

import (
	"cmp"
	"slices"

	"isnad/internal/store"
)

// takenView is an article or an origin that an article has an event from, or that
// has one from it.
type takenView struct {
	How       string // own, credits, words, nobody
	Name      quote
	Link      string
	Published string // of an article, "" of an origin
}

// taken tells from where an article has its events, and which articles have them
// from it: those that have its words, and those that credit its outlet.
func (n namer) taken(v store.Version, events map[string]eventView) (from, copies []takenView) {
	seen := map[string]bool{}
	add := func(list *[]takenView, x takenView) {
		if key := x.How + "\x00" + x.Link + "\x00" + x.Name.Text; !seen[key] {
			seen[key] = true
			*list = append(*list, x)
		}
	}
	done := map[string]bool{}
	for _, e := range events {
		if done[e.ID] {
			continue
		}
		done[e.ID] = true
		outlet := map[string]string{}
		for _, c := range e.Claims {
			outlet[c.Article] = c.Outlet
		}
		for _, c := range e.Claims {
			switch {
			case c.Article == v.ID:
				x := takenView{How: how(c)}
				switch x.How {
				case "credits":
					x.Name, x.Link = n.origin(c.Origin).Name, outletPath(c.Origin)
				case "words":
					x.Name, x.Link = quoted(cmp.Or(outlet[c.CopyOf], c.CopyOf), ""), articleLink(c.CopyOf)
				}
				add(&from, x)
			case c.CopyOf == v.ID:
				add(&copies, takenView{"words", quoted(c.Outlet, ""), articleLink(c.Article), c.Published})
			case c.Origin != "" && c.Origin == v.Outlet && c.Outlet != v.Outlet && c.CopyOf == "":
				add(&copies, takenView{"credits", quoted(c.Outlet, ""), articleLink(c.Article), c.Published})
			}
		}
	}
	order := func(a, b takenView) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.How, b.How), cmp.Compare(a.Link, b.Link), cmp.Compare(a.Name.Text, b.Name.Text))
	}
	slices.SortFunc(from, order)
	slices.SortFunc(copies, order)
	return from, copies
}
