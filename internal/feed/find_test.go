package feed

import (
	"slices"
	"testing"
)

func TestLinks(t *testing.T) {
	page := `<!doctype html><html><head><base href="/ar/"><title>ص</title>
<link rel="stylesheet" href="/s.css"><link rel="alternate" hreflang="en" href="/en/">
<link rel="ALTERNATE" type="application/rss+xml; charset=utf-8" href=" rss.xml#top ">
<link type="application/atom+xml" rel="home alternate" href="https://other.example/atom">
<link rel="alternate" type="application/rss+xml" href="/comments/feed"><link rel="alternate" type="application/feed+json" href="javascript:alert(1)">
<link rel="alternate" type="application/feed+json" href="https://name:word@other.example/"><link rel="alternate" type="application/rss+xml" href="rss.xml"><link rel="alternate" type="application/rss+xml">
</head><body><a href="/feed">RSS</a></body></html>`
	if got, want := Links([]byte(page), "https://a.example/index.html"), []string{"https://a.example/ar/rss.xml", "https://other.example/atom"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestSitemaps(t *testing.T) {
	robots := "User-agent: *\nDisallow: /x\nSitemap: https://a.example/sitemap.xml\nsitemap: /News-sitemap.xml\nSitemap: ftp://a.example/\n"
	if got, want := Sitemaps([]byte(robots), "https://a.example/robots.txt"), []string{"https://a.example/News-sitemap.xml", "https://a.example/sitemap.xml"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestSitemapIndex(t *testing.T) {
	f, err := Parse([]byte(`<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://a.example/old.xml</loc><lastmod>2023-01-01</lastmod></sitemap><sitemap><loc>/none.xml</loc></sitemap><sitemap><loc>https://a.example/new.xml</loc><lastmod>2024-05-01T10:00:00Z</lastmod></sitemap>
<sitemap><loc>javascript:alert(1)</loc></sitemap></sitemapindex>`), "https://a.example/sitemap.xml")
	if want := []string{"https://a.example/new.xml", "https://a.example/old.xml", "https://a.example/none.xml"}; err != nil || !slices.Equal(f.Sitemaps, want) || len(f.Entries) > 0 {
		t.Errorf("%+v %v", f, err)
	}
}
