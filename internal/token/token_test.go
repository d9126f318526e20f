package token

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"pgregory.net/rapid"

	"isnad/internal/orth"
)

// shown writes the sentences of a text, one a line, tokens parted by "·".
func shown(t *Text) string {
	var lines []string
	for _, s := range t.Sentences {
		var toks []string
		for _, k := range s.Tokens {
			toks = append(toks, t.Source[k.Start:k.End])
		}
		lines = append(lines, strings.Join(toks, "·"))
	}
	return strings.Join(lines, "\n")
}

func TestCut(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"words and signs", "نفت موسكو، أمس.", "نفت·موسكو·،·أمس·."},
		{"vowel signs stay in the word", "يُعتَقَد أنّ", "يُعتَقَد·أنّ"},
		{"clitic dash stays with its letter", "لـ«الصحيفة»", "لـ·«·الصحيفة·»"},
		{"glued at a full stop", "انتهى.وقال", "انتهى·.·وقال"},
		{"glued after ta marbuta", "الخارجيةعادل", "الخارجية·عادل"},
		{"grouped and decimal numbers", "1,500 و4.86 و١٬٠٠٠", "1,500·و·4.86·و·١٬٠٠٠"},
		{"a comma after a number is no part of it", "1500, then", "1500·,·then"},
		{"hashtag", "#غزة_الآن", "#·غزة·_·الآن"},
		{"possessive and negation", "Kyiv's army didn't", "Kyiv·'s·army·did·n't"},
		{"curly apostrophe", "Moscow’s", "Moscow·’s"},
		{"abbreviation", "U.S. troops", "U.S.·troops"},
		{"sentences at full stops", "قال نعم. ثم غادر.", "قال·نعم·.\nثم·غادر·."},
		{"closing quotation mark ends with its sentence", "قال «نعم.» ثم غادر", "قال·«·نعم·.·»\nثم·غادر"},
		{"a title is no end", "Mr. Smith left. He slept.", "Mr·.·Smith·left·.\nHe·slept·."},
		{"an Arabic initial is no end", "د. شوقي وصل", "د·.·شوقي·وصل"},
		{"an abbreviation ends one before a word that opens", "He left the U.S. The talks ended.", "He·left·the·U.S.\nThe·talks·ended·."},
		{"line end", "العنوان\nالنص", "العنوان\nالنص"},
		{"question marks", "هل وصل؟ نعم", "هل·وصل·؟\nنعم"},
		{"a semicolon parts clauses, not sentences", "قال؛ ثم", "قال·؛·ثم"},
		{"nothing", " \n\t", ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			if got := shown(Cut(c.in)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestWhatFoldingLosesIsKept(t *testing.T) {
	toks := Cut("دولة كرّم يُعتقد Moscow ١٥٠٠ ؟").Sentences
	var all []Token
	for _, s := range toks {
		all = append(all, s.Tokens...)
	}
	for i, want := range []Token{
		{Norm: "دوله", TaMarbuta: true}, {Norm: "كرم", Shadda: true}, {Norm: "يعتقد", Damma: true},
		{Norm: "moscow", Upper: true}, {Norm: "1500", Kind: Digit}, {Norm: "؟", Kind: Sign},
	} {
		got := all[i]
		got.Start, got.End, got.Hash = 0, 0, 0
		if got != want {
			t.Errorf("token %d is %+v, want %+v", i, got, want)
		}
	}
}

func TestLanguageOfASentence(t *testing.T) {
	for in, want := range map[string]string{
		"نفت موسكو الخبر.":                   "ar",
		"Moscow denied the report.":          "en",
		"قالت Reuters إن موسكو نفت":          "ar",
		"The channel «الجزيرة» reported it.": "en",
		"1500": "ar",
	} {
		if got := Cut(in).Sentences[0].Lang; string(got) != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
}

// check holds what must be true of any text: tokens are spans in order that do
// not overlap, sentences hold their tokens, and no letter or digit is lost.
func check(t interface{ Fatalf(string, ...any) }, s string) {
	cut := Cut(s)
	covered := make([]bool, len(s)+1)
	at := 0
	for _, sen := range cut.Sentences {
		if len(sen.Tokens) == 0 {
			t.Fatalf("%q: an empty sentence", s)
		}
		if sen.Start != sen.Tokens[0].Start || sen.End != sen.Tokens[len(sen.Tokens)-1].End {
			t.Fatalf("%q: a sentence %d..%d does not reach from its first token to its last", s, sen.Start, sen.End)
		}
		for _, k := range sen.Tokens {
			if k.Start < at || k.End <= k.Start || k.End > len(s) {
				t.Fatalf("%q: token %d..%d after %d", s, k.Start, k.End, at)
			}
			at = k.End
			if k.Hash != Hash(k.Norm) {
				t.Fatalf("%q: token %q has the hash of another word", s, k.Norm)
			}
			if k.Norm == "" {
				t.Fatalf("%q: a token without norm at %d", s, k.Start)
			}
			if k.Kind != Sign && k.Norm != orth.Fold(s[k.Start:k.End]) {
				t.Fatalf("%q: token %q has norm %q", s, s[k.Start:k.End], k.Norm)
			}
			for i := k.Start; i < k.End; i++ {
				covered[i] = true
			}
		}
	}
	for i, r := range s {
		if (unicode.IsLetter(r) && !orth.IsMark(r) || isDigit(r)) && !covered[i] {
			t.Fatalf("%q: %q at %d is in no token", s, r, i)
		}
	}
}

var signs = []rune("ابتةيىأإلوف ٌُّـ\u200f٠٣09.,،؛؟!…:\n«»\"“”'’()-–#_aZé . . \n")

func TestTokensCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.OneOf(rapid.StringOf(rapid.SampledFrom(signs)), rapid.String()).Draw(t, "s"))
	})
}

// Cutting has no memory: paragraphs cut alone give what they give together.
func TestParagraphsAreCutApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.StringOf(rapid.SampledFrom([]rune("ابوة .،؟!«»a1"))).Draw(t, "one")
		two := rapid.StringOf(rapid.SampledFrom([]rune("ابوة .،؟!«»a1"))).Draw(t, "two")
		want := strings.Trim(shown(Cut(one))+"\n"+shown(Cut(two)), "\n")
		if got := shown(Cut(one + "\n" + two)); got != want {
			t.Fatalf("%q and %q: together\n%s\napart\n%s", one, two, got, want)
		}
	})
}

func FuzzCut(f *testing.F) {
	for _, s := range []string{"نفت موسكو تزويد بيونغ يانغ.", "U.S. didn't.", "\xff\xfeab", "ـ", "a\u0301b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			Cut(s) // no panic is all that is asked
			return
		}
		check(t, s)
	})
}

// sample is news of our own wording, some 4 KB.
var sample = strings.Repeat("أعلنت وزارة الخارجية في الرياض أمس أن 1,500 طن من المساعدات وصلت إلى الميناء، ونفت مصادر «مطلعة» تأخرها. وقال المتحدث باسمها إن الشحنة الثانية ستصل قريبا.\n", 15)

func BenchmarkCut(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		Cut(sample).Release()
	}
}

// BenchmarkPlainWords is the word pass of a UAX #29 library over the same text:
// spans alone, without folding, sentences or the departures of this package.
func BenchmarkPlainWords(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		for seg := words.FromString(sample); seg.Next(); {
			_ = seg.Value()
		}
	}
}
