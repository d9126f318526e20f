package sqlite

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"isnad"
	"isnad/internal/store"
)

// Link implements store.Store. Blocks are taken up oldest first, type by type. A
// block that comes out otherwise than before makes those of the next days dirty,
// as far as an event is open: they were linked to what it held.
func (s *Store) Link(ctx context.Context, l store.Ledger) (store.Linked, error) {
	var done store.Linked
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		k := &linking{putter: putter{ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}}, ledger: l, affected: map[string]bool{}, versions: map[int64]bool{}}
		if err := k.run(); err != nil {
			return err
		}
		done = k.done
		if done == (store.Linked{}) {
			return nil
		}
		return k.exec("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
	})
	if err != nil {
		return store.Linked{}, fmt.Errorf("link in store %s: %w; nothing was linked", s.path, err)
	}
	return done, nil
}

// Unlinked implements store.Store.
func (s *Store) Unlinked(ctx context.Context) (n int, err error) {
	if err = s.read.QueryRowContext(ctx, "SELECT count(*) FROM dirty").Scan(&n); err != nil {
		err = fmt.Errorf("count what waits to be linked in store %s: %w", s.path, err)
	}
	return n, err
}

// linking is one Link at work.
type linking struct {
	putter
	ledger   store.Ledger
	done     store.Linked
	affected map[string]bool  // events that may be otherwise now
	versions map[int64]bool   // articles whose claims were linked: what speaks of what is read from them
	kept     map[int64]member // claims read already
	texts    map[int64]*isnad.Facts
}

// member is a claim in the ledger.
type member struct {
	pk, version int64
	day         int
	body        [sha256.Size]byte // of the row as it is kept
	isnad.Entry
}

func (k *linking) run() error {
	var name string
	if err := k.tx.QueryRowContext(k.ctx, "SELECT value FROM meta WHERE key = 'ledger'").Scan(&name); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if name != k.ledger.Name() {
		for _, q := range []string{
			"INSERT OR IGNORE INTO dirty SELECT DISTINCT type, day FROM claim WHERE kind = 'event'",
			"DELETE FROM block",
		} {
			if err := k.exec(q); err != nil {
				return err
			}
		}
		if err := k.exec("INSERT OR REPLACE INTO meta VALUES ('ledger', ?)", k.ledger.Name()); err != nil {
			return err
		}
	}
	dirty := map[string]map[int]bool{}
	blocks, err := rows(&k.putter, func(r *sql.Rows) (b block, err error) { return b, r.Scan(&b.typ, &b.day) }, "SELECT type, day FROM dirty")
	if err != nil {
		return err
	}
	for _, b := range blocks {
		if dirty[b.typ] == nil {
			dirty[b.typ] = map[int]bool{}
		}
		dirty[b.typ][b.day] = true
	}
	touched, err := rows(&k.putter, scanString, "SELECT event FROM touched")
	if err != nil {
		return err
	}
	for _, e := range touched {
		k.affected[e] = true
	}
	k.texts, k.kept = map[int64]*isnad.Facts{}, map[int64]member{}
	for _, typ := range slices.Sorted(maps.Keys(dirty)) {
		k.forget()
		days := dirty[typ]
		for len(days) > 0 {
			day := slices.Min(slices.Collect(maps.Keys(days)))
			delete(days, day)
			changed, err := k.block(block{typ, day})
			if err != nil {
				return err
			}
			if changed && day != 0 {
				for next := day + 1; next <= day+k.ledger.Window(); next++ {
					days[next] = true
				}
			}
		}
	}
	if err := k.events(); err != nil {
		return err
	}
	if err := k.speaks(); err != nil {
		return err
	}
	for _, q := range []string{"DELETE FROM dirty", "DELETE FROM touched"} {
		if err := k.exec(q); err != nil {
			return err
		}
	}
	if d := k.done; d.Made+d.Changed+d.Gone > 0 { // who keeps answers by revision asks again
		return k.exec("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
	}
	return nil
}

// block is what is linked in one go.
type block struct {
	typ string
	day int
}

// block links one block and says whether it came out otherwise than before.
func (k *linking) block(b block) (changed bool, err error) {
	current, err := k.members("SELECT c.pk FROM claim c JOIN version v ON v.pk = c.version WHERE c.type = ? AND c.day = ? AND c.kind = 'event' AND v.current = 1 AND c.id NOT IN (SELECT claim FROM left_out)", b.typ, b.day)
	if err != nil {
		return false, err
	}
	before, err := rows(&k.putter, scanString, "SELECT DISTINCT e.event FROM claim c JOIN event_claim e ON e.claim = c.pk WHERE c.type = ? AND c.day = ? AND c.kind = 'event'", b.typ, b.day)
	if err != nil {
		return false, err
	}
	if len(current)+len(before) == 0 {
		return false, nil // a day of which nothing is kept
	}
	k.done.Blocks++
	for _, id := range before {
		k.affected[id] = true
	}
	if err := k.exec("DELETE FROM event_claim WHERE claim IN (SELECT pk FROM claim WHERE type = ? AND day = ? AND kind = 'event')", b.typ, b.day); err != nil {
		return false, err
	}
	var open [][]isnad.Entry
	var ids []string
	if len(current) > 0 && b.day != 0 {
		if ids, open, err = k.open(b); err != nil {
			return false, err
		}
	}
	of := map[string]member{}
	fresh := make([]isnad.Entry, len(current))
	for i, m := range current {
		fresh[i], of[m.Claim.ID] = m.Entry, m
		k.versions[m.version] = true
	}
	added, made := k.ledger.Step(open, fresh)
	print := sha256.New()
	put := func(event string, es []isnad.Entry) error {
		k.affected[event] = true
		for _, e := range es {
			m := of[e.Claim.ID]
			fmt.Fprintf(print, "%s %x\n", event, m.body)
			if err := k.exec("INSERT INTO event_claim (claim, event) VALUES (?,?)", m.pk, event); err != nil {
				return err
			}
		}
		return nil
	}
	for i, es := range added {
		if len(es) > 0 {
			if err := put(ids[i], es); err != nil {
				return false, err
			}
		}
	}
	if err := k.exec("DELETE FROM event WHERE type = ? AND day = ? AND json = ''", b.typ, b.day); err != nil {
		return false, err
	}
	for _, es := range made {
		id := "e" + trimClaim(es[0].Claim.ID)
		// The row stands from now on, so that the blocks after this one find it.
		if err := k.exec("INSERT INTO event (id, type, day, status, published, article, json) VALUES (?,?,?,'',?,?,'') ON CONFLICT DO NOTHING", id, b.typ, b.day, es[0].Claim.Published, es[0].Claim.Article); err != nil {
			return false, err
		}
		if err := put(id, es); err != nil {
			return false, err
		}
	}
	now := hex.EncodeToString(print.Sum(nil)[:16])
	var was string
	if err := k.tx.QueryRowContext(k.ctx, "SELECT print FROM block WHERE type = ? AND day = ?", b.typ, b.day).Scan(&was); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if now == was {
		return false, nil
	}
	return true, k.exec("INSERT OR REPLACE INTO block (type, day, print) VALUES (?,?,?)", b.typ, b.day, now)
}

// open gathers the events that are open on a day, with the claims that they had
// before it, in the order of events.
func (k *linking) open(b block) (ids []string, events [][]isnad.Entry, err error) {
	type row struct {
		event string
		claim int64
	}
	rs, err := rows(&k.putter, func(r *sql.Rows) (x row, err error) { return x, r.Scan(&x.event, &x.claim) },
		`SELECT e.id, ec.claim FROM event e JOIN event_claim ec ON ec.event = e.id JOIN claim c ON c.pk = ec.claim
		WHERE e.type = ? AND e.day >= ? AND e.day < ? AND e.day <> 0 AND c.day < ? ORDER BY e.published, e.article, e.id`, b.typ, b.day-k.ledger.Window(), b.day, b.day)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rs {
		m, err := k.member(r.claim)
		if err != nil {
			return nil, nil, err
		}
		if n := len(ids); n == 0 || ids[n-1] != r.event {
			ids, events = append(ids, r.event), append(events, nil)
		}
		events[len(events)-1] = append(events[len(events)-1], m.Entry)
	}
	// An event whose first claim is gone is none until its block is linked; that
	// was before, so what is left here has one.
	return ids, events, nil
}

// events makes anew what may be otherwise now, and writes what changed into the
// feed.
func (k *linking) events() error {
	for _, id := range slices.Sorted(maps.Keys(k.affected)) {
		var was string
		if err := k.tx.QueryRowContext(k.ctx, "SELECT json FROM event WHERE id = ?", id).Scan(&was); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		ms, err := k.members("SELECT claim FROM event_claim WHERE event = ?", id)
		if err != nil {
			return err
		}
		k.forget()
		if len(ms) == 0 {
			if err := k.gone(id, was); err != nil {
				return err
			}
			continue
		}
		es := make([]isnad.Entry, len(ms))
		for i, m := range ms {
			es[i] = m.Entry
		}
		e := k.ledger.Event(es)
		body, err := e.MarshalJSON()
		if err != nil {
			return err
		}
		if string(body) == was {
			continue
		}
		first := e.Claims[0]
		if err := k.exec("INSERT OR REPLACE INTO event (id, type, day, status, published, article, json) VALUES (?,?,?,?,?,?,?)",
			id, string(e.Type), isnad.Day(first.Published), string(e.Status), first.Published, first.Article, string(body)); err != nil {
			return err
		}
		kind := "changed"
		if was == "" {
			kind = "made"
			k.done.Made++
			if err := k.exec("DELETE FROM alias WHERE id = ?", id); err != nil {
				return err
			}
		} else {
			k.done.Changed++
		}
		if err := k.exec("INSERT INTO change (kind, id, into_id) VALUES (?,?,'')", kind, id); err != nil {
			return err
		}
	}
	return nil
}

// gone takes an event away. Its id leads from now on to the event that holds most
// of the claims that it had.
func (k *linking) gone(id, was string) error {
	if err := k.exec("DELETE FROM event WHERE id = ?", id); err != nil {
		return err
	}
	if was == "" {
		return nil
	}
	k.done.Gone++
	var e isnad.Event
	if err := json.Unmarshal([]byte(was), &e); err != nil {
		return err
	}
	count := map[string]int{}
	for _, c := range e.Claims {
		in, err := rows(&k.putter, scanString, "SELECT e.event FROM claim c JOIN event_claim e ON e.claim = c.pk WHERE c.id = ?", c.ID)
		if err != nil {
			return err
		}
		for _, x := range in {
			count[x]++
		}
	}
	into := ""
	for _, x := range slices.Sorted(maps.Keys(count)) {
		if into == "" || count[x] > count[into] {
			into = x
		}
	}
	if into != "" {
		if err := k.exec("INSERT OR REPLACE INTO alias (id, event) VALUES (?,?)", id, into); err != nil {
			return err
		}
		if err := k.exec("UPDATE alias SET event = ? WHERE event = ?", into, id); err != nil {
			return err
		}
	}
	return k.exec("INSERT INTO change (kind, id, into_id) VALUES ('gone',?,?)", id, into)
}

// speaks notes which claims speak of which, article by article: links between
// events follow from it.
func (k *linking) speaks() error {
	for _, v := range slices.Sorted(maps.Keys(k.versions)) {
		var known int
		if err := k.tx.QueryRowContext(k.ctx, "SELECT count(*) FROM speaks WHERE claim IN (SELECT pk FROM claim WHERE version = ?)", v).Scan(&known); err != nil {
			return err
		}
		if known > 0 {
			continue
		}
		ms, err := k.members("SELECT pk FROM claim WHERE version = ? AND kind = 'event'", v)
		if err != nil {
			return err
		}
		for _, a := range ms {
			for _, b := range ms {
				if kind := k.ledger.Speaks(a.Claim, b.Claim); kind != "" && a.pk != b.pk {
					if err := k.exec("INSERT INTO speaks (claim, of, kind) VALUES (?,?,?)", a.pk, b.pk, string(kind)); err != nil {
						return err
					}
				}
			}
		}
		k.forget()
	}
	return nil
}

// forget lets go of claims that were read, where they have become many. A claim is
// asked for with its block, with its event and with its article; July 2015 has
// 23,000 and reads each once.
func (k *linking) forget() {
	if len(k.kept) > 50_000 {
		k.kept = map[int64]member{}
	}
}

// members reads the claims that a query lists, in the order of their ids.
func (k *linking) members(query string, args ...any) ([]member, error) {
	pks, err := rows(&k.putter, func(r *sql.Rows) (pk int64, err error) { return pk, r.Scan(&pk) }, query, args...)
	if err != nil {
		return nil, err
	}
	ms := make([]member, len(pks))
	for i, pk := range pks {
		if ms[i], err = k.member(pk); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(ms, func(a, b member) int { return cmp.Or(cmp.Compare(a.Claim.ID, b.Claim.ID), cmp.Compare(a.pk, b.pk)) })
	return ms, nil
}

func (k *linking) member(pk int64) (member, error) {
	if m, ok := k.kept[pk]; ok {
		return m, nil
	}
	m := member{pk: pk}
	st, err := k.prepare("SELECT c.version, c.day, c.json, v.url FROM claim c JOIN version v ON v.pk = c.version WHERE c.pk = ?")
	if err != nil {
		return m, err
	}
	var body []byte
	if err := st.QueryRowContext(k.ctx, pk).Scan(&m.version, &m.day, &body, &m.URL); err != nil {
		return m, err
	}
	m.body = sha256.Sum256(body)
	if err := json.Unmarshal(body, &m.Claim); err != nil {
		return m, err
	}
	if m.Facts, err = k.text(m.version, m.Claim.Article); err != nil {
		return m, err
	}
	k.kept[pk] = m
	return m, nil
}

// text reads the facts of a version; one that has none has empty ones.
func (k *linking) text(version int64, article string) (*isnad.Facts, error) {
	if f := k.texts[version]; f != nil {
		return f, nil
	}
	if len(k.texts) > 20_000 {
		k.texts = map[int64]*isnad.Facts{}
	}
	st, err := k.prepare("SELECT credits, words FROM facts WHERE version = ?")
	if err != nil {
		return nil, err
	}
	var credits string
	var words []byte
	f := &isnad.Facts{Article: article}
	switch err := st.QueryRowContext(k.ctx, version).Scan(&credits, &words); {
	case err == nil:
		if f, err = unpackFacts(article, credits, words); err != nil {
			return nil, fmt.Errorf("article %s: %w", article, err)
		}
	case !errors.Is(err, sql.ErrNoRows):
		return nil, err
	}
	k.texts[version] = f
	return f, nil
}

// rows gathers a query inside the transaction.
func rows[T any](p *putter, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	st, err := p.prepare(query)
	if err != nil {
		return nil, err
	}
	rs, err := st.QueryContext(p.ctx, args...)
	if err != nil {
		return nil, err
	}
	return collect(rs, scan)
}
