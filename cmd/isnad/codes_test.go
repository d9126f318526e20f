package main

import (
	"strings"
	"testing"

	"isnad/lexicon"
)

func TestNearest(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"UK": "GBR (United Kingdom)", "U": "", "RUSSIA": "RUS (Russia)", "KSA": "SAU (Saudi Arabia)", "روسيا": "RUS (Russia)", "UKRANE": "UKR (Ukraine)", "NAT": "NATO (NATO)",
	} {
		got := nearest(lex, word)
		if len(got) > 3 || want != "" && got[0] != want {
			t.Errorf("%s: %s", word, strings.Join(got, ", "))
		}
	}
	for pair, want := range map[[2]string]int{{"", ""}: 0, {"rus", "rus"}: 0, {"rsu", "rus"}: 1, {"ru", "rus"}: 1, {"", "abc"}: 3, {"kitten", "sitting"}: 3, {"مصر", "مصار"}: 1} {
		if got := edits(pair[0], pair[1]); got != want {
			t.Errorf("%q to %q is %d; want %d", pair[0], pair[1], got, want)
		}
	}
}
