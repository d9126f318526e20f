package engine_test

import (
	"context"
	"os"
	"slices"
	"testing"

	"isnad"
	"isnad/internal/extract"
	"isnad/internal/suite"
	"isnad/lexicon"
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
	scored := []string{"dev ar", "dev en", "denials ar", "denials en"} // by TestScores
	err = suite.Run(context.Background(), suite.Options{
		Gold: gold, Data: shared + "data", Lexicon: lex,
		Read: func(a isnad.Article) []isnad.Claim { return e.Read(a).Claims },
		Walk: func(ctx context.Context, path string, article func(isnad.Article) error) error {
			return in.Walk(ctx, path, nil, article, func(error) {})
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
