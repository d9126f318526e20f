package api

import (
	"context"
	"fmt"
	"iter"

	"isnad"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// KindFilter is ClaimFilter for rows of either kind.
type KindFilter struct {
	Kind string `query:"kind" enum:"event,assessment" doc:"event: what is said to happen; assessment: judgements. Both where none is given."`
	ClaimFilter
}

// Claims is a page of claims.
type Claims struct {
	Claims []isnad.Claim `json:"claims"`
	Next   string        `json:"next"` // cursor of the next page, empty on the last
}

// Assessments is a page of assessments.
type Assessments struct {
	Assessments []isnad.Claim `json:"assessments"`
	Next        string        `json:"next"` // cursor of the next page, empty on the last
}

func (a *API) claims() {
	next := func(c isnad.Claim) string { return store.AfterClaim(c).String() }
	add[Claims](a, list[KindFilter, isnad.Claim]{
		Op: Op{Path: "/api/claims", ID: "claims", Tag: "claims", Summary: "Claims",
			About: "Claims of the articles' latest versions, or of those of as-of: each one event as one voice presents it in one sentence."},
		name: "claims", sheet: tabular.Claims, next: next,
		rows: func(ctx context.Context, f *KindFilter, limit int) (iter.Seq2[isnad.Claim, error], error) {
			switch f.Kind {
			case "", isnad.KindEvent, isnad.KindAssessment:
				return a.claimRows(ctx, &f.ClaimFilter, f.Kind, limit)
			}
			return nil, fmt.Errorf("kind %q: %w: write %s or %s", f.Kind, store.ErrInvalid, isnad.KindEvent, isnad.KindAssessment)
		},
	})
	add[Assessments](a, list[ClaimFilter, isnad.Claim]{
		Op: Op{Path: "/api/assessments", ID: "assessments", Tag: "claims", Summary: "Assessments",
			About: "Judgements with a holder (speaker) and an object (recipient). They are no events and counted as none."},
		name: "assessments", sheet: tabular.Claims, next: next,
		rows: func(ctx context.Context, f *ClaimFilter, limit int) (iter.Seq2[isnad.Claim, error], error) {
			return a.claimRows(ctx, f, isnad.KindAssessment, limit)
		},
	})
}

func (a *API) claimRows(ctx context.Context, f *ClaimFilter, kind string, limit int) (iter.Seq2[isnad.Claim, error], error) {
	q, err := f.query(kind, limit)
	if err != nil {
		return nil, err
	}
	return a.Store.Claims(ctx, q), nil
}
