package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
)

func trimClaim(id string) string { return strings.TrimPrefix(id, "c") }

// Events implements store.Store.
func (s *Store) Events(ctx context.Context, q store.EventQuery) iter.Seq2[isnad.Event, error] {
	if err := q.Check(); err != nil {
		return failed[isnad.Event](err)
	}
	var w where
	w.add("e.json <> ''")
	in(&w, "e.type", q.Type)
	in(&w, "e.status", q.Status)
	of := func(side string, codes []isnad.Code) {
		if len(codes) > 0 {
			var p where
			in(&p, "p.code", codes)
			w.add("e.id IN (SELECT ec.event FROM party p JOIN event_claim ec ON ec.claim = p.claim WHERE p.side = '"+side+"' AND "+p.conds[0]+")", p.args...)
		}
	}
	of("a", q.Actor)
	of("r", q.Recipient)
	of("s", q.Speaker)
	switch d := q.Dyad; {
	case d == store.Dyad{}:
	case d.Either:
		of("a", []isnad.Code{d.From, d.To})
		of("r", []isnad.Code{d.From, d.To})
	default:
		of("a", []isnad.Code{d.From})
		of("r", []isnad.Code{d.To})
	}
	if q.Article != "" {
		w.add("e.id IN (SELECT ec.event FROM version v JOIN claim c ON c.version = v.pk JOIN event_claim ec ON ec.claim = c.pk WHERE v.id = ?)", q.Article)
	}
	if len(q.Outlet) > 0 || q.Since != "" || q.Until != "" {
		// Of the events that have a claim so, q.Match takes those in which it counts.
		var v where
		in(&v, "v.outlet", q.Outlet)
		if from, _ := seconds(q.Since); from != nil {
			v.add("v.published_to >= ?", *from)
		}
		if _, to := seconds(q.Until); to != nil {
			v.add("v.published_from <= ?", *to)
		}
		w.add("e.id IN (SELECT ec.event FROM version v JOIN claim c ON c.version = v.pk JOIN event_claim ec ON ec.claim = c.pk WHERE "+strings.Join(v.conds, " AND ")+")", v.args...)
	}
	if strings.TrimSpace(q.Text) != "" {
		var t where
		words(&t, "ec.claim", "sentence_words", s.fold, q.Text)
		w.add("e.id IN (SELECT ec.event FROM event_claim ec WHERE "+strings.Join(t.conds, " AND ")+")", t.args...)
	}
	order, past := " ORDER BY e.published, e.article, e.id", ">"
	if q.Newest {
		past = "<"
		order = " ORDER BY e.published DESC, e.article DESC, e.id DESC"
	}
	if c := q.After; c != (store.Cursor{}) {
		w.add("(e.published, e.article, e.id) "+past+" (?, ?, ?)", c.Published, c.Article, c.Claim)
	}
	return func(yield func(isnad.Event, error) bool) {
		n := 0
		for e, err := range stream(ctx, s, "query events", scanEvent, "SELECT e.json FROM event e WHERE "+strings.Join(w.conds, " AND ")+order, w.args...) {
			if err == nil && !q.Match(e) {
				continue
			}
			if err == nil {
				e.Links, err = s.links(ctx, e.ID)
			}
			if n++; !yield(e, err) || err != nil || n == q.Limit {
				return
			}
		}
	}
}

func scanEvent(r *sql.Rows) (e isnad.Event, err error) {
	var body []byte
	if err := r.Scan(&body); err != nil {
		return e, err
	}
	return e, json.Unmarshal(body, &e)
}

// links are those of an event to the events that hold what its claims speak of.
func (s *Store) links(ctx context.Context, id string) ([]isnad.Link, error) {
	out, err := all(stream(ctx, s, "links of event "+id, func(r *sql.Rows) (l isnad.Link, err error) { return l, r.Scan(&l.Kind, &l.Event) },
		"SELECT DISTINCT s.kind, b.event FROM event_claim a JOIN speaks s ON s.claim = a.claim JOIN event_claim b ON b.claim = s.of WHERE a.event = ? AND b.event <> a.event", id))
	slices.SortFunc(out, func(a, b isnad.Link) int { return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Kind, b.Kind)) })
	return out, err
}

// Event implements store.Store.
func (s *Store) Event(ctx context.Context, id string) (isnad.Event, error) {
	var found []string
	for _, look := range []struct {
		query string
		args  []any
	}{
		{"SELECT id FROM event WHERE id = ?", []any{id}},
		{"SELECT event FROM alias WHERE id = ?", []any{id}},
		{"SELECT e.event FROM claim c JOIN event_claim e ON e.claim = c.pk WHERE c.id IN (?, ?)", []any{"c" + strings.TrimPrefix(id, "e"), strings.TrimPrefix(id, "e")}},
		{"SELECT id FROM event WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", []any{id, id + "\U0010FFFF"}},
	} {
		var err error
		if found, err = all(stream(ctx, s, "look up", scanString, look.query, look.args...)); err != nil {
			return isnad.Event{}, err
		}
		if len(found) > 0 {
			break
		}
	}
	fail := func(err error) (isnad.Event, error) { return isnad.Event{}, fmt.Errorf("event %q: %w", id, err) }
	switch {
	case id == "" || len(found) == 0:
		return fail(store.ErrNotFound)
	case len(found) > 1:
		return fail(fmt.Errorf("%w: several events begin so; write more of it", store.ErrInvalid))
	}
	for e, err := range stream(ctx, s, "look up", scanEvent, "SELECT json FROM event WHERE id = ?", found[0]) {
		if err == nil {
			e.Links, err = s.links(ctx, e.ID)
		}
		return e, err
	}
	return fail(store.ErrNotFound)
}

// Entries implements store.Store.
func (s *Store) Entries(ctx context.Context, asOf string) iter.Seq2[isnad.Entry, error] {
	var w where
	if asOf != "" {
		if _, _, ok := store.Interval(asOf); !ok {
			return failed[isnad.Entry](fmt.Errorf("query: %w: as-of %q is no date; write 2024, 2024-11, 2024-11-19 or 2024-11-19T14:31:00Z", store.ErrInvalid, asOf))
		}
	}
	versions(&w, "", "", asOf)
	w.add("c.kind = 'event'")
	w.add("c.id NOT IN (SELECT claim FROM left_out)")
	// Claims of one article come together, so that its facts are read once.
	var last int64
	var facts *isnad.Facts
	scan := func(r *sql.Rows) (e isnad.Entry, err error) {
		var version int64
		var body, packed []byte
		var credits *string
		if err := r.Scan(&version, &body, &e.URL, &credits, &packed); err != nil {
			return e, err
		}
		if err := json.Unmarshal(body, &e.Claim); err != nil {
			return e, err
		}
		if version != last || facts == nil {
			last, facts = version, &isnad.Facts{Article: e.Claim.Article}
			if credits != nil {
				if facts, err = unpackFacts(e.Claim.Article, *credits, packed); err != nil {
					return e, err
				}
			}
		}
		e.Facts = facts
		return e, nil
	}
	return stream(ctx, s, "read the ledger's claims", scan,
		"SELECT v.pk, c.json, v.url, f.credits, f.words FROM version v JOIN claim c ON c.version = v.pk LEFT JOIN facts f ON f.version = v.pk WHERE "+strings.Join(w.conds, " AND ")+" ORDER BY v.pk", w.args...)
}

// Changes implements store.Store.
func (s *Store) Changes(ctx context.Context, after int64) iter.Seq2[store.Change, error] {
	return stream(ctx, s, "read changes", func(r *sql.Rows) (c store.Change, err error) { return c, r.Scan(&c.Seq, &c.Kind, &c.ID, &c.Into) },
		"SELECT seq, kind, id, into_id FROM change WHERE seq > ? ORDER BY seq", after)
}

// Withdraw implements store.Store.
func (s *Store) Withdraw(ctx context.Context, article, at, reason string) error {
	when, _ := seconds(at)
	if when == nil {
		return fmt.Errorf("withdraw article %q: %w: %q is no time", article, store.ErrInvalid, at)
	}
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		p := putter{ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}}
		var grp string
		var pk int64
		if err := tx.QueryRowContext(ctx, "SELECT grp, pk FROM version WHERE id = ? ORDER BY number DESC LIMIT 1", article).Scan(&grp, &pk); err != nil {
			if errors.Is(err, sql.ErrNoRows) {
				return store.ErrNotFound
			}
			return err
		}
		if err := p.dirty(pk); err != nil {
			return err
		}
		for _, q := range []struct {
			query string
			args  []any
		}{
			{"INSERT OR REPLACE INTO tombstone (grp, article, withdrawn, reason) VALUES (?,?,?,?)", []any{grp, article, *when, reason}},
			{"UPDATE version SET current = 0, withdrawn = ?, revision = 1 + (SELECT value FROM meta WHERE key = 'revision') WHERE grp = ?", []any{*when, grp}},
			{"INSERT INTO change (kind, id, into_id) VALUES ('withdrawn', ?, '')", []any{article}},
			{"UPDATE meta SET value = value + 1 WHERE key = 'revision'", nil},
		} {
			if err := p.exec(q.query, q.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("withdraw article %q in store %s: %w", article, s.path, err)
	}
	return nil
}

// Tombstones implements store.Store.
func (s *Store) Tombstones(ctx context.Context) ([]store.Tombstone, error) {
	return all(stream(ctx, s, "list tombstones", func(r *sql.Rows) (t store.Tombstone, err error) {
		var at int64
		err = r.Scan(&t.Article, &t.URL, &t.Outlet, &t.Title, &t.Published, &at, &t.Reason)
		t.Withdrawn = rfc3339(&at)
		return t, err
	}, `SELECT t.article, v.url, v.outlet, v.title, v.published, t.withdrawn, t.reason FROM tombstone t
		JOIN version v ON v.grp = t.grp AND v.number = (SELECT max(number) FROM version WHERE grp = t.grp) ORDER BY t.article`))
}
