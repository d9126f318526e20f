package api

import (
	"context"
	"time"

	"isnad/internal/feed"
	"isnad/internal/store"
)

// Status is what the store holds.
type Status struct {
	Schema      int            `json:"schema"`      // number of migrations done
	Revision    int64          `json:"revision"`    // counts the transactions that changed something
	Bytes       int64          `json:"bytes"`       // size of the store
	Articles    int            `json:"articles"`    // in their latest version
	Versions    int            `json:"versions"`    // of all articles
	Claims      int            `json:"claims"`      // of latest versions
	Assessments int            `json:"assessments"` // of latest versions
	Outlets     int            `json:"outlets"`     // that printed an article
	From        string         `json:"from"`        // published first, empty where there is no article
	To          string         `json:"to"`          // published last
	Readers     map[string]int `json:"readers"`     // versions by who read them
	Inputs      int            `json:"inputs"`      // files, folders and addresses ingested to their end
	Unlinked    int            `json:"unlinked"`    // blocks of claims that wait to be linked
	Reader      string         `json:"reader"`      // program and lexicon that answer
}

// Outlet is who printed articles.
type Outlet struct {
	Name     string `json:"name"`     // as it is written
	Articles int    `json:"articles"` // in their latest version
}

// Outlets are all outlets, by name.
type Outlets struct {
	Outlets []Outlet `json:"outlets"`
}

// Feed is a feed and how it does.
type Feed struct {
	store.Feed
	State string `json:"state"` // new, good, quiet (answers, nothing new for two days), failed (does not answer) or gone
}

// Feeds are all feeds, by address.
type Feeds struct {
	Feeds []Feed `json:"feeds"`
}

func (a *API) state() {
	type nothing = struct{}
	Get(a, Op{Path: "/api/status", ID: "status", Tag: "state", Summary: "What the store holds", About: "Counts of what is kept, and the program that answers.", Volatile: true},
		func(ctx context.Context, _ *nothing) (Status, error) {
			st, err := a.Store.Status(ctx)
			if err != nil {
				return Status{}, err
			}
			waiting, err := a.Store.Unlinked(ctx)
			return Status{st.Schema, st.Revision, st.Bytes, st.Articles, st.Versions, st.Claims, st.Assessments, st.Outlets, st.From, st.To, st.Readers, st.Inputs, waiting, a.Reader}, err
		})
	Get(a, Op{Path: "/api/outlets", ID: "outlets", Tag: "state", Summary: "Outlets", About: "Who printed the articles in their latest version, and how many."},
		func(ctx context.Context, _ *nothing) (Outlets, error) {
			all, err := a.Store.Outlets(ctx)
			out := Outlets{[]Outlet{}}
			for _, o := range all {
				out.Outlets = append(out.Outlets, Outlet(o))
			}
			return out, err
		})
	Get(a, Op{Path: "/api/feeds", ID: "feeds", Tag: "state", Summary: "Feeds and how they do", About: "Every feed with its last success, last change and error. Quiet and failed are different things.", Volatile: true},
		func(ctx context.Context, _ *nothing) (Feeds, error) {
			all, err := a.Store.Feeds(ctx)
			out := Feeds{[]Feed{}}
			for _, f := range all {
				out.Feeds = append(out.Feeds, Feed{f, feed.State(f, time.Now())})
			}
			return out, err
		})
}
