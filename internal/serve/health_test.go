package serve

import (
	"net/http/httptest"
	"testing"
)

// Health is told without a log-in, and a store that does not answer is not ready.
func TestHealth(t *testing.T) {
	s, _ := guarded(t, Access{Cert: "cert.pem"})
	v := visiting(t, s)
	for _, path := range []string{"/healthz", "/readyz"} {
		if code, _, body := v.ask("GET", path, nil); code != 200 || body != "ok\n" {
			t.Errorf("%s: %d %q", path, code, body)
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "http://a.example/healthz", nil)) // as what watches it asks
	if w.Code != 200 {
		t.Errorf("not encrypted: %d", w.Code)
	}
	if err := s.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503} {
		if code, _, _ := v.ask("GET", path, nil); code != want {
			t.Errorf("%s with a closed store: %d; want %d", path, code, want)
		}
	}
}
