package export

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Our rows fit the types by which real files are held: those files, where they
// are at hand beside the tree, fit them too, so that the types are not ours alone.
func TestTypesOfRealFiles(t *testing.T) {
	for _, x := range []struct {
		format, sample string
		header         bool
	}{{"gdelt", "gdelt2_20150218230000.export.CSV.gz", false}, {"icews", "icews_events_2018_sample.tab.gz", true}} {
		t.Run(x.format, func(t *testing.T) {
			columns, err := Columns(x.format, "")
			if err != nil {
				t.Fatal(err)
			}
			out, _ := written(t, x.format, "", false, aid())
			rows := lines(out)
			for _, m := range misfits(columns, rows[len(rows)-1]) {
				t.Error("ours: ", m)
			}
			f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "samples", x.sample))
			if err != nil {
				t.Skip("no real file at hand")
			}
			defer f.Close()
			z, err := gzip.NewReader(f)
			if err != nil {
				t.Fatal(err)
			}
			in := bufio.NewScanner(z)
			in.Buffer(nil, 1<<20)
			n := 0
			for in.Scan() {
				row := strings.Split(in.Text(), "\t")
				if x.header && n == 0 {
					for i, name := range row {
						if columns[i].Name != name {
							t.Errorf("column %d is called %q, ours %q", i+1, name, columns[i].Name)
						}
					}
				} else {
					for i := range row { // the file went through R
						if row[i] == "NA" {
							row[i] = ""
						}
					}
					for _, m := range misfits(columns[:len(row)], row) {
						t.Errorf("line %d: %s", n+1, m)
					}
				}
				n++
			}
			if n < 500 {
				t.Errorf("only %d lines", n)
			}
		})
	}
}
