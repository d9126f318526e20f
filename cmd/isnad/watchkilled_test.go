package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"isnad/internal/demo"
	"isnad/internal/orth"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
)

// newsroom serves the bundled reports as feeds, each report a page; one of the
// feeds has moved. It returns the feeds' addresses, the host, and how many pages
// there are.
func newsroom(t *testing.T) (feeds []string, host string, pages int) {
	t.Helper()
	reports, err := demo.Reports()
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	var items [4]strings.Builder
	for i, r := range reports {
		path := fmt.Sprintf("/page/%d", i)
		fmt.Fprintf(&items[i%len(items)], "<item><title>%d</title><link>%s</link></item>", i, path)
		row, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(append(row, '\n')) })
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	for i := range items {
		mux.HandleFunc(fmt.Sprintf("GET /feed/%d", i), func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>Paper %d</title>%s</channel></rss>`, i, items[i].String())
		})
		feeds = append(feeds, fmt.Sprintf("%s/feed/%d", srv.URL, i))
	}
	mux.Handle("GET /old", http.RedirectHandler("/feed/0", http.StatusMovedPermanently))
	feeds[0] = srv.URL + "/old"
	return feeds, strings.TrimPrefix(srv.URL, "http://"), len(reports)
}

// moments is how often a test kills: by default, in continuous integration, and
// in the long form.
func moments() int {
	switch {
	case os.Getenv("ISNAD_LONG") != "":
		return 200
	case os.Getenv("CI") != "":
		return 50
	}
	return 10
}

// A watch that is killed at any moment and begun again loses no article and no
// feed, doubles none, and leaves the bytes of one that was never disturbed.
func TestWatchKilledAnywhere(t *testing.T) {
	feeds, host, pages := newsroom(t)
	program := built(t)
	dir := t.TempDir()
	begin := func(db string) *exec.Cmd {
		cmd := exec.Command(program, "ingest", "--watch", "--pause", "0s", "--allow-host", host, "--db", db, "-q")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	fresh := func(db string) {
		s := openStore(t, db, true)
		for _, f := range feeds {
			if err := s.PutFeed(t.Context(), store.Feed{URL: f}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// whole lets a watch do all that there is to do, and ends it as a service manager does.
	whole := func(db string) {
		t.Helper()
		cmd := begin(db)
		s := openStore(t, db, false)
		already := settled(t, s, pages) // then it may be told to end before it listens
		for deadline := time.Now().Add(3 * time.Minute); !settled(t, s, pages); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
				feeds, _ := s.Feeds(t.Context())
				waiting, _ := s.Unlinked(t.Context())
				t.Fatalf("not done within three minutes: %d blocks wait, feeds %+v", waiting, feeds)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		told := time.Now()
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil && !already || time.Since(told) > 10*time.Second {
			t.Errorf("told to end, it took %s: %v", time.Since(told), err)
		}
	}
	undisturbed := filepath.Join(dir, "undisturbed.db")
	fresh(undisturbed)
	began := time.Now()
	whole(undisturbed)
	length := time.Since(began)
	want := canon(t, program, undisturbed)
	if !bytes.Contains(want, []byte(`"id":"e`)) {
		t.Fatal("no event to compare")
	}
	random := rand.New(rand.NewPCG(3, 4))
	db := filepath.Join(dir, "killed.db")
	fresh(db)
	for i := range moments() {
		cmd := begin(db)
		time.Sleep(time.Duration(random.Int64N(int64(length))))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if i%5 < 4 { // five times on the same store, one after another
			continue
		}
		whole(db)
		if !bytes.Equal(canon(t, program, db), want) {
			t.Fatalf("after %d kills other bytes", i+1)
		}
		once(t, program, db, len(feeds), pages)
		for _, suffix := range []string{"", "-wal", "-shm"} {
			os.Remove(db + suffix)
		}
		fresh(db)
	}
}

func openStore(t *testing.T, db string, create bool) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), db, sqlite.Options{Create: create, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// settled says that every feed was asked, every page is kept, and all is linked.
func settled(t *testing.T, s store.Store, pages int) bool {
	t.Helper()
	feeds, err := s.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		if f.Succeeded == "" {
			return false
		}
	}
	st, err := s.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waiting, err := s.Unlinked(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st.Articles == pages && waiting == 0
}

// once wants each article in one version and each feed under one address.
func once(t *testing.T, program, db string, feeds, pages int) {
	t.Helper()
	out, err := exec.Command(program, "status", "--json", "--db", db).Output()
	var st struct{ Articles, Versions int }
	if err := json.Unmarshal(out, &st); err != nil || st.Articles != pages || st.Versions != pages {
		t.Errorf("%d articles in %d versions of %d pages: %v", st.Articles, st.Versions, pages, err)
	}
	if err != nil {
		t.Error(err)
	}
	list, err := exec.Command(program, "feeds", "list", "--format", "jsonl", "--db", db).Output()
	if n := bytes.Count(list, []byte("\n")); err != nil || n != feeds || bytes.Count(list, []byte(`"url":"http`)) != feeds || !bytes.Contains(list, []byte(`/old"`)) {
		t.Errorf("%d feeds, %v:\n%s", n, err, list)
	}
}
