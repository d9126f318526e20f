package escalation

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"

	"isnad"
)

// Rule is when isnad speaks up (table alert_rules).
type Rule struct {
	ID        string
	Kind      string // z, rung, new or outlet
	Line      Line
	Threshold float64
	Origins   int // at least
	Hold      int // days of quiet after it spoke
	WordsEN   string
	WordsAR   string
	CancelEN  string
	CancelAR  string
}

// Alert is what a rule said about a scope, as it stands now: it is updated in
// place, and withdrawn where what it rested on was.
type Alert struct {
	ID       string      `json:"id"`
	Rule     string      `json:"rule"`
	Words    string      `json:"words"`
	WordsAR  string      `json:"words_ar"`
	Dyad     string      `json:"dyad"` // a Scope, or an outlet
	Line     Line        `json:"line"`
	Day      string      `json:"day"` // that it is about
	State    string      `json:"state"`
	Opened   string      `json:"opened"`
	Updated  string      `json:"updated"`
	Value    *Points     `json:"value"`
	Baseline *Points     `json:"baseline"` // median of the dyad's past
	Delta    *Points     `json:"delta"`
	Z        *float64    `json:"z"`
	Rung     string      `json:"rung"`
	Origins  int         `json:"origins"`
	Reports  int         `json:"reports"` // claims of the events
	Events   []string    `json:"events"`
	Cancel   string      `json:"cancel"`
	CancelAR string      `json:"cancel_ar"`
	Steps    []AlertStep `json:"steps"`
	Method   string      `json:"method"`
}

// States of an alert.
const (
	AlertOpen      = "open"
	AlertEnded     = "ended"     // nothing new in the rule's days of quiet
	AlertWithdrawn = "withdrawn" // what it rested on holds no more
)

// AlertStep is a line of an alert's history.
type AlertStep struct {
	At   string `json:"at"`
	What string `json:"what"` // opened, updated, withdrawn, ended
	Why  string `json:"why"`
}

// Known is what was known at the end of a day: the happenings of the ledger of
// that time and the articles published by then.
type Known struct {
	Day        int
	Happenings []Happening
	Volume     Volume
	Outlets    map[string]map[int]int // articles by outlet and day

	by map[Scope][]Happening // of each dyad, while Alerts works on it
}

// Alerts replays what was known day by day, oldest first, and returns every alert
// as it stands at the last, oldest first. An alert is about one day of one scope;
// at each later time the rule is asked again about that day with what is known
// then, so that a correction withdraws it. While it is open and for Hold days
// after it last spoke, the same rule opens no other for the scope: it updates.
func (m *Method) Alerts(history []Known) []Alert {
	type key struct{ rule, dyad string }
	var done []*Alert
	live := map[key]*Alert{}
	spoke := map[key]int{}
	for _, now := range history {
		today := isnad.DayDate(now.Day)
		now.by = m.ByDyad(now.Happenings)
		// First ask again what stands open.
		for _, k := range slices.SortedFunc(maps.Keys(live), func(a, b key) int { return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.dyad, b.dyad)) }) {
			a := live[k]
			rule := m.rule(a.Rule)
			again, holds := m.fires(rule, a.Dyad, isnad.Day(a.Day), now)
			switch {
			case rule.Kind == "outlet" && !holds:
				a.end(today, AlertEnded, "the outlet prints again")
			case !holds:
				a.end(today, AlertWithdrawn, why(again, *a))
			case rule.Kind != "outlet" && now.Day > spoke[k]+rule.Hold:
				a.end(today, AlertEnded, fmt.Sprintf("nothing new for %d days", rule.Hold))
			default:
				if again.same(*a) {
					continue
				}
				a.take(again)
				a.Updated = today
				a.Steps = append(a.Steps, AlertStep{today, "updated", a.rests()})
				spoke[k] = now.Day
				continue
			}
			delete(live, k)
		}
		for _, rule := range m.t.Rules {
			for _, dyad := range candidates(rule, now) {
				k := key{rule.ID, dyad}
				if _, said := spoke[k]; live[k] == nil && said && now.Day <= spoke[k]+rule.Hold {
					continue
				}
				a, fires := m.fires(rule, dyad, now.Day, now)
				if !fires {
					continue
				}
				spoke[k] = now.Day
				if old := live[k]; old != nil {
					if rule.Kind != "outlet" && isnad.Day(old.Day) != now.Day {
						old.take(a)
						old.Day, old.Updated = a.Day, today
						old.Steps = append(old.Steps, AlertStep{today, "updated", "that day too: " + a.rests()})
					}
					continue
				}
				sum := sha256.Sum256([]byte(rule.ID + " " + dyad + " " + today))
				a.ID, a.State, a.Opened, a.Updated = "a"+hex.EncodeToString(sum[:8]), AlertOpen, today, today
				a.Steps = []AlertStep{{today, "opened", a.rests()}}
				live[k] = &a
				done = append(done, &a)
			}
		}
	}
	out := make([]Alert, len(done))
	for i, a := range done {
		out[i] = *a
	}
	slices.SortStableFunc(out, func(a, b Alert) int {
		return cmp.Or(cmp.Compare(a.Opened, b.Opened), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Dyad, b.Dyad))
	})
	return out
}

// rests says what an alert rests on.
func (a Alert) rests() string {
	if a.Line == "" && len(a.Events) == 0 {
		return "nothing printed"
	}
	return fmt.Sprintf("events %d, origins %d, reports %d", len(a.Events), a.Origins, a.Reports)
}

func (m *Method) rule(id string) Rule {
	for _, r := range m.t.Rules {
		if r.ID == id {
			return r
		}
	}
	return Rule{}
}

func (a *Alert) end(at, state, why string) {
	a.State, a.Updated = state, at
	a.Steps = append(a.Steps, AlertStep{at, state, why})
}

// take puts the figures of another firing in the place of its own.
func (a *Alert) take(b Alert) {
	a.Value, a.Baseline, a.Delta, a.Z, a.Rung, a.Origins, a.Reports, a.Events = b.Value, b.Baseline, b.Delta, b.Z, b.Rung, b.Origins, b.Reports, b.Events
}

func (a Alert) same(b Alert) bool {
	return slices.Equal(a.Events, b.Events) && a.Origins == b.Origins && a.Reports == b.Reports && a.Rung == b.Rung && (a.Value == nil) == (b.Value == nil) && (a.Value == nil || *a.Value == *b.Value)
}

// why says what became of what an alert rested on.
func why(now, was Alert) string {
	gone := 0
	for _, e := range was.Events {
		if !slices.Contains(now.Events, e) {
			gone++
		}
	}
	if gone > 0 {
		return fmt.Sprintf("%d of its %d events stand no more", gone, len(was.Events))
	}
	return "the rule holds no more with what is known now"
}

// candidates are the scopes that a rule may speak of on a day.
func candidates(r Rule, now Known) []string {
	if r.Kind == "outlet" {
		return slices.Sorted(maps.Keys(now.Outlets))
	}
	var today []Happening
	for _, h := range now.Happenings {
		if h.Day == now.Day {
			today = append(today, h)
		}
	}
	var out []string
	for _, d := range Dyads(today) {
		out = append(out, d.String())
	}
	return out
}

// fires asks a rule about a day of a scope.
func (m *Method) fires(r Rule, dyad string, day int, now Known) (Alert, bool) {
	a := Alert{Rule: r.ID, Words: r.WordsEN, WordsAR: r.WordsAR, Cancel: r.CancelEN, CancelAR: r.CancelAR, Dyad: dyad, Line: r.Line, Day: isnad.DayDate(day), Events: []string{}, Method: m.name}
	if r.Kind == "outlet" {
		return a, silent(now.Outlets[dyad], now.Day, r.Threshold)
	}
	scope, err := m.ParseScope(dyad)
	if err != nil {
		return a, false
	}
	s := m.Series(scope, now.by[scope], now.Volume)
	p := Period{day, day}
	rest := func(h Happening) {
		a.Events = append(a.Events, h.Event)
		a.Reports += h.Claims
	}
	origins := func() int {
		var all []string
		for _, h := range s.hs {
			if slices.Contains(a.Events, h.Event) {
				all = append(all, h.Origins...)
			}
		}
		return len(set(all))
	}
	switch r.Kind {
	case "z":
		x := s.sum(p)
		b := s.baseline(Day, p, r.Line)
		v := x.lines[r.Line]
		a.Value, a.Baseline, a.Z = &v, b.median, b.z
		if b.median != nil {
			d := v - *b.median
			a.Delta = &d
		}
		for _, c := range x.contribs {
			if c.Line == r.Line {
				rest(*c.h)
			}
		}
		a.Origins = origins()
		return a, b.z != nil && *b.z >= r.Threshold && a.Origins >= r.Origins
	case "rung":
		here, before := m.standing(s.hs, day), m.standing(s.hs, day-1)
		if here == nil || here.Day != a.Day {
			return a, false
		}
		was := 1 // a dyad of which nothing is known stands on normal relations
		if before != nil {
			was = before.Order
		}
		a.Rung = here.Rung
		for _, h := range s.hs {
			if h.Event == here.Event {
				rest(h)
			}
		}
		a.Origins = origins()
		return a, float64(here.Order-was) >= r.Threshold && a.Origins >= r.Origins
	case "new":
		known := map[isnad.Type]bool{} // of the days before
		var v Points
		for _, h := range s.hs {
			line, w := m.weigh(h)
			if line != r.Line || w.Float() < r.Threshold || h.Day > day || h.Day < day-m.t.Constants.BaselineDays {
				continue
			}
			if h.Day < day {
				known[h.Type] = true
			} else if !known[h.Type] {
				rest(h)
				v += w
			}
		}
		a.Value, a.Origins = &v, origins()
		return a, len(a.Events) > 0 && a.Origins >= r.Origins
	}
	return a, false
}

// silent says that an outlet's silence is unlikely: in the four weeks before it, it
// printed on a share p of days, more than half, and a silence of k days has the
// likelihood (1−p)^k. With four weeks of past at least.
func silent(printed map[int]int, day int, least float64) bool {
	last := 0
	for d := day; d > day-60 && last == 0; d-- {
		if printed[d] > 0 {
			last = d
		}
	}
	if last == 0 || last == day {
		return false
	}
	n, first := 0, day
	for d := range printed {
		first = min(first, d)
		if d <= last && d > last-28 {
			n++
		}
	}
	if first > last-27 || n <= 14 {
		return false
	}
	return math.Pow(1-float64(n)/28.5, float64(day-last)) < least
}
