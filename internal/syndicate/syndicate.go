// Package syndicate writes entries as Atom (RFC 4287) and JSON Feed 1.1, for readers
// of feeds. It reads no clock: a feed is as old as its last entry, so that equal
// entries are equal bytes.
package syndicate

import (
	"encoding/json"
	"encoding/xml"
	"io"
)

// Feed is a list of entries.
type Feed struct {
	ID      string // a URI that stays
	Title   string
	Lang    string // ISO 639-1
	Home    string // address of a page about it, may be empty
	Entries []Entry
}

// Entry is one thing in a feed; a changed one keeps its ID and has a later Updated.
type Entry struct {
	ID        string
	Title     string
	URL       string // may be empty
	Published string // RFC 3339
	Updated   string // RFC 3339
	Text      string // plain
	Tags      []string
}

// updated is that of the last entry; of an empty feed the beginning of Unix time,
// as RFC 4287 wants one.
func (f Feed) updated() string {
	last := "1970-01-01T00:00:00Z"
	for _, e := range f.Entries {
		last = max(last, e.Updated)
	}
	return last
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

type atomTag struct {
	Term string `xml:"term,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	ID        string    `xml:"id"`
	Title     string    `xml:"title"`
	Link      *atomLink `xml:"link"`
	Published string    `xml:"published"`
	Updated   string    `xml:"updated"`
	Tags      []atomTag `xml:"category"`
	Content   atomText  `xml:"content"`
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr,omitempty"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Link    *atomLink   `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

func link(to string) *atomLink {
	if to == "" {
		return nil
	}
	return &atomLink{to}
}

// Atom writes the feed as Atom.
func Atom(w io.Writer, f Feed) error {
	a := atomFeed{Lang: f.Lang, ID: f.ID, Title: f.Title, Updated: f.updated(), Author: "isnad", Link: link(f.Home)}
	for _, e := range f.Entries {
		x := atomEntry{ID: e.ID, Title: e.Title, Link: link(e.URL), Published: e.Published, Updated: e.Updated, Content: atomText{"text", e.Text}}
		for _, t := range e.Tags {
			x.Tags = append(x.Tags, atomTag{t})
		}
		a.Entries = append(a.Entries, x)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(a); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type jsonItem struct {
	ID        string   `json:"id"`
	URL       string   `json:"url,omitempty"`
	Title     string   `json:"title"`
	Text      string   `json:"content_text"`
	Published string   `json:"date_published"`
	Updated   string   `json:"date_modified"`
	Tags      []string `json:"tags,omitempty"`
}

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	Home    string     `json:"home_page_url,omitempty"`
	Lang    string     `json:"language,omitempty"`
	Items   []jsonItem `json:"items"`
}

// JSON writes the feed as JSON Feed.
func JSON(w io.Writer, f Feed) error {
	j := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Lang: f.Lang, Items: []jsonItem{}}
	for _, e := range f.Entries {
		j.Items = append(j.Items, e.item())
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(j)
}

func (e Entry) item() jsonItem {
	return jsonItem{ID: e.ID, URL: e.URL, Title: e.Title, Text: e.Text, Published: e.Published, Updated: e.Updated, Tags: e.Tags}
}
