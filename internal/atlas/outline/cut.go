package main

import "slices"

// near is how far a border of the source's middle scale may lie from the edge of
// an area of its fine scale and still be the same line, in degrees.
const near = 0.12

// leastLine is the shortest edge of an area that is a line of its own: shorter
// ones are where two scales differ.
const leastLine = 0.2

// piece is a part of an arc that runs along the same areas.
type piece struct {
	line  line
	areas []string
}

// cut parts every arc that is a border where it begins or ends to run along a
// disputed area.
func (t *topology) cut(areas []area) [][]piece {
	out := make([][]piece, len(t.arcs))
	for i, a := range t.arcs {
		switch {
		case !t.kept[i]:
		case len(t.sides[i]) < 2:
			out[i] = []piece{{line: a}}
		default:
			out[i] = along(a, areas)
		}
	}
	return out
}

func along(a line, areas []area) []piece {
	var out []piece
	for i := 1; i < len(a); i++ {
		var by []string
		mid := a[i-1].middle(a[i])
		for _, x := range areas {
			if slices.ContainsFunc(x.rings, func(r line) bool { return r.distance(mid) < near }) {
				by = append(by, x.id)
			}
		}
		if n := len(out); n > 0 && slices.Equal(out[n-1].areas, by) {
			out[n-1].line = append(out[n-1].line, a[i])
			continue
		}
		out = append(out, piece{line{a[i-1], a[i]}, by})
	}
	return joined(out)
}

// joined gives pieces that are too short to mean anything to the one before.
func joined(ps []piece) (out []piece) {
	for _, p := range ps {
		n := len(out)
		if n > 0 && (p.line.length() < leastLine || slices.Equal(out[n-1].areas, p.areas)) {
			out[n-1].line = append(out[n-1].line, p.line[1:]...)
			continue
		}
		out = append(out, p)
	}
	if len(out) > 1 && out[0].line.length() < leastLine {
		out[1].line = append(slices.Clone(out[0].line), out[1].line[1:]...)
		out = out[1:]
	}
	return out
}

// inner returns the edges of an area along which neither border nor coast runs,
// nor an area that comes before it.
func (t *topology) inner(a area, all []area) (out []line) {
	for _, r := range a.rings {
		var open line
		end := func() {
			if open.length() >= leastLine {
				out = append(out, open)
			}
			open = nil
		}
		for i := 1; i < len(r); i++ {
			if t.drawn(r[i-1].middle(r[i]), a.id, all) {
				end()
				continue
			}
			if open == nil {
				open = line{r[i-1]}
			}
			open = append(open, r[i])
		}
		end()
	}
	return out
}

// drawn says that a line of the states, or of an area before this one, passes here.
func (t *topology) drawn(p point, id string, all []area) bool {
	for i, a := range t.arcs {
		if t.kept[i] && a.distance(p) < near {
			return true
		}
	}
	for _, x := range all {
		if x.id < id && slices.ContainsFunc(x.rings, func(r line) bool { return r.distance(p) < near/2 }) {
			return true
		}
	}
	return false
}
