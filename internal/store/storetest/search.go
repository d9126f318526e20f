package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"isnad"
	"isnad/internal/store"
)

// search returns the ids of the articles that answer, with how many there are of all.
func search(t testing.TB, s store.Store, q store.SearchQuery) string {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 50
	}
	f, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	var out []string
	for _, h := range f.Hits {
		out = append(out, h.ID)
	}
	return strings.TrimSpace(fmt.Sprint(f.Total, " ", strings.Join(out, " ")))
}

func facet(t testing.TB, s store.Store, q store.SearchQuery, name string) string {
	t.Helper()
	f, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	var out []string
	for _, x := range f.Facets {
		if x.Name == name {
			for _, v := range x.Values {
				out = append(out, fmt.Sprint(v.Value, ":", v.Articles))
			}
		}
	}
	return strings.Join(out, " ")
}

func testSearch(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, append(ledger(), reading(isnad.Article{ID: "a0", Outlet: "south", Lang: "en", Text: "nothing here"}),
		reading(isnad.Article{ID: "a4", Outlet: "east", Published: "2024-11-02", Lang: "ar", Text: "السلاح في بيونغ يانغ، وبيونغ وحدها، وبيونغ أخرى"}))...)
	if _, err := s.Link(t.Context(), pairLedger{}); err != nil {
		t.Fatal(err)
	}
	dyad := func(d string) store.Dyad {
		out, err := store.ParseDyad(d)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct {
		q    store.SearchQuery
		want string
	}{
		{store.SearchQuery{}, "5 a4 a3 a2 a1 a0"},
		{store.SearchQuery{Sort: store.Oldest}, "5 a0 a1 a2 a3 a4"},
		{store.SearchQuery{Limit: 2, Offset: 1}, "5 a3 a2"},
		{store.SearchQuery{Offset: 9}, "5"},
		{store.SearchQuery{Text: "بيونغ", Sort: store.Newest}, "2 a4 a1"},
		{store.SearchQuery{Text: "بيونغ", Sort: store.Oldest}, "2 a1 a4"},
		{store.SearchQuery{Text: "بيونغ"}, "2 a4 a1"},        // three times in a4
		{store.SearchQuery{Text: "«بيونغ يانغ»"}, "2 a1 a4"}, // once in each, and a1 is shorter
		{store.SearchQuery{Text: "«يانغ بيونغ»"}, "0"},
		{store.SearchQuery{Text: "بالسلاح"}, "1 a4"},    // any affixes
		{store.SearchQuery{Text: "«بالسلاح»"}, "0"},     // as it is written
		{store.SearchQuery{Text: `"السلاح"`}, "1 a4"},   // likewise
		{store.SearchQuery{Text: "“بالاسلحه”"}, "1 a1"}, // in any spelling
		{store.SearchQuery{Text: "?!"}, "0"},
		{store.SearchQuery{Text: `a" OR "b`}, "0"},
		{store.SearchQuery{Outlet: []string{"south"}}, "3 a3 a2 a0"},
		{store.SearchQuery{Outlet: []string{"none"}}, "0"},
		{store.SearchQuery{Lang: "ar"}, "2 a4 a1"},
		{store.SearchQuery{Since: "2024-10-02"}, "3 a4 a3 a2"},
		{store.SearchQuery{Until: "2024-10-02"}, "2 a2 a1"},
		{store.SearchQuery{Since: "2024-11-15"}, "1 a3"}, // some day of November
		{store.SearchQuery{Type: []isnad.Type{"AID"}}, "2 a2 a1"},
		{store.SearchQuery{Type: []isnad.Type{"AID"}, Factuality: []isnad.Factuality{isnad.Possible}}, "1 a2"},
		{store.SearchQuery{Actor: []isnad.Code{"KOR"}, Stance: []isnad.Stance{isnad.Denies}}, "0"}, // no one claim has both
		{store.SearchQuery{Actor: []isnad.Code{"KOR", "YEM"}}, "2 a3 a2"},
		{store.SearchQuery{Recipient: []isnad.Code{"RUS"}, Speaker: []isnad.Code{"RUS"}}, "1 a2"},
		{store.SearchQuery{Dyad: dyad("RUS:PRK")}, "1 a1"},
		{store.SearchQuery{Dyad: dyad("PRK:RUS")}, "2 a2 a1"},
		{store.SearchQuery{Dyad: dyad("YEM:SAU")}, "0"}, // rebels are no state
		{store.SearchQuery{Status: []isnad.Status{isnad.Reported}}, "3 a3 a2 a1"},
		{store.SearchQuery{Status: []isnad.Status{isnad.Disputed}}, "0"},
		{store.SearchQuery{Text: "moscow", Outlet: []string{"south"}, Lang: "en", Type: []isnad.Type{"AID"}, Since: "2024"}, "1 a2"},
	} {
		if got := search(t, s, c.q); got != c.want {
			t.Errorf("%+v:\n got %s\nwant %s", c.q, got, c.want)
		}
	}
	for _, c := range []struct {
		q          store.SearchQuery
		name, want string
	}{
		{store.SearchQuery{}, "type", "AID:2 AGREE:1 ASSAULT:1"},
		{store.SearchQuery{}, "stance", "narrates:2 believes:1 denies:1 states:1"},
		{store.SearchQuery{}, "actor", "PRK:2 KOR:1 RUS:1 YEM:1"},
		{store.SearchQuery{}, "outlet", "south:3 east:1 north:1"},
		{store.SearchQuery{}, "lang", "en:3 ar:2"},
		{store.SearchQuery{}, "month", "2024-10:2 2024-11:2"},
		// its own filter is left aside, all others are not
		{store.SearchQuery{Outlet: []string{"south"}}, "outlet", "south:3 east:1 north:1"},
		{store.SearchQuery{Outlet: []string{"south"}}, "type", "AID:1 ASSAULT:1"},
		{store.SearchQuery{Type: []isnad.Type{"AID"}}, "type", "AID:2 AGREE:1 ASSAULT:1"},
		{store.SearchQuery{Type: []isnad.Type{"AID"}}, "outlet", "north:1 south:1"},
		{store.SearchQuery{Type: []isnad.Type{"AID"}, Outlet: []string{"south"}}, "outlet", "north:1 south:1"},
		{store.SearchQuery{Type: []isnad.Type{"AID"}, Stance: []isnad.Stance{isnad.Denies}}, "type", "AID:1"},
		{store.SearchQuery{Type: []isnad.Type{"AID"}, Stance: []isnad.Stance{isnad.Denies}}, "stance", "denies:1 narrates:1 states:1"},
		{store.SearchQuery{Since: "2024-11"}, "month", "2024-10:2 2024-11:2"},
		{store.SearchQuery{Lang: "ar", Since: "2024-11"}, "lang", "ar:1 en:1"},
		{store.SearchQuery{Text: "بيونغ"}, "actor", "PRK:1 RUS:1"},
		{store.SearchQuery{Text: "nowhere"}, "actor", ""},
	} {
		if got := facet(t, s, c.q, c.name); got != c.want {
			t.Errorf("%s of %+v:\n got %s\nwant %s", c.name, c.q, got, c.want)
		}
	}
	f, err := s.Search(t.Context(), store.SearchQuery{Type: []isnad.Type{"AID"}, Limit: 1})
	if err != nil || len(f.Hits) != 1 || f.Hits[0].ID != "a2" || f.Hits[0].Answers != 2 || len(f.Hits[0].Claims) != 2 || f.Hits[0].Claims[0].ID != "deny" || f.Hits[0].Text == "" {
		t.Errorf("%v %+v", err, f.Hits)
	}
	for _, q := range []store.SearchQuery{{Type: []isnad.Type{"GIVE"}}, {Status: []isnad.Status{"sure"}}, {Since: "soon"}, {Sort: "best"}, {Limit: -1}} {
		_, err := s.Search(t.Context(), q)
		wantErr(t, err, store.ErrInvalid)
	}
}

// What is put, withdrawn and linked after a search is found by the next.
func testSearchAgain(t *testing.T, open Open) {
	s := open(t)
	if got := search(t, s, store.SearchQuery{}); got != "0" {
		t.Errorf("an empty store: %s", got)
	}
	rs := ledger()
	mustPut(t, s, rs[0])
	if got := search(t, s, store.SearchQuery{Text: "«بالأسلحة»"}); got != "1 a1" {
		t.Error(got)
	}
	mustPut(t, s, rs[1:]...)
	reported := store.SearchQuery{Status: []isnad.Status{isnad.Reported}}
	if got := search(t, s, reported); got != "0" {
		t.Errorf("before linking: %s", got)
	}
	if _, err := s.Link(t.Context(), pairLedger{}); err != nil {
		t.Fatal(err)
	}
	if got := search(t, s, reported); got != "3 a3 a2 a1" {
		t.Errorf("after linking: %s", got)
	}
	// another version of a1, of another outlet, and another reader of a2
	second := reading(isnad.Article{ID: "a1", Outlet: "west", Published: "2024-10-01", Fetched: "2024-10-05T00:00:00Z", Lang: "ar", Text: "بلا سلاح"})
	again := rs[1]
	again.Reader, again.Claims = "another", again.Claims[:1]
	mustPut(t, s, second, again)
	if got := search(t, s, store.SearchQuery{Text: "«بالأسلحة»"}); got != "0" {
		t.Errorf("the old version is found: %s", got)
	}
	if got := facet(t, s, store.SearchQuery{}, "outlet"); got != "south:2 west:1" {
		t.Error(got)
	}
	if got := facet(t, s, store.SearchQuery{}, "type"); got != "AID:1 ASSAULT:1" {
		t.Error(got)
	}
	if err := s.Withdraw(t.Context(), "a3", "2024-12-01T00:00:00Z", "mistaken"); err != nil {
		t.Fatal(err)
	}
	if got := search(t, s, store.SearchQuery{}); got != "2 a2 a1" {
		t.Errorf("after a withdrawal: %s", got)
	}
}

// What answers, and its counts, are those of a plain reading of the contract.
func testSearchModel(t *testing.T, open Open) {
	s := open(t)
	words := []string{"سلاح", "بالسلاح", "نفت", "moscow", "denied", "the"}
	codes := []isnad.Code{"RUS", "PRK", "USA"}
	var rs []store.Reading
	rapid.Check(t, func(r *rapid.T) {
		if rs == nil {
			for i := range 40 {
				a := isnad.Article{ID: fmt.Sprintf("m%02d", i), Outlet: rapid.SampledFrom([]string{"x", "y", "z"}).Draw(r, "outlet"), Lang: rapid.SampledFrom([]isnad.Lang{"ar", "en"}).Draw(r, "lang"),
					Published: rapid.SampledFrom([]string{"2024-01-05", "2024-01", "2024", "2024-02-03T10:00:00Z", ""}).Draw(r, "published"),
					Text:      fmt.Sprint(i, " ", strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6).Draw(r, "text"), " "))}
				var cs []isnad.Claim
				for range rapid.IntRange(0, 3).Draw(r, "claims") {
					cs = append(cs, isnad.Claim{Type: rapid.SampledFrom(isnad.Types[:3]).Draw(r, "type"), Stance: rapid.SampledFrom(isnad.Stances[:3]).Draw(r, "stance"), Factuality: isnad.Actual,
						Actor: actors(rapid.SampledFrom(codes).Draw(r, "actor")), Recipient: actors(rapid.SampledFrom(codes).Draw(r, "recipient"))})
				}
				rs = append(rs, reading(a, cs...))
			}
			mustPut(t, s, rs...)
		}
		q := store.SearchQuery{Sort: rapid.SampledFrom([]store.Sort{store.Newest, store.Oldest}).Draw(r, "sort"), Limit: 50,
			Text:   rapid.SampledFrom([]string{"", "", "سلاح", "«سلاح»", "moscow denied", `"moscow denied"`}).Draw(r, "ask"),
			Since:  rapid.SampledFrom([]string{"", "2024-01-06", "2024-02"}).Draw(r, "since"),
			Outlet: rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y"}), 0, 2).Draw(r, "outlets"),
			Type:   rapid.SliceOfN(rapid.SampledFrom(isnad.Types[:3]), 0, 2).Draw(r, "types"),
			Stance: rapid.SliceOfN(rapid.SampledFrom(isnad.Stances[:3]), 0, 1).Draw(r, "stances"),
			Actor:  rapid.SliceOfN(rapid.SampledFrom(codes), 0, 2).Draw(r, "actors")}
		if rapid.Bool().Draw(r, "dyad") {
			q.Dyad = store.Dyad{From: "RUS", To: "PRK", Either: rapid.Bool().Draw(r, "either")}
		}
		got := search(t, s, q)
		want := searchModel(rs, q)
		if d := gocmp.Diff(strings.TrimSpace(fmt.Sprint(len(want), " ", strings.Join(want, " "))), got); d != "" {
			r.Fatalf("%+v\n%s", q, d)
		}
		// A facet's count is what choosing that value finds.
		for _, typ := range isnad.Types[:3] {
			one := q
			one.Type = []isnad.Type{typ}
			n := len(searchModel(rs, one))
			if has := fmt.Sprint(typ, ":", n); n > 0 != slices.Contains(strings.Fields(facet(t, s, q, "type")), has) {
				r.Fatalf("%+v: %s are %d; facet says %s", q, typ, n, facet(t, s, q, "type"))
			}
		}
		for _, outlet := range []string{"x", "y", "z"} {
			one := q
			one.Outlet = []string{outlet}
			n := len(searchModel(rs, one))
			if has := fmt.Sprint(outlet, ":", n); n > 0 != slices.Contains(strings.Fields(facet(t, s, q, "outlet")), has) {
				r.Fatalf("%+v: %s are %d; facet says %s", q, outlet, n, facet(t, s, q, "outlet"))
			}
		}
	})
}

// searchModel answers a search over readings, one version each, in the order of time.
func searchModel(rs []store.Reading, q store.SearchQuery) []string {
	at := func(r store.Reading) time.Time { t, _, _ := store.Interval(r.Article.Published); return t }
	rs = slices.SortedFunc(slices.Values(rs), func(a, b store.Reading) int {
		return cmp.Or(at(a).Compare(at(b)), strings.Compare(a.Article.ID, b.Article.ID))
	})
	if q.Sort != store.Oldest {
		slices.Reverse(rs)
	}
	var out []string
	for _, r := range rs {
		a := r.Article
		if !within(a.Published, q.Since, q.Until) || !oneOf(a.Outlet, q.Outlet) {
			continue
		}
		has := true
		for _, t := range store.Terms(Fold, q.Text) {
			text, want := " "+store.Words(Fold, a.Text)+" ", t.Stems
			if t.Quoted != nil {
				text, want = store.Spelled(Fold, a.Text), t.Quoted
			}
			has = has && strings.Contains(text, " "+strings.Join(want, " ")+" ")
		}
		if has && (!q.AsksClaims() || slices.ContainsFunc(r.Claims, func(c isnad.Claim) bool {
			return matches(c, a, store.Query{Dyad: q.Dyad, Actor: q.Actor, Type: q.Type, Stance: q.Stance})
		})) {
			out = append(out, a.ID)
		}
	}
	return out
}
