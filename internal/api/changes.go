package api

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"isnad/internal/store"
	"isnad/internal/tabular"
)

// Change is an entry of the feed of changes.
type Change struct {
	Seq  int64  `json:"seq"`  // cursor: ask for what comes after it
	Kind string `json:"kind"` // made, changed, gone: an event; revised, withdrawn: an article
	ID   string `json:"id"`   // of the event, or the article
	Into string `json:"into"` // of a gone event the one that has its first claim now, else empty
}

// Changes is a page of changes.
type Changes struct {
	Changes []Change `json:"changes"`
	Next    string   `json:"next"` // cursor of the next page, empty on the last
}

var changeSheet = tabular.Sheet[Change]{
	Columns: []string{"seq", "kind", "id", "into"},
	Cells:   func(c Change) []string { return []string{strconv.FormatInt(c.Seq, 10), c.Kind, c.ID, c.Into} },
}

func (a *API) changes() {
	add[Changes](a, list[Paging, Change]{
		Op: Op{Path: "/api/changes", ID: "changes", Tag: "changes", Summary: "What has changed",
			About: "Events that are new, otherwise or gone, articles in a new version or withdrawn, the oldest first. Keep the seq of the last one seen and ask for what comes after it."},
		name: "changes", sheet: changeSheet, next: func(c Change) string { return strconv.FormatInt(c.Seq, 10) },
		rows: func(ctx context.Context, p *Paging, limit int) (iter.Seq2[Change, error], error) {
			var after int64
			if p.After != "" {
				var err error
				if after, err = strconv.ParseInt(p.After, 10, 64); err != nil || after < 0 {
					return nil, fmt.Errorf("cursor %q: %w: write the seq of the last change seen", p.After, store.ErrInvalid)
				}
			}
			return limited(mapped(a.Store.Changes(ctx, after), func(c store.Change) Change { return Change(c) }), limit), nil
		},
	})
}
