package suite

import (
	"context"

	"isnad/internal/values"
)

// values scores the tables of real phrases of quantities, dates and places.
func (s *suite) values(context.Context) ([]Table, error) {
	v, err := values.NewValuer(s.Lexicon)
	if err != nil {
		return nil, err
	}
	scores, err := values.ScoreValues(v, values.Phrases)
	t := Table{Name: "values"}
	for _, x := range scores {
		t.Rows = append(t.Rows, Row{x.What, append(prf(x.Right, x.Found, x.Wanted), count("phrases", x.Cases), count("values", x.Wanted))})
	}
	return []Table{t}, err
}
