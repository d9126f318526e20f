package coder

import (
	"strings"
	"testing"

	"isnad"
)

func TestTable(t *testing.T) {
	rus, prk := []isnad.Code{"RUS"}, []isnad.Code{"PRK"}
	gold := GoldClaim{Type: "AID", Actor: prk, Recipient: rus, Speaker: rus, Stance: isnad.Denies, Factuality: isnad.Actual}
	right := Event{Type: "AID", Actor: prk, Recipient: rus, Speaker: rus, Stance: isnad.Denies, Factuality: isnad.Planned}
	a, b := newTally(), newTally()
	a.sentence("ar", []GoldClaim{gold}, []Event{right})
	b.sentence("en", []GoldClaim{gold}, nil) // both languages count together
	a.Add(b)
	var out strings.Builder
	a.Table(&out)
	for _, want := range []string{
		"| denies | 1.000 | 0.500 | 0.667 | 2 | 1 |\n",
		"| actual | 0.000 | 0.000 | 0.000 | 2 | 0 |\n",
		"| planned | 0.000 | 0.000 | 0.000 | 0 | 1 |\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no line %q in\n%s", want, out.String())
		}
	}
}
