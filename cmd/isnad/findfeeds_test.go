package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"isnad/internal/fetch"
	"isnad/internal/store"
	"isnad/lexicon"
)

const aFeed = `<rss version="2.0"><channel><title>Paper</title><item><title>One</title><link>/one</link></item></channel></rss>`

// site serves pages by path; %s in them is its own address.
func site(t *testing.T, pages map[string]string) (address string, client *fetch.Client) {
	t.Helper()
	var srv *httptest.Server
	srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, strings.ReplaceAll(body, "%s", srv.URL))
	}))
	t.Cleanup(srv.Close)
	return srv.URL, fetch.NewClient(fetch.Options{AllowHosts: []string{strings.TrimPrefix(srv.URL, "http://")}, Delay: 1})
}

func TestFindFeeds(t *testing.T) {
	const index = `<sitemapindex><sitemap><loc>%s/news.xml</loc></sitemap></sitemapindex>`
	for name, x := range map[string]struct {
		pages map[string]string
		want  []string
	}{
		"named": {map[string]string{"/": `<link rel=alternate type=application/rss+xml href=/a><link rel=alternate type=application/rss+xml href=/broken><link rel=alternate type=application/atom+xml href=/b>`,
			"/a": aFeed, "/b": aFeed, "/broken": "<html>no feed</html>", "/feed": aFeed}, []string{"/a", "/b"}},
		"a feed itself":             {map[string]string{"/": aFeed}, []string{""}},
		"in robots.txt":             {map[string]string{"/": "<html></html>", "/robots.txt": "User-agent: *\nAllow: /\nSitemap: %s/sitemap.xml\n", "/sitemap.xml": index, "/rss": aFeed}, []string{"/sitemap.xml"}},
		"where it usually is":       {map[string]string{"/": "<html></html>", "/rss.xml": aFeed, "/feed.xml": aFeed}, []string{"/rss.xml"}},
		"not where it isn't wanted": {map[string]string{"/": "<html></html>", "/robots.txt": "User-agent: *\nDisallow: /rss\n", "/rss.xml": aFeed}, nil},
		"nowhere":                   {map[string]string{"/": "<html></html>", "/rss": "<html></html>"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			address, client := site(t, x.pages)
			got, err := findFeeds(t.Context(), client, address)
			for i := range x.want {
				x.want[i] = address + x.want[i]
			}
			if strings.Join(got, " ") != strings.Join(x.want, " ") || (err != nil) != (x.want == nil) || err != nil && !errors.Is(err, errNoFeed) {
				t.Errorf("%q, want %q: %v", got, x.want, err)
			}
		})
	}
	for address, want := range map[string]bool{"https://a.example": true, "https://a.example/": true, "https://a.example/feed": false, "https://a.example/?feed=rss2": false} {
		if frontPage(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}

// An index of sitemaps leads to their entries; one of them that cannot be had is
// named, and the others are taken.
func TestWatchSitemapIndex(t *testing.T) {
	entry := func(path, title string) string {
		return `<urlset><url><loc>%s` + path + `</loc><news><publication><name>Paper</name></publication><title>` + title + `</title></news></url></urlset>`
	}
	address, client := site(t, map[string]string{
		"/index.xml": `<sitemapindex><sitemap><loc>%s/a.xml</loc></sitemap><sitemap><loc>%s/none.xml</loc></sitemap><sitemap><loc>%s/b.xml</loc></sitemap></sitemapindex>`,
		"/a.xml":     entry("/one", "One"), "/b.xml": entry("/two", "Two"),
		"/one": `{"id":"one","text":"PRK arms RUS"}` + "\n", "/two": `{"id":"two","text":"PRK arms RUS"}` + "\n",
	})
	s := openStore(t, filepath.Join(t.TempDir(), "w.db"), true)
	defer s.Close()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutFeed(t.Context(), store.Feed{URL: address + "/index.xml"}); err != nil {
		t.Fatal(err)
	}
	var diag bytes.Buffer
	e := &environment{ctx: t.Context(), stdout: &diag, stderr: &diag}
	w := newWatcher(e, s, scripted(""), lex, &ingestCmd{NoLink: true}, e.tally(""))
	w.client = client
	if n, err := w.round(t.Context()); n != 2 || err != nil {
		t.Errorf("took %d: %v\n%s", n, err, diag.String())
	}
	feeds, err := s.Feeds(t.Context())
	if err != nil || len(feeds) != 1 || feeds[0].Title != "Paper" || !strings.Contains(feeds[0].Error, "404") {
		t.Errorf("%+v %v", feeds, err)
	}
	if v, err := s.Article(t.Context(), "two"); err != nil || v.Title != "Two" || v.Outlet != "Paper" {
		t.Errorf("%+v %v", v.Article, err)
	}
}
