package extract

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"isnad"
)

// sink receives what is read. article's error ends the reading; a failed input
// does not.
type sink struct {
	ctx     context.Context
	article func(isnad.Article) error
	failed  func(error)
}

// stop wraps the error of the article callback or the context, which ends
// everything, apart from errors of an input, which end only that input.
type stop struct{ error }

func (s stop) Unwrap() error { return s.error }

func (s sink) emit(a isnad.Article) error {
	if err := s.ctx.Err(); err != nil {
		return stop{err}
	}
	if err := s.article(a); err != nil {
		return stop{err}
	}
	return nil
}

// take hands on a row's article and its error, either or both.
func (s sink) take(a isnad.Article, err error) error {
	if err != nil {
		s.failed(err)
	}
	if a.Text == "" {
		return s.ctxErr()
	}
	return s.emit(a)
}

func (s sink) ctxErr() error {
	if err := s.ctx.Err(); err != nil {
		return stop{err}
	}
	return nil
}

// lines reads JSONL one line at a time. A line over the limit is an error and
// is skipped without being held in memory; the next line is read.
func (r *Reader) lines(name string, in *bufio.Reader, s sink) error {
	var buf []byte
	rows := 0
	for n := 1; ; n++ {
		buf = buf[:0]
		size := int64(0)
		var err error
		for {
			var part []byte
			part, err = in.ReadSlice('\n')
			if size += int64(len(part)); size <= r.opt.Limits.Row {
				buf = append(buf, part...)
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
			if e := s.ctxErr(); e != nil {
				return e
			}
		}
		place := fmt.Sprintf("%s:%d", name, n)
		if err != nil && err != io.EOF { // the part of a row before it is no row
			return readError(place, err)
		}
		switch {
		case size > r.opt.Limits.Row:
			rows++
			s.failed(fmt.Errorf("read %s: %w: a row of %s, over the limit of %s; split the article", place, ErrTooLarge, mib(size), mib(r.opt.Limits.Row)))
		case len(bytes.TrimSpace(buf)) > 0:
			rows++
			if e := s.take(r.row(place, buf)); e != nil {
				return e
			}
		}
		if err == io.EOF {
			break
		}
	}
	if rows == 0 {
		return fmt.Errorf("read %s: %w; give a file with articles", name, ErrEmpty)
	}
	return nil
}

func mib(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// values reads a JSON array of articles, or JSON objects printed over several
// lines, one element at a time. A row that is JSON but no article is an error
// of that row; a break of the JSON itself ends the input, because nothing
// tells where the next element begins.
func (r *Reader) values(name string, in *bufio.Reader, array bool, s sink) error {
	g := &gate{r: in, left: r.opt.Limits.Row}
	d := json.NewDecoder(g)
	if array {
		if _, err := d.Token(); err != nil {
			return fmt.Errorf("read %s: %w: %v", name, ErrFormat, err)
		}
	}
	n := 0
	for {
		g.left = r.opt.Limits.Row
		if array && !d.More() {
			break
		}
		var raw json.RawMessage
		err := d.Decode(&raw)
		if err == io.EOF && !array {
			break
		}
		n++
		place := fmt.Sprintf("%s: row %d", name, n)
		switch {
		case err == errGate:
			return fmt.Errorf("read %s: %w: a row over the limit of %s; the rows after it are not read: split the article", place, ErrTooLarge, mib(r.opt.Limits.Row))
		case errors.Is(err, ErrTooLarge), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat):
			return readError(place, err)
		case err != nil:
			return fmt.Errorf("read %s: %w: %v; the rows after it are not read: mend the JSON, or give one object a line", place, ErrFormat, err)
		}
		if e := s.take(r.row(place, raw)); e != nil {
			return e
		}
	}
	if array {
		if _, err := d.Token(); err != nil {
			return fmt.Errorf("read %s: %w: the array is not closed after row %d: %v; the file is cut short: get it again", name, ErrFormat, n, err)
		}
	}
	if n == 0 {
		return fmt.Errorf("read %s: %w; give a file with articles", name, ErrEmpty)
	}
	return nil
}

var errGate = fmt.Errorf("%w: a row", ErrTooLarge)

// gate lets a bounded number of bytes through until it is filled again: what
// bounds an element that json.Decoder would hold whole, whatever its size.
type gate struct {
	r    io.Reader
	left int64
}

func (g *gate) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, errGate
	}
	if int64(len(p)) > g.left {
		p = p[:g.left]
	}
	n, err := g.r.Read(p)
	g.left -= int64(n)
	return n, err
}
