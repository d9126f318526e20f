package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad"
)

// scores runs this package as score.py is run.
func scores(t *testing.T, articlesPath, goldPath, claimsPath string, lang string, errs int, asJSON bool) (stdout, stderr string) {
	t.Helper()
	open := func(path string) *os.File {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	articles, err := ReadArticles(open(articlesPath), articlesPath)
	if err != nil {
		t.Fatal(err)
	}
	gold, err := ReadClaims(open(goldPath), goldPath, articles)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := ReadClaims(open(claimsPath), claimsPath, articles)
	if err != nil {
		t.Fatal(err)
	}
	var out, diff bytes.Buffer
	o := Options{Lang: isnad.Lang(lang)}
	if errs > 0 {
		o.Error = func(d Difference) bool { d.WriteTo(&diff); errs--; return errs > 0 }
	}
	r := Score(articles, gold, claims, o)
	if asJSON {
		err = r.WriteJSON(&out)
	} else {
		err = r.WriteText(&out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), diff.String()
}

func TestScore(t *testing.T) {
	out, diff := scores(t, "testdata/articles.jsonl", "testdata/gold.jsonl", "testdata/claims.jsonl", "", 9, false)
	want := `5 sentences, 5 gold claims, 6 predicted
type     P 0.667  R 0.800  F1 0.727
event    P 0.500  R 0.600  F1 0.545
strict   P 0.500  R 0.600  F1 0.545
claim    P 0.333  R 0.400  F1 0.364
stance  narrates 0.000 (2)  states 0.000 (1)  denies 1.000 (1)  believes 1.000 (1)
factuality  actual 0.571 (3)  possible 0.000 (1)  negated 0.000 (1)
`
	if d := cmp.Diff(want, out); d != "" {
		t.Error(d)
	}
	wantDiff := `
ar-1:1  وأعلنت سيول أنها تدرس تزويد كييف بالسلاح.
  gold AID       KOR > UKR  by KOR states possible
  pred AID       KOR > UKR  by - narrates planned
  pred AID       KOR+USA > UKR  by KOR states possible
`
	if !strings.HasPrefix(diff, wantDiff) {
		t.Errorf("differences begin with\n%s", diff[:min(len(diff), 600)])
	}
}

func TestByType(t *testing.T) {
	articles, err := ReadArticles(strings.NewReader(`{"id":"a","lang":"en","text":"xx","sentences":[{"i":0,"start":0,"end":2}]}`), "a")
	if err != nil {
		t.Fatal(err)
	}
	gold, err := ReadClaims(strings.NewReader(`{"id":"a","i":0,"claims":[{"type":"AID"},{"type":"ASSAULT"}]}`), "g", articles)
	if err != nil {
		t.Fatal(err)
	}
	pred := Of([]isnad.Claim{
		{Article: "a", Kind: "event", Field: "text", Type: "AID", Stance: "narrates", Factuality: "actual"},
		{Article: "a", Kind: "event", Field: "text", Type: "AID", Stance: "states", Factuality: "actual"},
		{Article: "a", Kind: "assessment", Field: "text"}, {Article: "a", Kind: "event", Field: "title", Type: "AID"}, {Article: "b", Kind: "event", Field: "text", Type: "AID"},
	}, articles)
	var b strings.Builder
	if err := Score(articles, gold, pred, Options{}).WriteTypes(&b); err != nil {
		t.Fatal(err)
	}
	want := "AID       type P 0.500  R 1.000  F1 0.667   claim F1 0.667   (1 gold, 2 predicted)\n" +
		"ASSAULT   type P 0.000  R 0.000  F1 0.000   claim F1 0.000   (1 gold, 0 predicted)\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
}

func TestReadErrors(t *testing.T) {
	articles, err := ReadArticles(strings.NewReader(`{"id":"a","lang":"en","text":"xx","sentences":[{"i":0,"start":0,"end":2}]}`), "a.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for in, say := range map[string]string{
		"\n{":                    "x.jsonl:2",
		`{"id":"a","text":"no"}`: "sentences",
		`{"id":"a","text":"x","sentences":[{"i":0,"start":0,"end":2}]}`: "from 0 to 2 in a text of 1",
	} {
		if _, err := ReadArticles(strings.NewReader(in), "x.jsonl"); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: %v", in, err)
		}
	}
	for in, say := range map[string]string{
		"{}":                                         `"article"`,
		`{"id":"a","claims":[{"type":"AID"}]}`:       "number of its sentence",
		`{"id":"a","i":0,"claims":[{}]}`:             "no type",
		`{"article":"a","type":"AID"}`:               "trigger",
		`{"article":"a","type":"AID","actor":"RUS"}`: "x.jsonl:1",
	} {
		if _, err := ReadClaims(strings.NewReader(in), "x.jsonl", articles); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: %v", in, err)
		}
	}
}

// TestLikeScorePy wants the very bytes of the guide's scorer, on the annotated
// sets, on this package's small one, and on a thousand sentences of random
// claims, where pairing has much to decide.
func TestLikeScorePy(t *testing.T) {
	const shared = "../../../shared/gold/"
	script := shared + "score.py"
	if _, err := os.Stat(script); err != nil {
		t.Skip("score.py is not beside the tree; the small set in TestScore has its output")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("no python3 to run score.py; the small set in TestScore has its output")
	}
	sets := [][3]string{{"testdata/articles.jsonl", "testdata/gold.jsonl", "testdata/claims.jsonl"}, random(t)}
	for _, claims := range []string{"dev.first.jsonl", "dev.second.jsonl"} {
		if _, err := os.Stat(shared + claims); err == nil {
			sets = append(sets, [3]string{shared + "dev.articles.jsonl", shared + "dev.gold.jsonl", shared + claims})
		}
	}
	for _, set := range sets {
		for _, c := range []struct {
			lang string
			errs int
			json bool
		}{{"", 0, false}, {"ar", 0, true}, {"en", 5, false}, {"", 1000, true}} {
			args := append([]string{script}, set[:]...)
			if c.lang != "" {
				args = append(args, "--lang", c.lang)
			}
			if c.errs > 0 {
				args = append(args, "--errors", fmt.Sprint(c.errs))
			}
			if c.json {
				args = append(args, "--json")
			}
			cmd := exec.Command("python3", args...)
			cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
			var wantErr bytes.Buffer
			cmd.Stderr = &wantErr
			want, err := cmd.Output()
			if err != nil {
				t.Fatalf("score.py: %v\n%s", err, wantErr.String())
			}
			out, diff := scores(t, set[0], set[1], set[2], c.lang, c.errs, c.json)
			if d := cmp.Diff(string(want), out); d != "" {
				t.Errorf("%s %+v:\n%s", set[2], c, d)
			}
			if diff != wantErr.String() {
				t.Errorf("%s %+v: differences are printed otherwise", set[2], c)
			}
		}
	}
}

// random writes a set of random claims (seed 1).
func random(t *testing.T) (paths [3]string) {
	r := rand.New(rand.NewPCG(1, 1))
	var files [3]bytes.Buffer
	some := func(wrap bool) []any {
		out := []any{}
		for range r.IntN(3) {
			code := []string{"RUS", "PRK", "USA", ""}[r.IntN(4)]
			if wrap {
				out = append(out, map[string]string{"code": code})
			} else {
				out = append(out, code)
			}
		}
		return out
	}
	write := func(i int, v any) {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		files[i].Write(append(b, '\n'))
	}
	claim := func(wrap bool) map[string]any {
		return map[string]any{"type": isnad.Types[r.IntN(3)], "actor": some(wrap), "recipient": some(wrap), "speaker": some(wrap),
			"stance": isnad.Stances[r.IntN(3)], "factuality": isnad.Factualities[r.IntN(2)]}
	}
	for i := range 1000 {
		id := fmt.Sprint("r", i)
		write(0, map[string]any{"id": id, "lang": []string{"ar", "en"}[i%2], "text": "نص قصير", "sentences": []any{map[string]int{"i": 0, "start": 0, "end": 7}}})
		gold := []any{}
		for range r.IntN(5) {
			gold = append(gold, claim(false))
		}
		write(1, map[string]any{"id": id, "i": 0, "claims": gold})
		for range r.IntN(5) {
			c := claim(true)
			c["article"], c["trigger"] = id, map[string]int{"start": r.IntN(9)}
			write(2, c)
		}
	}
	for i, name := range []string{"articles.jsonl", "gold.jsonl", "claims.jsonl"} {
		paths[i] = filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(paths[i], files[i].Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}
