package extract

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

func savedPage(t testing.TB, dir, name string) []byte {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, name+".html*"))
	if len(files) == 0 {
		t.Fatalf("no saved page %s", name)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(files[0], ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if data, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	return data
}

func expectedText(t testing.TB, dir, spec string, page []byte) string {
	t.Helper()
	name, isFile := strings.CutPrefix(spec, "file:")
	if !isFile {
		doc, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, n := range cascadia.MustCompile(spec).MatchAll(doc) {
			b.WriteString(textOf(n) + "\n")
		}
		return b.String()
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".txt") {
		return string(data)
	}
	var d struct {
		V1 struct {
			Body struct {
				Sections []struct{ Headline, Paragraphs []string }
			}
		}
	}
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range d.V1.Body.Sections {
		b.WriteString(strings.Join(append(s.Headline, s.Paragraphs...), "\n") + "\n")
	}
	return b.String()
}

// overlap is the word precision and recall of got against want, as bags.
func overlap(got, want string) (precision, recall float64) {
	count := map[string]int{}
	g, w := strings.Fields(letters(got)), strings.Fields(letters(want))
	for _, x := range w {
		count[x]++
	}
	hits := 0
	for _, x := range g {
		if count[x] > 0 {
			count[x]--
			hits++
		}
	}
	return float64(hits) / float64(max(1, len(g))), float64(hits) / float64(max(1, len(w)))
}

// Word precision and recall on saved pages of newspapers. The floor is what
// was measured, less a little: a change of rules that loses text shows here.
func TestSavedPages(t *testing.T) {
	dir := shared(t, "data/pages")
	r := reader(t)
	spec, err := os.ReadFile("testdata/pages.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var sumP, sumR float64
	n := 0
	for l := range strings.Lines(string(spec)) {
		name, sel, ok := strings.Cut(strings.TrimSpace(l), "\t")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		data := savedPage(t, dir, name)
		text, _, err := Decode(data, "")
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.page(Source{Name: name}, text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		want := expectedText(t, dir, sel, data)
		p, rec := overlap(a.Text, want)
		sumP, sumR, n = sumP+p, sumR+rec, n+1
		t.Logf("%-40s P %.3f R %.3f  %s | %s | %s | %s | %s", name, p, rec, a.Outlet, a.Title, a.Byline, a.Published, a.Lang)
		if out := os.Getenv("ISNAD_PAGES_OUT"); out != "" {
			os.WriteFile(filepath.Join(out, name+".ours"), []byte(a.Text), 0o644)
		}
		if p < 0.9 || rec < 0.9 {
			t.Errorf("%s: precision %.3f, recall %.3f", name, p, rec)
		}
	}
	t.Logf("mean of %d pages: precision %.3f, recall %.3f", n, sumP/float64(n), sumR/float64(n))
	if sumP/float64(n) < 0.9 || sumR/float64(n) < 0.9 {
		t.Error("worse than measured")
	}
}
