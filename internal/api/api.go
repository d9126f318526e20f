// Package api answers programs over HTTP: what the store holds and what is
// worked out of it, as JSON, JSONL, CSV and feeds. Every operation is registered
// with huma, which makes an OpenAPI 3.1 document of the Go types
// (/api/openapi.json); what a field means stands in the types' own comments and
// gets into the document through fields.tsv.
//
// Answers are conditional (condition.go), lists go from page to page by cursors
// or come whole as a stream (list.go), and every fault is a problem of RFC 9457
// (problem.go).
package api

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/store"
)

// Options are what the API answers from.
type Options struct {
	Store  store.Store
	Book   Book
	Reader string // program and lexicon of this program, e.g. "isnad-0.1+3f9c2a71b0de"
	Log    *slog.Logger
}

// Book is what is worked out of the whole store at once, and kept by whoever
// implements it for as long as the store is the same. Implemented by
// serve.Server.
type Book interface {
	// Records are the agreements, obligations and transfers read out of what was
	// told within bounds. ErrNotFound where there is no ledger.
	Records(ctx context.Context, b Bounds) (*Records, error)
	// EventsAsOf yields the events of what was known at a time, linked for the question.
	EventsAsOf(ctx context.Context, q store.EventQuery, asOf string) (iter.Seq2[isnad.Event, error], error)
	// Known is the method of the series with what was known at a time, "" for now.
	Known(ctx context.Context, asOf string) (*escalation.Method, *escalation.Known, error)
}

// Bounds are the times between which claims are asked for: those published from
// Since until Until, as they were known at AsOf. An empty one bounds nothing.
type Bounds struct{ AsOf, Since, Until string }

// Records are what the ledger reads out of the claims of a time, each list in
// the order of the first claims.
type Records struct {
	Agreements  []isnad.Agreement
	Obligations []isnad.Obligation
	Transfers   []isnad.Transfer
}

// API is the operations on a mux.
type API struct {
	Options
	huma huma.API
	mux  *http.ServeMux
	once sync.Once // for the fields' descriptions
}

// New adds the operations to a mux, under /api/ and /feeds/.
func New(m *http.ServeMux, o Options) *API {
	a := &API{Options: o, mux: m}
	document := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "isnad", Version: version(o.Reader), Description: about,
			License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}},
		Components: &huma.Components{Schemas: huma.NewMapRegistry("#/components/schemas/", nameOf)},
	}
	document.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[escalation.Points](), reflect.TypeFor[float64]())
	a.huma = humago.New(guard{m, a}, huma.Config{OpenAPI: document, Formats: map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat}, DefaultFormat: "application/json"})
	a.huma.UseMiddleware(a.known, a.conditional)
	a.document()
	a.articles()
	a.claims()
	a.events()
	a.records()
	a.series()
	a.changes()
	a.state()
	m.HandleFunc("/api/", a.nowhere)
	return a
}

const about = `Who says what about whom, as read from news: claims with their speaker, stance and factuality, each with the place of its words; events that claims of many articles are about; agreements, obligations and transfers; reported intensity between states.

Every list takes the filters of the command line under the same names. Lists of codes, types and words are given by commas or by repeating the name. A page has at most 500 rows and the cursor of the next; format=jsonl or format=csv streams all of them. Offsets count Unicode code points of the article's title or text. Answers carry an ETag that stays as long as the store is the same.`

// version is the program's own of a reader's name.
func version(reader string) string {
	program, _, _ := strings.Cut(reader, "+")
	if _, v, ok := strings.Cut(program, "-"); ok {
		return v
	}
	return program
}

// Op says what an operation is.
type Op struct {
	Path     string // e.g. "/api/events/{id}"
	ID       string // operationId, e.g. "event"
	Tag      string // what it is shown under, e.g. "events"
	Summary  string // in a few words
	About    string // what is answered, with shapes and units
	Volatile bool   // changes while the store is the same: no ETag
}

func (o Op) huma() huma.Operation {
	return huma.Operation{Method: http.MethodGet, Path: o.Path, OperationID: o.ID, Tags: []string{o.Tag}, Summary: o.Summary, Description: o.About,
		SkipValidateParams: true, Metadata: map[string]any{"volatile": o.Volatile}}
}

// answer is a JSON answer with its headers.
type answer[T any] struct {
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         T
}

// Get adds an operation that answers with one value. In is a struct of path and
// query parameters (huma's tags); f's error is store.ErrNotFound or ErrInvalid
// where the request is at fault.
func Get[In, Out any](a *API, op Op, f func(context.Context, *In) (Out, error)) {
	huma.Register(a.huma, op.huma(), func(ctx context.Context, in *In) (*answer[Out], error) {
		out, err := f(ctx, in)
		if err != nil {
			return nil, a.fault(ctx, op.Path, err)
		}
		return &answer[Out]{ETag: tagOf(ctx), CacheControl: cacheControl, Body: out}, nil
	})
}

// askedKey is where the context of a request holds it.
type askedKey struct{}

// Asked is the request that an operation answers, its query without parameters
// that are empty and with lists joined by commas.
func Asked(ctx context.Context) *http.Request {
	r, _ := ctx.Value(askedKey{}).(*http.Request)
	return r
}

// Restrict leaves out of a query what the operation that answers a path does not take.
func (a *API) Restrict(u *url.URL) {
	_, pattern := a.mux.Handler(&http.Request{Method: http.MethodGet, URL: u})
	path := a.OpenAPI().Paths[strings.TrimPrefix(pattern, "GET ")]
	if path == nil {
		return
	}
	q := u.Query()
	for name := range q {
		if !slices.ContainsFunc(path.Get.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name }) {
			q.Del(name)
		}
	}
	u.RawQuery = q.Encode()
}
