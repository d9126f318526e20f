package serve

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkAccessible checks of a page what a machine can: every field has a label,
// every link and button a name, ids are unique and what refers to them finds
// them, headings skip no level, there is one main part and one first heading.
func checkAccessible(t *testing.T, path, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	var refs []string
	counts := map[string]int{}
	level := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		counts[n.Data]++
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
		for _, a := range []string{"aria-labelledby", "aria-describedby", "aria-controls"} {
			refs = append(refs, strings.Fields(attr(n, a))...)
		}
		name := strings.TrimSpace(attr(n, "aria-label") + content(n))
		switch n.Data {
		case "a", "button", "summary", "th":
			if name == "" {
				t.Errorf("%s: <%s class=%q href=%q> has no name", path, n.Data, attr(n, "class"), attr(n, "href"))
			}
		case "input", "select":
			if attr(n, "type") != "hidden" && !slices.ContainsFunc(slices.Collect(n.Ancestors()), func(p *html.Node) bool { return p.Data == "label" }) {
				t.Errorf("%s: the field %s has no label", path, attr(n, "name"))
			}
		case "nav", "aside", "meter":
			if attr(n, "aria-label")+attr(n, "aria-labelledby") == "" {
				t.Errorf("%s: <%s> has no label", path, n.Data)
			}
		case "h1", "h2", "h3":
			l := int(n.Data[1] - '0')
			if l > level+1 {
				t.Errorf("%s: %s %q comes after level %d", path, n.Data, content(n), level)
			}
			level = l
		}
		if ti := attr(n, "tabindex"); ti != "" && ti != "0" && ti != "-1" {
			t.Errorf("%s: tabindex %s changes the order of focus", path, ti)
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s: id %q stands %d times", path, id, n)
		}
	}
	for _, ref := range refs {
		if ids[ref] == 0 {
			t.Errorf("%s: nothing has the id %q", path, ref)
		}
	}
	if counts["main"] != 1 || counts["h1"] != 1 {
		t.Errorf("%s: %d main parts, %d first headings", path, counts["main"], counts["h1"])
	}
}

// checkQuotes wants language and direction on everything that is quoted.
func checkQuotes(t *testing.T, path, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), "q") && (attr(n, "lang") == "" || attr(n, "dir") == "") {
			t.Errorf("%s: quoted without language or direction: %q", path, content(n))
		}
	}
}

func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// TestContrast computes the contrast of every pair of text and ground that the
// sheet uses, in both schemes, as WCAG 2.2 defines it (1.4.3: 4.5 for text;
// 1.4.11: 3 for what must be seen to be used).
func TestContrast(t *testing.T) {
	sheet, err := static.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string][2]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`).FindAllStringSubmatch(string(sheet), -1) {
		colours[m[1]] = [2]string{m[2], m[3]}
	}
	text := [][2]string{{"on-accent", "accent"}}
	for _, ground := range []string{"paper", "card", "sunk"} {
		for _, ink := range []string{"ink", "soft", "accent", "vcoop", "mcoop", "vconf", "mconf", "view"} {
			text = append(text, [2]string{ink, ground})
		}
	}
	for _, f := range families {
		text = append(text, [2]string{"ink", string(f) + "-bg"})
	}
	for _, p := range []string{"actor", "recipient", "speaker", "cue", "place", "quantity"} {
		text = append(text, [2]string{"ink", "p-" + p})
	}
	seen := [][2]string{{"focus", "paper"}, {"focus", "card"}, {"field", "card"}, {"field", "paper"}}
	for _, f := range families {
		seen = append(seen, [2]string{string(f), string(f) + "-bg"}, [2]string{string(f), "p-actor"})
	}
	for least, pairs := range map[float64][][2]string{4.5: text, 3: seen} {
		for _, p := range pairs {
			for scheme := range 2 {
				a, ok := colours[p[0]]
				b, ok2 := colours[p[1]]
				if !ok || !ok2 {
					t.Fatalf("no colour --%s or --%s", p[0], p[1])
				}
				if c := contrast(a[scheme], b[scheme]); c < least {
					t.Errorf("--%s on --%s in %s: %.2f; want %.1f", p[0], p[1], []string{"light", "dark"}[scheme], c, least)
				}
			}
		}
	}
}

// contrast is the ratio of relative luminances (WCAG 2.2, 1.4.3).
func contrast(a, b string) float64 {
	l := func(hex string) float64 {
		var lum float64
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			c := float64(n) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			lum += weight * c
		}
		return lum
	}
	x, y := l(a), l(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
