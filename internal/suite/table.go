package suite

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Table is what one measure found in one set.
type Table struct {
	Name    string // e.g. "dev ar", "external arabic_gsr"
	Rows    []Row
	Skipped string // why there are no rows: the file that is missing
}

// Row is one line of a table.
type Row struct {
	Name    string // e.g. "claim", "denies", "ASSAULT"
	Figures []Figure
}

// Figure is one number: a share from 0 to 1 with three decimals, or a count.
type Figure struct {
	Name  string // e.g. "P", "R", "F1", "gold"
	Value float64
	Count bool // a whole number of things
}

func share(name string, part, whole int) Figure {
	f := Figure{Name: name}
	if whole > 0 {
		f.Value = float64(part) / float64(whole)
	}
	return f
}

func count(name string, n int) Figure { return Figure{name, float64(n), true} }

// prf are precision, recall and F1 of counts.
func prf(right, found, wanted int) []Figure {
	return []Figure{share("P", right, found), share("R", right, wanted), share("F1", 2*right, found+wanted)}
}

func (f Figure) text() string {
	if f.Count {
		return strconv.FormatFloat(f.Value, 'f', -1, 64)
	}
	return strconv.FormatFloat(f.Value, 'f', 3, 64)
}

// Body is the table without its name: a line a row, the names of figures
// before them.
func (t Table) Body() string {
	if t.Skipped != "" {
		return "skipped: " + t.Skipped + "\n"
	}
	wide := 0
	for _, r := range t.Rows {
		wide = max(wide, utf8.RuneCountInString(r.Name))
	}
	var b strings.Builder
	for _, r := range t.Rows {
		b.WriteString(r.Name + strings.Repeat(" ", wide-utf8.RuneCountInString(r.Name)))
		for _, f := range r.Figures {
			b.WriteString("  " + f.Name + " " + f.text())
		}
		b.WriteString("\n")
	}
	return b.String()
}

// WriteText prints "== name", then the body and an empty line.
func (t Table) WriteText(w io.Writer) error {
	_, err := fmt.Fprintf(w, "== %s\n%s\n", t.Name, t.Body())
	return err
}

// WriteJSON prints a row a line: {"table","row", then the figures by name}; a
// table that was skipped is one line with "skipped".
func (t Table) WriteJSON(w io.Writer) error {
	var b strings.Builder
	pair := func(key, value string) {
		k, _ := json.Marshal(key)
		b.WriteString(string(k) + ":" + value)
	}
	quoted := func(s string) string { q, _ := json.Marshal(s); return string(q) }
	if t.Skipped != "" {
		b.WriteString("{")
		pair("table", quoted(t.Name))
		b.WriteString(",")
		pair("skipped", quoted(t.Skipped))
		b.WriteString("}\n")
	}
	for _, r := range t.Rows {
		b.WriteString("{")
		pair("table", quoted(t.Name))
		b.WriteString(",")
		pair("row", quoted(r.Name))
		for _, f := range r.Figures {
			b.WriteString(",")
			pair(f.Name, f.text())
		}
		b.WriteString("}\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
