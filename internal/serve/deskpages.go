package serve

import "isnad/internal/api"

// deskPages adds the pages that a news desk works in, and their data to the API.
func (s *Server) deskPages() {
	for page, e := range map[string]endpoint{
		"/search": s.search,
	} {
		s.mux.Handle("GET "+page, s.page(e))
	}
	operation[searchAsked, searchData](s, api.Op{Path: "/api/search", ID: "search", Tag: "articles", Summary: "Articles by their words and claims",
		About: "Articles that have some words and, where claims are asked for, a claim that answers all of it; how many have which outlet, type, stance and so on."}, s.search)
}
