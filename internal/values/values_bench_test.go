package values

import (
	"strings"
	"testing"

	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

// benchText is of our own wording, with as many values as July 2015 Saudi
// press has: one number in 30 words, one time in 40, one place in 25.
const benchText = `قال المتحدث باسم الوزارة في مؤتمر صحافي عقده أمس (الاثنين) في العاصمة إن الحكومة تتابع التطورات عن كثب وإنها لن تتخذ أي قرار قبل التشاور مع جميع الأطراف المعنية بالملف.
وأضاف أن نحو 1500 جندي وصلوا إلى منطقة كورسك خلال الأيام الثلاثة الماضية، مشيرا إلى أن القيادة العسكرية تنتظر تقارير ميدانية جديدة عن سير العمليات في محيط المدينة.
وأوضح مصدر مطلع أن المفاوضات التي جرت في جنيف يوم الخميس الماضي تناولت ملفات كثيرة بينها تبادل الأسرى وإيصال المساعدات إلى المناطق المحاصرة وضمان وصول المنظمات الإنسانية إليها.
وكانت الطائرات قصفت مواقع للمسلحين في ريف حلب، ما أسفر عن مقتل 12 شخصا بينهم ثلاثة أطفال وإصابة العشرات، بحسب ما ذكرته مصادر طبية محلية لم تشأ الكشف عن هويتها.
`

func BenchmarkNewValuer(b *testing.B) {
	lex, err := lexicon.Load("")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := NewValuer(lex); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	v := valuer(b)
	text := strings.Repeat(benchText, 20)
	tx := token.Cut(text)
	art := &isnad.Article{Published: "2015-07-21", Text: text}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		v.Find(art, tx)
	}
}
