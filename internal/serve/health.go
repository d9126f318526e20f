package serve

import (
	"io"
	"net/http"
)

// healthPages tell whoever watches the server how it is, without a log-in:
// /healthz that it answers, /readyz that its store does. They say nothing of what
// the store holds.
func (s *Server) healthPages() {
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { healthy(w, nil) })
	s.mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		_, err := s.Store.Unlinked(r.Context()) // a question that the file must be read for
		if err != nil {
			s.Log.Error("not ready", "err", err)
		}
		healthy(w, err)
	})
}

func healthy(w http.ResponseWriter, err error) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "the store does not answer\n")
		return
	}
	_, _ = io.WriteString(w, "ok\n")
}
