package engine_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/eval"
)

var update = flag.Bool("update", false, "rewrite testdata/scores.txt, the known failures of testdata/cases and the values in docs/architecture.md")

const scoresFile = "../testdata/scores.txt"

// golden compares a section of testdata/scores.txt with what was measured, or
// rewrites it. A section begins with "== name".
func golden(t *testing.T, section, got string) {
	t.Helper()
	data, err := os.ReadFile(scoresFile)
	if err != nil {
		t.Fatal(err)
	}
	head := "== " + section + "\n"
	before, rest, found := strings.Cut(string(data), head)
	want, after, more := strings.Cut(rest, "\n== ")
	if more {
		want, after = want+"\n", "== "+after
	}
	want = strings.TrimSpace(want)
	if got = strings.TrimSpace(got); got == want {
		return
	}
	if !*update {
		t.Errorf("%s: section %s of testdata/scores.txt differs; if that is meant: go test ./engine -update\ngot\n%s\nwant\n%s", scoresFile, section, got, want)
		return
	}
	if !found {
		before, after = strings.TrimRight(string(data), "\n")+"\n\n", ""
	} else if after != "" {
		after = "\n" + after
	}
	if err := os.WriteFile(scoresFile, []byte(before+head+got+"\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestScores reads the annotated articles beside the project and holds the
// figures of testdata/scores.txt: a change of scores shows in a diff.
func TestScores(t *testing.T) {
	const gold = "../../shared/gold/"
	if _, err := os.Stat(gold + "dev.gold.jsonl"); err != nil {
		t.Skip("no annotated articles in ../shared beside the project; the scores are taken as they stand")
	}
	e := theReader(t)
	for _, set := range []string{"dev", "denials"} {
		articles := open(t, gold+set+".articles.jsonl", func(f *os.File, name string) (*eval.Articles, error) { return eval.ReadArticles(f, name) })
		want := open(t, gold+set+".gold.jsonl", func(f *os.File, name string) (eval.Claims, error) { return eval.ReadClaims(f, name, articles) })
		var claims []isnad.Claim
		for _, a := range articles.All() {
			claims = append(claims, e.Read(a).Claims...)
		}
		got := eval.Of(claims, articles)
		for _, lang := range []isnad.Lang{isnad.Arabic, isnad.English} {
			var b strings.Builder
			r := eval.Score(articles, want, got, eval.Options{Lang: lang})
			if err := r.WriteText(&b); err != nil {
				t.Fatal(err)
			}
			if err := r.WriteTypes(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, fmt.Sprintf("%s %s", set, lang), b.String())
		}
	}
}

func open[T any](t *testing.T, name string, read func(*os.File, string) (T, error)) T {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := read(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
