package serve

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/store"
)

// eventView is an event in the words of the interface, on a line.
type eventView struct {
	isnad.Event
	Link       string
	Family     family
	TypeWord   string
	From, To   string
	StatusWord string
	Day        string // of the event where it is known, else of the first report
	Told       bool   // Day is that of the first report
	Voices     []voiceView
	Sentence   []Paragraph // of its first claim
	Words      quote       // that claim's trigger
	Open       string      // link to that claim
}

// voiceView is who says it and how, each once.
type voiceView struct {
	Who    string
	Denies bool
}

// Line is what the template of an event on one line is given.
func (v eventView) Line() eventView { return v }

// eventLink is the address of an event's page.
func eventLink(id string) string { return "/events/" + url.PathEscape(id) }

// codes lists states and bodies by name, each once.
func (n namer) codes(cs []isnad.Code) string {
	as := make([]isnad.Actor, len(cs))
	for i, c := range cs {
		as[i].Code = c
	}
	return n.names(as)
}

// says puts whose word a claim of an event is.
func (n namer) says(c isnad.EventClaim) string {
	v := claimView{StanceWord: say(n.lang, "stance."+string(c.Stance))}
	v.Denies = c.Denies
	for _, code := range c.Speaker {
		v.Speaker = append(v.Speaker, isnad.Actor{Code: code})
	}
	if c.Denies != "" {
		v.DeniesWord = say(n.lang, "denies."+string(c.Denies))
	}
	return n.who(v)
}

// contradicts says that a claim stands on the side of those who deny.
func contradicts(c isnad.EventClaim) bool {
	return c.Stance == isnad.Denies || c.Factuality == isnad.Negated
}

func (n namer) event(e isnad.Event) eventView {
	v := eventView{Event: e, Link: eventLink(e.ID), Family: familyOf(isnad.Claim{Type: e.Type}), TypeWord: say(n.lang, "type."+string(e.Type)),
		From: n.codes(e.Actor), To: n.codes(e.Recipient), StatusWord: say(n.lang, "status."+string(e.Status))}
	if slices.Equal(e.Actor, e.Recipient) && len(e.Actor) > 1 { // with each other
		v.From, v.To = strings.Join(strings.Split(v.From, n.comma()), " ↔ "), ""
	}
	switch {
	case e.When.From+e.When.To != "":
		v.Day = n.period(e.When)
	case len(e.Claims) > 0:
		v.Day, v.Told = date(n.lang, e.Claims[0].Published), true
	}
	for _, c := range e.Claims {
		w := voiceView{n.says(c), contradicts(c)}
		if !slices.Contains(v.Voices, w) {
			v.Voices = append(v.Voices, w)
		}
	}
	slices.SortStableFunc(v.Voices, func(a, b voiceView) int { // those who deny last
		switch {
		case a.Denies == b.Denies:
			return 0
		case b.Denies:
			return -1
		}
		return 1
	})
	return v
}

// comma parts names in a list.
func (n namer) comma() string {
	if n.lang == isnad.Arabic {
		return "، "
	}
	return ", "
}

// Sources counts who printed it and from how many it comes: "5 outlets · 2 origins".
func (v view) Sources(e isnad.Event) string {
	return v.Count(e.Outlets, "outlets") + " · " + v.Count(e.Origins, "origins")
}

// Count writes how many of a thing: "1 outlet", "5 outlets". In Arabic the noun
// stands after a colon's place, «المنابر 5», which needs no plural of its own.
func (v view) Count(n int, of string) string {
	if v.Lang == isnad.Arabic {
		return fmt.Sprintf("%s: %d", say(v.Lang, "count."+of), n)
	}
	if n == 1 {
		return "1 " + say(v.Lang, "one."+of)
	}
	return fmt.Sprintf("%d %s", n, say(v.Lang, "count."+of))
}

// eventsPage is a list of events.
type eventsPage struct {
	Items       []eventView
	Filtered    bool
	Next, First string
	Waiting     bool // articles are in the store that are not linked yet
	Types       []isnad.Type
	Stances     []isnad.Stance
	Statuses    []isnad.Status
}

// eventQuery is the question for events, under the names of the command line.
func (p *params) eventQuery() (store.EventQuery, error) {
	q := store.EventQuery{
		Actor: upper[isnad.Code](p, "actor"), Recipient: upper[isnad.Code](p, "recipient"), Speaker: upper[isnad.Code](p, "speaker"),
		Type: upper[isnad.Type](p, "type"), Stance: lower[isnad.Stance](p, "stance"), Status: lower[isnad.Status](p, "status"),
		Article: p.text("article"), Since: p.text("since"), Until: p.text("until"), Text: p.text("text"), Newest: !p.oldest(),
	}
	if s := p.text("dyad"); s != "" {
		d, err := store.ParseDyad(s)
		if err != nil {
			p.fail(err)
		}
		q.Dyad = d
	}
	if p.err != nil {
		return q, p.err
	}
	return q, q.Check()
}

// filtered says that the address asks for less than all.
func (p *params) filtered() bool {
	for name := range p.values {
		switch name {
		case "lang", "theme", "after", "limit", "order", "format":
		default:
			if p.text(name) != "" {
				return true
			}
		}
	}
	return false
}

// events answers with a list of events.
func (s *Server) events(r *request) (answer, error) {
	q, err := r.eventQuery()
	if err != nil {
		return answer{}, err
	}
	size := r.limit(30)
	q.After = r.after()
	if r.err != nil {
		return answer{}, r.err
	}
	all := s.Store.Events(r, q)
	if asOf := r.text("as-of"); asOf != "" {
		if all, err = s.eventsAsOf(r, q, asOf); err != nil {
			return answer{}, err
		}
	}
	p := eventsPage{Types: isnad.Types, Stances: isnad.Stances, Statuses: isnad.Statuses, Filtered: r.filtered()}
	var found []isnad.Event
	for e, err := range all {
		if err != nil {
			return answer{}, err
		}
		if len(found) == size {
			p.Next = page("/events", r.values, store.AfterEvent(found[size-1]).String())
			break
		}
		found = append(found, e)
	}
	if q.After != (store.Cursor{}) {
		p.First = page("/events", r.values, "")
	}
	n := namer{r.Lang, s.Lexicon}
	for _, e := range found {
		v, err := s.opened(r, n, e)
		if err != nil {
			return answer{}, err
		}
		p.Items = append(p.Items, v)
	}
	waiting, err := s.Store.Unlinked(r)
	if err != nil {
		return answer{}, err
	}
	p.Waiting = waiting > 0
	return answer{template: "events", title: say(r.Lang, "events.title"), data: p}, nil
}

// opened is an event on a line with the sentence that tells it first.
func (s *Server) opened(r *request, n namer, e isnad.Event) (eventView, error) {
	v := n.event(e)
	first := e.Claims[0]
	for _, c := range e.Claims { // of those who say so, where any does
		if !contradicts(c) {
			first = c
			break
		}
	}
	c, version, err := s.Store.Claim(r, first.ID)
	if err != nil {
		return v, err
	}
	f := fieldOf(version.Article, c.Field)
	v.Sentence, v.Words, v.Open = sentence(f, c), f.words(c.Trigger.Span), claimLink(c.ID)
	return v, nil
}

// eventsAsOf yields the events of what was known at a time. They are linked anew
// for the question: it costs as much as linking the store.
func (s *Server) eventsAsOf(ctx context.Context, q store.EventQuery, asOf string) (iter.Seq2[isnad.Event, error], error) {
	if s.Ledger == nil {
		return nil, fmt.Errorf("no ledger: %w", store.ErrNotFound)
	}
	entries, err := s.entries(ctx, api.Bounds{AsOf: asOf})
	if err != nil {
		return nil, err
	}
	var said map[string]bool // ids of claims that hold the text
	if q.Text != "" {
		said = map[string]bool{}
		for c, err := range s.Store.Claims(ctx, store.Query{Kind: isnad.KindEvent, Text: q.Text, AsOf: asOf}) {
			if err != nil {
				return nil, err
			}
			said[c.ID] = true
		}
	}
	all := s.Ledger.Events(entries)
	if q.Newest {
		slices.Reverse(all)
	}
	return func(yield func(isnad.Event, error) bool) {
		for _, e := range all {
			if q.Match(e) && (said == nil || slices.ContainsFunc(e.Claims, func(c isnad.EventClaim) bool { return said[c.ID] })) && !yield(e, nil) {
				return
			}
		}
	}, nil
}
