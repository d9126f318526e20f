package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"isnad"
	"isnad/internal/store"
)

// probe holds what folding touches: letters with hamza and madda, ta marbuta,
// alef maqsura, marks, tatweel, a presentation form, digits, capitals, affixes.
const probe = "أإآٱا ؤئء مدرسةٌ هدى كـتابُ ﻻ ١٢٣ ۴ چ ABCß بالأسلحة والجنود"

// checkFold indexes all text anew where the words are folded otherwise than
// when the index was made: a search would miss what it should find.
func (s *Store) checkFold(ctx context.Context) error {
	now := store.Words(s.fold, probe)
	var before string
	switch err := s.read.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'fold'").Scan(&before); {
	case err == nil && before == now:
		return nil
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return err
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := reindex(ctx, tx, s.fold); err != nil {
			return fmt.Errorf("index text: %w", err)
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('fold', ?)", now)
		return err
	})
}

func reindex(ctx context.Context, tx *sql.Tx, fold store.Fold) error {
	if _, err := tx.ExecContext(ctx, "INSERT INTO article_words (article_words) VALUES ('delete-all'); INSERT INTO sentence_words (sentence_words) VALUES ('delete-all')"); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, "SELECT pk FROM version")
	if err != nil {
		return err
	}
	pks, err := collect(rows, func(r *sql.Rows) (pk int64, err error) { return pk, r.Scan(&pk) })
	if err != nil {
		return err
	}
	for _, pk := range pks {
		if err := reindexVersion(ctx, tx, fold, pk); err != nil {
			return err
		}
	}
	return nil
}

func reindexVersion(ctx context.Context, tx *sql.Tx, fold store.Fold, version int64) error {
	var title, text string
	if err := tx.QueryRowContext(ctx, "SELECT title, text FROM version WHERE pk = ?", version).Scan(&title, &text); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO article_words (rowid, words) VALUES (?, ?)", version, store.Words(fold, title+"\n"+text)); err != nil {
		return err
	}
	type row struct {
		pk int64
		c  isnad.Claim
	}
	rows, err := tx.QueryContext(ctx, "SELECT json, pk FROM claim WHERE version = ?", version)
	if err != nil {
		return err
	}
	claims, err := collect(rows, func(r *sql.Rows) (out row, err error) {
		var body []byte
		if err := r.Scan(&body, &out.pk); err != nil {
			return out, err
		}
		return out, json.Unmarshal(body, &out.c)
	})
	if err != nil {
		return err
	}
	fields := map[string][]rune{"title": []rune(title), "text": []rune(text)}
	for _, r := range claims {
		sentence := string(fields[r.c.Field][r.c.Sentence.Start:r.c.Sentence.End])
		if _, err := tx.ExecContext(ctx, "INSERT INTO sentence_words (rowid, words) VALUES (?, ?)", r.pk, store.Words(fold, sentence)); err != nil {
			return err
		}
	}
	return nil
}
