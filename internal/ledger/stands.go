package ledger

import (
	"slices"

	"isnad"
)

// stand is how a claim stands to what was said of its event before, and to which
// claim of it; the zero stand is that of a further voice, and of the first.
type stand struct {
	kind isnad.LinkKind
	of   string
}

// stands says it of every claim that has one, the mentions in the order of claims.
//
//	retracts    with words of withdrawal, what its outlet printed before; or a speaker denies what they said
//	corrects    with words of correction, what its outlet printed before
//	denies      the event, against whoever asserted it
//	refines     the same voice, later, with another figure, date or place
//	repeats     the same voice again; or an article of the same origin
//	supports    another voice confirms it
//
// A voice is a speaker, or of what is told without one, the outlet. Only claims of
// other articles are looked at: headline and text are one telling.
func stands(ms []*mention, by map[string]*source) map[string]stand {
	out := map[string]stand{}
	takes := takingBack(ms)
	for i, m := range ms {
		before := func(fits func(*mention) bool) *mention {
			for k := i - 1; k >= 0; k-- {
				if p := ms[k]; p.claim.Article != m.claim.Article && !takes[p] && fits(p) {
					return p
				}
			}
			return nil
		}
		put := func(kind isnad.LinkKind, p *mention) bool {
			if p != nil {
				out[m.claim.ID] = stand{kind, p.claim.ID}
			}
			return p != nil
		}
		voice := func(p *mention) bool { return sameVoice(p, m) }
		switch {
		case takes[m]:
			kind := isnad.LinkCorrects
			if m.takes == "withdrawn" {
				kind = isnad.LinkRetracts
			}
			put(kind, before(func(p *mention) bool { return p.claim.Outlet == m.claim.Outlet }))
		case denies(m):
			asserted := func(p *mention) bool { return !denies(p) }
			_ = put(isnad.LinkRetracts, before(func(p *mention) bool { return asserted(p) && len(m.claim.Speaker) > 0 && voice(p) })) ||
				put(isnad.LinkDenies, before(asserted))
		default:
			p := before(func(p *mention) bool { return voice(p) && !denies(p) })
			switch {
			case p != nil && otherwise(p, m) && m.claim.Published > p.claim.Published:
				put(isnad.LinkRefines, p)
			case p != nil && !otherwise(p, m):
				put(isnad.LinkRepeats, p)
			case p != nil:
			case m.claim.Stance == isnad.Confirms:
				put(isnad.LinkSupports, before(func(p *mention) bool { return !denies(p) }))
			case m.claim.Stance == isnad.Narrates:
				s := by[m.claim.Article]
				put(isnad.LinkRepeats, before(func(p *mention) bool {
					o := by[p.claim.Article]
					return p.claim.Stance == isnad.Narrates && len(s.known) > 0 && slices.Equal(s.known, o.known) && !otherwise(p, m)
				}))
			}
		}
	}
	return out
}

func denies(m *mention) bool {
	return m.claim.Stance == isnad.Denies && (m.claim.Denies == isnad.DeniesEvent || m.claim.Denies == "")
}

func sameVoice(a, b *mention) bool {
	x, y := side(a.claim.Speaker), side(b.claim.Speaker)
	return slices.Equal(x, y) && (len(x) > 0 || a.claim.Outlet == b.claim.Outlet)
}

// otherwise says that b gives a figure, day or place that a does not.
func otherwise(a, b *mention) bool {
	for _, q := range b.quantities {
		if slices.Contains(counted, q.Kind) && !slices.ContainsFunc(a.quantities, func(p isnad.Quantity) bool { return figureOf(p) == figureOf(q) }) {
			return true
		}
	}
	return b.from != 0 && b.from != a.from || slices.ContainsFunc(b.places, func(p string) bool { return !slices.Contains(a.places, p) })
}

// takingBack are the mentions with words of correction or withdrawal whose outlet
// told the event in an earlier article: only what one printed can one take back.
func takingBack(ms []*mention) map[*mention]bool {
	var out map[*mention]bool
	for i, m := range ms {
		if m.takes != "" && slices.ContainsFunc(ms[:i], func(p *mention) bool { return printed(p, m) }) {
			if out == nil {
				out = map[*mention]bool{}
			}
			out[m] = true
		}
	}
	return out
}

func printed(p, m *mention) bool {
	return p.claim.Outlet == m.claim.Outlet && p.claim.Article != m.claim.Article && p.claim.Published < m.claim.Published
}

// figure is a number of a thing.
type figure struct {
	kind      string
	low, high float64
}

func figureOf(q isnad.Quantity) figure { return figure{q.Kind, q.Low, q.High} }

// back is what outlets took back: by outlet and figure, the claim that does.
type back map[string]map[figure]string

// takenFigures finds the figures that the outlets that printed them took back. A
// correction names the wrong figure, or the right one, or both: what it has in
// common with what was printed is wrong, and where it has nothing in common, what
// was printed of the same thing. A withdrawal takes back all.
func takenFigures(ms []*mention) back {
	var out back
	takes := takingBack(ms)
	for _, m := range ms {
		if !takes[m] {
			continue
		}
		was := map[figure]bool{}
		for _, p := range ms {
			if printed(p, m) && !takes[p] {
				for _, q := range p.quantities {
					was[figureOf(q)] = true
				}
			}
		}
		named, kinds := false, map[string]bool{}
		for _, q := range m.quantities {
			named = named || was[figureOf(q)]
			kinds[q.Kind] = true
		}
		for f := range was {
			says := slices.ContainsFunc(m.quantities, func(q isnad.Quantity) bool { return figureOf(q) == f })
			if m.takes == "withdrawn" || named && says || !named && kinds[f.kind] {
				if out == nil {
					out = back{}
				}
				if out[m.claim.Outlet] == nil {
					out[m.claim.Outlet] = map[figure]string{}
				}
				out[m.claim.Outlet][f] = m.claim.ID
			}
		}
	}
	return out
}

// of is the claim by which a mention's outlet took a figure back, "" if none did.
func (b back) of(m *mention, q isnad.Quantity) string { return b[m.claim.Outlet][figureOf(q)] }
