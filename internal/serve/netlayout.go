package serve

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
	force "gonum.org/v1/gonum/graph/layout"
	"gonum.org/v1/gonum/graph/simple"

	"isnad"
)

// spot is a place in a drawing, from its upper left corner.
type spot struct{ x, y float64 }

// layoutNodes places states so that those with much to do with each other stand
// near: springs between them, and all pushing each other off (Eades 1984, by gonum).
// The same network gives the same picture: it begins from the same seed, and nodes
// and edges are gone through in order. Gonum's own graphs keep them in maps, whose
// order differs from run to run.
func layoutNodes(codes []isnad.Code, ties []tie, counts map[isnad.Code]int, w, h float64) map[isnad.Code]spot {
	g := newOrdered(codes, ties)
	eades := force.EadesR2{Updates: 400, Repulsion: 1, Rate: 0.05, Theta: 0.1, Src: rand.NewPCG(1, 2)}
	o := force.NewOptimizerR2(g, eades.Update)
	for o.Update() {
	}
	at := make([]spot, len(codes))
	for i := range codes {
		p := o.Coord2(int64(i))
		at[i] = spot{p.X, p.Y}
	}
	fit(at, w, h)
	for range 60 {
		part(at, w, h)
	}
	out := map[isnad.Code]spot{}
	for i, c := range codes {
		out[c] = at[i]
	}
	return out
}

// Margins of the network, in pixels: for names below nodes and beside the edge.
const sideMargin, endMargin = 48.0, 36.0

// fit stretches places over the drawing. Ranks, not distances, decide half of it:
// a few states with everything between them would else stand on one heap.
func fit(at []spot, w, h float64) {
	for _, axis := range []struct {
		of   func(*spot) *float64
		room [2]float64
	}{{func(s *spot) *float64 { return &s.x }, [2]float64{sideMargin, w - sideMargin}}, {func(s *spot) *float64 { return &s.y }, [2]float64{endMargin, h - endMargin}}} {
		low, high := math.Inf(1), math.Inf(-1)
		for i := range at {
			low, high = min(low, *axis.of(&at[i])), max(high, *axis.of(&at[i]))
		}
		placed := make([]float64, len(at))
		for i := range at {
			rank := 0
			for j := range at {
				if a, b := *axis.of(&at[j]), *axis.of(&at[i]); a < b || a == b && j < i {
					rank++
				}
			}
			share, by := 0.5, 0.5
			if high > low {
				share = (*axis.of(&at[i]) - low) / (high - low)
			}
			if len(at) > 1 {
				by = float64(rank) / float64(len(at)-1)
			}
			placed[i] = axis.room[0] + (axis.room[1]-axis.room[0])*(share+by)/2
		}
		for i := range at {
			*axis.of(&at[i]) = placed[i]
		}
	}
}

// part moves nodes off each other that stand so near that their names would touch.
func part(at []spot, w, h float64) {
	const wide, high = 84.0, 46.0
	for i := range at {
		for j := range i {
			dx, dy := (at[i].x-at[j].x)/wide, (at[i].y-at[j].y)/high
			d := math.Hypot(dx, dy)
			if d >= 1 {
				continue
			}
			if d < 1e-6 {
				dx, dy, d = 1, 0, 1
			}
			push := (1 - min(d, 0.99)) / 4 / d
			at[i].x, at[i].y = at[i].x+dx*push*wide, at[i].y+dy*push*high
			at[j].x, at[j].y = at[j].x-dx*push*wide, at[j].y-dy*push*high
		}
	}
	for i := range at {
		at[i].x, at[i].y = min(max(at[i].x, sideMargin), w-sideMargin), min(max(at[i].y, endMargin), h-endMargin)
	}
}

// ordered is an undirected weighted graph whose nodes and neighbours come in order.
// It fulfils graph.Weighted, which is what the layout asks for.
type ordered struct {
	near   [][]graph.Node
	weight map[[2]int64]float64
}

func newOrdered(codes []isnad.Code, ties []tie) *ordered {
	g := &ordered{make([][]graph.Node, len(codes)), map[[2]int64]float64{}}
	id := map[isnad.Code]int64{}
	for i, c := range codes {
		id[c] = int64(i)
	}
	for _, t := range ties {
		a, b := id[t.From], id[t.To]
		if g.weight[[2]int64{a, b}] == 0 {
			g.near[a], g.near[b] = append(g.near[a], simple.Node(b)), append(g.near[b], simple.Node(a))
		}
		w := math.Log2(1 + float64(len(t.Events)))
		g.weight[[2]int64{a, b}] += w
		g.weight[[2]int64{b, a}] += w
	}
	g.calm()
	return g
}

// calm makes the springs so weak that no node is thrown past its neighbours at a
// step: those of the node that has most add up to mostPull.
func (g *ordered) calm() {
	const mostPull = 6.0
	most := 0.0
	for a, near := range g.near {
		sum := 0.0
		for _, b := range near {
			sum += g.weight[[2]int64{int64(a), b.ID()}]
		}
		most = max(most, sum)
	}
	for k := range g.weight {
		g.weight[k] *= mostPull / most
	}
}

// Node implements graph.Graph.
func (g *ordered) Node(id int64) graph.Node {
	if id < 0 || id >= int64(len(g.near)) {
		return nil
	}
	return simple.Node(id)
}

// Nodes implements graph.Graph.
func (g *ordered) Nodes() graph.Nodes {
	out := make([]graph.Node, len(g.near))
	for i := range out {
		out[i] = simple.Node(i)
	}
	return iterator.NewOrderedNodes(out)
}

// From implements graph.Graph.
func (g *ordered) From(id int64) graph.Nodes { return iterator.NewOrderedNodes(g.near[id]) }

// HasEdgeBetween implements graph.Graph.
func (g *ordered) HasEdgeBetween(a, b int64) bool { return g.weight[[2]int64{a, b}] > 0 }

// Edge implements graph.Graph.
func (g *ordered) Edge(a, b int64) graph.Edge { return g.WeightedEdge(a, b) }

// WeightedEdge implements graph.Weighted.
func (g *ordered) WeightedEdge(a, b int64) graph.WeightedEdge {
	if w, ok := g.Weight(a, b); ok {
		return simple.WeightedEdge{F: simple.Node(a), T: simple.Node(b), W: w}
	}
	return nil
}

// Weight implements graph.Weighted.
func (g *ordered) Weight(a, b int64) (float64, bool) {
	w, ok := g.weight[[2]int64{a, b}]
	return w, ok
}
