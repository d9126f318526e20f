package sqlite

import (
	"context"
	"fmt"
)

// Verify reads the whole file for damage, and counts that each version has as
// many claims as it says.
func (s *Store) Verify(ctx context.Context) error {
	for _, check := range []struct{ query, want, remedy string }{
		{"PRAGMA quick_check(1)", "ok", "the file is damaged; take it from a backup, or ingest anew"},
		{"SELECT count(*) FROM pragma_foreign_key_check", "0", "claims without an article; ingest anew"},
		{"SELECT count(*) FROM version v WHERE v.claims <> (SELECT count(*) FROM claim c WHERE c.version = v.pk)", "0", "articles without all their claims; ingest anew"},
	} {
		var got string
		if err := s.read.QueryRowContext(ctx, check.query).Scan(&got); err != nil {
			return fmt.Errorf("check store %s: %w", s.path, err)
		}
		if got != check.want {
			return fmt.Errorf("check store %s: %s: %s", s.path, got, check.remedy)
		}
	}
	return nil
}
