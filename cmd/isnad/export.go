package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/engine"
	"isnad/internal/export"
	"isnad/internal/store"
)

type exportCmd struct {
	As       string         `required:"" placeholder:"FORMAT" enum:"jsonl,csv,parquet,gdelt,polecat,icews,acled,geojson,graphml" help:"jsonl, csv, parquet, gdelt, polecat, icews, acled, geojson or graphml."`
	Of       string         `placeholder:"UNIT" enum:",claims,events,assessments" default:"" help:"claims, events or assessments (default: what the format usually holds)."`
	Out      string         `short:"o" placeholder:"FILE" help:"Write there, and what it is and covers to FILE.meta.json (default: standard output)."`
	WithText bool           `help:"With headlines and sentences; they belong to the outlets."`
	Status   []isnad.Status `placeholder:"STATUS" help:"Of events: retracted, disputed, denied, confirmed, corroborated, reported, asserted."`
	question
}

func (exportCmd) Help() string {
	return `Every row carries the id of a claim or event, which "isnad explain" opens.
docs/codebook.md says what each column holds. GDELT, ICEWS, POLECAT and ACLED
know deeds only: denials and what did not happen are left out of them, and the
summary says how many. Of events, filters ask as in "isnad events"; --factuality
and --outlet for events with such a claim.

Examples:
  isnad export --as csv --dyad RUS-PRK > claims.csv
  isnad export --as parquet --of events -o events.parquet
  isnad export --as gdelt --since 2024-10 -o october.export.CSV
  isnad export --as geojson --type ASSAULT -o map.geojson
  isnad export --as jsonl --of assessments --with-text`
}

func (c *exportCmd) Run(e *environment) error {
	kind, of := isnad.KindEvent, c.Of
	if of == "assessments" {
		kind, of = isnad.KindAssessment, export.Claims
	}
	f, of, err := export.Find(c.As, of)
	if err != nil {
		return usageError{err}
	}
	q, err := c.query(kind)
	if err != nil {
		return err
	}
	switch {
	case of == export.Claims && len(c.Status) > 0:
		return usagef("--status asks for events; write --of events")
	case of == export.Events && c.MinConfidence > 0:
		return usagef("--min-confidence asks for claims; write --of claims")
	}
	if err := e.checkCodes(q); err != nil {
		return err
	}
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	return e.withStore(false, func(s store.Store) error {
		return c.to(e, func(w io.Writer) (export.Header, error) {
			x, err := export.New(w, f, export.Options{Lexicon: lex, Of: of, Text: c.WithText, Header: export.Header{Program: engine.Version, Question: c.asked(kind)}})
			if err != nil {
				return export.Header{}, err
			}
			if of == export.Events {
				err = c.events(e, s, x)
			} else {
				err = exportClaims(e, s, q, x)
			}
			if err != nil {
				return export.Header{}, err
			}
			return x.End()
		})
	})
}

// to writes the file, or to standard output. A file stands under its name only
// once it is whole.
func (c *exportCmd) to(e *environment, write func(io.Writer) (export.Header, error)) (err error) {
	var h export.Header
	if c.Out == "" {
		out := bufio.NewWriterSize(e.stdout, 1<<16)
		if h, err = write(out); err != nil {
			return errors.Join(err, out.Flush())
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
	} else {
		part := c.Out + ".part"
		file, err := os.Create(part)
		if err != nil {
			return fmt.Errorf("export to %s: %w", c.Out, err)
		}
		out := bufio.NewWriterSize(file, 1<<16)
		h, err = write(out)
		if err = firstError(err, errors.Join(out.Flush(), file.Close())); err == nil {
			err = os.Rename(part, c.Out)
		}
		if err != nil {
			os.Remove(part)
			return fmt.Errorf("export to %s: %w", c.Out, err)
		}
		if err := os.WriteFile(c.Out+".meta.json", append(h.JSON(), '\n'), 0o644); err != nil {
			return fmt.Errorf("export to %s: %w", c.Out, err)
		}
	}
	if !e.flags.Quiet {
		period := ""
		if h.From != "" {
			period = ", published " + h.From + " to " + h.To
		}
		e.warn("exported %d %s as %s, of %s%s", h.Rows, h.Of, h.Format, count(len(h.Outlets), "outlet"), period)
		for _, why := range slices.Sorted(maps.Keys(h.LeftOut)) {
			e.warn("left out %d: %s", h.LeftOut[why], why)
		}
	}
	return nil
}

// exportClaims writes the claims of a question, each with the article it was
// read from. An article's claims come together, so that it is looked up once.
func exportClaims(e *environment, s store.Store, q store.Query, x *export.Export) error {
	var at store.Version
	for c, err := range s.Claims(e.ctx, q) {
		if err != nil {
			return err
		}
		if at.ID != c.Article || at.Digest == "" {
			if _, at, err = s.Claim(e.ctx, c.ID); err != nil {
				return err
			}
		}
		if err := x.Claim(export.Claim{Claim: c, Article: at.Article}); err != nil {
			return err
		}
	}
	return nil
}

// events writes the events of the question, each with its claims whole.
func (c *exportCmd) events(e *environment, s store.Store, x *export.Export) error {
	events, err := c.asEvents().events(e, s)
	if err != nil {
		return err
	}
	n := 0
	for ev, err := range c.further(events) {
		if err != nil {
			return err
		}
		out := export.Event{Event: ev}
		for i, ec := range ev.Claims {
			whole, v, err := s.Claim(e.ctx, ec.ID)
			if err != nil {
				return err
			}
			out.Whole = append(out.Whole, whole)
			if i == 0 {
				out.Article = v.Article
			}
		}
		if err := x.Event(out); err != nil {
			return err
		}
		if n++; n == c.Limit {
			break
		}
	}
	return nil
}

// asEvents is the question as one for events. What only claims have is asked by
// further, and so is the limit.
func (c *exportCmd) asEvents() eventFilter {
	return eventFilter{Dyad: c.Dyad, Actor: c.Actor, Recipient: c.Recipient, Speaker: c.Speaker, Type: c.Type, Stance: c.Stance, Status: c.Status,
		Since: c.Since, Until: c.Until, AsOf: c.AsOf, Text: c.Text, Article: c.Article, Newest: c.Newest}
}

// further keeps the events that have a claim of such a factuality and outlet.
func (c *exportCmd) further(events iter.Seq2[isnad.Event, error]) iter.Seq2[isnad.Event, error] {
	return func(yield func(isnad.Event, error) bool) {
		for ev, err := range events {
			if err == nil && !slices.ContainsFunc(ev.Claims, func(x isnad.EventClaim) bool {
				return (len(c.Factuality) == 0 || slices.Contains(c.Factuality, x.Factuality)) && (len(c.Outlet) == 0 || slices.Contains(c.Outlet, x.Outlet))
			}) {
				continue
			}
			if !yield(ev, err) {
				return
			}
		}
	}
}

// asked is the question by its flags, for the header.
func (c *exportCmd) asked(kind string) map[string]string {
	q := map[string]string{"dyad": c.Dyad, "actor": joined(c.Actor), "recipient": joined(c.Recipient), "speaker": joined(c.Speaker), "type": joined(c.Type),
		"stance": joined(c.Stance), "factuality": joined(c.Factuality), "status": joined(c.Status), "since": c.Since, "until": c.Until, "as-of": c.AsOf, "text": c.Text,
		"outlet": joined(c.Outlet), "article": c.Article}
	if c.MinConfidence > 0 {
		q["min-confidence"] = strconv.FormatFloat(c.MinConfidence, 'f', -1, 64)
	}
	if c.Limit > 0 {
		q["limit"] = strconv.Itoa(c.Limit)
	}
	if kind == isnad.KindAssessment {
		q["of"] = "assessments"
	}
	maps.DeleteFunc(q, func(_, v string) bool { return v == "" })
	return q
}

func joined[T ~string](values []T) string {
	s := make([]string, len(values))
	for i, v := range values {
		s[i] = string(v)
	}
	return strings.Join(s, ",")
}
