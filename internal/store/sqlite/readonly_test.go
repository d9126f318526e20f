package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad/internal/store"
)

// A store that may not be written to is called read-only, and no foreign file.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "isnad.db")
	s, err := Open(t.Context(), path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	called := func(err error) {
		t.Helper()
		if !errors.Is(err, store.ErrReadOnly) || errors.Is(err, store.ErrForeign) || !strings.Contains(err.Error(), "copy it and name the copy with --db") {
			t.Errorf("%v", err)
		}
	}

	// What the driver says of a write through a read-only handle.
	ro, err := connect(path, "&mode=ro", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	_, err = ro.ExecContext(context.Background(), "CREATE TABLE x (y)")
	called((&Store{path: path}).unopened(err))

	// What it says of a journal that cannot be made: a folder stands in its place.
	blocked := filepath.Join(dir, "blocked.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(blocked, data, 0o644), os.Mkdir(blocked+"-wal", 0o755)); err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), blocked, Options{})
	called(err)

	if os.Geteuid() != 0 { // nothing is read-only to the superuser
		if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(dir, 0o555)); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(dir, 0o755)
		_, err = Open(t.Context(), path, Options{})
		called(err)
	}
}
