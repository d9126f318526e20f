package serve

// ledgerPages adds the pages of what the ledger makes of claims: events and the
// records that are read out of them.
func (s *Server) ledgerPages() {
	for page, e := range map[string]endpoint{
		"/events":          s.events,
		"/events/{id}":     s.event,
		"/agreements":      s.agreements,
		"/agreements/{id}": s.agreement,
		"/obligations":     s.obligations,
		"/transfers":       s.transfers,
		"/transfers/{id}":  s.transfer,
		"/tour":            s.showTour,
		"/map":             s.drawMap,
		"/timeline":        s.timeline,
		"/network":         s.network,
	} {
		s.mux.Handle("GET "+page, s.page(e))
	}
}
