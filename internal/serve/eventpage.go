package serve

import (
	"errors"
	"slices"

	"isnad"
	"isnad/internal/store"
)

// eventPage is all that there is to say of one event.
type eventPage struct {
	eventView
	namer     namer
	Since     string // the day on which its status began
	Brought   *saidView
	PlaceList []placeView
	Where     *whereView // where it has an exact place
	Modes     []string
	Sides     [2]side // who says so, who denies it
	Tree      []originView
	Contested []contestedView
	History   []turnView
	Related   []linkView
}

// side is one of the two sides of an event.
type side struct {
	Key    string // asserts or denies
	Claims int
	Voices []voiceGroup
}

// voiceGroup is what one voice says in one way.
type voiceGroup struct {
	Who  string
	Said []*saidView
	More []*saidView // beyond the first few
}

// shownSaid is how many sentences of a voice are shown unfolded.
const shownSaid = 3

// saidView is a sentence with the claims that one voice makes in it.
type saidView struct {
	Outlet, Published string
	Article           string
	Lang              isnad.Lang
	Sentence          []Paragraph
	Claims            []claimView
	Words             []quote // the trigger of each
}

// linkView leads to another event.
type linkView struct {
	Kind  isnad.LinkKind
	Event eventView
}

// event answers with one event.
func (s *Server) event(r *request) (answer, error) {
	e, err := s.Store.Event(r, r.id)
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	p := &eventPage{namer: n, eventView: n.event(e), Since: date(r.Lang, e.StatusSince), Modes: e.Mode}
	said := map[string]*saidView{} // by claim
	full := map[string]isnad.Claim{}
	for i, c := range e.Claims {
		x, claim, err := s.said(r, n, c.ID, i)
		if err != nil {
			return answer{}, err
		}
		said[c.ID], full[c.ID] = x, claim
	}
	p.Brought = said[e.StatusClaim]
	p.Sides = [2]side{n.side("asserts", e, said, false), n.side("denies", e, said, true)}
	p.Tree = n.tree(e, said)
	for _, pl := range e.Places {
		p.PlaceList = append(p.PlaceList, placeView{pl, n.state(pl.State), quoted(pl.Name, "")})
	}
	if p.Where, err = s.where(r, n, e); err != nil {
		return answer{}, err
	}
	for _, c := range e.Contested {
		p.Contested = append(p.Contested, n.contested(c, said)...)
	}
	p.History = s.history(n, e, full, said)
	for _, l := range e.Links {
		other, err := s.Store.Event(r, l.Event)
		if errors.Is(err, store.ErrNotFound) {
			continue // it went while the page was made
		}
		if err != nil {
			return answer{}, err
		}
		p.Related = append(p.Related, linkView{l.Kind, n.event(other)})
	}
	title := p.TypeWord + ": " + p.From
	if p.To != "" {
		title += n.arrow() + p.To
	}
	return answer{template: "event", title: title, data: p}, nil
}

// Named is a state or body in the interface's language.
func (p *eventPage) Named(c isnad.Code) string { return p.namer.state(c) }

// arrow leads from actor to recipient in the direction of the language.
func (n namer) arrow() string {
	if n.lang == isnad.Arabic {
		return " ← "
	}
	return " → "
}

// said quotes the sentence of a claim.
func (s *Server) said(r *request, n namer, id string, i int) (*saidView, isnad.Claim, error) {
	c, v, err := s.Store.Claim(r, id)
	if err != nil {
		return nil, c, err
	}
	f := fieldOf(v.Article, c.Field)
	return &saidView{Outlet: c.Outlet, Published: c.Published, Article: c.Article, Lang: v.Lang, Sentence: sentence(f, c),
		Claims: []claimView{n.claim(c, i, claimLink(c.ID))}, Words: []quote{f.words(c.Trigger.Span)}}, c, nil
}

// side gathers the claims of one side by voice, in their order, and what one
// voice says twice in one sentence under it once.
func (n namer) side(key string, e isnad.Event, said map[string]*saidView, denies bool) side {
	out := side{Key: key}
	at := map[string]int{}
	for _, c := range e.Claims {
		if contradicts(c) != denies {
			continue
		}
		out.Claims++
		who := n.says(c)
		i, there := at[who]
		if !there {
			i = len(out.Voices)
			at[who] = i
			out.Voices = append(out.Voices, voiceGroup{Who: who})
		}
		g := &out.Voices[i]
		x := said[c.ID]
		if j := slices.IndexFunc(g.Said, func(o *saidView) bool { return o.same(x) }); j >= 0 {
			g.Said[j].Claims = append(g.Said[j].Claims, x.Claims...)
			g.Said[j].Words = append(g.Said[j].Words, x.Words...)
			continue
		}
		own := *x
		own.Claims, own.Words = slices.Clone(x.Claims), slices.Clone(x.Words)
		g.Said = append(g.Said, &own)
	}
	for i := range out.Voices {
		if g := &out.Voices[i]; len(g.Said) > shownSaid+1 {
			g.Said, g.More = g.Said[:shownSaid], g.Said[shownSaid:]
		}
	}
	return out
}

// same says that both stand in one sentence of one article.
func (x *saidView) same(o *saidView) bool {
	a, b := x.Claims[0], o.Claims[0]
	return a.Article == b.Article && a.Field == b.Field && a.Sentence == b.Sentence
}

// eventsOf finds the events that the claims of an article belong to, by claim.
func (s *Server) eventsOf(r *request, article string, n namer) (map[string]eventView, error) {
	out := map[string]eventView{}
	for e, err := range s.Store.Events(r, store.EventQuery{Article: article}) {
		if err != nil {
			return nil, err
		}
		v := n.event(e)
		for _, c := range e.Claims {
			if c.Article == article {
				out[c.ID] = v
			}
		}
	}
	return out, nil
}
