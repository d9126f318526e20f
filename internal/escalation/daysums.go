package escalation

import "maps"

// ByDyad groups happenings by the dyads they are between.
func (m *Method) ByDyad(hs []Happening) map[Scope][]Happening {
	out := map[Scope][]Happening{}
	for _, h := range hs {
		for _, s := range Dyads([]Happening{h}) {
			out[s] = append(out[s], h)
		}
	}
	return out
}

// DaySums are the lines of a scope on a day and how many events are in them, as
// Values gives them. The order of happenings is nothing.
func (m *Method) DaySums(scope Scope, hs []Happening, v Volume, day int) (map[Line]Points, int) {
	x := m.Series(scope, hs, v).sum(Period{day, day})
	events := 0
	for _, c := range x.contribs {
		if c.Line != Nuclear {
			events++
		}
	}
	return maps.Clone(x.lines), events
}
