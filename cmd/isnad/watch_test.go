package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"isnad/internal/orth"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
	"isnad/lexicon"
)

// A watch ends in order when it is told to, and what it took is kept: with the
// publisher that the feed names in the author line.
func TestWatchEnds(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Paper</title><item><title>One</title><link>/rows</link><source url="https://agency.example/">Agency</source></item></channel></rss>`)
	})
	mux.HandleFunc("/rows", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, `{"id":"net","text":"PRK arms RUS"}`) })
	srv := httptest.NewServer(mux)
	defer srv.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "w.db"), sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.PutFeed(ctx, store.Feed{URL: srv.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	var diag bytes.Buffer
	e := &environment{ctx: ctx, stdout: &diag, stderr: &diag}
	w := newWatcher(e, s, scripted(""), lex, &ingestCmd{Watch: true, NoLink: true, AllowHost: []string{strings.TrimPrefix(srv.URL, "http://")}}, e.tally(""))
	done := make(chan error, 1)
	go func() { done <- w.run(ctx) }()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		feeds, err := s.Feeds(t.Context())
		if err != nil || time.Now().After(deadline) {
			t.Fatal(feeds, err, diag.String())
		}
		if feeds[0].Articles == 1 {
			break
		}
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still running ten seconds after it was told to end")
	}
	v, err := s.Article(t.Context(), "net")
	if err != nil || v.Byline != "Agency" || v.Outlet != "Paper" || v.Title != "One" {
		t.Errorf("%+v %v", v.Article, err)
	}
}
