package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"isnad/internal/fetch"
	"isnad/internal/store"
	"isnad/lexicon"
)

// reset breaks a connection off in the midst of an answer.
func reset(w http.ResponseWriter) {
	c, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":\"half\"")
	_ = c.(*net.TCPConn).SetLinger(0)
	_ = c.Close()
}

// What a server does at its worst the first time it is asked loses nothing and
// doubles nothing: what could not be had is named and had the next time.
func TestWatchFaults(t *testing.T) {
	var asked [6]atomic.Int32
	sound := atomic.Bool{}
	mux := http.NewServeMux()
	worst := map[int]func(http.ResponseWriter, *http.Request){
		0: func(w http.ResponseWriter, _ *http.Request) { reset(w) },
		1: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, // hangs
		2: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		3: func(w http.ResponseWriter, r *http.Request) { // drips
			for r.Context().Err() == nil {
				_, _ = w.Write([]byte(" "))
				w.(http.Flusher).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		},
	}
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Paper</title>`)
		for i := range asked {
			fmt.Fprintf(w, `<item><title>%d</title><link>/page/%d</link></item>`, i, i)
		}
		fmt.Fprint(w, `</channel></rss>`)
	})
	for i := range asked {
		mux.HandleFunc(fmt.Sprintf("GET /page/%d", i), func(w http.ResponseWriter, r *http.Request) {
			asked[i].Add(1)
			if bad := worst[i]; bad != nil && !sound.Load() {
				bad(w, r)
				return
			}
			fmt.Fprintf(w, `{"id":"p%d","text":"PRK arms RUS"}`+"\n", i)
		})
	}
	srv := httptest.NewServer(mux)
	defer srv.Close()
	s := openStore(t, filepath.Join(t.TempDir(), "w.db"), true)
	defer s.Close()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	var diag bytes.Buffer
	e := &environment{ctx: t.Context(), stdout: &diag, stderr: &diag}
	w := newWatcher(e, s, scripted(""), lex, &ingestCmd{NoLink: true}, e.tally(""))
	w.client = fetch.NewClient(fetch.Options{AllowHosts: []string{strings.TrimPrefix(srv.URL, "http://")}, Delay: 1, Timeout: 2 * time.Second})
	// It was asked last by a clock that was ahead of its time by years.
	ahead := store.Feed{URL: srv.URL + "/feed", Checked: "2099-01-01T00:00:00Z", Succeeded: "2099-01-01T00:00:00Z", Next: "2099-01-01T00:15:00Z"}
	if err := s.PutFeed(t.Context(), ahead); err != nil {
		t.Fatal(err)
	}
	round := func(took, kept int) store.Feed {
		t.Helper()
		if n, err := w.round(t.Context()); n != took || err != nil {
			t.Errorf("took %d, want %d: %v", n, took, err)
		}
		st, err := s.Status(t.Context())
		if err != nil || st.Versions != kept || st.Articles != kept {
			t.Errorf("%d articles in %d versions, want %d: %v", st.Articles, st.Versions, kept, err)
		}
		feeds, err := s.Feeds(t.Context())
		if err != nil || len(feeds) != 1 {
			t.Fatal(feeds, err)
		}
		return feeds[0]
	}
	f := round(2, 2)
	if !strings.Contains(f.Error, "4 pages of it could not be had") || f.Next > "2099" {
		t.Errorf("%+v", f)
	}
	sound.Store(true)
	f.Next = ""
	if err := s.PutFeed(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if f = round(4, 6); f.Error != "" || f.Articles != 6 {
		t.Errorf("%+v", f)
	}
	for i := range asked {
		if n := asked[i].Load(); worst[i] == nil && n != 1 {
			t.Errorf("page %d was asked for %d times", i, n)
		}
	}
}
