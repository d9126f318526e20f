package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"isnad"
	"isnad/internal/store"
)

const versionColumns = `SELECT v.digest, v.number, v.current, v.known, v.reader, v.sentences, v.claims,
	v.id, v.url, v.outlet, v.title, v.byline, v.published, v.lang, v.text, v.fetched, v.sha256, v.extra FROM version v WHERE `

func scanVersion(r *sql.Rows) (store.Version, error) {
	var v store.Version
	var known *int64
	var extra string
	if err := r.Scan(&v.Digest, &v.Number, &v.Current, &known, &v.Reader, &v.Sentences, &v.Claims,
		&v.ID, &v.URL, &v.Outlet, &v.Title, &v.Byline, &v.Published, &v.Lang, &v.Text, &v.Fetched, &v.SHA256, &extra); err != nil {
		return v, err
	}
	v.Known = rfc3339(known)
	if extra != "" {
		if err := json.Unmarshal([]byte(extra), &v.Extra); err != nil {
			return v, fmt.Errorf("extra fields of article %s: %w", v.ID, err)
		}
	}
	return v, nil
}

func scanClaim(r *sql.Rows) (isnad.Claim, error) {
	var body []byte
	var c isnad.Claim
	if err := r.Scan(&body); err != nil {
		return c, err
	}
	return c, json.Unmarshal(body, &c)
}

func scanString(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) }

// stream yields the rows of a query as they come.
func stream[T any](ctx context.Context, s *Store, what string, scan func(*sql.Rows) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		fail := func(err error) {
			var zero T
			yield(zero, fmt.Errorf("%s in store %s: %w", what, s.path, err))
		}
		rows, err := s.read.QueryContext(ctx, query, args...)
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			v, err := scan(rows)
			if err != nil {
				fail(err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}

func failed[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		yield(zero, err)
	}
}

// all gathers a sequence up to its first error.
func all[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// collect gathers rows inside a transaction and closes them.
func collect[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) ([]T, error) {
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}

// version returns the first version under a condition.
func (s *Store) version(ctx context.Context, cond string, args ...any) (store.Version, error) {
	for v, err := range stream(ctx, s, "look up", scanVersion, versionColumns+cond+" ORDER BY v.number DESC, v.digest LIMIT 1", args...) {
		return v, err
	}
	return store.Version{}, store.ErrNotFound
}

// Article implements store.Store.
func (s *Store) Article(ctx context.Context, id string) (store.Version, error) {
	v, err := s.version(ctx, "v.id = ?", id)
	if err != nil {
		return v, fmt.Errorf("article %q: %w", id, err)
	}
	return v, nil
}

// Versions implements store.Store.
func (s *Store) Versions(ctx context.Context, id string) ([]store.Version, error) {
	vs, err := all(stream(ctx, s, "versions of article "+id, scanVersion, versionColumns+"v.grp IN (SELECT grp FROM version WHERE id = ?) ORDER BY v.number", id))
	if err == nil && len(vs) == 0 {
		err = fmt.Errorf("article %q: %w", id, store.ErrNotFound)
	}
	return vs, err
}

// Articles implements store.Store.
func (s *Store) Articles(ctx context.Context, q store.ArticleQuery) iter.Seq2[store.Version, error] {
	if err := q.Check(); err != nil {
		return failed[store.Version](err)
	}
	var w where
	versions(&w, q.Since, q.Until, q.AsOf)
	in(&w, "v.outlet", q.Outlet)
	if q.Lang != "" {
		w.add("v.lang = ?", string(q.Lang))
	}
	if q.Revised != "" {
		from, _ := seconds(q.Revised)
		w.add("v.number > 1 AND v.known >= ?", *from)
	}
	if q.WithClaims {
		w.add("v.claims > 0")
	}
	if len(q.Type)+len(q.Stance) > 0 {
		var c where
		in(&c, "type", q.Type)
		in(&c, "stance", q.Stance)
		w.add("EXISTS (SELECT 1 FROM claim c WHERE c.version = v.pk AND "+strings.Join(c.conds, " AND ")+")", c.args...)
	}
	words(&w, "v.pk", "article_words", s.fold, q.Text)
	after(&w, q.After, q.Newest)
	return stream(ctx, s, "query articles", scanVersion,
		versionColumns+strings.Join(w.conds, " AND ")+order(q.Newest, q.Limit, q.Offset, ""), w.args...)
}

// Stale implements store.Store. It reads a list of digests first and then one
// version at a time, so that no long read keeps the write-ahead log from being
// emptied while Put writes.
func (s *Store) Stale(ctx context.Context, reader string) iter.Seq2[store.Version, error] {
	return func(yield func(store.Version, error) bool) {
		digests, err := all(stream(ctx, s, "list stale versions", scanString, "SELECT digest FROM version WHERE reader <> ? AND NOT coded ORDER BY grp, number", reader))
		if err != nil {
			yield(store.Version{}, err)
			return
		}
		for _, d := range digests {
			v, err := s.version(ctx, "v.digest = ?", d)
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// Known implements store.Store.
func (s *Store) Known(ctx context.Context, reader string, digests ...string) ([]bool, error) {
	out := make([]bool, len(digests))
	st, err := s.read.PrepareContext(ctx, "SELECT 1 FROM version WHERE digest = ? AND (reader = ? OR coded)")
	if err != nil {
		return nil, fmt.Errorf("look up in store %s: %w", s.path, err)
	}
	defer st.Close()
	for i, d := range digests {
		switch err := st.QueryRowContext(ctx, d, reader).Scan(new(int)); {
		case err == nil:
			out[i] = true
		case !errors.Is(err, sql.ErrNoRows):
			return nil, fmt.Errorf("look up in store %s: %w", s.path, err)
		}
	}
	return out, nil
}

// Input implements store.Store.
func (s *Store) Input(ctx context.Context, name string) (store.Input, error) {
	in := store.Input{Name: name}
	var failures []byte
	err := s.read.QueryRowContext(ctx, "SELECT fingerprint, reader, articles, failures FROM input WHERE name = ?", name).Scan(&in.Fingerprint, &in.Reader, &in.Articles, &failures)
	if err == nil {
		err = json.Unmarshal(failures, &in.Failures)
	}
	if err != nil {
		return store.Input{}, fmt.Errorf("input %s: %w", name, notFound(err))
	}
	return in, nil
}

// PutInput implements store.Store.
func (s *Store) PutInput(ctx context.Context, in store.Input) error {
	failures, err := json.Marshal(in.Failures)
	if err == nil {
		_, err = s.write.ExecContext(ctx, "INSERT OR REPLACE INTO input (name, fingerprint, reader, articles, failures) VALUES (?,?,?,?,?)", in.Name, in.Fingerprint, in.Reader, in.Articles, string(failures))
	}
	if err != nil {
		return fmt.Errorf("record input %s in store %s: %w", in.Name, s.path, err)
	}
	return nil
}

// Outlets implements store.Store.
func (s *Store) Outlets(ctx context.Context) ([]store.Outlet, error) {
	return all(stream(ctx, s, "list outlets", func(r *sql.Rows) (o store.Outlet, err error) { return o, r.Scan(&o.Name, &o.Articles) },
		"SELECT outlet, count(*) FROM version WHERE current = 1 GROUP BY outlet ORDER BY outlet"))
}

// Revision implements store.Store.
func (s *Store) Revision(ctx context.Context) (n int64, err error) {
	if err := s.read.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'revision'").Scan(&n); err != nil {
		return 0, fmt.Errorf("revision of store %s: %w", s.path, err)
	}
	return n, nil
}

// Status implements store.Store.
func (s *Store) Status(ctx context.Context) (store.Status, error) {
	st := store.Status{Place: s.path, Readers: map[string]int{}}
	var err error
	if st.Revision, err = s.Revision(ctx); err != nil {
		return st, err
	}
	for _, q := range []struct {
		query string
		into  []any
	}{
		{"PRAGMA user_version", []any{&st.Schema}},
		{"SELECT count(*), coalesce(sum(current), 0), count(DISTINCT outlet) FROM version", []any{&st.Versions, &st.Articles, &st.Outlets}},
		{"SELECT count(*) FROM input", []any{&st.Inputs}},
		{"SELECT coalesce(sum(kind = 'event'), 0), coalesce(sum(kind = 'assessment'), 0) FROM claim c JOIN version v ON v.pk = c.version WHERE v.current = 1", []any{&st.Claims, &st.Assessments}},
		{"SELECT coalesce((SELECT published FROM version WHERE current = 1 AND published_from IS NOT NULL ORDER BY published_from, published LIMIT 1), '')", []any{&st.From}},
		{"SELECT coalesce((SELECT published FROM version WHERE current = 1 AND published_from IS NOT NULL ORDER BY published_from DESC, published DESC LIMIT 1), '')", []any{&st.To}},
	} {
		if err := s.read.QueryRowContext(ctx, q.query).Scan(q.into...); err != nil {
			return st, fmt.Errorf("status of store %s: %w", s.path, err)
		}
	}
	type count struct {
		reader string
		n      int
	}
	for c, err := range stream(ctx, s, "status", func(r *sql.Rows) (c count, err error) { return c, r.Scan(&c.reader, &c.n) },
		"SELECT reader, count(*) FROM version GROUP BY reader") {
		if err != nil {
			return st, err
		}
		st.Readers[c.reader] = c.n
	}
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(s.path + suffix); err == nil {
			st.Bytes += info.Size()
		}
	}
	return st, nil
}
