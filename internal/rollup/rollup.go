// Package rollup keeps the daily values of every dyad in a file beside the store,
// so that a series of ten years and a ranking of all dyads need no event to be read.
// It is a cache: what it holds follows from the store and the method, and a file
// that was removed, or filled by another method, is filled anew.
//
// The unit is a day. A changed event or a new article makes its day dirty, and a
// dirty day is computed whole, because every value of a day is divided by the
// day's volume. A day costs what its own events cost, however many are kept.
package rollup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"isnad/internal/escalation"
)

// Rollup is the file. It is safe for use by many goroutines.
type Rollup struct {
	db     *sql.DB
	path   string
	method *escalation.Method
}

// schema is all there is; without migrations, because another schema is another
// method to this file.
const schema = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dyad (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS value (
	dyad INTEGER NOT NULL, day INTEGER NOT NULL,                       -- days since 1970
	acts INTEGER NOT NULL, words INTEGER NOT NULL, cooperation INTEGER NOT NULL, -- millionths of a point
	disputed INTEGER NOT NULL, nuclear INTEGER NOT NULL, events INTEGER NOT NULL,
	PRIMARY KEY (dyad, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS value_day ON value (day, acts DESC, words DESC);
CREATE TABLE IF NOT EXISTS volume (day INTEGER PRIMARY KEY, articles INTEGER NOT NULL) STRICT;
`

// version is of the schema.
const version = "rollup-1"

// Open opens or makes the file of a method. What another method or schema left
// there is dropped.
func Open(ctx context.Context, path string, m *escalation.Method) (*Rollup, error) {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(),
		RawQuery: "_pragma=busy_timeout(30000)&_pragma=synchronous(NORMAL)&_pragma=journal_mode(WAL)&_pragma=cache_size(-32000)"}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, fmt.Errorf("open roll-ups %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	r := &Rollup{db, path, m}
	if err := r.begin(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open roll-ups %s: %w; the file may be removed, it is filled again", path, err)
	}
	return r, nil
}

func (r *Rollup) begin(ctx context.Context) error {
	name := version + " " + r.method.Name()
	var was string
	err := r.db.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'method'").Scan(&was)
	if err == nil && was == name {
		return nil
	}
	_, err = r.db.ExecContext(ctx, "DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS dyad; DROP TABLE IF EXISTS value; DROP TABLE IF EXISTS volume;"+schema)
	if err == nil {
		_, err = r.db.ExecContext(ctx, "INSERT INTO meta VALUES ('method', ?)", name)
	}
	return err
}

// Close closes the file.
func (r *Rollup) Close() error { return r.db.Close() }

// Cursor is the last change of the store's feed that was taken up.
func (r *Rollup) Cursor(ctx context.Context) (int64, error) {
	var c int64
	err := r.db.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'cursor'").Scan(&c)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return c, err
}

// Put replaces days by the values of their happenings, in one transaction, and
// moves the cursor. A day of the list without happenings is emptied.
func (r *Rollup) Put(ctx context.Context, days []int, hs []escalation.Happening, v escalation.Volume, cursor int64) error {
	fail := func(err error) error { return fmt.Errorf("write roll-ups %s: %w", r.path, err) }
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return fail(err)
	}
	defer tx.Rollback() // does nothing after a commit
	insert, err := tx.PrepareContext(ctx, "INSERT INTO value VALUES (?,?,?,?,?,?,?,?)")
	if err != nil {
		return fail(err)
	}
	defer insert.Close()
	ids := map[string]int64{}
	id := func(name string) (int64, error) {
		if n, ok := ids[name]; ok {
			return n, nil
		}
		var n int64
		err := tx.QueryRowContext(ctx, "INSERT INTO dyad (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id", name).Scan(&n)
		ids[name] = n
		return n, err
	}
	byDay := map[int][]escalation.Happening{}
	for _, h := range hs {
		byDay[h.Day] = append(byDay[h.Day], h)
	}
	for _, day := range days {
		total := 0
		for _, n := range v[day] {
			total += n
		}
		for _, q := range []struct {
			query string
			args  []any
		}{{"DELETE FROM value WHERE day = ?", []any{day}}, {"INSERT OR REPLACE INTO volume VALUES (?,?)", []any{day, total}}} {
			if _, err := tx.ExecContext(ctx, q.query, q.args...); err != nil {
				return fail(err)
			}
		}
		for name, own := range r.method.ByDyad(byDay[day]) {
			sums, events := r.method.DaySums(name, own, v, day)
			if events == 0 {
				continue
			}
			n, err := id(name.String())
			if err == nil {
				_, err = insert.ExecContext(ctx, n, day, int64(sums[escalation.Acts]), int64(sums[escalation.Words]), int64(sums[escalation.Cooperation]), int64(sums[escalation.Disputed]), int64(sums[escalation.Nuclear]), events)
			}
			if err != nil {
				return fail(err)
			}
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('cursor', ?)", cursor); err != nil {
		return fail(err)
	}
	if err := tx.Commit(); err != nil {
		return fail(err)
	}
	return nil
}

// Row is a dyad's sums of a day.
type Row struct {
	Dyad                                        string
	Day                                         int
	Acts, Words, Cooperation, Disputed, Nuclear escalation.Points
	Events                                      int
}

// Series returns the days from one to another on which anything is reported of a
// dyad, in order.
func (r *Rollup) Series(ctx context.Context, dyad string, from, to int) ([]Row, error) {
	return r.rows(ctx, `SELECT d.name, v.day, v.acts, v.words, v.cooperation, v.disputed, v.nuclear, v.events
		FROM value v JOIN dyad d ON d.id = v.dyad WHERE v.dyad = (SELECT id FROM dyad WHERE name = ?) AND v.day BETWEEN ? AND ? ORDER BY v.day`, dyad, from, to)
}

// Highest returns the dyads with the highest acts of a day, then words, then by name.
func (r *Rollup) Highest(ctx context.Context, day, n int) ([]Row, error) {
	return r.rows(ctx, `SELECT d.name, v.day, v.acts, v.words, v.cooperation, v.disputed, v.nuclear, v.events
		FROM value v JOIN dyad d ON d.id = v.dyad WHERE v.day = ? ORDER BY v.acts DESC, v.words DESC, d.name LIMIT ?`, day, n)
}

// Volume returns the readable articles of the days from one to another.
func (r *Rollup) Volume(ctx context.Context, from, to int) (map[int]int, error) {
	rows, err := r.db.QueryContext(ctx, "SELECT day, articles FROM volume WHERE day BETWEEN ? AND ?", from, to)
	if err != nil {
		return nil, fmt.Errorf("read roll-ups %s: %w", r.path, err)
	}
	defer rows.Close()
	out := map[int]int{}
	for rows.Next() {
		var day, n int
		if err := rows.Scan(&day, &n); err != nil {
			return nil, fmt.Errorf("read roll-ups %s: %w", r.path, err)
		}
		out[day] = n
	}
	return out, rows.Err()
}

func (r *Rollup) rows(ctx context.Context, query string, args ...any) ([]Row, error) {
	rows, err := r.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read roll-ups %s: %w", r.path, err)
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		var x Row
		if err := rows.Scan(&x.Dyad, &x.Day, &x.Acts, &x.Words, &x.Cooperation, &x.Disputed, &x.Nuclear, &x.Events); err != nil {
			return nil, fmt.Errorf("read roll-ups %s: %w", r.path, err)
		}
		out = append(out, x)
	}
	return out, rows.Err()
}
