package atlas

import (
	"slices"

	"isnad"
)

// style is how a line is drawn.
type style int

const (
	none   style = iota
	full         // a border
	dashed       // a disputed line
	dotted       // how far a claim goes
)

// holder is who has a territory under a convention: a code, "self" for none but
// itself, "" where the convention doesn't say.
func holder(t Territory, c Convention) isnad.Code {
	switch {
	case c.Rule == Neutral:
		return ""
	case c.Rule == Claim && claims(c.State, t):
		return c.State
	}
	return isnad.Code(t.By)
}

// claims says that a state holds a territory to be its own: it claims it, or has it.
func claims(s isnad.Code, t Territory) bool {
	return slices.Contains(t.Claimants, s) || isnad.Code(t.By) == s
}

// border is how a line between two states is drawn: the strictest of the
// territories that it bounds decides.
func border(a arc, c Convention, ts []Territory) style {
	out := full
	for _, t := range ts {
		if s := alongTerritory(a, t, c); s == none {
			return none
		} else if s != full {
			out = s
		}
	}
	return out
}

// alongTerritory is how a border is drawn as far as one territory goes.
func alongTerritory(a arc, t Territory, c Convention) style {
	own := isnad.Code(t.Area) // of a territory that is an outline of its own
	if t.In != "" {
		own = t.In
	}
	i := slices.Index(a.of, own)
	if i < 0 || t.In != "" && !slices.Contains(a.areas, t.Area) {
		return full
	}
	other := a.of[1-i]
	if c.Rule == Claim && claims(c.State, t) {
		if other == c.State && t.By != string(c.State) {
			return none // both sides are its own
		}
		return full
	}
	if t.In == "" && !slices.Contains(t.Claimants, other) && !slices.Contains(t.Against, other) {
		return full // a third state's border with it is no part of the dispute
	}
	return dashed
}

// edge is how the edge of a territory is drawn within the outline in which it lies.
func edge(t Territory, c Convention, ts []Territory) style {
	if c.Rule == Neutral {
		return dashed
	}
	if c.Rule == Claim && claims(c.State, t) {
		if t.In == c.State || slices.ContainsFunc(ts, func(o Territory) bool { return o.Area == string(t.In) && claims(c.State, o) }) {
			return none // what is around it is its own too
		}
		return full
	}
	if t.By == string(t.In) {
		return dotted
	}
	return dashed
}
