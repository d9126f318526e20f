package serve

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"isnad"
)

//go:embed templates
var templateFiles embed.FS

// templates are the pages, each in the frame of layout.html: a file that defines
// "main" is a page, the others hold what pages share.
var templates = func() map[string]*template.Template {
	funcs := template.FuncMap{
		"nums":       nums,
		"roles":      roles,
		"link":       articleLink,
		"outletpath": outletPath,
		"actorlink":  actorLink,
		"outlet":     func(s string) quote { return quoted(s, "") },
		"of":         func(part string, ps []party) partiesOf { return partiesOf{part, ps} },
		"rest":       func(all, shown int) int { return all - shown },
		"before":     func(n int) int { return n - 1 },
		"inc":        func(n int) int { return n + 1 },
		"version":    numberLink,
		"difference": func(id string, old int) string { return differenceLink(id, old, old+1) },
		"side": func(i int, t changedText) struct {
			New  bool
			Text changedText
		} {
			return struct {
				New  bool
				Text changedText
			}{i == 1, t}
		},
	}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		panic(err)
	}
	base := template.New("").Funcs(funcs)
	var pages []string
	for _, name := range names {
		text, err := fs.ReadFile(templateFiles, name)
		if err != nil {
			panic(err)
		}
		if bytes.Contains(text, []byte(`{{define "main"}}`)) {
			pages = append(pages, name)
		} else {
			template.Must(base.Parse(string(text)))
		}
	}
	out := map[string]*template.Template{"part": base.Lookup("part")}
	for _, name := range pages {
		page := strings.TrimSuffix(path.Base(name), ".html")
		out[page] = template.Must(template.Must(base.Clone()).ParseFS(templateFiles, name)).Lookup("layout")
	}
	return out
}()

// view is what a template sees: the reader's settings and the page's data.
type view struct {
	settings
	Title string
	Demo  bool
	Page  any
	URL   *url.URL
	Nav   string // the entry of the menu that this page belongs to
	Who   viewer
}

// T says words of the interface.
func (v view) T(key string, more ...string) string { return say(v.Lang, key+strings.Join(more, "")) }

// Key says words of the interface for a value, e.g. a stance.
func (v view) Key(prefix string, value any) string { return say(v.Lang, prefix+"."+fmt.Sprint(value)) }

// Dir is the direction of the interface.
func (v view) Dir() string { return direction(v.Lang) }

// With is this page's address with one parameter changed.
func (v view) With(name, value string) string { return with(v.URL, name, value) }

// Pick is this page's address, from its first results, with one parameter changed.
func (v view) Pick(name, value string) string {
	u := v.URL
	for _, place := range []string{"after", "from"} {
		if next, err := url.Parse(with(u, place, "")); err == nil {
			u = next
		}
	}
	return with(u, name, value)
}

// Get is what the address asks for by a name.
func (v view) Get(name string) string { return strings.Join(v.URL.Query()[name], ",") }

// Has says whether the address asks for this value.
func (v view) Has(name string, value any) bool {
	p := params{values: v.URL.Query()}
	if name == "outlet" {
		return slices.Contains(p.outlets(), fmt.Sprint(value))
	}
	return slices.ContainsFunc(p.list(name), func(s string) bool { return strings.EqualFold(s, fmt.Sprint(value)) })
}

// Date writes a date for reading.
func (v view) Date(iso string) string { return date(v.Lang, iso) }

// For passes the reader's settings on with another value, to an inner template.
func (v view) For(page any) view { v.Page = page; return v }

// Themes and Langs are the choices of the switches.
func (v view) Themes() []string    { return themes }
func (v view) Langs() []isnad.Lang { return interfaceLangs }

// render writes a page. It is made whole before the first byte is sent, so that
// an error in a template is an error and not half a page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, req *request, status int, a answer) {
	v := view{settings: req.settings, Title: a.title, Demo: s.Demo, Page: a.data, URL: r.URL, Nav: a.template, Who: req.viewer}
	var b bytes.Buffer
	if err := templates[a.template].Execute(&b, v); err != nil {
		s.Log.Error("page failed", "path", r.URL.Path, "err", err)
		http.Error(w, say(req.Lang, "error.title.500"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(req.Lang))
	w.Header().Set("Vary", "Cookie, Accept-Language")
	w.WriteHeader(status)
	if _, err := b.WriteTo(w); err != nil {
		s.Log.Debug("page broken off", "path", r.URL.Path, "err", err)
	}
}

// partiesOf are the parties on one side of a claim.
type partiesOf struct {
	Part    string
	Parties []party
}

// nums writes numbers of claims for a data attribute: "0 3".
func nums(ns []int) string {
	out := make([]string, len(ns))
	for i, n := range ns {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, " ")
}

// roles writes parts for a data attribute: "0:actor 3:cue".
func roles(ps []Part) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = strconv.Itoa(p.Claim) + ":" + p.Role
	}
	return strings.Join(out, " ")
}
