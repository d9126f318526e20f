package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/store"
)

// BenchmarkClaims asks questions of a store of 40,000 claims in 8,000 articles.
func BenchmarkClaims(b *testing.B) {
	s := openAt(b, filepath.Join(b.TempDir(), "store.db"))
	codes := []isnad.Code{"RUS", "PRK", "USA", "UKR", "KOR", "CHN", "IRN", "SAU", "YEM", "SYR"}
	var batch []store.Reading
	for i := range 8000 {
		a := isnad.Article{ID: fmt.Sprint("a", i), Outlet: "o", Published: fmt.Sprintf("2024-%02d-%02d", i/28%12+1, i%28+1), Text: strings.Repeat("words of an article ", 100)}
		r := store.Reading{Article: a, Reader: "bench"}
		for j := range 5 {
			r.Claims = append(r.Claims, isnad.Claim{ID: fmt.Sprint(a.ID, ".", j), Kind: isnad.KindEvent, Article: a.ID, Field: "text", Type: isnad.Types[(i+j)%16], Sentence: isnad.Span{Start: 0, End: 180},
				Actor: []isnad.Actor{{Code: codes[(i+j)%10]}}, Recipient: []isnad.Actor{{Code: codes[(i/10+j)%10]}}, Stance: isnad.Stances[i%7], Trigger: isnad.Trigger{Span: isnad.Span{Start: j, End: j + 1}}, Confidence: 0.5})
		}
		if batch = append(batch, r); len(batch) == 500 {
			if _, err := s.Put(b.Context(), batch...); err != nil {
				b.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	for name, q := range map[string]store.Query{
		"first 20":   {Limit: 20},
		"newest 20":  {Limit: 20, Newest: true},
		"dyad":       {Dyad: store.Dyad{From: "RUS", To: "PRK"}},
		"dyad 20":    {Dyad: store.Dyad{From: "RUS", To: "PRK", Either: true}, Limit: 20},
		"rare":       {Type: isnad.Types[:1], Stance: isnad.Stances[:1], Actor: codes[:1], Since: "2024-05", Until: "2024-06"},
		"text 20":    {Text: "article", Limit: 20},
		"as of 20":   {AsOf: "2024-06", Limit: 20},
		"no article": {Article: "none"},
	} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				for _, err := range s.Claims(b.Context(), q) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			b.ReportMetric(float64(n), "claims")
		})
	}
}

// BenchmarkPut keeps articles of 3.6 kB, the mean of the Saudi press of July
// 2015, with five claims each, in batches of 128.
func BenchmarkPut(b *testing.B) {
	words := strings.Fields("نفت موسكو اليوم تزويد بيونغ يانغ لها بالأسلحة وقالت وزارة الخارجية في بيان إن التقارير التي نشرتها وسائل الإعلام الغربية لا أساس لها من الصحة")
	s := openAt(b, filepath.Join(b.TempDir(), "store.db"))
	var batch []store.Reading
	for i := 0; b.Loop(); i++ {
		var text strings.Builder
		for j := 0; text.Len() < 3600; j++ {
			fmt.Fprintf(&text, "%s%d ", words[(i*31+j*j)%len(words)], (i+j)%50)
		}
		a := isnad.Article{ID: fmt.Sprint("a", i), URL: fmt.Sprint("https://x.org/", i), Outlet: "o", Published: "2015-07-21", Text: text.String()}
		r := store.Reading{Article: a, Reader: "bench"}
		for j := range 5 {
			at := j * 200
			party := []isnad.Actor{{Code: "RUS", Span: isnad.Span{Start: at, End: at + 5}}}
			r.Claims = append(r.Claims, isnad.Claim{ID: fmt.Sprint(a.ID, ".", j), Kind: isnad.KindEvent, Article: a.ID, Field: "text", Type: "AID", Sentence: isnad.Span{Start: at, End: at + 180},
				Actor: party, Recipient: party, Speaker: party, Stance: isnad.Denies, Trigger: isnad.Trigger{Span: isnad.Span{Start: at, End: at + 5}}, Confidence: 0.5})
		}
		if batch = append(batch, r); len(batch) == 128 {
			if _, err := s.Put(b.Context(), batch...); err != nil {
				b.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	b.SetBytes(3600)
}
