package sqlite_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"isnad"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
	"isnad/internal/store/storetest"
)

// TestMain is also the program that TestKilled kills.
func TestMain(m *testing.M) {
	if path := os.Getenv("ISNAD_TEST_PUT_FOR_EVER"); path != "" {
		putForEver(path)
	}
	goleak.VerifyTestMain(m)
}

// open opens a copy of an empty store: the properties open hundreds, and a copy
// costs a tenth of making one.
func open(t testing.TB) store.Store {
	path := filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, empty(t), 0o644); err != nil {
		t.Fatal(err)
	}
	return openAt(t, path)
}

var emptyOnce struct {
	sync.Once
	data []byte
}

func empty(t testing.TB) []byte {
	emptyOnce.Do(func() {
		path := filepath.Join(t.TempDir(), "empty.db")
		openAt(t, path).Close()
		var err error
		if emptyOnce.data, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	})
	return emptyOnce.data
}

func openAt(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path, sqlite.Options{Create: true, Fold: storetest.Fold})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestContract(t *testing.T) { storetest.Run(t, open) }

func batch(n int) []store.Reading {
	rs := make([]store.Reading, 50)
	for i := range rs {
		a := isnad.Article{ID: fmt.Sprintf("%d-%d", n, i), Text: strings.Repeat("word ", 200)}
		for j := range 5 {
			rs[i].Claims = append(rs[i].Claims, isnad.Claim{ID: fmt.Sprintf("%s-%d", a.ID, j), Article: a.ID, Kind: isnad.KindEvent, Field: "text", Sentence: isnad.Span{Start: 0, End: 1000},
				Actor: []isnad.Actor{{Code: "RUS"}}})
		}
		rs[i].Article, rs[i].Reader = a, "killed"
	}
	return rs
}

func putForEver(path string) {
	s, err := sqlite.Open(context.Background(), path, sqlite.Options{Create: true})
	if err != nil {
		panic(err)
	}
	for n := 0; ; n++ {
		if _, err := s.Put(context.Background(), batch(n)...); err != nil {
			panic(err)
		}
		fmt.Println(n)
	}
}

// TestKilled kills a program that writes and finds whole batches only.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	for round := 1; round <= 3; round++ {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "ISNAD_TEST_PUT_FOR_EVER="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range round {
			if !lines.Scan() {
				break
			}
		}
		cmd.Process.Kill()
		cmd.Wait()

		s := openAt(t, path)
		st, err := s.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if st.Articles == 0 || st.Articles%50 != 0 || st.Claims != 5*st.Articles {
			t.Errorf("round %d: %d articles, %d claims; want whole batches of 50 with 250", round, st.Articles, st.Claims)
		}
		n := 0
		for _, err := range s.Claims(t.Context(), store.Query{Actor: []isnad.Code{"RUS"}, Text: "word"}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != st.Claims {
			t.Errorf("round %d: %d claims by party and text; want %d", round, n, st.Claims)
		}
		s.Close()
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other := filepath.Join(dir, "other.db")
	exec1(t, other, "CREATE TABLE x (y)")
	newer := filepath.Join(dir, "newer.db")
	openAt(t, newer).Close()
	exec1(t, newer, "PRAGMA user_version = 99")
	for _, c := range []struct {
		path   string
		create bool
		want   error
		say    string
	}{
		{filepath.Join(dir, "none.db"), false, store.ErrNoStore, `isnad ingest`},
		{dir, true, store.ErrForeign, "it is a folder"},
		{write("text.db", strings.Repeat("this is no database ", 100)), true, store.ErrForeign, "not a store of isnad"},
		{other, true, store.ErrForeign, "another program"},
		{newer, true, store.ErrNewer, "update isnad"},
	} {
		_, err := sqlite.Open(t.Context(), c.path, sqlite.Options{Create: c.create})
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.say) || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%s: %v; want %v with %q", c.path, err, c.want, c.say)
		}
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "text.db")); len(data) != 2000 {
		t.Error("a foreign file was changed")
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("a store was made where none was to be")
	}
}

func exec1(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

// A path may hold what a URL gives a meaning to.
func TestOddPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "أخبار 100%?#&=.db")
	s := openAt(t, path)
	if _, err := s.Put(t.Context(), batch(0)...); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// A store that is opened with another folding indexes its text anew.
func TestRefold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s := openAt(t, path)
	r := batch(0)[0]
	r.Article.Text = strings.Repeat("أسلحة ", 200)
	r.Claims[0].Sentence.End = 20
	r.Claims = r.Claims[:1]
	if _, err := s.Put(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	count := func(s store.Store, text string) (n int) {
		for _, err := range s.Claims(t.Context(), store.Query{Text: text}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		for _, err := range s.Articles(t.Context(), store.ArticleQuery{Text: text}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	if n := count(s, "اسلحة"); n != 2 {
		t.Errorf("folded: %d hits; want 2", n)
	}
	s.Close()
	plain, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if n := count(plain, "اسلحة"); n != 0 {
		t.Errorf("not folded: %d hits; want 0", n)
	}
	if n := count(plain, "أسلحة"); n != 2 {
		t.Errorf("not folded: %d hits; want 2", n)
	}
}
