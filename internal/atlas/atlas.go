// Package atlas draws the outlines of states as paths of SVG, by the convention
// for disputed borders that its reader has chosen. It holds one table
// (outlines.tsv, made by the command in outline/) and asks no other host.
//
// Who administers and claims what is not decided here: it comes in as values
// (Territory, Convention), which are rows of the lexicon.
package atlas

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"isnad"
)

//go:generate sh -c "go run ./outline -from \"$NATURAL_EARTH\" > outlines.new && mv outlines.new outlines.tsv"

//go:embed outlines.tsv
var outlines string

// Territory is an area whose borders are disputed.
type Territory struct {
	Area      string     // of the table of outlines, or the code of an outline of its own
	In        isnad.Code // within whose outline it lies in the table, "" for one of its own
	By        string     // who administers it: a code, or "self"; "" nobody alone
	Claimants []isnad.Code
	Against   []isnad.Code // whose border with it is a line of ceasefire
}

// Rule says how disputed borders are drawn.
type Rule string

// The rules.
const (
	Facto   Rule = "facto"   // as administered; every disputed line broken
	Neutral Rule = "neutral" // every disputed line broken, the area nobody's
	Claim   Rule = "claim"   // as one state claims it, the other disputes as administered
)

// Convention is a rule, and whose claims where it is Claim.
type Convention struct {
	Rule  Rule
	State isnad.Code
}

// spot is a place in the projection: radians of the equator east and north.
type spot struct{ x, y float64 }

// arc is a line between two states, or at a coast.
type arc struct {
	of    []isnad.Code
	areas []string // disputed areas that it runs along
	line  []spot
}

// ring is a way along arcs, ^i for backwards.
type ring []int

type world struct {
	arcs  []arc
	land  []ring
	state map[isnad.Code][]ring
	areas map[string][][]spot
	edges map[string][][]spot // of areas, where neither border nor coast runs
}

// earth is the table, read once. What is embedded is whole, or the program is broken.
var earth = sync.OnceValue(func() *world {
	w := &world{state: map[isnad.Code][]ring{}, areas: map[string][][]spot{}, edges: map[string][][]spot{}}
	for row := range strings.Lines(outlines) {
		c := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
		if len(c) != 5 {
			continue // what is written above the table
		}
		switch id := c[1]; c[0] {
		case "arc":
			a := arc{areas: split(c[3]), line: decode(c[4])}
			for _, s := range split(c[2]) {
				a.of = append(a.of, isnad.Code(s))
			}
			w.arcs = append(w.arcs, a)
		case "ring":
			if id == "land" {
				w.land = append(w.land, way(c[4]))
			} else {
				w.state[isnad.Code(id)] = append(w.state[isnad.Code(id)], way(c[4]))
			}
		case "area":
			w.areas[id] = append(w.areas[id], decode(c[4]))
		case "line":
			w.edges[id] = append(w.edges[id], decode(c[4]))
		}
	}
	return w
})

func split(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

func integer(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("outlines.tsv: " + err.Error() + "; make it anew with go generate") // embedded
	}
	return n
}

// decode reads hundredths of degrees, each point as the difference from the one before.
func decode(cell string) (out []spot) {
	x, y := 0, 0
	for pair := range slices.Chunk(strings.Fields(cell), 2) {
		x, y = x+integer(pair[0]), y+integer(pair[1])
		out = append(out, spot{float64(x) / 100 * math.Pi / 180, miller(float64(y) / 100)})
	}
	return out
}

func way(cell string) (out ring) {
	for _, s := range strings.Fields(cell) {
		if back, is := strings.CutPrefix(s, "~"); is {
			out = append(out, ^integer(back))
		} else {
			out = append(out, integer(s))
		}
	}
	return out
}

// Known says whether a state has an outline.
func Known(c isnad.Code) bool { return len(earth().state[c]) > 0 }

// HasArea says whether the table has an area, or an outline, of that name.
func HasArea(id string) bool {
	return len(earth().areas[id]) > 0 || Known(isnad.Code(id))
}
