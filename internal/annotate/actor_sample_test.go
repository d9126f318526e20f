package annotate

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/token"
)

// TestActorsSample prints random mentions of real articles with their
// surroundings, for reading: ACTORS_SAMPLE=n, ACTORS_KIND and ACTORS_ROW pick.
func TestActorsSample(t *testing.T) {
	n := 0
	fmt.Sscan(os.Getenv("ACTORS_SAMPLE"), &n)
	if n == 0 {
		t.Skip("set ACTORS_SAMPLE to print mentions of real articles")
	}
	files, _ := filepath.Glob("../../../shared/data/saudinewsnet/*.zip")
	if len(files) == 0 {
		t.Skip("no articles beside the repository")
	}
	a := actors(t)
	var lines []string
	bytes := 0
	show := func(art *isnad.Article) {
		cut := token.Cut(art.Text)
		bytes += len(art.Text)
		for i, ms := range a.Find(art, cut) {
			toks := cut.Sentences[i].Tokens
			for _, m := range ms {
				if !strings.HasPrefix(m.Kind.String(), os.Getenv("ACTORS_KIND")) || !strings.Contains(strings.Join(m.Rows, " "), os.Getenv("ACTORS_ROW")) {
					continue
				}
				from, to := toks[max(0, m.From-6)].Start, toks[min(len(toks), m.To+5)-1].End
				lines = append(lines, fmt.Sprintf("%v %v %v %v: %s[%s]%s", m.Kind, m.Codes, m.Resolved, m.Rows, art.Text[from:toks[m.From].Start], art.Text[toks[m.From].Start:toks[m.To-1].End], art.Text[toks[m.To-1].End:to]))
			}
		}
	}
	if os.Getenv("ACTORS_LANG") == "en" {
		files = nil
		readLines(t, "../../../shared/data/wikinews_en.jsonl", func(b []byte) error {
			var art isnad.Article
			if err := json.Unmarshal(b, &art); err != nil {
				return err
			}
			show(&art)
			return nil
		})
	}
	for _, f := range files[:min(3, len(files))] {
		z, err := zip.OpenReader(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range z.File {
			r, err := e.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			var arts []struct{ Source, Title, Content string }
			if err := json.Unmarshal([]byte(strings.TrimPrefix(string(data), "\ufeff")), &arts); err != nil {
				t.Fatal(err)
			}
			for _, x := range arts {
				art := isnad.Article{Outlet: x.Source, Title: x.Title, Text: x.Content, Lang: "ar", Published: "2015-07-22"}
				show(&art)
			}
		}
		z.Close()
	}
	t.Logf("%d mentions in %d bytes", len(lines), bytes)
	rng := rand.New(rand.NewPCG(1, uint64(len(lines))))
	for range n {
		t.Log(strings.ReplaceAll(lines[rng.IntN(len(lines))], "\n", " / "))
	}
}
