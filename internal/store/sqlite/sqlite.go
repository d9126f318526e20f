// Package sqlite keeps isnad's store in one SQLite file, through
// modernc.org/sqlite: no cgo, nothing to install, nothing to run.
//
// The file is in WAL mode: one connection writes, others read beside it from
// the state before. Each Put is one transaction, so that a killed program
// leaves whole readings or none (TestKilled).
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"isnad/internal/store"
)

// Options say how to open a store.
type Options struct {
	// Create makes the file and its folder where there is none.
	Create bool
	// Fold makes spellings equal for text search; strings.ToLower where nil. The
	// store notices when it folds otherwise than before and indexes anew.
	Fold store.Fold
}

// Store is a store.Store in a file.
type Store struct {
	path  string
	write *sql.DB // one connection
	read  *sql.DB // several, which cannot write
	fold  store.Fold

	columns columns // what searches count by
}

var _ store.Store = (*Store)(nil)

// readers is the number of connections that read at once. A sequence that is
// being ranged over holds one.
const readers = 8

// Open opens the store at a path and brings its tables up to date. It fails with
// store.ErrNoStore, store.ErrForeign or store.ErrNewer.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	fail := func(err error, remedy string) (*Store, error) {
		return nil, fmt.Errorf("open store %s: %w%s", path, err, remedy)
	}
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist) && !o.Create:
		return fail(store.ErrNoStore, `; fill one with "isnad ingest", or name another with --db`)
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fail(err, "; name a place that can be written to with --db")
		}
	case err != nil:
		return fail(err, "")
	case info.IsDir():
		return fail(store.ErrForeign, ": it is a folder; name a file with --db")
	}
	if o.Fold == nil {
		o.Fold = strings.ToLower
	}
	s := &Store{path: path, fold: o.Fold}
	var err error
	if s.write, err = connect(path, "&_txlock=immediate", 1); err != nil {
		return fail(err, "")
	}
	if err := s.migrate(ctx); err != nil {
		s.write.Close()
		return fail(err, "")
	}
	if s.read, err = connect(path, "&_pragma=query_only(1)", readers); err != nil {
		s.write.Close()
		return fail(err, "")
	}
	if err := s.checkFold(ctx); err != nil {
		s.Close()
		return fail(err, "")
	}
	return s, nil
}

// connect opens a pool. With synchronous NORMAL in WAL mode a power cut can
// lose the last transactions but never half of one; a busy file is waited for.
func connect(path, more string, n int) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(),
		RawQuery: "_pragma=busy_timeout(30000)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-32000)" + more}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// Close lets SQLite renew its statistics and closes the file.
func (s *Store) Close() error {
	if _, err := s.write.Exec("PRAGMA optimize"); err != nil {
		return errors.Join(fmt.Errorf("close store %s: %w", s.path, err), s.read.Close(), s.write.Close())
	}
	return errors.Join(s.read.Close(), s.write.Close())
}

// inTx runs f in a transaction that is committed if f returns nil.
func (s *Store) inTx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return full(err)
	}
	defer tx.Rollback() // does nothing after a commit
	if err := f(tx); err != nil {
		return full(err)
	}
	return full(tx.Commit())
}

// full says what to do where the disk is full.
func full(err error) error {
	var e *driver.Error
	if errors.As(err, &e) && e.Code()&0xFF == lib.SQLITE_FULL {
		return fmt.Errorf("%w: %w; make room and run it again", store.ErrFull, err)
	}
	return err
}
