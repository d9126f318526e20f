package review

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/store"
	"isnad/lexicon"
)

// shelf is a Source of one article.
type shelf struct {
	store.Reviews
	marks  []store.Mark
	claims []isnad.Claim
}

func (s shelf) Marks(_ context.Context, q store.MarkQuery) iter.Seq2[store.Mark, error] {
	return func(yield func(store.Mark, error) bool) {
		for _, m := range s.marks {
			if !yield(m, nil) {
				return
			}
		}
	}
}

func (s shelf) Article(_ context.Context, id string) (store.Version, error) {
	if id != "a" {
		return store.Version{}, store.ErrNotFound
	}
	return store.Version{Article: isnad.Article{ID: "a", Lang: "en", Text: "one two three <four>"}, Digest: "d"}, nil
}

func (s shelf) ClaimsOf(context.Context, string) ([]isnad.Claim, error) { return s.claims, nil }

func read(id string, start, end int, codes ...isnad.Code) isnad.Claim {
	c := isnad.Claim{ID: id, Kind: isnad.KindEvent, Article: "a", Field: "text", Sentence: isnad.Span{Start: start, End: end}, Type: "AID", Stance: isnad.Denies, Denies: isnad.DeniesEvent, Factuality: isnad.Actual,
		Speaker: []isnad.Actor{{Code: "RUS"}}, Trigger: isnad.Trigger{Span: isnad.Span{Start: start, End: start + 3}, Text: "two"}}
	for _, code := range codes {
		c.Actor = append(c.Actor, isnad.Actor{Code: code})
	}
	return c
}

func book(t *testing.T) Book {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return NewBook(lex)
}

func TestGold(t *testing.T) {
	mark := func(c isnad.Claim, v store.Verdict, change *store.Coding) store.Mark {
		return store.Mark{Claim: c, Version: "d", Verdict: v, Change: change}
	}
	whole, again, half, bad := read("c1", 0, 4, "RUS", "RUS"), read("c2", 0, 4, "RUS"), read("c3", 4, 8, "RUS"), read("c5", 8, 12, "QQQ")
	planned := store.CodingOf(whole)
	planned.Stance, planned.Speaker, planned.Factuality = isnad.Narrates, []isnad.Code{}, isnad.Planned
	title, other, gone := read("c6", 0, 4, "RUS"), read("c7", 0, 4, "RUS"), read("c8", 0, 4, "RUS")
	title.Field, gone.Article = "title", "b"
	last := read("c9", 13, 20, "RUS")
	var articles, gold strings.Builder
	got, err := Gold(t.Context(), shelf{claims: []isnad.Claim{whole, half, read("c4", 4, 8), bad, last}, marks: []store.Mark{
		mark(whole, store.Right, nil), mark(again, store.Right, nil), mark(read("c0", 0, 4, "PRK"), store.Changed, &planned), // the first two say the same
		mark(half, store.Right, nil), mark(bad, store.Right, nil), mark(title, store.Right, nil), mark(gone, store.Right, nil), {Claim: other, Version: "old", Verdict: store.Right}, mark(last, store.Wrong, nil),
	}}, book(t), store.MarkQuery{}, &articles, &gold)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"claims":[{"type":"AID","actor":["RUS"],"recipient":[],"speaker":[],"stance":"narrates","factuality":"planned","trigger":"two"},` +
		`{"type":"AID","actor":["RUS"],"recipient":[],"speaker":["RUS"],"stance":"denies","factuality":"actual","denies":"event","trigger":"two"}],"i":0,"id":"a"}` + "\n" + `{"claims":[],"i":1,"id":"a"}` + "\n"; gold.String() != want {
		t.Errorf("gold\n%s\nwant\n%s", gold.String(), want)
	}
	if !strings.Contains(articles.String(), `"sentences":[{"i":0,"start":0,"end":4},{"i":1,"start":13,"end":20}],"text":"one two three <four>"`) {
		t.Error(articles.String())
	}
	if got.Sentences != 2 || got.Claims != 2 || got.LeftOut[notText] != 1 || got.LeftOut[oldVersion] != 2 || got.LeftOut[unmarked] != 1 || got.LeftOut[unfit] != 1 {
		t.Errorf("%+v", got)
	}
}

func TestCheck(t *testing.T) {
	b, c := book(t), read("c", 0, 4, "RUS")
	assessment := c
	assessment.Kind = isnad.KindAssessment
	change := func(f func(*store.Coding)) *store.Coding {
		x := store.CodingOf(c)
		f(&x)
		return &x
	}
	for _, x := range []struct {
		m    store.Mark
		c    isnad.Claim
		want string
	}{
		{store.Mark{Verdict: store.Right}, c, ""},
		{store.Mark{Verdict: store.Wrong}, c, "reason"},
		{store.Mark{Verdict: "good"}, c, "value"},
		{store.Mark{Verdict: store.Changed, Reason: "r"}, c, "same"},
		{store.Mark{Verdict: store.Changed, Reason: "r", Change: change(func(*store.Coding) {})}, c, "same"},
		{store.Mark{Verdict: store.Changed, Reason: "r", Change: change(func(x *store.Coding) { x.Actor = Codes("rus، prk") })}, c, ""},
		{store.Mark{Verdict: store.Changed, Reason: "r", Change: change(func(x *store.Coding) { x.Actor = Codes("UK") })}, c, "code"},
		{store.Mark{Verdict: store.Changed, Reason: "r", Change: change(func(x *store.Coding) { x.Speaker = Codes("-") })}, c, "speaker"},
		{store.Mark{Verdict: store.Changed, Reason: "r", Change: change(func(x *store.Coding) { x.Type = "GIVE" })}, c, "value"},
		{store.Mark{Verdict: store.Changed, Reason: "r", Change: change(func(x *store.Coding) { x.Type = "COERCE" })}, assessment, "assessment"},
	} {
		err := b.Check(x.m, x.c)
		var p Problem
		if errors.As(err, &p); p.Kind != x.want || (err != nil) != errors.Is(err, store.ErrInvalid) {
			t.Errorf("%+v: %v", x.m, err)
		}
	}
	if got := Codes(" rus, PRK rus -"); !slices.Equal(got, []isnad.Code{"RUS", "PRK"}) {
		t.Error(got)
	}
}
