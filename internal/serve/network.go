package serve

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/escalation"
)

// netPage is who acts on whom: states as nodes, a line for each pair and kind.
type netPage struct {
	drawnPage
	W, H         int
	Nodes        []netNode
	Edges        []netEdge
	HiddenNodes  int // with fewer events than those drawn
	HiddenEdges  int
	Lines        []choice // acts, words, cooperation: which are drawn
	State        string   // whose lines alone are drawn, by name
	Rows         []netRow // all edges that are drawn, as text
	Chosen       string   // the edge whose events are listed, in words
	Dyad         string   // link to its series
	Listed       []eventView
	More         int
	WithoutState string // link
}

// netNode is a state.
type netNode struct {
	Code           isnad.Code
	Name           string
	N              int // events that it has a part in, in lines that are drawn
	X, Y, R, NameY string
	Link, Title    string
	Current        bool
}

// netEdge is what one state does to another in one line.
type netEdge struct {
	Line        escalation.Line
	Path, Width string
	Link, Title string
	Current     bool
}

// netRow is an edge as text.
type netRow struct {
	Who, Line, Link string
	N               int
}

// tie is an edge with its events, the last reported first.
type tie struct {
	From, To isnad.Code
	Line     escalation.Line
	Events   []isnad.Event
}

// netLines are the lines in the order in which they are drawn side by side.
var netLines = []escalation.Line{escalation.Acts, escalation.Words, escalation.Cooperation}

// What is drawn at most: more nodes than these, or lines, can't be told apart at
// this size. Those with most events are.
const (
	mostNodes, mostNodesNarrow = 26, 12
	mostEdges, mostEdgesNarrow = 60, 26
	narrow                     = 600 // pixels
)

// Network is who acts on whom as data: all of it, not only what is drawn.
type Network struct {
	Nodes []NetworkNode `json:"nodes"` // with most events first
	Edges []NetworkEdge `json:"edges"`
}

// NetworkNode is a state or body.
type NetworkNode struct {
	Code   isnad.Code `json:"code"`
	Events int        `json:"events"`
}

// NetworkEdge is what one does to another in one line.
type NetworkEdge struct {
	From   isnad.Code      `json:"from"`
	To     isnad.Code      `json:"to"`
	Line   escalation.Line `json:"line"` // acts, words, cooperation
	Events []string        `json:"events"`
}

// network answers with who acts on whom.
func (s *Server) network(r *request) (answer, error) {
	es, err := s.drawn(r)
	if err != nil {
		return answer{}, err
	}
	acting, err := s.acting(r)
	if err != nil {
		return answer{}, err
	}
	lines := lower[escalation.Line](r.params, "line")
	for _, l := range lines {
		if !slices.Contains(netLines, l) {
			return answer{}, unknown("line", string(l), "write acts, words or cooperation")
		}
	}
	m := &netMaker{r: r, n: namer{r.Lang, s.Lexicon}, state: isnad.Code(strings.ToUpper(r.text("state"))), edge: r.text("edge")}
	ties := s.ties(es, acting, func(t tie) bool {
		return (len(lines) == 0 || slices.Contains(lines, t.Line)) && (m.state == "" || t.From == m.state || t.To == m.state)
	})
	p := netPage{drawnPage: r.drawing("/network", "wide", "line", "edge", "state"), Lines: m.lines(lines)}
	p.Empty = len(ties) == 0
	data := Network{Nodes: []NetworkNode{}, Edges: []NetworkEdge{}}
	counts := countNodes(ties)
	for _, c := range ranked(counts) {
		data.Nodes = append(data.Nodes, NetworkNode{c, counts[c]})
	}
	for _, t := range ties {
		e := NetworkEdge{t.From, t.To, t.Line, nil}
		for _, x := range t.Events {
			e.Events = append(e.Events, x.ID)
		}
		data.Edges = append(data.Edges, e)
	}
	if m.state != "" {
		p.State, p.WithoutState = m.n.state(m.state), r.link("/network", "state", "", "edge", "")
	}
	if !p.Empty {
		m.draw(&p, ties, counts)
	}
	if err := m.list(&p, ties); err != nil {
		return answer{}, err
	}
	return answer{template: "network", title: say(r.Lang, "network.title"), data: p, json: data}, nil
}

// acting tells of each event which states act in it as states: what rebels or
// firms do is no act of theirs, as in the series of dyads.
func (s *Server) acting(r *request) (map[string]escalation.Happening, error) {
	_, k, err := sources{s}.Known(r, r.text("as-of"))
	if err != nil {
		return nil, err
	}
	out := make(map[string]escalation.Happening, len(k.Happenings))
	for _, h := range k.Happenings {
		out[h.Event] = h
	}
	return out, nil
}

// ties gathers events by who acts on whom and in which line, those with most first.
// The line is that of the type alone (table intensity), so that a column of the
// network is the same events as a filter by type.
func (s *Server) ties(es []isnad.Event, acting map[string]escalation.Happening, want func(tie) bool) []tie {
	type key struct {
		from, to isnad.Code
		line     escalation.Line
	}
	at := map[key]*tie{}
	for _, e := range es {
		row, ok := s.Lexicon.Table("intensity").Row(string(e.Type))
		if !ok {
			continue
		}
		h := acting[e.ID]
		for _, a := range h.Actor {
			for _, b := range h.Recipient {
				k := key{a, b, escalation.Line(row.Get("line"))}
				if a == b || a == isnad.Unknown || b == isnad.Unknown || !want(tie{From: a, To: b, Line: k.line}) {
					continue
				}
				if at[k] == nil {
					at[k] = &tie{From: a, To: b, Line: k.line}
				}
				at[k].Events = append(at[k].Events, e)
			}
		}
	}
	var out []tie
	for _, t := range at {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b tie) int {
		return cmp.Or(cmp.Compare(len(b.Events), len(a.Events)), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Line, b.Line))
	})
	return out
}

// countNodes counts the events that each state has a part in, each once.
func countNodes(ties []tie) map[isnad.Code]int {
	seen := map[isnad.Code]map[string]bool{}
	for _, t := range ties {
		for _, c := range []isnad.Code{t.From, t.To} {
			if seen[c] == nil {
				seen[c] = map[string]bool{}
			}
			for _, e := range t.Events {
				seen[c][e.ID] = true
			}
		}
	}
	out := map[isnad.Code]int{}
	for c, ids := range seen {
		out[c] = len(ids)
	}
	return out
}

// ranked lists states with most events first.
func ranked(counts map[isnad.Code]int) []isnad.Code {
	return slices.SortedFunc(maps.Keys(counts), func(a, b isnad.Code) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
