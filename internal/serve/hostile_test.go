package serve

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Text that looks like markup stays text, and an address that is none of the
// web becomes no link.
func TestHostileText(t *testing.T) {
	s := server(t, false, story()...)
	bad := story()[3]
	for _, path := range []string{"/", articleLink(bad.Article.ID), claimLink(bad.Claims[0].ID), "/claims", "/events", eventLink("e" + bad.Claims[0].ID), "/agreements", "/transfers", "/events?dyad=%3Cscript%3E", "/obligations?if=%22%3E%3Cscript%3E:RUS", "/articles?text=" + "%3Cscript%3Ealert(1)%3C/script%3E", "/articles?outlet=%22%3E%3Cscript%3E", "/nowhere/%3Cscript%3E", "/intensity/%3Cscript%3E:RUS", "/intensity", "/claims?since=%3Cscript%3E"} {
		_, body := get(t, s, path)
		for _, src := range texts(t, body, element("script")) {
			if src != "" {
				t.Errorf("%s holds a script: %s", path, src)
			}
		}
		root, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if n.Data == "img" || n.Data == "iframe" {
				t.Errorf("%s holds an element %s", path, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || (a.Key == "href" || a.Key == "action" || a.Key == "src") && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://") {
					t.Errorf("%s: <%s %s=%q>", path, n.Data, a.Key, a.Val)
				}
			}
		}
	}
	status, body := get(t, s, articleLink(bad.Article.ID))
	if title := texts(t, body, element("h1")); status != 200 || len(title) != 1 || title[0] != bad.Article.Title {
		t.Errorf("%d, title %q", status, title)
	}
}

func TestWebLink(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.example/x?y=1": "https://a.example/x?y=1", "http://a.example": "http://a.example",
		"javascript:alert(1)": "", "JAVASCRIPT:alert(1)": "", " javascript:alert(1)": "", "data:text/html,x": "", "file:///etc/passwd": "", "//a.example/x": "",
		"https://user:secret@a.example/": "", "https:a.example": "", "": "", "a.example": "", "java\nscript:alert(1)": "", "https://a.example/\"><script>": "https://a.example/%22%3E%3Cscript%3E",
	} {
		if got := webLink(address); got != want {
			t.Errorf("%q: %q; want %q", address, got, want)
		}
	}
}
