package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/ledger"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// recordFilter holds the flags of a question for agreements, obligations and
// transfers.
type recordFilter struct {
	Party  []isnad.Code `placeholder:"CODE" help:"With such a party."`
	Dyad   string       `placeholder:"A:B" help:"Between these two; of a transfer from A to B, A-B for either way."`
	Since  string       `placeholder:"DATE" help:"Told of then or later."`
	Until  string       `placeholder:"DATE" help:"Told of then or earlier."`
	AsOf   string       `placeholder:"DATE" help:"What was known then."`
	Limit  int          `placeholder:"N" default:"0" help:"At most so many; 0 for all."`
	Format string       `enum:"auto,table,jsonl,csv" default:"auto" help:"table, jsonl or csv. Default: table on a terminal, else jsonl."`
}

// parties says whether a record between two sides answers --party and --dyad.
func (f recordFilter) parties(from, to []isnad.Code) (bool, error) {
	all := append(slices.Clone(from), to...)
	for _, c := range upper(f.Party) {
		if !slices.Contains(all, c) {
			return false, nil
		}
	}
	if f.Dyad == "" {
		return true, nil
	}
	d, err := store.ParseDyad(f.Dyad)
	if err != nil {
		return false, usageError{err}
	}
	way := slices.Contains(from, d.From) && slices.Contains(to, d.To)
	return way || d.Either && slices.Contains(from, d.To) && slices.Contains(to, d.From), nil
}

// entries reads the claims that the records are read out of.
func (f recordFilter) entries(e *environment, s store.Store) (*ledger.Ledger, []isnad.Entry, error) {
	lex, err := e.lexicon()
	if err != nil {
		return nil, nil, err
	}
	l, err := newLedger(lex)
	if err != nil {
		return nil, nil, err
	}
	q := store.Query{Since: f.Since, Until: f.Until, AsOf: f.AsOf}
	if err := q.Check(); err != nil {
		return nil, nil, usageError{err}
	}
	var out []isnad.Entry
	for x, err := range s.Entries(e.ctx, f.AsOf) {
		if err != nil {
			return nil, nil, err
		}
		if store.Within(x.Claim.Published, f.Since, f.Until) {
			out = append(out, x)
		}
	}
	return l, out, nil
}

// records writes rows of one kind.
type records struct {
	out    *bufio.Writer
	format string
	csv    *csv.Writer
	left   int
	n      int
}

func newRecords(e *environment, f recordFilter, columns ...string) *records {
	r := &records{out: bufio.NewWriterSize(e.stdout, 1<<16), format: formatOf(f.Format, terminal(e.stdout)), left: f.Limit}
	if r.format == "csv" {
		r.csv = csv.NewWriter(r.out)
		r.csv.Write(columns)
	}
	return r
}

// put writes a record, and says whether another may follow.
func (r *records) put(x any, cells ...string) (bool, error) {
	r.n++
	switch r.format {
	case "jsonl":
		body, err := json.Marshal(x)
		if err != nil {
			return false, err
		}
		r.out.Write(append(body, '\n'))
	case "csv":
		r.csv.Write(cells)
	default:
		fmt.Fprintln(r.out, strings.Join(cells, "  "))
	}
	return r.n != r.left, nil
}

func (r *records) end(e *environment, what string) error {
	if r.csv != nil {
		r.csv.Flush()
	}
	if r.n == 0 && !e.flags.Quiet {
		e.warn("no %s answers this; \"isnad status\" says what the store holds", what)
	}
	if err := r.out.Flush(); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

type agreementsCmd struct {
	recordFilter
	Kind string `placeholder:"KIND" help:"defence, ceasefire, trade …"`
}

func (agreementsCmd) Help() string {
	return `A pact as a record: its parties, kind, life and what it obliges to, each step
with the claims that tell it.

Examples:
  isnad agreements --party RUS
  isnad agreements --kind ceasefire --since 2015-07 --format jsonl`
}

func (c *agreementsCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		l, all, err := c.entries(e, s)
		if err != nil {
			return err
		}
		out := newRecords(e, c.recordFilter, tabular.Agreements.Columns...)
		for _, a := range l.Agreements(all) {
			if ok, err := c.parties(a.Parties, a.Parties); err != nil || !ok || c.Kind != "" && a.Kind != c.Kind {
				if err != nil {
					return err
				}
				continue
			}
			if more, err := out.put(a, tabular.Agreements.Cells(a)...); err != nil || !more {
				if err != nil {
					return err
				}
				break
			}
		}
		return out.end(e, "agreement")
	})
}

type obligationsCmd struct {
	recordFilter
	If   string `placeholder:"TRIGGER:CODE" help:"Owed to a state on a condition, e.g. attacked:RUS."`
	Open bool   `help:"Only what is not told as done since."`
}

func (obligationsCmd) Help() string {
	return `Who owes whom what, on which condition, by which article, by when.

Examples:
  isnad obligations --if attacked:RUS            who has promised what if Russia is attacked
  isnad obligations --open --party IRN`
}

func (c *obligationsCmd) Run(e *environment) error {
	trigger, creditor, given := strings.Cut(c.If, ":")
	if c.If != "" && (!given || creditor == "") {
		return usagef("--if %q: write a condition and a state, as attacked:RUS", c.If)
	}
	return e.withStore(false, func(s store.Store) error {
		l, all, err := c.entries(e, s)
		if err != nil {
			return err
		}
		of := map[string]string{} // obligation → agreement
		for _, a := range l.Agreements(all) {
			for _, o := range a.Obligations {
				of[o.ID] = a.ID
			}
		}
		out := newRecords(e, c.recordFilter, tabular.Obligations.Columns...)
		for _, o := range ledger.Obligations(all) {
			o.Agreement = of[o.ID]
			ok, err := c.parties(o.Debtor, o.Creditor)
			if err != nil {
				return err
			}
			if !ok || c.Open && o.Done || c.If != "" && (o.Trigger != trigger || !slices.Contains(o.Creditor, isnad.Code(strings.ToUpper(creditor)))) {
				continue
			}
			if more, err := out.put(o, tabular.Obligations.Cells(o)...); err != nil || !more {
				if err != nil {
					return err
				}
				break
			}
		}
		return out.end(e, "obligation")
	})
}

type transfersCmd struct {
	recordFilter
	What string `placeholder:"WHAT" help:"troops, arms, ammunition, food, money …"`
}

func (transfersCmd) Help() string {
	return `What goes from whom to whom, how much by whose word, how far it came, and who
denies it.

Examples:
  isnad transfers --dyad PRK:RUS
  isnad transfers --what arms --format jsonl`
}

func (c *transfersCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		l, all, err := c.entries(e, s)
		if err != nil {
			return err
		}
		out := newRecords(e, c.recordFilter, tabular.Transfers.Columns...)
		for _, t := range l.Transfers(l.Events(transferring(all)), all) {
			ok, err := c.parties(t.From, t.To)
			if err != nil {
				return err
			}
			if !ok || c.What != "" && t.What != c.What {
				continue
			}
			if more, err := out.put(t, tabular.Transfers.Cells(t)...); err != nil || !more {
				if err != nil {
					return err
				}
				break
			}
		}
		return out.end(e, "transfer")
	})
}

// transferring are the claims that transfers are read out of: events of other types are
// not linked anew for the question.
func transferring(all []isnad.Entry) (out []isnad.Entry) {
	for _, e := range all {
		if slices.Contains(ledger.TransferTypes, e.Claim.Type) {
			out = append(out, e)
		}
	}
	return out
}
