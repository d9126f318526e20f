package atlas

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"isnad"
)

// Drawing is what the map is made of: data of SVG paths, whose unit is a Grain-th
// of the view's.
type Drawing struct {
	Land    string
	Solid   string // borders that nobody disputes, or that the convention settles
	Broken  string // disputed lines
	Claimed string // how far a claim goes that the convention doesn't follow
	Nobody  string // disputed areas that the convention gives nobody
	Shapes  []Shape
}

// Shape is a state with what the convention gives it.
type Shape struct {
	State isnad.Code
	Path  string
	X, Y  float64 // within its largest part that can be seen, in units of the view
}

// Grain is how many units of a path make one of the view.
const Grain = 2

// detail is how far a line may be from the true one, in units of the view.
const detail = 0.8

// Draw makes the map of a view. The states asked for get shapes of their own.
func Draw(v View, c Convention, ts []Territory, states []isnad.Code) Drawing {
	w, p := earth(), pen{view: v}
	d := w.ground(p, c, ts)
	for _, s := range states {
		if shape := w.shape(p, s, c, ts); shape.Path != "" {
			d.Shapes = append(d.Shapes, shape)
		}
	}
	return d
}

// ground draws land and borders.
func (w *world) ground(p pen, c Convention, ts []Territory) Drawing {
	var solid, broken, claimed strings.Builder
	into := map[style]*strings.Builder{full: &solid, dashed: &broken, dotted: &claimed}
	var d Drawing
	for _, r := range w.land {
		d.Land += p.ring(w.along(r), false)
	}
	for _, a := range w.arcs {
		if len(a.of) < 2 {
			continue
		}
		if b := into[border(a, c, ts)]; b != nil {
			b.WriteString(p.line(a.line))
		}
	}
	for _, t := range ts {
		for _, l := range w.edges[t.Area] {
			if b := into[edge(t, c, ts)]; b != nil {
				b.WriteString(p.line(l))
			}
		}
		if c.Rule == Neutral && t.In != "" || holder(t, c) == "" && t.By == "" {
			for _, r := range w.areas[t.Area] {
				d.Nobody += p.ring(r, true)
			}
			for _, r := range w.state[isnad.Code(t.Area)] {
				d.Nobody += p.ring(w.along(r), true)
			}
		}
	}
	d.Solid, d.Broken, d.Claimed = solid.String(), broken.String(), claimed.String()
	return d
}

// along joins the points of a ring.
func (w *world) along(r ring) (out []spot) {
	for _, i := range r {
		if i >= 0 {
			out = append(out, w.arcs[i].line...)
			continue
		}
		for j := len(w.arcs[^i].line) - 1; j >= 0; j-- {
			out = append(out, w.arcs[^i].line[j])
		}
	}
	return out
}

// shape draws a state: its outline, and what else the convention gives it. What
// the convention takes from it stays within the outline, under the hatching or the
// other's shape.
func (w *world) shape(p pen, s isnad.Code, c Convention, ts []Territory) Shape {
	out := Shape{State: s}
	var rings [][]spot
	for _, r := range w.state[s] {
		rings = append(rings, w.along(r))
	}
	for _, t := range ts {
		if holder(t, c) != s || t.In == s {
			continue
		}
		rings = append(rings, w.areas[t.Area]...)
		for _, r := range w.state[isnad.Code(t.Area)] {
			rings = append(rings, w.along(r))
		}
	}
	slices.SortStableFunc(rings, func(a, b []spot) int { return cmp.Compare(extent(b), extent(a)) })
	for _, r := range rings {
		path := p.ring(r, true)
		if out.Path == "" && path != "" {
			out.X, out.Y = p.inside(r)
		}
		out.Path += path
	}
	return out
}

func extent(r []spot) float64 {
	var low, high spot
	for i, d := range r {
		if i == 0 {
			low, high = d, d
		}
		low, high = spot{min(low.x, d.x), min(low.y, d.y)}, spot{max(high.x, d.x), max(high.y, d.y)}
	}
	return (high.x - low.x) * (high.y - low.y)
}

// xy is a point of the drawing, in units of its view.
type xy struct{ x, y float64 }

// pen writes paths for a view.
type pen struct{ view View }

func (p pen) project(l []spot) []xy {
	out := make([]xy, len(l))
	scale, left, top := p.view.scale(), p.view.West*math.Pi/180, miller(p.view.North)
	for i, d := range l {
		out[i] = xy{(d.x - left) * scale, (top - d.y) * scale}
	}
	return out
}

// box is what is drawn: the view and a fifth of it on each side, so that moving
// it shows land before the next drawing comes.
func (p pen) box() (low, high xy) {
	w, h := float64(p.view.Width), float64(p.view.Height())
	return xy{-w / 5, -h / 5}, xy{w + w/5, h + h/5}
}

// ring draws a closed line, cut at the box. One too small to be seen is left out,
// unless all are wanted.
func (p pen) ring(l []spot, all bool) string {
	pts := p.project(l)
	low, high := pts[0], pts[0]
	for _, q := range pts {
		low, high = xy{min(low.x, q.x), min(low.y, q.y)}, xy{max(high.x, q.x), max(high.y, q.y)}
	}
	from, to := p.box()
	if high.x < from.x || high.y < from.y || low.x > to.x || low.y > to.y || !all && high.x-low.x < 2.5 && high.y-low.y < 2.5 {
		return ""
	}
	pts = clip(simplify(pts, detail), from, to)
	if len(pts) < 3 {
		return ""
	}
	return write(pts) + "z"
}

// line draws an open line, cut at the box.
func (p pen) line(l []spot) string {
	from, to := p.box()
	pts := simplify(p.project(l), detail)
	var b strings.Builder
	begin := -1
	end := func(i int) {
		if begin >= 0 && i-begin > 1 {
			b.WriteString(write(pts[begin:i]))
		}
		begin = -1
	}
	for i := range pts {
		if i+1 < len(pts) && touches(pts[i], pts[i+1], from, to) {
			if begin < 0 {
				begin = i
			}
			continue
		}
		end(i + 1)
	}
	return b.String()
}

// touches says whether a segment may pass through the box.
func touches(a, b, from, to xy) bool {
	return max(a.x, b.x) >= from.x && min(a.x, b.x) <= to.x && max(a.y, b.y) >= from.y && min(a.y, b.y) <= to.y
}

// inside is a place within the largest part of a ring that can be seen: in the
// middle of the widest of nine cuts through it.
func (p pen) inside(l []spot) (x, y float64) {
	pts := clip(p.project(l), xy{}, xy{float64(p.view.Width), float64(p.view.Height())})
	if len(pts) < 3 {
		return -1, -1
	}
	top, bottom := pts[0].y, pts[0].y
	for _, q := range pts {
		top, bottom = min(top, q.y), max(bottom, q.y)
	}
	widest := -1.0
	for i := range 9 {
		cut := top + (bottom-top)*float64(i+1)/10
		var at []float64
		for j, a := range pts {
			if b := pts[(j+1)%len(pts)]; (a.y > cut) != (b.y > cut) {
				at = append(at, a.x+(b.x-a.x)*(cut-a.y)/(b.y-a.y))
			}
		}
		slices.Sort(at)
		for pair := range slices.Chunk(at, 2) {
			if len(pair) == 2 && pair[1]-pair[0] > widest {
				widest, x, y = pair[1]-pair[0], (pair[0]+pair[1])/2, cut
			}
		}
	}
	return x, y
}

// write puts points into a path: the first absolute, the others relative to the one before.
func write(pts []xy) string {
	var b strings.Builder
	px, py := 0, 0
	n := 0
	for i, q := range pts {
		x, y := round(q.x*Grain), round(q.y*Grain)
		if i > 0 && x == px && y == py {
			continue
		}
		switch {
		case i == 0:
			b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y))
		default:
			if n == 0 {
				b.WriteByte('l')
			} else if x-px >= 0 {
				b.WriteByte(' ')
			}
			n++
			b.WriteString(strconv.Itoa(x - px))
			if y-py >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(y - py))
		}
		px, py = x, y
	}
	return b.String()
}

func round(x float64) int {
	if x < 0 {
		return -int(0.5 - x)
	}
	return int(x + 0.5)
}
