package storetest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"isnad/internal/store"
)

// testPaging goes through the answers page by page, either way, and wants each
// once and in order: undated articles and those of one day are among them.
func testPaging(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		defer s.Close()
		mustPut(t, s, readings(rt)...)
		q := query(rt)
		q.Limit, q.Offset = 0, 0
		want := ids(t, s, q)
		var got []string
		q.Limit = rapid.IntRange(1, 3).Draw(rt, "page")
		for range len(want) + 2 {
			n := 0
			for c, err := range s.Claims(t.Context(), q) {
				if err != nil {
					rt.Fatal(err)
				}
				got, q.After, n = append(got, c.ID), store.AfterClaim(c), n+1
			}
			if n < q.Limit {
				break
			}
		}
		if d := cmp.Diff(want, got); d != "" && len(want)+len(got) > 0 {
			rt.Fatalf("claims page by page:\n%s", d)
		}
		a := store.ArticleQuery{Newest: q.Newest, AsOf: q.AsOf}
		want, got = articleIDs(t, s, a), nil
		a.Limit = q.Limit
		for range len(want) + 2 {
			page := articlesOf(t, s, a)
			for _, v := range page {
				got, a.After = append(got, v.ID), store.AfterArticle(v.Article)
			}
			if len(page) < a.Limit {
				break
			}
		}
		if d := cmp.Diff(want, got); d != "" && len(want)+len(got) > 0 {
			rt.Fatalf("articles page by page:\n%s", d)
		}
	})
}

func articlesOf(t testing.TB, s store.Store, q store.ArticleQuery) (out []store.Version) {
	for v, err := range s.Articles(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func testOutlets(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, ledger()...)
	got, err := s.Outlets(t.Context())
	if want := []store.Outlet{{Name: "north", Articles: 1}, {Name: "south", Articles: 2}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}
