package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"isnad"
	"isnad/internal/store"
)

var (
	dates = []string{"", "2024", "2024-10", "2024-10-01", "2024-10-02", "2024-10-02T12:00:00Z", "2024-11-01T00:00:00+03:00"}
	codes = []isnad.Code{"RUS", "PRK", "USA", isnad.Unknown}
	texts = []string{"moscow sent arms", "seoul denied arms", "nothing"}
)

// readings draws a few articles, some of them versions of one another.
func readings(t *rapid.T) []store.Reading {
	var out []store.Reading
	seen := map[string]bool{}
	for i := range rapid.IntRange(0, 8).Draw(t, "articles") {
		a := isnad.Article{
			ID:        rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "id"),
			URL:       rapid.SampledFrom([]string{"", "https://x.org/1", "https://x.org/2", "https://x.org/"}).Draw(t, "url"),
			Outlet:    rapid.SampledFrom([]string{"north", "south"}).Draw(t, "outlet"),
			Published: rapid.SampledFrom(dates).Draw(t, "published"),
			Fetched:   rapid.SampledFrom(dates).Draw(t, "fetched"),
			Text:      rapid.SampledFrom(texts).Draw(t, "text"),
			Lang:      "en",
		}
		var cs []isnad.Claim
		party := func(name string) []isnad.Actor {
			var out []isnad.Actor
			for _, c := range rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 0, 2, rapid.ID).Draw(t, name) {
				out = append(out, isnad.Actor{Code: c, Role: rapid.SampledFrom([]isnad.Role{"", "GOV", "REB"}).Draw(t, "role")})
			}
			return out
		}
		for j := range rapid.IntRange(0, 3).Draw(t, "claims") {
			start := rapid.IntRange(0, 5).Draw(t, "start")
			cs = append(cs, isnad.Claim{
				ID:   fmt.Sprintf("%s.%d.%d", a.ID, i, j),
				Kind: rapid.SampledFrom([]string{isnad.KindEvent, isnad.KindAssessment}).Draw(t, "kind"),
				Type: rapid.SampledFrom(isnad.Types[:3]).Draw(t, "type"), Stance: rapid.SampledFrom(isnad.Stances[:4]).Draw(t, "stance"),
				Factuality: rapid.SampledFrom(isnad.Factualities).Draw(t, "factuality"), Actor: party("actor"), Recipient: party("recipient"), Speaker: party("speaker"),
				Confidence: float64(rapid.IntRange(0, 4).Draw(t, "confidence")) / 4, Trigger: isnad.Trigger{Span: isnad.Span{Start: start, End: start + 1}},
			})
		}
		// One version has one reading: reading is a pure function of it.
		if d, err := store.Digest(a); err != nil {
			t.Fatal(err)
		} else if !seen[d] {
			seen[d] = true
			out = append(out, reading(a, cs...))
		}
	}
	return out
}

func query(t *rapid.T) store.Query {
	some := func(name string) []isnad.Code {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 0, 2, rapid.ID).Draw(t, name)
	}
	q := store.Query{
		Kind:  rapid.SampledFrom([]string{"", "", isnad.KindEvent}).Draw(t, "kind"),
		Since: rapid.SampledFrom(dates).Draw(t, "since"), Until: rapid.SampledFrom(dates).Draw(t, "until"), AsOf: rapid.SampledFrom(dates).Draw(t, "asof"),
		Text:          rapid.SampledFrom([]string{"", "", "arms", "Arms denied", `"sent arms"`, `"arms sent"`}).Draw(t, "text"),
		MinConfidence: rapid.SampledFrom([]float64{0, 0, 0.5}).Draw(t, "confidence"),
		Limit:         rapid.IntRange(0, 4).Draw(t, "limit"), Offset: rapid.IntRange(0, 2).Draw(t, "offset"), Newest: rapid.Bool().Draw(t, "newest"),
	}
	// One filter of parties at a time finds something more often.
	switch rapid.IntRange(0, 5).Draw(t, "filter") {
	case 0:
		q.Dyad = store.Dyad{From: "RUS", To: "PRK", Either: rapid.Bool().Draw(t, "either")}
	case 1:
		q.Actor = some("actor")
	case 2:
		q.Recipient, q.Speaker = some("recipient"), some("speaker")
	case 3:
		q.Type, q.Stance = isnad.Types[:1], isnad.Stances[:2]
	case 4:
		q.Factuality, q.Outlet = isnad.Factualities[:2], []string{"north"}
	}
	return q
}

// testArrival puts the same readings in two orders and batches and wants the
// same bytes out.
func testArrival(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		rs := readings(rt)
		other := rapid.Permutation(rs).Draw(rt, "order")
		n := rapid.IntRange(1, 3).Draw(rt, "batch")
		one, two := open(t), open(t)
		defer one.Close()
		defer two.Close()
		mustPut(t, one, rs...)
		for batch := range slices.Chunk(other, n) {
			mustPut(t, two, batch...)
		}
		for range 3 {
			q := query(rt)
			if d := cmp.Diff(dump(t, one, q), dump(t, two, q)); d != "" {
				rt.Fatalf("%+v answers by order of arrival:\n%s", q, d)
			}
		}
	})
}

// dump is all that a store answers to a query, as text.
func dump(t testing.TB, s store.Store, q store.Query) string {
	var b strings.Builder
	for c, err := range s.Claims(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := isnad.Line(c)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
	}
	for v, err := range s.Articles(t.Context(), store.ArticleQuery{Since: q.Since, Until: q.Until, AsOf: q.AsOf, Text: q.Text, Newest: q.Newest}) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%+v\n", v)
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		vs, err := s.Versions(t.Context(), id)
		fmt.Fprintf(&b, "%s: %+v %v\n", id, vs, err != nil)
	}
	return b.String()
}

// testModel compares answers with those of a few lines of Go over the readings.
func testModel(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		rs := readings(rt)
		s := open(t)
		defer s.Close()
		mustPut(t, s, rs...)
		for range 5 {
			q := query(rt)
			if d := cmp.Diff(model(rs, q), ids(t, s, q)); d != "" {
				rt.Fatalf("%+v (-model +store):\n%s", q, d)
			}
		}
	})
}

func testBreak(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, ledger()...)
	for range 100 { // each would keep a connection if it did not end
		for range s.Claims(t.Context(), store.Query{}) {
			break
		}
		for range s.Articles(t.Context(), store.ArticleQuery{}) {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range s.Claims(ctx, store.Query{}) {
		if err == nil {
			t.Error("a cancelled query yields no error")
		}
	}
}

func testConcurrent(t *testing.T, open Open) {
	s := open(t)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				r := reading(isnad.Article{ID: fmt.Sprintf("a%d-%d", w, i), Text: "x"}, isnad.Claim{}, isnad.Claim{})
				if _, err := s.Put(t.Context(), r); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 10 {
				perArticle := map[string]int{}
				for c, err := range s.Claims(t.Context(), store.Query{}) {
					if err != nil {
						t.Error(err)
						break
					}
					perArticle[c.Article]++
				}
				for id, n := range perArticle {
					if n != 2 {
						t.Errorf("half of article %s is seen", id)
					}
				}
			}
		})
	}
	wg.Wait()
	if got := ids(t, s, store.Query{}); len(got) != 80 {
		t.Errorf("%d claims; want 80", len(got))
	}
}
