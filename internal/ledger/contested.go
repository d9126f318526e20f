package ledger

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"isnad"
)

// counted are the kinds of quantity that events are disputed over. Durations,
// distances, percentages and the like stand beside events and measure them seldom.
var counted = []string{"killed", "wounded", "casualties", "missing", "detained", "captives", "displaced", "troops", "units", "people", "families",
	"arms", "strikes", "incidents", "vehicles", "aid", "weight", "volume", "money", "bases", "sites", "buildings", "votes"}

// contested lists the values on which the claims of an event differ, each with
// who says it: figures by the thing counted, then who did it, where and when.
// Nothing is averaged and none is chosen; a later figure of the same speaker is
// marked as revising the one before.
func contested(ms []*mention) []isnad.Contested {
	var out []isnad.Contested
	for _, kind := range counted {
		if c := figuresOf(ms, kind); c != nil {
			out = append(out, *c)
		}
	}
	for _, x := range []struct {
		what string
		of   func(*mention) string
	}{{"actor", actorOf}, {"place", placeOf}, {"date", dateOf}} {
		if c := textsOf(ms, x.what, x.of); c != nil {
			out = append(out, *c)
		}
	}
	return out
}

func figuresOf(ms []*mention, kind string) *isnad.Contested {
	type key struct {
		speaker   string
		low, high float64
		approx    string
	}
	c := &isnad.Contested{What: kind}
	seen := map[key]int{}
	figures := map[[2]float64]bool{}
	last := map[string]bool{}
	taken, takes := takenFigures(ms), takingBack(ms)
	for _, m := range ms {
		for _, q := range m.claim.Quantities {
			if q.Kind != kind || q.Low == 0 && q.High == 0 {
				continue
			}
			by := taken.of(m, q)
			if by != "" && takes[m] {
				continue // it names what it takes back
			}
			speaker := side(m.claim.Speaker)
			who := joined(speaker)
			k := key{who, q.Low, q.High, q.Approx}
			if i, there := seen[k]; there {
				if by == "" {
					c.Values[i].TakenBack = "" // another outlet stands by it
				}
				continue
			}
			seen[k] = len(c.Values)
			figures[[2]float64{q.Low, q.High}] = true
			v := isnad.Value{Speaker: speaker, Low: &q.Low, High: &q.High, Approx: q.Approx, Unit: q.Unit, Claim: m.claim.ID, Published: m.claim.Published, Revises: last[who], TakenBack: by}
			if q.Approx == "min" && q.High == 0 {
				v.High = nil
			}
			last[who] = true
			c.Values = append(c.Values, v)
		}
	}
	if len(figures) < 2 {
		return nil
	}
	return c
}

// textsOf lists what claims say of a value that is no number, where two say
// different things and each is said twice or by a named speaker: one reading of
// one sentence is no dispute.
func textsOf(ms []*mention, what string, of func(*mention) string) *isnad.Contested {
	type key struct{ speaker, text string }
	first, count := map[key]*mention{}, map[string]int{}
	var keys []key
	for _, m := range ms {
		text := of(m)
		if text == "" {
			continue
		}
		count[text]++
		k := key{joined(side(m.claim.Speaker)), text}
		if first[k] == nil {
			first[k] = m
			keys = append(keys, k)
		}
	}
	c := &isnad.Contested{What: what}
	said := map[string]bool{}
	last := map[string]bool{}
	for _, k := range keys {
		if m := first[k]; k.speaker != "" || 3*count[k.text] >= len(ms) && count[k.text] > 1 {
			said[k.text] = true
			c.Values = append(c.Values, isnad.Value{Speaker: side(m.claim.Speaker), Text: k.text, Claim: m.claim.ID, Published: m.claim.Published, Revises: last[k.speaker]})
			last[k.speaker] = true
		}
	}
	if len(said) < 2 {
		return nil
	}
	return c
}

// actorOf is who did it, of claims that vouch for the event.
func actorOf(m *mention) string {
	if m.claim.Stance == isnad.Denies && m.claim.Denies == isnad.DeniesEvent {
		return ""
	}
	return joined(side(m.claim.Actor))
}

func placeOf(m *mention) string {
	for _, p := range m.claim.Places {
		if p.Precision != "state" && p.ID != "" {
			return p.Name
		}
	}
	return ""
}

func dateOf(m *mention) string {
	if m.from == 0 {
		return ""
	}
	if m.to != m.from {
		return isnad.DayDate(m.from) + "/" + isnad.DayDate(m.to)
	}
	return isnad.DayDate(m.from)
}

func joined(cs codes) string {
	s := make([]string, len(cs))
	for i, c := range cs {
		s[i] = string(c)
	}
	return strings.Join(s, "+")
}

// often lists values by how many mentions have them, the most first, equal ones
// ascending.
func often[T cmp.Ordered](ms []*mention, of func(*mention) []T) []T {
	count := map[T]int{}
	for _, m := range ms {
		for _, x := range of(m) {
			count[x]++
		}
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b T) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
}
