package api

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"isnad/internal/tabular"
)

// A stream sends what it has every flushRows rows, and a client may take
// patience to read that; the whole may take as long as it likes.
const (
	flushRows = 500
	patience  = time.Minute
)

// stream answers with all rows, each written as it is read: no more than one of
// them and a buffer is held. It ends when the client goes away. A fault before
// the first row is a problem; a later one breaks the transfer off, so that a part
// is never taken for the whole.
func (l list[F, T]) stream(a *API, ctx context.Context, f *F, p *Paging) (func(huma.Context), error) {
	rows, err := l.rows(ctx, f, p.Limit.N)
	if err != nil {
		return nil, err
	}
	next, stop := iter.Pull2(rows)
	first, err, there := next()
	if there && err != nil {
		stop()
		return nil, err
	}
	return func(c huma.Context) {
		defer stop()
		_, w := humago.Unwrap(c)
		kind := "application/x-ndjson"
		if p.Format == "csv" {
			kind = "text/csv; charset=utf-8; header=present"
			c.SetHeader("Content-Disposition", `attachment; filename="`+l.name+`.csv"`)
		}
		head(c, ctx, kind)
		out := &flusher{w: w, control: http.NewResponseController(w)}
		rest := func(yield func(T, error) bool) {
			for x, err, ok := first, error(nil), there; ok; x, err, ok = next() {
				if !yield(x, err) {
					return
				}
			}
		}
		if err := write(out, rest, p.Format, l.sheet); err != nil {
			if ctx.Err() == nil {
				a.Log.Error("stream broken off", "path", l.Path, "err", err)
			}
			panic(http.ErrAbortHandler)
		}
	}, nil
}

// write writes rows in a format and flushes now and then.
func write[T any](out *flusher, rows iter.Seq2[T, error], format string, sheet tabular.Sheet[T]) error {
	buf := bufio.NewWriterSize(out, 1<<15)
	put := func(row T) error { return nil }
	end := func() error { return buf.Flush() }
	if format == "csv" {
		c := csv.NewWriter(buf)
		if err := c.Write(sheet.Columns); err != nil {
			return err
		}
		put = func(row T) error { return c.Write(sheet.Cells(row)) }
		end = func() error { c.Flush(); return errors.Join(c.Error(), buf.Flush()) }
	} else {
		enc := json.NewEncoder(buf)
		enc.SetEscapeHTML(false)
		put = func(row T) error { return enc.Encode(row) }
	}
	n := 0
	for row, err := range rows {
		if err != nil {
			return err
		}
		if err := put(row); err != nil {
			return err
		}
		if n++; n%flushRows == 0 {
			if err := errors.Join(end(), out.flush()); err != nil {
				return err
			}
		}
	}
	return end()
}

// flusher is a response whose time to write begins anew with every write.
type flusher struct {
	w       io.Writer
	control *http.ResponseController
}

func (f *flusher) Write(p []byte) (int, error) {
	if err := f.control.SetWriteDeadline(time.Now().Add(patience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return f.w.Write(p)
}

func (f *flusher) flush() error {
	if err := f.control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}
