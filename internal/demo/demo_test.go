package demo_test

import (
	"testing"

	"isnad"
	"isnad/internal/demo"
	"isnad/internal/store"
)

func TestReports(t *testing.T) {
	as, err := demo.Reports()
	if err != nil || len(as) < 40 {
		t.Fatalf("%d reports, %v", len(as), err)
	}
	langs := map[isnad.Lang]int{}
	for _, a := range as {
		langs[a.Lang]++
		if _, _, ok := store.Interval(a.Published); !ok || a.Text == "" || a.Title == "" || a.Outlet == "" {
			t.Errorf("report %s lacks something", a.ID)
		}
		if err := (store.Reading{Article: a, Reader: "test"}).Check(); err != nil {
			t.Error(err)
		}
	}
	if langs[isnad.Arabic] < 10 || langs[isnad.English] < 10 {
		t.Errorf("reports by language: %v", langs)
	}
}
