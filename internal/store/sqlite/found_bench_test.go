package sqlite_test

import (
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"isnad"
	"isnad/internal/orth"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
)

// BenchmarkSearch asks what people ask of a store of news in Arabic, twenty articles
// with all counts, and reports the median, the 95th percentile and the longest in
// milliseconds. The store is one of your own:
//
//	ISNAD_DB=july.db go test -run xxx -bench Search ./internal/store/sqlite
func BenchmarkSearch(b *testing.B) {
	path := os.Getenv("ISNAD_DB")
	if path == "" {
		b.Skip(`name a store in ISNAD_DB; "isnad ingest" makes one`)
	}
	s, err := sqlite.Open(b.Context(), path, sqlite.Options{Fold: orth.Fold})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	before, start := heap(), time.Now()
	if _, err := s.Search(b.Context(), store.SearchQuery{}); err != nil {
		b.Fatal(err)
	}
	b.Logf("the first search took %v; its columns take %.1f MB", time.Since(start).Round(time.Millisecond), float64(heap()-before)/1e6)
	dyad := store.Dyad{From: "USA", To: "IRN", Either: true}
	var qs []store.SearchQuery
	for _, text := range []string{"اليمن", "السعودية", "مجلس الأمن", "«مجلس الأمن»", "إيران النووي", "روسيا", "داعش", "«خادم الحرمين الشريفين»", "الحوثيين عدن", "الطائرات", "نفى", "سوريا", "في", "الرئيس الأمريكي", "«وزارة الداخلية»", "كرة القدم", "الهلال", "مصر", "زلزال", "قطاع غزة", ""} {
		qs = append(qs, store.SearchQuery{Text: text}, store.SearchQuery{Text: text, Sort: store.Newest, Type: []isnad.Type{"ASSAULT"}},
			store.SearchQuery{Text: text, Stance: []isnad.Stance{isnad.Denies}}, store.SearchQuery{Text: text, Dyad: dyad}, store.SearchQuery{Text: text, Since: "2015-07-25", Offset: 20},
			store.SearchQuery{Text: text, Status: []isnad.Status{isnad.Disputed}})
	}
	var took []time.Duration
	for b.Loop() {
		for _, q := range qs {
			q.Limit = 20
			start := time.Now()
			if _, err := s.Search(b.Context(), q); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	for name, at := range map[string]int{"p50-ms": len(took) / 2, "p95-ms": len(took) * 95 / 100, "max-ms": len(took) - 1} {
		b.ReportMetric(float64(took[at].Microseconds())/1000, name)
	}
}

// heap is how many bytes are in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
