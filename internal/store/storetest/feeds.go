package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/internal/store"
)

func testFeeds(t *testing.T, open Open) {
	s := open(t)
	ctx := t.Context()
	b := store.Feed{URL: "https://b.example/feed", Outlet: "ب", ETag: `"1"`, Failures: 2, Error: "why", Articles: 7}
	for _, f := range []store.Feed{b, {URL: "https://a.example/feed"}, {URL: b.URL}, b} {
		if err := s.PutFeed(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Feeds(ctx)
	if d := cmp.Diff([]store.Feed{{URL: "https://a.example/feed"}, b}, got); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	wantErr(t, s.PutFeed(ctx, store.Feed{}), store.ErrInvalid)
	if err := s.RemoveFeed(ctx, b.URL); err != nil {
		t.Error(err)
	}
	wantErr(t, s.RemoveFeed(ctx, b.URL), store.ErrNotFound)
	if got, err := s.Feeds(ctx); len(got) != 1 || err != nil {
		t.Errorf("%v %v", got, err)
	}
}
