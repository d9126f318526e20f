package eval

import (
	"fmt"
	"io"
	"strings"
)

// Difference is a sentence whose predicted claims are not those of gold.
type Difference struct {
	article    *article
	sentence   Sentence
	gold, pred []claim
}

// WriteTo prints the sentence and its claims, gold's first.
func (d Difference) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s:%d  %s\n", d.article.ID, d.sentence.I, string(d.article.runes[d.sentence.Start:d.sentence.End]))
	for _, side := range []struct {
		tag    string
		claims []claim
	}{{"gold", d.gold}, {"pred", d.pred}} {
		for _, c := range side.claims {
			fmt.Fprintf(&b, "  %s %-9s %s > %s  by %s %s %s\n", side.tag, c.typ, plus(c.actor), plus(c.recipient), plus(c.speaker), c.stance, c.factuality)
		}
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func plus(codes []string) string {
	if len(codes) == 0 {
		return "-"
	}
	return strings.Join(codes, "+")
}
