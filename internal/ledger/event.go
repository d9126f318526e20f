package ledger

import (
	"strings"

	"isnad"
)

// EventID is the id of the event whose first claim this is. The ids that its
// other claims would give are its aliases: an id that was given once leads to
// the event that holds the claim, whichever came first since.
func EventID(claim string) string { return "e" + strings.TrimPrefix(claim, "c") }

// event makes the event of its mentions, in the order of claims.
func (l *Ledger) event(ms []*mention) isnad.Event {
	first := ms[0].claim
	by := map[string]*source{}
	ss := sources(ms, l.agency)
	for _, s := range ss {
		by[s.article] = s
	}
	e := isnad.Event{ID: EventID(first.ID), Type: first.Type, Origins: len(independent(ss)), Contested: contested(ms)}
	e.Mode = most(ms, func(m *mention) []string { return m.claim.Mode })
	e.Contexts = most(ms, func(m *mention) []string { return m.claim.Contexts })
	e.Actor = most(ms, func(m *mention) []isnad.Code { return side(m.claim.Actor) })
	e.Recipient = most(ms, func(m *mention) []isnad.Code { return side(m.claim.Recipient) })
	e.When = when(ms)
	e.Places = places(ms)
	e.Status = status(ms, by)
	brought := since(ms, by, e.Status).claim
	e.StatusSince, e.StatusClaim = brought.Published, brought.ID
	outlets := map[string]bool{}
	stood := stands(ms, by)
	for _, m := range ms {
		c, s := m.claim, by[m.claim.Article]
		outlets[c.Outlet] = true
		e.Claims = append(e.Claims, isnad.EventClaim{ID: c.ID, Article: c.Article, URL: m.url, Outlet: c.Outlet, Published: c.Published,
			Origin: strings.Join(s.known, "+"), CopyOf: s.copyOf, Field: c.Field, Type: c.Type, Actor: codesOf(c.Actor), Recipient: codesOf(c.Recipient), Speaker: codesOf(c.Speaker),
			Stance: c.Stance, Denies: c.Denies, Link: stood[c.ID].kind, Of: stood[c.ID].of, Factuality: c.Factuality, Sentence: c.Sentence, Trigger: c.Trigger, Reader: c.Reader})
	}
	e.Outlets = len(outlets)
	return e
}

// codesOf lists the codes of actors in the order of the text, each once.
func codesOf(actors []isnad.Actor) []isnad.Code {
	var out []isnad.Code
	seen := map[isnad.Code]bool{}
	for _, a := range actors {
		if !seen[a.Code] {
			seen[a.Code] = true
			out = append(out, a.Code)
		}
	}
	return out
}

// when is the time that most claims give, days before longer spans; of equally
// many the first. Where no claim gives one it is unknown: the day of the first
// report says only when it was known.
func when(ms []*mention) isnad.When {
	for _, precision := range []string{"day", "week", "month", "year"} {
		spans := often(ms, func(m *mention) []string {
			if w := m.claim.When; w.Precision == precision {
				return []string{w.From + " " + w.To}
			}
			return nil
		})
		if len(spans) > 0 {
			from, to, _ := strings.Cut(spans[0], " ")
			return isnad.When{From: from, To: to, Precision: precision}
		}
	}
	return isnad.When{}
}

// places lists the places that a third of the claims with any name, the most
// named first, each as its first claim gives it.
func places(ms []*mention) []isnad.Place {
	first := map[string]isnad.Place{}
	var placed []*mention
	ids := func(m *mention) (out []string) {
		for _, p := range m.claim.Places {
			if p.ID != "" {
				out = append(out, p.ID)
			}
		}
		return out
	}
	count := map[string]int{}
	for _, m := range ms {
		if len(ids(m)) > 0 {
			placed = append(placed, m)
		}
		for _, p := range m.claim.Places {
			if _, there := first[p.ID]; !there {
				first[p.ID] = p
			}
			count[p.ID]++
		}
	}
	var out []isnad.Place
	for _, id := range often(placed, ids) {
		if 3*count[id] >= len(placed) {
			p := first[id]
			p.Span = isnad.Span{} // it points into no one text
			out = append(out, p)
		}
	}
	return out
}
