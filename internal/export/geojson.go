package export

import (
	"fmt"
	"io"
	"strconv"

	"isnad"
)

// geo writes a GeoJSON FeatureCollection (RFC 7946): a feature a row, with the
// points of its places, longitude first. A place known as a whole state has no
// point, and a row without points the geometry null, as the standard allows: it
// is in the file but in no country's middle. The header is the member "isnad".
type geo struct {
	w       io.Writer
	k       *coding
	columns []Column
	text    bool
	some    bool
}

func newGeoJSON(w io.Writer, k *coding, o Options) (sink, error) {
	columns, err := Columns("csv", o.Of)
	if err != nil {
		return nil, err
	}
	_, err = io.WriteString(w, `{"type":"FeatureCollection","features":[`)
	return &geo{w: w, k: k, columns: columns, text: o.Text}, err
}

func (g *geo) claim(c Claim) error {
	return g.feature(c.ID, c.Places, g.k.claimRow(c, g.text))
}

func (g *geo) event(e Event) error { return g.feature(e.ID, e.Places, newEventRow(e, g.text)) }

func (g *geo) feature(id string, places []isnad.Place, r any) error {
	props, err := properties(r, g.columns, "lat", "lon")
	if err != nil {
		return err
	}
	var points string
	n := 0
	for _, p := range places {
		if pointed(p) {
			if n++; n > 1 {
				points += ","
			}
			points += "[" + number(p.Lon) + "," + number(p.Lat) + "]"
		}
	}
	shape := "null"
	switch {
	case n == 1:
		shape = `{"type":"Point","coordinates":` + points + `}`
	case n > 1:
		shape = `{"type":"MultiPoint","coordinates":[` + points + `]}`
	}
	sep := "\n"
	if g.some {
		sep = ",\n"
	}
	g.some = true
	_, err = fmt.Fprintf(g.w, `%s{"type":"Feature","id":%s,"geometry":%s,"properties":%s}`, sep, strconv.Quote(id), shape, props)
	return err
}

func (g *geo) end(h Header) error {
	_, err := fmt.Fprintf(g.w, "\n],\"isnad\":%s}\n", h.JSON())
	return err
}
