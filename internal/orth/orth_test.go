package orth

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"hamza on and under alef, madda, wasla", "أكد إلى آخر ٱلعهد", "اكد الي اخر العهد"},
		{"hamza elsewhere stays", "شؤون شئون بدء", "شؤون شئون بدء"},
		{"dotless ya", "على مصطفى", "علي مصطفي"},
		{"ta marbuta", "دولة", "دوله"},
		{"vowel signs, shadda, dagger alef", "يُعتَقَدُ كرّم هٰذا", "يعتقد كرم هذا"},
		{"tatweel", "لـ واتـــفاق", "ل واتفاق"},
		{"direction marks, joiners, byte order mark", "\ufeffموسكو\u200f\u200d", "موسكو"},
		{"soft hyphen", "agree\u00adment", "agreement"},
		{"Persian and foreign letters", "ڤيينا گاز چاد پاريس ایران", "فيينا كاز جاد باريس ايران"},
		{"Arabic-Indic and Persian digits", "١٥٠٠ ۲۰۲۴", "1500 2024"},
		{"one quotation mark", "«أ» “b” „c‟", `"ا" "b" "c"`},
		{"apostrophes and dashes", "Kyiv’s 10–12", "kyiv's 10-12"},
		{"hard spaces", "a\u00a0b\u202fc", "a b c"},
		{"lam-alef ligature", "ﻷﻧﻪ", "لانه"},
		{"isolated presentation forms", "ﺭﻭﺳﻴﺎ", "روسيا"},
		{"accents of Latin letters stay", "Émigré İ", "émigré i"},
		{"nothing", "", ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			if got := Fold(c.in); got != c.want {
				t.Errorf("Fold(%q) is %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestMarksAndLetters(t *testing.T) {
	for _, r := range "ًّٰـ\u200f" {
		if !IsMark(r) {
			t.Errorf("%U is no mark", r)
		}
		if IsArabic(r) && r != 'ـ' {
			t.Errorf("%U is a letter", r)
		}
	}
	for _, r := range "ءيپگﻷ" {
		if !IsArabic(r) {
			t.Errorf("%U is no Arabic letter", r)
		}
	}
	for _, r := range "a1٣.، " {
		if IsArabic(r) || IsMark(r) {
			t.Errorf("%U taken for an Arabic letter or mark", r)
		}
	}
}

// letters are those the rules above name, so that random strings meet them.
var letters = []rune("اأإآٱبتةثجحخدذرزسشصضطظعغفقكلمنهويىئؤءڤگچپیک ًٌّْٰـ\u200e\u200f\ufeff٠٣۵09 aZÉİẞ«»“”’–\u00a0ﻷﺭﷲ،؛؟.")

func text() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringOf(rapid.SampledFrom(letters)), rapid.String())
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text().Draw(t, "s")
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q, and that to %q", s, once, twice)
		}
	})
}

// A text may be folded in pieces: tokens fold by themselves.
func TestFoldingIsLetterByLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := text().Draw(t, "a"), text().Draw(t, "b")
		if Fold(a+b) != Fold(a)+Fold(b) && utf8.ValidString(a) && utf8.ValidString(b) {
			t.Fatalf("%q and %q fold apart to %q, together to %q", a, b, Fold(a)+Fold(b), Fold(a+b))
		}
	})
}

// Vowel signs and tatweel between letters change nothing.
func TestSignsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := []rune(rapid.StringOf(rapid.SampledFrom([]rune("ابتةدرسصعفقكلمنهويىأإ"))).Draw(t, "s"))
		var signed []rune
		for _, r := range s {
			signed = append(signed, r)
			if rapid.Bool().Draw(t, "sign") {
				signed = append(signed, rapid.SampledFrom([]rune("َُِّْـ\u200f")).Draw(t, "which"))
			}
		}
		if Fold(string(s)) != Fold(string(signed)) {
			t.Fatalf("%q and %q fold differently", string(s), string(signed))
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"نفت موسكو", "ﻷﻧﻪ", "\xff\xd8", "İstanbul", "ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) is no valid UTF-8: %q", s, once)
		}
		if Fold(once) != once {
			t.Errorf("folding %q twice changes it", s)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	s := "أعلنت وزارةُ الخارجيّة في الرياض أمس أنّ ١٥٠٠ طنٍّ من المساعدات وصلت إلى «الميناء» "
	b.SetBytes(int64(len(s)))
	var dst []byte
	for b.Loop() {
		dst = AppendFold(dst[:0], s)
	}
}
