package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"isnad/internal/store"
)

// Mark implements store.Reviews.
func (s *Store) Mark(ctx context.Context, m store.Mark) (store.Mark, error) {
	if err := m.Check(); err != nil {
		return m, err
	}
	c, v, err := s.Claim(ctx, m.Claim.ID)
	if err != nil {
		return m, err
	}
	m.Claim, m.Version, m.Seq = c, v.Digest, 0
	body, err := json.Marshal(m)
	if err != nil {
		return m, err
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		p := putter{ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}}
		if m.Seq, err = p.insert("INSERT INTO mark (claim, article, version, verdict, author, at, json) VALUES (?,?,?,?,?,?,?)",
			c.ID, c.Article, m.Version, string(m.Verdict), m.Author, m.At, string(body)); err != nil {
			return err
		}
		rule, err := ruleOf(ctx, tx)
		if err != nil {
			return err
		}
		return p.leaveOut(rule)
	})
	if err != nil {
		return m, fmt.Errorf("mark claim %s in store %s: %w", c.ID, s.path, err)
	}
	return m, nil
}

// lastWrong are the claims whose last mark is wrong.
const lastWrong = "SELECT claim FROM mark m WHERE verdict = 'wrong' AND seq = (SELECT max(seq) FROM mark WHERE claim = m.claim)"

// leaveOut brings the list of claims that the ledger passes over up to date, and
// has the blocks of those that come or go linked again.
func (p *putter) leaveOut(rule store.Rule) error {
	want := "SELECT claim FROM mark WHERE 0"
	if rule == store.RuleWrong {
		want = lastWrong
	}
	for _, q := range []string{
		`INSERT OR IGNORE INTO dirty SELECT DISTINCT type, day FROM claim WHERE kind = 'event' AND id IN
			(SELECT claim FROM (` + want + `) WHERE claim NOT IN (SELECT claim FROM left_out) UNION SELECT claim FROM left_out WHERE claim NOT IN (` + want + `))`,
		"DELETE FROM left_out WHERE claim NOT IN (" + want + ")",
		"INSERT OR IGNORE INTO left_out " + want,
		"UPDATE meta SET value = value + 1 WHERE key = 'revision'",
	} {
		if err := p.exec(q); err != nil {
			return err
		}
	}
	return nil
}

// SetRule implements store.Reviews.
func (s *Store) SetRule(ctx context.Context, r store.Rule) error {
	if !slices.Contains(store.Rules, r) {
		return fmt.Errorf("rule %q: %w; write one of %v", r, store.ErrInvalid, store.Rules)
	}
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		p := putter{ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}}
		if err := p.exec("INSERT OR REPLACE INTO meta VALUES ('rule', ?)", string(r)); err != nil {
			return err
		}
		return p.leaveOut(r)
	})
	if err != nil {
		return fmt.Errorf("set rule in store %s: %w", s.path, err)
	}
	return nil
}

// Rule implements store.Reviews.
func (s *Store) Rule(ctx context.Context) (store.Rule, error) {
	r, err := ruleOf(ctx, s.read)
	if err != nil {
		return "", fmt.Errorf("rule of store %s: %w", s.path, err)
	}
	return r, nil
}

// ruleOf reads the rule over a connection or in a transaction.
func ruleOf(ctx context.Context, from interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}) (r store.Rule, err error) {
	err = from.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'rule'").Scan(&r)
	if errors.Is(err, sql.ErrNoRows) {
		return store.RuleNone, nil
	}
	return r, err
}

// Marks implements store.Reviews.
func (s *Store) Marks(ctx context.Context, q store.MarkQuery) iter.Seq2[store.Mark, error] {
	if err := q.Check(); err != nil {
		return failed[store.Mark](err)
	}
	var w where
	w.add("1")
	for column, value := range map[string]string{"claim": q.Claim, "article": q.Article, "author": q.Author} {
		if value != "" {
			w.add(column+" = ?", value)
		}
	}
	in(&w, "verdict", q.Verdict)
	if q.Before > 0 {
		w.add("seq < ?", q.Before)
	}
	if q.Last {
		w.add("seq = (SELECT max(seq) FROM mark WHERE claim = m.claim)")
	}
	by := " ORDER BY seq"
	if q.Newest {
		by += " DESC"
	}
	if q.Limit > 0 {
		by += fmt.Sprintf(" LIMIT %d", q.Limit)
	}
	scan := func(r *sql.Rows) (m store.Mark, err error) {
		var seq int64
		var body []byte
		if err := r.Scan(&seq, &body); err != nil {
			return m, err
		}
		err = json.Unmarshal(body, &m)
		m.Seq = seq
		return m, err
	}
	return stream(ctx, s, "read marks", scan, "SELECT seq, json FROM mark m WHERE "+strings.Join(w.conds, " AND ")+by, w.args...)
}
