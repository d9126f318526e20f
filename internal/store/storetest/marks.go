package storetest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"isnad"
	"isnad/internal/store"
)

const noon = "2026-01-02T12:00:00Z"

func mustMark(t testing.TB, s store.Store, m store.Mark) store.Mark {
	t.Helper()
	m, err := s.Mark(t.Context(), m)
	if err != nil {
		t.Fatalf("Mark: %v", err)
	}
	return m
}

// found lists the marks that answer a query as "author verdict".
func found(t testing.TB, s store.Store, q store.MarkQuery) []string {
	t.Helper()
	out := []string{}
	for m, err := range s.Marks(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m.Author+" "+string(m.Verdict))
	}
	return out
}

func claim(id string) isnad.Claim { return isnad.Claim{ID: id} }

func testMarks(t *testing.T, open Open) {
	s := open(t)
	ctx := t.Context()
	r := reading(article("a", "2024-11-01"), attack("c1", "x"), attack("c2", "y"))
	mustPut(t, s, r, reading(article("b", "2024-11-01"), attack("c3", "x")))
	before, err := s.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	change := store.CodingOf(r.Claims[0])
	change.Type, change.Speaker, change.Stance, change.Factuality = "COERCE", []isnad.Code{"UKR"}, isnad.States, isnad.Actual
	first := mustMark(t, s, store.Mark{Claim: claim("c1"), Verdict: store.Right, Author: "a", At: noon})
	// The clock was set back in between: the last mark is the one that was made last.
	second := mustMark(t, s, store.Mark{Claim: claim("c1"), Verdict: store.Changed, Change: &change, Reason: "a blockade", Author: "b", At: "2025-12-31T00:00:00Z"})
	mustMark(t, s, store.Mark{Claim: claim("c2"), Verdict: store.Wrong, Reason: "a film", Author: "a", At: noon})
	mustMark(t, s, store.Mark{Claim: claim("c3"), Verdict: store.Right, Author: "a", At: noon})
	if d := cmp.Diff(r.Claims[0], second.Claim, cmpopts.EquateEmpty()); d != "" || second.Seq <= first.Seq || second.Version == "" {
		t.Errorf("%+v\n%s", second, d)
	}
	if after, err := s.Status(ctx); err != nil || after.Revision <= before.Revision {
		t.Errorf("revision %d after %d: %v", after.Revision, before.Revision, err)
	}
	for _, c := range []struct {
		q    store.MarkQuery
		want []string
	}{
		{store.MarkQuery{}, []string{"a right", "b changed", "a wrong", "a right"}},
		{store.MarkQuery{Claim: "c1"}, []string{"a right", "b changed"}},
		{store.MarkQuery{Claim: "c1", Newest: true, Limit: 1}, []string{"b changed"}},
		{store.MarkQuery{Before: second.Seq, Newest: true}, []string{"a right"}},
		{store.MarkQuery{Article: "a", Last: true}, []string{"b changed", "a wrong"}},
		{store.MarkQuery{Author: "a", Last: true}, []string{"a wrong", "a right"}},
		{store.MarkQuery{Verdict: []store.Verdict{store.Wrong, store.Changed}}, []string{"b changed", "a wrong"}},
		{store.MarkQuery{Claim: "none"}, []string{}},
	} {
		if d := cmp.Diff(c.want, found(t, s, c.q)); d != "" {
			t.Errorf("%+v:\n%s", c.q, d)
		}
	}
	for m, err := range s.Marks(ctx, store.MarkQuery{Claim: "c1", Last: true}) {
		if d := cmp.Diff(second, m); d != "" || err != nil {
			t.Errorf("%v\n%s", err, d)
		}
	}
	for _, m := range []store.Mark{
		{Verdict: "good", Author: "a", At: noon}, {Verdict: store.Right, Author: "a\x1b[31m", At: noon}, {Verdict: store.Right, At: noon}, {Verdict: store.Right, Author: "a", At: "noon"},
		{Verdict: store.Wrong, Author: "a", At: noon}, {Verdict: store.Changed, Reason: "r", Author: "a", At: noon}, {Verdict: store.Right, Change: &change, Author: "a", At: noon},
		{Verdict: store.Changed, Change: &store.Coding{Type: "ASSAULT", Stance: isnad.States, Factuality: isnad.Actual}, Reason: "r", Author: "a", At: noon},
	} {
		m.Claim = claim("c1")
		_, err := s.Mark(ctx, m)
		wantErr(t, err, store.ErrInvalid)
	}
	_, err = s.Mark(ctx, store.Mark{Claim: claim("zz"), Verdict: store.Right, Author: "a", At: noon})
	wantErr(t, err, store.ErrNotFound)
	for _, err := range s.Marks(ctx, store.MarkQuery{Verdict: []store.Verdict{"good"}}) {
		wantErr(t, err, store.ErrInvalid)
	}
	// A text that is read otherwise leaves its marks, with the claim as it was.
	r.Reader, r.Claims = "another", nil
	mustPut(t, s, r)
	if got := found(t, s, store.MarkQuery{Article: "a"}); len(got) != 3 {
		t.Errorf("after rereading: %v", got)
	}
}

// testRule: claims whose last mark is wrong leave the ledger where the rule says
// so and come back with a later mark, and what is linked is what the ledger makes
// of the entries.
func testRule(t *testing.T, open Open) {
	s := open(t)
	ctx := t.Context()
	mustPut(t, s, reading(article("a", "2024-11-01"), attack("c1", "x"), attack("c9", "y")), reading(article("b", "2024-11-02"), attack("c2", "x")))
	linked := func(want ...string) {
		t.Helper()
		if _, err := s.Link(ctx, pairLedger{}); err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for e, err := range s.Events(ctx, store.EventQuery{}) {
			if err != nil {
				t.Fatal(err)
			}
			line := e.ID
			for _, c := range e.Claims {
				line += " " + c.ID
			}
			got = append(got, line)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		var all []isnad.Entry
		for x, err := range s.Entries(ctx, "") {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, x)
		}
		if n := len(pairLedger{}.Events(all)); n != len(got) {
			t.Errorf("%d events of the entries, %d linked", n, len(got))
		}
	}
	linked("e1 c1 c2", "e9 c9")
	wrong := store.Mark{Claim: claim("c1"), Verdict: store.Wrong, Reason: "r", Author: "a", At: noon}
	mustMark(t, s, wrong)
	linked("e1 c1 c2", "e9 c9") // no rule yet
	if r, err := s.Rule(ctx); r != store.RuleNone || err != nil {
		t.Errorf("rule %q, %v", r, err)
	}
	wantErr(t, s.SetRule(ctx, "all"), store.ErrInvalid)
	if err := s.SetRule(ctx, store.RuleWrong); err != nil {
		t.Fatal(err)
	}
	linked("e9 c9", "e2 c2")
	if e, err := s.Event(ctx, "e1"); err != nil || e.ID != "e2" {
		t.Errorf("the event's id of before leads to %q, %v", e.ID, err)
	}
	mustMark(t, s, store.Mark{Claim: claim("c1"), Verdict: store.Right, Author: "b", At: noon})
	linked("e1 c1 c2", "e9 c9")
	mustMark(t, s, wrong)
	linked("e9 c9", "e2 c2")
	// The rule holds for what comes in later under the same id.
	mustPut(t, s, store.Reading{Article: article("a", "2024-11-01"), Claims: reading(article("a", "2024-11-01"), attack("c1", "x")).Claims, Reader: "another"})
	linked("e2 c2")
	if got := ids(t, s, store.Query{}); !slices.Contains(got, "c1") {
		t.Errorf("a claim that is left out of the ledger isn't shown any more: %v", got)
	}
	if err := s.SetRule(ctx, store.RuleNone); err != nil {
		t.Fatal(err)
	}
	linked("e1 c1 c2")
}

func testAccounts(t *testing.T, open Open) {
	s := open(t)
	ctx := t.Context()
	reem := store.User{Name: "ريم", Role: store.ReviewerRole, Hash: "h", Created: noon}
	for _, u := range []store.User{reem, {Name: "bo", Role: store.ReaderRole, Hash: "g", Created: noon}} {
		if err := s.PutUser(ctx, u); err != nil {
			t.Fatal(err)
		}
	}
	for _, u := range []store.User{{Role: store.ReaderRole, Hash: "h"}, {Name: "a\nb", Role: store.ReaderRole, Hash: "h"}, {Name: " a", Role: store.ReaderRole, Hash: "h"}, {Name: "x", Role: "king", Hash: "h"}, {Name: "x", Role: store.ReaderRole}} {
		wantErr(t, s.PutUser(ctx, u), store.ErrInvalid)
	}
	if us, err := s.Users(ctx); err != nil || len(us) != 2 || us[1] != reem {
		t.Errorf("%+v %v", us, err)
	}
	session := func(token, user, expires string) {
		t.Helper()
		if err := s.PutSession(ctx, store.Session{Token: token, User: user, Created: noon, Expires: expires}); err != nil {
			t.Fatal(err)
		}
	}
	there := func(token, at string, want bool) {
		t.Helper()
		x, u, err := s.Session(ctx, token, at)
		if (err == nil) != want || want && (u.Name != x.User || u.Role == "") {
			t.Errorf("session %s at %s: %+v %+v %v", token, at, x, u, err)
		}
		if !want {
			wantErr(t, err, store.ErrNotFound)
		}
	}
	session("t1", "ريم", "2026-01-03T12:00:00Z")
	session("t2", "ريم", "2026-01-03T12:00:00Z")
	session("t3", "bo", "2026-01-03T12:00:00Z")
	there("t1", noon, true)
	there("t1", "2026-01-03T12:00:00Z", false)
	there("t9", noon, false)
	if err := s.RemoveSession(ctx, "t1"); err != nil {
		t.Fatal(err)
	}
	there("t1", noon, false)
	there("t2", noon, true)
	if err := s.PutUser(ctx, reem); err != nil { // a new password ends what the old one began
		t.Fatal(err)
	}
	there("t2", noon, false)
	if err := s.RemoveUser(ctx, "bo"); err != nil {
		t.Fatal(err)
	}
	there("t3", noon, false)
	wantErr(t, s.RemoveUser(ctx, "bo"), store.ErrNotFound)
	for _, who := range []string{"a", "b", "c"} {
		if err := s.Note(ctx, store.Note{At: noon, Who: who, What: "login", Address: "192.0.2.1"}); err != nil {
			t.Fatal(err)
		}
	}
	if ns, err := s.Notes(ctx, 2); err != nil || len(ns) != 2 || ns[0].Who != "b" || ns[1].Who != "c" {
		t.Errorf("%+v %v", ns, err)
	}
	if ns, err := s.Notes(ctx, 0); err != nil || len(ns) != 3 || ns[0].Address != "192.0.2.1" {
		t.Errorf("%+v %v", ns, err)
	}
}
