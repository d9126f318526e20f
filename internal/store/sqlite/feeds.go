package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"isnad/internal/store"
)

// Feeds implements store.Store.
func (s *Store) Feeds(ctx context.Context) ([]store.Feed, error) {
	return all(stream(ctx, s, "list feeds", func(r *sql.Rows) (f store.Feed, err error) {
		var body []byte
		if err := r.Scan(&body); err != nil {
			return f, err
		}
		return f, json.Unmarshal(body, &f)
	}, "SELECT json FROM feed ORDER BY url"))
}

// PutFeed implements store.Store.
func (s *Store) PutFeed(ctx context.Context, f store.Feed) error {
	if f.URL == "" {
		return fmt.Errorf("put feed: %w: no address", store.ErrInvalid)
	}
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO feed (url, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json", f.URL, string(body))
		return err
	})
}

// RemoveFeed implements store.Store.
func (s *Store) RemoveFeed(ctx context.Context, url string) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM feed WHERE url = ?", url)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return fmt.Errorf("feed %s: %w", url, store.ErrNotFound)
	})
}
