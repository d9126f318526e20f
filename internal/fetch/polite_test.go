package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestConditional(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "feed")
	})
	mux.Handle("/moved", http.RedirectHandler("/feed", http.StatusMovedPermanently))
	mux.Handle("/elsewhere", http.RedirectHandler("/feed", http.StatusFound))
	mux.HandleFunc("/gone", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) })
	mux.HandleFunc("/busy", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	c := NewClient(Options{AllowHosts: []string{strings.TrimPrefix(srv.URL, "http://")}, Delay: time.Millisecond})
	got, err := c.Get(t.Context(), Request{URL: srv.URL + "/feed"})
	if err != nil || got.ETag != `"1"` || string(got.Body) != "feed" || got.NotModified {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err = c.Get(t.Context(), Request{URL: srv.URL + "/feed", ETag: got.ETag}); err != nil || !got.NotModified || got.ETag != `"1"` {
		t.Errorf("%+v %v", got, err)
	}
	if got, err = c.Get(t.Context(), Request{URL: srv.URL + "/moved"}); err != nil || got.Moved != srv.URL+"/feed" {
		t.Errorf("moved to %q %v", got.Moved, err)
	}
	if got, err = c.Get(t.Context(), Request{URL: srv.URL + "/elsewhere"}); err != nil || got.Moved != "" {
		t.Errorf("moved to %q %v", got.Moved, err)
	}
	if _, err = c.Get(t.Context(), Request{URL: srv.URL + "/gone"}); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	var busy *BusyError
	if _, err = c.Get(t.Context(), Request{URL: srv.URL + "/busy"}); !errors.As(err, &busy) || busy.After != 2*time.Hour || !errors.Is(err, ErrStatus) {
		t.Error(err)
	}
	// The whole host is left alone until then, and nobody waits for it.
	if _, err = c.Get(t.Context(), Request{URL: srv.URL + "/feed"}); !errors.As(err, &busy) {
		t.Error(err)
	}
}

func TestRobots(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	robots := "User-agent: *\nDisallow: /private/\nCrawl-delay: 0.05\n"
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.Path)
		mu.Unlock()
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, robots)
		}
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	c := NewClient(Options{AllowHosts: []string{strings.TrimPrefix(srv.URL, "http://")}, Delay: time.Millisecond})
	if _, err := c.Follow(t.Context(), Request{URL: srv.URL + "/a"}); err != nil {
		t.Fatal(err)
	}
	started := time.Now()
	if _, err := c.Follow(t.Context(), Request{URL: srv.URL + "/b"}); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(started); d < 40*time.Millisecond {
		t.Errorf("the next request came after %s; the site asks for 50 ms", d)
	}
	if _, err := c.Follow(t.Context(), Request{URL: srv.URL + "/private/x"}); !errors.Is(err, ErrRobots) {
		t.Error(err)
	}
	if _, err := c.Get(t.Context(), Request{URL: srv.URL + "/private/feed"}); err != nil { // a person named it
		t.Error(err)
	}
	if got := strings.Join(asked, " "); got != "/robots.txt /a /b /private/feed" {
		t.Errorf("asked for %s", got)
	}
}

// A robots.txt that cannot be had forbids all for a while.
func TestNoRobots(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			<-r.Context().Done()
		}
	}))
	defer srv.Close()
	c := NewClient(Options{AllowHosts: []string{strings.TrimPrefix(srv.URL, "http://")}, Delay: time.Millisecond, Timeout: 100 * time.Millisecond})
	if _, err := c.Follow(t.Context(), Request{URL: srv.URL + "/a"}); err == nil || !strings.Contains(err.Error(), "robots.txt could not be had") {
		t.Error(err)
	}
}

// One host is asked by one at a time, others meanwhile.
func TestOneAtATime(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		now--
		mu.Unlock()
	}))
	defer srv.Close()
	c := NewClient(Options{AllowHosts: []string{strings.TrimPrefix(srv.URL, "http://")}, Delay: time.Millisecond})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { c.Get(t.Context(), Request{URL: srv.URL}) })
	}
	wg.Wait()
	if most != 1 {
		t.Errorf("%d requests at once", most)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 11, 19, 10, 0, 0, 0, time.UTC)
	for s, want := range map[string]time.Duration{"": 0, "120": 2 * time.Minute, "-5": 0, "soon": 0, "Tue, 19 Nov 2024 10:01:00 GMT": time.Minute, "Tue, 19 Nov 2023 10:01:00 GMT": 0, "99999999999": maxRetryAfter, "9999999": maxRetryAfter} {
		if got := retryAfter(s, now); got != want {
			t.Errorf("%q: %s; want %s", s, got, want)
		}
	}
}
