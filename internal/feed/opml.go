package feed

import (
	"encoding/xml"
	"fmt"
	"io"

	"isnad/internal/store"
)

type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	XMLURL   string    `xml:"xmlUrl,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}

type opml struct {
	XMLName xml.Name `xml:"opml"`
	Version string   `xml:"version,attr"`
	Title   string   `xml:"head>title"`
	Body    struct {
		Outlines []outline `xml:"outline"`
	} `xml:"body"`
}

// ReadOPML reads the feeds of an OPML file, whatever folders they stand in. The
// name that a reader gave a feed is its outlet.
func ReadOPML(data []byte) (feeds []store.Feed, err error) {
	var o opml
	if err := decode(data, &o); err != nil {
		return nil, fmt.Errorf("%w: not OPML: %v", ErrFormat, err)
	}
	var walk func([]outline)
	walk = func(os []outline) {
		for _, x := range os {
			if x.XMLURL != "" {
				name := x.Title
				if name == "" {
					name = x.Text
				}
				feeds = append(feeds, store.Feed{URL: x.XMLURL, Outlet: name})
			}
			walk(x.Outlines)
		}
	}
	walk(o.Body.Outlines)
	return feeds, nil
}

// WriteOPML writes feeds as OPML 2.0.
func WriteOPML(w io.Writer, feeds []store.Feed) error {
	o := opml{Version: "2.0", Title: "isnad"}
	for _, f := range feeds {
		name := f.Outlet
		if name == "" {
			name = f.Title
		}
		if name == "" {
			name = f.URL
		}
		o.Body.Outlines = append(o.Body.Outlines, outline{Text: name, Title: f.Outlet, Type: "rss", XMLURL: f.URL})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(o); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
