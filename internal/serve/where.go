package serve

import (
	"isnad"
	"isnad/internal/atlas"
)

// whereView is the small map of an event.
type whereView struct {
	Picture mapDrawing
	Name    string // of the place, and how exactly it is known
	Link    string // to the same place on the map
}

// Size of the small map: pixels, and degrees from west to east.
const (
	whereWidth = 340
	whereSpan  = 14.0
)

// where draws the place of an event, nil where it has none or only a state.
func (s *Server) where(r *request, n namer, e isnad.Event) (*whereView, error) {
	groups, _ := groupPlaces([]isnad.Event{e})
	if len(groups) == 0 || markKinds[groups[0].Precision] == "" {
		return nil, nil
	}
	g := groups[0]
	bare := &request{Context: r, settings: r.settings, params: &params{}} // the map's own address, without this page's parameters
	whole := atlas.Whole(whereWidth)
	m := &mapMaker{r: bare, n: n, view: whole.Zoom((whole.East-whole.West)/whereSpan, g.Lat, g.Lon)}
	borders, err := s.borders(bare, n, &mapPage{})
	if err != nil {
		return nil, err
	}
	cs, _ := clusters(m.view, groups)
	out := &whereView{Name: n.place(g.Place) + n.comma() + say(n.lang, "precision."+g.Precision), Link: bare.link("/map", "place", g.key(), "view", m.view.String())}
	out.Picture = mapDrawing{View: m.view.String(), W: m.view.Width, H: m.view.Height(), Marks: m.marks(cs)}
	for i := range out.Picture.Marks {
		out.Picture.Marks[i].Link = out.Link
	}
	m.shade(&out.Picture, groups, borders, s.territories())
	return out, nil
}
