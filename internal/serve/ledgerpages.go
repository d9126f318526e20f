package serve

// ledgerPages adds the pages of what the ledger makes of claims: events and the
// records that are read out of them.
func (s *Server) ledgerPages() {
	for _, r := range []struct {
		page, data string
		endpoint
	}{
		{"/events", "/api/events", s.events},
		{"/events/{id}", "/api/events/{id}", s.event},
		{"/agreements", "/api/agreements", s.agreements},
		{"/agreements/{id}", "/api/agreements/{id}", s.agreement},
		{"/obligations", "/api/obligations", s.obligations},
		{"/transfers", "/api/transfers", s.transfers},
		{"/transfers/{id}", "/api/transfers/{id}", s.transfer},
	} {
		s.mux.Handle("GET "+r.page, s.page(r.endpoint))
		s.mux.Handle("GET "+r.data, s.data(r.endpoint))
	}
	s.mux.Handle("GET /tour", s.page(s.showTour))
}
