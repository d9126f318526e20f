package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"

	"isnad"
	"isnad/internal/demo"
	"isnad/internal/orth"
	"isnad/internal/serve"
	"isnad/internal/store/sqlite"
)

// TestTour holds the tour of the demonstration (internal/serve, tour.go) to what
// the program makes of the bundled reports: what it says is to be seen is there,
// and what it says is wrong still is. Where a fault is gone, its words in
// words_ledger.tsv go too.
func TestTour(t *testing.T) {
	env := &environment{ctx: t.Context(), stdout: t.Output(), stderr: t.Output(), newReader: newReader}
	r, lex, err := env.reader()
	if err != nil {
		t.Fatal(err)
	}
	articles, err := demo.Reports()
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "demo.db"), sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	kept := newBatch(s, r.Name(), env.tally("reading"))
	produce := func(_ context.Context, hand func(isnad.Article) error) error {
		for _, a := range articles {
			if err := hand(a); err != nil {
				return err
			}
		}
		return nil
	}
	if err := readAll(t.Context(), newFactual(r, lex), 0, produce, func(res result) error { return kept.add(t.Context(), res) }); err != nil {
		t.Fatal(err)
	}
	if err := kept.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	book, err := newLedger(lex)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Link(t.Context(), book); err != nil {
		t.Fatal(err)
	}
	pages := serve.New(serve.Options{Store: s, Lexicon: lex, Ledger: bookkeeper{book}, Demo: true})
	ask := func(path string, into any) {
		t.Helper()
		q := httptest.NewRequest("GET", path, nil)
		q.Host = "127.0.0.1"
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, q)
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d, %v: %s", path, w.Code, err, w.Body)
		}
	}
	var got struct {
		Events      []isnad.Event
		Agreements  []isnad.Agreement
		Obligations []isnad.Obligation
		Transfers   []isnad.Transfer
	}
	var stops []struct{ Name, Link string }
	ask("/tour?format=json", &stops)
	if len(stops) != 5 {
		t.Fatalf("%d stops", len(stops))
	}
	for _, stop := range stops {
		got.Events, got.Agreements, got.Obligations, got.Transfers = nil, nil, nil, nil
		ask("/api"+stop.Link, &got)
		seen, wrong := false, false
		switch stop.Name {
		case "transfer":
			for _, x := range got.Transfers {
				seen = seen || x.Status == isnad.Disputed && slices.Contains(x.DeniedBy, "PRK") && len(x.Quantity) >= 3
				wrong = wrong || len(x.Against) == 0
			}
			ask("/api/transfers?dyad=RUS:PRK&what=troops", &got)
			wrong = wrong && len(got.Transfers) > 0
		case "corroborated":
			for _, x := range got.Events {
				if x.Type == "AGREE" && x.Outlets == 3 {
					seen, wrong = true, x.Origins == 2
				}
			}
		case "corrected":
			for _, x := range got.Events {
				for _, c := range x.Contested {
					if c.What == "troops" {
						has := func(figure float64) bool {
							return slices.ContainsFunc(c.Values, func(v isnad.Value) bool { return v.Low != nil && *v.Low == figure })
						}
						seen, wrong = has(1500) && has(15000), x.Status == isnad.Confirmed
					}
				}
			}
		case "pact":
			for _, x := range got.Agreements {
				step := func(name, from, to string) bool {
					return slices.ContainsFunc(x.Life, func(s isnad.PactStep) bool { return s.Step == name && s.On >= from && s.On <= to })
				}
				seen = seen || step("signed", "2024-06", "2024-07") && step("ratified", "2024-10", "2024-11") && step("ratified", "2024-11", "2024-12")
				wrong = wrong || step("in force", "2000", "2001") && !step("in force", "2024-12", "2025") && len(x.Replaces) == 0
			}
		case "owed":
			seen, wrong = true, len(got.Obligations) == 0
		}
		if !seen {
			t.Errorf("%s does not show what the tour says: %+v", stop.Link, got)
		}
		if !wrong {
			t.Errorf("%s is no longer wrong in the way that the tour says; rewrite tour.%s.wrong in internal/serve/words_ledger.tsv: %+v", stop.Link, stop.Name, got)
		}
	}
}
