package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// eventFilter holds the flags of a question for events. Lists are split by commas.
type eventFilter struct {
	Dyad      string         `placeholder:"A:B" help:"From state A to state B; A-B for either way."`
	Actor     []isnad.Code   `placeholder:"CODE" help:"Who does it."`
	Recipient []isnad.Code   `placeholder:"CODE" help:"To whom."`
	Speaker   []isnad.Code   `placeholder:"CODE" help:"Who speaks of it."`
	Type      []isnad.Type   `placeholder:"TYPE" help:"Event types, e.g. AID,ASSAULT."`
	Stance    []isnad.Stance `placeholder:"STANCE" help:"With a claim of that stance, e.g. denies."`
	Status    []isnad.Status `placeholder:"STATUS" help:"retracted, disputed, denied, confirmed, corroborated, reported, asserted."`
	Since     string         `placeholder:"DATE" help:"Reported then or later: 2024, 2024-11, 2024-11-19 or with a time."`
	Until     string         `placeholder:"DATE" help:"Reported then or earlier."`
	AsOf      string         `placeholder:"DATE" help:"What was known then: the ledger of the articles in the version of that time."`
	Text      string         `placeholder:"WORDS" help:"Words of the sentence of one of its claims, in any spelling; \"in quotes\" for a phrase."`
	Article   string         `placeholder:"ID" help:"Events that one article tells."`
	Limit     int            `placeholder:"N" default:"0" help:"At most so many; 0 for all."`
	Newest    bool           `help:"The last reported first."`
	Format    string         `enum:"auto,table,jsonl,csv" default:"auto" help:"table, jsonl or csv. Default: table on a terminal, else jsonl."`
}

func (f eventFilter) query() (store.EventQuery, error) {
	q := store.EventQuery{Actor: upper(f.Actor), Recipient: upper(f.Recipient), Speaker: upper(f.Speaker), Type: upper(f.Type), Stance: f.Stance, Status: f.Status,
		Article: f.Article, Since: f.Since, Until: f.Until, Text: f.Text, Limit: f.Limit, Newest: f.Newest}
	if f.Dyad != "" {
		d, err := store.ParseDyad(f.Dyad)
		if err != nil {
			return q, usageError{err}
		}
		q.Dyad = d
	}
	if err := q.Check(); err != nil {
		return q, usageError{err}
	}
	return q, nil
}

// events yields what answers: from the store as it was linked last, or for a time
// from a ledger of what was known then.
func (f eventFilter) events(e *environment, s store.Store) (iter.Seq2[isnad.Event, error], error) {
	q, err := f.query()
	if err != nil {
		return nil, err
	}
	if f.AsOf == "" {
		waiting, err := s.Unlinked(e.ctx)
		if err != nil {
			return nil, err
		}
		if waiting > 0 && !e.flags.Quiet {
			e.warn(`%s not linked yet; "isnad ingest" without --no-link links them`, count(waiting, "block"))
		}
		return s.Events(e.ctx, q), nil
	}
	all, err := eventsAsOf(e, s, f.AsOf)
	if err != nil {
		return nil, err
	}
	var said map[string]bool // ids of claims that hold the text
	if f.Text != "" {
		said = map[string]bool{}
		for c, err := range s.Claims(e.ctx, store.Query{Kind: isnad.KindEvent, Text: f.Text, AsOf: f.AsOf}) {
			if err != nil {
				return nil, err
			}
			said[c.ID] = true
		}
	}
	if f.Newest {
		slices.Reverse(all)
	}
	return func(yield func(isnad.Event, error) bool) {
		n := 0
		for _, x := range all {
			if !q.Match(x) || said != nil && !slices.ContainsFunc(x.Claims, func(c isnad.EventClaim) bool { return said[c.ID] }) {
				continue
			}
			if n++; !yield(x, nil) || n == q.Limit {
				return
			}
		}
	}, nil
}

// eventsAsOf is the ledger of what was known at a time.
func eventsAsOf(e *environment, s store.Store, asOf string) ([]isnad.Event, error) {
	lex, err := e.lexicon()
	if err != nil {
		return nil, err
	}
	l, err := newLedger(lex)
	if err != nil {
		return nil, err
	}
	var entries []isnad.Entry
	for x, err := range s.Entries(e.ctx, asOf) {
		if errors.Is(err, store.ErrInvalid) {
			return nil, usageError{err}
		}
		if err != nil {
			return nil, err
		}
		entries = append(entries, x)
	}
	return l.Events(entries), nil
}

type eventsCmd struct{ eventFilter }

func (eventsCmd) Help() string {
	return `An event is one thing in the world with all that was said about it: its status
follows from its claims. Events come in the order of their first reports.
"isnad explain ID" draws who had it from whom.

Examples:
  isnad events --dyad RUS-PRK --status disputed
  isnad events --type ASSAULT --since 2015-07-20 --until 2015-07-22
  isnad events --text 'incirlik' --format jsonl
  isnad events --as-of 2024-10-20                what the ledger said that day`
}

func (c *eventsCmd) Run(e *environment) error {
	if _, err := c.query(); err != nil {
		return err
	}
	return e.withStore(false, func(s store.Store) error {
		events, err := c.events(e, s)
		if err != nil {
			return err
		}
		out := bufio.NewWriterSize(e.stdout, 1<<16)
		t := newEventTable(out, c.Format, terminal(e.stdout))
		return printRows(e, events, out, t.event, t.end, "event")
	})
}

// eventTable writes events in one of the formats of a query.
type eventTable struct {
	out    *bufio.Writer
	format string
	csv    *csv.Writer
}

func newEventTable(out *bufio.Writer, format string, terminal bool) *eventTable {
	t := &eventTable{out: out, format: formatOf(format, terminal)}
	if t.format == "csv" {
		t.csv = csv.NewWriter(out)
		t.csv.Write(tabular.Events.Columns)
	}
	return t
}

func (t *eventTable) event(x isnad.Event) error {
	switch t.format {
	case "jsonl":
		return writeLine(t.out, x)
	case "csv":
		return t.csv.Write(tabular.Events.Cells(x))
	}
	day, _, _ := strings.Cut(x.Claims[0].Published, "T")
	_, err := fmt.Fprintf(t.out, "%-17s  %-10s  %-12s  %s · %s · «%s»\n", x.ID, day, x.Status, headline(x), sources(x), strings.Join(strings.Fields(x.Claims[0].Trigger.Text), " "))
	return err
}

func (t *eventTable) end() error {
	if t.csv == nil {
		return nil
	}
	t.csv.Flush()
	return t.csv.Error()
}

// headline is the event in short: "AID PRK→RUS".
func headline(x isnad.Event) string {
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	return fmt.Sprintf("%s %s→%s", x.Type, dash(codeList(x.Actor)), dash(codeList(x.Recipient)))
}

// sources counts who printed it and from how many it comes: "5 outlets · 2 origins".
func sources(x isnad.Event) string {
	return count(x.Outlets, "outlet") + " · " + count(x.Origins, "origin")
}

func codeList(codes []isnad.Code) string {
	s := make([]string, len(codes))
	for i, c := range codes {
		s[i] = string(c)
	}
	return strings.Join(s, "+")
}
