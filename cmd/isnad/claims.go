package main

import (
	"bufio"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// filter holds the flags of a question for claims and of how it is answered.
type filter struct {
	question
	Format string `enum:"auto,table,jsonl,csv" default:"auto" help:"table, jsonl or csv. Default: table on a terminal, else jsonl."`
}

// question holds the flags of a question for claims. Lists are split by commas.
type question struct {
	Dyad          string             `placeholder:"A:B" help:"From state A to state B; A-B for either way. Only state roles count, not rebels or proxies."`
	Actor         []isnad.Code       `placeholder:"CODE" help:"Who does it."`
	Recipient     []isnad.Code       `placeholder:"CODE" help:"To whom."`
	Speaker       []isnad.Code       `placeholder:"CODE" help:"Whose word it is."`
	Type          []isnad.Type       `placeholder:"TYPE" help:"Event types, e.g. AID,ASSAULT."`
	Stance        []isnad.Stance     `placeholder:"STANCE" help:"How the speaker stands to it: narrates, states, confirms, denies, alleges, reports, believes."`
	Factuality    []isnad.Factuality `placeholder:"WORD" help:"actual, planned, possible, conditional, negated."`
	Since         string             `placeholder:"DATE" help:"Published then or later: 2024, 2024-11, 2024-11-19 or with a time."`
	Until         string             `placeholder:"DATE" help:"Published then or earlier."`
	AsOf          string             `placeholder:"DATE" help:"What was known then: articles in the version of that time."`
	Text          string             `placeholder:"WORDS" help:"Words of the sentence, in any spelling; \"in quotes\" for a phrase."`
	Outlet        []string           `placeholder:"NAME" help:"Who printed it."`
	Article       string             `placeholder:"ID" help:"Claims of one article."`
	MinConfidence float64            `placeholder:"0..1" help:"Leave out claims below this confidence."`
	Limit         int                `placeholder:"N" default:"0" help:"At most so many; 0 for all."`
	Newest        bool               `help:"The last published first."`
}

// query is the question that the flags ask.
func (f question) query(kind string) (store.Query, error) {
	q := store.Query{Kind: kind, Actor: upper(f.Actor), Recipient: upper(f.Recipient), Speaker: upper(f.Speaker), Type: upper(f.Type), Stance: f.Stance, Factuality: f.Factuality,
		Since: f.Since, Until: f.Until, AsOf: f.AsOf, Text: f.Text, Outlet: f.Outlet, Article: f.Article, MinConfidence: f.MinConfidence, Limit: f.Limit, Newest: f.Newest}
	if f.Dyad != "" {
		d, err := store.ParseDyad(f.Dyad)
		if err != nil {
			return q, usageError{err}
		}
		q.Dyad = d
	}
	if err := q.Check(); err != nil {
		return q, usageError{err}
	}
	return q, nil
}

// upper lets codes and types be written small.
func upper[T ~string](values []T) []T {
	for i, v := range values {
		values[i] = T(strings.ToUpper(string(v)))
	}
	return values
}

// print writes the answer as it comes.
func (f filter) print(e *environment, kind string) error {
	q, err := f.query(kind)
	if err != nil {
		return err
	}
	if err := e.checkCodes(q); err != nil {
		return err
	}
	return e.withStore(false, func(s store.Store) error {
		out := bufio.NewWriterSize(e.stdout, 1<<16)
		t := newTable(out, f.Format, terminal(e.stdout))
		return printRows(e, s.Claims(e.ctx, q), out, t.claim, t.end, "claim")
	})
}

type claimsCmd struct{ filter }

func (claimsCmd) Help() string {
	return `Claims come in the order of publication. "isnad explain ID" opens one.

Examples:
  isnad claims --dyad RUS:PRK                    from Russia to North Korea
  isnad claims --dyad RUS-PRK --stance denies    between the two, denials only
  isnad claims --speaker USA --type AID --since 2024-10 --format csv > aid.csv
  isnad claims --text 'troops "far east"' --newest --limit 20
  isnad claims --as-of 2024-11-01                as the articles stood on that day`
}

func (c *claimsCmd) Run(e *environment) error { return c.print(e, isnad.KindEvent) }
