package serve

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/store"
)

// netMaker holds what the parts of one network ask for.
type netMaker struct {
	r     *request
	n     namer
	state isnad.Code
	edge  string // "A:B:line" whose events are listed
}

// lines are the choices of which lines are drawn.
func (m *netMaker) lines(chosen []escalation.Line) []choice {
	out := []choice{{m.r.link("/network", "line", "", "edge", ""), say(m.n.lang, "filter.any"), len(chosen) == 0}}
	for _, l := range netLines {
		out = append(out, choice{m.r.link("/network", "line", string(l), "edge", ""), say(m.n.lang, "line."+string(l)), slices.Contains(chosen, l)})
	}
	return out
}

func (t tie) key() string { return fmt.Sprintf("%s:%s:%s", t.From, t.To, t.Line) }

// words say who does what to whom: "Russia → Ukraine, acts".
func (m *netMaker) words(t tie) string {
	return m.n.state(t.From) + m.n.arrow() + m.n.state(t.To) + m.n.comma() + say(m.n.lang, "line."+string(t.Line))
}

// draw lays the states out and draws the lines between them.
func (m *netMaker) draw(p *netPage, ties []tie, counts map[isnad.Code]int) {
	p.W = m.r.wide()
	p.H = p.W * 3 / 4
	nodes, edges := mostNodes, mostEdges
	if p.W < narrow {
		p.H = p.W * 5 / 4
		nodes, edges = mostNodesNarrow, mostEdgesNarrow
	}
	shown := ranked(counts)
	all := len(shown)
	shown = shown[:min(nodes, len(shown))]
	var drawn []tie
	for _, t := range ties {
		switch {
		case !slices.Contains(shown, t.From) || !slices.Contains(shown, t.To):
		case len(drawn) < edges:
			drawn = append(drawn, t)
			continue
		}
		p.HiddenEdges++
	}
	shown = slices.DeleteFunc(shown, func(c isnad.Code) bool { // a state without a line says nothing here
		return !slices.ContainsFunc(drawn, func(t tie) bool { return t.From == c || t.To == c })
	})
	p.HiddenNodes = all - len(shown)
	at := layoutNodes(shown, drawn, counts, float64(p.W), float64(p.H))
	v := view{settings: settings{Lang: m.n.lang}}
	for _, t := range slices.Backward(drawn) { // the heaviest on top
		a, b := at[t.From], at[t.To]
		p.Edges = append(p.Edges, netEdge{Line: t.Line, Path: bow(a, b, slices.Index(netLines, t.Line), nodeRadius(counts[t.From]), nodeRadius(counts[t.To])),
			Width: px(0.8 + 0.45*math.Log2(float64(len(t.Events)))), Link: m.r.link("/network", "edge", t.key()), Title: m.words(t) + " · " + v.Count(len(t.Events), "events"), Current: m.edge == t.key()})
	}
	for _, t := range drawn {
		p.Rows = append(p.Rows, netRow{m.n.state(t.From) + m.n.arrow() + m.n.state(t.To), say(m.n.lang, "line."+string(t.Line)), m.r.link("/network", "edge", t.key()), len(t.Events)})
	}
	for _, c := range shown {
		q, r := at[c], nodeRadius(counts[c])
		name := m.n.state(c)
		p.Nodes = append(p.Nodes, netNode{Code: c, Name: name, N: counts[c], X: px(q.x), Y: px(q.y), R: px(r), NameY: px(q.y + r + 12),
			Link: m.r.link("/network", "state", string(c), "edge", ""), Title: name + " · " + v.Count(counts[c], "events"), Current: c == m.state})
	}
}

// list shows the events of the edge that is asked for.
func (m *netMaker) list(p *netPage, ties []tie) error {
	if m.edge == "" {
		return nil
	}
	i := slices.IndexFunc(ties, func(t tie) bool { return strings.EqualFold(t.key(), m.edge) })
	if i < 0 {
		return fmt.Errorf("edge %q: %w among these events; write A:B:line, e.g. RUS:UKR:acts", m.edge, store.ErrNotFound)
	}
	t := ties[i]
	p.Chosen, p.Dyad = m.words(t), intensityLink(string(t.From)+":"+string(t.To))
	p.Listed, p.More = m.n.lines(t.Events, m.r.limit(shownEvents))
	return m.r.err
}

func nodeRadius(n int) float64 { return 5 + 3.5*math.Log10(float64(max(1, n))) }

// bow is a line from one node to another, bent to its left, the further the later
// its kind, so that both directions and all kinds can be told apart.
func bow(a, b spot, kind int, ra, rb float64) string {
	dx, dy := b.x-a.x, b.y-a.y
	d := max(1, math.Hypot(dx, dy))
	bend := 0.08*d + 9*float64(kind) + 4
	cx, cy := (a.x+b.x)/2+dy/d*bend, (a.y+b.y)/2-dx/d*bend
	from, to := toward(a, spot{cx, cy}, ra), toward(b, spot{cx, cy}, rb+5)
	return "M" + px(from.x) + " " + px(from.y) + "Q" + px(cx) + " " + px(cy) + " " + px(to.x) + " " + px(to.y)
}

// toward is the place on the way from one point to another.
func toward(a, b spot, by float64) spot {
	d := max(1, math.Hypot(b.x-a.x, b.y-a.y))
	return spot{a.x + (b.x-a.x)/d*by, a.y + (b.y-a.y)/d*by}
}
