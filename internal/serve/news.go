package serve

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/store"
)

// newsCache keeps the news of the last few days asked for, for as long as the store is
// the same: a day of 2,000 new events takes longer to tell than a page may.
type newsCache struct {
	mu       sync.Mutex
	revision int64
	kept     map[newsKey]*toldNews
}

type newsKey struct {
	from, to int
	lang     isnad.Lang
}

type toldNews struct {
	page todayPage
	data todayData
}

const cachedNews = 16

// of returns a copy of the news of some days, to which feeds may be added.
func (c *newsCache) of(r *request, s *Server, from, to, last int) (*todayPage, todayData, error) {
	revision, err := s.Store.Revision(r)
	if err != nil {
		return nil, todayData{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || c.revision != revision || len(c.kept) >= cachedNews {
		c.kept, c.revision = map[newsKey]*toldNews{}, revision
	}
	key := newsKey{from, to, r.Lang}
	if c.kept[key] == nil {
		p, data := todayPage{}, noNews()
		p.bounds(from, to, last)
		if err := s.tell(r, &p, &data); err != nil {
			return nil, data, err
		}
		c.kept[key] = &toldNews{p, data}
	}
	p, data := c.kept[key].page, c.kept[key].data
	return &p, data, nil
}

// tell fills in all that follows from the store, feeds aside.
func (s *Server) tell(r *request, p *todayPage, data *todayData) error {
	data.Since, data.Until = p.Since, p.Until
	count, err := s.Store.Search(r, store.SearchQuery{Since: p.Since, Until: p.Until})
	if err != nil {
		return err
	}
	p.Articles, data.Articles = count.Total, count.Total
	if err := s.newsOf(r, p, data); err != nil {
		return err
	}
	if len(p.Opened) == 0 {
		for e, err := range s.Store.Events(r, store.EventQuery{Status: []isnad.Status{isnad.Disputed}, Newest: true, Limit: 3}) {
			if err != nil {
				return err
			}
			p.Disputed = append(p.Disputed, namer{r.Lang, s.Lexicon}.event(e))
		}
	}
	return s.changedOf(r, p, data)
}

// newsOf tells the events that the days changed.
func (s *Server) newsOf(r *request, p *todayPage, data *todayData) error {
	n := namer{r.Lang, s.Lexicon}
	var fresh, firm []isnad.Event
	for e, err := range s.Store.Events(r, store.EventQuery{Since: p.Since, Until: p.Until}) {
		if err != nil {
			return err
		}
		is := p.within(e.Claims[0].Published)
		switch {
		case is:
			fresh = append(fresh, e)
		case p.within(e.StatusSince) && (e.Status == isnad.Confirmed || e.Status == isnad.Corroborated):
			firm = append(firm, e)
		}
		if err := s.disputesOf(r, n, e, p, data); err != nil {
			return err
		}
		n.revisionsOf(e, p, data)
	}
	weight := func(a, b isnad.Event) int {
		return cmp.Or(cmp.Compare(b.Origins, a.Origins), cmp.Compare(b.Outlets, a.Outlets), store.CompareEvents(b, a))
	}
	slices.SortFunc(fresh, weight)
	slices.SortFunc(firm, weight)
	p.NewTotal = len(fresh)
	data.New, data.Firm = append(data.New, fresh...), append(data.Firm, firm...)
	for _, e := range fresh[:min(newShown, len(fresh))] {
		v, err := s.opened(r, n, e)
		if err != nil {
			return err
		}
		p.New = append(p.New, v)
	}
	p.OpenedTotal, p.ClosedTotal, p.RevisedTotal, p.FirmTotal = len(p.Opened), len(p.Closed), len(p.Revised), len(firm)
	p.Opened, p.Closed, p.Revised = p.Opened[:min(listShown, len(p.Opened))], p.Closed[:min(listShown, len(p.Closed))], p.Revised[:min(listShown, len(p.Revised))]
	for _, e := range firm[:min(listShown, len(firm))] {
		p.Firm = append(p.Firm, n.event(e))
	}
	return nil
}

// disputesOf replays an event that is both asserted and denied, and tells the turns
// into a dispute and out of one that lie in the days.
func (s *Server) disputesOf(r *request, n namer, e isnad.Event, p *todayPage, data *todayData) error {
	if !slices.ContainsFunc(e.Claims, contradicts) || !slices.ContainsFunc(e.Claims, func(c isnad.EventClaim) bool { return !contradicts(c) }) {
		return nil
	}
	said, full := map[string]*saidView{}, map[string]isnad.Claim{}
	for i, c := range e.Claims {
		var err error
		if said[c.ID], full[c.ID], err = s.said(r, n, c.ID, i); err != nil {
			return err
		}
	}
	var was isnad.Status
	for _, t := range s.history(n, e, full, said) {
		if p.within(t.On) {
			x := disputeView{eventView: n.event(e), On: t.On, Was: was, By: t.Said}
			x.Status = t.Status
			d := turnData{Event: e.ID, On: t.On, Before: was, Status: t.Status}
			if t.Said != nil {
				d.Claim = t.Said.Claims[0].ID
			}
			switch {
			case t.Status == isnad.Disputed:
				p.Opened, data.Opened = append(p.Opened, x), append(data.Opened, d)
			case was == isnad.Disputed:
				p.Closed, data.Closed = append(p.Closed, x), append(data.Closed, d)
			}
		}
		was = t.Status
	}
	return nil
}

// revisionsOf tells the figures of an event that their speakers gave otherwise before,
// in another article: two figures in one text are two figures.
func (n namer) revisionsOf(e isnad.Event, p *todayPage, data *todayData) {
	for _, c := range e.Contested {
		if !slices.ContainsFunc(c.Values, func(v isnad.Value) bool { return v.Revises && p.within(v.Published) }) {
			continue
		}
		for _, table := range n.contested(c, nil) {
			for i, row := range table.Rows {
				now := voiceOf(e, row)
				if !row.Revises || row.Value == "" || !p.within(row.Published) {
					continue
				}
				before := ""
				for _, o := range table.Rows[:i] {
					if then := voiceOf(e, o); then.name == now.name && then.article != now.article && o.Value != row.Value {
						before = o.Value
					}
				}
				if before == "" {
					continue
				}
				x := revisionView{eventView: n.event(e), What: table.What, Who: row.Who, Before: before, Now: row}
				if now.outlet {
					x.Outlet = now.name
				}
				p.Revised = append(p.Revised, x)
				data.Revised = append(data.Revised, revisedData{e.ID, c.What, now.claim, before, row.Value})
			}
		}
	}
}

// giver is who gives a value: the codes of its speaker, or the outlet that tells it
// in its own voice; with where it does.
type giver struct {
	name           string
	outlet         bool
	article, claim string
}

func voiceOf(e isnad.Event, row valueView) giver {
	for _, c := range e.Claims {
		switch {
		case claimLink(c.ID) != row.Link:
		case len(c.Speaker) == 0:
			return giver{c.Outlet, true, c.Article, c.ID}
		default:
			return giver{fmt.Sprint(c.Speaker), false, c.Article, c.ID}
		}
	}
	return giver{}
}

// changedOf tells what outlets changed or took back.
func (s *Server) changedOf(r *request, p *todayPage, data *todayData) error {
	for v, err := range s.Store.Articles(r, store.ArticleQuery{Revised: p.Since, Newest: true}) {
		if err != nil {
			return err
		}
		if !p.within(v.Known) {
			continue
		}
		p.Versions = append(p.Versions, changedView{quoted(v.Title, v.Lang), v.Outlet, v.Known, differenceLink(v.ID, v.Number-1, v.Number)})
		data.Versions = append(data.Versions, api.NewArticle(v))
	}
	stones, err := s.Store.Tombstones(r)
	if err != nil {
		return err
	}
	for _, t := range stones {
		if p.within(t.Withdrawn) {
			p.Withdrawn, data.Withdrawn = append(p.Withdrawn, t), append(data.Withdrawn, withdrawnData(t))
		}
	}
	return nil
}
