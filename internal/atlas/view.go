package atlas

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// View is a part of the world and how wide it is drawn. The projection is
// Miller's cylindrical one (1942): between Mercator's, which makes the north too
// large, and the plain one, which makes it too flat; and a rectangle of degrees is
// a rectangle of the drawing, so that a view can be moved without being turned.
type View struct {
	West, South, East, North float64 // degrees; East is greater than West
	Width                    int     // of the drawing, in its units
}

// Bounds of what can be looked at, in degrees. Antarctica is not drawn.
const (
	LeastLat, MostLat = -58.0, 80.0
	LeastLon, MostLon = -180.0, 180.0
	leastSpan         = 0.5 // degrees: the table knows no more than this
)

// Whole is the world.
func Whole(width int) View { return View{LeastLon, LeastLat, MostLon, MostLat, width} }

// ParseView reads "west,south,east,north" in degrees.
func ParseView(s string, width int) (View, error) {
	v := View{Width: width}
	parts := strings.Split(s, ",")
	if len(parts) != 4 {
		return v, fmt.Errorf("view %q: write west,south,east,north in degrees, e.g. 30,10,60,40", s)
	}
	for i, to := range []*float64{&v.West, &v.South, &v.East, &v.North} {
		x, err := strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
		if err != nil || math.IsNaN(x) || math.Abs(x) > 360 {
			return v, fmt.Errorf("view %q: %q is no number of degrees; write west,south,east,north, e.g. 30,10,60,40", s, parts[i])
		}
		*to = x
	}
	if v.East <= v.West || v.North <= v.South {
		return v, fmt.Errorf("view %q: east must be greater than west, north than south", s)
	}
	return v.within(), nil
}

// within moves a view into the world and makes it no smaller than can be drawn.
func (v View) within() View {
	v.West, v.East = slide(v.West, v.East, LeastLon, MostLon)
	v.South, v.North = slide(v.South, v.North, LeastLat, MostLat)
	return v
}

func slide(low, high, least, most float64) (float64, float64) {
	if span := high - low; span < leastSpan {
		low, high = low-(leastSpan-span)/2, high+(leastSpan-span)/2
	}
	if low < least {
		low, high = least, high+least-low
	}
	if high > most {
		low, high = max(least, low+most-high), most
	}
	return low, high
}

// String writes a view as ParseView reads it, to a hundredth of a degree.
func (v View) String() string {
	var parts []string
	for _, x := range []float64{v.West, v.South, v.East, v.North} {
		parts = append(parts, strconv.FormatFloat(math.Round(100*x)/100, 'f', -1, 64))
	}
	return strings.Join(parts, ",")
}

// miller is the projection's ordinate of a latitude, in radians of the equator.
func miller(lat float64) float64 {
	return 1.25 * math.Log(math.Tan(math.Pi/4+0.4*lat*math.Pi/180))
}

// latitude is the inverse of miller.
func latitude(y float64) float64 {
	return (2.5*math.Atan(math.Exp(0.8*y)) - 5*math.Pi/8) * 180 / math.Pi
}

// scale is units of the drawing a radian of the equator.
func (v View) scale() float64 { return float64(v.Width) / ((v.East - v.West) * math.Pi / 180) }

// Height is the height of the drawing in its units.
func (v View) Height() int {
	return max(1, int(math.Round(v.scale()*(miller(v.North)-miller(v.South)))))
}

// At is where a place stands in the drawing, from its upper left corner.
func (v View) At(lat, lon float64) (x, y float64) {
	return (lon - v.West) * math.Pi / 180 * v.scale(), v.scale() * (miller(v.North) - miller(lat))
}

// Sees says whether a place stands in the drawing.
func (v View) Sees(lat, lon float64) bool {
	return lon >= v.West && lon <= v.East && lat >= v.South && lat <= v.North
}

// Zoom is the view by a factor nearer, about a place.
func (v View) Zoom(factor, lat, lon float64) View {
	w := (v.East - v.West) / factor / 2
	h := (miller(v.North) - miller(v.South)) / factor / 2
	return v.around(lat, lon, w, h)
}

// around is the view of half the width w in degrees and half the height h in radians.
func (v View) around(lat, lon, w, h float64) View {
	y := miller(min(max(lat, LeastLat), MostLat))
	bottom, top := miller(LeastLat), miller(MostLat)
	h = min(h, (top-bottom)/2)
	y = min(max(y, bottom+h), top-h)
	return View{lon - w, latitude(y - h), lon + w, latitude(y + h), v.Width}.within()
}

// Move is the view by shares of its width and height to the east and north.
func (v View) Move(east, north float64) View {
	lat, lon := v.Middle()
	h := miller(v.North) - miller(v.South)
	return v.around(latitude(miller(lat)+north*h), lon+east*(v.East-v.West), (v.East-v.West)/2, h/2)
}

// Middle is the place in the middle of the drawing.
func (v View) Middle() (lat, lon float64) {
	return latitude((miller(v.North) + miller(v.South)) / 2), (v.East + v.West) / 2
}

// Around is the smallest view of this shape (height by width) that sees all
// places, given as latitude and longitude, with a margin; the world where there is none.
func Around(places [][2]float64, width int, shape float64) View {
	if len(places) == 0 {
		return Whole(width)
	}
	west, east, south, north := MostLon, LeastLon, MostLat, LeastLat
	for _, p := range places {
		south, north = min(south, p[0]), max(north, p[0])
		west, east = min(west, p[1]), max(east, p[1])
	}
	south, north = max(south, LeastLat), min(north, MostLat)
	w := max((east-west)/2*1.15, 4)
	h := max((miller(north)-miller(south))/2*1.15, 0.05)
	w, h = max(w, h/shape*180/math.Pi), max(h, w*shape*math.Pi/180)
	v := View{Width: width}
	return v.around(latitude((miller(south)+miller(north))/2), (west+east)/2, min(w, 180), h)
}
