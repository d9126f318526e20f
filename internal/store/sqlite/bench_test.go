package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/store"
)

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
