package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"isnad/internal/store"
	"isnad/internal/tabular"
)

// Rows on a page of JSON.
const (
	pageRows = 50  // where no limit is asked for
	mostRows = 500 // at most
)

// Paging is what every list is asked besides its filters.
type Paging struct {
	Limit  Number `query:"limit" minimum:"0" doc:"At most so many rows. Of a page 1 to 500, 50 where none is given; of a stream any number, all where none is given or 0."`
	After  string `query:"after" doc:"Cursor: rows after this place, the next of the page before."`
	Format string `query:"format" enum:"json,jsonl,csv" default:"json" doc:"json: a page. jsonl: all rows, each a line of JSON. csv: all rows under a head, lists joined by +."`
}

func (p *Paging) paging() *Paging { return p }

// Number is a whole number that may be left out.
type Number struct {
	N     int
	Given bool
}

// Schema implements huma.SchemaProvider.
func (Number) Schema(r huma.Registry) *huma.Schema {
	return huma.SchemaFromType(r, reflect.TypeFor[int]())
}

// Receiver implements huma.ParamWrapper.
func (n *Number) Receiver() reflect.Value { return reflect.ValueOf(n).Elem().Field(0) }

// OnParamSet implements huma.ParamReactor.
func (n *Number) OnParamSet(given bool, _ any) { n.Given = given }

// rows are what answers a list: F its filters, T a row.
type list[F any, T any] struct {
	Op
	name  string                                                                  // of the rows in a page, e.g. "claims"
	rows  func(ctx context.Context, f *F, limit int) (iter.Seq2[T, error], error) // after the cursor, at most limit, 0 for all
	next  func(T) string                                                          // cursor after a row
	sheet tabular.Sheet[T]
}

// pager is implemented by *F for every F that embeds Paging.
type pager interface{ paging() *Paging }

// add adds a list to the API; Page is the type that documents a page, a list
// called as name and next.
func add[Page, F, T any](a *API, l list[F, T]) {
	op := l.huma()
	op.Responses = map[string]*huma.Response{
		"200": {
			Description: "A page, or all rows as a stream. A stream that fails is broken off: its last line is then no whole one or the transfer ends in an error.",
			Headers: map[string]*huma.Param{
				"ETag": {Description: "Stays as long as the store is the same.", Schema: &huma.Schema{Type: huma.TypeString}},
				"Link": {Description: "rel=next, the next page, where there is one.", Schema: &huma.Schema{Type: huma.TypeString}},
			},
			Content: map[string]*huma.MediaType{
				"application/json":     {Schema: schema[Page](a)},
				"application/x-ndjson": {Schema: schema[T](a)},
				"text/csv":             {Schema: &huma.Schema{Type: huma.TypeString, Description: "Columns: " + fmt.Sprint(l.sheet.Columns)}},
			},
		},
		"304": {Description: "The answer that If-None-Match names still holds."},
	}
	huma.Register(a.huma, op, func(ctx context.Context, f *F) (*huma.StreamResponse, error) {
		p := any(f).(pager).paging()
		if err := p.check(); err != nil {
			return nil, a.fault(ctx, op.Path, err)
		}
		answer, err := l.page, error(nil)
		if p.Format != "json" && p.Format != "" {
			answer = l.stream
		}
		body, err := answer(a, ctx, f, p)
		if err != nil {
			return nil, a.fault(ctx, op.Path, err)
		}
		return &huma.StreamResponse{Body: body}, nil
	})
}

// check reports what no list can be asked.
func (p *Paging) check() error {
	most, none := mostRows, "a number from 1 to 500, and go on with the cursor after"
	switch p.Format {
	case "", "json":
		if p.Limit.Given && p.Limit.N == 0 {
			return fmt.Errorf("limit 0: %w: write %s", store.ErrInvalid, none)
		}
	case "jsonl", "csv":
		most, none = 1<<31-1, "0 for all, or a number"
	default:
		return fmt.Errorf("format %q: %w: write json, jsonl or csv", p.Format, store.ErrInvalid)
	}
	if p.Limit.N < 0 || p.Limit.N > most {
		return fmt.Errorf("limit %d: %w: write %s", p.Limit.N, store.ErrInvalid, none)
	}
	return nil
}

// page answers with one page. It is made whole before the first byte is sent, so
// that an error is a problem.
func (l list[F, T]) page(a *API, ctx context.Context, f *F, p *Paging) (func(huma.Context), error) {
	limit := cmp.Or(p.Limit.N, pageRows)
	rows, err := l.rows(ctx, f, limit+1) // one more tells whether there is a next page
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"%s":[`, l.name)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	n, next := 0, ""
	var last T
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		if n == limit {
			next = l.next(last)
			break
		}
		if n++; n > 1 {
			b.WriteByte(',')
		}
		if err := enc.Encode(row); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1) // the newline
		last = row
	}
	fmt.Fprintf(&b, `],"next":%q}`+"\n", next) // a cursor has no letter that JSON escapes
	return func(c huma.Context) {
		head(c, ctx, "application/json")
		if next != "" {
			c.AppendHeader("Link", "<"+after(c.URL(), next)+`>; rel="next"`)
		}
		if _, err := c.BodyWriter().Write(b.Bytes()); err != nil {
			a.Log.Debug("answer broken off", "path", l.Path, "err", err)
		}
	}, nil
}

// head sets the headers of an answer that is good.
func head(c huma.Context, ctx context.Context, kind string) {
	c.SetHeader("Content-Type", kind)
	c.SetHeader("Cache-Control", cacheControl)
	if tag := tagOf(ctx); tag != "" {
		c.SetHeader("ETag", tag)
	}
	c.AppendHeader("Vary", "Accept-Encoding")
}

// after is the address of the same question after a cursor.
func after(u url.URL, cursor string) string {
	q := u.Query()
	q.Set("after", cursor)
	out := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: q.Encode()}
	return out.String()
}

// listed are rows that are worked out all at once, as a list answers: those that
// answer keep, after the cursor, the id of one of them.
func listed[T any](all []T, newest bool, after string, limit int, id func(T) string, keep func(T) bool) (iter.Seq2[T, error], error) {
	if newest {
		all = slices.Clone(all)
		slices.Reverse(all)
	}
	if after != "" {
		i := slices.IndexFunc(all, func(x T) bool { return id(x) == after })
		if i < 0 {
			return nil, fmt.Errorf("cursor %q: %w: there is no such row any more; begin with the first page", after, store.ErrInvalid)
		}
		all = all[i+1:]
	}
	return func(yield func(T, error) bool) {
		n := 0
		for _, x := range all {
			if !keep(x) {
				continue
			}
			if n++; !yield(x, nil) || n == limit {
				return
			}
		}
	}, nil
}
