package annotate

import (
	"testing"

	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

func actors(t testing.TB) *Actors {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	a, err := NewActors(lex)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestActorTables(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range lex.Check() {
		t.Error(p)
	}
}

func BenchmarkNewActors(b *testing.B) {
	lex, err := lexicon.Load("")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := NewActors(lex); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindArabic(b *testing.B) {
	benchmarkFind(b, "ar", "أعلن المتحدث باسم وزارة الدفاع الروسية اليوم أن قوات النخبة الكورية الشمالية وصلت إلى مدينة كورسك، فيما نفت موسكو وبيونغ يانغ تلك الأنباء وقال وزير الخارجية الأميركي إن بلاده تتابع التطورات عن كثب مع الحلفاء في حلف شمال الأطلسي.\n")
}

func BenchmarkFindEnglish(b *testing.B) {
	benchmarkFind(b, "en", "A spokesman for the Russian defence ministry said on Monday that North Korean elite troops had arrived in the city of Kursk, while Moscow and Pyongyang denied the reports and the U.S. secretary of state said his country was watching closely with its allies in NATO.\n")
}

func benchmarkFind(b *testing.B, lang isnad.Lang, s string) {
	a := actors(b)
	text := ""
	for len(text) < 20_000 {
		text += s
	}
	cut := token.Cut(text)
	art := &isnad.Article{Lang: lang, Published: "2024-11-19", Text: text}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		a.Find(art, cut)
	}
}
