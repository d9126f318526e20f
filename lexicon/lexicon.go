// Package lexicon holds the words, names, frames and weights that isnad reads
// with: tables in data/*.tsv, embedded in the program, with an optional folder
// laid over them. A table is what a linguist edits; no word stands in Go code.
//
// Format: UTF-8, one header line, tabs between cells, no quoting, "|" between
// alternatives inside a cell, lines that start with "#" are comments. The first
// column is an ASCII id, unique in its table. data/schema.tsv says what every
// column of every table holds; Check reports every departure from it at once.
package lexicon

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.tsv
var embedded embed.FS

// ErrInvalid is wrapped by the error of Load when a table breaks the format.
var ErrInvalid = errors.New("lexicon invalid")

// Lexicon is a set of tables, read only once loaded.
type Lexicon struct {
	tables map[string]*Table
	once   sync.Once // for hash
	hash   string
}

// Table is one file of rows.
type Table struct {
	Name    string   // file name without .tsv, e.g. "cues"
	Columns []string // header
	Rows    []Row
	file    string
	col     map[string]int
	byID    map[string]int
}

// Row is one fact.
type Row struct {
	table *Table
	file  string
	Line  int // in its file, from 1
	cells []string
}

// Load reads the embedded tables and, where overlay is not empty, lays the
// tables of that folder over them: a row with a known id replaces it, a new id
// is added, and an id with "-" before it takes the row away. The error lists
// every problem, one a line, as file:line: what is wrong; what to write.
func Load(overlay string) (*Lexicon, error) {
	if overlay == "" {
		return base()
	}
	l, err := read(embedded, "data", "lexicon/data")
	if err != nil {
		return nil, err
	}
	if err := l.lay(os.DirFS(overlay), overlay); err != nil {
		return nil, err
	}
	if problems := l.Check(); len(problems) > 0 {
		return nil, problemsError(problems)
	}
	return l, nil
}

// base loads the embedded lexicon once. A subtest per row checks it, so that
// Load need not.
var base = sync.OnceValues(func() (*Lexicon, error) { return read(embedded, "data", "lexicon/data") })

// Hash identifies the rows: equal tables, equal hash (first 12 hex digits of
// the SHA-256 of all tables in order of name).
func (l *Lexicon) Hash() string {
	l.once.Do(l.rehash)
	return l.hash
}

// Names lists the tables in order.
func (l *Lexicon) Names() []string {
	names := make([]string, 0, len(l.tables))
	for n := range l.tables {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Table returns a table, empty where there is none of that name.
func (l *Lexicon) Table(name string) *Table {
	if t := l.tables[name]; t != nil {
		return t
	}
	return &Table{Name: name}
}

// Row finds a row by its id.
func (t *Table) Row(id string) (Row, bool) {
	i, ok := t.byID[id]
	if !ok {
		return Row{}, false
	}
	return t.Rows[i], true
}

// ID is the row's first cell.
func (r Row) ID() string { return r.cells[0] }

// Ref names the row as claims name what made them: "table:id".
func (r Row) Ref() string { return r.table.Name + ":" + r.cells[0] }

// Place is where the row stands: "lexicon/data/cues.tsv:12".
func (r Row) Place() string { return fmt.Sprintf("%s:%d", r.file, r.Line) }

// Get returns a cell by its column, "" where the table has no such column.
func (r Row) Get(column string) string {
	i, ok := r.table.col[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// List splits a cell at "|"; empty cell, empty list.
func (r Row) List(column string) []string {
	s := r.Get(column)
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func read(fsys fs.FS, dir, shown string) (*Lexicon, error) {
	l := &Lexicon{tables: map[string]*Table{}}
	files, err := fs.Glob(fsys, path.Join(dir, "*.tsv"))
	if err != nil {
		return nil, fmt.Errorf("read lexicon: %w", err)
	}
	// The tables are read side by side: one of them is half of it all.
	tables, problems, errs := make([]*Table, len(files)), make([][]Problem, len(files)), make([]error, len(files))
	var wg sync.WaitGroup
	for i, f := range files {
		wg.Go(func() {
			var data []byte
			if data, errs[i] = fs.ReadFile(fsys, f); errs[i] == nil {
				tables[i], problems[i] = parse(path.Join(shown, path.Base(f)), string(data))
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("read lexicon: %w", err)
	}
	if all := slices.Concat(problems...); len(all) > 0 {
		return nil, problemsError(all)
	}
	for _, t := range tables {
		l.tables[t.Name] = t
	}
	return l, nil
}

// parse reads one file. Problems of shape (no header, too many cells, an id
// twice) are reported here, problems of content by Check.
func parse(file, data string) (*Table, []Problem) {
	t := &Table{Name: strings.TrimSuffix(path.Base(file), ".tsv"), file: file, col: map[string]int{}}
	var problems []Problem
	n := strings.Count(data, "\n") + 1
	t.byID = make(map[string]int, n)
	room := make([]string, 0, n+strings.Count(data, "\t"))
	t.Rows = make([]Row, 0, n)
	for line := 1; data != ""; line++ {
		s, rest, _ := strings.Cut(data, "\n")
		data = rest
		s = strings.TrimSuffix(s, "\r")
		if s == "" || s[0] == '#' {
			continue
		}
		from := len(room)
		for cell := range strings.SplitSeq(s, "\t") {
			room = append(room, cell)
		}
		cells := room[from:len(room):len(room)]
		if t.Columns == nil {
			t.Columns = cells
			for i, c := range cells {
				t.col[c] = i
			}
			continue
		}
		if len(cells) > len(t.Columns) {
			problems = append(problems, Problem{file, line, fmt.Sprintf("%d cells under %d columns; remove the tabs too many", len(cells), len(t.Columns))})
			continue
		}
		if _, twice := t.byID[cells[0]]; twice {
			problems = append(problems, Problem{file, line, fmt.Sprintf("id %q stands twice; give one of them another id", cells[0])})
			continue
		}
		t.byID[cells[0]] = len(t.Rows)
		t.Rows = append(t.Rows, Row{t, file, line, cells})
	}
	if t.Columns == nil {
		problems = append(problems, Problem{file, 1, "no header line; write the column names, the first one id"})
	}
	return t, problems
}

func (l *Lexicon) lay(fsys fs.FS, shown string) error {
	over, err := read(fsys, ".", shown)
	if err != nil {
		return err
	}
	var problems []Problem
	for _, name := range over.Names() {
		o := over.tables[name]
		t := l.tables[name]
		if t == nil {
			problems = append(problems, Problem{o.file, 1, fmt.Sprintf("no table is called %s; the tables are: %s", name, strings.Join(l.Names(), ", "))})
			continue
		}
		for _, r := range o.Rows {
			if id, gone := strings.CutPrefix(r.ID(), "-"); gone {
				i, ok := t.byID[id]
				if !ok {
					problems = append(problems, Problem{o.file, r.Line, fmt.Sprintf("no row %s:%s to take away; check the id", name, id)})
					continue
				}
				t.Rows = slices.Delete(t.Rows, i, i+1)
				t.reindex()
				continue
			}
			cells := make([]string, len(t.Columns))
			for i, c := range o.Columns {
				j, ok := t.col[c]
				if !ok {
					problems = append(problems, Problem{o.file, 1, fmt.Sprintf("%s has no column %s; its columns are: %s", name, c, strings.Join(t.Columns, ", "))})
					break
				}
				if i < len(r.cells) {
					cells[j] = r.cells[i]
				}
			}
			nr := Row{t, r.file, r.Line, cells}
			if i, ok := t.byID[r.ID()]; ok {
				t.Rows[i] = nr
			} else {
				t.byID[r.ID()] = len(t.Rows)
				t.Rows = append(t.Rows, nr)
			}
		}
	}
	if len(problems) > 0 {
		return problemsError(problems)
	}
	return nil
}

func (t *Table) reindex() {
	clear(t.byID)
	for i, r := range t.Rows {
		t.byID[r.ID()] = i
	}
}

func (l *Lexicon) rehash() {
	h := sha256.New()
	var b []byte
	for _, n := range l.Names() {
		t := l.tables[n]
		b = fmt.Appendf(b[:0], "%s\n%s\n", n, strings.Join(t.Columns, "\t"))
		for _, r := range t.Rows {
			for _, c := range r.cells {
				b = append(append(b, c...), '\t')
			}
			b = append(bytes.TrimRight(b, "\t"), '\n')
		}
		h.Write(b)
	}
	l.hash = hex.EncodeToString(h.Sum(nil))[:12]
}
