package serve

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/store"
)

// drawnCache keeps the events of the last few questions that a drawing was made
// for, as long as the store is the same: whoever moves about in a map asks the
// same question again and again.
type drawnCache struct {
	mu       sync.Mutex
	revision int64
	kept     map[string][]isnad.Event
	order    []string
}

const cachedDrawn = 6

// drawn answers with all events of a question, the last reported first. Of their
// claims only the first is kept, and nothing of what is contested.
func (s *Server) drawn(r *request) ([]isnad.Event, error) {
	q, err := r.eventQuery()
	if err != nil {
		return nil, err
	}
	q.Newest = true
	asOf := r.text("as-of")
	key, err := json.Marshal([]any{q, asOf})
	if err != nil {
		return nil, err
	}
	revision, err := s.Store.Revision(r)
	if err != nil {
		return nil, err
	}
	c := &s.drawnEvents
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || c.revision != revision {
		c.kept, c.order, c.revision = map[string][]isnad.Event{}, nil, revision
	}
	if out, ok := c.kept[string(key)]; ok {
		return out, nil
	}
	all := s.Store.Events(r, q)
	if asOf != "" {
		if all, err = s.eventsAsOf(r, q, asOf); err != nil {
			return nil, err
		}
	}
	var out []isnad.Event
	for e, err := range all {
		if err != nil {
			return nil, err
		}
		e.Claims, e.Contested, e.Links = slices.Clone(e.Claims[:1]), nil, nil
		out = append(out, e)
	}
	if len(c.order) == cachedDrawn {
		delete(c.kept, c.order[0])
		c.order = c.order[1:]
	}
	c.kept[string(key)], c.order = out, append(c.order, string(key))
	return out, nil
}

// drawnPage is what all drawings have: the filters, and which page they filter.
type drawnPage struct {
	Path     string // "/map"
	Filtered bool
	Empty    bool // there is nothing to draw
	Types    []isnad.Type
	Stances  []isnad.Stance
	Statuses []isnad.Status
	Keep     []kept // what the form keeps of the address
}

// kept is a parameter of the drawing that its filters leave as it is.
type kept struct{ Name, Value string }

// drawing begins the page of a drawing. Parameters named in keep are no filters.
func (r *request) drawing(path string, keep ...string) drawnPage {
	p := drawnPage{Path: path, Types: isnad.Types, Stances: isnad.Stances, Statuses: isnad.Statuses}
	filters := url.Values{}
	for name, v := range r.values {
		if !slices.Contains(keep, name) {
			filters[name] = v
		} else if len(v) > 0 && v[0] != "" {
			p.Keep = append(p.Keep, kept{name, v[0]})
		}
	}
	slices.SortFunc(p.Keep, func(a, b kept) int { return strings.Compare(a.Name, b.Name) })
	p.Filtered = (&params{values: filters}).filtered()
	return p
}

// Elsewhere is the address of another drawing of the same events.
func (v view) Elsewhere(path string) string {
	q := url.Values{}
	for name, values := range v.URL.Query() {
		if !slices.Contains(ofDrawings, name) {
			q[name] = values
		}
	}
	u := url.URL{Path: path, RawQuery: q.Encode()}
	return u.String()
}

// ofDrawings are the parameters that mean something to one drawing only.
var ofDrawings = []string{"format", "after", "limit", "view", "wide", "place", "borders", "from", "to", "day", "lane", "line", "edge", "state"}

// Others are the parameters of this page's address but one, for a form that sets that.
func (v view) Others(name string) map[string]string {
	out := map[string]string{}
	for n, values := range v.URL.Query() {
		if n != name && n != "format" && len(values) > 0 {
			out[n] = strings.Join(values, ",")
		}
	}
	return out
}

// Without is this page's address without some parameters.
func (v view) Without(names ...string) string {
	p := params{values: v.URL.Query()}
	for _, n := range names {
		p.values.Del(n)
	}
	return p.link(v.URL.Path)
}

// NetLines are the lines of the network, for a legend.
func (v view) NetLines() []escalation.Line { return netLines }

// Statuses are all that an event can have, for their shapes.
func (v view) Statuses() []isnad.Status { return isnad.Statuses }

// Families are the kinds of events, for a legend.
func (v view) Families() []family { return families[:4] }

// link is an address of this page with some parameters changed, given as names
// and values; "" takes one out.
func (p *params) link(path string, pairs ...string) string {
	q := url.Values{}
	for name, v := range p.values {
		if !slices.Contains([]string{"format", "part", "after", "limit"}, name) {
			q[name] = v
		}
	}
	for pair := range slices.Chunk(pairs, 2) {
		q.Del(pair[0])
		if pair[1] != "" {
			q.Set(pair[0], pair[1])
		}
	}
	u := url.URL{Path: path, RawQuery: q.Encode()}
	return u.String()
}

// wide is the width that a drawing is made for, in pixels of a screen.
func (p *params) wide() int {
	n, err := strconv.Atoi(p.text("wide"))
	if err != nil {
		return 840
	}
	return min(max(n, 300), 1600)
}

// shownEvents is how many events the list beside a drawing shows.
const shownEvents = 30

// lines puts the first events of a list into words, and says how many are left out.
func (n namer) lines(es []isnad.Event, most int) (out []eventView, more int) {
	for i, e := range es {
		if i == most {
			return out, len(es) - most
		}
		out = append(out, n.event(e))
	}
	return out, 0
}

// eventFamily is the family of an event.
func eventFamily(e isnad.Event) family { return familyOf(isnad.Claim{Type: e.Type}) }

// reported is the day of an event's first report, since 1970; 0 where unknown.
func reported(e isnad.Event) int { return isnad.Day(e.Claims[0].Published) }

// unknown rejects a parameter that names nothing.
func unknown(name, value, remedy string) error {
	return &badParam{name, value, remedy}
}

// badParam is a parameter that cannot be answered.
type badParam struct{ name, value, remedy string }

func (e *badParam) Error() string { return e.name + " " + strconv.Quote(e.value) + ": " + e.remedy }
func (e *badParam) Unwrap() error { return store.ErrInvalid }
