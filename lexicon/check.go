package lexicon

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Problem is one departure of a table from its format.
type Problem struct {
	File string
	Line int
	What string // what is wrong; what to write
}

func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What) }

func problemsError(ps []Problem) error {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return fmt.Errorf("%w:\n%s", ErrInvalid, strings.Join(lines, "\n"))
}

// Column kinds of schema.tsv.
//
//	id     the row's ASCII id: lower or upper case letters, digits, _ . : -
//	text   anything
//	forms  alternatives split by "|", none of them empty
//	code   a code of the table states or actor_codes; several split by "|"
//	date   ISO 8601 with as much as is known, or empty
//	num    a number
//	enum   one of the values named in the column values (split by "|"), or empty
//	enums  several of them, split by "|"
//	ref    where the fact comes from: a key of the table refs
//	row    the id of a row of the table named in values
var kinds = []string{"id", "text", "forms", "code", "date", "num", "enum", "enums", "ref", "row"}

var (
	idPattern   = regexp.MustCompile(`^[A-Za-z0-9_.:\-]+$`)
	datePattern = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
)

// Check reports every problem of every table, in order of file and line.
func (l *Lexicon) Check() []Problem {
	var ps []Problem
	type col struct{ table, name string }
	spec := map[col]Row{}
	for _, r := range l.Table("schema").Rows {
		spec[col{r.Get("table"), r.Get("column")}] = r
		if !slices.Contains(kinds, r.Get("kind")) {
			ps = append(ps, Problem{r.file, r.Line, fmt.Sprintf("no column kind is called %q; write one of %s", r.Get("kind"), strings.Join(kinds, ", "))})
		}
	}
	for _, name := range l.Names() {
		t := l.tables[name]
		for _, c := range t.Columns {
			if _, ok := spec[col{name, c}]; !ok {
				ps = append(ps, Problem{t.file, 1, fmt.Sprintf("column %s is not in schema.tsv; add a row for it there", c)})
			}
		}
		for _, r := range t.Rows {
			for i, c := range t.Columns {
				s, ok := spec[col{name, c}]
				if !ok {
					continue
				}
				cell := ""
				if i < len(r.cells) {
					cell = r.cells[i]
				}
				if what := l.checkCell(s, cell); what != "" {
					ps = append(ps, Problem{r.file, r.Line, fmt.Sprintf("%s: %s", c, what)})
				}
			}
		}
	}
	return ps
}

func (l *Lexicon) checkCell(s Row, cell string) string {
	if cell != strings.TrimSpace(cell) {
		return fmt.Sprintf("space around %q; remove it", cell)
	}
	if cell == "" {
		if s.Get("required") == "yes" {
			return "empty; this column needs a value"
		}
		return ""
	}
	values := s.Get("values")
	switch s.Get("kind") {
	case "id":
		if !idPattern.MatchString(cell) {
			return fmt.Sprintf("%q is no id; use ASCII letters, digits, _ . : -", cell)
		}
	case "forms":
		for f := range strings.SplitSeq(cell, "|") {
			if strings.TrimSpace(f) == "" || f != strings.TrimSpace(f) {
				return fmt.Sprintf("an empty form or a space around one in %q; split forms by a single |", cell)
			}
		}
	case "code":
		for c := range strings.SplitSeq(cell, "|") {
			_, state := l.Table("states").Row(c)
			_, other := l.Table("actor_codes").Row(c)
			if !state && !other {
				return fmt.Sprintf("%q is no code; write an id of states.tsv or actor_codes.tsv", c)
			}
		}
	case "date":
		if !datePattern.MatchString(cell) {
			return fmt.Sprintf("%q is no date; write 2024, 2024-11 or 2024-11-19", cell)
		}
	case "num":
		if _, err := strconv.ParseFloat(cell, 64); err != nil {
			return fmt.Sprintf("%q is no number; write digits with . for the decimals", cell)
		}
	case "enum":
		if !slices.Contains(strings.Split(values, "|"), cell) {
			return fmt.Sprintf("%q is not allowed; write one of %s", cell, strings.ReplaceAll(values, "|", ", "))
		}
	case "enums":
		for v := range strings.SplitSeq(cell, "|") {
			if !slices.Contains(strings.Split(values, "|"), v) {
				return fmt.Sprintf("%q is not allowed; write some of %s, split by |", v, strings.ReplaceAll(values, "|", ", "))
			}
		}
	case "ref":
		for v := range strings.SplitSeq(cell, "|") {
			if _, ok := l.Table("refs").Row(v); !ok {
				return fmt.Sprintf("%q is no reference; add it to refs.tsv or write an id that stands there", v)
			}
		}
	case "row":
		for v := range strings.SplitSeq(cell, "|") {
			if _, ok := l.Table(values).Row(v); !ok {
				return fmt.Sprintf("no row %s:%s; check the id", values, v)
			}
		}
	}
	return ""
}

// Format rewrites the tables of a folder in their one form: cells trimmed,
// empty trailing cells gone, one newline at the end; the order of rows and the
// comments stay. It returns the files that changed.
func Format(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.tsv"))
	if err != nil {
		return nil, fmt.Errorf("format lexicon: %w", err)
	}
	var changed []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return changed, fmt.Errorf("format lexicon: %w", err)
		}
		var b strings.Builder
		for line := range strings.Lines(string(data)) {
			line = strings.TrimRight(line, "\r\n")
			if strings.TrimSpace(line) == "" {
				continue
			}
			if !strings.HasPrefix(line, "#") {
				cells := strings.Split(line, "\t")
				for i, c := range cells {
					parts := strings.Split(c, "|")
					for j := range parts {
						parts[j] = strings.TrimSpace(parts[j])
					}
					cells[i] = strings.Join(parts, "|")
				}
				line = strings.TrimRight(strings.Join(cells, "\t"), "\t")
			}
			b.WriteString(line + "\n")
		}
		if b.String() == string(data) {
			continue
		}
		tmp := f + ".new"
		if err := os.WriteFile(tmp, []byte(b.String()), 0o644); err != nil {
			return changed, fmt.Errorf("format lexicon: %w", err)
		}
		if err := os.Rename(tmp, f); err != nil {
			return changed, fmt.Errorf("format lexicon: %w", err)
		}
		changed = append(changed, f)
	}
	return changed, nil
}
