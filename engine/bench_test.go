package engine_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/words"

	"isnad"
	"isnad/internal/stability"
)

// benchmarks are texts to measure speed on: of our own wording, and real
// articles where they lie beside the project.
func benchmarks(b *testing.B) map[string][]isnad.Article {
	b.Helper()
	sets := map[string][]isnad.Article{}
	for _, lang := range []isnad.Lang{isnad.Arabic, isnad.English} {
		text := stability.Article(lang)
		sets["own-"+string(lang)] = []isnad.Article{{ID: "own", Outlet: "own", Published: "2024-11-19", Lang: lang, Text: strings.Repeat(text+"\n", 2)}}
	}
	for name, file := range map[string]string{"july2015-ar": "saudinewsnet-sample.jsonl", "wikinews-en": "wikinews_en.jsonl"} {
		f, err := os.Open("../../shared/data/" + file)
		if err != nil {
			continue
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<22)
		for lines.Scan() && len(sets[name]) < 60 {
			var a struct{ Title, Text, Content string }
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				b.Fatal(err)
			}
			lang := isnad.Arabic
			if strings.HasSuffix(name, "en") {
				lang = isnad.English
			}
			sets[name] = append(sets[name], isnad.Article{ID: name, Outlet: name, Published: "2015-07-21", Lang: lang, Title: a.Title, Text: a.Text + a.Content})
		}
		f.Close()
	}
	return sets
}

func size(as []isnad.Article) (n int64) {
	for _, a := range as {
		n += int64(len(a.Title) + len(a.Text))
	}
	return n
}

// BenchmarkRead is engine.Read over whole articles on one core, in bytes of
// text; allocs/op over articles/op is what
// one article allocates.
func BenchmarkRead(b *testing.B) {
	e := theReader(b)
	for name, as := range benchmarks(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size(as))
			b.ReportAllocs()
			for b.Loop() {
				for _, a := range as {
					e.Read(a)
				}
			}
			b.ReportMetric(float64(len(as)), "articles/op")
		})
	}
}

// BenchmarkPlainWords is one plain word pass of a UAX #29 library over the same
// texts: what the bytes cost to look at once.
func BenchmarkPlainWords(b *testing.B) {
	for name, as := range benchmarks(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size(as))
			b.ReportAllocs()
			for b.Loop() {
				for _, a := range as {
					for seg := words.FromString(a.Text); seg.Next(); {
						_ = seg.Value()
					}
				}
			}
		})
	}
}
