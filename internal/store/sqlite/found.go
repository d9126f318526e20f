package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"isnad/internal/store"
)

// Search implements store.Store. The words are asked of the index, all else of the
// columns, in one pass over the articles that have the words.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Found, error) {
	if err := q.Check(); err != nil {
		return store.Found{}, err
	}
	fail := func(err error) (store.Found, error) {
		return store.Found{}, fmt.Errorf("search in store %s: %w", s.path, err)
	}
	if err := s.refresh(ctx); err != nil {
		return fail(err)
	}
	terms := store.Terms(s.fold, q.Text)
	having, err := s.having(ctx, terms)
	if err != nil {
		return fail(err)
	}
	out, found, few := s.columns.filter(q, len(terms) > 0 || strings.TrimSpace(q.Text) != "", having)
	if q.Limit == 0 {
		return out, nil
	}
	switch {
	case q.Sort == store.Oldest:
		slices.Reverse(found)
	case q.Sort == store.ByRelevance && len(terms) > 0 && few:
		scores, err := s.scores(ctx, terms)
		if err != nil {
			return fail(err)
		}
		slices.SortStableFunc(found, func(a, b hit) int { return cmp.Compare(scores[b.pk], scores[a.pk]) })
	}
	found = found[min(q.Offset, len(found)):]
	for _, h := range found[:min(q.Limit, len(found))] {
		v, err := s.version(ctx, "v.pk = ?", h.pk)
		if err != nil {
			return fail(err)
		}
		x := store.Hit{Version: v, Answers: len(h.claims)}
		for _, k := range h.claims[:min(store.HitClaims, len(h.claims))] {
			for c, err := range stream(ctx, s, "look up claim", scanClaim, "SELECT json FROM claim WHERE pk = ?", k) {
				if err != nil {
					return fail(err)
				}
				x.Claims = append(x.Claims, c)
			}
		}
		out.Hits = append(out.Hits, x)
	}
	return out, nil
}

func match(terms []store.Term) string {
	var b strings.Builder
	for _, t := range terms {
		b.WriteString(`"` + strings.Join(t.Stems, " ") + `" `)
	}
	return b.String()
}

// having lists the versions whose text has all terms. Their keys come as one value:
// row by row they took as long as all the rest.
func (s *Store) having(ctx context.Context, terms []store.Term) ([]int64, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	var list *string
	if err := s.read.QueryRowContext(ctx, "SELECT group_concat(rowid, ' ') FROM article_words WHERE article_words MATCH ?", match(terms)).Scan(&list); err != nil {
		return nil, err
	}
	if list == nil {
		return nil, nil
	}
	keys := make([]int64, 0, strings.Count(*list, " ")+1)
	for f := range strings.FieldsSeq(*list) {
		k, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	for _, t := range terms {
		if t.Quoted == nil {
			continue
		}
		has, err := s.spelled(ctx, t, keys)
		if err != nil {
			return nil, err
		}
		keys = slices.DeleteFunc(keys, func(k int64) bool { return !has[k] })
	}
	return keys, nil
}

// phrases keep which versions have a phrase as it is written, until something changes.
type phrases map[string]map[int64]bool // by phrase: versions looked at, and whether they have it

const cachedPhrases = 64

// spelled looks into the texts whether words stand there as they are written: the
// index knows stems only, and a second index of spelled words would double it.
func (s *Store) spelled(ctx context.Context, t store.Term, keys []int64) (map[int64]bool, error) {
	c := &s.columns
	phrase := " " + strings.Join(t.Quoted, " ") + " "
	c.mu.RLock()
	revision, known := c.revision, c.exact[phrase]
	c.mu.RUnlock()
	var fresh []int64
	for _, k := range keys {
		if _, ok := known[k]; !ok {
			fresh = append(fresh, k)
		}
	}
	if len(fresh) == 0 {
		return known, nil
	}
	body, err := json.Marshal(fresh)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, "SELECT pk, title, text FROM version WHERE pk IN (SELECT value FROM json_each(?))", string(body))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	has := maps.Clone(known)
	if has == nil {
		has = map[int64]bool{}
	}
	for rows.Next() {
		var k int64
		var title, text string
		if err := rows.Scan(&k, &title, &text); err != nil {
			return nil, err
		}
		has[k] = strings.Contains(store.Spelled(s.fold, title+"\n"+text), phrase)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.revision == revision {
		if len(c.exact) >= cachedPhrases {
			c.exact = phrases{}
		}
		c.exact[phrase] = has
	}
	return has, nil
}

// scores are BM25 of the versions that have the terms, higher is better.
func (s *Store) scores(ctx context.Context, terms []store.Term) (map[int64]int64, error) {
	var list *string
	// The inner order keeps SQLite from merging the two: bm25 can't stand in an aggregate.
	if err := s.read.QueryRowContext(ctx, `SELECT group_concat(k || ' ' || s, ' ') FROM
		(SELECT rowid AS k, CAST(bm25(article_words) * -1e9 AS INTEGER) AS s FROM article_words WHERE article_words MATCH ? ORDER BY rowid LIMIT -1)`, match(terms)).Scan(&list); err != nil {
		return nil, err
	}
	out := map[int64]int64{}
	if list == nil {
		return out, nil
	}
	key := int64(-1)
	for f := range strings.FieldsSeq(*list) {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, err
		}
		if key < 0 {
			key = n
		} else {
			out[key], key = n, -1
		}
	}
	return out, nil
}
