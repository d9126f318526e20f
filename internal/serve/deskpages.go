package serve

// deskPages adds the pages that a news desk works in.
func (s *Server) deskPages() {
	for _, r := range []struct {
		page, data string
		endpoint
	}{
		{"/search", "/api/search", s.search},
	} {
		s.mux.Handle("GET "+r.page, s.page(r.endpoint))
		s.mux.Handle("GET "+r.data, s.data(r.endpoint))
	}
}
