package suite

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"isnad"
	"isnad/internal/eval"
	"isnad/internal/stability"
)

var langs = []isnad.Lang{isnad.Arabic, isnad.English}

// claims scores an annotated set by language: the four levels, each stance and
// factuality, each type; and of "denials" the stance denies over the whole set,
// with how many sentences without a denial get one.
func (s *suite) claims(ctx context.Context, set string) ([]Table, error) {
	articles, err := open(filepath.Join(s.Gold, set+".articles.jsonl"), eval.ReadArticles)
	if err != nil {
		return nil, err
	}
	gold, err := open(filepath.Join(s.Gold, set+".gold.jsonl"), func(r io.Reader, name string) (eval.Claims, error) { return eval.ReadClaims(r, name, articles) })
	if err != nil {
		return nil, err
	}
	var read []isnad.Claim
	for _, a := range articles.All() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		read = append(read, s.Read(a)...)
	}
	got := eval.Of(read, articles)
	var out []Table
	denies := Table{Name: set + " denies"}
	for _, lang := range append([]isnad.Lang{""}, langs...) {
		r := eval.Score(articles, gold, got, eval.Options{Lang: lang})
		if lang != "" {
			out = append(out, Table{fmt.Sprintf("%s %s", set, lang), scored(r), ""})
		}
		without := eval.FalseDenials(articles, gold, got, lang)
		for _, v := range r.Stance {
			if v.Value == string(isnad.Denies) {
				denies.Rows = append(denies.Rows, Row{both(lang), append(three(v.PRF), count("gold", v.N),
					count("sentences without", without.Sentences), count("given one", without.Denied), share("share", without.Denied, without.Sentences))})
			}
		}
	}
	if set == "denials" {
		out = append(out, denies)
	}
	return out, nil
}

func both(lang isnad.Lang) string {
	if lang == "" {
		return "both languages"
	}
	return string(lang)
}

func three(x eval.PRF) []Figure {
	return []Figure{{Name: "P", Value: x.P}, {Name: "R", Value: x.R}, {Name: "F1", Value: x.F1}}
}

// scored is a result as rows.
func scored(r eval.Result) []Row {
	out := []Row{{"size", []Figure{count("sentences", r.Sentences), count("gold", r.Gold), count("predicted", r.Predicted)}}}
	for i, l := range eval.Levels {
		out = append(out, Row{l, three(r.Levels[i])})
	}
	for _, vs := range [][]eval.Valued{r.Stance, r.Factuality} {
		for _, v := range vs {
			if v.N > 0 {
				out = append(out, Row{v.Value, append(three(v.PRF), count("gold", v.N))})
			}
		}
	}
	for _, t := range r.Types {
		if t.InGold+t.Predicted > 0 {
			out = append(out, Row{string(t.Type), append(three(t.TypeRight), Figure{Name: "claim F1", Value: t.Claim.F1}, count("gold", t.InGold), count("predicted", t.Predicted))})
		}
	}
	return out
}

func open[T any](path string, f func(io.Reader, string) (T, error)) (T, error) {
	file, err := os.Open(path)
	if err != nil {
		var zero T
		return zero, err
	}
	defer file.Close()
	return f(file, path)
}

// stable counts the changes of a text that change its claims in just that way.
func (s *suite) stable(ctx context.Context) ([]Table, error) {
	var out []Table
	for _, lang := range langs {
		t := Table{Name: "stability " + string(lang)}
		for _, c := range stability.Counts(lang, s.Read) {
			t.Rows = append(t.Rows, Row{c.Change, []Figure{count("held", c.Held), count("of", c.Of)}})
		}
		out = append(out, t)
	}
	return out, ctx.Err()
}
