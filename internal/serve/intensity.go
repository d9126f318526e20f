package serve

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/intensity"
	"isnad/internal/store"
)

// series is what the store's events say, gathered once for each revision of it.
type series struct {
	mu       sync.Mutex
	method   *escalation.Method
	revision int64
	known    *escalation.Known
}

// gathered returns the method and what is known now.
func (s *Server) gathered(ctx context.Context) (*escalation.Method, *escalation.Known, error) {
	c := &s.series
	c.mu.Lock()
	defer c.mu.Unlock()
	revision, err := s.Store.Revision(ctx)
	if err != nil {
		return nil, nil, err
	}
	if c.known != nil && c.revision == revision {
		return c.method, c.known, nil
	}
	m, err := intensity.Load(s.Lexicon)
	if err != nil {
		return nil, nil, err
	}
	k, err := intensity.Gather(ctx, s.Store, "", s.Store.Events(ctx, store.EventQuery{}))
	if err != nil {
		return nil, nil, err
	}
	c.method, c.known, c.revision = m, &k, revision
	return c.method, c.known, nil
}

// intensityPage is the series of one scope: three charts, the ladder, and the
// events with their sentences.
type intensityPage struct {
	Name     string
	Scope    string
	Back     string // link to the opposite dyad
	From, To string
	Standing *escalation.Standing
	Rungs    []rungView // highest first
	Charts   []chart
	Moved    []happeningView // heaviest events of the span, first what moved it most
	Dyads    []dyadLink      // on the world's page: the dyads with most, first
	Empty    bool
}

type rungView struct {
	Name string
	Here bool
}

// happeningView is an event with its first sentence.
type happeningView struct {
	escalation.Contribution
	Name     string
	Type     isnad.Type
	Status   isnad.Status
	Day      string
	Claims   int
	Claim    string // link to its first claim
	Sentence quote
}

type dyadLink struct {
	Name, Link string
	Acts       escalation.Points
	Words      escalation.Points
	Rung       string
}

// daysShown is how long a span is without --since: four months.
const daysShown = 120

// intensity answers with the series of a scope; without one, of the world.
func (s *Server) intensity(r *request) (answer, error) {
	m, k, err := s.gathered(r)
	if err != nil {
		return answer{}, err
	}
	scope, err := m.ParseScope(cmp.Or(r.id, "world"))
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", store.ErrInvalid, err)
	}
	n := namer{r.Lang, s.Lexicon}
	p := intensityPage{Scope: scope.String(), Name: n.scope(scope)}
	_, to := k.Volume.Bounds()
	from := to - daysShown + 1
	for _, x := range []struct {
		name string
		into *int
	}{{"since", &from}, {"until", &to}} {
		if v := r.text(x.name); v != "" {
			if *x.into = isnad.Day(v); *x.into == 0 {
				return answer{}, fmt.Errorf("%s %q: %w: it is no date; write 2024-11-19", x.name, v, store.ErrInvalid)
			}
		}
	}
	if to-from > 3660 || from > to {
		return answer{}, fmt.Errorf("since, until: %w: ask for ten years at most, in order", store.ErrInvalid)
	}
	x := m.Series(scope, k.Happenings, k.Volume)
	values := x.Values(escalation.Day, from, to)
	p.From, p.To = isnad.DayDate(from), isnad.DayDate(to)
	p.Empty = to == 0
	p.Standing = values[len(values)-1].Ladder
	if scope.To != "" {
		back := scope
		back.From, back.To = scope.To, scope.From
		p.Back = intensityLink(back.String())
	}
	seen := -1
	for _, g := range slices.Backward(m.Rungs()) {
		if g.Order != seen {
			p.Rungs = append(p.Rungs, rungView{n.rung(g.NameEN, g.NameAR), p.Standing != nil && p.Standing.Order == g.Order})
		}
		seen = g.Order
	}
	for _, line := range []escalation.Line{escalation.Acts, escalation.Words, escalation.Cooperation, escalation.Disputed} {
		p.Charts = append(p.Charts, newChart(line, values))
	}
	if p.Moved, err = s.moved(r, n, values); err != nil {
		return answer{}, err
	}
	if scope == (escalation.Scope{}) {
		p.Dyads = dyadLinks(m, k, n, from, to)
	}
	return answer{"intensity", p.Name + " · " + say(r.Lang, "intensity.title"), p, nil}, nil
}

// moved lists the heaviest contributions of a span, each with its sentence.
func (s *Server) moved(r *request, n namer, values []escalation.Value) ([]happeningView, error) {
	var out []happeningView
	for _, v := range values {
		for _, c := range v.Contribs {
			out = append(out, happeningView{Contribution: c, Day: v.Day})
		}
	}
	slices.SortStableFunc(out, func(a, b happeningView) int { return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(b.Day, a.Day)) })
	out = out[:min(12, len(out))]
	for i := range out {
		x := &out[i]
		h := x.Happening()
		x.Type, x.Status, x.Claims = h.Type, h.Status, h.Claims
		x.Name = n.codes(h.Actor) + " → " + n.codes(h.Recipient)
		e, err := s.Store.Event(r, x.Event)
		if err != nil || len(e.Claims) == 0 {
			return nil, err
		}
		c, a, err := s.Store.Claim(r, e.Claims[0].ID)
		if err != nil {
			return nil, err
		}
		text := []rune(a.Text)
		if c.Field == "title" {
			text = []rune(a.Title)
		}
		x.Claim = claimLink(c.ID)
		if c.Sentence.End <= len(text) {
			x.Sentence = quoted(strings.Join(strings.Fields(string(text[c.Sentence.Start:c.Sentence.End])), " "), a.Lang)
		}
	}
	return out, nil
}

// dyadLinks are the dyads with the heaviest acts, then words, of a span.
func dyadLinks(m *escalation.Method, k *escalation.Known, n namer, from, to int) []dyadLink {
	by := m.ByDyad(k.Happenings)
	var out []dyadLink
	for _, d := range escalation.Dyads(k.Happenings) {
		l := dyadLink{Name: n.scope(d), Link: intensityLink(d.String())}
		x := m.Series(d, by[d], k.Volume)
		for _, p := range x.Sums(escalation.Day, from, to, escalation.Acts) {
			if p != nil {
				l.Acts += *p
			}
		}
		for _, p := range x.Sums(escalation.Day, from, to, escalation.Words) {
			if p != nil {
				l.Words += *p
			}
		}
		if st := m.Standing(d, by[d], to); st != nil {
			l.Rung = n.rung(st.NameEN, st.NameAR)
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b dyadLink) int { return cmp.Or(cmp.Compare(b.Acts, a.Acts), cmp.Compare(b.Words, a.Words)) })
	return out[:min(25, len(out))]
}

// intensityLink is the address of a scope's page.
func intensityLink(scope string) string { return "/intensity/" + url.PathEscape(scope) }

func (n namer) rung(en, ar string) string {
	if n.lang == isnad.Arabic {
		return ar
	}
	return en
}

// scope names a scope in the interface's language.
func (n namer) scope(s escalation.Scope) string {
	switch {
	case s.To != "" && s.Either:
		return n.state(s.From) + " – " + n.state(s.To)
	case s.To != "":
		return n.state(s.From) + " → " + n.state(s.To)
	case s.From != "":
		return n.state(s.From)
	case s.Region != "":
		if row, ok := n.lex.Table("regions").Row(s.Region); ok {
			return row.Get("name_" + string(n.lang))
		}
	}
	return say(n.lang, "intensity.world")
}
