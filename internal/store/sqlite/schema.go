package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"isnad/internal/store"
)

// applicationID marks the file as a store of isnad ("isnd").
const applicationID = 0x69736e64

// migrations bring a file from each schema to the next. The list is only ever
// appended to: a file's user_version is the number of them that it has had.
var migrations = []string{
	// 1: articles in versions, claims, parties, text search, inputs.
	`
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES ('revision', 0);

CREATE TABLE version (
	pk             INTEGER PRIMARY KEY,
	digest         TEXT NOT NULL UNIQUE,
	grp            TEXT NOT NULL,    -- the smallest id of the article's versions
	number         INTEGER NOT NULL, -- within grp, 1 is the oldest
	current        INTEGER NOT NULL, -- 1 for the last
	known          INTEGER,          -- seconds since 1970, NULL where unknown
	id             TEXT NOT NULL,
	page           TEXT NOT NULL,    -- the URL where it names a page, else ''
	url            TEXT NOT NULL,
	outlet         TEXT NOT NULL,
	title          TEXT NOT NULL,
	byline         TEXT NOT NULL,
	published      TEXT NOT NULL,    -- as given
	published_from INTEGER,          -- what it may mean, in seconds since 1970
	published_to   INTEGER,
	lang           TEXT NOT NULL,
	fetched        TEXT NOT NULL,
	sha256         TEXT NOT NULL,
	reader         TEXT NOT NULL,
	sentences      INTEGER NOT NULL,
	claims         INTEGER NOT NULL,
	revision       INTEGER NOT NULL, -- of the transaction that last changed it
	extra          TEXT NOT NULL,    -- JSON object, '' where there is none
	text           TEXT NOT NULL     -- last: a column behind it would be read through it
) STRICT;
CREATE INDEX version_grp ON version (grp);
CREATE INDEX version_id ON version (id);
CREATE INDEX version_page ON version (page) WHERE page <> '';
CREATE INDEX version_order ON version (published_from, id, digest) WHERE current = 1;
CREATE INDEX version_reader ON version (reader, grp, number);

CREATE TABLE claim (
	pk         INTEGER PRIMARY KEY,
	version    INTEGER NOT NULL REFERENCES version (pk),
	id         TEXT NOT NULL,
	kind       TEXT NOT NULL,
	type       TEXT NOT NULL,
	stance     TEXT NOT NULL,
	factuality TEXT NOT NULL,
	confidence REAL NOT NULL,
	field      INTEGER NOT NULL, -- 0 title, 1 text
	start      INTEGER NOT NULL, -- of the trigger
	json       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX claim_order ON claim (version, field, start, id);
CREATE INDEX claim_id ON claim (id);

CREATE TABLE party (
	code  TEXT NOT NULL,
	side  TEXT NOT NULL,    -- a actor, r recipient, s speaker
	claim INTEGER NOT NULL REFERENCES claim (pk),
	state INTEGER NOT NULL, -- 1 where it counts in a dyad
	PRIMARY KEY (code, side, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_claim ON party (claim);

-- Folded words only; the text itself stands in version.
CREATE VIRTUAL TABLE article_words USING fts5 (words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE sentence_words USING fts5 (words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");

CREATE TABLE input (
	name        TEXT PRIMARY KEY,
	fingerprint TEXT NOT NULL,
	reader      TEXT NOT NULL,
	articles    INTEGER NOT NULL,
	failures    TEXT NOT NULL -- JSON array
) STRICT, WITHOUT ROWID;
`,
	// 2: the outlets there are, and articles by type and stance of their claims.
	`
CREATE INDEX version_outlet ON version (outlet) WHERE current = 1;
CREATE INDEX claim_said ON claim (version, type, stance);
`,
	// 3: the ledger. A block is the claims of one type published on one day.
	`
ALTER TABLE version ADD COLUMN withdrawn INTEGER; -- since when, seconds since 1970
ALTER TABLE version ADD COLUMN coded INTEGER NOT NULL DEFAULT 0; -- 1 where others coded the claims
CREATE TABLE facts (version INTEGER PRIMARY KEY REFERENCES version (pk), credits TEXT NOT NULL, words BLOB NOT NULL) STRICT;
ALTER TABLE claim ADD COLUMN day INTEGER NOT NULL DEFAULT 0; -- published, days since 1970; 0 where unknown
UPDATE claim SET day = coalesce(CAST(julianday(substr(json_extract(json, '$.published') || '-01-01', 1, 10)) - 2440587.5 AS INTEGER), 0);
CREATE INDEX claim_block ON claim (type, day) WHERE kind = 'event';

CREATE TABLE dirty (type TEXT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (type, day)) STRICT, WITHOUT ROWID;
INSERT INTO dirty SELECT DISTINCT type, day FROM claim WHERE kind = 'event';
CREATE TABLE touched (event TEXT PRIMARY KEY) STRICT, WITHOUT ROWID; -- events that lost a claim since they were linked
CREATE TABLE block (type TEXT NOT NULL, day INTEGER NOT NULL, print TEXT NOT NULL, PRIMARY KEY (type, day)) STRICT, WITHOUT ROWID;

CREATE TABLE event (
	id        TEXT PRIMARY KEY,
	type      TEXT NOT NULL,
	day       INTEGER NOT NULL, -- of its first claim
	status    TEXT NOT NULL,
	published TEXT NOT NULL,    -- of its first claim, as given
	article   TEXT NOT NULL,    -- likewise
	json      TEXT NOT NULL     -- without its links
) STRICT, WITHOUT ROWID;
CREATE INDEX event_block ON event (type, day);
CREATE INDEX event_order ON event (published, article, id);
CREATE TABLE event_claim (claim INTEGER PRIMARY KEY REFERENCES claim (pk), event TEXT NOT NULL) STRICT;
CREATE INDEX event_claim_event ON event_claim (event);
CREATE TABLE speaks (claim INTEGER NOT NULL, of INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (claim, of)) STRICT, WITHOUT ROWID;
CREATE TABLE alias (id TEXT PRIMARY KEY, event TEXT NOT NULL) STRICT, WITHOUT ROWID; -- ids that events had
CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, into_id TEXT NOT NULL) STRICT;
CREATE TABLE tombstone (grp TEXT PRIMARY KEY, article TEXT NOT NULL, withdrawn INTEGER NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
	// 4: feeds.
	`CREATE TABLE feed (url TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
	// 5: what people found of claims, and who may do so over the network. Marks and log are only added to.
	`
CREATE TABLE mark (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	claim   TEXT NOT NULL, -- id
	article TEXT NOT NULL, -- id
	version TEXT NOT NULL, -- digest
	verdict TEXT NOT NULL,
	author  TEXT NOT NULL,
	at      TEXT NOT NULL,
	json    TEXT NOT NULL  -- the whole mark, with the claim as it was
) STRICT;
CREATE INDEX mark_claim ON mark (claim, seq);
CREATE INDEX mark_article ON mark (article);
CREATE TRIGGER mark_kept BEFORE UPDATE ON mark BEGIN SELECT raise(ABORT, 'marks are never changed'); END;
CREATE TRIGGER mark_stays BEFORE DELETE ON mark BEGIN SELECT raise(ABORT, 'marks are never taken away'); END;
CREATE TABLE left_out (claim TEXT PRIMARY KEY) STRICT, WITHOUT ROWID; -- ids of the claims that the ledger passes over
CREATE TABLE user (name TEXT PRIMARY KEY, role TEXT NOT NULL, hash TEXT NOT NULL, created TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session (token TEXT PRIMARY KEY, user TEXT NOT NULL, created TEXT NOT NULL, expires TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE note (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL, address TEXT NOT NULL) STRICT;
`,
	// 6: what changed since a search looked last.
	`CREATE INDEX version_revision ON version (revision);`,
	// 7: events and versions of a day.
	`CREATE INDEX version_until ON version (published_to);
CREATE INDEX version_changed ON version (known) WHERE number > 1;`,
}

// migrate checks whose file it is and runs the migrations that it lacks, each
// in a transaction with the change of user_version.
func (s *Store) migrate(ctx context.Context) error {
	var app, have, tables int
	for query, into := range map[string]*int{
		"PRAGMA application_id": &app, "PRAGMA user_version": &have, "SELECT count(*) FROM sqlite_schema": &tables,
	} {
		if err := s.write.QueryRowContext(ctx, query).Scan(into); err != nil {
			return s.unopened(err)
		}
	}
	switch {
	case app != applicationID && tables > 0:
		return fmt.Errorf("%w: it holds the tables of another program; name another file with --db", store.ErrForeign)
	case have > len(migrations):
		return fmt.Errorf("%w: its schema is %d and this program knows %d; update isnad", store.ErrNewer, have, len(migrations))
	case have == len(migrations):
		return nil
	}
	var mode string
	if err := s.write.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return err
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		// Another process may have been here since: ask again, now under the lock.
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
			return err
		}
		for i := have; i < len(migrations); i++ {
			if _, err := tx.ExecContext(ctx, migrations[i]); err != nil {
				return fmt.Errorf("migration %d: %w", i+1, err)
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, max(have, len(migrations))))
		return err
	})
}
