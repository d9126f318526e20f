package engine

import (
	"archive/zip"
	"encoding/json"
	"testing"

	"isnad"
	"isnad/lexicon"
)

func BenchmarkJuly(b *testing.B) {
	lex, _ := lexicon.Load("")
	e, err := New(lex)
	if err != nil {
		b.Fatal(err)
	}
	r, err := zip.OpenReader("../../shared/data/saudinewsnet/2015-07-23.zip")
	if err != nil {
		b.Skip(err)
	}
	f, _ := r.File[0].Open()
	var as []struct{ Title, Content, Source string }
	json.NewDecoder(f).Decode(&as)
	as = as[:600]
	n := 0
	for _, a := range as {
		n += len(a.Title) + len(a.Content)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range as {
			e.Read(isnad.Article{ID: "x", Outlet: a.Source, Title: a.Title, Text: a.Content, Published: "2015-07-23"})
		}
	}
}
