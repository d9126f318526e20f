package api_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"isnad/internal/api"
	"isnad/internal/orth"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open makes an API over a store of these readings.
func open(t testing.TB, rs ...store.Reading) (*api.API, *http.ServeMux, store.Store) {
	t.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "a.db"), sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Put(context.Background(), rs...); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	return api.New(mux, api.Options{Store: s, Reader: "isnad-0.1+test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}), mux, s
}

func TestDocument(t *testing.T) {
	_, mux, _ := open(t)
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest("GET", "/api/openapi.json", nil))
	var doc struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || doc.OpenAPI != "3.1.0" || doc.Paths["/api/claims"] == nil {
		t.Errorf("%v: version %s, %d paths", err, doc.OpenAPI, len(doc.Paths))
	}
}
