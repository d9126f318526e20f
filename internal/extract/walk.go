package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"isnad"
)

// Walk reads a file, a folder with everything under it, an archive, or, for
// the path "-", the given standard input, and hands on every article in the
// order of names and rows. failed receives one error for each thing that could
// not be read; reading goes on after it. An article whose date cannot be is
// handed on without a date, and the date reported.
//
// Walk itself fails only with the error of article or of the context. Memory
// stays bounded by Options.Limits whatever the input: rows are read one at a
// time, archives entry by entry.
func (r *Reader) Walk(ctx context.Context, path string, stdin io.Reader, article func(isnad.Article) error, failed func(error)) error {
	s := sink{ctx, article, failed}
	if path == "-" {
		return s.end(r.stream(Source{Name: "standard input"}, stdin, s, 0))
	}
	info, err := os.Stat(path)
	if err != nil {
		failed(pathError(path, err))
		return nil
	}
	if !info.IsDir() {
		return s.end(r.file(path, s))
	}
	return r.folder(path, s)
}

func (r *Reader) folder(path string, s sink) error {
	files := 0
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if e := s.ctx.Err(); e != nil {
			return e
		}
		switch {
		case err != nil:
			s.failed(pathError(p, err))
			return nil
		case p != path && d.Name()[0] == '.': // .git, .DS_Store
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		files++
		if info, err := os.Stat(p); err != nil {
			s.failed(pathError(p, err))
			return nil
		} else if !info.Mode().IsRegular() {
			s.failed(fmt.Errorf("read %s: %w: not a regular file; give what it points to", p, ErrFormat))
			return nil
		}
		return s.end(r.file(p, s))
	})
	if files == 0 && err == nil {
		s.failed(fmt.Errorf("read %s: %w; give a folder with articles", path, ErrEmpty))
	}
	return err
}

// Bytes reads data that was got elsewhere, a page from the network for
// instance, as Walk reads a file.
func (r *Reader) Bytes(ctx context.Context, src Source, data []byte, article func(isnad.Article) error, failed func(error)) error {
	s := sink{ctx, article, failed}
	return s.end(r.stream(src, bytes.NewReader(data), s, 0))
}

// end hands an input's error on and keeps only what ends everything.
func (s sink) end(err error) error {
	var st stop
	switch {
	case err == nil:
		return nil
	case errors.As(err, &st):
		return st.error
	case s.ctx.Err() != nil:
		return s.ctx.Err()
	}
	s.failed(err)
	return nil
}

func (r *Reader) file(path string, s sink) error {
	f, err := os.Open(path)
	if err != nil {
		return pathError(path, err)
	}
	defer f.Close()
	return r.stream(Source{Name: path}, f, s, 0)
}

// pathError says what went wrong with a path and what to do.
func pathError(path string, err error) error {
	remedy := "check the disk"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		remedy = "check the path"
	case errors.Is(err, fs.ErrPermission):
		remedy = "check who may read it"
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("read %s: %w; %s", path, err, remedy)
}
