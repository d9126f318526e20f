package serve

import (
	"cmp"
	"slices"
	"strings"

	"isnad"
)

// placeGroup is a place with all events that are told to have happened there. A
// place is its gazetteer id and how exactly it is known: "Aleppo" and "near
// Aleppo" are two.
type placeGroup struct {
	isnad.Place
	Events []isnad.Event
}

// key names a group in an address: "state_yem.state".
func (g placeGroup) key() string { return g.ID + "." + g.Precision }

// finer are the precisions that tell more than a state does.
var finer = []string{"site", "city", "near", "region"}

// placeOf is where an event is drawn: at the place that most of its claims name,
// or, where that is a state, at the first finer place in it that any names.
func placeOf(e isnad.Event) (isnad.Place, bool) {
	if len(e.Places) == 0 {
		return isnad.Place{}, false
	}
	first := e.Places[0]
	if first.Precision == "state" || first.Precision == "part" {
		for _, p := range e.Places {
			if p.State == first.State && slices.Contains(finer, p.Precision) {
				return p, true
			}
		}
	}
	return first, true
}

// groupPlaces gathers events by place, the place with most first.
func groupPlaces(es []isnad.Event) (groups []*placeGroup, placed int) {
	at := map[string]*placeGroup{}
	for _, e := range es {
		p, ok := placeOf(e)
		if !ok {
			continue
		}
		placed++
		g := placeGroup{Place: p}
		if at[g.key()] == nil {
			at[g.key()] = &g
			groups = append(groups, &g)
		}
		at[g.key()].Events = append(at[g.key()].Events, e)
	}
	slices.SortStableFunc(groups, func(a, b *placeGroup) int {
		return cmp.Or(cmp.Compare(len(b.Events), len(a.Events)), strings.Compare(a.key(), b.key()))
	})
	return groups, placed
}

// place names a place in the interface's language, by the gazetteer; as the text
// has it where that knows no name.
func (n namer) place(p isnad.Place) string {
	row, ok := n.lex.Table("places").Row(p.ID)
	if !ok {
		return p.Name
	}
	if row.Get("kind") == "state" {
		return n.state(p.State)
	}
	column := "en"
	if n.lang == isnad.Arabic {
		column = "ar"
	}
	name, _, _ := strings.Cut(row.Get(column), "|")
	return cmp.Or(name, p.Name)
}

// placeItem is a place in the list beside the map.
type placeItem struct {
	Name, State, Precision string
	Key, Link              string
	N, Disputed            int
	Family                 family // of most of its events
	Current                bool
}

func (n namer) placeItem(g *placeGroup) placeItem {
	out := placeItem{Name: n.place(g.Place), Precision: say(n.lang, "precision."+g.Precision), Key: g.key(), N: len(g.Events)}
	out.Family, out.Disputed = weighed(g.Events)
	if g.Precision != "state" && g.State != "" && g.State != isnad.Unknown {
		out.State = n.state(g.State)
	}
	return out
}

// weighed tells the family of most events, the graver of equals, and how many
// events are disputed.
func weighed(es []isnad.Event) (most family, disputed int) {
	counts := map[family]int{}
	for _, e := range es {
		counts[eventFamily(e)]++
		if e.Status == isnad.Disputed {
			disputed++
		}
	}
	for _, f := range families {
		if most == "" || counts[f] > 0 && counts[f] >= counts[most] {
			most = f
		}
	}
	return most, disputed
}
