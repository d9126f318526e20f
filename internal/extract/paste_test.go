package extract

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"isnad"
)

var testNow = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func reader(t testing.TB) *Reader {
	t.Helper()
	r, err := New(Options{Lexicon: lex(t), Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The article the project began with, as copied from its page.
func TestPasteSeed(t *testing.T) {
	page, err := os.ReadFile(shared(t, "seed/kim-putin-agreement.txt"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(shared(t, "gold/seed.articles.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	s.Scan()
	var want isnad.Article
	if err := json.Unmarshal(s.Bytes(), &want); err != nil {
		t.Fatal(err)
	}
	got, err := reader(t).paste("seed", string(page))
	if err != nil {
		t.Fatal(err)
	}
	if got.Text != want.Text {
		t.Errorf("text:\n%s\nwant:\n%s", got.Text, want.Text)
	}
	if got.Title != want.Title || got.Published != want.Published+"T14:31" {
		t.Errorf("title %q, published %q", got.Title, got.Published)
	}
}

func TestPaste(t *testing.T) {
	const p1 = "أعلنت الوزارة أن الوفدين اتفقا على استئناف المحادثات في العاصمة خلال الأسبوع المقبل."
	const p2 = "وأضاف المتحدث أن الجانبين تبادلا قوائم الأسرى، وأن اللجنة المشتركة ستجتمع قبل نهاية الشهر."
	const e1 = "The ministry said on Monday that both delegations had agreed to resume talks next week in the capital."
	const e2 = "A spokesman added that the two sides exchanged lists of prisoners and that the committee would meet soon."
	for _, test := range []struct{ name, in, title, published, byline, text string }{
		{"menu, title, date, caption, text, share, related, comments", strings.Join([]string{
			"الرئيسية", "سياسة", "رياضة", "", "استئناف المحادثات بين البلدين", "الاثنين 4 مارس 2024 - 10:15 ص", "شارك",
			"صورة من الأرشيف", "", p1, "", "موقف الجانبين", "", p2, "", "اقرأ أيضا", "زيارة مفاجئة إلى العاصمة", "", "التعليقات (3)", "هذا تعليق طويل جدا من قارئ لا يعجبه الخبر ولا يعجبه من كتبه ولا من نشره."}, "\n"),
			"استئناف المحادثات بين البلدين", "2024-03-04T10:15", "", p1 + "\nموقف الجانبين\n" + p2},
		{"related links inside", "العنوان الأول للخبر\n3 مايو (أيار) 2024\n" + p1 + "\nاقرأ أيضا: خبر آخر عن المحادثات\n" + p2,
			"العنوان الأول للخبر", "2024-05-03", "", p1 + "\n" + p2},
		{"English, title only", "Talks to resume next week\n\n" + e1 + "\n\n" + e2 + "\n\nShare this article\nMost read\nFive other stories you should really not be reading at all today, they say.\n",
			"Talks to resume next week", "", "", e1 + "\n" + e2},
		{"byline", "Talks to resume next week\nBy Jane Writer\nMarch 4, 2024\n\n" + e1, "Talks to resume next week", "2024-03-04", "By Jane Writer", e1},
		{"signed over and under", "العنوان الأول للخبر\nعين الخبر – مسقط\n" + p1 + "\n(رويترز)\nصورة أخرى", "العنوان الأول للخبر", "", "عين الخبر – مسقط", p1 + "\n(رويترز)"},
		{"last paragraph without a full stop", "العنوان الأول للخبر\n" + p1 + "\n" + p2[:len(p2)-1] + "\n* خدمة «الخبر»", "العنوان الأول للخبر", "", "", p1 + "\n" + p2[:len(p2)-1] + "\n* خدمة «الخبر»"},
		{"hard wrapped", "Talks to resume next week\n\nThe ministry said on Monday that both delegations had agreed to\nresume talks next week in the capital, and that a committee would\nmeet before the month is out.\n\n" + e2,
			"Talks to resume next week", "", "", "The ministry said on Monday that both delegations had agreed to resume talks next week in the capital, and that a committee would meet before the month is out.\n" + e2},
		{"one sentence", "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.", "", "", "", "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة."},
		{"one sentence without a full stop", "Moscow denied sending arms", "", "", "", "Moscow denied sending arms"},
		{"title and sentence", "موسكو تنفي\nنفت موسكو تزويد بيونغ يانغ لها بالأسلحة.", "موسكو تنفي", "", "", "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة."},
		{"paragraphs alone", p1 + "\n" + p2, "", "", "", p1 + "\n" + p2},
		{"no-break and zero-width spaces", "العنوان الأول للخبر\n\u00a0\n\u200b" + strings.ReplaceAll(p1, " في ", "\u00a0في ") + "\n \u200f \n" + p2, "العنوان الأول للخبر", "", "", p1 + "\n" + p2},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, err := reader(t).paste("x", test.in)
			if err != nil {
				t.Fatal(err)
			}
			if a.Title != test.title || a.Published != test.published || a.Byline != test.byline || a.Text != test.text {
				t.Errorf("title %q\npublished %q\nbyline %q\ntext:\n%s\nwant:\n%s", a.Title, a.Published, a.Byline, a.Text, test.text)
			}
		})
	}
}

func TestPasteIndex(t *testing.T) {
	in := "الرئيسية\nسياسة\nاقتصاد\nرياضة\nقمة طارئة في العاصمة\nاستقالة وزير المالية\nارتفاع أسعار النفط\nمباراة القمة غدا\nحالة الطقس\nمن نحن"
	_, err := reader(t).paste("home.txt", in)
	if !errors.Is(err, ErrNoArticle) || err.Error() != "read home.txt: no article text found; is this an index page?" {
		t.Errorf("got %v", err)
	}
}

func FuzzPaste(f *testing.F) {
	r := reader(f)
	f.Add("العنوان\n19 نوفمبر 2024\nنفت موسكو أمس تزويد بيونغ يانغ لها بالأسلحة، وقالت الوزارة إن ذلك غير صحيح.\nالتعليقات")
	f.Add("Home\nTitle of it\nTitle of it\nBy X\nRead also:\nThe ministry said on Monday that both delegations had agreed.\n")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := r.paste("x", s)
		if (err == nil) != (strings.TrimSpace(a.Text) != "") {
			t.Errorf("text %q with error %v", a.Text, err)
		}
	})
}
