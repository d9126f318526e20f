package store

import (
	"cmp"
	"fmt"
	"slices"

	"isnad"
)

// SearchQuery asks for articles by their words and by what was read in them. A zero
// field asks nothing; the fields narrow each other, and of a list any value will do.
// What is asked of claims, one claim must have all of.
type SearchQuery struct {
	// Text asks for words of title and text: all of them, in any spelling and with
	// any light affixes; those inside quotation marks ("…", «…», “…”) as they are
	// written, in that order, in any spelling.
	Text string

	Outlet       []string
	Lang         isnad.Lang
	Since, Until string // of the article's publication, as in Query

	Dyad       Dyad
	Actor      []isnad.Code
	Recipient  []isnad.Code
	Speaker    []isnad.Code
	Type       []isnad.Type
	Stance     []isnad.Stance
	Factuality []isnad.Factuality
	Status     []isnad.Status // of the claim's event

	Sort          Sort
	Limit, Offset int // of Limit 0 no article is returned, only counts
}

// Sort is an order of results.
type Sort string

// The orders. Relevance is BM25 over the words asked for, newest first among equals;
// without words, and for words that more than half of all articles have, which BM25
// gives no weight, it is the newest first.
const (
	ByRelevance Sort = ""
	Newest      Sort = "newest"
	Oldest      Sort = "oldest"
)

// Sorts are all orders.
var Sorts = []Sort{ByRelevance, Newest, Oldest}

// Found is what answers a search: one page of articles, and counts over all of them.
type Found struct {
	Total  int // articles
	Hits   []Hit
	Facets []Facet // one for each of FacetNames, in their order
}

// Hit is an article that answers a search.
type Hit struct {
	Version
	Claims  []isnad.Claim // the first few that answer what is asked of claims, by field and trigger
	Answers int           // how many do
}

// HitClaims is how many claims a hit carries at most.
const HitClaims = 3

// Facet counts articles by the values that they have of one field. The filter on that
// field itself is left aside, so that the counts say what another choice would find.
type Facet struct {
	Name   string  // see FacetNames
	Values []Count // most first, then by value; months by time
}

// Count is how many articles have a value.
type Count struct {
	Value    string
	Articles int
}

// FacetNames are the fields that are counted. A month is "2015-07", of articles whose
// date tells one.
var FacetNames = []string{"type", "stance", "actor", "outlet", "lang", "month"}

// Check reports values that no article or claim can have.
func (q SearchQuery) Check() error {
	if err := cmp.Or(among("type", q.Type, isnad.Types), among("stance", q.Stance, isnad.Stances),
		among("factuality", q.Factuality, isnad.Factualities), among("status", q.Status, isnad.Statuses)); err != nil {
		return err
	}
	if !slices.Contains(Sorts, q.Sort) {
		return fmt.Errorf("query: %w: no order is called %q; write newest or oldest, or nothing for the most relevant", ErrInvalid, q.Sort)
	}
	return checkBounds(q.Since, q.Until, "", q.Limit, q.Offset)
}

// AsksClaims says whether anything is asked of claims.
func (q SearchQuery) AsksClaims() bool {
	return q.Dyad != Dyad{} || len(q.Actor)+len(q.Recipient)+len(q.Speaker)+len(q.Type)+len(q.Stance)+len(q.Factuality)+len(q.Status) > 0
}
