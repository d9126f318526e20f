package serve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/atlas"
)

// depth is the order in which kinds are drawn.
var depth = map[string]int{"sea": 0, "area": 1, "near": 2, "point": 3}

// mark is what stands on the map for one event, for all events of a place, or for
// several places that would cover each other.
type mark struct {
	X, Y    string
	Kind    string // point, near, area (a region or part of a state), sea
	N       int
	R       string // radius
	Family  family
	Status  isnad.Status // of its one event; disputed where some of several are; else ""
	Several bool         // places
	Link    string
	Title   string
	Path    string // of the triangle of a conflict, about the mark's place
	Ring    string // radius of the ring of a near place or of several
	BX, BY  string // of the sign of its status
	Current bool
	Label   *label
}

// label is a name beside a mark.
type label struct{ X, Y, Anchor, Text string }

// markKinds says how a precision is drawn; a state is a shape and no mark.
var markKinds = map[string]string{"site": "point", "city": "point", "near": "near", "region": "area", "part": "area", "sea": "sea"}

// cluster is places that one mark stands for, at the one with most events.
type cluster struct {
	kind   string
	x, y   float64
	n      int
	groups []*placeGroup
}

// radius of a mark of n events, in pixels.
func radius(n int) float64 {
	if n == 1 {
		return 6.5
	}
	return 8 + 3.2*math.Log10(float64(n))
}

// clusters joins places that would cover each other, the one with most events
// taking in the smaller; places of different kinds are never joined, so that a mark
// is as exact as it looks. A cluster that grew may cover another: they join too.
func clusters(v atlas.View, groups []*placeGroup) (out []*cluster, outside int) {
	for _, g := range groups {
		kind := markKinds[g.Precision]
		if kind == "" {
			continue
		}
		if !v.Sees(g.Lat, g.Lon) {
			outside += len(g.Events)
			continue
		}
		x, y := v.At(g.Lat, g.Lon)
		out = append(out, &cluster{kind, x, y, len(g.Events), []*placeGroup{g}})
	}
	for joined := true; joined; {
		joined = false
		var next []*cluster
		for _, c := range out { // the larger first
			if i := slices.IndexFunc(next, c.covers); i >= 0 {
				next[i].n += c.n
				next[i].groups = append(next[i].groups, c.groups...)
				joined = true
				continue
			}
			next = append(next, c)
		}
		slices.SortStableFunc(next, func(a, b *cluster) int { return cmp.Compare(b.n, a.n) })
		out = next
	}
	return out, outside
}

// covers says that two clusters of one kind stand too close to be told apart.
func (c *cluster) covers(o *cluster) bool {
	return c.kind == o.kind && math.Hypot(c.x-o.x, c.y-o.y) < radius(c.n)+radius(o.n)+12
}

// marks draws clusters; names stand beside those with most events, as far as there is room.
func (m *mapMaker) marks(cs []*cluster) (out []mark) {
	var taken []box4
	for _, c := range cs {
		taken = append(taken, around(c.x, c.y, radius(c.n)))
	}
	for _, c := range cs {
		k := m.mark(c)
		if name := m.n.place(c.groups[0].Place); len(c.groups) == 1 || c.n >= 10 {
			k.Label = m.label(c, name, &taken)
		}
		out = append(out, k)
	}
	slices.Reverse(out) // the largest last: on top, and what is exact above what is not
	slices.SortStableFunc(out, func(a, b mark) int { return cmp.Compare(depth[a.Kind], depth[b.Kind]) })
	return out
}

func (m *mapMaker) mark(c *cluster) mark {
	r := radius(c.n)
	k := mark{X: px(c.x), Y: px(c.y), Kind: c.kind, N: c.n, R: px(r), Several: len(c.groups) > 1, BX: px(c.x + 0.6*r), BY: px(c.y - 0.6*r - 9)}
	var all []isnad.Event
	var names []string
	for _, g := range c.groups {
		all = append(all, g.Events...)
		if len(names) < 3 {
			names = append(names, m.n.place(g.Place))
		}
		k.Current = k.Current || g.key() == m.chosen
	}
	var disputed int
	if k.Family, disputed = weighed(all); disputed > 0 {
		k.Status = isnad.Disputed
	}
	if k.Family == verbalConflict || k.Family == materialConflict {
		k.Path = triangle(c.x, c.y, r*1.25)
	}
	if k.Several || c.kind == "near" {
		k.Ring = px(r + 3.5)
	}
	k.Title = strings.Join(names, m.n.comma())
	if len(c.groups) > 3 {
		k.Title += m.n.comma() + "…"
	}
	if g := c.groups[0]; !k.Several {
		k.Title += m.n.comma() + say(m.n.lang, "precision."+g.Precision)
	}
	v := view{settings: settings{Lang: m.n.lang}}
	k.Title += " · " + v.Count(c.n, "events")
	if c.n == 1 {
		e := m.n.event(all[0])
		k.Status, k.Link = e.Status, e.Link
		k.Title += ": " + e.TypeWord + " " + e.From
		if e.To != "" {
			k.Title += m.n.arrow() + e.To
		}
		k.Title += m.n.comma() + e.StatusWord
		return k
	}
	if disputed > 0 {
		k.Title += m.n.comma() + say(m.n.lang, "status.disputed") + ": " + strconv.Itoa(disputed)
	}
	k.Link = m.r.link("/map", "place", c.groups[0].key())
	if k.Several {
		if near, ok := m.into(c); ok {
			k.Link = m.r.link("/map", "view", near.String())
		}
	}
	return k
}

// into is the view that parts a cluster; not ok where none nearer can.
func (m *mapMaker) into(c *cluster) (atlas.View, bool) {
	var at [][2]float64
	for _, g := range c.groups {
		at = append(at, [2]float64{g.Lat, g.Lon})
	}
	v := m.view
	if v.East-v.West < 0.7 {
		return v, false
	}
	near := atlas.Around(at, v.Width, float64(v.Height())/float64(v.Width))
	if near.East-near.West > 0.7*(v.East-v.West) {
		near = v.Zoom(2.5, c.groups[0].Lat, c.groups[0].Lon)
	}
	return near, true
}

// box4 is a rectangle: left, top, right, bottom.
type box4 [4]float64

func around(x, y, r float64) box4 { return box4{x - r, y - r, x + r, y + r} }

func (b box4) meets(o box4) bool { return b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3] }

// label finds room for a name beside a mark, first where the language reads on.
func (m *mapMaker) label(c *cluster, name string, taken *[]box4) *label {
	width, gap := 6.4*float64(len([]rune(name)))+4, radius(c.n)+5
	after := box4{c.x + gap, c.y - 7, c.x + gap + width, c.y + 7}
	before := box4{c.x - gap - width, c.y - 7, c.x - gap, c.y + 7}
	sides := []box4{after, before}
	if m.n.lang == isnad.Arabic { // which reads on to the left
		sides = []box4{before, after}
	}
	for _, b := range sides {
		inside := b[0] >= 0 && b[2] <= float64(m.view.Width) && b[1] >= 0 && b[3] <= float64(m.view.Height())
		if !inside || slices.ContainsFunc(*taken, b.meets) {
			continue
		}
		*taken = append(*taken, b)
		if b == before {
			return &label{px(b[2]), px(c.y + 4), "end", name}
		}
		return &label{px(b[0]), px(c.y + 4), "start", name}
	}
	return nil
}

// triangle about a place, whose middle is where the mark's number stands.
func triangle(x, y, r float64) string {
	return fmt.Sprintf("M%s %sl%s %sh%sz", px(x), px(y-r), px(r), px(1.7*r), px(-2*r))
}

// px writes a length to a tenth.
func px(x float64) string { return strconv.FormatFloat(math.Round(10*x)/10, 'f', -1, 64) }
