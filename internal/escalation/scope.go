package escalation

import (
	"fmt"
	"slices"
	"strings"

	"isnad"
)

// Scope is what a series is of. A happening is in it once, whatever pairs of its
// parties are.
//
//	{From: "RUS", To: "PRK"}                 the dyad from Russia to North Korea
//	{From: "RUS", To: "PRK", Either: true}   both ways
//	{From: "RUS"}                            all that a state does to others and they to it
//	{Region: "western_asia"}                 all between a state of it and another state
//	{}                                       the world: all between states
//
// Others asks instead for what is told of actors who are not the states: rebels,
// proxies, parties, citizens, on one side at least. Those lines stand beside a
// dyad's and are never part of them.
type Scope struct {
	From, To isnad.Code
	Either   bool
	Region   string
	Others   bool
}

// ParseScope reads what String writes; "RUS" is a state, and a name of the
// table regions a region.
func (m *Method) ParseScope(s string) (Scope, error) {
	s = strings.TrimSpace(s)
	if s == "world" || s == "" {
		return Scope{}, nil
	}
	if _, ok := m.t.Regions[strings.ToLower(s)]; ok {
		return Scope{Region: strings.ToLower(s)}, nil
	}
	up := strings.ToUpper(s)
	for sep, either := range map[string]bool{":": false, "-": true} {
		if a, b, ok := strings.Cut(up, sep); ok {
			if len(a) < 2 || len(b) < 2 || a == b {
				return Scope{}, fmt.Errorf("%q is no dyad; write RUS:PRK (from Russia to North Korea) or RUS-PRK (either way)", s)
			}
			return Scope{From: isnad.Code(a), To: isnad.Code(b), Either: either}, nil
		}
	}
	return Scope{From: isnad.Code(up)}, nil
}

// String names it: "RUS:PRK", "RUS-PRK", "RUS", "western_asia", "world".
func (s Scope) String() string {
	name := "world"
	switch {
	case s.To != "" && s.Either:
		name = string(s.From) + "-" + string(s.To)
	case s.To != "":
		name = string(s.From) + ":" + string(s.To)
	case s.From != "":
		name = string(s.From)
	case s.Region != "":
		name = s.Region
	}
	if s.Others {
		name += " others"
	}
	return name
}

// In says that a happening belongs to a scope. What a state does within itself
// belongs to none.
func (m *Method) In(s Scope, h Happening) bool {
	if !s.Others {
		return m.between(s, h.Actor, h.Recipient)
	}
	all := func(a, b []isnad.Code) []isnad.Code { return slices.Concat(a, b) }
	return m.between(s, h.OtherActor, all(h.Recipient, h.OtherRecipient)) || m.between(s, all(h.Actor, h.OtherActor), h.OtherRecipient)
}

func (m *Method) between(s Scope, actor, recipient []isnad.Code) bool {
	for _, a := range actor {
		for _, b := range recipient {
			if a == b {
				continue
			}
			switch {
			case s.To != "":
				if a == s.From && b == s.To || s.Either && a == s.To && b == s.From {
					return true
				}
			case s.From != "":
				if a == s.From || b == s.From {
					return true
				}
			case s.Region != "":
				if slices.Contains(m.regions[a], s.Region) || slices.Contains(m.regions[b], s.Region) {
					return true
				}
			default:
				return true
			}
		}
	}
	return false
}

// Dyads lists the ordered pairs of states that happenings are between, ascending.
func Dyads(hs []Happening) []Scope {
	var out []Scope
	for _, h := range hs {
		for _, a := range h.Actor {
			for _, b := range h.Recipient {
				if a != b {
					out = append(out, Scope{From: a, To: b})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b Scope) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(out)
}
