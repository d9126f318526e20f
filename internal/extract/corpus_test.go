package extract

import (
	"errors"
	"path/filepath"
	"testing"

	"isnad"
)

// The corpus of July 2015: every row is an article or an error.
func TestSaudiNewsNet(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 54 MB of JSON")
	}
	dir := filepath.Clean(shared(t, "data/saudinewsnet"))
	articles, langs, outlets, noText, other := 0, map[isnad.Lang]int{}, map[string]int{}, 0, 0
	err := reader(t).Walk(t.Context(), dir, nil, func(a isnad.Article) error {
		articles++
		langs[a.Lang]++
		outlets[a.Outlet]++
		if a.Published < "2015-07-21" || a.Published > "2015-07-31" || a.URL == "" || a.ID[0] != 'a' || len(a.SHA256) != 64 {
			t.Errorf("odd article %+v", a)
		}
		return nil
	}, func(err error) {
		if errors.Is(err, ErrNoArticle) {
			if noText++; noText == 1 {
				t.Log(err)
			}
			return
		}
		other++
		t.Error(err)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(articles, "articles,", noText, "rows without text,", other, "other errors;", langs, outlets)
	if articles != 14848 || noText != 194 || other != 0 {
		t.Errorf("%d articles, %d rows without text; want 14,848 and 194, together 15,042", articles, noText)
	}
}
