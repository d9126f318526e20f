package export

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// delimited writes rows in the columns of another data set, which its layout
// table lists (data/layout_NAME.tsv). fill sets what isnad knows; a column that
// it does not set stays empty.
type delimited struct {
	columns map[string]int
	n       int
	write   func([]string) error
	flush   func() error
	claims  func(Claim, func() record) error
	events  func(Event, func() record) error
}

// record is one line to be written.
type record struct {
	of    *delimited
	cells []string
}

// set gives a column its value. A name that the layout does not have is a slip
// in this package, which the tests of every format find.
func (r record) set(column, value string) {
	i, ok := r.of.columns[column]
	if !ok {
		panic(fmt.Sprintf("export: no column %q", column))
	}
	r.cells[i] = value
}

func (r record) emit() error { return r.of.write(r.cells) }

// newDelimited makes the writer of a layout: tab-separated without quoting, as
// GDELT, ICEWS and POLECAT are (tabs and line ends within a value become
// spaces), or CSV.
func newDelimited(w io.Writer, layout string, header, commas bool) (*delimited, error) {
	columns, err := Columns(layout, "")
	if err != nil {
		return nil, err
	}
	d := &delimited{columns: map[string]int{}, n: len(columns)}
	names := make([]string, len(columns))
	for i, c := range columns {
		d.columns[c.Name], names[i] = i, c.Name
	}
	if commas {
		out := csv.NewWriter(w)
		d.write = out.Write
		d.flush = func() error { out.Flush(); return out.Error() }
	} else {
		out := bufio.NewWriter(w)
		flat := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
		d.write = func(cells []string) error {
			for i, c := range cells {
				if i > 0 {
					out.WriteByte('\t')
				}
				out.WriteString(flat.Replace(c))
			}
			return out.WriteByte('\n')
		}
		d.flush = out.Flush
	}
	if header {
		return d, d.write(names)
	}
	return d, nil
}

func (d *delimited) record() record { return record{d, make([]string, d.n)} }

func (d *delimited) claim(c Claim) error {
	if d.claims == nil {
		return errors.New("the format holds events")
	}
	return d.claims(c, d.record)
}

func (d *delimited) event(e Event) error {
	if d.events == nil {
		return errors.New("the format holds claims")
	}
	return d.events(e, d.record)
}

func (d *delimited) end(Header) error { return d.flush() }
