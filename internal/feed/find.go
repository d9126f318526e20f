package feed

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"

	"github.com/temoto/robotstxt"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// feedTypes are the media types by which a page names its feeds.
var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}

// CommonPaths are where sites have their feeds that don't say where, the likeliest first.
var CommonPaths = []string{"/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/sitemap-news.xml", "/news-sitemap.xml"}

// Links are the feeds that a page names (<link rel="alternate">), absolute, in its
// order. Those of comments are left out: they are no news.
func Links(page []byte, from string) (out []string) {
	r, err := charset.NewReader(bytes.NewReader(page), "text/html")
	if err != nil {
		return nil
	}
	root, err := html.Parse(r)
	base, berr := url.Parse(from)
	if err != nil || berr != nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "link" && n.Data != "base" {
			continue
		}
		a := map[string]string{}
		for _, x := range n.Attr {
			a[x.Key] = strings.TrimSpace(x.Val)
		}
		if n.Data == "base" {
			if u, err := base.Parse(a["href"]); err == nil {
				base = u
			}
			continue
		}
		kind, _, _ := strings.Cut(strings.ToLower(a["type"]), ";")
		if !slices.Contains(strings.Fields(strings.ToLower(a["rel"])), "alternate") || !slices.Contains(feedTypes, strings.TrimSpace(kind)) || strings.Contains(strings.ToLower(a["href"]), "comment") {
			continue
		}
		if u := web(base, a["href"]); u != "" && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

// Sitemaps are those that a site's robots.txt names, absolute, ones of news first.
func Sitemaps(robots []byte, from string) (out []string) {
	data, err := robotstxt.FromBytes(robots)
	base, berr := url.Parse(from)
	if err != nil || berr != nil {
		return nil
	}
	for _, s := range data.Sitemaps {
		if u := web(base, s); u != "" && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	news := func(u string) int {
		if strings.Contains(strings.ToLower(u), "news") {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(news(a), news(b)) })
	return out
}

// web is an address of the web, absolute and without a fragment, "" for any other.
func web(base *url.URL, ref string) string {
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || ref == "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// maxSitemaps is how many sitemaps of an index are asked at one time.
const maxSitemaps = 5

// part is a sitemap of an index.
type part struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

// index reads a sitemap index (sitemaps.org 0.9): the sitemaps that changed last,
// the last first; those that don't say when come after, as they stand.
func index(data []byte, base *url.URL) (out []string, err error) {
	var m struct {
		XMLName xml.Name `xml:"sitemapindex"`
		Sitemap []part   `xml:"sitemap"`
	}
	if err := decode(data, &m); err != nil {
		return nil, err
	}
	slices.SortStableFunc(m.Sitemap, func(a, b part) int {
		return -cmp.Compare(strings.TrimSpace(a.LastMod), strings.TrimSpace(b.LastMod))
	})
	for _, s := range m.Sitemap {
		if u := web(base, s.Loc); u != "" && !slices.Contains(out, u) && len(out) < maxSitemaps {
			out = append(out, u)
		}
	}
	return out, nil
}
