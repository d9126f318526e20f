package api

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// AgreementFilter is what agreements are asked by.
type AgreementFilter struct {
	Kind string `query:"kind" doc:"defence, ceasefire, trade …"`
	RecordFilter
}

// ObligationFilter is what obligations are asked by.
type ObligationFilter struct {
	If   string `query:"if" doc:"Owed to a state on a condition, as attacked:RUS." example:"attacked:RUS"`
	Open string `query:"open" doc:"yes: only what is not told as done since."`
	RecordFilter
}

// TransferFilter is what transfers are asked by.
type TransferFilter struct {
	What string `query:"what" doc:"troops, arms, ammunition, food, money …"`
	RecordFilter
}

// Agreements is a page of agreements.
type Agreements struct {
	Agreements []isnad.Agreement `json:"agreements"`
	Next       string            `json:"next"` // cursor of the next page, empty on the last
}

// Obligations is a page of obligations.
type Obligations struct {
	Obligations []isnad.Obligation `json:"obligations"`
	Next        string             `json:"next"` // cursor of the next page, empty on the last
}

// Transfers is a page of transfers.
type Transfers struct {
	Transfers []isnad.Transfer `json:"transfers"`
	Next      string           `json:"next"` // cursor of the next page, empty on the last
}

func agreementID(x isnad.Agreement) string   { return x.ID }
func obligationID(x isnad.Obligation) string { return x.ID }
func transferID(x isnad.Transfer) string     { return x.ID }

const told = " Since and until bound when it is told of."

func (a *API) records() {
	add[Agreements](a, list[AgreementFilter, isnad.Agreement]{
		Op:   Op{Path: "/api/agreements", ID: "agreements", Tag: "records", Summary: "Agreements", About: "Pacts: parties, kind, life step by step, what they oblige to." + told},
		name: "agreements", sheet: tabular.Agreements, next: agreementID,
		rows: func(ctx context.Context, f *AgreementFilter, limit int) (iter.Seq2[isnad.Agreement, error], error) {
			all, between, newest, err := a.recordsOf(ctx, &f.RecordFilter)
			if err != nil {
				return nil, err
			}
			return listed(all.Agreements, newest, f.After, limit, agreementID, func(x isnad.Agreement) bool {
				return (f.Kind == "" || x.Kind == f.Kind) && between(x.Parties, x.Parties)
			})
		},
	})
	add[Obligations](a, list[ObligationFilter, isnad.Obligation]{
		Op:   Op{Path: "/api/obligations", ID: "obligations", Tag: "records", Summary: "Obligations", About: "Who owes whom what, on which condition, by which article, by when." + told},
		name: "obligations", sheet: tabular.Obligations, next: obligationID,
		rows: func(ctx context.Context, f *ObligationFilter, limit int) (iter.Seq2[isnad.Obligation, error], error) {
			trigger, creditor, given := strings.Cut(f.If, ":")
			if f.If != "" && (!given || creditor == "") {
				return nil, fmt.Errorf("if %q: %w: write a condition and a state, as attacked:RUS", f.If, store.ErrInvalid)
			}
			all, between, newest, err := a.recordsOf(ctx, &f.RecordFilter)
			if err != nil {
				return nil, err
			}
			return listed(all.Obligations, newest, f.After, limit, obligationID, func(x isnad.Obligation) bool {
				return between(x.Debtor, x.Creditor) && (f.Open == "" || !x.Done) &&
					(f.If == "" || x.Trigger == trigger && slices.Contains(x.Creditor, isnad.Code(strings.ToUpper(creditor))))
			})
		},
	})
	add[Transfers](a, list[TransferFilter, isnad.Transfer]{
		Op:   Op{Path: "/api/transfers", ID: "transfers", Tag: "records", Summary: "Transfers", About: "What goes from whom to whom, how much by whose word, how far it came, and who denies it." + told},
		name: "transfers", sheet: tabular.Transfers, next: transferID,
		rows: func(ctx context.Context, f *TransferFilter, limit int) (iter.Seq2[isnad.Transfer, error], error) {
			all, between, newest, err := a.recordsOf(ctx, &f.RecordFilter)
			if err != nil {
				return nil, err
			}
			return listed(all.Transfers, newest, f.After, limit, transferID, func(x isnad.Transfer) bool {
				return (f.What == "" || x.What == f.What) && between(x.From, x.To)
			})
		},
	})
	Get(a, Op{Path: "/api/agreements/{id}", ID: "agreement", Tag: "records", Summary: "An agreement", About: "One agreement by its id."},
		func(ctx context.Context, in *OneRecord) (isnad.Agreement, error) {
			return find(ctx, a, in, "agreement", func(r *Records) []isnad.Agreement { return r.Agreements }, agreementID)
		})
	Get(a, Op{Path: "/api/obligations/{id}", ID: "obligation", Tag: "records", Summary: "An obligation", About: "One obligation by its id."},
		func(ctx context.Context, in *OneRecord) (isnad.Obligation, error) {
			return find(ctx, a, in, "obligation", func(r *Records) []isnad.Obligation { return r.Obligations }, obligationID)
		})
	Get(a, Op{Path: "/api/transfers/{id}", ID: "transfer", Tag: "records", Summary: "A transfer", About: "One transfer by its id."},
		func(ctx context.Context, in *OneRecord) (isnad.Transfer, error) {
			return find(ctx, a, in, "transfer", func(r *Records) []isnad.Transfer { return r.Transfers }, transferID)
		})
}

// OneRecord asks for a record by its id.
type OneRecord struct {
	ID string `path:"id" doc:"Its id."`
	Span
}

// find is one record of those of a time.
func find[T any](ctx context.Context, a *API, in *OneRecord, what string, of func(*Records) []T, id func(T) string) (T, error) {
	var none T
	all, err := a.Book.Records(ctx, Bounds{in.AsOf, in.Since, in.Until})
	if err != nil {
		return none, err
	}
	for _, x := range of(all) {
		if id(x) == in.ID {
			return x, nil
		}
	}
	return none, fmt.Errorf("%s %q: %w", what, in.ID, store.ErrNotFound)
}

// recordsOf are the records within a filter's bounds, with what it asks of their
// parties and which end comes first.
func (a *API) recordsOf(ctx context.Context, f *RecordFilter) (all *Records, between func(from, to []isnad.Code) bool, newest bool, err error) {
	if newest, err = f.newest(); err != nil {
		return
	}
	if between, err = f.parties(); err != nil {
		return
	}
	all, err = a.Book.Records(ctx, Bounds{f.AsOf, f.Since, f.Until})
	return
}
