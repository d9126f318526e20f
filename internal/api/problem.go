package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"isnad/internal/store"
)

// A parameter that can't be read is a bad request, like one that means nothing:
// huma's 422 is for bodies.
func init() {
	problem := huma.NewError
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		if status == http.StatusUnprocessableEntity {
			status = http.StatusBadRequest
		}
		return problem(status, message, errs...)
	}
}

// fault is the problem that an error is to a client. What is not the request's
// fault is logged, and the client isn't told more than that.
func (a *API) fault(ctx context.Context, path string, err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return huma.Error404NotFound(err.Error())
	case errors.Is(err, store.ErrInvalid):
		return huma.Error400BadRequest(err.Error())
	case ctx.Err() != nil: // nobody waits for it
		return huma.Error503ServiceUnavailable("broken off")
	}
	a.Log.Error("request failed", "path", path, "err", err)
	return huma.Error500InternalServerError("the server failed; its log says how")
}

// known turns away parameters that the operation doesn't have, so that a slip of
// the pen is no answer to another question.
func (a *API) known(ctx huma.Context, next func(huma.Context)) {
	u := ctx.URL()
asked:
	for name := range u.Query() {
		var names []string
		for _, p := range ctx.Operation().Parameters {
			if p.In != "query" {
				continue
			}
			if p.Name == name {
				continue asked
			}
			names = append(names, p.Name)
		}
		message := "no parameter is called " + name + "; this takes " + strings.Join(names, ", ")
		if names == nil {
			message = "no parameter is called " + name + "; this takes none"
		}
		huma.WriteErr(a.huma, ctx, http.StatusBadRequest, message)
		return
	}
	next(ctx)
}

// nowhere answers for paths under /api/ that are no operation.
func (a *API) nowhere(w http.ResponseWriter, r *http.Request) {
	get := &http.Request{Method: http.MethodGet, URL: r.URL, Host: r.Host}
	if _, pattern := a.mux.Handler(get); pattern != "/api/" {
		w.Header().Set("Allow", "GET, HEAD")
		a.write(w, huma.Error405MethodNotAllowed("this is only read; use GET"))
		return
	}
	a.write(w, huma.Error404NotFound("no operation has this path; /api/openapi.json lists them"))
}

// write sends a problem where no operation does.
func (a *API) write(w http.ResponseWriter, p huma.StatusError) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.GetStatus())
	if err := huma.DefaultJSONFormat.Marshal(w, p); err != nil {
		a.Log.Debug("answer broken off", "err", err)
	}
}

// guard is the mux with what is done around every operation.
type guard struct {
	*http.ServeMux
	api *API
}

// HandleFunc implements humago.Mux: the query is put in order before, and a
// panic is a problem and no dropped connection, unless it means one.
func (g guard) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	g.ServeMux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				g.api.Log.Error("request failed", "path", r.URL.Path, "panic", p)
				g.api.write(w, huma.Error500InternalServerError("the server failed; its log says how"))
			}
		}()
		u := *r.URL
		u.RawQuery = inOrder(u.Query()).Encode()
		r = r.WithContext(r.Context()) // a copy
		r.URL = &u
		r = r.WithContext(context.WithValue(r.Context(), askedKey{}, r))
		w.Header().Set("Link", `</api/openapi.json>; rel="service-desc"`)
		h(w, r)
	})
}

// inOrder leaves empty parameters out, as forms send them, and joins the values
// of one that is repeated. Outlets' names are left apart: they may hold commas.
func inOrder(q url.Values) url.Values {
	out := url.Values{}
	for name, values := range q {
		var kept []string
		for _, v := range values {
			if v = strings.TrimSpace(v); v != "" {
				kept = append(kept, v)
			}
		}
		switch {
		case kept == nil:
		case name == "outlet":
			out[name] = kept
		default:
			out.Set(name, strings.Join(kept, ","))
		}
	}
	return out
}
