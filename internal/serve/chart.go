package serve

import (
	"fmt"
	"strings"

	"isnad/internal/escalation"
)

// chart is a line drawn as SVG: the value with its interval as a band, marks where
// something is reported, and a shade where nothing was read. It is drawn here, so
// that a page without scripts shows it too.
type chart struct {
	Line   escalation.Line
	Top    string   // the highest value shown
	Bands  []string // points of polygons
	Paths  []string // points of polylines, broken where nothing was read
	Dots   []dot
	Unread []box
	Total  escalation.Points
}

type dot struct{ X, Y, Title string }

type box struct{ X, Width string }

// Size of a chart in units of its view box.
const (
	chartWidth  = 720.0
	chartHeight = 120.0
)

// newChart draws a line of values, each a day.
func newChart(line escalation.Line, values []escalation.Value) chart {
	c := chart{Line: line}
	var most escalation.Points
	for _, v := range values {
		most = max(most, v.Of(line).High)
		c.Total += v.Of(line).Value
	}
	c.Top = fmt.Sprintf("%.0f", most.Float())
	most = max(most, 1)
	step := chartWidth / float64(max(1, len(values)))
	at := func(i int, p escalation.Points) string {
		return fmt.Sprintf("%.1f,%.1f", step*(float64(i)+0.5), chartHeight*(1-p.Float()/most.Float()))
	}
	var path, upper, lower []string
	end := func() {
		if len(path) > 0 {
			for i := len(lower) - 1; i >= 0; i-- {
				upper = append(upper, lower[i])
			}
			c.Paths, c.Bands = append(c.Paths, strings.Join(path, " ")), append(c.Bands, strings.Join(upper, " "))
		}
		path, upper, lower = nil, nil, nil
	}
	for i, v := range values {
		if v.Acts == nil {
			end()
			c.Unread = append(c.Unread, box{fmt.Sprintf("%.1f", step*float64(i)), fmt.Sprintf("%.1f", step)})
			continue
		}
		l := v.Of(line)
		path, upper, lower = append(path, at(i, l.Value)), append(upper, at(i, l.High)), append(lower, at(i, l.Low))
		if l.Events > 0 {
			x, y, _ := strings.Cut(at(i, l.Value), ",")
			c.Dots = append(c.Dots, dot{x, y, fmt.Sprintf("%s: %s (%s–%s)", v.Day, l.Value, l.Low, l.High)})
		}
	}
	end()
	return c
}
