package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"isnad"
	"isnad/internal/store"
	"isnad/internal/store/storetest"
)

func TestInterval(t *testing.T) {
	for date, want := range map[string]string{
		"2024":                      "2024-01-01T00:00:00Z 2024-12-31T23:59:59Z",
		"2024-02":                   "2024-02-01T00:00:00Z 2024-02-29T23:59:59Z",
		"2024-11-19":                "2024-11-19T00:00:00Z 2024-11-19T23:59:59Z",
		"2024-11-19T14:31":          "2024-11-19T14:31:00Z 2024-11-19T14:31:59Z",
		"2024-11-19T14:31+02:00":    "2024-11-19T12:31:00Z 2024-11-19T12:31:59Z",
		"2024-11-19T14:31:05":       "2024-11-19T14:31:05Z 2024-11-19T14:31:05Z",
		"2015-07-21 02:51:32":       "2015-07-21T02:51:32Z 2015-07-21T02:51:32Z",
		"2024-11-19T14:31:05+02:00": "2024-11-19T12:31:05Z 2024-11-19T12:31:05Z",
		"":                          "", "2024-13": "", "2024-02-30": "", "19/11/2024": "", "yesterday": "", "20244": "",
	} {
		from, to, ok := store.Interval(date)
		got := ""
		if ok {
			got = from.Format(time.RFC3339) + " " + to.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: %q; want %q", date, got, want)
		}
	}
}

func TestParseDyad(t *testing.T) {
	for in, want := range map[string]string{"RUS:PRK": "RUS:PRK", "rus-prk": "RUS-PRK", " USA:IRN ": "USA:IRN"} {
		d, err := store.ParseDyad(in)
		if err != nil || d.String() != want {
			t.Errorf("%q: %v, %v", in, d, err)
		}
	}
	for _, in := range []string{"", "RUS", "RUS:", ":PRK", "RUS:RUS", "RUS PRK", "A:B:C"} {
		if _, err := store.ParseDyad(in); !errors.Is(err, store.ErrInvalid) || !strings.Contains(err.Error(), "dyad") {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"وبالأسلحة، والجنود!": "اسلح جنود",
		"Moscow's 1,500":      "moscow s 1 500",
		"و":                   "و",
		"ها":                  "ها",
		"":                    "",
	} {
		if got := store.Words(storetest.Fold, in); got != want {
			t.Errorf("%q: %q; want %q", in, got, want)
		}
	}
}

func TestStateRole(t *testing.T) {
	for a, want := range map[isnad.Actor]bool{
		{Code: "RUS"}: true, {Code: "RUS", Role: "GOV"}: true, {Code: "YEM", Role: "REB"}: false, {Code: isnad.Unknown}: false, {Code: isnad.Unknown, Role: "GOV"}: false,
	} {
		if store.StateRole(a) != want {
			t.Errorf("%+v counts: %v", a, !want)
		}
	}
}

func TestPage(t *testing.T) {
	for in, want := range map[string]string{"": "", "https://x.org": "", "https://x.org/": "", "https://x.org/?p=1": "https://x.org/?p=1", "https://x.org/a": "https://x.org/a", "::": "::"} {
		if got := store.Page(in); got != want {
			t.Errorf("%q: %q; want %q", in, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ ask, text, want string }{
		{"سلاح", "بالسلاح، والسلاح وسلاحًا", "[بالسلاح] [والسلاح]"}, // a mark is a letter to the suite's fold
		{"«السلاح»", "بالسلاح السلاح", "[السلاح]"},
		{"«مجلس الأمن» دولي", "مجلس الامن الدولي ومجلس الأمن", "[مجلس الامن] [الدولي]"},
		{`a "b c`, "A c B\nC b", "[A] [B\nC]"},
		{"x", "no", ""},
		{"", "no", ""},
	} {
		var got []string
		for _, p := range store.Places(storetest.Fold, c.text, store.Terms(storetest.Fold, c.ask)) {
			got = append(got, "["+c.text[p.Start:p.End]+"]")
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s in %s: got %s; want %s", c.ask, c.text, g, c.want)
		}
	}
}
