package serve

import (
	"fmt"
	"slices"
	"sync"

	"isnad"
	"isnad/internal/store"
)

// Ledger is what the pages ask besides the store: the records that are read out
// of all claims, and the events of what was known at a time. Implemented in
// cmd/isnad over internal/ledger, which this package does not see.
type Ledger interface {
	store.Ledger
	Agreements([]isnad.Entry) []isnad.Agreement
	Obligations([]isnad.Entry) []isnad.Obligation
	Transfers([]isnad.Event, []isnad.Entry) []isnad.Transfer
}

// records are what the ledger reads out of the claims of a time.
type records struct {
	agreements  []isnad.Agreement
	obligations []isnad.Obligation
	transfers   []isnad.Transfer
}

// recordCache keeps the last few answers for as long as the store is the same:
// records are read out of all claims at once, which takes longer than a page may.
type recordCache struct {
	mu       sync.Mutex
	revision int64
	kept     map[bounds]*records
	order    []bounds
}

// bounds are the times between which claims are asked for.
type bounds struct{ asOf, since, until string }

const cachedRecords = 4

// records answers for a time; the bounds are those of the command line: of what
// was told from since until until, as it was known then.
func (s *Server) recordsOf(r *request) (*records, error) {
	if s.Ledger == nil {
		return nil, fmt.Errorf("no ledger: %w", store.ErrNotFound)
	}
	b := bounds{r.text("as-of"), r.text("since"), r.text("until")}
	if err := (store.Query{Since: b.since, Until: b.until, AsOf: b.asOf}).Check(); err != nil {
		return nil, err
	}
	revision, err := s.Store.Revision(r)
	if err != nil {
		return nil, err
	}
	c := &s.records
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || c.revision != revision {
		c.kept, c.order, c.revision = map[bounds]*records{}, nil, revision
	}
	if out := c.kept[b]; out != nil {
		return out, nil
	}
	all, err := s.entries(r, b)
	if err != nil {
		return nil, err
	}
	out := &records{agreements: s.Ledger.Agreements(all), obligations: s.Ledger.Obligations(all)}
	of := map[string]string{} // obligation → agreement
	for _, a := range out.agreements {
		for _, o := range a.Obligations {
			of[o.ID] = a.ID
		}
	}
	for i := range out.obligations {
		out.obligations[i].Agreement = of[out.obligations[i].ID]
	}
	aid, err := s.aid(r, b, all)
	if err != nil {
		return nil, err
	}
	out.transfers = s.Ledger.Transfers(aid, all)
	if len(c.order) == cachedRecords {
		delete(c.kept, c.order[0])
		c.order = c.order[1:]
	}
	c.kept[b], c.order = out, append(c.order, b)
	return out, nil
}

// aid are the events that transfers are read out of: as the store has them
// linked, or linked anew where other claims are asked for.
func (s *Server) aid(r *request, b bounds, all []isnad.Entry) ([]isnad.Event, error) {
	if b != (bounds{}) {
		return s.Ledger.Events(slices.DeleteFunc(slices.Clone(all), func(e isnad.Entry) bool { return e.Claim.Type != "AID" })), nil
	}
	var out []isnad.Event
	for e, err := range s.Store.Events(r, store.EventQuery{Type: []isnad.Type{"AID"}}) {
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// entries are the claims of a time as a ledger takes them.
func (s *Server) entries(r *request, b bounds) ([]isnad.Entry, error) {
	var out []isnad.Entry
	for x, err := range s.Store.Entries(r, b.asOf) {
		if err != nil {
			return nil, err
		}
		if store.Within(x.Claim.Published, b.since, b.until) {
			out = append(out, x)
		}
	}
	return out, nil
}

// parties says whether a record between two sides answers ?party= and ?dyad=.
func (p *params) parties(from, to []isnad.Code) bool {
	all := slices.Concat(from, to)
	for _, c := range upper[isnad.Code](p, "party") {
		if !slices.Contains(all, c) {
			return false
		}
	}
	s := p.text("dyad")
	if s == "" {
		return true
	}
	d, err := store.ParseDyad(s)
	if err != nil {
		p.fail(err)
		return false
	}
	way := func(a, b isnad.Code) bool { return slices.Contains(from, a) && slices.Contains(to, b) }
	return way(d.From, d.To) || d.Either && way(d.To, d.From)
}
