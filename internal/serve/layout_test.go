package serve

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"isnad"
)

// pieces are characters that go wrong: outside the basic plane, joined by
// zero-width joiners, with combining marks, directional, markup.
var pieces = []string{"a", "و", "ب", "لِّ", "é", "e\u0301", "👩‍🚀", "🇸🇦", "𝒜", "\n", " ", "\r", "\t", "<b>", "&amp;", "\u202e", "\u200d", "\u064b", "\x00", "ـ"}

func text(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, name), "")
}

func span(t *rapid.T, n int) isnad.Span {
	start := rapid.IntRange(0, n).Draw(t, "start")
	return isnad.Span{Start: start, End: rapid.IntRange(start, n).Draw(t, "end")}
}

func claimsOn(t *rapid.T, n int) (out []isnad.Claim) {
	for range rapid.IntRange(0, 5).Draw(t, "claims") {
		c := isnad.Claim{Field: rapid.SampledFrom([]string{"text", "text", "title"}).Draw(t, "field"), Sentence: span(t, n), Trigger: isnad.Trigger{Span: span(t, n)}}
		for range rapid.IntRange(0, 2).Draw(t, "parties") {
			c.Actor = append(c.Actor, isnad.Actor{Span: span(t, n)})
			c.Chain = append(c.Chain, isnad.Voice{Cue: span(t, n)})
		}
		out = append(out, c)
	}
	return out
}

// TestLayout: every character of the text stands in the layout once and in
// order; every level nests; the characters of each span play its part and no
// others do, but for those that belong to one character as it is seen.
func TestLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := text(t, "text")
		n := utf8.RuneCountInString(in)
		claims := claimsOn(t, n)
		ps := layout("text", in, isnad.Arabic, claims)

		var got strings.Builder
		var mine [][]Part // of each code point
		for i, p := range ps {
			if len(p.Sentences) == 0 || strings.Contains(strings.TrimSuffix(p.text(), "\n"), "\n") {
				t.Fatalf("paragraph %d is no line: %q", i, p.text())
			}
			for _, s := range p.Sentences {
				for _, m := range s.Marks {
					for _, r := range m.Runs {
						if r.Text == "" {
							t.Fatal("an empty run")
						}
						got.WriteString(r.Text)
						all := slices.Clone(r.Parts)
						for _, c := range m.Claims {
							all = append(all, Part{c, "trigger"})
						}
						for _, c := range s.Claims {
							all = append(all, Part{c, "sentence"})
						}
						for range r.Text {
							mine = append(mine, all)
						}
					}
				}
			}
		}
		if got.String() != in {
			t.Fatalf("laid out %q; want %q", got.String(), in)
		}
		whole := boundaries(in)
		for i, c := range claims {
			if c.Field != "text" {
				continue
			}
			want := append(parts(c), role{c.Trigger.Span, "trigger"}, role{c.Sentence, "sentence"})
			for at := range n {
				for _, name := range []string{roleActor, roleCue, "trigger", "sentence"} {
					covered := slices.ContainsFunc(want, func(r role) bool {
						if r.role != name || r.Start >= r.End {
							return false
						}
						for !whole[r.Start] {
							r.Start--
						}
						for !whole[r.End] {
							r.End++
						}
						return r.Start <= at && at < r.End
					})
					if is := slices.Contains(mine[at], Part{i, name}); is != covered {
						t.Fatalf("character %d of %q in the %s of claim %d: %v; want %v", at, in, name, i, is, covered)
					}
				}
			}
		}
	})
}

func TestLayoutKeepsLettersWhole(t *testing.T) {
	// A span that ends between a letter and its marks takes them along.
	in := "قالَ👩‍🚀"
	ps := layout("text", in, isnad.Arabic, []isnad.Claim{
		{Field: "text", Trigger: isnad.Trigger{Span: isnad.Span{Start: 0, End: 3}}},
		{Field: "text", Trigger: isnad.Trigger{Span: isnad.Span{Start: 5, End: 6}}},
	})
	var got []string
	for _, m := range ps[0].Sentences[0].Marks {
		got = append(got, m.Runs[0].Text)
	}
	if !slices.Equal(got, []string{"قالَ", "👩‍🚀"}) {
		t.Errorf("%q", got)
	}
}

func TestWritten(t *testing.T) {
	for _, c := range []struct {
		text string
		lang isnad.Lang
		want string
	}{
		{"موسكو", "ar", "ar rtl"}, {"Moscow", "en", "en ltr"}, {"Moscow", "ar", "en ltr"}, {"«موسكو»", "en", "ar rtl"},
		{"1,500", "ar", "ar rtl"}, {"", "en", "en ltr"}, {"", "", " ltr"}, {"תל אביב", "he", "he rtl"}, {"Paris", "fr", "fr ltr"},
	} {
		if lang, dir := written(c.text, c.lang); string(lang)+" "+dir != c.want {
			t.Errorf("%q in %s: %s %s; want %s", c.text, c.lang, lang, dir, c.want)
		}
	}
}
