package storetest

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"isnad"
	"isnad/internal/store"
)

// full is a reading in which every field holds something.
func full() store.Reading {
	party := isnad.Actor{Code: "RUS", Role: "GOV", ID: "rus_moscow", Name: "موسكو", Span: isnad.Span{Start: 4, End: 9}}
	a := isnad.Article{ID: "full", URL: "https://example.org/a/1?x=<&>", Outlet: "example", Title: "عنوان", Byline: "أ ف ب", Published: "2024-11-19T14:31:00+02:00",
		Lang: isnad.Arabic, Text: "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.", Fetched: "2024-11-20T00:00:00Z",
		Extra: map[string]json.RawMessage{"section": json.RawMessage(`"world"`), "n": json.RawMessage(`[1,{"a":null}]`)}}
	a.SHA256 = store.TextSHA256(a.Text)
	return reading(a, isnad.Claim{ID: "full-1", Type: "AID", Mode: []string{"military"}, Contexts: []string{"military"}, Actor: actors("PRK"), Recipient: []isnad.Actor{party},
		Speaker: []isnad.Actor{party}, Stance: isnad.Denies, Denies: isnad.DeniesEvent, Factuality: isnad.Actual,
		Chain:      []isnad.Voice{{Speaker: []isnad.Actor{party}, Stance: isnad.Denies, Cue: isnad.Span{Start: 0, End: 3}}, {Stance: isnad.States}},
		Trigger:    isnad.Trigger{Span: isnad.Span{Start: 10, End: 15}, Text: "تزويد"},
		Places:     []isnad.Place{{ID: "p", Name: "بيونغ يانغ", State: "PRK", Lat: 39.03, Lon: 125.75, Precision: "town", Span: isnad.Span{Start: 16, End: 26}}},
		When:       isnad.When{From: "2024-11-19", To: "2024-11-19", Precision: "day"},
		Quantities: []isnad.Quantity{{Kind: "troops", Low: 1500, High: 1500, Approx: "about", Unit: "", Span: isnad.Span{Start: 1, End: 2}}},
		Confidence: 0.75, Rules: []string{"cues:deny", "rule:masdar"}})
}

func testRoundTrip(t *testing.T, open Open) {
	s := open(t)
	r := full()
	if got, want := mustPut(t, s, r), (store.Added{Articles: 1, Claims: 1}); got != want {
		t.Errorf("added %+v; want %+v", got, want)
	}
	v, err := s.Article(t.Context(), "full")
	if err != nil {
		t.Fatal(err)
	}
	digest, err := store.Digest(r.Article)
	if err != nil {
		t.Fatal(err)
	}
	want := store.Version{Article: r.Article, Digest: digest, Number: 1, Current: true, Known: "2024-11-19T12:31:00Z", Reader: Reader, Sentences: 1, Claims: 1}
	if d := cmp.Diff(want, v); d != "" {
		t.Errorf("article changed (-put +kept):\n%s", d)
	}
	cs, err := s.ClaimsOf(t.Context(), digest)
	if err != nil || len(cs) != 1 {
		t.Fatalf("ClaimsOf: %v, %v", cs, err)
	}
	if d := cmp.Diff(r.Claims[0], cs[0], cmpopts.EquateEmpty()); d != "" {
		t.Errorf("claim changed (-put +kept):\n%s", d)
	}
	put, _ := isnad.Line(r.Claims[0])
	kept, _ := isnad.Line(cs[0])
	if string(put) != string(kept) {
		t.Errorf("other bytes:\n%s%s", put, kept)
	}
	c, v2, err := s.Claim(t.Context(), "full-1")
	if err != nil || c.ID != "full-1" || v2.Digest != digest {
		t.Errorf("Claim: %v of %v, %v", c.ID, v2.Digest, err)
	}
}

func testIdempotent(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, full())
	before, err := s.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := mustPut(t, s, full(), full()), (store.Added{Same: 2}); got != want {
		t.Errorf("added %+v; want %+v", got, want)
	}
	after, err := s.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, after, cmpopts.IgnoreFields(store.Status{}, "Bytes")); d != "" {
		t.Errorf("status changed:\n%s", d)
	}
	d, _ := store.Digest(full().Article)
	known, err := s.Known(t.Context(), Reader, "no such", d)
	if err != nil || known[0] || !known[1] {
		t.Errorf("Known: %v, %v", known, err)
	}
	known, err = s.Known(t.Context(), "another reader", d)
	if err != nil || known[0] {
		t.Errorf("Known by another reader: %v, %v", known, err)
	}
}

func testAtomic(t *testing.T, open Open) {
	s := open(t)
	good := reading(isnad.Article{ID: "good", Text: "x"}, isnad.Claim{Type: "AID"})
	bad := reading(isnad.Article{ID: "bad", Text: "x"}, isnad.Claim{Type: "AID", Places: []isnad.Place{{Lat: math.NaN()}}}) // passes the check, has no JSON
	if _, err := s.Put(t.Context(), good, bad); err == nil {
		t.Fatal("a claim without JSON was put")
	}
	empty(t, s)
}

func testCancelled(t *testing.T, open Open) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(ctx, full()); err == nil {
		t.Fatal("put under a cancelled context")
	}
	empty(t, s)
}

func empty(t *testing.T, s store.Store) {
	t.Helper()
	st, err := s.Status(t.Context())
	if err != nil || st.Versions != 0 || st.Revision != 0 {
		t.Errorf("something was left: %+v, %v", st, err)
	}
	if got := ids(t, s, store.Query{}); len(got) != 0 {
		t.Errorf("claims were left: %v", got)
	}
}

func testInvalid(t *testing.T, open Open) {
	s := open(t)
	a := isnad.Article{ID: "a", Text: "نص"}
	with := func(change func(*store.Reading)) store.Reading {
		r := reading(a, isnad.Claim{Type: "AID"})
		change(&r)
		return r
	}
	for name, r := range map[string]store.Reading{
		"no id":            with(func(r *store.Reading) { r.Article.ID = "" }),
		"no reader":        with(func(r *store.Reading) { r.Reader = "" }),
		"not UTF-8":        with(func(r *store.Reading) { r.Article.Text = "\xff" }),
		"other sha256":     with(func(r *store.Reading) { r.Article.SHA256 = "00" }),
		"claim without id": with(func(r *store.Reading) { r.Claims[0].ID = "" }),
		"claim twice":      with(func(r *store.Reading) { r.Claims = append(r.Claims, r.Claims[0]) }),
		"other article":    with(func(r *store.Reading) { r.Claims[0].Article = "b" }),
		"field":            with(func(r *store.Reading) { r.Claims[0].Field = "byline" }),
		"kind":             with(func(r *store.Reading) { r.Claims[0].Kind = "rumour" }),
		"confidence":       with(func(r *store.Reading) { r.Claims[0].Confidence = math.NaN() }),
		"span in bytes":    with(func(r *store.Reading) { r.Claims[0].Trigger.End = 4 }),
		"span backwards":   with(func(r *store.Reading) { r.Claims[0].Sentence = isnad.Span{Start: 2, End: 1} }),
		"extra":            with(func(r *store.Reading) { r.Article.Extra = map[string]json.RawMessage{"x": nil} }),
	} {
		_, err := s.Put(t.Context(), r)
		if wantErr(t, err, store.ErrInvalid); t.Failed() {
			t.Fatal(name)
		}
	}
	empty(t, s)
}

func testReread(t *testing.T, open Open) {
	s := open(t)
	a := isnad.Article{ID: "a", Text: "one two"}
	mustPut(t, s, reading(a, isnad.Claim{ID: "old", Type: "AID", Actor: actors("RUS")}), reading(isnad.Article{ID: "b", Text: "three"}))
	again := reading(a, isnad.Claim{ID: "new", Type: "ASSAULT", Actor: actors("USA")})
	again.Reader, again.Sentences = "later", 2
	stale := 0
	for v, err := range s.Stale(t.Context(), "later") {
		if err != nil {
			t.Fatal(err)
		}
		stale++
		if v.ID == "a" { // Put while the list is ranged over
			if got, want := mustPut(t, s, again), (store.Added{Reread: 1, Claims: 1}); got != want {
				t.Errorf("added %+v; want %+v", got, want)
			}
		}
	}
	if stale != 2 {
		t.Errorf("%d stale versions; want 2", stale)
	}
	for q, want := range map[*store.Query][]string{
		{}:                                {"new"},
		{Actor: []isnad.Code{"RUS"}}:      {},
		{Actor: []isnad.Code{"USA"}}:      {"new"},
		{Type: []isnad.Type{"AID"}}:       {},
		{Text: "two"}:                     {"new"},
		{Type: []isnad.Type{"ASSAULT"}}:   {"new"},
		{Recipient: []isnad.Code{"none"}}: {},
	} {
		if d := cmp.Diff(want, ids(t, s, *q)); d != "" {
			t.Errorf("%+v: %s", *q, d)
		}
	}
	v, err := s.Article(t.Context(), "a")
	if err != nil || v.Reader != "later" || v.Sentences != 2 || v.Claims != 1 {
		t.Errorf("article a: %+v, %v", v, err)
	}
}
