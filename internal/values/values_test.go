package values

import (
	"testing"

	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

func valuer(t testing.TB) *Valuer {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewValuer(lex)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The tables of testdata are the measure: what is missed is listed here with
// the reason, and a listed case that passes must come off the list.
var knownFailures = map[string]string{}

func TestValues(t *testing.T) {
	scores, err := ScoreValues(valuer(t), Phrases)
	if err != nil {
		t.Fatal(err)
	}
	failed := map[string]bool{}
	for _, s := range scores {
		t.Log(s)
		for _, w := range s.Wrong {
			id := w
			for i := range w {
				if w[i] == ':' {
					id = w[:i]
					break
				}
			}
			failed[id] = true
			if knownFailures[id] == "" {
				t.Errorf("%s %s", s.What, w)
			}
		}
	}
	for id := range knownFailures {
		if !failed[id] {
			t.Errorf("%s passes now; take it off the list", id)
		}
	}
}

func TestNoArticle(t *testing.T) {
	v := valuer(t)
	if got := v.Find(&isnad.Article{}, token.Cut("")); len(got) != 0 {
		t.Errorf("an empty text has %d sentences", len(got))
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"قتل 12 شخصا بينهم 3 أطفال", "بين 10 و12 ألف", "$", "(", "من", "F-16", "1.5.2015", "الخامس عشر من", "in the first quarter of", "ونصف المليون", "«في »", "10-", "ألف و", "- 5"} {
		f.Add(s, "2015-07-21")
	}
	v := valuer(f)
	f.Fuzz(func(t *testing.T, s, published string) {
		tx := token.Cut(s)
		for i, vs := range v.Find(&isnad.Article{Published: published, Text: s}, tx) {
			n := len(tx.Sentences[i].Tokens)
			ok := func(what string, from, to, last int) int {
				if from < last || from >= to || to > n {
					t.Fatalf("%s at tokens %d to %d of %d, after %d", what, from, to, n, last)
				}
				return to
			}
			last := 0
			for _, m := range vs.Quantities {
				last = ok("quantity", m.From, m.To, last)
				if m.Approx == "" || m.Kind == "" || m.High != 0 && m.Low > m.High {
					t.Fatalf("quantity %+v", m)
				}
			}
			last = 0
			for _, m := range vs.Times {
				last = ok("time", m.From, m.To, last)
				if m.When.From > m.When.To && m.When.To != "" {
					t.Fatalf("time %+v", m)
				}
			}
			last = 0
			for _, m := range vs.Places {
				last = ok("place", m.From, m.To, last)
			}
		}
	})
}
