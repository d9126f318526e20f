package serve

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/feed"
	"isnad/internal/store"
)

// todayPage is what changed in some days. Days are those of publication: what an
// archive of July tells is what a reader of July would have seen, whenever it was
// ingested. Feeds are told as they are now.
type todayPage struct {
	Since, Until string // first and last day
	One          bool   // they are the same
	Last         bool   // no later day has news
	Before       string // link to the day before
	After        string // link to the day after, "" on the last
	Newest       string // link to the last day, "" there
	Articles     int
	Outlets      int
	Search       string // link to its articles

	New                                               []eventView // the first few, most outlets first
	NewTotal                                          int
	NewLink                                           string
	OpenedTotal, ClosedTotal, RevisedTotal, FirmTotal int           // of which the first few follow
	Opened                                            []disputeView // disputes that began
	Closed                                            []disputeView // disputes that ended
	Firm                                              []eventView   // older events that are confirmed or corroborated since
	Revised                                           []revisionView
	Versions                                          []changedView
	Withdrawn                                         []store.Tombstone
	Feeds                                             []feedView  // that failed, went quiet or are gone
	Healthy                                           int         // the others
	Waiting                                           bool        // articles that are not linked yet
	Disputed                                          []eventView // the last few events that are disputed now, where the days opened none
}

// disputeView is an event whose status changed.
type disputeView struct {
	eventView
	On  string
	Was isnad.Status // "" where it had none
	By  *saidView    // the claim that brought it
}

// revisionView is a figure that its speaker gave otherwise before.
type revisionView struct {
	eventView
	What, Who string
	Outlet    string // that tells it in its own voice, else ""
	Before    string
	Now       valueView
}

// changedView is an article that was changed after it was printed.
type changedView struct {
	Title  quote
	Outlet string
	Known  string
	Link   string // to the difference
}

// todayData is the same as JSON.
type todayData struct {
	Since     string          `json:"since"`
	Until     string          `json:"until"`
	Articles  int             `json:"articles"`
	New       []isnad.Event   `json:"new"`
	Opened    []turnData      `json:"disputes_opened"`
	Closed    []turnData      `json:"disputes_closed"`
	Firm      []isnad.Event   `json:"confirmed_or_corroborated"`
	Revised   []revisedData   `json:"figures_revised"`
	Versions  []api.Article   `json:"articles_changed"`
	Withdrawn []withdrawnData `json:"articles_withdrawn"`
	Feeds     []api.Feed      `json:"feeds"` // that are not as they should be
}

type withdrawnData struct {
	Article   string `json:"article"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Withdrawn string `json:"withdrawn"`
	Reason    string `json:"reason"`
}

type turnData struct {
	Event  string       `json:"event"`
	On     string       `json:"on"`
	Before isnad.Status `json:"before"`
	Status isnad.Status `json:"status"`
	Claim  string       `json:"claim"`
}

type revisedData struct {
	Event  string `json:"event"`
	What   string `json:"what"`
	Claim  string `json:"claim"` // that gives it
	Before string `json:"before"`
	Value  string `json:"value"`
}

const (
	newShown  = 12
	listShown = 12 // of the other lists
	mostDays  = 31 // that are told at once
)

// today answers with what changed since a day; without one, on the last day that has news.
func (s *Server) today(r *request) (answer, error) {
	last, err := s.lastDay(r)
	if err != nil {
		return answer{}, err
	}
	from, to, err := r.days(last)
	if err != nil {
		return answer{}, err
	}
	p, data := &todayPage{}, noNews()
	if last != 0 {
		if p, data, err = s.news.of(r, s, from, to, last); err != nil {
			return answer{}, err
		}
		waiting, err := s.Store.Unlinked(r)
		if err != nil {
			return answer{}, err
		}
		p.Waiting = waiting > 0
	}
	if err := s.feedsOf(r, p, &data); err != nil {
		return answer{}, err
	}
	return answer{template: "today", title: say(r.Lang, "today.title"), data: p, json: data}, nil
}

func noNews() todayData {
	return todayData{New: []isnad.Event{}, Opened: []turnData{}, Closed: []turnData{}, Firm: []isnad.Event{}, Revised: []revisedData{}, Versions: []api.Article{}, Withdrawn: []withdrawnData{}, Feeds: []api.Feed{}}
}

// lastDay is the last day that an article is dated, 0 where none is.
func (s *Server) lastDay(r *request) (int, error) {
	for v, err := range s.Store.Articles(r, store.ArticleQuery{Newest: true, Limit: 1}) {
		return isnad.Day(v.Published), err
	}
	return 0, nil
}

// days reads ?since= and ?until=.
func (p *params) days(last int) (from, to int, err error) {
	from, to = last, last
	for _, x := range []struct {
		name string
		into *int
	}{{"since", &from}, {"until", &to}} {
		if v := p.text(x.name); v != "" {
			if *x.into = isnad.Day(v); *x.into == 0 || len(v) < len("2006-01-02") {
				return 0, 0, fmt.Errorf("%s %q: %w: it is no day; write 2024-11-19", x.name, v, store.ErrInvalid)
			}
		}
	}
	if from > to && p.text("until") == "" {
		to = from
	}
	if from > to || to-from >= mostDays {
		return 0, 0, fmt.Errorf("since, until: %w: ask for %d days at most, in order", store.ErrInvalid, mostDays)
	}
	return from, to, nil
}

func (p *todayPage) bounds(from, to, last int) {
	day := func(from, to int) string {
		return "/today?since=" + isnad.DayDate(from) + "&until=" + isnad.DayDate(to)
	}
	p.Since, p.Until = isnad.DayDate(from), isnad.DayDate(to)
	p.One, p.Last = from == to, to >= last
	p.Before = day(from-1, from-1)
	if !p.Last {
		p.After, p.Newest = day(to+1, to+1), "/today"
	}
	between := url.Values{"since": {p.Since}, "until": {p.Until}}.Encode()
	p.NewLink, p.Search = "/events?"+between, "/search?"+between
}

// within says whether a date lies in the days of the page.
func (p *todayPage) within(date string) bool { return store.Within(date, p.Since, p.Until) }

// feedsOf tells which feeds are not as they should be.
func (s *Server) feedsOf(r *request, p *todayPage, data *todayData) error {
	feeds, err := s.Store.Feeds(r)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		switch v := viewFeed(f, s.now()); v.State {
		case feed.Failed, feed.Quiet, feed.Gone:
			p.Feeds, data.Feeds = append(p.Feeds, v), append(data.Feeds, api.Feed{Feed: f, State: v.State})
		default:
			p.Healthy++
		}
	}
	slices.SortStableFunc(p.Feeds, func(a, b feedView) int {
		return cmp.Compare(slices.Index(feedStates, a.State), slices.Index(feedStates, b.State))
	})
	return nil
}
