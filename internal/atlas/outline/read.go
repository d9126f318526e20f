package main

import (
	"encoding/json"
	"slices"
	"strings"

	"isnad/lexicon"
)

// topology is a TopoJSON file (https://github.com/topojson/topojson-specification) as it is needed here.
type topology struct {
	arcs   []line
	states []state
	land   [][]int    // rings around what is not sea
	sides  [][]string // by arc: the states on its sides
	kept   []bool     // by arc: some ring goes along it
}

// state is a state, or what the source draws as one, with its rings: arcs, ^i for backwards.
type state struct {
	code  string
	rings [][]int
}

func readTopology(file string) (*topology, error) {
	var raw struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Countries, Land struct {
				Geometries []struct {
					Type       string
					Arcs       json.RawMessage
					Properties struct {
						ISO3 string `json:"iso3"`
						NE   string `json:"ne_a3"`
					}
				}
			}
		}
	}
	if err := readJSON(file, &raw); err != nil {
		return nil, err
	}
	t := &topology{}
	for _, a := range raw.Arcs {
		var l line
		var x, y float64
		for _, d := range a {
			x, y = x+d[0], y+d[1]
			l = append(l, point{x*raw.Transform.Scale[0] + raw.Transform.Translate[0], y*raw.Transform.Scale[1] + raw.Transform.Translate[1]})
		}
		t.arcs = append(t.arcs, l)
	}
	t.sides, t.kept = make([][]string, len(t.arcs)), make([]bool, len(t.arcs))
	for _, g := range raw.Objects.Countries.Geometries {
		polygons, err := ringsOf[[]int](g.Type, g.Arcs)
		if err != nil {
			return nil, err
		}
		s := state{code: g.Properties.ISO3}
		if s.code == "" {
			s.code = g.Properties.NE
		}
		if s.code != "ATA" {
			t.states = append(t.states, t.state(s, slices.Concat(polygons...)))
		}
	}
	for _, g := range raw.Objects.Land.Geometries {
		polygons, err := ringsOf[[]int](g.Type, g.Arcs)
		if err != nil {
			return nil, err
		}
		for _, r := range slices.Concat(polygons...) {
			if !slices.ContainsFunc(r, func(a int) bool { return !t.kept[max(a, ^a)] }) {
				t.land = append(t.land, r)
			}
		}
	}
	slices.SortFunc(t.states, func(a, b state) int { return strings.Compare(a.code, b.code) })
	return t, nil
}

// state takes the rings of a state that are large enough to be drawn.
func (t *topology) state(s state, rings [][]int) state {
	slices.SortStableFunc(rings, func(a, b []int) int {
		return int(1e6 * (t.ring(b).extent() - t.ring(a).extent()))
	})
	for i, r := range rings {
		if i > 0 && t.ring(r).extent() < leastRing {
			break
		}
		s.rings = append(s.rings, r)
		for _, a := range r {
			a = max(a, ^a)
			t.kept[a] = true
			if !slices.Contains(t.sides[a], s.code) {
				t.sides[a] = append(t.sides[a], s.code)
				slices.Sort(t.sides[a])
			}
		}
	}
	return s
}

// ring joins the points of a ring.
func (t *topology) ring(arcs []int) (out line) {
	for _, a := range arcs {
		if a >= 0 {
			out = append(out, t.arcs[a]...)
			continue
		}
		l := slices.Clone(t.arcs[^a])
		slices.Reverse(l)
		out = append(out, l...)
	}
	return out
}

// area is a disputed area with its outer rings.
type area struct {
	id    string
	rings []line
}

// readAreas reads the areas that the lexicon has as territories.
func readAreas(file string, territories *lexicon.Table) ([]area, error) {
	drawn := map[string]bool{}
	for _, r := range territories.Rows {
		drawn[r.Get("area")] = true
	}
	var raw struct {
		Features []struct {
			Properties struct {
				ID string `json:"brk_a3"`
			}
			Geometry struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := readJSON(file, &raw); err != nil {
		return nil, err
	}
	var out []area
	for _, f := range raw.Features {
		polygons, err := ringsOf[line](f.Geometry.Type, f.Geometry.Coordinates)
		if err != nil {
			return nil, err
		}
		a := area{id: f.Properties.ID}
		for _, p := range polygons {
			a.rings = append(a.rings, p[0])
		}
		slices.SortStableFunc(a.rings, func(x, y line) int { return int(1e6 * (y.extent() - x.extent())) })
		for i, r := range a.rings {
			if i > 0 && r.extent() < leastRing {
				a.rings = a.rings[:i]
				break
			}
		}
		if drawn[a.id] {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b area) int { return strings.Compare(a.id, b.id) })
	return out, nil
}

// ringsOf reads the rings of a Polygon or MultiPolygon, outer first in each.
func ringsOf[T any](kind string, raw json.RawMessage) (out [][]T, err error) {
	if kind == "Polygon" {
		out = make([][]T, 1)
		return out, json.Unmarshal(raw, &out[0])
	}
	return out, json.Unmarshal(raw, &out)
}
