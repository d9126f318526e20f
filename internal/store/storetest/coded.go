package storetest

import (
	"fmt"
	"testing"

	"isnad"
	"isnad/internal/store"
)

// What others coded stays: an ingest passes over it and reread leaves it alone.
func testCoded(t *testing.T, open Open) {
	s := open(t)
	a := isnad.Article{ID: "a", Text: "text"}
	mustPut(t, s, reading(a, isnad.Claim{ID: "c1", Type: "AID"}))
	theirs := reading(a, isnad.Claim{ID: "c2", Type: "AID"})
	theirs.Reader, theirs.Coded = "annotator", true
	mustPut(t, s, theirs)
	if got := ids(t, s, store.Query{}); fmt.Sprint(got) != "[c2]" {
		t.Errorf("claims %v; want the coder's in place of the reader's", got)
	}
	d, err := store.Digest(a)
	if err != nil {
		t.Fatal(err)
	}
	if known, err := s.Known(t.Context(), Reader, d); err != nil || !known[0] {
		t.Errorf("known %v, %v; an ingest would read over what was coded", known, err)
	}
	for v, err := range s.Stale(t.Context(), "isnad-other") {
		t.Errorf("stale: %s, %v; reread would read over what was coded", v.ID, err)
	}
}
