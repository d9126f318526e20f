package serve

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"isnad"
	"isnad/internal/store"
)

// sourcings say where the articles of each outlet have their events from, read out of
// all events once for each revision of the store.
type sourcings struct {
	mu       sync.Mutex
	revision int64
	of       map[string]*sourcing
}

// sourcing is what one outlet has by itself and what from others, in articles that
// tell an event; an article that has one event so and another otherwise counts in each.
type sourcing struct {
	own, unknown, all map[string]bool            // articles
	credits           map[string]map[string]bool // origin → articles that credit it
	words             map[string]map[string]bool // outlet → articles that have its words
	lends             map[string]map[string]bool // outlet → its articles that have it from here
}

func newSourcing() *sourcing {
	return &sourcing{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]map[string]bool{}, map[string]map[string]bool{}, map[string]map[string]bool{}}
}

// sourcesOf returns the sourcing of an outlet or origin, empty where no event has it.
func (s *Server) sourcesOf(ctx context.Context, outlet string) (*sourcing, error) {
	c := &s.sourced
	c.mu.Lock()
	defer c.mu.Unlock()
	revision, err := s.Store.Revision(ctx)
	if err != nil {
		return nil, err
	}
	if c.of == nil || c.revision != revision {
		of := map[string]*sourcing{}
		for e, err := range s.Store.Events(ctx, store.EventQuery{}) {
			if err != nil {
				return nil, err
			}
			source(of, e)
		}
		c.of, c.revision = of, revision
	}
	if x := c.of[outlet]; x != nil {
		return x, nil
	}
	return newSourcing(), nil
}

// source notes where the articles of an event have it from.
func source(of map[string]*sourcing, e isnad.Event) {
	at := func(name string) *sourcing {
		if of[name] == nil {
			of[name] = newSourcing()
		}
		return of[name]
	}
	add := func(m map[string]map[string]bool, key, article string) {
		if m[key] == nil {
			m[key] = map[string]bool{}
		}
		m[key][article] = true
	}
	outlet := map[string]string{} // by article
	for _, c := range e.Claims {
		outlet[c.Article] = c.Outlet
	}
	for _, c := range e.Claims {
		x := at(c.Outlet)
		x.all[c.Article] = true
		switch how(c) {
		case "own":
			x.own[c.Article] = true
		case "nobody":
			x.unknown[c.Article] = true
		case "words":
			from := cmp.Or(outlet[c.CopyOf], c.Origin)
			add(x.words, from, c.Article)
			add(at(from).lends, c.Outlet, c.Article)
		case "credits":
			add(x.credits, c.Origin, c.Article)
			add(at(c.Origin).lends, c.Outlet, c.Article)
		}
	}
}

// shares lists names with how many articles each has, most first.
func shares(m map[string]map[string]bool) (out []store.Count) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		out = append(out, store.Count{Value: name, Articles: len(m[name])})
	}
	slices.SortStableFunc(out, func(a, b store.Count) int { return cmp.Compare(b.Articles, a.Articles) })
	return out
}
