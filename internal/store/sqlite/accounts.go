package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"isnad/internal/store"
)

// change runs statements in one transaction, and says how many rows the first changed.
func (s *Store) change(ctx context.Context, what string, statements ...statement) (n int64, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		for i, st := range statements {
			res, err := tx.ExecContext(ctx, st.query, st.args...)
			if err != nil {
				return err
			}
			if i == 0 {
				if n, err = res.RowsAffected(); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("%s in store %s: %w", what, s.path, err)
	}
	return n, nil
}

type statement struct {
	query string
	args  []any
}

func do(query string, args ...any) statement { return statement{query, args} }

// Users implements store.Accounts.
func (s *Store) Users(ctx context.Context) ([]store.User, error) {
	return all(stream(ctx, s, "list users", func(r *sql.Rows) (u store.User, err error) {
		return u, r.Scan(&u.Name, &u.Role, &u.Hash, &u.Created)
	}, "SELECT name, role, hash, created FROM user ORDER BY name"))
}

// PutUser implements store.Accounts.
func (s *Store) PutUser(ctx context.Context, u store.User) error {
	if strings.TrimSpace(u.Name) != u.Name || u.Name == "" || strings.ContainsFunc(u.Name, unicode.IsControl) || u.Hash == "" || !slices.Contains(store.UserRoles, u.Role) {
		return fmt.Errorf("user %q: %w: give a name, a password and a role of %v", u.Name, store.ErrInvalid, store.UserRoles)
	}
	_, err := s.change(ctx, "keep user "+u.Name,
		do("INSERT OR REPLACE INTO user (name, role, hash, created) VALUES (?,?,?,?)", u.Name, string(u.Role), u.Hash, u.Created),
		do("DELETE FROM session WHERE user = ?", u.Name))
	return err
}

// RemoveUser implements store.Accounts.
func (s *Store) RemoveUser(ctx context.Context, name string) error {
	n, err := s.change(ctx, "remove user "+name, do("DELETE FROM user WHERE name = ?", name), do("DELETE FROM session WHERE user = ?", name))
	if err == nil && n == 0 {
		err = fmt.Errorf("user %q: %w", name, store.ErrNotFound)
	}
	return err
}

// PutSession implements store.Accounts.
func (s *Store) PutSession(ctx context.Context, x store.Session) error {
	_, err := s.change(ctx, "keep a session", do("DELETE FROM session WHERE expires <= ?", x.Created),
		do("INSERT INTO session (token, user, created, expires) VALUES (?,?,?,?)", x.Token, x.User, x.Created, x.Expires))
	return err
}

// Session implements store.Accounts.
func (s *Store) Session(ctx context.Context, token, at string) (x store.Session, u store.User, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT s.token, s.user, s.created, s.expires, u.name, u.role, u.hash, u.created
		FROM session s JOIN user u ON u.name = s.user WHERE s.token = ? AND s.expires > ?`, token, at).
		Scan(&x.Token, &x.User, &x.Created, &x.Expires, &u.Name, &u.Role, &u.Hash, &u.Created)
	if err != nil {
		return x, u, fmt.Errorf("look up a session in store %s: %w", s.path, notFound(err))
	}
	return x, u, nil
}

// RemoveSession implements store.Accounts.
func (s *Store) RemoveSession(ctx context.Context, token string) error {
	_, err := s.change(ctx, "end a session", do("DELETE FROM session WHERE token = ?", token))
	return err
}

// Note implements store.Accounts.
func (s *Store) Note(ctx context.Context, n store.Note) error {
	_, err := s.change(ctx, "write the log", do("INSERT INTO note (at, who, what, detail, address) VALUES (?,?,?,?,?)", n.At, n.Who, n.What, n.Detail, n.Address))
	return err
}

// Notes implements store.Accounts.
func (s *Store) Notes(ctx context.Context, limit int) ([]store.Note, error) {
	if limit <= 0 {
		limit = -1 // no bound
	}
	out, err := all(stream(ctx, s, "read the log", func(r *sql.Rows) (n store.Note, err error) {
		return n, r.Scan(&n.Seq, &n.At, &n.Who, &n.What, &n.Detail, &n.Address)
	}, "SELECT seq, at, who, what, detail, address FROM note ORDER BY seq DESC LIMIT ?", limit))
	slices.Reverse(out)
	return out, err
}
