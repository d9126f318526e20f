package atlas

import "math"

// simplify leaves out points as Douglas and Peucker do (1973). A line that two
// states share is simplified once for both (arcs), so that it stays one.
func simplify(l []xy, tolerance float64) []xy {
	if len(l) < 3 {
		return l
	}
	keep := make([]bool, len(l))
	keep[0], keep[len(l)-1] = true, true
	var part func(from, to int)
	part = func(from, to int) {
		far, at := 0.0, 0
		for i := from + 1; i < to; i++ {
			if d := distance(l[i], l[from], l[to]); d > far {
				far, at = d, i
			}
		}
		if far > tolerance {
			keep[at] = true
			part(from, at)
			part(at, to)
		}
	}
	part(0, len(l)-1)
	out := l[:0:0]
	for i, p := range l {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// distance is from a point to a segment.
func distance(p, a, b xy) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p.x-a.x)*dx+(p.y-a.y)*dy)/l))
	}
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}

// clip cuts a ring at a box, side by side (Sutherland and Hodgman 1974).
func clip(l []xy, from, to xy) []xy {
	for _, side := range []struct {
		in func(xy) bool
		at func(a, b xy) xy
	}{
		{func(p xy) bool { return p.x >= from.x }, func(a, b xy) xy { return xy{from.x, a.y + (b.y-a.y)*(from.x-a.x)/(b.x-a.x)} }},
		{func(p xy) bool { return p.x <= to.x }, func(a, b xy) xy { return xy{to.x, a.y + (b.y-a.y)*(to.x-a.x)/(b.x-a.x)} }},
		{func(p xy) bool { return p.y >= from.y }, func(a, b xy) xy { return xy{a.x + (b.x-a.x)*(from.y-a.y)/(b.y-a.y), from.y} }},
		{func(p xy) bool { return p.y <= to.y }, func(a, b xy) xy { return xy{a.x + (b.x-a.x)*(to.y-a.y)/(b.y-a.y), to.y} }},
	} {
		var out []xy
		for i, p := range l {
			before := l[(i+len(l)-1)%len(l)]
			if side.in(p) != side.in(before) {
				out = append(out, side.at(before, p))
			}
			if side.in(p) {
				out = append(out, p)
			}
		}
		l = out
	}
	return l
}
