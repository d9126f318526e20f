package escalation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/intensity"
	"isnad/internal/store"
	"isnad/lexicon"
)

func method(t testing.TB) *escalation.Method {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	m, err := intensity.Load(lex)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var day0 = isnad.Day("2024-10-01")

func events(t *rapid.T) []escalation.Happening {
	codes := []isnad.Code{"PRK", "RUS", "UKR", "KOR"}
	var out []escalation.Happening
	for i := range rapid.IntRange(0, 40).Draw(t, "events") {
		pick := func(name string) []isnad.Code {
			return slices.Compact([]isnad.Code{rapid.SampledFrom(codes).Draw(t, name), rapid.SampledFrom(codes).Draw(t, name)})
		}
		var origins []string
		for j := range rapid.IntRange(1, 3).Draw(t, "origins") {
			origins = append(origins, fmt.Sprintf("o%d%d", j, rapid.IntRange(0, 3).Draw(t, "origin")))
		}
		out = append(out, escalation.Happening{Event: fmt.Sprintf("e%02d", i), Type: rapid.SampledFrom(isnad.Types).Draw(t, "type"),
			Day: day0 + rapid.IntRange(0, 40).Draw(t, "day"), Status: rapid.SampledFrom(isnad.Statuses).Draw(t, "status"),
			Factuality: rapid.SampledFrom(isnad.Factualities).Draw(t, "factuality"), Actor: pick("actor"), Recipient: pick("recipient"),
			Origins: origins, Langs: rapid.SampledFrom([][]isnad.Lang{{"ar"}, {"en"}, {"ar", "en"}, nil}).Draw(t, "langs")})
	}
	return out
}

func volumes(t *rapid.T) escalation.Volume {
	v := escalation.Volume{}
	for d := range 41 {
		v.Add(day0+d, "ar", rapid.IntRange(0, 200).Draw(t, "ar"))
		if rapid.Bool().Draw(t, "both") {
			v.Add(day0+d, "en", rapid.IntRange(1, 90).Draw(t, "en"))
		}
		if v[day0+d]["ar"] == 0 {
			delete(v[day0+d], "ar")
		}
		if len(v[day0+d]) == 0 {
			delete(v, day0+d)
		}
	}
	return v
}

// Contributions add up to every value exactly, for every scope and step; a value
// of an unread period is null; the order of events changes no byte.
func TestContributionsAddUp(t *testing.T) {
	m := method(t)
	scopes := []string{"PRK:RUS", "RUS-PRK", "eastern_asia"}
	rapid.Check(t, func(t *rapid.T) {
		hs, vol := events(t), volumes(t)
		shuffled := slices.Clone(hs)
		slices.Reverse(shuffled)
		for _, name := range scopes {
			scope, err := m.ParseScope(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, step := range []escalation.Step{escalation.Day, escalation.Month} {
				values := m.Series(scope, hs, vol).Values(step, day0+25, day0+40)
				again := m.Series(scope, shuffled, vol).Values(step, day0+25, day0+40)
				for i, v := range values {
					a, _ := json.Marshal(v)
					b, _ := json.Marshal(again[i])
					if !bytes.Equal(a, b) {
						t.Fatalf("another order gives other bytes:\n%s\n%s", a, b)
					}
					sum := map[escalation.Line]escalation.Points{}
					for _, c := range v.Contribs {
						sum[c.Line] += c.Value
					}
					for line, p := range map[escalation.Line]*escalation.Points{"acts": v.Acts, "words": v.Words, "cooperation": v.Cooperation, "disputed": v.Disputed} {
						unread := v.State == escalation.Unmonitored || v.State == escalation.Failed
						switch {
						case (p == nil) != unread:
							t.Fatalf("%s %s: %s is %v in state %s", v.Dyad, v.Day, line, p, v.State)
						case p != nil && *p != sum[line]:
							t.Fatalf("%s %s: %s is %s, its contributions add up to %s", v.Dyad, v.Day, line, p, sum[line])
						}
						if lv := v.Of(line); !unread && (lv.Low > *p || lv.High < *p) {
							t.Fatalf("%s %s: %s %s lies outside %s to %s", v.Dyad, v.Day, line, p, lv.Low, lv.High)
						}
					}
				}
			}
		}
	})
}

// What was reported after a time changes no value of the days before.
func TestLaterReportsChangeNothingBefore(t *testing.T) {
	m := method(t)
	rapid.Check(t, func(t *rapid.T) {
		hs, vol := events(t), volumes(t)
		cut := day0 + rapid.IntRange(0, 40).Draw(t, "cut")
		early := slices.DeleteFunc(slices.Clone(hs), func(h escalation.Happening) bool { return h.Day > cut })
		before := escalation.Volume{}
		for d, by := range vol {
			if d <= cut {
				before[d] = by
			}
		}
		for _, name := range []string{"PRK:RUS", "world"} {
			scope, _ := m.ParseScope(name)
			for i, v := range m.Series(scope, early, before).Values(escalation.Day, day0, cut) {
				w := m.Series(scope, hs, vol).Values(escalation.Day, day0, cut)[i]
				if v.State != w.State && v.State == escalation.Unmonitored {
					w.State = v.State // only later days tell a failed feed from the end of reading
				}
				a, _ := json.Marshal(v)
				b, _ := json.Marshal(w)
				if !bytes.Equal(a, b) {
					t.Fatalf("seen later:\n%s\n%s", a, b)
				}
			}
		}
	})
}

// A further event of another origin never makes a value smaller.
func TestCapIsMonotone(t *testing.T) {
	m := method(t)
	rapid.Check(t, func(t *rapid.T) {
		hs := events(t)
		vol := escalation.Volume{}
		for d := range 41 {
			vol.Add(day0+d, "en", 100)
		}
		more := escalation.Happening{Event: "more", Type: "ASSAULT", Day: day0 + 3, Status: isnad.Confirmed, Factuality: isnad.Actual,
			Actor: []isnad.Code{"PRK"}, Recipient: []isnad.Code{"RUS"}, Origins: []string{"fresh"}, Langs: []isnad.Lang{"en"}}
		a := m.Series(escalation.Scope{}, hs, vol).Values(escalation.Day, day0+3, day0+3)[0]
		b := m.Series(escalation.Scope{}, append(slices.Clone(hs), more), vol).Values(escalation.Day, day0+3, day0+3)[0]
		if *b.Acts < *a.Acts {
			t.Fatalf("%s became %s by one more attack", a.Acts, b.Acts)
		}
	})
}

func happening(event string, day int, typ isnad.Type, status isnad.Status) escalation.Happening {
	return escalation.Happening{Event: event, Type: typ, Day: day, Status: status, Factuality: isnad.Actual,
		Actor: []isnad.Code{"PRK"}, Recipient: []isnad.Code{"KOR"}, Origins: []string{"a"}, Langs: []isnad.Lang{"en"}}
}

func TestStatesAndLines(t *testing.T) {
	m := method(t)
	vol := escalation.Volume{}
	for d := range 30 {
		if d != 10 && d != 11 {
			vol.Add(day0+d, "en", 500)
		}
	}
	hs := []escalation.Happening{happening("e1", day0+5, "ASSAULT", isnad.Corroborated), happening("e2", day0+5, "THREATEN", isnad.Disputed),
		happening("e3", day0+5, "AID", isnad.Retracted), happening("e4", day0+6, "ACCUSE", isnad.Reported)}
	s := m.Series(escalation.Scope{From: "PRK", To: "KOR"}, hs, vol)
	var states []string
	for _, d := range []int{-20, 4, 5, 10, 11, 29, 30} {
		states = append(states, string(s.Values(escalation.Day, day0+d, day0+d)[0].State))
	}
	if got, want := strings.Join(states, " "), "unmonitored quiet measured failed failed quiet unmonitored"; got != want {
		t.Errorf("states %s, want %s", got, want)
	}
	v := s.Values(escalation.Day, day0+5, day0+5)[0]
	if got, want := fmt.Sprintf("%s %s %s %s %s", v.Acts, v.Words, v.Cooperation, v.Disputed, *v.Rung), "18 0 0 7 limited_force"; got != want {
		t.Errorf("acts, words, cooperation, disputed, rung: %s, want %s", got, want)
	}
	// The event is in the dyad from actor to recipient and in no other.
	if v := m.Series(escalation.Scope{From: "KOR", To: "PRK"}, hs, vol).Values(escalation.Day, day0+5, day0+5)[0]; v.State != escalation.Quiet || *v.Acts != 0 {
		t.Errorf("KOR:PRK has acts %s", v.Acts)
	}
}

// Rebels of a state are no state: their acts stand in a line beside the dyad.
func TestOnlyStateRolesCount(t *testing.T) {
	claim := func(role isnad.Role) isnad.Claim {
		return isnad.Claim{Actor: []isnad.Actor{{Code: "YEM", Role: role}}, Recipient: []isnad.Actor{{Code: "SAU", Role: "GOV"}}}
	}
	e := isnad.Event{ID: "e", Type: "ASSAULT", Actor: []isnad.Code{"YEM"}, Recipient: []isnad.Code{"SAU"}, Status: isnad.Reported,
		Claims: []isnad.EventClaim{{Published: "2024-10-02", Factuality: isnad.Actual, Outlet: "x"}}}
	m := method(t)
	dyad := escalation.Scope{From: "YEM", To: "SAU"}
	beside := escalation.Scope{From: "YEM", To: "SAU", Others: true}
	for _, c := range []struct {
		role         isnad.Role
		in, besideIt bool
	}{{"REB", false, true}, {"MIL", true, false}} {
		h := escalation.Digest(e, []isnad.Claim{claim(c.role)}, nil)
		if m.In(dyad, h) != c.in || m.In(beside, h) != c.besideIt {
			t.Errorf("role %s: in the dyad %v, beside it %v", c.role, m.In(dyad, h), m.In(beside, h))
		}
	}
	for _, role := range []isnad.Role{"", "GOV", "MIL", "LEG", "JUD", "SPY", "REB", "OPP", "MED", "CVL", "PTY"} {
		a := isnad.Actor{Code: "YEM", Role: role}
		if escalation.StateRole(a) != store.StateRole(a) {
			t.Errorf("role %q: here %v, in queries %v", role, escalation.StateRole(a), store.StateRole(a))
		}
	}
}

func TestPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := escalation.Points(rapid.Int64Range(-1<<52, 1<<52).Draw(t, "points"))
		q, err := escalation.ParsePoints(p.String())
		if err != nil || q != p {
			t.Fatalf("%d is written %s and read %d: %v", p, p, q, err)
		}
	})
	for _, bad := range []string{"", "x", "1.2345678", "1e3", "-"} {
		if _, err := escalation.ParsePoints(bad); err == nil {
			t.Errorf("%q is read as points", bad)
		}
	}
}

// A step up is found where it is, and a shuffled series seldom has one.
func TestChangePoint(t *testing.T) {
	m := method(t)
	vol := escalation.Volume{}
	var hs []escalation.Happening
	n := 0
	for d := range 200 {
		vol.Add(day0+d, "en", 500)
		many := d % 2
		if d >= 120 {
			many = 4 + d%3
		}
		for range many {
			n++
			h := happening(fmt.Sprintf("e%04d", n), day0+d, "ASSAULT", isnad.Corroborated)
			h.Origins = []string{fmt.Sprint("o", n%7), fmt.Sprint("p", n%5)}
			hs = append(hs, h)
		}
	}
	c := m.Series(escalation.Scope{}, hs, vol).Changes(escalation.Day, day0, day0+199, escalation.Acts)
	if len(c.Points) != 1 || math.Abs(float64(isnad.Day(c.Points[0].Day)-day0-120)) > 2 || c.Points[0].After <= c.Points[0].Before {
		t.Errorf("changes %+v, want one about day 120", c.Points)
	}
	if c.FalseAlarm > 0.2 {
		t.Errorf("false alarms on %.2f of shuffled series", c.FalseAlarm)
	}
}
