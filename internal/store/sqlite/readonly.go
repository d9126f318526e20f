package sqlite

import (
	"errors"
	"fmt"
	"os"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"isnad/internal/store"
)

// unopened says why the first question to a file failed. A store is always
// opened for writing, to read it too: readers of a WAL file share a journal
// beside it. So a file, or a folder, that may not be written to fails at once,
// with SQLITE_READONLY or SQLITE_CANTOPEN; anything else is no store.
func (s *Store) unopened(err error) error {
	var e *driver.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xFF {
		case lib.SQLITE_READONLY:
			return s.readOnly()
		case lib.SQLITE_CANTOPEN:
			f, ferr := os.Open(s.path)
			if ferr != nil {
				return fmt.Errorf("%w; check who may read it", ferr)
			}
			f.Close()
			return s.readOnly()
		}
	}
	return fmt.Errorf("%w (%v)", store.ErrForeign, err)
}

func (s *Store) readOnly() error {
	return fmt.Errorf("%w: the file or its folder may not be written to, and isnad keeps a journal beside it even to read; let it be written to, or copy it and name the copy with --db", store.ErrReadOnly)
}
