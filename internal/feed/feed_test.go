package feed

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"isnad/internal/store"
)

func TestParse(t *testing.T) {
	for name, data := range map[string]string{
		"RSS": `<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title><item><title>A</title><link>/a</link><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate>
			<source url="https://agency.example/rss">Agency</source><description>short</description></item><item><title>again</title><link>https://x.example/a</link></item><item><title>none</title><link>javascript:x</link></item></channel></rss>`,
		"Atom":      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><entry><title>A</title><link href="https://x.example/a"/><published>2024-03-04T10:00:00Z</published></entry></feed>`,
		"JSON Feed": `{"version":"https://jsonfeed.org/version/1.1","title":"Paper","items":[{"id":"1","url":"https://x.example/a","title":"A","content_html":"short","date_published":"2024-03-04T10:00:00Z"}]}`,
		"sitemap": `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://x.example/a</loc>
			<news:news><news:publication><news:name>Paper</news:name></news:publication><news:publication_date>2024-03-04T10:00:00Z</news:publication_date><news:title>A</news:title></news:news></url></urlset>`,
	} {
		f, err := Parse([]byte(data), "https://x.example/feed")
		if err != nil || f.Title != "Paper" || len(f.Entries) != 1 {
			t.Errorf("%s: %+v %v", name, f, err)
			continue
		}
		e := f.Entries[0]
		if e.URL != "https://x.example/a" || e.Title != "A" || e.Published != "2024-03-04T10:00:00Z" {
			t.Errorf("%s: %+v", name, e)
		}
		if name == "RSS" && e.Source != "Agency" {
			t.Errorf("the source is %q", e.Source)
		}
	}
	for _, bad := range []string{"", "<html><body>no</body></html>", "{}", "\x00"} {
		if _, err := Parse([]byte(bad), "https://x.example/"); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestOPML(t *testing.T) {
	feeds := []store.Feed{{URL: "https://a.example/feed", Outlet: "صحيفة & co"}, {URL: "https://b.example/feed", Title: "B"}}
	var b bytes.Buffer
	if err := WriteOPML(&b, feeds); err != nil {
		t.Fatal(err)
	}
	got, err := ReadOPML(b.Bytes())
	if err != nil || len(got) != 2 || got[0].Outlet != "صحيفة & co" || got[1].URL != feeds[1].URL {
		t.Errorf("%+v %v", got, err)
	}
	nested := `<opml version="1.0"><body><outline text="folder"><outline text="A" xmlUrl="https://a.example/"/></outline></body></opml>`
	if got, err := ReadOPML([]byte(nested)); err != nil || len(got) != 1 || got[0].Outlet != "A" {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := ReadOPML([]byte("<rss/>")); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

func TestHealth(t *testing.T) {
	now := time.Date(2024, 3, 4, 10, 0, 0, 0, time.UTC)
	f := store.Feed{URL: "https://a.example/"}
	if State(f, now) != New || !Due(f, now) {
		t.Error("a new feed is to be asked")
	}
	f = After(f, Outcome{At: now, New: 3, Moved: "https://b.example/"})
	if State(f, now) != Good || f.Articles != 3 || f.URL != "https://b.example/" || f.Moved != "https://a.example/" || Due(f, now) || !Due(f, now.Add(Every)) {
		t.Errorf("%+v", f)
	}
	if back := now.Add(-30 * 24 * time.Hour); !Due(f, back) || State(f, back) != Good {
		t.Error("a clock that was set back a month makes the feed wait for a month")
	}
	f = After(f, Outcome{At: now.Add(72 * time.Hour)})
	if State(f, now.Add(72*time.Hour)) != Quiet {
		t.Error("a feed without news for days is quiet")
	}
	wait := time.Duration(0)
	for range 12 { // back-off grows and ends at a day
		f = After(f, Outcome{At: now, Err: errors.New("no answer")})
		next, _ := time.Parse(time.RFC3339, f.Next)
		if d := next.Sub(now); d < wait || d > longest {
			t.Errorf("after %d failures it waits %s", f.Failures, d)
		} else {
			wait = d
		}
	}
	if State(f, now) != Failed || f.Error != "no answer" || wait != longest {
		t.Errorf("%+v", f)
	}
	if f = After(f, Outcome{At: now, Err: errors.New("gone"), Gone: true}); State(f, now) != Gone || Due(f, now.Add(longest*9)) {
		t.Errorf("%+v", f)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<rss version="2.0"><channel><item><link>https://x/</link></item></channel></rss>`))
	f.Add([]byte(`<urlset><url><loc>x</loc></url></urlset>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, err := Parse(data, "https://x.example/"); err != nil && !errors.Is(err, ErrFormat) || len(got.Entries) > maxEntries {
			t.Errorf("%v", err)
		}
	})
}
