package engine_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/orth"
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

// structures are sentences with the structures of a report on a pact between
// two states: accusers and their denial, a hedged belief, sources with figures,
// evidence confirmed, a duty on a condition, praise and ratification.
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
	},
}

// reading is what of a claim a change of the text is compared by.
type reading struct {
	typ, trigger               string
	actor, recipient, speaker  []isnad.Code
	stance, factuality, denies string
	quantities                 []isnad.Quantity
	at                         int // code point of the trigger; not compared
}

func codesOf(as []isnad.Actor, of map[isnad.Code]isnad.Code) []isnad.Code {
	cs := []isnad.Code{}
	for _, a := range as {
		c := a.Code
		if m, ok := of[c]; ok {
			c = m
		}
		cs = append(cs, c)
	}
	slices.Sort(cs)
	return slices.Compact(cs)
}

// readings reads a text; of maps codes, nil for none.
func readings(t *testing.T, lang isnad.Lang, text string, of map[isnad.Code]isnad.Code) []reading {
	t.Helper()
	a := isnad.Article{ID: "s", Outlet: "case", Lang: lang, Published: "2024-11-19", Text: text}
	var out []reading
	for _, c := range theReader(t).Read(a).Claims {
		r := reading{
			at: c.Trigger.Start, typ: c.Kind + " " + string(c.Type), trigger: orth.Fold(c.Trigger.Text), stance: string(c.Stance), factuality: string(c.Factuality), denies: string(c.Denies),
			actor: codesOf(c.Actor, of), recipient: codesOf(c.Recipient, of), speaker: codesOf(c.Speaker, of),
		}
		for _, q := range c.Quantities {
			q.Span = isnad.Span{}
			r.quantities = append(r.quantities, q)
		}
		out = append(out, r)
	}
	return out
}

// shown makes readings comparable and legible.
func shown(rs []reading) string {
	var lines []string
	for _, r := range rs {
		lines = append(lines, fmt.Sprintf("%s %v>%v by %v %s %s %s «%s» %v", r.typ, r.actor, r.recipient, r.speaker, r.stance, r.denies, r.factuality, r.trigger, r.quantities))
	}
	return strings.Join(lines, "\n")
}

// invariant are changes of spelling that folding undoes: the claims stay the
// same whatever the text, by construction.
var invariant = map[string]func(string) string{
	"hamza dropped":    strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا").Replace,
	"ى for ي":          strings.NewReplacer("ي ", "ى ", "ي.", "ى.", "ي،", "ى،").Replace,
	"vowel signs":      func(s string) string { return innerLetter.ReplaceAllString(s, "${1}\u064E${2}\u0652") },
	"tatweel":          func(s string) string { return innerLetter.ReplaceAllString(s, "${1}ـ${2}") },
	"direction marks":  strings.NewReplacer(" ", " \u200f", "،", "\u200f،").Replace,
	"hard spaces":      strings.NewReplacer(" ", "\u00a0").Replace,
	"Arabic digits":    strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦").Replace,
	"curly quotations": strings.NewReplacer("«", "“", "»", "”").Replace,
	"guillemets":       strings.NewReplacer("“", "«", "”", "»").Replace,
}

var innerLetter = regexp.MustCompile(`([بتسعفقلمن])([ويدر])`)

func article(lang isnad.Lang, a, b side) string {
	var lines []string
	for _, s := range structures[lang] {
		lines = append(lines, form(s, lang, a, b))
	}
	return strings.Join(lines, "\n")
}

func TestSpellingChangesNothing(t *testing.T) {
	for lang, list := range structures {
		texts := []string{article(lang, rus, prk)}
		for _, s := range list {
			texts = append(texts, form(s, lang, rus, prk))
		}
		changes := maps.Clone(invariant)
		changes["all together"] = func(s string) string {
			for _, name := range slices.Sorted(maps.Keys(invariant)) {
				if name != "guillemets" || lang == isnad.English {
					s = invariant[name](s)
				}
			}
			return s
		}
		for name, change := range changes {
			t.Run(string(lang)+"/"+name, func(t *testing.T) {
				for _, text := range texts {
					changed := change(text)
					if want, got := shown(readings(t, lang, text, nil)), shown(readings(t, lang, changed, nil)); want != got {
						t.Errorf("%s\nreads\n%s\nand %s\nreads\n%s", text, want, changed, got)
					}
				}
			})
		}
	}
}

// Figures that are exchanged for others, and the words that turn a denial into
// a confirmation.
var (
	figures       = map[string]string{"1500": "2300", "1,500": "2,300", "23": "31", "300": "450", "40": "65", "12": "18", "4": "7"}
	figure        = regexp.MustCompile(`[0-9][0-9,]*`)
	confirmations = strings.NewReplacer("نفته", "أكدته", "نفت", "أكدت", "نفى", "أكد", "denied", "confirmed")
)

func otherFigures(s string) string {
	return figure.ReplaceAllStringFunc(s, func(d string) string {
		n := strings.TrimRight(d, ",")
		if f, ok := figures[n]; ok {
			return f + d[len(n):]
		}
		return d
	})
}

// TestStability counts how many changes of a text change the claims in just
// that way. What holds by construction is asserted above; these rest on what a
// model has learned, so their count is kept in testdata/scores.txt.
func TestStability(t *testing.T) {
	for _, lang := range []isnad.Lang{isnad.Arabic, isnad.English} {
		var b strings.Builder
		all, held := 0, 0
		count := func(name string, f func(try func(ok bool))) {
			n, k := 0, 0
			f(func(ok bool) {
				n++
				if ok {
					k++
				}
			})
			if n > 0 {
				fmt.Fprintf(&b, "%-24s %d of %d\n", name, k, n)
			}
			all, held = all+n, held+k
		}
		each := func(f func(base, template string)) {
			for _, s := range structures[lang] {
				f(form(s, lang, rus, prk), s)
			}
		}
		equal := func(x, y []reading) bool { return shown(x) == shown(y) }
		change := func(name string, c func(string) string) {
			count(name, func(try func(bool)) {
				each(func(base, _ string) {
					if changed := c(base); changed != base {
						try(equal(readings(t, lang, base, nil), readings(t, lang, changed, nil)))
					}
				})
			})
		}
		count("states exchanged", func(try func(bool)) {
			each(func(base, template string) {
				of := map[isnad.Code]isnad.Code{"RUS": "PRK", "PRK": "RUS"}
				try(equal(readings(t, lang, base, of), readings(t, lang, form(template, lang, prk, rus), nil)))
			})
		})
		count("other states", func(try func(bool)) {
			each(func(base, template string) {
				of := map[isnad.Code]isnad.Code{"RUS": "TUR", "PRK": "IRN"}
				try(equal(readings(t, lang, base, of), readings(t, lang, form(template, lang, tur, irn), nil)))
			})
		})
		count("other figures", func(try func(bool)) {
			each(func(base, _ string) {
				changed := otherFigures(base)
				if changed == base {
					return
				}
				want := readings(t, lang, base, nil)
				for _, r := range want {
					for i := range r.quantities {
						for _, v := range []*float64{&r.quantities[i].Low, &r.quantities[i].High} {
							var n float64
							if f, ok := figures[fmt.Sprint(*v)]; ok {
								fmt.Sscan(f, &n)
								*v = n
							}
						}
					}
				}
				try(equal(want, readings(t, lang, changed, nil)))
			})
		})
		change("ه for ة", strings.NewReplacer("ة", "ه").Replace)
		change("grouped digits", strings.NewReplacer("1500", "1,500", "1,500", "1500").Replace)
		change("straight quotations", strings.NewReplacer("«", `"`, "»", `"`, "“", `"`, "”", `"`).Replace)
		change("agency in front", func(s string) string {
			if lang == isnad.English {
				return "GENEVA (Reuters) - " + s
			}
			return "جنيف - رويترز: " + s
		})
		count("denial confirmed", func(try func(bool)) {
			each(func(base, _ string) {
				changed := confirmations.Replace(base)
				if changed == base {
					return
				}
				want, denied := readings(t, lang, base, nil), false
				for i, r := range want {
					if r.stance == string(isnad.Denies) {
						denied = true
						want[i].stance, want[i].denies = string(isnad.Confirms), ""
					}
				}
				try(denied && equal(want, readings(t, lang, changed, nil)))
			})
		})
		count("denial taken out", func(try func(bool)) {
			list := structures[lang]
			for k := range list {
				if confirmations.Replace(list[k]) == list[k] {
					continue
				}
				before := form(strings.Join(list[:k], "\n"), lang, rus, prk)
				after := form(strings.Join(list[k+1:], "\n"), lang, rus, prk)
				whole := readings(t, lang, article(lang, rus, prk), nil)
				gone := form(list[k], lang, rus, prk)
				from := len([]rune(before)) + 1
				var want []reading
				for _, r := range whole {
					if r.at < from || r.at >= from+len([]rune(gone)) {
						want = append(want, r)
					}
				}
				try(equal(want, readings(t, lang, before+"\n"+after, nil)))
			}
		})
		fmt.Fprintf(&b, "%-24s %d of %d\n", "together", held, all)
		golden(t, "stability "+string(lang), b.String())
	}
}
