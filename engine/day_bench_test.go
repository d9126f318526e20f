package engine

import (
	"archive/zip"
	"encoding/json"
	"testing"

	"isnad"
	"isnad/lexicon"
)

// BenchmarkDay reads 600 articles of one day of July 2015 as they come, sport
// and business among them: what a user's archive looks like, where most
// articles have no claim.
func BenchmarkDay(b *testing.B) {
	z, err := zip.OpenReader("../../shared/data/saudinewsnet/2015-07-23.zip")
	if err != nil {
		b.Skipf("no archive of July 2015 beside the project: %v", err)
	}
	defer z.Close()
	f, err := z.File[0].Open()
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var rows []struct{ Title, Content, Source string }
	if err := json.NewDecoder(f).Decode(&rows); err != nil {
		b.Fatal(err)
	}
	lex, err := lexicon.Load("")
	if err != nil {
		b.Fatal(err)
	}
	e, err := New(lex)
	if err != nil {
		b.Fatal(err)
	}
	var articles []isnad.Article
	bytes := 0
	for _, r := range rows[:min(600, len(rows))] {
		articles = append(articles, isnad.Article{ID: "x", Outlet: r.Source, Title: r.Title, Text: r.Content, Published: "2015-07-23"})
		bytes += len(r.Title) + len(r.Content)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			e.Read(a)
		}
	}
}
