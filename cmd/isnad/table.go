package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"strings"

	"isnad"
	"isnad/internal/tabular"
)

// printRows writes the rows that answer a query as they come, and says on stderr
// where there are none; what names a row.
func printRows[T any](e *environment, rows iter.Seq2[T, error], out *bufio.Writer, row func(T) error, end func() error, what string) error {
	n := 0
	for x, err := range rows {
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		n++
		if err := row(x); err != nil {
			return err
		}
	}
	if err := end(); err != nil {
		return err
	}
	if n == 0 && !e.flags.Quiet {
		e.warn("no " + what + " answers this; \"isnad status\" says what the store holds")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// formatOf is the format asked for; "auto" is a table on a terminal, else JSONL.
func formatOf(format string, terminal bool) string {
	switch {
	case format != "auto":
		return format
	case terminal:
		return "table"
	}
	return "jsonl"
}

// table writes claims in one of the formats of a query, row by row.
type table struct {
	out    *bufio.Writer
	format string
	csv    *csv.Writer
}

func newTable(out *bufio.Writer, format string, terminal bool) *table {
	t := &table{out: out, format: formatOf(format, terminal)}
	if t.format == "csv" {
		t.csv = csv.NewWriter(out)
		t.csv.Write(tabular.Claims.Columns)
	}
	return t
}

func (t *table) claim(c isnad.Claim) error {
	switch t.format {
	case "jsonl":
		return writeLine(t.out, c)
	case "csv":
		return t.csv.Write(tabular.Claims.Cells(c))
	}
	day, _, _ := strings.Cut(c.Published, "T")
	_, err := fmt.Fprintf(t.out, "%-17s  %-10s  %-14s  %s «%s»\n", c.ID, day, c.Outlet, c, c.Trigger.Text)
	return err
}

func (t *table) end() error {
	if t.csv == nil {
		return nil
	}
	t.csv.Flush()
	return t.csv.Error()
}
