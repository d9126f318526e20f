package annotate

import (
	"fmt"
	"os"
	"strings"
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

// TestActors reads testdata/actors.tsv: sentences of our own and the mentions
// they hold, "title ¶ text" where a title matters. With ACTORS_PRINT set it prints what it finds, for writing rows.
func TestActors(t *testing.T) {
	a := actors(t)
	data, err := os.ReadFile("testdata/actors.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c := append(strings.Split(line, "\t"), "")
		art := &isnad.Article{Lang: isnad.Lang(c[1]), Outlet: c[2], Published: c[3], Text: c[4]}
		if title, text, ok := strings.Cut(c[4], " ¶ "); ok {
			art.Title, art.Text = title, text
		}
		cut := token.Cut(art.Text)
		var got []string
		for i, ms := range a.Find(art, cut) {
			toks := cut.Sentences[i].Tokens
			for _, m := range ms {
				codes := make([]string, len(m.Codes))
				for j, x := range m.Codes {
					codes[j] = string(x)
				}
				got = append(got, fmt.Sprintf("«%s» %v/%s %s", art.Text[toks[m.From].Start:toks[m.To-1].End], m.Kind, m.Role, strings.Join(codes, "+")))
			}
		}
		s := strings.Join(got, "; ")
		if os.Getenv("ACTORS_PRINT") != "" {
			fmt.Println(strings.Join(c[:5], "\t") + "\t" + s)
			continue
		}
		t.Run(c[0], func(t *testing.T) {
			if s != c[5] {
				t.Errorf("%s\n got %s\nwant %s", c[4], s, c[5])
			}
		})
	}
}

// FuzzFind holds that mentions are in order, inside their sentence, do not
// overlap, have a head inside them and rows that exist.
func FuzzFind(f *testing.F) {
	lex, err := lexicon.Load("")
	if err != nil {
		f.Fatal(err)
	}
	a, err := NewActors(lex)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("قال وزير الخارجية الروسي سيرغي لافروف إن بلاده", "الرئيسان الروسي والأميركي", "2024-11-19", "okaz")
	f.Add("The Saudi-led coalition, Iran's president of the", "U.S.", "2015", "")
	f.Add("رئيس رئيس رئيس (وزير\" الدفاع - ", "", "", "x")
	f.Fuzz(func(t *testing.T, text, title, published, outlet string) {
		art := &isnad.Article{Text: text, Title: title, Published: published, Outlet: outlet}
		cut := token.Cut(text)
		found := a.Find(art, cut)
		if len(found) != len(cut.Sentences) {
			t.Fatalf("%d lists for %d sentences", len(found), len(cut.Sentences))
		}
		for i, ms := range found {
			at := 0
			for _, m := range ms {
				if m.From < at || m.To <= m.From || m.To > len(cut.Sentences[i].Tokens) || m.Head < m.From || m.Head >= m.To {
					t.Fatalf("mention %+v after %d in %d tokens", m, at, len(cut.Sentences[i].Tokens))
				}
				at = m.To
				for _, r := range m.Rows {
					table, id, _ := strings.Cut(r, ":")
					if _, ok := lex.Table(table).Row(id); !ok {
						t.Fatalf("no row %s", r)
					}
				}
			}
		}
	})
}
