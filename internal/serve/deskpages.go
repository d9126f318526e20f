package serve

import (
	"net/http"
	"net/url"

	"isnad/internal/api"
)

// deskPages adds the pages that a news desk works in, and their data to the API.
func (s *Server) deskPages() {
	s.mux.Handle("GET /{$}", s.home())
	for page, e := range map[string]endpoint{
		"/search":       s.search,
		"/today":        s.today,
		"/actors/{id}":  s.actor,
		"/dyads/{id}":   s.dyad,
		"/outlets/{id}": s.outlet,
		"/feeds":        s.feeds,
	} {
		s.mux.Handle("GET "+page, s.page(e))
	}
	operation[searchAsked, searchData](s, api.Op{Path: "/api/search", ID: "search", Tag: "articles", Summary: "Articles by their words and claims",
		About: "Articles that have some words and, where claims are asked for, a claim that answers all of it; how many have which outlet, type, stance and so on."}, s.search)
	operation[daysAsked, todayData](s, api.Op{Path: "/api/today", ID: "today", Tag: "changes", Summary: "What changed in some days", Volatile: true,
		About: "Events that are new, disputes that began and ended, figures that were revised, articles that were changed or withdrawn, by day of publication; and the feeds that are not as they should be now."}, s.today)
	operation[byCode, actorData](s, api.Op{Path: "/api/actors/{id}", ID: "actor", Tag: "events", Summary: "What a state or body does, says and denies",
		About: "The last claims of each kind, the types of what it does, its agreements and transfers."}, s.actor)
	operation[byDyad, dyadData](s, api.Op{Path: "/api/dyads/{id}", ID: "dyad", Tag: "events", Summary: "What one state does to another",
		About: "The last events of a dyad, what is denied and what lies ahead, its agreements and transfers."}, s.dyad)
	operation[byOutlet, outletData](s, api.Op{Path: "/api/outlets/{id}", ID: "outlet", Tag: "articles", Summary: "Where an outlet has its reports from",
		About: "Counts of articles that tell an event: by itself, crediting whom, in whose words; and who has it from here."}, s.outlet)
	operation[versionsAsked, differenceData](s, api.Op{Path: "/api/difference", ID: "difference", Tag: "articles", Summary: "What changed between two versions of an article",
		About: "Headline, author line and text in parts that are the same, gone or new: all that are not new are the older version, all that are not gone the newer one."}, s.differs)
}

// What the operations are asked by.
type (
	daysAsked struct {
		Since string `query:"since" doc:"First day, e.g. 2024-11-19; the last day with news where none is given."`
		Until string `query:"until" doc:"Last day; 31 days at most."`
	}
	byCode struct {
		ID string `path:"id" doc:"Code of a state or body, e.g. RUS."`
	}
	byDyad struct {
		ID string `path:"id" doc:"From state A to state B as A:B; A-B for either way."`
	}
	byOutlet struct {
		ID string `path:"id" doc:"Name of an outlet as its articles have it, or an origin's id."`
	}
	versionsAsked struct {
		ID      string `query:"id" required:"true" doc:"Id of the article."`
		Version int    `query:"version" doc:"A version, 1 is the oldest; the latest where none is given."`
		With    int    `query:"with" doc:"The other version."`
	}
)

// home leads to what changed. The list of articles had this address once, and its
// questions lead to where it is now.
func (s *Server) home() http.Handler {
	today := s.page(s.today)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.Query()
		for _, name := range []string{"text", "outlet", "language", "type", "stance", "as-of", "order", "after", "limit"} {
			if asked.Has(name) {
				to := url.URL{Path: "/articles", RawQuery: r.URL.RawQuery}
				http.Redirect(w, r, to.String(), http.StatusFound)
				return
			}
		}
		today.ServeHTTP(w, r)
	})
}

// articlesOrOne answers with the list of articles, or with the one that ?id= names:
// some ids can't stand in a path.
func (s *Server) articlesOrOne(r *request) (answer, error) {
	if r.values.Has("id") {
		return s.article(r)
	}
	return s.articles(r)
}
