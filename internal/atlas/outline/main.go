// Command outline makes internal/atlas/outlines.tsv of Natural Earth's files:
//
//	go run ./internal/atlas/outline -from DIR > internal/atlas/outlines.tsv
//
// DIR holds countries_50m.topojson and disputed_areas_10m.geojson: Natural Earth
// 5 (naturalearthdata.com, public domain) with the properties ne_a3, iso3 and
// brk_a3. The files themselves are not kept in this tree; what is drawn of them is.
//
// Neighbours share their arcs in the topology, so that a border that is
// simplified stays one line. An arc is cut where it begins or ends to run along a
// disputed area, and the rings of the areas give lines where no border runs
// (cut.go), so that a page can draw each piece by the convention that its reader
// has chosen. What is left out: Antarctica, islets below leastRing.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"isnad/lexicon"
)

const (
	tolerance = 0.03 // degrees: how far a simplified line may leave the true one, 3 km
	leastRing = 0.12 // degrees: rings of a smaller extent are islets, left out but for a state's largest
)

func main() {
	log.SetFlags(0)
	from := flag.String("from", "", "folder with Natural Earth's files")
	flag.Parse()
	if err := run(*from); err != nil {
		log.Fatalf("outline: %v", err)
	}
}

func run(from string) error {
	t, err := readTopology(filepath.Join(from, "countries_50m.topojson"))
	if err != nil {
		return err
	}
	lex, err := lexicon.Load("")
	if err != nil {
		return err
	}
	areas, err := readAreas(filepath.Join(from, "disputed_areas_10m.geojson"), lex.Table("territories"))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(w, "# Outlines of states and of disputed areas. Made by internal/atlas/outline of Natural Earth 5 (naturalearthdata.com, public domain), simplified to "+fmt.Sprint(tolerance)+" degrees; without Antarctica and islets")
	fmt.Fprintln(w, "# arc: a line between the states of its column, alone at a coast; areas: disputed areas that it runs along. ring: arcs of a ring of a state, or of all land, ~ for backwards. area: a ring of a disputed area. line: its edge where no border or coast runs. Points: hundredths of degrees, longitude and latitude, each as the difference from the one before")
	fmt.Fprintln(w, "kind\tid\tof\tareas\tpoints")
	pieces := t.cut(areas)
	n := 0
	place := make([][]int, len(pieces)) // topology's arc → arcs of the table
	for i, ps := range pieces {
		for _, p := range ps {
			place[i] = append(place[i], n)
			fmt.Fprintf(w, "arc\t%d\t%s\t%s\t%s\n", n, strings.Join(t.sides[i], "|"), strings.Join(p.areas, "|"), encode(simplify(p.line, tolerance)))
			n++
		}
	}
	for _, ring := range t.land {
		fmt.Fprintf(w, "ring\tland\t\t\t%s\n", refs(ring, place))
	}
	for _, s := range t.states {
		for _, ring := range s.rings {
			fmt.Fprintf(w, "ring\t%s\t\t\t%s\n", s.code, refs(ring, place))
		}
	}
	for _, a := range areas {
		for _, ring := range a.rings {
			fmt.Fprintf(w, "area\t%s\t\t\t%s\n", a.id, encode(simplify(ring, tolerance/2)))
		}
		for _, l := range t.inner(a, areas) {
			fmt.Fprintf(w, "line\t%s\t\t\t%s\n", a.id, encode(simplify(l, tolerance/2)))
		}
	}
	return w.Flush()
}

// refs writes a ring as the arcs of the table that it goes along.
func refs(ring []int, place [][]int) string {
	var out []string
	for _, a := range ring {
		if a >= 0 {
			for _, i := range place[a] {
				out = append(out, fmt.Sprint(i))
			}
			continue
		}
		for i := len(place[^a]) - 1; i >= 0; i-- {
			out = append(out, fmt.Sprintf("~%d", place[^a][i]))
		}
	}
	return strings.Join(out, " ")
}

func readJSON(file string, into any) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%w; name the folder of Natural Earth's files with -from", err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
