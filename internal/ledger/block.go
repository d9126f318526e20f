package ledger

import (
	"cmp"
	"math"
	"slices"

	"isnad"
)

// cluster is an event in the making.
type cluster struct {
	mentions []*mention // in the order of claims
	as       *mention   // all of them together
}

func newCluster(ms []*mention) *cluster { return &cluster{ms, together(ms)} }

// like is how likely two mentions are of one event, 0 to 1. What cannot reach
// least is 0 before the features that cost most are looked at: a third of the
// time that looking at all took.
func (l *Ledger) like(a, b *mention, least float64) float64 {
	if strangers(a, b) {
		return 0
	}
	var f [features]float64
	quick(a, b, &f)
	z := l.o.Bias
	for i, x := range f {
		z += x * l.o.Weights[i]
	}
	w := &l.o.Weights
	if best := z + max(0, w[fCross]*enough) + max(0, w[fInside]) + max(0, w[fNames]); sigmoid(best) < least {
		return 0
	}
	slow(a, b, &f)
	for _, i := range [...]int{fCross, fInside, fNames} {
		z += f[i] * w[i]
	}
	return sigmoid(z)
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// day links the fresh mentions of a block, in the order of claims, and returns
// its new events; open events that are added to are changed in place. In three
// steps: claims that are alike make groups; groups that are alike as wholes make
// one; and a group that is like an open event adds to it.
func (l *Ledger) day(open []*cluster, fresh []*mention) []*cluster {
	const negligible = 0.02
	like := map[[2]int]float64{}
	l.alike(func(i, j int) float64 { return l.like(fresh[i], fresh[j], negligible) }, nil, fresh, 3, 8, func(i, j int, p float64) {
		if p > negligible {
			like[[2]int{i, j}] = p
		}
	})
	var parts []*cluster
	for _, members := range groups(len(fresh), like, l.o.SameDay) {
		ms := make([]*mention, len(members))
		for i, m := range members {
			ms[i] = fresh[m]
		}
		parts = append(parts, newCluster(ms))
	}
	parts = l.join(parts)
	return l.add(open, parts)
}

// join makes one of every two groups that are alike as wholes, the likest first.
func (l *Ledger) join(parts []*cluster) []*cluster {
	near := map[int]map[int]bool{} // what is to be looked at again when either grows
	good := map[[2]int]float64{}   // first the smaller
	put := func(a, b int, p float64) {
		a, b = min(a, b), max(a, b)
		for _, e := range [2][2]int{{a, b}, {b, a}} {
			if near[e[0]] == nil {
				near[e[0]] = map[int]bool{}
			}
			near[e[0]][e[1]] = true
		}
		delete(good, [2]int{a, b})
		if p >= l.o.Joined {
			good[[2]int{a, b}] = p
		}
	}
	both := func(a, b int) float64 {
		return l.both(parts[min(a, b)], parts[max(a, b)], l.o.Joined, l.o.Mean)
	}
	l.alike(both, nil, wholes(parts), 1.5, 5, put)
	for len(good) > 0 {
		var best [2]int
		like := -1.0
		for pair, p := range good {
			if p > like || p == like && cmp.Or(cmp.Compare(pair[0], best[0]), cmp.Compare(pair[1], best[1])) < 0 {
				best, like = pair, p
			}
		}
		a, b := best[0], best[1]
		parts[a] = newCluster(inOrder(append(slices.Clone(parts[a].mentions), parts[b].mentions...)))
		parts[b] = nil
		others := near[b]
		delete(near, b)
		for x := range near[a] {
			others[x] = true
		}
		for x := range others {
			delete(near[x], b)
			delete(good, [2]int{min(x, b), max(x, b)})
		}
		for x := range others {
			if x != a && x != b {
				put(a, x, both(a, x))
			}
		}
	}
	return slices.DeleteFunc(parts, func(c *cluster) bool { return c == nil })
}

// add gives groups to the open events that they are likest to and returns the
// groups that are left, the new events.
func (l *Ledger) add(open, parts []*cluster) []*cluster {
	type fit struct {
		like        float64
		event, part int
	}
	var fits []fit
	l.alike(func(i, j int) float64 {
		if i >= len(open) {
			return 0 // both of this day: that was join's
		}
		return l.both(open[i], parts[j-len(open)], l.o.LaterDay, l.o.MeanLater)
	}, wholes(open), wholes(parts), 1.5, 5, func(i, j int, p float64) {
		if i < len(open) && p >= l.o.LaterDay {
			fits = append(fits, fit{p, i, j - len(open)})
		}
	})
	slices.SortFunc(fits, func(a, b fit) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.event, b.event), cmp.Compare(a.part, b.part))
	})
	taken := make([]bool, len(parts))
	more := make([][]*mention, len(open))
	for _, f := range fits {
		if !taken[f.part] {
			taken[f.part] = true
			more[f.event] = append(more[f.event], parts[f.part].mentions...)
		}
	}
	for e, ms := range more {
		if len(ms) > 0 {
			*open[e] = *newCluster(append(slices.Clone(open[e].mentions), inOrder(ms)...))
		}
	}
	var made []*cluster
	for p, c := range parts {
		if !taken[p] {
			made = append(made, c)
		}
	}
	return made
}

// both is the likeness of two groups as wholes where it reaches what is needed
// and their claims are alike on average, too; else 0. As wholes, two texts of one
// event in other words are found; the average keeps apart a strike and the
// attack that it answers, which the same texts tell.
func (l *Ledger) both(a, b *cluster, needed, mean float64) float64 {
	p := l.like(a.as, b.as, needed)
	if p < needed || len(a.mentions)+len(b.mentions) == 2 {
		return p
	}
	// As soon as it is sure on which side of the mean the pairs come out, the rest
	// is not compared: a likeness is at most 1.
	left := len(a.mentions) * len(b.mentions)
	enough := mean * float64(left)
	var sum float64
	for _, x := range a.mentions {
		for _, y := range b.mentions {
			if sum >= enough {
				return p
			}
			if sum+float64(left) < enough {
				return 0
			}
			sum += l.like(x, y, 0)
			left--
		}
	}
	if sum < enough {
		return 0
	}
	return p
}

func wholes(cs []*cluster) []*mention {
	out := make([]*mention, len(cs))
	for i, c := range cs {
		out[i] = c.as
	}
	return out
}

func inOrder(ms []*mention) []*mention {
	slices.SortFunc(ms, func(a, b *mention) int { return Order(a.claim, b.claim) })
	return ms
}

// Order is the order of claims everywhere: published, article, headline first,
// place in the field, id.
func Order(a, b isnad.Claim) int {
	field := func(c isnad.Claim) int {
		if c.Field == "title" {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Article, b.Article), cmp.Compare(field(a), field(b)),
		cmp.Compare(a.Trigger.Start, b.Trigger.Start), cmp.Compare(a.ID, b.ID))
}
