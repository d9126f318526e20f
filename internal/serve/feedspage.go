package serve

import (
	"cmp"
	"slices"
	"time"

	"isnad/internal/feed"
	"isnad/internal/store"
)

// feedsPage is how every feed does.
type feedsPage struct {
	Feeds  []feedView
	States []stateCount
}

type stateCount struct {
	State string
	N     int
}

// feedView is a feed with its state in a word.
type feedView struct {
	store.Feed
	State string
	Link  string // to its address, "" where that is none of the web
}

// feedStates are the states of a feed, those that want a look first.
var feedStates = []string{feed.Failed, feed.Gone, feed.Quiet, feed.New, feed.Good}

func viewFeed(f store.Feed, now time.Time) feedView {
	return feedView{f, feed.State(f, now), webLink(f.URL)}
}

// feeds answers with the health of all feeds, those that want a look first.
func (s *Server) feeds(r *request) (answer, error) {
	all, err := s.Store.Feeds(r)
	if err != nil {
		return answer{}, err
	}
	p := feedsPage{}
	for _, f := range all {
		p.Feeds = append(p.Feeds, viewFeed(f, s.now()))
	}
	slices.SortStableFunc(p.Feeds, func(a, b feedView) int {
		return cmp.Or(cmp.Compare(slices.Index(feedStates, a.State), slices.Index(feedStates, b.State)), cmp.Compare(a.Outlet, b.Outlet))
	})
	for _, name := range feedStates {
		n := 0
		for _, f := range p.Feeds {
			if f.State == name {
				n++
			}
		}
		if n > 0 {
			p.States = append(p.States, stateCount{name, n})
		}
	}
	return answer{template: "feeds", title: say(r.Lang, "feeds.title"), data: p}, nil
}
