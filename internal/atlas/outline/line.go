package main

import (
	"math"
	"strconv"
	"strings"
)

// point is degrees east and north.
type point [2]float64

func (p point) middle(q point) point { return point{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2} }

type line []point

// bounds are the least and the greatest coordinates.
func (l line) bounds() (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range l {
		for i := range p {
			low[i], high[i] = min(low[i], p[i]), max(high[i], p[i])
		}
	}
	return low, high
}

func (l line) extent() float64 {
	low, high := l.bounds()
	return max(high[0]-low[0], high[1]-low[1])
}

func (l line) length() (sum float64) {
	for i := 1; i < len(l); i++ {
		sum += math.Hypot(l[i][0]-l[i-1][0], l[i][1]-l[i-1][1])
	}
	return sum
}

// distance is from a point to the nearest segment, infinite where the line's
// bounds are farther away than near.
func (l line) distance(p point) float64 {
	least := math.Inf(1)
	for i := 1; i < len(l); i++ {
		a, b := l[i-1], l[i]
		if max(a[0], b[0]) < p[0]-near || min(a[0], b[0]) > p[0]+near || max(a[1], b[1]) < p[1]-near || min(a[1], b[1]) > p[1]+near {
			continue
		}
		least = min(least, toSegment(p, a, b))
	}
	return least
}

func toSegment(p, a, b point) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return math.Hypot(p[0]-a[0]-t*dx, p[1]-a[1]-t*dy)
}

// simplify leaves out points as Douglas and Peucker do (1973): what is left is
// nowhere farther from the line than the tolerance. Ends stay.
func simplify(l line, tolerance float64) line {
	if len(l) < 3 {
		return l
	}
	far, at := 0.0, 0
	for i := 1; i < len(l)-1; i++ {
		if d := toSegment(l[i], l[0], l[len(l)-1]); d > far {
			far, at = d, i
		}
	}
	if far <= tolerance {
		return line{l[0], l[len(l)-1]}
	}
	head := simplify(l[:at+1], tolerance)
	return append(head[:len(head)-1:len(head)-1], simplify(l[at:], tolerance)...)
}

// encode writes hundredths of degrees, each point as the difference from the one before.
func encode(l line) string {
	var b strings.Builder
	x, y := 0, 0
	for i, p := range l {
		nx, ny := int(math.Round(100*p[0])), int(math.Round(100*p[1]))
		if i > 0 && nx == x && ny == y {
			continue
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(nx-x) + " " + strconv.Itoa(ny-y))
		x, y = nx, ny
	}
	return b.String()
}
