package api

import (
	"context"
	"iter"

	"isnad"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// Events is a page of events.
type Events struct {
	Events []isnad.Event `json:"events"`
	Next   string        `json:"next"` // cursor of the next page, empty on the last
}

// byID is a path that ends in an id.
type byID struct {
	ID string `path:"id" doc:"Its id."`
}

func (a *API) events() {
	add[Events](a, list[EventFilter, isnad.Event]{
		Op: Op{Path: "/api/events", ID: "events", Tag: "events", Summary: "Events",
			About: "Events as they were linked last, in the order of their first reports. With as-of they are linked anew for the question, which takes as long as linking the store does."},
		name: "events", sheet: tabular.Events,
		next: func(e isnad.Event) string { return store.AfterEvent(e).String() },
		rows: a.eventRows,
	})
	Get(a, Op{Path: "/api/events/{id}", ID: "event", Tag: "events", Summary: "An event with all its claims",
		About: "One event, by its id, by one that it had, by the id of one of its claims, or by a beginning of its own where no other begins so."},
		func(ctx context.Context, in *byID) (isnad.Event, error) { return a.Store.Event(ctx, in.ID) })
}

func (a *API) eventRows(ctx context.Context, f *EventFilter, limit int) (iter.Seq2[isnad.Event, error], error) {
	q, err := f.query(limit)
	if err != nil || f.AsOf == "" {
		return a.Store.Events(ctx, q), err
	}
	rows, err := a.Book.EventsAsOf(ctx, q, f.AsOf)
	return limited(rows, limit), err
}

// limited yields at most so many rows, 0 for all.
func limited[T any](rows iter.Seq2[T, error], limit int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		n := 0
		for x, err := range rows {
			if n++; !yield(x, err) || n == limit {
				return
			}
		}
	}
}
