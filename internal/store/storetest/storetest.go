// Package storetest is the contract of store.Store as tests. Every
// implementation runs it whole:
//
//	func TestContract(t *testing.T) { storetest.Run(t, open) }
package storetest

import (
	"errors"
	"fmt"
	"testing"

	"isnad"
	"isnad/internal/store"
)

// Open makes an empty store that folds words with Fold and is closed when the
// test ends. Each call makes another.
type Open func(t testing.TB) store.Store

// Run holds an implementation to the contract.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, Open){
		"keeps what was put":             testRoundTrip,
		"put again changes nothing":      testIdempotent,
		"all of a batch or nothing":      testAtomic,
		"a cancelled put leaves nothing": testCancelled,
		"invalid readings are refused":   testInvalid,
		"changed text is a new version":  testVersions,
		"one URL is one article":         testPages,
		"another reader replaces claims": testReread,
		"filters":                        testFilters,
		"as of a day":                    testAsOf,
		"text in any spelling":           testText,
		"articles":                       testArticles,
		"what is not there":              testNotFound,
		"claim by the start of its id":   testPrefix,
		"bad queries":                    testBadQueries,
		"page by page":                   testPaging,
		"outlets":                        testOutlets,
		"inputs":                         testInputs,
		"feeds":                          testFeeds,
		"status":                         testStatus,
		"sequences end early":            testBreak,
		"reading while writing":          testConcurrent,
		"order of arrival is no matter":  testArrival,
		"answers are those of the model": testModel,
		"coded by others":                testCoded,
		"claims are linked":              testLink,
		"events":                         testEventFilters,
		"withdrawn and corrected":        testWithdraw,
		"linking in any order":           testLinkArrival,
		"marks":                          testMarks,
		"marks and the ledger":           testRule,
		"users, sessions, log":           testAccounts,
		"search":                         testSearch,
		"search after changes":           testSearchAgain,
		"search is that of the model":    testSearchModel,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// Reader names the reader of the suite's readings.
const Reader = "isnad-test+000000000000"

// reading makes a reading of one article; the claims are completed: each gets
// the article's id, an id of its own, and spans within the text.
func reading(a isnad.Article, claims ...isnad.Claim) store.Reading {
	for i := range claims {
		c := &claims[i]
		c.Article, c.Outlet, c.Published, c.Reader = a.ID, a.Outlet, a.Published, Reader
		if c.ID == "" {
			c.ID = fmt.Sprintf("c-%s-%d", a.ID, i)
		}
		if c.Kind == "" {
			c.Kind = isnad.KindEvent
		}
		if c.Field == "" {
			c.Field = "text"
		}
		if c.Sentence == (isnad.Span{}) {
			c.Sentence.End = len([]rune(a.Text))
			if c.Field == "title" {
				c.Sentence.End = len([]rune(a.Title))
			}
		}
	}
	return store.Reading{Article: a, Claims: claims, Sentences: 1, Reader: Reader}
}

func actors(codes ...isnad.Code) (out []isnad.Actor) {
	for _, c := range codes {
		out = append(out, isnad.Actor{Code: c, Role: "GOV"})
	}
	return out
}

func mustPut(t testing.TB, s store.Store, rs ...store.Reading) store.Added {
	t.Helper()
	a, err := s.Put(t.Context(), rs...)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	return a
}

// ids returns the ids of the claims that answer a query.
func ids(t testing.TB, s store.Store, q store.Query) []string {
	t.Helper()
	out := []string{}
	for c, err := range s.Claims(t.Context(), q) {
		if err != nil {
			t.Fatalf("Claims(%+v): %v", q, err)
		}
		out = append(out, c.ID)
	}
	return out
}

// articleIDs returns the ids of the articles that answer a query.
func articleIDs(t testing.TB, s store.Store, q store.ArticleQuery) []string {
	t.Helper()
	out := []string{}
	for v, err := range s.Articles(t.Context(), q) {
		if err != nil {
			t.Fatalf("Articles(%+v): %v", q, err)
		}
		out = append(out, v.ID)
	}
	return out
}

func wantErr(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error is %v; want %v", err, want)
	}
}
