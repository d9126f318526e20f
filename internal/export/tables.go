package export

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

// The tables say how other data sets write what isnad has: what is a fact about
// another format stands there and not in code. They are no part of the lexicon,
// because what was read stays as it is when they change.
//
//go:embed data/*.tsv
var data embed.FS

// row is a line of a table by its columns.
type row map[string]string

// tables are all tables by name, read once.
var tables = sync.OnceValues(func() (map[string][]row, error) {
	files, err := data.ReadDir("data")
	if err != nil {
		return nil, err
	}
	all := map[string][]row{}
	for _, f := range files {
		b, err := data.ReadFile("data/" + f.Name())
		if err != nil {
			return nil, err
		}
		var columns []string
		for i, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
			cells := strings.Split(line, "\t")
			switch {
			case strings.HasPrefix(line, "#"):
			case columns == nil:
				columns = cells
			case len(cells) > len(columns):
				return nil, fmt.Errorf("internal/export/data/%s:%d: %d cells under %d columns", f.Name(), i+1, len(cells), len(columns))
			default:
				r := row{}
				for j, c := range cells {
					r[columns[j]] = c
				}
				all[strings.TrimSuffix(f.Name(), ".tsv")] = append(all[strings.TrimSuffix(f.Name(), ".tsv")], r)
			}
		}
	}
	return all, nil
})

// byID indexes a table by its column id.
func byID(rows []row) map[string]row {
	m := make(map[string]row, len(rows))
	for _, r := range rows {
		m[r["id"]] = r
	}
	return m
}

// best is the row whose conditions all hold, the one with most of them, of
// equals the first. An empty cell is no condition.
func best(rows []row, conditions row) row {
	var found row
	most := -1
	for _, r := range rows {
		n := 0
		for column, value := range conditions {
			if r[column] == "" {
				continue
			}
			if r[column] != value {
				n = -1
				break
			}
			n++
		}
		if n > most {
			found, most = r, n
		}
	}
	return found
}

// Column is a column of an export, for documents.
type Column struct {
	Name, Type, Holds string // an empty Holds: the column is always empty
}

// Columns lists the columns of a format and unit in their order. Formats without
// columns of their own (jsonl, geojson, graphml) have those of csv.
func Columns(format, of string) ([]Column, error) {
	all, err := tables()
	if err != nil {
		return nil, err
	}
	if rows, ok := all["layout_"+format]; ok {
		out := make([]Column, len(rows))
		for i, r := range rows {
			out[i] = Column{r["name"], r["type"], r["holds"]}
		}
		return out, nil
	}
	if of == Events {
		return columnsOf[eventRow](), nil
	}
	return columnsOf[claimRow](), nil
}
