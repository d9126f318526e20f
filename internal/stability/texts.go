package stability

import (
	"strings"

	"isnad"
)

// A side is how a state is named in the texts below. All are feminine in
// Arabic and take no article, so that they may stand in each other's place.
type side struct {
	code                    isnad.Code
	name, capital, mas, fem string // Arabic; the nisba with article
	en, enCapital, enAdj    string
}

var (
	rus = side{"RUS", "روسيا", "موسكو", "الروسي", "الروسية", "Russia", "Moscow", "Russian"}
	prk = side{"PRK", "كوريا الشمالية", "بيونغ يانغ", "الكوري الشمالي", "الكورية الشمالية", "North Korea", "Pyongyang", "North Korean"}
	tur = side{"TUR", "تركيا", "أنقرة", "التركي", "التركية", "Turkey", "Ankara", "Turkish"}
	irn = side{"IRN", "إيران", "طهران", "الإيراني", "الإيرانية", "Iran", "Tehran", "Iranian"}
)

// form writes a text of two sides: {A} name, {Ac} capital, {Am} {Af} adjective,
// {B}, {Bc} … the other's.
func form(text string, lang isnad.Lang, a, b side) string {
	pairs := []string{}
	for k, s := range map[string]side{"A": a, "B": b} {
		if lang == isnad.English {
			pairs = append(pairs, "{"+k+"}", s.en, "{"+k+"c}", s.enCapital, "{"+k+"m}", s.enAdj)
		} else {
			pairs = append(pairs, "{"+k+"}", s.name, "{"+k+"c}", s.capital, "{"+k+"m}", s.mas, "{"+k+"f}", s.fem)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// structures are sentences of our own with the structures of a report on a pact between
// two states: accusers and their denial, a hedged belief, sources with figures,
// evidence confirmed, a duty on a condition, on one side and on either, praise,
// ratification, a build-up and an order.
var structures = map[isnad.Lang][]string{
	isnad.Arabic: {
		"وقعت {A} و{B} معاهدة للدفاع المشترك من 23 مادة.",
		"وتنص المادة 4 على أن تقدم {A} مساعدة عسكرية إلى {B} إذا تعرضت لهجوم.",
		"اتهمت عدة دول {B} بإرسال أسلحة إلى {A}، وهو ما نفته {Ac} و{Bc}.",
		"نفت {Ac} تزويد {Bc} لها بالأسلحة.",
		"وقالت مصادر استخباراتية إن {B} أرسلت نحو 1500 جندي إلى {A} ويتوزعون على خمس قواعد.",
		"أكدت وزارة الدفاع الأميركية وجود أدلة على إرسال {B} قوات إلى {A}.",
		"ويُعتقد أن {Bc} تلقت مساعدات غذائية من {Ac}.",
		"أشاد وزير الخارجية {Am} بموقف {B}، وقال: «سندعم {B} دعما كاملا».",
		"صادق البرلمان {Am} على الاتفاقية مع {B}.",
		"وقتل 300 جندي في قصف شنته القوات {Af} على مواقع القوات {Bf}.",
		"نفى متحدث باسم الحكومة {Bf} أن تكون بلاده قد سلمت {A} 40 صاروخا.",
		"وتدرس فرنسا تقديم أسلحة إلى أوكرانيا إذا أرسلت {B} مزيدا من الجنود إلى {A}.",
		"وذكرت وسائل إعلام أن {B} عززت ترسانتها وأطلقت 12 صاروخا باليستيا باتجاه {A}.",
		"التقى وزير الدفاع {Am} نظيره {Bm} في أنقرة.",
		"وأبرمت {A} و{B} معاهدة تلزم الطرفين بتقديم الدعم العسكري في حال تعرض أي منهما لهجوم.",
		"وتواصل {Bc} تعزيز قدراتها النووية والصاروخية.",
		"ونفت {Bc} أنها تلقت مساعدات غذائية من {Ac}.",
		"وقالت {Ac} إن لديها أدلة على إرسال {Bc} أسلحة إلى السودان.",
		"أكد وزير الدفاع {Bm} أن رئيس الوزراء أصدر أوامره بإرسال قوات إلى {A}.",
	},
	isnad.English: {
		"{A} and {B} signed a defence treaty of 23 articles.",
		"Under Article 4, {A} will give military help to {B} if it is attacked.",
		"Several states accused {B} of sending weapons to {A}, which {Ac} and {Bc} denied.",
		"{Ac} denied that {B} had sent weapons to {A}.",
		"Intelligence sources said that {B} had sent some 1,500 soldiers to {A}.",
		"The Pentagon confirmed evidence that {B} sent troops to {A}.",
		"{Bc} is believed to have received food from {Ac}.",
		"The {Am} foreign minister praised {B} and said: “We will support {B}.”",
		"The {Am} parliament ratified the agreement with {B}.",
		"The {Am} army killed 300 {Bm} soldiers in an attack on their base.",
		"A {Bm} spokesman denied that his country had delivered 40 missiles to {A}.",
		"The {Am} defence minister met his {Bm} counterpart in Geneva.",
		"{Bc} continues to expand its nuclear arsenal.",
		"{Bc} denied that it had received food from {Ac}.",
		"{Ac} has evidence that {B} sent weapons to Sudan.",
	},
}

// Sentences are the texts of a language about Russia and North Korea, one
// structure each.
func Sentences(lang isnad.Lang) []string {
	var out []string
	for _, s := range structures[lang] {
		out = append(out, form(s, lang, rus, prk))
	}
	return out
}

// Article is all of them as one text.
func Article(lang isnad.Lang) string { return strings.Join(Sentences(lang), "\n") }
