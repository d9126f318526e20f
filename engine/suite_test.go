package engine_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/extract"
	"isnad/internal/suite"
	"isnad/lexicon"
	"isnad/testdata"
)

// TestSuite runs every measure of docs/quality.md and holds the figures of
// testdata/scores.txt. The claims on dev and denials stand there as TestScores
// prints them; what lies beside the project and is missing is taken as it stands.
func TestSuite(t *testing.T) {
	const shared = "../../shared/"
	gold := shared + "gold"
	if _, err := os.Stat(gold); err != nil {
		gold = t.TempDir() // actors, values and stability need none
	}
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	in, err := extract.New(extract.Options{Lexicon: lex})
	if err != nil {
		t.Fatal(err)
	}
	e := theReader(t)
	learned := learnedFrom(t)
	scored := []string{"dev ar", "dev en", "denials ar", "denials en"} // by TestScores
	err = suite.Run(context.Background(), suite.Options{
		Gold: gold, Data: shared + "data", Lexicon: lex,
		Read: func(a isnad.Article) []isnad.Claim { return e.Read(a).Claims },
		Walk: func(ctx context.Context, path string, article func(isnad.Article) error) error {
			return in.Walk(ctx, path, nil, func(a isnad.Article) error {
				if learned[a.SHA256] && strings.Contains(testdata.Quiet, a.ID+"\t") {
					t.Errorf("testdata/quiet.tsv: the models learned from %s; take another article for it, or the article out of the annotation", a.ID)
				}
				return article(a)
			}, func(error) {})
		},
	}, func(tab suite.Table) error {
		switch {
		case tab.Skipped != "":
			t.Logf("%s: %s", tab.Name, tab.Skipped)
		case !slices.Contains(scored, tab.Name):
			golden(t, tab.Name, tab.Body())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// learnedFrom are the texts of the project's own annotation that the models
// learned from or will (next/), by their digest.
func learnedFrom(t *testing.T) map[string]bool {
	t.Helper()
	files, _ := filepath.Glob("../testdata/annotations/*.jsonl")
	next, _ := filepath.Glob("../testdata/annotations/next/*.jsonl")
	if files = append(files, next...); len(files) == 0 {
		t.Fatal("no annotation of our own")
	}
	out := map[string]bool{}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for rows := json.NewDecoder(f); rows.More(); {
			var row struct{ SHA256 string }
			if err := rows.Decode(&row); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if row.SHA256 != "" {
				out[row.SHA256] = true
			}
		}
		f.Close()
	}
	return out
}
