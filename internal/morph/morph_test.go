package morph

import (
	"testing"

	"isnad/internal/orth"
	"isnad/lexicon"
)

func load(tb testing.TB) *Morph {
	lex, err := lexicon.Load("")
	if err != nil {
		tb.Fatal(err)
	}
	return New(lex)
}

func TestArabic(t *testing.T) {
	m := load(t)
	for _, c := range []struct {
		word, root string
		form       Form
		prep, enc  string
		fut, art   bool
	}{
		{"أرسلت", "رسل", Perfect, "", "", false, false},
		{"سيرسلون", "رسل", Imperfect, "", "", true, false},
		{"وقصفت", "قصف", Perfect, "", "", false, false},
		{"استخدامها", "خدم", Masdar, "", "ها", false, false},
		{"الانفجارات", "فجر", Masdar, "", "", false, true},
		{"هاجموا", "هجم", Perfect, "", "", false, false},
		{"مهاجمة", "هجم", Masdar, "", "", false, false},
		{"يتهمها", "تهم", Imperfect, "", "ها", false, false},
	} {
		w := m.Arabic(orth.Fold(c.word))
		if w.Form != c.form || w.Prep != c.prep || w.Enc != c.enc || w.Fut != c.fut || w.Art != c.art {
			t.Errorf("%s: %+v", c.word, w)
		}
		if w.Root != c.root && w.Root != skeleton(w.Verb) {
			t.Errorf("%s: root %q, want %q", c.word, w.Root, c.root)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("وسيستخدمونها")
	f.Add("")
	m := load(f)
	f.Fuzz(func(t *testing.T, s string) {
		m.Arabic(orth.Fold(s))
		m.English(orth.Fold(s))
	})
}

func BenchmarkNew(b *testing.B) {
	lex, _ := lexicon.Load("")
	for b.Loop() {
		New(lex)
	}
}

func BenchmarkArabic(b *testing.B) {
	m := load(b)
	words := []string{"ارسلت", "وسيستخدمونها", "الانفجارات", "كتاب", "والحكومه", "مسؤولون"}
	i := 0
	for b.Loop() {
		m.Arabic(words[i%len(words)])
		i++
	}
}
