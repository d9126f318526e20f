// Package serve shows a store in a browser and over HTTP: articles with their
// claims marked in the running text, claims as a table, each with JSON beside
// it. Templates, styles, scripts and translations are embedded; a page asks for
// nothing that this server does not hold.
//
// What an article says is text. It is escaped where it is shown (html/template),
// a link is made of an address only if it is http or https (webLink), and a
// Content-Security-Policy would stop what came through all the same (protect).
//
// Every page is an endpoint: a function of a request to an answer. Its data as
// JSON is an operation of package api under the same path, or of the endpoint
// itself (pagesData), and ?format=json on the page leads there.
package serve

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"isnad/internal/api"
	"isnad/internal/review"
	"isnad/internal/store"
	"isnad/lexicon"
)

//go:embed static
var static embed.FS

// Options are what the pages show.
type Options struct {
	Store   store.Store
	Lexicon *lexicon.Lexicon // names of states, and the rows that claims name
	Reader  string           // the reader of this program; claims of another are marked as such
	Scores  string           // testdata/scores.txt, for the page on quality
	Demo    bool             // say on every page that the reports are composed
	Log     *slog.Logger     // slog.Default where nil
	Author  string           // who marks claims on this machine; nobody may where it is empty
	Access  *Access          // lets users in over the network; nil for the person of this machine alone
	Ledger  Ledger           // for events of a time, agreements, obligations and transfers; their pages are not found where nil
}

// Server answers requests for pages and data.
type Server struct {
	Options
	mux     *http.ServeMux
	api     *api.API
	series  series
	records recordCache
	book    review.Book
	guard   *guard // nil where nobody but the person of this machine is let in
	handler http.Handler
	now     func() time.Time

	drawnEvents drawnCache
	sourced     sourcings
	news        newsCache
}

// New makes the server of a store.
func New(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	s := &Server{Options: o, mux: http.NewServeMux(), book: review.NewBook(o.Lexicon), now: time.Now}
	s.api = api.New(s.mux, api.Options{Store: o.Store, Book: sources{s}, Reader: o.Reader, Log: o.Log})
	for page, e := range map[string]endpoint{
		"/articles/{id}":  s.article,
		"/articles":       s.articlesOrOne,
		"/claims":         s.claims,
		"/claims/{id}":    s.claim,
		"/intensity":      s.intensity,
		"/intensity/{id}": s.intensity,
		"/quality":        s.quality,
	} {
		s.mux.Handle("GET "+page, s.page(e))
	}
	s.ledgerPages()
	s.deskPages()
	s.reviewPages()
	s.healthPages()
	s.pagesData()
	s.drawingsData()
	s.mux.Handle("GET /static/", fresh(http.FileServerFS(static)))
	s.mux.Handle("/", s.page(func(*request) (answer, error) { return answer{}, store.ErrNotFound }))
	cross := http.NewCrossOriginProtection().Handler(s.mux)
	if o.Access == nil {
		s.handler = protect(local(alone(cross)))
		return s
	}
	s.guard = newGuard(*o.Access)
	s.loginPages()
	s.handler = protect(s.guarded(cross))
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.handler.ServeHTTP(w, r)
}

// request is what an endpoint is asked.
type request struct {
	context.Context
	settings
	*params
	id     string // from the path
	viewer viewer
	filled *markForm // a form that came and was wrong, to be shown again
}

// answer is what an endpoint says: a template with its data, and the same as JSON.
type answer struct {
	template string
	title    string // of the page, in the interface's language or an article's
	data     any
	json     any // where the endpoint is an operation of the API too; see pagesData
}

// endpoint answers one kind of request. Its error is store.ErrNotFound or
// store.ErrInvalid where the request is at fault.
type endpoint func(*request) (answer, error)

// page answers with HTML, or with data where ?format= asks for it.
func (s *Server) page(e endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("format") != "" {
			s.pageData(w, r)
			return
		}
		req := s.request(w, r)
		a, err := e(req)
		switch {
		case err == nil:
			s.render(w, r, req, http.StatusOK, a)
		case r.Context().Err() == nil: // else nobody waits for it
			s.failed(w, r, req, err)
		}
	})
}

// request is what a page is asked.
func (s *Server) request(w http.ResponseWriter, r *http.Request) *request {
	return &request{Context: r.Context(), settings: settingsOf(w, r), params: &params{values: r.URL.Query()}, id: r.PathValue("id"), viewer: s.viewer(r)}
}

// failed answers with a page that says what went wrong.
func (s *Server) failed(w http.ResponseWriter, r *http.Request, req *request, err error) {
	status := s.status(r, err)
	f := failure{Status: status, Title: say(req.Lang, fmt.Sprintf("error.title.%d", status))}
	switch status {
	case http.StatusBadRequest:
		f.Detail = err.Error()
	default:
		f.Detail = say(req.Lang, fmt.Sprintf("error.%d", status))
	}
	s.render(w, r, req, status, answer{template: "error", title: f.Title, data: f})
}

// failure says what went wrong.
type failure struct {
	Title  string
	Status int
	Detail string
}

// status is the code that goes with an error. What is not the request's fault is logged.
func (s *Server) status(r *http.Request, err error) int {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, store.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, errForbidden):
		return http.StatusForbidden
	}
	s.Log.Error("request failed", "path", r.URL.Path, "err", err)
	return http.StatusInternalServerError
}

// articleLink is the address of an article's page.
func articleLink(id string) string {
	if id == "." || id == ".." || id == "" { // browsers would resolve them
		return "/articles?id=" + url.QueryEscape(id)
	}
	return "/articles/" + url.PathEscape(id)
}

// claimLink is the permanent address of a claim.
func claimLink(id string) string {
	if id == "." || id == ".." {
		return "/claims"
	}
	return "/claims/" + url.PathEscape(id)
}

// webLink returns an address if it is one of the web that can be a link without
// harm, else "": no javascript:, no file:, no name and password in it.
func webLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}
