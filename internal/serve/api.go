package serve

import (
	"context"
	"iter"
	"net/http"
	"slices"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/escalation"
	"isnad/internal/intensity"
	"isnad/internal/store"
)

// operation adds an endpoint's data to the API, where package api has it not
// already. In is a struct of the parameters (huma's tags), Out the type of the
// answer's json.
func operation[In, Out any](s *Server, op api.Op, e endpoint) {
	api.Get(s.api, op, func(ctx context.Context, in *In) (Out, error) {
		r := api.Asked(ctx)
		q := r.URL.Query()
		lang := isnad.Lang(q.Get("lang"))
		if !slices.Contains(interfaceLangs, lang) {
			lang = isnad.English
		}
		a, err := e(&request{Context: ctx, settings: settings{Lang: lang}, params: &params{values: q}, id: r.PathValue("id"), viewer: s.viewer(r)})
		out, _ := a.json.(Out)
		return out, err
	})
}

// pagesData adds the endpoints that are operations of the API themselves.
func (s *Server) pagesData() {
	type byID struct {
		ID string `path:"id" doc:"Its id, or a beginning of it where no other begins so."`
	}
	type inLang struct {
		Lang string `query:"lang" enum:"en,ar" default:"en" doc:"Language of the text."`
	}
	operation[byID, OneClaim](s, api.Op{Path: "/api/claims/{id}", ID: "claim", Tag: "claims", Summary: "A claim with its article and how it was read",
		About: "One claim, the version of the article that its offsets point into, and the lexicon rows and rules that made it, step by step."}, s.claim)
	operation[struct{}, []tourStop](s, api.Op{Path: "/api/tour", ID: "tour", Tag: "state", Summary: "What to look at in the demonstration",
		About: "Addresses of pages. Found in the demonstration only."}, s.showTour)
	operation[inLang, Quality](s, api.Op{Path: "/api/quality", ID: "quality", Tag: "state", Summary: "Known weaknesses and scores",
		About: "What is often read wrongly, and precision, recall and F1 of every measure."}, s.quality)
}

// pageData answers a page's ?format= with its data: the operation of the same
// path under /api, without the parameters that are only the page's.
func (s *Server) pageData(w http.ResponseWriter, r *http.Request) {
	u := *r.URL
	u.Path, u.RawPath = "/api"+u.Path, ""
	if r.URL.RawPath != "" {
		u.RawPath = "/api" + r.URL.RawPath
	}
	switch r.URL.Path {
	case "/":
		u.Path = "/api/today"
	case "/articles":
		if r.URL.Query().Has("id") {
			u.Path = "/api/article"
		}
	}
	s.api.Restrict(&u)
	to := r.Clone(r.Context())
	to.URL = &u
	s.mux.ServeHTTP(w, to)
}

// sources is what the API asks of the server: what is worked out of all claims, from
// the same caches as the pages.
type sources struct{ *Server }

// Records implements api.Book.
func (b sources) Records(ctx context.Context, within api.Bounds) (*api.Records, error) {
	return b.recordsWithin(ctx, within)
}

// EventsAsOf implements api.Book.
func (b sources) EventsAsOf(ctx context.Context, q store.EventQuery, asOf string) (iter.Seq2[isnad.Event, error], error) {
	return b.eventsAsOf(ctx, q, asOf)
}

// Known implements api.Book.
func (b sources) Known(ctx context.Context, asOf string) (*escalation.Method, *escalation.Known, error) {
	m, k, err := b.gathered(ctx)
	if err != nil || asOf == "" {
		return m, k, err
	}
	events, err := b.eventsAsOf(ctx, store.EventQuery{}, asOf)
	if err != nil {
		return nil, nil, err
	}
	then, err := intensity.Gather(ctx, b.Store, asOf, events)
	return m, &then, err
}
