package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad"
	"isnad/internal/store"
)

func testVersions(t *testing.T, open Open) {
	s := open(t)
	old := isnad.Article{ID: "a", Published: "2024-11-19", Title: "1,500 troops", Text: "first text"}
	changed := old
	changed.Text, changed.Fetched = "second text", "2024-11-21T08:00:00Z"
	// The later version comes in first.
	mustPut(t, s, reading(changed, isnad.Claim{ID: "c2", Type: "AID"}))
	mustPut(t, s, reading(old, isnad.Claim{ID: "c1", Type: "AID"}))
	vs, err := s.Versions(t.Context(), "a")
	if err != nil || len(vs) != 2 {
		t.Fatalf("Versions: %v, %v", vs, err)
	}
	for i, want := range []struct {
		text, known string
		current     bool
	}{{"first text", "2024-11-19T23:59:59Z", false}, {"second text", "2024-11-21T08:00:00Z", true}} {
		if v := vs[i]; v.Text != want.text || v.Known != want.known || v.Current != want.current || v.Number != i+1 {
			t.Errorf("version %d: %q known %s current %v number %d", i, v.Text, v.Known, v.Current, v.Number)
		}
	}
	if d := cmp.Diff([]string{"c2"}, ids(t, s, store.Query{})); d != "" {
		t.Error("claims of the latest version only:", d)
	}
	if cs, err := s.ClaimsOf(t.Context(), vs[0].Digest); err != nil || len(cs) != 1 || cs[0].ID != "c1" {
		t.Errorf("claims of the old version are kept: %v, %v", cs, err)
	}
	if c, v, err := s.Claim(t.Context(), "c1"); err != nil || c.ID != "c1" || v.Number != 1 {
		t.Errorf("a claim of an old version opens to it: %v, %v, %v", c.ID, v.Number, err)
	}
	title := changed
	title.Title, title.Fetched = "Correction: 150 troops", "2024-11-22T08:00:00Z"
	mustPut(t, s, reading(title))
	if v, err := s.Article(t.Context(), "a"); err != nil || v.Number != 3 || v.Title != title.Title {
		t.Errorf("a corrected headline is a version: %+v, %v", v, err)
	}
	// Fetched again without a change, earlier than was known: the first time counts.
	title.Fetched = "2024-11-22T07:00:00Z"
	mustPut(t, s, reading(title))
	title.Fetched = "2024-11-29T07:00:00Z"
	mustPut(t, s, reading(title))
	if v, err := s.Article(t.Context(), "a"); err != nil || v.Fetched != "2024-11-22T07:00:00Z" || v.Known != "2024-11-22T07:00:00Z" {
		t.Errorf("fetched %s, known %s, %v", v.Fetched, v.Known, err)
	}
	mustPut(t, s, reading(isnad.Article{ID: "b", Published: "2024-11-25", Text: "never changed"}))
	for since, want := range map[string][]string{"2024-11-22": {"a"}, "2024-11": {"a"}, "2024-11-23": {}} {
		if d := cmp.Diff(want, articleIDs(t, s, store.ArticleQuery{Revised: since})); d != "" {
			t.Errorf("revised since %s: %s", since, d)
		}
	}
	for _, err := range s.Articles(t.Context(), store.ArticleQuery{Revised: "lately"}) {
		wantErr(t, err, store.ErrInvalid)
	}
}

func testPages(t *testing.T, open Open) {
	s := open(t)
	put := func(id, url, text, fetched string) {
		mustPut(t, s, reading(isnad.Article{ID: id, URL: url, Text: text, Fetched: fetched}))
	}
	put("h1", "https://example.org/a", "one", "2024-01-01")
	put("h2", "https://example.org/a", "two", "2024-01-02") // an id that is a hash of the text changes with it
	put("site1", "https://example.org/", "other", "")
	put("site2", "https://example.org/", "another", "") // a site's address names no article
	if d := cmp.Diff([]string{"site1", "site2", "h2"}, order(t, s)); d != "" {
		t.Error(d)
	}
	put("h3", "https://example.org/b", "three", "2024-01-03")
	put("h3", "https://example.org/a", "four", "2024-01-04") // ties b and a together
	if d := cmp.Diff([]string{"site1", "site2", "h3"}, order(t, s)); d != "" {
		t.Error(d)
	}
	if vs, err := s.Versions(t.Context(), "h1"); err != nil || len(vs) != 4 || vs[3].Text != "four" {
		t.Errorf("%d versions, %v", len(vs), err)
	}
}

// order returns the ids of current articles, sites first as they sort by text.
func order(t *testing.T, s store.Store) []string {
	var sites, rest []string
	for _, id := range articleIDs(t, s, store.ArticleQuery{}) {
		if id[0] == 's' {
			sites = append(sites, id)
		} else {
			rest = append(rest, id)
		}
	}
	return append(sites, rest...)
}

func testAsOf(t *testing.T, open Open) {
	s := open(t)
	first := isnad.Article{ID: "a", Published: "2024-11-19T14:00:00+02:00", Text: "first"}
	second := first
	second.Text, second.Fetched = "second", "2024-11-21T08:00:00Z"
	mustPut(t, s, reading(first, isnad.Claim{ID: "c1"}), reading(second, isnad.Claim{ID: "c2"}),
		reading(isnad.Article{ID: "b", Published: "2024-11", Text: "some day of November"}, isnad.Claim{ID: "b1"}),
		reading(isnad.Article{ID: "d", Text: "no day"}, isnad.Claim{ID: "d1"}))
	for asOf, want := range map[string][]string{
		"":                     {"d1", "b1", "c2"},
		"2024-11-18":           {},
		"2024-11-19T11:59:59Z": {},
		"2024-11-19T12:00:00Z": {"c1"},
		"2024-11-20":           {"c1"},
		"2024-11-21":           {"c2"},
		"2024-11":              {"b1", "c2"},
		"2025":                 {"b1", "c2"},
	} {
		if d := cmp.Diff(want, ids(t, s, store.Query{AsOf: asOf})); d != "" {
			t.Errorf("as of %q: %s", asOf, d)
		}
	}
}
