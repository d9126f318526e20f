package syndicate_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"isnad/internal/syndicate"
)

var example = syndicate.Feed{ID: "urn:isnad:alerts", Title: "alerts <all>", Lang: "ar", Entries: []syndicate.Entry{
	{ID: "urn:isnad:alert:a1", Title: "PRK:RUS & more", Published: "2024-10-18T00:00:00Z", Updated: "2024-10-22T00:00:00Z", Text: "نفي\nwithdrawn", Tags: []string{"rung_up"}},
	{ID: "urn:isnad:alert:a2", Title: "b", Published: "2024-10-18T00:00:00Z", Updated: "2024-10-19T00:00:00Z"}}}

func TestAtom(t *testing.T) {
	var b bytes.Buffer
	if err := syndicate.Atom(&b, example); err != nil {
		t.Fatal(err)
	}
	var got struct {
		XMLName xml.Name
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Content string `xml:"content"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.XMLName.Space != "http://www.w3.org/2005/Atom" || got.Updated != "2024-10-22T00:00:00Z" || len(got.Entries) != 2 || got.Entries[0].Title != "PRK:RUS & more" || got.Entries[0].Content != "نفي\nwithdrawn" {
		t.Errorf("read back %+v from\n%s", got, b.String())
	}
	if strings.Contains(b.String(), "<link>") || strings.Contains(b.String(), "<link></link>") {
		t.Errorf("an empty link:\n%s", b.String())
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := syndicate.JSON(&b, example); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version string
		Items   []struct {
			ID      string
			Content string `json:"content_text"`
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "https://jsonfeed.org/version/1.1" || len(got.Items) != 2 || got.Items[0].Content != "نفي\nwithdrawn" {
		t.Errorf("read back %+v", got)
	}
	b.Reset()
	if err := syndicate.JSON(&b, syndicate.Feed{}); err != nil || !strings.Contains(b.String(), `"items": []`) {
		t.Errorf("an empty feed is %s, %v", b.String(), err)
	}
}
