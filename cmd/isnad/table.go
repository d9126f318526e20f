package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"isnad"
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
		t.csv.Write(csvColumns)
	}
	return t
}

// csvColumns head the CSV of claims; lists are joined by "+".
var csvColumns = []string{"id", "kind", "article", "outlet", "published", "field", "type", "mode", "contexts", "actor", "recipient", "speaker",
	"stance", "denies", "factuality", "trigger", "trigger_start", "trigger_end", "sentence_start", "sentence_end", "from", "to", "confidence", "reader"}

func (t *table) claim(c isnad.Claim) error {
	switch t.format {
	case "jsonl":
		return writeLine(t.out, c)
	case "csv":
		codes := func(as []isnad.Actor) string { return strings.TrimPrefix(isnad.Codes(as), "-") }
		return t.csv.Write([]string{c.ID, c.Kind, c.Article, c.Outlet, c.Published, c.Field, string(c.Type), strings.Join(c.Mode, "+"), strings.Join(c.Contexts, "+"),
			codes(c.Actor), codes(c.Recipient), codes(c.Speaker), string(c.Stance), string(c.Denies), string(c.Factuality), c.Trigger.Text,
			strconv.Itoa(c.Trigger.Start), strconv.Itoa(c.Trigger.End), strconv.Itoa(c.Sentence.Start), strconv.Itoa(c.Sentence.End),
			c.When.From, c.When.To, strconv.FormatFloat(c.Confidence, 'f', -1, 64), c.Reader})
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
