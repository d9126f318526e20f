package serve

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"isnad/internal/orth"
	"isnad/internal/store"
)

func TestSearchPage(t *testing.T) {
	s := server(t, false, story()...)
	for _, c := range []struct {
		query  string
		status int
		say    []string // what the page says in English
	}{
		{"", 200, []string{"4 articles", "Event type", "Outlet", "November 2024"}},
		{"text=أسلحة", 200, []string{"1 article", "<mark>بالأسلحة</mark>", `lang="ar" dir="rtl"`, "Russia denies"}},
		{"text=«أسلحة»", 200, []string{"No article answers this", "without quotation marks"}},
		{"text=shells+pyongyang&order=oldest", 200, []string{"<mark>shells</mark>", "<mark>Pyongyang</mark>", "1 article"}},
		{"text=shells+nowhere", 200, []string{"No article answers this", "only the word", "text=shells"}},
		{"text=shells&actor=USA", 200, []string{"No article answers this", "text=shells", "United States"}},
		{"text=nowhere", 200, []string{"No part of it finds anything either"}},
		{"type=aid&stance=denies&speaker=rus&dyad=PRK-RUS&factuality=negated,actual", 200, []string{"2 articles", "take off", "North Korea"}},
		{"outlet=Northline+Wire&language=en&since=2024-11&until=2024-11", 200, []string{"2 articles", `name="outlet" value="Northline Wire"`}},
		{"limit=1&from=1", 200, []string{"Previous page", "Next page", "2–2", "from=2"}},
		{"status=asserted", 200, []string{"article"}},
		{"from=x", 400, []string{"how many articles to pass over"}},
		{"order=best", 400, []string{"no order is called"}},
		{"type=GIVE", 400, []string{"no type is called"}},
		{"dyad=RUS", 400, []string{"write two codes"}},
	} {
		query, err := url.ParseQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"en", "ar"} {
			query.Set("lang", lang)
			path := "/search?" + query.Encode()
			status, body := get(t, s, path)
			if status != c.status {
				t.Errorf("%s: %d; want %d", path, status, c.status)
			}
			for _, want := range c.say {
				if lang == "en" && !strings.Contains(body, want) {
					t.Errorf("%s lacks %q:\n%s", path, want, body)
				}
			}
			checkAccessible(t, path, body)
			checkQuotes(t, path, body)
			if len(body) > 150_000 {
				t.Errorf("%s has %d bytes", path, len(body))
			}
		}
	}
}

// Every choice of a facet is a link to exactly as many articles as it says.
func TestFacetsKeepTheirWord(t *testing.T) {
	s := server(t, false, story()...)
	for _, path := range []string{"/search", "/search?type=AID", "/search?text=moscow&outlet=Northline+Wire"} {
		_, body := get(t, s, path)
		root, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for li := range root.Descendants() {
			if li.Data != "li" || li.Parent == nil || li.Parent.Parent == nil || !strings.HasPrefix(attr(li.Parent.Parent, "class"), "facet ") {
				continue
			}
			link, on, says := "", false, ""
			for d := range li.Descendants() {
				switch {
				case d.Data == "a":
					link, on = attr(d, "href"), attr(d, "aria-current") != ""
				case d.Data == "bdi" && attr(d, "class") == "n":
					says = content(d)
				}
			}
			if on || strings.Contains(path, "AID") && strings.Contains(link, "type=AID&type") { // a further choice of one field adds to it
				continue
			}
			u, err := url.Parse(link)
			if err != nil || u.Path != "/search" {
				t.Fatalf("%s leads to %q", path, link)
			}
			var got searchData
			_, data := get(t, s, "/api/search?"+u.RawQuery)
			if err := json.Unmarshal([]byte(data), &got); err != nil {
				t.Fatal(err)
			}
			if strings.Count(u.RawQuery, "outlet=") > 1 {
				continue
			}
			if n++; says != number(float64(got.Total)) {
				t.Errorf("%s: %s says %s and finds %d", path, link, says, got.Total)
			}
		}
		if n < 4 {
			t.Errorf("%s: %d choices looked at", path, n)
		}
	}
}

func TestSearchData(t *testing.T) {
	s := server(t, false, story()...)
	var ids []string
	for from := 0; ; {
		var got searchData
		_, body := get(t, s, "/api/search?order=oldest&limit=1&from="+number(float64(from)))
		if err := json.Unmarshal([]byte(body), &got); err != nil || got.Total != 4 || len(got.Facets) != len(store.FacetNames) {
			t.Fatalf("%v %+v", err, got)
		}
		for _, a := range got.Articles {
			ids = append(ids, a.ID)
		}
		if got.Next == nil {
			break
		}
		from = *got.Next
	}
	if got := strings.Join(ids, " "); got != `../x?"><script>&# ar-1 en-1 none` {
		t.Errorf("page by page: %s", got)
	}
}

func TestSnippets(t *testing.T) {
	long := strings.Repeat("filler words of no account here. ", 60)
	text := "moscow stands first. " + long + "Then Moscow sent\nshells to Kyiv. " + long
	terms := store.Terms(orth.Fold, "moscow shells")
	s := marked(text, "en", terms, passage)
	if got := s.text(); !strings.Contains(got, "Then Moscow sent shells to Kyiv.") || s.Start || s.End || len(got) > passage+100 {
		t.Errorf("%+v", s)
	}
	var marks []string
	for _, p := range s.Pieces {
		if p.Mark {
			marks = append(marks, p.Text)
		}
	}
	if strings.Join(marks, " ") != "Moscow shells" {
		t.Errorf("marked %q", marks)
	}
	if s := marked("short", "en", terms, passage); s.text() != "short" || !s.Start || !s.End {
		t.Errorf("%+v", s)
	}
	if s := marked("", "ar", nil, passage); len(s.Pieces) != 0 || s.Dir != "rtl" {
		t.Errorf("%+v", s)
	}
	// words that cross are marked once
	if s := marked("a b c", "en", store.Terms(orth.Fold, `"a b" "b c"`), passage); s.text() != "a b c" {
		t.Errorf("%+v", s)
	}
}
