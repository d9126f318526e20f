package serve

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"isnad"
	"isnad/internal/api"
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

// recordCache keeps the last few answers for as long as the store is the same:
// records are read out of all claims at once, which takes longer than a page may.
type recordCache struct {
	mu       sync.Mutex
	revision int64
	kept     map[api.Bounds]*api.Records
	order    []api.Bounds
}

const cachedRecords = 4

// recordsOf answers for a time; the bounds are those of the command line.
func (s *Server) recordsOf(r *request) (*api.Records, error) {
	return s.recordsWithin(r, api.Bounds{AsOf: r.text("as-of"), Since: r.text("since"), Until: r.text("until")})
}

func (s *Server) recordsWithin(ctx context.Context, b api.Bounds) (*api.Records, error) {
	if s.Ledger == nil {
		return nil, fmt.Errorf("no ledger: %w", store.ErrNotFound)
	}
	if err := (store.Query{Since: b.Since, Until: b.Until, AsOf: b.AsOf}).Check(); err != nil {
		return nil, err
	}
	revision, err := s.Store.Revision(ctx)
	if err != nil {
		return nil, err
	}
	c := &s.records
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || c.revision != revision {
		c.kept, c.order, c.revision = map[api.Bounds]*api.Records{}, nil, revision
	}
	if out := c.kept[b]; out != nil {
		return out, nil
	}
	all, err := s.entries(ctx, b)
	if err != nil {
		return nil, err
	}
	out := &api.Records{Agreements: s.Ledger.Agreements(all), Obligations: s.Ledger.Obligations(all)}
	of := map[string]string{} // obligation → agreement
	for _, a := range out.Agreements {
		for _, o := range a.Obligations {
			of[o.ID] = a.ID
		}
	}
	for i := range out.Obligations {
		out.Obligations[i].Agreement = of[out.Obligations[i].ID]
	}
	aid, err := s.aid(ctx, b, all)
	if err != nil {
		return nil, err
	}
	out.Transfers = s.Ledger.Transfers(aid, all)
	if len(c.order) == cachedRecords {
		delete(c.kept, c.order[0])
		c.order = c.order[1:]
	}
	c.kept[b], c.order = out, append(c.order, b)
	return out, nil
}

// aid are the events that transfers are read out of: as the store has them
// linked, or linked anew where other claims are asked for.
func (s *Server) aid(ctx context.Context, b api.Bounds, all []isnad.Entry) ([]isnad.Event, error) {
	if b != (api.Bounds{}) {
		return s.Ledger.Events(slices.DeleteFunc(slices.Clone(all), func(e isnad.Entry) bool { return e.Claim.Type != "AID" })), nil
	}
	var out []isnad.Event
	for e, err := range s.Store.Events(ctx, store.EventQuery{Type: []isnad.Type{"AID"}}) {
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// entries are the claims of a time as a ledger takes them.
func (s *Server) entries(ctx context.Context, b api.Bounds) ([]isnad.Entry, error) {
	var out []isnad.Entry
	for x, err := range s.Store.Entries(ctx, b.AsOf) {
		if err != nil {
			return nil, err
		}
		if store.Within(x.Claim.Published, b.Since, b.Until) {
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
