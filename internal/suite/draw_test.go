package suite

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/extract"
	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/lexicon"
)

// news is the folder of plain news beside the project.
const news = "../../../shared/data"

// TestDrawActors draws from a few articles what testdata/actors.tsv was judged
// from, twice alike. With ACTORS_DRAW=n it prints, for reading, n distinct
// phrases of each stratum of all plain news, without the reader's answer. The
// strata are what annotate finds (mentions whose words tell who it is, not their
// context) and what it misses (English: runs of capitalised words inside a
// sentence; Arabic: a title and the words after it).
func TestDrawActors(t *testing.T) {
	n := 0
	fmt.Sscan(os.Getenv("ACTORS_DRAW"), &n)
	if n > 0 {
		fmt.Print(strings.Join(draw(t, n, everything), "\n"), "\n")
		return
	}
	if _, err := os.Stat(news); err != nil {
		t.Skip("no plain news beside the project")
	}
	few := []string{"/saudinewsnet-sample.jsonl", "/ntrex_en.jsonl"}
	first, again := draw(t, 3, few), draw(t, 3, few)
	if !slices.Equal(first, again) || len(first) != 4*4 {
		t.Errorf("%d lines, then %d: the draw is not the same twice", len(first), len(again))
	}
}

var everything = []string{"/saudinewsnet", "/wikinews_en.jsonl", "/ntrex_en.jsonl", items}

// items are the dated English news items of 2002 to 2021; one in ten is taken.
const items = "/current_events_2002_2021.tsv.gz"

// draw draws n phrases of each stratum from some of the plain news.
func draw(t *testing.T, n int, from []string) (lines []string) {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	actors, err := annotate.NewActors(lex)
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]bool{}
	for _, r := range lex.Table("titles").Rows {
		for _, c := range []string{"forms_ar", "ar", "names_ar"} {
			for _, w := range r.List(c) {
				titles[orth.Fold(w)] = true
			}
		}
	}
	pool := map[string]map[string][]string{"ar found": {}, "ar missed": {}, "en found": {}, "en missed": {}}
	texts := 0
	eachArticle(t, lex, from, func(a isnad.Article) {
		texts++
		cut := token.Cut(a.Text)
		for i, ms := range actors.Find(&a, cut) {
			toks := cut.Sentences[i].Tokens
			taken := make([]bool, len(toks))
			put := func(stratum string, from, to int) {
				phrase := strings.Join(strings.Fields(a.Text[toks[from].Start:toks[to-1].End]), " ")
				left, right := a.Text[:toks[from].Start], a.Text[toks[to-1].End:]
				for range 70 {
					_, k := utf8.DecodeLastRuneInString(left)
					left = left[:len(left)-k]
				}
				left = a.Text[len(left):toks[from].Start]
				if r := []rune(right); len(r) > 50 {
					right = string(r[:50])
				}
				pool[stratum][phrase] = append(pool[stratum][phrase], fmt.Sprintf("%s\t%s\t%s\t%s [] %s", a.Published[:min(10, len(a.Published))], a.Outlet, phrase, strings.Join(strings.Fields(left), " "), strings.Join(strings.Fields(right), " ")))
			}
			for _, m := range ms {
				for k := m.From; k < m.To; k++ {
					taken[k] = true
				}
				if !m.Resolved && len(m.Codes) > 0 && m.Kind != annotate.BackRef {
					put(string(a.Lang)+" found", m.From, m.To)
				}
			}
			word := func(k int) bool { return k < len(toks) && !taken[k] && toks[k].Kind == token.Word }
			upper := func(k int) bool {
				r, _ := utf8.DecodeRuneInString(a.Text[toks[k].Start:])
				return unicode.IsUpper(r)
			}
			for k := 1; k < len(toks); k++ {
				if a.Lang == isnad.English && word(k) && upper(k) {
					end := k + 1
					for word(end) && upper(end) {
						end++
					}
					put("en missed", k, end)
					k = end
				}
			}
			for k := range toks {
				if a.Lang == isnad.Arabic && word(k) && titles[toks[k].Norm] {
					end := k + 1
					for word(end) && end < k+5 {
						end++
					}
					if end > k+1 {
						put("ar missed", k, end)
					}
				}
			}
		}
		cut.Release()
	})
	rng := rand.New(rand.NewPCG(2015, 7))
	for _, stratum := range []string{"ar found", "ar missed", "en found", "en missed"} {
		var phrases []string
		for p := range pool[stratum] {
			phrases = append(phrases, p)
		}
		slices.Sort(phrases)
		lines = append(lines, fmt.Sprintf("# %s: %d distinct phrases, of %d texts", stratum, len(phrases), texts))
		rng.Shuffle(len(phrases), func(i, j int) { phrases[i], phrases[j] = phrases[j], phrases[i] })
		for i, p := range phrases[:min(n, len(phrases))] {
			where := pool[stratum][p]
			lines = append(lines, fmt.Sprintf("%s-%03d\t%s", strings.ReplaceAll(stratum, " ", "-"), i+1, where[rng.IntN(len(where))]))
		}
	}
	return lines
}

// eachArticle hands over the articles of some of the plain news.
func eachArticle(t *testing.T, lex *lexicon.Lexicon, from []string, f func(isnad.Article)) {
	t.Helper()
	r, err := extract.New(extract.Options{Lexicon: lex})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range from {
		if path == items {
			eachItem(t, f)
			continue
		}
		err := r.Walk(context.Background(), news+path, nil, func(a isnad.Article) error {
			if strings.HasPrefix(path, "/saudinewsnet") {
				a.Lang = isnad.Arabic
			}
			f(a)
			return nil
		}, func(error) {})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func eachItem(t *testing.T, f func(isnad.Article)) {
	t.Helper()
	data, err := os.ReadFile(news + items)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<22)
	for i := 0; in.Scan(); i++ {
		if c := strings.Split(in.Text(), "\t"); i%10 == 5 && len(c) > 3 {
			f(isnad.Article{ID: fmt.Sprint("item", i), Outlet: "items", Published: c[0], Lang: isnad.English, Text: c[3]})
		}
	}
}
