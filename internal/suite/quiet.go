package suite

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"isnad"
	"isnad/testdata"
)

// archives hold July 2015 below Data.
const archives = "saudinewsnet"

// quiet counts the claims on articles with nothing to find, which
// testdata/quiet.tsv lists by id and subject: all of them are false.
func (s *suite) quiet(ctx context.Context) ([]Table, error) {
	name := "quiet"
	folder := filepath.Join(s.Data, archives)
	if _, err := os.Stat(folder); s.Data == "" || s.Walk == nil || err != nil {
		return []Table{{Name: name, Skipped: archives + " is not in the folder of plain news"}}, nil
	}
	subject := map[string]string{}
	var subjects []string
	for line := range strings.Lines(testdata.Quiet) {
		c := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || c[0] == "id" || len(c) < 2 {
			continue
		}
		subject[c[0]] = c[1]
	}
	for _, x := range []string{"sport", "business", "culture", "life"} {
		for _, y := range subject {
			if x == y {
				subjects = append(subjects, x)
				break
			}
		}
	}
	type tally struct{ articles, claims, with int }
	n := map[string]*tally{"all": {}}
	err := s.Walk(ctx, folder, func(a isnad.Article) error {
		of, listed := subject[a.ID]
		if !listed {
			return ctx.Err()
		}
		delete(subject, a.ID) // an article may stand in two archives
		if n[of] == nil {
			n[of] = &tally{}
		}
		claims := 0
		for _, c := range s.Read(a) {
			claims += b2i(c.Kind == isnad.KindEvent)
		}
		for _, k := range []string{"all", of} {
			n[k].articles++
			n[k].claims += claims
			n[k].with += b2i(claims > 0)
		}
		return ctx.Err()
	})
	t := Table{Name: name}
	for _, k := range append([]string{"all"}, subjects...) {
		if x := n[k]; x != nil {
			t.Rows = append(t.Rows, Row{k, []Figure{count("articles", x.articles), count("with claims", x.with), count("claims", x.claims), ratio("claims in ten articles", float64(10*x.claims), float64(x.articles))}})
		}
	}
	return []Table{t}, err
}
