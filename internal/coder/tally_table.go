package coder

import (
	"fmt"
	"io"

	"isnad"
)

// Table writes each stance and factuality with its precision, recall and F1
// and the number of gold claims that have it, all languages together, as a
// Markdown table for docs/quality.md. One counts as right only where the type
// and all three parties are right too, as internal/eval counts, so that a
// constant answer scores nothing.
func (t *Tally) Table(w io.Writer) {
	fmt.Fprintln(w, "| value | P | R | F1 | gold | predicted |\n|---|---|---|---|---|---|")
	for _, k := range append(strs(isnad.Stances), strs(isnad.Factualities)...) {
		both, pred, gold := t.both[k], t.inpred[k], t.ingold[k]
		fmt.Fprintf(w, "| %s | %.3f | %.3f | %.3f | %d | %d |\n", k,
			float64(both)/float64(max(1, pred)), float64(both)/float64(max(1, gold)), f1(both, pred, gold), gold, pred)
	}
}
