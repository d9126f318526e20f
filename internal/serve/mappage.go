package serve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/atlas"
	"isnad/internal/store"
)

// mapPage is a map with the places that are on it, and the events of one of them.
type mapPage struct {
	drawnPage
	Picture        mapDrawing
	Events, Placed int
	Outside        int // events at exact places that the view does not see
	Conventions    []choice
	Places         []placeItem
	MorePlaces     int
	Chosen         *placeItem
	Listed         []eventView // of the chosen place
	More           int
}

// choice is one of some ways to draw.
type choice struct {
	ID, Name string
	Current  bool
}

// mapDrawing is the picture.
type mapDrawing struct {
	View   string
	W, H   int
	Land   atlas.Drawing
	Shades []shade
	Marks  []mark
	Moves  []move
}

// shade is a state at which events are told that are known no more exactly.
type shade struct {
	Path, Title, Link string
	Level             int // 1 to 4, by how many
	Label             *label
	Current           bool
}

// move is a way to another view: its name, where it leads, the key that does it.
type move struct{ Act, Link string }

// mapMaker holds what the parts of one map ask for.
type mapMaker struct {
	r      *request
	n      namer
	view   atlas.View
	chosen string // key of the place that is asked for
}

// EventMap is the map as data: all places, whatever a view sees.
type EventMap struct {
	Events int        `json:"events"` // that answer the filters
	Placed int        `json:"placed"` // of them with a place
	Places []MapPlace `json:"places"` // the one with most events first
}

// MapPlace is a place with the events told to have happened there.
type MapPlace struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	State     isnad.Code `json:"state"`
	Lat       float64    `json:"lat"`
	Lon       float64    `json:"lon"`
	Precision string     `json:"precision"` // site, city, near, region, part, sea, state
	Events    []string   `json:"events"`    // ids, the last reported first
}

// shownPlaces is how many places the list beside the map names.
const shownPlaces = 40

// drawMap answers with the map.
func (s *Server) drawMap(r *request) (answer, error) {
	es, err := s.drawn(r)
	if err != nil {
		return answer{}, err
	}
	groups, placed := groupPlaces(es)
	n := namer{r.Lang, s.Lexicon}
	m := &mapMaker{r: r, n: n, chosen: r.text("place")}
	if m.view, err = r.view(groups); err != nil {
		return answer{}, err
	}
	p := mapPage{drawnPage: r.drawing("/map", "view", "wide", "place", "borders"), Events: len(es), Placed: placed}
	data := EventMap{Events: len(es), Placed: placed, Places: []MapPlace{}}
	for i, g := range groups {
		row := MapPlace{g.ID, n.place(g.Place), g.State, g.Lat, g.Lon, g.Precision, nil}
		for _, e := range g.Events {
			row.Events = append(row.Events, e.ID)
		}
		data.Places = append(data.Places, row)
		if i >= shownPlaces && g.key() != m.chosen {
			continue
		}
		item := n.placeItem(g)
		item.Link, item.Current = r.link("/map", "place", g.key()), g.key() == m.chosen
		if item.Current {
			p.Chosen = &item
			p.Listed, p.More = n.lines(g.Events, r.limit(shownEvents))
		}
		if i < shownPlaces {
			p.Places = append(p.Places, item)
		}
	}
	p.MorePlaces = len(groups) - len(p.Places)
	p.Empty = placed == 0
	if m.chosen != "" && p.Chosen == nil && !p.Empty {
		return answer{}, fmt.Errorf("place %q: %w among these events", m.chosen, store.ErrNotFound)
	}
	borders, err := s.borders(r, n, &p)
	if err != nil {
		return answer{}, err
	}
	cs, outside := clusters(m.view, groups)
	p.Outside = outside
	p.Picture = mapDrawing{View: m.view.String(), W: m.view.Width, H: m.view.Height(), Marks: m.marks(cs), Moves: m.moves()}
	m.shade(&p.Picture, groups, borders, s.territories())
	if r.err != nil {
		return answer{}, r.err
	}
	return answer{template: "map", title: say(r.Lang, "map.title"), data: p, json: data}, nil
}

// view is the part of the world asked for; else the one with nine tenths of the
// events that have an exact place.
func (r *request) view(groups []*placeGroup) (atlas.View, error) {
	if s := r.text("view"); s != "" {
		v, err := atlas.ParseView(s, r.wide())
		if err != nil {
			return v, fmt.Errorf("%w: %w", store.ErrInvalid, err)
		}
		return v, nil
	}
	shape := 0.6
	if r.wide() < 600 {
		shape = 1.1
	}
	var lats, lons []float64
	for _, g := range groups {
		if g.Precision == "state" && !atlas.Known(g.State) || g.Precision == "sea" {
			continue
		}
		for range g.Events {
			lats, lons = append(lats, g.Lat), append(lons, g.Lon)
		}
	}
	slices.Sort(lats)
	slices.Sort(lons)
	if len(lats) == 0 {
		return atlas.Whole(r.wide()), nil
	}
	low, high := len(lats)/20, len(lats)-1-len(lats)/20
	return atlas.Around([][2]float64{{lats[low], lons[low]}, {lats[high], lons[high]}}, r.wide(), shape), nil
}

// shade draws the land, and the states at which events are told that are known no
// more exactly: never as a point, which would say where in the state it was.
func (m *mapMaker) shade(d *mapDrawing, groups []*placeGroup, c atlas.Convention, ts []atlas.Territory) {
	at := map[isnad.Code]*placeGroup{}
	var states []isnad.Code
	for _, g := range groups {
		if g.Precision == "state" && at[g.State] == nil {
			at[g.State] = g
			states = append(states, g.State)
		}
	}
	d.Land = atlas.Draw(m.view, c, ts, states)
	var taken []box4
	for _, k := range d.Marks {
		taken = append(taken, k.box())
	}
	v := view{settings: settings{Lang: m.n.lang}}
	for _, shape := range d.Land.Shapes {
		g := at[shape.State]
		n := len(g.Events)
		sh := shade{Path: shape.Path, Level: min(4, 1+int(math.Log2(float64(n))/2)), Link: m.r.link("/map", "place", g.key()), Current: g.key() == m.chosen}
		sh.Title = m.n.place(g.Place) + m.n.comma() + say(m.n.lang, "precision.state") + " · " + v.Count(n, "events")
		name := fmt.Sprintf("%s · %d", m.n.place(g.Place), n)
		half := 3.2*float64(len([]rune(name))) + 4
		b := box4{shape.X - half, shape.Y - 8, shape.X + half, shape.Y + 8}
		if shape.X >= half && shape.X <= float64(m.view.Width)-half && !slices.ContainsFunc(taken, b.meets) {
			sh.Label = &label{px(shape.X), px(shape.Y + 4), "middle", name}
			taken = append(taken, b)
		}
		d.Shades = append(d.Shades, sh)
	}
}

// box is the room that a mark takes with its name.
func (k mark) box() box4 {
	var x, y, r float64
	_, _ = fmt.Sscan(k.X+" "+k.Y+" "+k.R, &x, &y, &r)
	b := around(x, y, r+4)
	if k.Label != nil {
		var lx float64
		_, _ = fmt.Sscan(k.Label.X, &lx)
		width := 6.4 * float64(len([]rune(k.Label.Text)))
		if lx < x {
			b[0] = lx - width
		} else {
			b[2] = lx + width
		}
	}
	return b
}

// moves are the ways to other views, for those without a mouse or a script.
func (m *mapMaker) moves() (out []move) {
	v := m.view
	lat, lon := v.Middle()
	for _, x := range []struct {
		act string
		to  string
	}{
		{"in", v.Zoom(2, lat, lon).String()}, {"out", v.Zoom(0.5, lat, lon).String()},
		{"west", v.Move(-0.4, 0).String()}, {"east", v.Move(0.4, 0).String()}, {"north", v.Move(0, 0.4).String()}, {"south", v.Move(0, -0.4).String()},
		{"world", atlas.Whole(v.Width).String()}, {"fit", ""},
	} {
		out = append(out, move{x.act, m.r.link("/map", "view", x.to)})
	}
	return out
}

// borders is the convention asked for, the lexicon's first where none is.
func (s *Server) borders(r *request, n namer, p *mapPage) (atlas.Convention, error) {
	var c atlas.Convention
	rows := s.Lexicon.Table("border_conventions").Rows
	want := r.text("borders")
	var ids []string
	for i, row := range rows {
		is := row.ID() == want || want == "" && i == 0
		if is {
			c = atlas.Convention{Rule: atlas.Rule(row.Get("rule")), State: isnad.Code(row.Get("state"))}
		}
		p.Conventions = append(p.Conventions, choice{row.ID(), row.Get("name_" + string(n.lang)), is})
		ids = append(ids, row.ID())
	}
	if c.Rule == "" {
		return c, unknown("borders", want, "write one of "+strings.Join(ids, ", "))
	}
	slices.SortStableFunc(p.Conventions, func(a, b choice) int { // rules first, then states by name
		return cmp.Or(cmp.Compare(min(len(b.ID), 4), min(len(a.ID), 4)), strings.Compare(a.Name, b.Name))
	})
	return c, nil
}

// territories are the lexicon's, as the atlas takes them.
func (s *Server) territories() (out []atlas.Territory) {
	codes := func(ids []string) (out []isnad.Code) {
		for _, id := range ids {
			out = append(out, isnad.Code(id))
		}
		return out
	}
	for _, row := range s.Lexicon.Table("territories").Rows {
		out = append(out, atlas.Territory{Area: row.Get("area"), In: isnad.Code(row.Get("in")), By: row.Get("by"), Claimants: codes(row.List("claimants")), Against: codes(row.List("against"))})
	}
	return out
}
