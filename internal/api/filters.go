package api

import (
	"fmt"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// Order says from which end a list is read.
type Order struct {
	Order string `query:"order" enum:"newest,oldest" default:"newest" doc:"newest: the last published first; oldest: the other way."`
}

func (o Order) newest() (bool, error) {
	switch o.Order {
	case "", "newest":
		return true, nil
	case "oldest":
		return false, nil
	}
	return false, fmt.Errorf("order %q: %w: write newest or oldest", o.Order, store.ErrInvalid)
}

// Span bounds what is asked for by time.
type Span struct {
	Since string `query:"since" doc:"Published then or later: 2024, 2024-11, 2024-11-19 or with a time (RFC 3339)." example:"2024-11"`
	Until string `query:"until" doc:"Published then or earlier."`
	AsOf  string `query:"as-of" doc:"What was known at the end of that day, month or second."`
}

// ClaimFilter is what claims and assessments are asked by.
type ClaimFilter struct {
	Dyad          string             `query:"dyad" doc:"From state A to state B as A:B; A-B for either way. Only state roles count, not rebels or proxies." example:"RUS-PRK"`
	Actor         []isnad.Code       `query:"actor" doc:"Who does it: ISO 3166-1 alpha-3, or a code of the codebook."`
	Recipient     []isnad.Code       `query:"recipient" doc:"To whom."`
	Speaker       []isnad.Code       `query:"speaker" doc:"Whose word it is."`
	Type          []isnad.Type       `query:"type" doc:"PLOVER event types, e.g. AID,ASSAULT."`
	Stance        []isnad.Stance     `query:"stance" doc:"How the speaker stands to it: narrates, states, confirms, denies, alleges, reports, believes."`
	Factuality    []isnad.Factuality `query:"factuality" doc:"actual, planned, possible, conditional, negated."`
	Text          string             `query:"text" doc:"Words of the sentence, in any spelling that folds alike; in double quotes for a phrase."`
	Outlet        []string           `query:"outlet,explode" doc:"Who printed it, as it is written; repeat the name for several."`
	Article       string             `query:"article" doc:"Id of the article."`
	MinConfidence float64            `query:"min-confidence" minimum:"0" maximum:"1" doc:"Leave out claims below this confidence, 0 to 1."`
	Span
	Order
	Paging
}

// query is the question for claims of a kind.
func (f *ClaimFilter) query(kind string, limit int) (store.Query, error) {
	q := store.Query{Kind: kind, Actor: upper(f.Actor), Recipient: upper(f.Recipient), Speaker: upper(f.Speaker), Type: upper(f.Type), Stance: lower(f.Stance), Factuality: lower(f.Factuality),
		Since: f.Since, Until: f.Until, AsOf: f.AsOf, Text: f.Text, Outlet: f.Outlet, Article: f.Article, MinConfidence: f.MinConfidence, Limit: limit}
	var err error
	if q.Newest, err = f.newest(); err != nil {
		return q, err
	}
	if q.Dyad, err = dyad(f.Dyad); err != nil {
		return q, err
	}
	if q.After, err = store.ParseCursor(f.After); err != nil {
		return q, err
	}
	return q, q.Check()
}

// EventQuestion says which events are meant.
type EventQuestion struct {
	Dyad      string         `query:"dyad" doc:"From state A to state B as A:B; A-B for either way." example:"RUS-PRK"`
	Actor     []isnad.Code   `query:"actor" doc:"Who does it."`
	Recipient []isnad.Code   `query:"recipient" doc:"To whom."`
	Speaker   []isnad.Code   `query:"speaker" doc:"Who speaks of it."`
	Type      []isnad.Type   `query:"type" doc:"PLOVER event types, e.g. AID,ASSAULT."`
	Stance    []isnad.Stance `query:"stance" doc:"With a claim of that stance, e.g. denies."`
	Status    []isnad.Status `query:"status" doc:"retracted, disputed, denied, confirmed, corroborated, reported, asserted."`
	Text      string         `query:"text" doc:"Words of the sentence of one of its claims, in any spelling that folds alike; in double quotes for a phrase."`
	Article   string         `query:"article" doc:"Events that one article tells, by its id."`
	Span
}

// EventFilter is what a list of events is asked by.
type EventFilter struct {
	EventQuestion
	Order
	Paging
}

// query is the question for events.
func (f *EventFilter) query(limit int) (store.EventQuery, error) {
	q := store.EventQuery{Actor: upper(f.Actor), Recipient: upper(f.Recipient), Speaker: upper(f.Speaker), Type: upper(f.Type), Stance: lower(f.Stance), Status: lower(f.Status),
		Article: f.Article, Since: f.Since, Until: f.Until, Text: f.Text, Limit: limit}
	var err error
	if q.Newest, err = f.newest(); err != nil {
		return q, err
	}
	if q.Dyad, err = dyad(f.Dyad); err != nil {
		return q, err
	}
	if q.After, err = store.ParseCursor(f.After); err != nil {
		return q, err
	}
	if err := (store.Query{AsOf: f.AsOf}).Check(); err != nil {
		return q, err
	}
	return q, q.Check()
}

// RecordFilter is what agreements, obligations and transfers are asked by.
type RecordFilter struct {
	Party []isnad.Code `query:"party" doc:"With each of these parties."`
	Dyad  string       `query:"dyad" doc:"Between these two as A:B; of a transfer from A to B, A-B for either way."`
	Span
	Order
	Paging
}

// parties says which records between two sides answer, as the command line does.
func (f *RecordFilter) parties() (func(from, to []isnad.Code) bool, error) {
	d, err := dyad(f.Dyad)
	if err != nil {
		return nil, err
	}
	want := upper(f.Party)
	return func(from, to []isnad.Code) bool {
		for _, c := range want {
			if !slices.Contains(from, c) && !slices.Contains(to, c) {
				return false
			}
		}
		way := func(a, b isnad.Code) bool { return slices.Contains(from, a) && slices.Contains(to, b) }
		return d == store.Dyad{} || way(d.From, d.To) || d.Either && way(d.To, d.From)
	}, nil
}

func dyad(s string) (store.Dyad, error) {
	if s == "" {
		return store.Dyad{}, nil
	}
	return store.ParseDyad(s)
}

// upper and lower let codes and words be written either way, with spaces about them.
func upper[T ~string](list []T) []T { return each(list, strings.ToUpper) }
func lower[T ~string](list []T) []T { return each(list, strings.ToLower) }

func each[T ~string](list []T, change func(string) string) (out []T) {
	for _, x := range list {
		if s := strings.TrimSpace(string(x)); s != "" {
			out = append(out, T(change(s)))
		}
	}
	return out
}
