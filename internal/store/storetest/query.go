package storetest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad"
	"isnad/internal/store"
)

// ledger is a small set of claims for the filters.
func ledger() []store.Reading {
	rebel := []isnad.Actor{{Code: "YEM", Role: "REB"}}
	return []store.Reading{
		reading(isnad.Article{ID: "a1", Outlet: "north", Published: "2024-10-01", Lang: "ar", Title: "العنوان", Text: "زودت بيونغ يانغ موسكو بالأسلحة"},
			isnad.Claim{ID: "aid", Type: "AID", Actor: actors("PRK"), Recipient: actors("RUS"), Stance: isnad.Narrates, Factuality: isnad.Actual, Confidence: 0.9},
			isnad.Claim{ID: "title", Field: "title", Type: "AGREE", Actor: actors("PRK", "RUS"), Recipient: actors("PRK", "RUS"), Stance: isnad.Narrates, Factuality: isnad.Planned, Confidence: 0.5}),
		reading(isnad.Article{ID: "a2", Outlet: "south", Published: "2024-10-02T10:00:00Z", Lang: "en", Title: "Denial", Text: "Moscow denied it; Seoul may arm Kyiv"},
			isnad.Claim{ID: "deny", Type: "AID", Actor: actors("PRK"), Recipient: actors("RUS"), Speaker: actors("RUS"), Stance: isnad.Denies, Factuality: isnad.Actual, Confidence: 0.8, Trigger: isnad.Trigger{Span: isnad.Span{Start: 7, End: 13}}},
			isnad.Claim{ID: "may", Type: "AID", Actor: actors("KOR"), Recipient: actors("UKR"), Speaker: actors("KOR"), Stance: isnad.States, Factuality: isnad.Possible, Confidence: 0.3, Trigger: isnad.Trigger{Span: isnad.Span{Start: 28, End: 31}}}),
		reading(isnad.Article{ID: "a3", Outlet: "south", Published: "2024-11", Lang: "en", Text: "The group struck the kingdom, experts fear more"},
			isnad.Claim{ID: "rebel", Type: "ASSAULT", Actor: rebel, Recipient: actors("SAU"), Stance: isnad.Narrates, Factuality: isnad.Actual, Confidence: 0.7},
			isnad.Claim{ID: "view", Kind: isnad.KindAssessment, Speaker: actors(isnad.Unknown), Recipient: actors("YEM"), Stance: isnad.Believes, Factuality: isnad.Possible, Trigger: isnad.Trigger{Span: isnad.Span{Start: 30, End: 37}}}),
	}
}

func testFilters(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, ledger()...)
	dyad := func(d string) store.Query {
		out, err := store.ParseDyad(d)
		if err != nil {
			t.Fatal(err)
		}
		return store.Query{Dyad: out}
	}
	for _, c := range []struct {
		q    store.Query
		want string
	}{
		{store.Query{}, "title aid deny may rebel view"},
		{store.Query{Newest: true}, "rebel view deny may title aid"},
		{store.Query{Limit: 2}, "title aid"},
		{store.Query{Limit: 2, Offset: 3}, "may rebel"},
		{store.Query{Offset: 4}, "rebel view"},
		{store.Query{Kind: isnad.KindEvent}, "title aid deny may rebel"},
		{store.Query{Kind: isnad.KindAssessment}, "view"},
		{dyad("PRK:RUS"), "title aid deny"},
		{dyad("RUS:PRK"), "title"},
		{dyad("RUS-PRK"), "title aid deny"},
		{dyad("YEM:SAU"), ""}, // rebels are no state
		{dyad("KOR-UKR"), "may"},
		{store.Query{Actor: []isnad.Code{"YEM"}}, "rebel"}, // but they are found
		{store.Query{Actor: []isnad.Code{"PRK", "KOR"}}, "title aid deny may"},
		{store.Query{Recipient: []isnad.Code{"RUS"}}, "title aid deny"},
		{store.Query{Speaker: []isnad.Code{"RUS"}}, "deny"},
		{store.Query{Speaker: []isnad.Code{"UNK"}}, "view"},
		{store.Query{Type: []isnad.Type{"AID", "AGREE"}}, "title aid deny may"},
		{store.Query{Stance: []isnad.Stance{isnad.Denies}}, "deny"},
		{store.Query{Factuality: []isnad.Factuality{isnad.Possible, isnad.Planned}}, "title may view"},
		{store.Query{Since: "2024-10-02"}, "deny may rebel view"},
		{store.Query{Until: "2024-10-02"}, "title aid deny may"},
		{store.Query{Until: "2024-10-02T09:59:59Z"}, "title aid"},
		{store.Query{Since: "2024-11-15"}, "rebel view"}, // some day of November: it may be
		{store.Query{Since: "2024-10", Until: "2024-10"}, "title aid deny may"},
		{store.Query{MinConfidence: 0.7}, "aid deny rebel"},
		{store.Query{Outlet: []string{"south"}, Kind: isnad.KindEvent}, "deny may rebel"},
		{store.Query{Article: "a1"}, "title aid"},
		{store.Query{Text: "MOSCOW"}, "deny may"},
		{store.Query{Text: "fear group"}, "rebel view"},
		{store.Query{Text: `"fear group"`}, ""},
		{store.Query{Text: `"experts fear"`}, "rebel view"},
		{store.Query{Text: `?! *`}, ""},
		{store.Query{Text: `a" OR "b`}, ""},
		{store.Query{Actor: []isnad.Code{"PRK"}, Speaker: []isnad.Code{"RUS"}, Text: "denied", Since: "2024", Type: []isnad.Type{"AID"}}, "deny"},
	} {
		if got := strings.Join(ids(t, s, c.q), " "); got != c.want {
			t.Errorf("%+v:\n got %s\nwant %s", c.q, got, c.want)
		}
	}
}

func testText(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, ledger()...)
	for text, want := range map[string]string{
		"بالأسلحة": "aid",
		"الاسلحة":  "aid", // hamza left out, another clitic
		"أسلحة":    "aid",
		"سلاح":     "", // broken plurals are other words
		"العنوان":  "title",
	} {
		if got := strings.Join(ids(t, s, store.Query{Text: text}), " "); got != want {
			t.Errorf("%s: got %q; want %q", text, got, want)
		}
	}
}

func testArticles(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, append(ledger(), reading(isnad.Article{ID: "a0", Outlet: "south", Lang: "en", Text: "nothing here"}))...)
	for _, c := range []struct {
		q    store.ArticleQuery
		want string
	}{
		{store.ArticleQuery{}, "a0 a1 a2 a3"},
		{store.ArticleQuery{Newest: true}, "a3 a2 a1 a0"},
		{store.ArticleQuery{WithClaims: true}, "a1 a2 a3"},
		{store.ArticleQuery{Outlet: []string{"north"}}, "a1"},
		{store.ArticleQuery{Lang: "en"}, "a0 a2 a3"},
		{store.ArticleQuery{Since: "2024-10-02"}, "a2 a3"},
		{store.ArticleQuery{Until: "2024-10-02"}, "a1 a2"},
		{store.ArticleQuery{AsOf: "2024-10-01"}, "a1"},
		{store.ArticleQuery{Text: "denial"}, "a2"},
		{store.ArticleQuery{Limit: 1, Offset: 1}, "a1"},
		{store.ArticleQuery{Type: []isnad.Type{"AID", "AGREE"}}, "a1 a2"},
		{store.ArticleQuery{Stance: []isnad.Stance{isnad.Denies}}, "a2"},
		{store.ArticleQuery{Type: []isnad.Type{"AGREE"}, Stance: []isnad.Stance{isnad.Denies}}, ""},
	} {
		if got := strings.Join(articleIDs(t, s, c.q), " "); got != c.want {
			t.Errorf("%+v: got %s; want %s", c.q, got, c.want)
		}
	}
}

func testNotFound(t *testing.T, open Open) {
	s := open(t)
	ctx := t.Context()
	_, err := s.Article(ctx, "x")
	wantErr(t, err, store.ErrNotFound)
	_, err = s.Versions(ctx, "x")
	wantErr(t, err, store.ErrNotFound)
	_, err = s.ClaimsOf(ctx, "x")
	wantErr(t, err, store.ErrNotFound)
	_, _, err = s.Claim(ctx, "x")
	wantErr(t, err, store.ErrNotFound)
	_, _, err = s.Claim(ctx, "")
	wantErr(t, err, store.ErrNotFound)
	_, err = s.Input(ctx, "x")
	wantErr(t, err, store.ErrNotFound)
}

func testPrefix(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, reading(isnad.Article{ID: "a", Text: "x"}, isnad.Claim{ID: "ab12"}, isnad.Claim{ID: "ab34"}, isnad.Claim{ID: "ab345"}))
	for id, want := range map[string]string{"ab1": "ab12", "ab34": "ab34", "ab345": "ab345"} {
		if c, _, err := s.Claim(t.Context(), id); err != nil || c.ID != want {
			t.Errorf("%s: %s, %v", id, c.ID, err)
		}
	}
	_, _, err := s.Claim(t.Context(), "ab")
	wantErr(t, err, store.ErrInvalid)
	_, _, err = s.Claim(t.Context(), "a%")
	wantErr(t, err, store.ErrNotFound)
}

func testBadQueries(t *testing.T, open Open) {
	s := open(t)
	for _, q := range []store.Query{
		{Type: []isnad.Type{"GIVE"}}, {Stance: []isnad.Stance{"says"}}, {Factuality: []isnad.Factuality{"true"}},
		{Since: "yesterday"}, {Until: "2024-13"}, {AsOf: "19/11/2024"}, {MinConfidence: 2}, {Limit: -1}, {Offset: -1},
	} {
		n := 0
		for _, err := range s.Claims(t.Context(), q) {
			n++
			wantErr(t, err, store.ErrInvalid)
		}
		if n != 1 {
			t.Errorf("%+v yielded %d times; want one error", q, n)
		}
	}
	for _, q := range []store.ArticleQuery{{Since: "x"}, {Type: []isnad.Type{"GIVE"}}, {Stance: []isnad.Stance{"says"}}} {
		for _, err := range s.Articles(t.Context(), q) {
			wantErr(t, err, store.ErrInvalid)
		}
	}
	for _, text := range []string{"x", "bm8", "e30"} {
		_, err := store.ParseCursor(text)
		wantErr(t, err, store.ErrInvalid)
	}
}

func testInputs(t *testing.T, open Open) {
	s := open(t)
	in := store.Input{Name: "/a/b.zip", Fingerprint: "1", Reader: Reader, Articles: 3, Failures: []string{"read b.zip: row 2: no text"}}
	for range 2 {
		if err := s.PutInput(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		in.Fingerprint = "2"
	}
	got, err := s.Input(t.Context(), in.Name)
	in.Fingerprint = "2"
	if d := cmp.Diff(in, got); err != nil || d != "" {
		t.Errorf("%v\n%s", err, d)
	}
}

func testStatus(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, ledger()...)
	st, err := s.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Revision(t.Context()); err != nil || n != st.Revision {
		t.Errorf("revision %d, %v; want %d", n, err, st.Revision)
	}
	want := store.Status{Place: st.Place, Schema: st.Schema, Revision: 1, Bytes: st.Bytes, Articles: 3, Versions: 3, Claims: 5, Assessments: 1,
		Outlets: 2, From: "2024-10-01", To: "2024-11", Readers: map[string]int{Reader: 3}}
	if d := cmp.Diff(want, st); d != "" || st.Place == "" || st.Bytes == 0 {
		t.Errorf("%+v\n%s", st, d)
	}
}
