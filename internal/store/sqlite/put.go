package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"isnad"
	"isnad/internal/store"
)

// Put implements store.Store. Batches of a hundred articles or so are best: a
// transaction costs about a millisecond, whatever it holds.
func (s *Store) Put(ctx context.Context, readings ...store.Reading) (store.Added, error) {
	digests := make([]string, len(readings))
	for i, r := range readings {
		if err := r.Check(); err != nil {
			return store.Added{}, err
		}
		d, err := store.Digest(r.Article)
		if err != nil {
			return store.Added{}, fmt.Errorf("%w: %w", store.ErrInvalid, err)
		}
		digests[i] = d
	}
	var added store.Added
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		p := putter{ctx: ctx, tx: tx, fold: s.fold, stmts: map[string]*sql.Stmt{}}
		if err := tx.QueryRowContext(ctx, "SELECT value + 1 FROM meta WHERE key = 'revision'").Scan(&p.revision); err != nil {
			return err
		}
		for i, r := range readings {
			if err := p.put(r, digests[i]); err != nil {
				return fmt.Errorf("article %s: %w", r.Article.ID, err)
			}
		}
		added = p.added
		if !p.changed {
			return nil
		}
		return p.exec("UPDATE meta SET value = ? WHERE key = 'revision'", p.revision)
	})
	if err != nil {
		return store.Added{}, fmt.Errorf("put into store %s: %w; nothing of this batch was kept", s.path, err)
	}
	return added, nil
}

// putter is one Put at work: its transaction and statements.
type putter struct {
	ctx      context.Context
	tx       *sql.Tx
	fold     store.Fold
	stmts    map[string]*sql.Stmt
	revision int64
	added    store.Added
	changed  bool
}

func (p *putter) prepare(query string) (*sql.Stmt, error) {
	if st := p.stmts[query]; st != nil {
		return st, nil
	}
	st, err := p.tx.PrepareContext(p.ctx, query)
	p.stmts[query] = st
	return st, err
}

func (p *putter) exec(query string, args ...any) error {
	_, err := p.insert(query, args...)
	return err
}

func (p *putter) insert(query string, args ...any) (int64, error) {
	st, err := p.prepare(query)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(p.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

func (p *putter) put(r store.Reading, digest string) error {
	st, err := p.prepare("SELECT pk, reader, fetched, grp FROM version WHERE digest = ?")
	if err != nil {
		return err
	}
	var pk int64
	var reader, fetched, grp string
	switch err := st.QueryRowContext(p.ctx, digest).Scan(&pk, &reader, &fetched, &grp); {
	case errors.Is(err, sql.ErrNoRows):
		if pk, err = p.newVersion(r, digest); err != nil {
			return err
		}
		p.added.Articles++
	case err != nil:
		return err
	default:
		// The first time that it was fetched counts, whichever came in first.
		if r.Article.Fetched != "" && (fetched == "" || before(r.Article.Fetched, fetched)) {
			if err := p.exec("UPDATE version SET fetched = ?, revision = ? WHERE pk = ?", r.Article.Fetched, p.revision, pk); err != nil {
				return err
			}
			if err := p.renumber(grp); err != nil {
				return err
			}
			if err := p.dirty(pk); err != nil {
				return err
			}
			p.changed = true
		}
		if reader == r.Reader {
			p.added.Same++
			return nil
		}
		for _, q := range []string{
			"INSERT OR IGNORE INTO dirty SELECT type, day FROM claim WHERE version = ? AND kind = 'event'",
			"INSERT OR IGNORE INTO touched SELECT event FROM event_claim WHERE claim IN (SELECT pk FROM claim WHERE version = ?)",
			"DELETE FROM event_claim WHERE claim IN (SELECT pk FROM claim WHERE version = ?)",
			"DELETE FROM speaks WHERE claim IN (SELECT pk FROM claim WHERE version = ?)",
			"DELETE FROM facts WHERE version = ?",
			"DELETE FROM sentence_words WHERE rowid IN (SELECT pk FROM claim WHERE version = ?)",
			"DELETE FROM party WHERE claim IN (SELECT pk FROM claim WHERE version = ?)",
			"DELETE FROM claim WHERE version = ?",
		} {
			if err := p.exec(q, pk); err != nil {
				return err
			}
		}
		if err := p.exec("UPDATE version SET reader = ?, coded = ?, sentences = ?, claims = ?, revision = ? WHERE pk = ?", r.Reader, r.Coded, r.Sentences, len(r.Claims), p.revision, pk); err != nil {
			return err
		}
		p.added.Reread++
	}
	p.changed = true
	if err := p.claims(r, pk); err != nil {
		return err
	}
	return p.facts(r, pk)
}

// facts keeps what the ledger needs of an article, and marks the blocks of its
// claims, in all versions: another may be the current one now.
func (p *putter) facts(r store.Reading, version int64) error {
	if r.Facts.Around != nil || r.Facts.Runs != nil || r.Facts.Credits != nil {
		credits, words, err := packFacts(r.Facts)
		if err != nil {
			return err
		}
		if err := p.exec("INSERT INTO facts (version, credits, words) VALUES (?,?,?)", version, credits, words); err != nil {
			return err
		}
	}
	return p.dirty(version)
}

// dirty marks the blocks of all versions of an article.
func (p *putter) dirty(version int64) error {
	return p.exec("INSERT OR IGNORE INTO dirty SELECT c.type, c.day FROM version v JOIN claim c ON c.version = v.pk WHERE v.grp = (SELECT grp FROM version WHERE pk = ?) AND c.kind = 'event'", version)
}

func (p *putter) newVersion(r store.Reading, digest string) (int64, error) {
	a := r.Article
	if a.SHA256 == "" {
		a.SHA256 = store.TextSHA256(a.Text)
	}
	extra := ""
	if len(a.Extra) > 0 {
		b, err := json.Marshal(a.Extra)
		if err != nil {
			return 0, err
		}
		extra = string(b)
	}
	grp, alone, err := p.join(a)
	if err != nil {
		return 0, err
	}
	from, to := seconds(a.Published)
	pk, err := p.insert(`INSERT INTO version (digest, grp, number, current, id, page, url, outlet, title, byline, published, published_from, published_to,
		lang, text, fetched, sha256, extra, reader, coded, sentences, claims, revision) VALUES (?,?,1,1,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		digest, grp, a.ID, store.Page(a.URL), a.URL, a.Outlet, a.Title, a.Byline, a.Published, from, to,
		string(a.Lang), a.Text, a.Fetched, a.SHA256, extra, r.Reader, r.Coded, r.Sentences, len(r.Claims), p.revision)
	if err != nil {
		return 0, err
	}
	if err := p.exec("INSERT INTO article_words (rowid, words) VALUES (?, ?)", pk, store.Words(p.fold, a.Title+"\n"+a.Text)); err != nil {
		return 0, err
	}
	if alone {
		_, fetched := seconds(a.Fetched)
		return pk, p.exec("UPDATE version SET known = ? WHERE pk = ?", first(to, fetched), pk)
	}
	if err := p.exec("INSERT INTO change (kind, id, into_id) VALUES ('revised', ?, '')", a.ID); err != nil {
		return 0, err
	}
	return pk, p.renumber(grp)
}

// join finds the article that this is a version of, by id and by page, and
// makes one of two that it ties together. alone says that there was none.
func (p *putter) join(a isnad.Article) (grp string, alone bool, err error) {
	st, err := p.prepare("SELECT DISTINCT grp FROM version WHERE id = ?1 UNION SELECT DISTINCT grp FROM version WHERE page = ?2 AND page <> ''")
	if err != nil {
		return "", false, err
	}
	rows, err := st.QueryContext(p.ctx, a.ID, store.Page(a.URL))
	if err != nil {
		return "", false, err
	}
	groups, err := collect(rows, func(r *sql.Rows) (g string, err error) { return g, r.Scan(&g) })
	if err != nil {
		return "", false, err
	}
	grp = slices.Min(append(groups, a.ID))
	for _, g := range groups {
		if g != grp {
			if err := p.exec("UPDATE version SET grp = ? WHERE grp = ?", grp, g); err != nil {
				return "", false, err
			}
			if err := p.exec("UPDATE OR REPLACE tombstone SET grp = ? WHERE grp = ?", grp, g); err != nil {
				return "", false, err
			}
		}
	}
	return grp, len(groups) == 0, nil
}

// renumber orders the versions of an article by what they say.
func (p *putter) renumber(grp string) error {
	st, err := p.prepare("SELECT pk, digest, published, fetched FROM version WHERE grp = ?")
	if err != nil {
		return err
	}
	type version struct {
		pk                 int64
		digest             string
		published, fetched *int64
	}
	rows, err := st.QueryContext(p.ctx, grp)
	if err != nil {
		return err
	}
	vs, err := collect(rows, func(r *sql.Rows) (v version, err error) {
		var published, fetched string
		err = r.Scan(&v.pk, &v.digest, &published, &fetched)
		_, v.published = seconds(published)
		_, v.fetched = seconds(fetched)
		return v, err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(vs, func(a, b version) int {
		return cmp.Or(compare(first(a.fetched, a.published), first(b.fetched, b.published)), compare(a.published, b.published), cmp.Compare(a.digest, b.digest))
	})
	for i, v := range vs {
		known := first(v.fetched, v.published)
		if i == 0 {
			known = first(v.published, v.fetched)
		}
		if err := p.exec("UPDATE version SET number = ?, current = ?, known = ?, revision = ? WHERE pk = ?", i+1, i == len(vs)-1, known, p.revision, v.pk); err != nil {
			return err
		}
	}
	// A withdrawn article stays so, whichever of its versions comes in again.
	return p.exec("UPDATE version SET current = 0, withdrawn = (SELECT withdrawn FROM tombstone t WHERE t.grp = version.grp) WHERE grp = ?1 AND EXISTS (SELECT 1 FROM tombstone WHERE grp = ?1)", grp)
}

func (p *putter) claims(r store.Reading, version int64) error {
	title, text := []rune(r.Article.Title), []rune(r.Article.Text)
	for _, c := range r.Claims {
		body, err := c.MarshalJSON()
		if err != nil {
			return err
		}
		field, runes := 1, text
		if c.Field == "title" {
			field, runes = 0, title
		}
		pk, err := p.insert("INSERT INTO claim (version, id, kind, type, stance, factuality, confidence, field, start, json, day) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
			version, c.ID, c.Kind, string(c.Type), string(c.Stance), string(c.Factuality), c.Confidence, field, c.Trigger.Start, string(body), isnad.Day(c.Published))
		if err != nil {
			return err
		}
		for _, side := range []struct {
			name   string
			actors []isnad.Actor
		}{{"a", c.Actor}, {"r", c.Recipient}, {"s", c.Speaker}} {
			for _, a := range side.actors {
				if err := p.exec("INSERT INTO party (code, side, claim, state) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET state = max(state, excluded.state)",
					string(a.Code), side.name, pk, store.StateRole(a)); err != nil {
					return err
				}
			}
		}
		sentence := string(runes[c.Sentence.Start:c.Sentence.End])
		if err := p.exec("INSERT INTO sentence_words (rowid, words) VALUES (?, ?)", pk, store.Words(p.fold, sentence)); err != nil {
			return err
		}
	}
	p.added.Claims += len(r.Claims)
	return nil
}
