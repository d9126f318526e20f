package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad"
)

// graph writes GraphML: a node a code, an edge from each actor to each recipient
// of a row, with the row's values as data. Nodes stand where they are first
// needed, so that nothing but the codes is held.
type graph struct {
	w       io.Writer
	k       *coding
	columns []Column
	text    bool
	seen    map[isnad.Code]bool
	edges   int
}

func newGraphML(w io.Writer, k *coding, o Options) (sink, error) {
	columns, err := Columns("csv", o.Of)
	if err != nil {
		return nil, err
	}
	g := &graph{w: w, k: k, columns: columns, text: o.Text, seen: map[isnad.Code]bool{}}
	var b strings.Builder
	b.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	b.WriteString(`<key id="name" for="node" attr.name="name" attr.type="string"/>` + "\n" + `<key id="isnad" for="graph" attr.name="isnad" attr.type="string"/>` + "\n")
	for _, c := range columns {
		kind := map[string]string{"string": "string", "integer": "long", "float": "double"}[c.Type]
		fmt.Fprintf(&b, `<key id="e_%s" for="edge" attr.name="%s" attr.type="%s"/>`+"\n", c.Name, c.Name, kind)
	}
	b.WriteString(`<graph id="isnad" edgedefault="directed">` + "\n")
	_, err = io.WriteString(w, b.String())
	return g, err
}

func (g *graph) claim(c Claim) error {
	codes := func(as []isnad.Actor) (out []isnad.Code) {
		for _, a := range as {
			out = append(out, a.Code)
		}
		return out
	}
	return g.row(codes(c.Actor), codes(c.Recipient), cells(g.k.claimRow(c, g.text)))
}

func (g *graph) event(e Event) error {
	return g.row(e.Actor, e.Recipient, cells(newEventRow(e, g.text)))
}

func (g *graph) row(from, to []isnad.Code, cells []string) error {
	pairs := pairCodes(from, to)
	if len(pairs) == 0 {
		return leftOut("names only one side")
	}
	var b strings.Builder
	for _, p := range pairs {
		for _, c := range p {
			if !g.seen[c] {
				g.seen[c] = true
				fmt.Fprintf(&b, `<node id="%s"><data key="name">%s</data></node>`+"\n", escape(string(c)), escape(g.k.codeName(c)))
			}
		}
		g.edges++
		fmt.Fprintf(&b, `<edge id="e%d" source="%s" target="%s">`, g.edges, escape(string(p[0])), escape(string(p[1])))
		for i, c := range g.columns {
			if cells[i] != "" {
				fmt.Fprintf(&b, `<data key="e_%s">%s</data>`, c.Name, escape(cells[i]))
			}
		}
		b.WriteString("</edge>\n")
	}
	_, err := io.WriteString(g.w, b.String())
	return err
}

func (g *graph) end(h Header) error {
	_, err := fmt.Fprintf(g.w, "<data key=\"isnad\">%s</data>\n</graph>\n</graphml>\n", escape(string(h.JSON())))
	return err
}

// escape is text within XML; signs that XML cannot hold become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// pairCodes are the ordered pairs of two sides. What is done together (the same
// codes on both sides) has no pair of a code with itself, unless it is the only one.
func pairCodes(from, to []isnad.Code) (out [][2]isnad.Code) {
	from, to = slices.Compact(slices.Clone(from)), slices.Compact(slices.Clone(to))
	for _, a := range from {
		for _, b := range to {
			if a != b || len(from) == 1 && len(to) == 1 {
				out = append(out, [2]isnad.Code{a, b})
			}
		}
	}
	return out
}
