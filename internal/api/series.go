package api

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// Days asks for the days of a series.
type Days struct {
	Day    string          `query:"day" doc:"That day, month or year only."`
	Since  string          `query:"since" doc:"From that day on: 2024, 2024-11 or 2024-11-19. Without it the last 120 days."`
	Until  string          `query:"until" doc:"To that day; without it the last with articles."`
	AsOf   string          `query:"as-of" doc:"What was known at the end of that day."`
	Step   escalation.Step `query:"step" enum:"day,week,month" default:"day" doc:"Length of the periods; weeks begin on Monday."`
	Others bool            `query:"others" doc:"What is told of rebels, proxies and others who are not the states; it is no part of the dyad."`
	Paging
}

// SeriesFilter is what values of reported intensity are asked by.
type SeriesFilter struct {
	Dyad []string `query:"dyad" doc:"From state A to state B as A:B; A-B for both, one after the other; a code alone for a state; a region; world (between states, where none is given); all (every event)." example:"PRK:RUS"`
	Days
}

// Escalation is a page of values of reported intensity.
type Escalation struct {
	Values []escalation.Value `json:"values"`
	Next   string             `json:"next"` // cursor of the next page, empty on the last
}

// daysShown is how long a span is where no beginning is given, as on the pages.
const daysShown = 120

func (a *API) series() {
	about := "Reported intensity by period: acts, words, cooperation and disputed in points per thousand readable articles, never added up, each the exact sum of its contributions; the interval, the place in its own past and on the ladder. State says whether it can be known: measured, quiet, unmonitored or failed (values null in the last two). It is a measure of reports and no probability of war."
	of := func(f *SeriesFilter) *SeriesFilter { return f }
	add[Escalation](a, seriesList(a, Op{Path: "/api/escalation", ID: "escalation", Tag: "intensity", Summary: "Reported intensity of dyads, states, regions or the world", About: about}, of))
	add[Escalation](a, seriesList(a, Op{Path: "/api/intensity", ID: "world-intensity", Tag: "intensity", Summary: "Reported intensity of the world", About: about},
		func(d *Days) *SeriesFilter { return &SeriesFilter{Days: *d} }))
	type scope struct {
		ID string `path:"id" doc:"PRK:RUS, PRK-RUS, PRK, a region, world or all."`
		Days
	}
	add[Escalation](a, seriesList(a, Op{Path: "/api/intensity/{id}", ID: "intensity", Tag: "intensity", Summary: "Reported intensity of one dyad, state or region", About: about},
		func(s *scope) *SeriesFilter { return &SeriesFilter{Dyad: []string{s.ID}, Days: s.Days} }))
}

// seriesList is the list of values of what F asks for.
func seriesList[F any](a *API, op Op, of func(*F) *SeriesFilter) list[F, escalation.Value] {
	return list[F, escalation.Value]{Op: op, name: "values", sheet: tabular.Series,
		next: func(v escalation.Value) string { return v.Dyad + " " + v.Day },
		rows: func(ctx context.Context, f *F, limit int) (iter.Seq2[escalation.Value, error], error) {
			return a.values(ctx, of(f), limit)
		}}
}

// values yields scope after scope, each day by day.
func (a *API) values(ctx context.Context, f *SeriesFilter, limit int) (iter.Seq2[escalation.Value, error], error) {
	if !slices.Contains([]escalation.Step{"", escalation.Day, escalation.Week, escalation.Month}, f.Step) {
		return nil, fmt.Errorf("step %q: %w: write day, week or month", f.Step, store.ErrInvalid)
	}
	if err := (store.Query{Since: f.Since, Until: f.Until, AsOf: f.AsOf}).Check(); err != nil {
		return nil, err
	}
	m, k, err := a.Book.Known(ctx, f.AsOf)
	if err != nil {
		return nil, err
	}
	scopes, err := scopesOf(m, f)
	if err != nil {
		return nil, err
	}
	from, to, err := f.span(k.Volume)
	if err != nil {
		return nil, err
	}
	periods := escalation.Periods(cmp.Or(f.Step, escalation.Day), from, to)
	if to == 0 {
		periods = nil // nothing was read
	}
	first, day, err := resume(scopes, f.After)
	if err != nil {
		return nil, err
	}
	return limited(func(yield func(escalation.Value, error) bool) {
		for i, scope := range scopes[first:] {
			x := m.Series(scope, k.Happenings, k.Volume)
			for _, p := range periods {
				if i == 0 && isnad.DayDate(p.From) <= day {
					continue
				}
				if err := ctx.Err(); err != nil {
					yield(escalation.Value{}, err)
					return
				}
				for _, v := range x.Values(cmp.Or(f.Step, escalation.Day), p.From, p.To) {
					if !yield(v, nil) {
						return
					}
				}
			}
		}
	}, limit), nil
}

// scopesOf are the scopes asked for, both ways of a dyad apart.
func scopesOf(m *escalation.Method, f *SeriesFilter) ([]escalation.Scope, error) {
	names := f.Dyad
	if len(names) == 0 {
		names = []string{"world"}
	}
	var out []escalation.Scope
	for _, n := range names {
		s, err := m.ParseScope(n)
		if err != nil {
			return nil, fmt.Errorf("dyad: %w: %w", store.ErrInvalid, err)
		}
		s.Others = f.Others
		if !s.Either {
			out = append(out, s)
			continue
		}
		s.Either = false
		back := s
		back.From, back.To = s.To, s.From
		out = append(out, s, back)
	}
	return out, nil
}

// span is the days asked for, the last included.
func (d Days) span(v escalation.Volume) (from, to int, err error) {
	_, to = v.Bounds()
	for _, x := range []struct {
		name, date string
		from, to   bool // which end it sets
	}{{"as-of", d.AsOf, false, true}, {"until", d.Until, false, true}, {"since", d.Since, true, false}, {"day", d.Day, true, true}} {
		if x.date == "" {
			continue
		}
		a, b, ok := store.Interval(x.date)
		if !ok {
			return 0, 0, fmt.Errorf("%s %q: %w: it is no date; write 2024, 2024-11 or 2024-11-19", x.name, x.date, store.ErrInvalid)
		}
		if x.from {
			from = isnad.Day(a.Format("2006-01-02"))
		}
		if x.to {
			to = isnad.Day(b.Format("2006-01-02"))
		}
	}
	if from == 0 {
		from = to - daysShown + 1
	}
	if from > to {
		return 0, 0, fmt.Errorf("since, until: %w: since lies after until", store.ErrInvalid)
	}
	return from, to, nil
}

// resume finds the place of a cursor: the scope that it is in, and its day.
func resume(scopes []escalation.Scope, after string) (int, string, error) {
	if after == "" {
		return 0, "", nil
	}
	i := strings.LastIndexByte(after, ' ')
	if i > 0 && isnad.Day(after[i+1:]) != 0 {
		for n, s := range scopes {
			if s.String() == after[:i] {
				return n, after[i+1:], nil
			}
		}
	}
	return 0, "", fmt.Errorf("cursor %q: %w: take it from a page of results, or leave it out for the first", after, store.ErrInvalid)
}
