package sqlite

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/store"
)

// A store that has no room left says so, keeps what it had, whole, and goes on
// once there is room again.
func TestFull(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "isnad.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put := func(i int) error {
		_, err := s.Put(t.Context(), store.Reading{Reader: "r", Article: isnad.Article{ID: fmt.Sprint("a", i), Outlet: "o", Text: strings.Repeat("words of the text ", 500)}})
		return err
	}
	if err := put(0); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := s.write.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		t.Helper()
		if _, err := s.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 10)
	kept := 1
	for ; err == nil && kept < 1000; kept++ {
		err = put(kept)
	}
	kept-- // the last was refused
	if !errors.Is(err, store.ErrFull) || !strings.Contains(err.Error(), "nothing of this batch was kept") || !strings.Contains(err.Error(), "make room") {
		t.Fatalf("after %d articles: %v", kept, err)
	}
	count := func(want int) {
		t.Helper()
		if st, err := s.Status(t.Context()); err != nil || st.Articles != want {
			t.Errorf("%d articles, want %d: %v", st.Articles, want, err)
		}
		if err := s.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	}
	count(kept)
	limit(1 << 30)
	if err := put(kept); err != nil {
		t.Error(err)
	}
	count(kept + 1)
}
