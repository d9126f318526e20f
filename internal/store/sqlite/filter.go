package sqlite

import (
	"cmp"
	"slices"

	"isnad/internal/store"
)

// hit is an article found, with its claims that answer.
type hit struct {
	*row
	claims []int64
}

// The filters, each with the facet that leaves it aside.
const (
	byType = 1 << iota
	byStance
	byActor
	byOutlet
	byLang
	byDate
	byOther // has no facet
)

// The facets, in the order of store.FacetNames.
const (
	facetType = iota
	facetStance
	facetActor
	facetOutlet
	facetLang
	facetMonth
	facetCount
)

// filter goes through the articles that have the words, newest first. few says that
// no more than half of all articles have them.
func (c *columns) filter(q store.SearchQuery, words bool, having []int64) (store.Found, []hit, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	rows := c.newest
	if words {
		rows = make([]*row, 0, len(having))
		for _, k := range having {
			if r := c.rows[k]; r != nil {
				rows = append(rows, r)
			}
		}
		slices.SortFunc(rows, newer)
	}
	f := newFilter(q, &c.names)
	var found []hit
	for _, r := range rows {
		if claims, ok := f.take(r); ok {
			found = append(found, hit{r, claims})
		}
	}
	return store.Found{Total: len(found), Facets: f.facets()}, found, 2*len(rows) <= len(c.newest)
}

// filter is a search's conditions as numbers, and its counts.
type filter struct {
	names                           *names
	q                               store.SearchQuery
	outlet, lang                    []uint16
	actor, recipient, speaker       []uint16
	typ, stance, factuality, status []uint16
	dyad                            [2]uint16
	since, until                    *int64
	counts                          [facetCount][]int    // by facet and number of the value
	seen                            [facetCount][]uint16 // values of the article at hand
	claims                          bool
}

func newFilter(q store.SearchQuery, n *names) *filter {
	f := &filter{names: n, q: q, outlet: n.asked(q.Outlet), actor: n.asked(strs(q.Actor)), recipient: n.asked(strs(q.Recipient)), speaker: n.asked(strs(q.Speaker)),
		typ: n.asked(strs(q.Type)), stance: n.asked(strs(q.Stance)), factuality: n.asked(strs(q.Factuality)), status: n.asked(strs(q.Status)),
		claims: q.AsksClaims()}
	if q.Lang != "" {
		f.lang = n.asked([]string{string(q.Lang)})
	}
	if q.Dyad != (store.Dyad{}) {
		both := n.asked([]string{string(q.Dyad.From), string(q.Dyad.To)})
		f.dyad = [2]uint16{both[0], both[1]}
	}
	if q.Since != "" {
		f.since, _ = seconds(q.Since)
	}
	if q.Until != "" {
		_, f.until = seconds(q.Until)
	}
	for i := range f.counts {
		f.counts[i] = make([]int, len(n.name))
	}
	return f
}

func strs[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, v := range in {
		out[i] = string(v)
	}
	return out
}

// article says which filters an article fails.
func (f *filter) article(r *row) (failed int) {
	if !oneOf(f.outlet, r.outlet) {
		failed |= byOutlet
	}
	if !oneOf(f.lang, r.lang) {
		failed |= byLang
	}
	if f.since != nil && (r.until == nil || *r.until < *f.since) || f.until != nil && (r.published == nil || *r.published > *f.until) {
		failed |= byDate
	}
	return failed
}

// claim says which filters a claim fails.
func (f *filter) claim(x *claimRow) (failed int) {
	if !oneOf(f.typ, x.typ) {
		failed |= byType
	}
	if !oneOf(f.stance, x.stance) {
		failed |= byStance
	}
	if !x.party('a', f.actor) {
		failed |= byActor
	}
	if !oneOf(f.factuality, x.factuality) || !oneOf(f.status, x.status) || !x.party('r', f.recipient) || !x.party('s', f.speaker) ||
		f.q.Dyad != (store.Dyad{}) && !x.between(f.dyad[0], f.dyad[1]) && !(f.q.Dyad.Either && x.between(f.dyad[1], f.dyad[0])) {
		failed |= byOther
	}
	return failed
}

// take counts an article and says whether it answers, with its claims that do.
func (f *filter) take(r *row) (claims []int64, ok bool) {
	failed := f.article(r)
	if failed&(failed-1) != 0 { // two: no facet counts it
		return nil, false
	}
	ok = !f.claims
	for i := range r.claims {
		x := &r.claims[i]
		lacks := f.claim(x)
		if lacks == 0 {
			ok = true
			if failed == 0 {
				claims = append(claims, x.pk)
			}
		}
		if failed != 0 || lacks&(lacks-1) != 0 {
			continue
		}
		if lacks&^byType == 0 && x.typ != 0 {
			f.count(facetType, x.typ)
		}
		if lacks&^byStance == 0 {
			f.count(facetStance, x.stance)
		}
		if lacks&^byActor == 0 {
			for _, p := range x.parties {
				if p.side == 'a' {
					f.count(facetActor, p.code)
				}
			}
		}
	}
	if ok {
		if failed&^byOutlet == 0 {
			f.count(facetOutlet, r.outlet)
		}
		if failed&^byLang == 0 {
			f.count(facetLang, r.lang)
		}
		if failed&^byDate == 0 && r.month != 0 {
			f.count(facetMonth, r.month)
		}
	}
	for i := range f.seen {
		for _, v := range f.seen[i] {
			f.counts[i][v]++
		}
		f.seen[i] = f.seen[i][:0]
	}
	return claims, ok && failed == 0
}

func (f *filter) count(facet int, value uint16) {
	if !slices.Contains(f.seen[facet], value) {
		f.seen[facet] = append(f.seen[facet], value)
	}
}

func (f *filter) facets() (out []store.Facet) {
	for i, name := range store.FacetNames {
		x := store.Facet{Name: name}
		for v, n := range f.counts[i] {
			if n > 0 {
				x.Values = append(x.Values, store.Count{Value: f.names.name[v], Articles: n})
			}
		}
		slices.SortFunc(x.Values, func(a, b store.Count) int {
			if name == "month" {
				return cmp.Compare(a.Value, b.Value)
			}
			return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Value, b.Value))
		})
		out = append(out, x)
	}
	return out
}
