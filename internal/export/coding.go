package export

import (
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"isnad"
	"isnad/internal/plover"
	"isnad/lexicon"
)

// coding says what claims and actors are in the terms of other data sets.
type coding struct {
	lex    *lexicon.Lexicon
	plover *plover.Map
	tables map[string][]row

	countries, sectors, bodies, types map[string]row
	english                           map[string]string // names of people and bodies by entity id
}

func newCoding(lex *lexicon.Lexicon) (*coding, error) {
	t, err := tables()
	if err != nil {
		return nil, err
	}
	k := &coding{lex: lex, plover: plover.New(lex), tables: t, countries: byID(t["countries"]), sectors: byID(t["sectors"]), bodies: byID(t["bodies"]), types: byID(t["types"]), english: map[string]string{}}
	for _, table := range []string{"people", "organisations", "armed_groups"} {
		for _, r := range lex.Table(table).Rows {
			id := r.Get("person")
			if id == "" {
				id = r.ID()
			}
			if names := r.List("names_en"); len(names) > 0 && k.english[id] == "" {
				k.english[id] = names[0]
			}
		}
	}
	return k, nil
}

// coded is a deed in the terms of PLOVER and CAMEO.
type coded struct {
	plover isnad.Type
	mode   string // of the type, or ""
	cameo  row    // of the table cameo
	score  string // PLOVER's, -10 to +10
	quad   string
}

// Reasons for leaving a row out of the data sets that know deeds only.
const (
	isDenial     = leftOut("a denial, which the format has no word for")
	isNoEvent    = leftOut("no event under PLOVER's manual: feared, asked for, conditional or negated")
	isAssessment = leftOut("a judgement and not an event")
	hasNoDay     = leftOut("without a date")
	hasOneSide   = leftOut("names only one side")
	hasNoPlace   = leftOut("without a place finer than a state")
)

// deed codes a claim as something done.
func (k *coding) deed(c isnad.Claim) (coded, error) {
	switch {
	case c.Kind != isnad.KindEvent:
		return coded{}, isAssessment
	case c.Denies == isnad.DeniesEvent || c.Denies == isnad.DeniesActor:
		return coded{}, isDenial
	}
	d := coded{plover: k.plover.Type(c)}
	if d.plover == "" {
		return coded{}, isNoEvent
	}
	for _, m := range c.Mode {
		if _, ok := k.types[string(d.plover)+":"+m]; ok {
			d.mode = m
			break
		}
	}
	d.cameo = best(k.tables["cameo"], row{"plover": string(d.plover), "mode": d.mode, "guide": string(c.Type)})
	d.quad = k.types[string(d.plover)]["quad"]
	if d.score = k.types[string(d.plover)+":"+d.mode]["intensity"]; d.score == "" {
		d.score = k.types[string(d.plover)]["intensity"]
	}
	return d, nil
}

// lead is the claim that an event is coded by: the first that tells it as done,
// else the first that tells it as any event at all.
func (k *coding) lead(e Event) (c isnad.Claim, d coded, err error) {
	if e.Status == isnad.OnlyDenied || e.Status == isnad.Retracted {
		return c, d, leftOut("denied or retracted")
	}
	found := false
	for _, x := range e.Whole {
		y, bad := k.deed(x)
		switch {
		case bad != nil && err == nil:
			err = bad
		case bad == nil && x.Factuality == isnad.Actual:
			return x, y, nil
		case bad == nil && !found:
			c, d, found = x, y, true
		}
	}
	if found {
		err = nil
	}
	return c, d, err
}

// pair is who does it to whom, for formats that have one of each. Either may be
// nil where the text names nobody.
type pair struct{ from, to *isnad.Actor }

// pairs are the ordered pairs of two sides, each of a code and role once.
func pairs(from, to []isnad.Actor) (out []pair) {
	from, to = once(from), once(to)
	if len(from) == 0 && len(to) == 0 {
		return nil
	}
	for i := range max(len(from), 1) {
		for j := range max(len(to), 1) {
			var p pair
			if i < len(from) {
				p.from = &from[i]
			}
			if j < len(to) {
				p.to = &to[j]
			}
			if p.from != nil && p.to != nil && same(*p.from, *p.to) && (len(from) > 1 || len(to) > 1) {
				continue // one of those who act together, with itself
			}
			out = append(out, p)
		}
	}
	return out
}

func same(a, b isnad.Actor) bool { return a.Code == b.Code && a.Role == b.Role && a.ID == b.ID }

func once(as []isnad.Actor) (out []isnad.Actor) {
	for _, a := range as {
		if !slices.ContainsFunc(out, func(b isnad.Actor) bool { return same(a, b) }) {
			out = append(out, a)
		}
	}
	return out
}

// state says that a code is one of a state.
func (k *coding) state(c isnad.Code) bool {
	_, ok := k.lex.Table("states").Row(string(c))
	return ok
}

// codeName is the English name of a code.
func (k *coding) codeName(c isnad.Code) string {
	for _, table := range []string{"states", "actor_codes"} {
		if r, ok := k.lex.Table(table).Row(string(c)); ok {
			return r.Get("name_en")
		}
	}
	return string(c)
}

// country is a state's name as ICEWS writes it, "" for what is no state.
func (k *coding) country(c isnad.Code) string {
	if !k.state(c) {
		return ""
	}
	if n := k.countries[string(c)]["icews"]; n != "" {
		return n
	}
	return k.codeName(c)
}

// name is an actor's English name: of the person or body where it is known, of
// the state for the state itself, else the words of the text.
func (k *coding) name(a isnad.Actor) string {
	if n := k.english[a.ID]; n != "" {
		return n
	}
	switch {
	case a.Role == "" && k.state(a.Code):
		return k.country(a.Code)
	case a.ID == string(a.Code), a.Name == "":
		if n := k.bodies[string(a.Code)]["icews"]; n != "" {
			return n
		}
		return k.codeName(a.Code)
	}
	return a.Name
}

// number makes a number of an id, the same everywhere. It has 53 bits, so that
// programs that hold numbers as doubles keep it: of a million ids, two fall
// together with a chance of 1 in 18,000.
func idNumber(id string) int64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return int64(h.Sum64() >> 11)
}

// day is the first day of an event, else of the article's publication.
func day(w isnad.When, published string) (time.Time, bool) {
	for _, s := range []string{w.From, published} {
		if d := isnad.Day(s); d != 0 {
			return time.Unix(int64(d)*86400, 0).UTC(), true
		}
	}
	return time.Time{}, false
}

// moment is a date with as much as is known as a time, in UTC.
func moment(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), true
	}
	if d := isnad.Day(s); d != 0 {
		return time.Unix(int64(d)*86400, 0).UTC(), true
	}
	return time.Time{}, false
}

// first is the first place that has a point, else the first.
func first(ps []isnad.Place) (isnad.Place, bool) {
	for _, p := range ps {
		if pointed(p) {
			return p, true
		}
	}
	if len(ps) > 0 {
		return ps[0], true
	}
	return isnad.Place{}, false
}

// list joins the distinct values of something about actors.
func list(as []isnad.Actor, of func(isnad.Actor) string) string {
	var out []string
	for _, a := range as {
		if s := of(a); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ";")
}
