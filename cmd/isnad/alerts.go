package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/intensity"
	"isnad/internal/store"
	"isnad/internal/syndicate"
)

type alertsCmd struct {
	Dyad   string `placeholder:"A:B" help:"Of that dyad only; A-B for both ways."`
	Since  string `placeholder:"DATE" help:"Replay from that day on (default: thirty days before the end)."`
	Until  string `placeholder:"DATE" help:"To that day (default: the last with articles)."`
	AsOf   string `placeholder:"DATE" help:"As --until: an alert is always what was known then."`
	State  string `enum:",open,ended,withdrawn" default:"" help:"open, ended or withdrawn only."`
	Format string `enum:"auto,table,jsonl,atom,json" default:"auto" help:"table, jsonl, atom (RFC 4287) or json (JSON Feed 1.1). Default: table on a terminal, else jsonl."`
	Lang   string `enum:"en,ar" default:"en" help:"Language of a feed and of the table."`
}

func (alertsCmd) Help() string {
	return `Alerts come from replaying what was known day by day: each rule of the table
alert_rules is asked about every dyad of the day, and asked again on each later day
with what is known then. So an alert is updated in place by further reports, and
withdrawn when what it rests on is denied, corrected or taken back.

Examples:
  isnad alerts --since 2024-10
  isnad alerts --dyad RUS-PRK --format atom > alerts.xml
  isnad alerts --state withdrawn --format jsonl`
}

func (c *alertsCmd) Run(e *environment) error {
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	m, err := intensity.Load(lex)
	if err != nil {
		return err
	}
	want := map[string]bool{}
	if c.Dyad != "" {
		scopes, err := (&escalationCmd{seriesFlags: seriesFlags{Dyad: []string{c.Dyad}}}).scopes(e, m)
		if err != nil {
			return err
		}
		for _, s := range scopes {
			want[s.String()] = true
		}
	}
	c.Format = formatOf(c.Format, terminal(e.stdout))
	return e.withStore(false, func(s store.Store) error {
		alerts, err := c.alerts(e, s, m)
		if err != nil {
			return err
		}
		alerts = slices.DeleteFunc(alerts, func(a escalation.Alert) bool {
			return c.State != "" && a.State != c.State || len(want) > 0 && !want[a.Dyad]
		})
		out := bufio.NewWriterSize(e.stdout, 1<<16)
		if err := c.print(out, alerts); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
		return nil
	})
}

// alerts replays the days.
func (c *alertsCmd) alerts(e *environment, s store.Store, m *escalation.Method) ([]escalation.Alert, error) {
	now, err := e.known(s, "")
	if err != nil {
		return nil, err
	}
	f := seriesFlags{Since: c.Since, Until: c.Until, AsOf: c.AsOf}
	if f.Until == "" {
		f.Until = c.AsOf
	}
	from, to, err := f.span(now.Volume)
	if err != nil {
		return nil, err
	}
	var history []escalation.Known
	for d := from; d <= to && now.Volume != nil; d++ {
		k, err := e.known(s, isnad.DayDate(d))
		if err != nil {
			return nil, err
		}
		k.Day = d
		history = append(history, k)
	}
	return m.Alerts(history), nil
}

func (c *alertsCmd) print(out *bufio.Writer, alerts []escalation.Alert) error {
	switch c.Format {
	case "atom":
		return syndicate.Atom(out, c.feed(alerts))
	case "json":
		return syndicate.JSON(out, c.feed(alerts))
	case "jsonl":
		for _, a := range alerts {
			if err := writeJSONLine(out, a); err != nil {
				return err
			}
		}
		return nil
	}
	for _, a := range alerts {
		fmt.Fprintf(out, "%s  %s  %-9s  %s\n", a.ID, a.Opened, a.State, c.headline(a))
		for _, s := range a.Steps {
			fmt.Fprintf(out, "    %s %s: %s\n", s.At, s.What, s.Why)
		}
	}
	return nil
}

// headline is an alert in a line.
func (c *alertsCmd) headline(a escalation.Alert) string {
	words := a.Words
	if c.Lang == "ar" {
		words = a.WordsAR
	}
	b := fmt.Sprintf("%s: %s", a.Dyad, words)
	if a.Value != nil && a.Baseline != nil && a.Z != nil {
		b += fmt.Sprintf(" (%s, median %s, z %.1f)", a.Value, a.Baseline, *a.Z)
	}
	if a.Rung != "" {
		b += " (" + a.Rung + ")"
	}
	return b
}

// feed makes entries of alerts, the last changed first.
func (c *alertsCmd) feed(alerts []escalation.Alert) syndicate.Feed {
	f := syndicate.Feed{ID: "urn:isnad:alerts", Title: "isnad alerts: reported intensity between states", Lang: c.Lang}
	if c.Lang == "ar" {
		f.Title = "تنبيهات إسناد: الشدة المُبلَّغ عنها بين الدول"
	}
	for _, a := range alerts {
		cancel := a.Cancel
		if c.Lang == "ar" {
			cancel = a.CancelAR
		}
		var text strings.Builder
		fmt.Fprintf(&text, "%s, %s. %d origins.", a.State, a.Day, a.Origins)
		if len(a.Events) > 0 {
			fmt.Fprintf(&text, " isnad explain %s.", strings.Join(a.Events, ", "))
		}
		fmt.Fprintf(&text, " %s.", cancel)
		for _, s := range a.Steps {
			fmt.Fprintf(&text, "\n%s %s: %s", s.At, s.What, s.Why)
		}
		f.Entries = append(f.Entries, syndicate.Entry{ID: "urn:isnad:alert:" + a.ID, Title: c.headline(a), Published: a.Opened + "T00:00:00Z", Updated: a.Updated + "T00:00:00Z", Text: text.String(), Tags: []string{a.Rule, a.Dyad, a.State}})
	}
	slices.SortStableFunc(f.Entries, func(a, b syndicate.Entry) int { return strings.Compare(b.Updated, a.Updated) })
	return f
}
