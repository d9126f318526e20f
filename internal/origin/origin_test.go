package origin

import (
	"strings"
	"testing"

	"isnad"
	"isnad/lexicon"
)

func reader(t testing.TB) *Reader {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return New(lex)
}

func TestCredits(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ outlet, byline, text, want string }{
		{"alriyadh", "واشنطن - أ ف ب", "خبر.", "byline afp «أ ف ب»"},
		{"okaz", "أ. ف. ب (أنقرة)", "خبر.", "byline afp «أ. ف. ب»"},
		{"alweeam", "الوئام - رويترز:", "خبر.", "byline reuters «رويترز»"},
		{"aleqtisadiya", "أنقرة، برلين - رويترز، د ب أ", "خبر.", "byline reuters «رويترز»|byline dpa «د ب أ»"},
		{"aleqtisadiya", "المنامة : بنا", "خبر.", "byline bna «بنا»"},
		{"aawsat", "لندن: «الشرق الأوسط»", "خبر.", ""},
		{"aawsat", "بيروت: سمير نعمان", "خبر.", "correspondent  «سمير نعمان»"},
		{"alyaum", "وكالات - عواصم", "قال شاهد لوكالة فرانس برس إنه رأى النار.", "agencies  «وكالات»|told afp «لوكالة فرانس برس»"},
		{"aawsat", "لندن: «الشرق الأوسط أونلاين»", "وقال مسؤول لرويترز إن السفينة رست.", "told reuters «لرويترز»"},
		{"okaz", "", "أفرج عن الرهائن نقلا عن وكالة الأناضول.", "attributed anadolu «نقلا عن وكالة الأناضول»"},
		{"3alyoum", "", "أنقرة (رويترز) - وصل الوفد.", "dateline reuters «رويترز»"},
		{"example", "", "ANKARA (Reuters) - The delegation arrived.", "dateline reuters «Reuters»"},
		{"example", "", "The official told Reuters that it sank.", "told reuters «told Reuters»"},
		{"reuters", "", "The official told Reuters that it sank.", ""}, // its own report
	} {
		f := r.Read(isnad.Article{ID: "a", Outlet: c.outlet, Byline: c.byline, Text: c.text}, nil)
		var got []string
		for _, x := range f.Credits {
			got = append(got, string(x.Kind)+" "+x.Outlet+" «"+x.Text+"»")
			field := c.text
			if x.Field == "byline" {
				field = c.byline
			}
			if words := string([]rune(field)[x.Start:x.End]); words != x.Text {
				t.Errorf("%q: the span of %q holds %q", c.byline, x.Text, words)
			}
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s %q %q:\ngot  %s\nwant %s", c.outlet, c.byline, c.text, g, c.want)
		}
	}
}

// A passage that is copied shares its runs, whatever stands around it and
// however it is spelt; other texts of the same words in another order share none.
func TestRuns(t *testing.T) {
	r := reader(t)
	passage := "وصلت إلى الميناء أمس سفينة تحمل ثلاثة آلاف طن من القمح أرسلتها المنظمة إلى سكان المدينة المحاصرة منذ الربيع وقال قبطانها إن أخرى في الطريق إليها وإن الرصيف مفتوح للجميع"
	runs := func(text string) []uint32 { return r.Read(isnad.Article{ID: "a", Text: text}, nil).Runs }
	shared := func(a, b []uint32) (n int) {
		for _, x := range a {
			for _, y := range b {
				if x == y {
					n++
				}
			}
		}
		return n
	}
	whole := runs(passage)
	if len(whole) < 3 {
		t.Fatalf("%d runs kept of %d words", len(whole), len(strings.Fields(passage)))
	}
	if n := shared(whole, runs("قبل ذلك كلام آخر. "+strings.ReplaceAll(passage, "أ", "ا")+" وبعده كلام.")); n != len(whole) {
		t.Errorf("a copy shares %d runs of %d", n, len(whole))
	}
	words := strings.Fields(passage)
	for i := 0; i+1 < len(words); i += 2 {
		words[i], words[i+1] = words[i+1], words[i]
	}
	if n := shared(whole, runs(strings.Join(words, " "))); n != 0 {
		t.Errorf("other runs of the same words share %d", n)
	}
}

// The words around a trigger weigh more the nearer they stand; inflection and
// frequent words are left out.
func TestAround(t *testing.T) {
	r := reader(t)
	text := "The navy sank a frigate off Zanzibar."
	c := isnad.Claim{ID: "c1", Kind: isnad.KindEvent, Field: "text", Sentence: isnad.Span{End: 37}, Trigger: isnad.Trigger{Span: isnad.Span{Start: 9, End: 13}}}
	far := isnad.Claim{ID: "c2", Kind: isnad.KindEvent, Field: "text", Sentence: isnad.Span{End: 37}, Trigger: isnad.Trigger{Span: isnad.Span{Start: 28, End: 36}}}
	f := r.Read(isnad.Article{ID: "a", Lang: isnad.English, Text: text}, []isnad.Claim{c, far})
	weight := func(id, word string) float32 {
		for _, w := range f.Around[id] {
			if w.Hash == hash(word) {
				return w.Weight
			}
		}
		return 0
	}
	if weight("c1", "zanzibar") == 0 || weight("c1", "the") != 0 {
		t.Errorf("zanzibar %v, the %v", weight("c1", "zanzibar"), weight("c1", "the"))
	}
	if len(f.Gist) == 0 {
		t.Error("no gist")
	}
}

// FuzzRead: any text and byline gives facts whose spans lie in their fields.
func FuzzRead(f *testing.F) {
	r := reader(f)
	f.Add("واشنطن - أ ف ب", "قال لوكالة فرانس برس (رويترز) - ")
	f.Add("&nbsp;", "ل")
	f.Fuzz(func(t *testing.T, byline, text string) {
		facts := r.Read(isnad.Article{ID: "a", Byline: byline, Text: text}, nil)
		for _, c := range facts.Credits {
			field := []rune(text)
			if c.Field == "byline" {
				field = []rune(byline)
			}
			if c.Start < 0 || c.End > len(field) || c.Start >= c.End {
				t.Errorf("credit %v outside its %s of %d", c, c.Field, len(field))
			}
		}
	})
}
