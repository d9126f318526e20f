package eval

import (
	"bytes"
	"os"
	"testing"
)

// FuzzRead reads any bytes as articles and as claims and scores what it gets:
// errors, never a panic.
func FuzzRead(f *testing.F) {
	read := func(name string) []byte {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		return b
	}
	f.Add(read("articles.jsonl"), read("claims.jsonl"))
	f.Add(read("articles.jsonl"), read("gold.jsonl"))
	f.Fuzz(func(t *testing.T, articles, claims []byte) {
		as, err := ReadArticles(bytes.NewReader(articles), "articles")
		if err != nil {
			return
		}
		cs, err := ReadClaims(bytes.NewReader(claims), "claims", as)
		if err != nil {
			return
		}
		r := Score(as, cs, cs, Options{Error: func(Difference) bool { return true }})
		if r.Gold != r.Predicted || (r.Gold > 0 && r.Levels[3].F1 != 1) {
			t.Errorf("claims scored against themselves: %+v", r.Levels)
		}
	})
}
