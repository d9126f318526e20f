// Package feed reads lists of news: RSS 0.9x to 2.0, RDF, Atom, JSON Feed, news
// sitemaps and indexes of them, and OPML, the list of feeds that readers exchange. It sees bytes and
// opens no connection. When a feed is asked again follows from how it answered
// (After).
package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html/charset"
)

// ErrFormat is wrapped where bytes are no feed.
var ErrFormat = errors.New("no feed")

// Feed is a list of news as it was printed.
type Feed struct {
	Title    string
	Entries  []Entry
	Sitemaps []string // of a sitemap index: where its entries are, at most five, the last changed first
}

// Entry is one piece of news in a feed.
type Entry struct {
	URL       string // of the page, absolute
	Title     string
	Published string // RFC 3339, "" where it has none that can be read
	Updated   string // likewise
	HTML      string // what the feed itself has of the text
	Author    string
	Source    string // RSS <source>: who printed it first, by name, else address
}

// Mark names the state of an entry: another mark means that it is to be read
// again.
func (e Entry) Mark() string { return strings.Join([]string{e.Title, e.Published, e.Updated}, "\x00") }

// maxEntries bounds a feed; sitemaps may have 50,000, news ones 1,000.
const maxEntries = 5000

// Parse reads a feed that was had from an address. Entries without an address
// of the web are left out, the same address twice likewise.
func Parse(data []byte, from string) (Feed, error) {
	base, err := url.Parse(from)
	if err != nil {
		return Feed{}, fmt.Errorf("feed %s: %w: %v", from, ErrFormat, err)
	}
	if parts, err := index(data, base); err == nil {
		return Feed{Sitemaps: parts}, nil
	}
	f, err := sitemap(data)
	if err != nil {
		p := gofeed.NewParser()
		p.KeepOriginalFeed = true
		got, err := p.Parse(bytes.NewReader(data))
		if err == nil && got.Title == "" && len(got.Items) == 0 {
			err = errors.New("neither title nor entries")
		}
		if err != nil {
			return Feed{}, fmt.Errorf("feed %s: %w: %v; give the address of RSS, Atom, JSON Feed or a news sitemap", from, ErrFormat, err)
		}
		f = translate(got)
	}
	seen := map[string]bool{}
	entries := f.Entries[:0]
	for _, e := range f.Entries {
		u, err := base.Parse(strings.TrimSpace(e.URL))
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || seen[u.String()] || len(entries) == maxEntries {
			continue
		}
		e.URL = u.String()
		seen[e.URL] = true
		entries = append(entries, e)
	}
	f.Entries = entries
	return f, nil
}

func translate(f *gofeed.Feed) Feed {
	out := Feed{Title: strings.TrimSpace(f.Title)}
	original, _ := f.OriginalFeed().(*rss.Feed)
	for i, it := range f.Items {
		e := Entry{URL: it.Link, Title: strings.TrimSpace(it.Title), HTML: it.Content, Published: when(it.PublishedParsed), Updated: when(it.UpdatedParsed)}
		if e.HTML == "" {
			e.HTML = it.Description
		}
		if len(it.Authors) > 0 && it.Authors[0] != nil {
			e.Author = strings.TrimSpace(it.Authors[0].Name)
		}
		// gofeed's common form drops <source>, which names the true publisher.
		if original != nil && i < len(original.Items) && original.Items[i].Source != nil {
			s := original.Items[i].Source
			if e.Source = strings.TrimSpace(s.Title); e.Source == "" {
				e.Source = s.URL
			}
		}
		out.Entries = append(out.Entries, e)
	}
	return out
}

func when(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// sitemap reads a news sitemap (sitemaps.org 0.9 with the news extension).
func sitemap(data []byte) (Feed, error) {
	var m struct {
		XMLName xml.Name `xml:"urlset"`
		URL     []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
			News    struct {
				Name  string `xml:"publication>name"`
				Date  string `xml:"publication_date"`
				Title string `xml:"title"`
			} `xml:"news"`
		} `xml:"url"`
	}
	if err := decode(data, &m); err != nil {
		return Feed{}, err
	}
	var f Feed
	for _, u := range m.URL {
		f.Title = u.News.Name
		f.Entries = append(f.Entries, Entry{URL: u.Loc, Title: strings.TrimSpace(u.News.Title), Published: u.News.Date, Updated: u.LastMod})
	}
	return f, nil
}

func decode(data []byte, into any) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	return d.Decode(into)
}
