package main

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/intensity"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// seriesFlags say which series and which days.
type seriesFlags struct {
	Dyad  []string        `placeholder:"A:B" help:"From state A to state B; A-B for both ways; a code alone for a state; a region of the table regions; world (between states, the default); all (every event)."`
	Day   string          `placeholder:"DATE" help:"That day only."`
	Since string          `placeholder:"DATE" help:"From that day on (default: thirty days before the end)."`
	Until string          `placeholder:"DATE" help:"To that day (default: the last with articles)."`
	AsOf  string          `placeholder:"DATE" help:"What was known at the end of that day."`
	Step  escalation.Step `enum:"day,week,month" default:"day" help:"day, week (from Monday) or month."`
}

// span is the days asked for.
func (f seriesFlags) span(v escalation.Volume) (from, to int, err error) {
	day := func(name, s string, end bool) (int, error) {
		a, b, ok := store.Interval(s)
		switch {
		case !ok:
			return 0, usagef("--%s %q is no date; write 2024, 2024-11 or 2024-11-19", name, s)
		case end:
			return isnad.Day(b.Format("2006-01-02")), nil
		}
		return isnad.Day(a.Format("2006-01-02")), nil
	}
	_, to = v.Bounds()
	if f.AsOf != "" {
		if to, err = day("as-of", f.AsOf, true); err != nil {
			return
		}
	}
	for _, x := range []struct {
		name, date string
		end        bool
		into       *int
	}{{"until", f.Until, true, &to}, {"since", f.Since, false, &from}, {"day", f.Day, false, &from}, {"day", f.Day, true, &to}} {
		if x.date != "" {
			if *x.into, err = day(x.name, x.date, x.end); err != nil {
				return
			}
		}
	}
	if from == 0 {
		from = to - 29
	}
	if from > to {
		return from, to, usagef("--since lies after --until")
	}
	return from, to, nil
}

// known gathers what was known at a time.
func (e *environment) known(s store.Store, asOf string) (escalation.Known, error) {
	if asOf == "" {
		return intensity.Gather(e.ctx, s, "", s.Events(e.ctx, store.EventQuery{}))
	}
	events, err := eventsAsOf(e, s, asOf)
	if err != nil {
		return escalation.Known{}, err
	}
	return intensity.Gather(e.ctx, s, asOf, seq(events))
}

// seq yields a list as a store would.
func seq[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}

type escalationCmd struct {
	seriesFlags
	Others  bool   `help:"What is told of rebels, proxies and others who are not the states; it is no part of the dyad."`
	Changes bool   `help:"Instead the change points of acts and words, with the method's false-alarm rate on shuffled series."`
	Top     int    `placeholder:"N" help:"Instead the N dyads whose acts or words rose most against their own past."`
	Explain bool   `help:"With every contribution: event, weight, factors, origins and the sentences."`
	Format  string `enum:"auto,table,jsonl,csv" default:"auto" help:"table, jsonl or csv. Default: table on a terminal, else jsonl."`
}

func (escalationCmd) Help() string {
	return `Reported intensity between states, day by day: acts, words and cooperation, never
added up, each in points per thousand readable articles, with an interval, with
the dyad's own past, and with its place on the ladder. What one side denies or
only one side says stands apart as disputed. It is a measure of reports and no
probability of war. Every value is the exact sum of its contributions.

Examples:
  isnad escalation --dyad PRK:RUS --day 2024-10-24 --explain
  isnad escalation --dyad RUS-UKR --since 2024-06 --step week
  isnad escalation --dyad eastern_asia --changes --since 2024
  isnad escalation --top 10 --day 2024-10-24 --as-of 2024-10-24`
}

func (c *escalationCmd) Run(e *environment) error {
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	m, err := intensity.Load(lex)
	if err != nil {
		return err
	}
	scopes, err := c.scopes(e, m)
	if err != nil {
		return err
	}
	c.Format = formatOf(c.Format, terminal(e.stdout) || c.Explain)
	return e.withStore(false, func(s store.Store) error {
		k, err := e.known(s, c.AsOf)
		if err != nil {
			return err
		}
		from, to, err := c.span(k.Volume)
		if err != nil {
			return err
		}
		out := bufio.NewWriterSize(e.stdout, 1<<16)
		var by map[escalation.Scope][]escalation.Happening
		if c.Top > 0 {
			by = m.ByDyad(k.Happenings)
			scopes = escalation.Dyads(slices.DeleteFunc(slices.Clone(k.Happenings), func(h escalation.Happening) bool { return h.Day < from || h.Day > to }))
		}
		t := &seriesTable{out: out, format: c.Format}
		var all []escalation.Value
		for _, scope := range scopes {
			hs := k.Happenings
			if by != nil {
				hs = by[scope] // not all of them once a dyad
			}
			x := m.Series(scope, hs, k.Volume)
			if c.Changes {
				for _, line := range []escalation.Line{escalation.Acts, escalation.Words} {
					if err := writeJSONLine(out, x.Changes(c.Step, from, to, line)); err != nil {
						return err
					}
				}
				continue
			}
			values := x.Values(c.Step, from, to)
			if c.Top > 0 {
				all = append(all, values...)
				continue
			}
			for _, v := range values {
				if err := t.value(v); err != nil {
					return err
				}
				if c.Explain {
					if err := explainValue(e, out, s, v); err != nil {
						return err
					}
				}
			}
		}
		if c.Top > 0 {
			for _, v := range risen(all, c.Top) {
				if err := t.value(v); err != nil {
					return err
				}
			}
		}
		if err := errors.Join(t.end(), out.Flush()); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
		return nil
	})
}

func (c *escalationCmd) scopes(e *environment, m *escalation.Method) ([]escalation.Scope, error) {
	names := c.Dyad
	if len(names) == 0 {
		names = []string{"world"}
	}
	var out []escalation.Scope
	for _, n := range names {
		scope, err := m.ParseScope(n)
		if err != nil {
			return nil, usageError{fmt.Errorf("--dyad: %w", err)}
		}
		if scope.From != "" {
			q := store.Query{Dyad: store.Dyad{From: scope.From, To: cmp.Or(scope.To, scope.From)}}
			if err := e.checkCodes(q); err != nil {
				return nil, err
			}
		}
		scope.Others = c.Others
		if scope.Either {
			scope.Either = false
			back := scope
			back.From, back.To = scope.To, scope.From
			out = append(out, scope, back)
			continue
		}
		out = append(out, scope)
	}
	return out, nil
}

// risen are the values that stand highest above their own past, by acts or words;
// those without enough of a past come after, by value.
func risen(all []escalation.Value, n int) []escalation.Value {
	height := func(v escalation.Value) (z float64, size escalation.Points) {
		z = -1e9
		for _, l := range []escalation.Line{escalation.Acts, escalation.Words} {
			x := v.Of(l)
			size = max(size, x.Value)
			if x.Z != nil {
				z = max(z, *x.Z)
			}
		}
		return z, size
	}
	all = slices.DeleteFunc(all, func(v escalation.Value) bool { return v.State != escalation.Measured })
	slices.SortStableFunc(all, func(a, b escalation.Value) int {
		za, sa := height(a)
		zb, sb := height(b)
		return cmp.Or(cmp.Compare(zb, za), cmp.Compare(sb, sa))
	})
	return all[:min(n, len(all))]
}

// seriesTable writes values in one of the formats of a query.
type seriesTable struct {
	out    *bufio.Writer
	format string
	csv    *csv.Writer
	began  bool
}

func (t *seriesTable) value(v escalation.Value) error {
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return strconv.FormatFloat(*x, 'f', -1, 64)
	}
	rung := ""
	if v.Rung != nil {
		rung = *v.Rung
	}
	switch t.format {
	case "jsonl":
		return writeJSONLine(t.out, v)
	case "csv":
		if t.csv == nil {
			t.csv = csv.NewWriter(t.out)
			t.csv.Write(tabular.Series.Columns)
		}
		return t.csv.Write(tabular.Series.Cells(v))
	}
	short := func(p *escalation.Points) string {
		if p == nil {
			return "–"
		}
		return strconv.FormatFloat(p.Float(), 'f', 1, 64)
	}
	if !t.began {
		t.began = true
		fmt.Fprintf(t.out, "%-12s %-10s %9s %19s %7s %9s %9s %9s %7s  %-11s %s\n", "dyad", "day", "acts", "low to high", "z", "words", "cooper.", "disputed", "volume", "state", "rung")
	}
	between := ""
	if v.Low != nil {
		between = short(v.Low) + " to " + short(v.High)
	}
	_, err := fmt.Fprintf(t.out, "%-12s %-10s %9s %19s %7s %9s %9s %9s %7d  %-11s %s\n", v.Dyad, v.Day, short(v.Acts), between, number(v.Z), short(v.Words), short(v.Cooperation), short(v.Disputed), v.Volume, v.State, rung)
	return err
}

func (t *seriesTable) end() error {
	if t.csv == nil {
		return nil
	}
	t.csv.Flush()
	return t.csv.Error()
}
