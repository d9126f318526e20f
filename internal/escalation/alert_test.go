package escalation_test

import (
	"strings"
	"testing"

	"isnad"
	"isnad/internal/escalation"
)

func steps(a escalation.Alert) string {
	var out []string
	for _, s := range a.Steps {
		out = append(out, s.At[8:]+" "+s.What)
	}
	return a.Rule + " " + a.Dyad + ": " + strings.Join(out, ", ")
}

// An alert fires, is updated in place by a second article, and is withdrawn when
// what it rests on is denied.
func TestAlertIsUpdatedAndWithdrawn(t *testing.T) {
	m := method(t)
	sent := func(status isnad.Status, claims int, origins ...string) escalation.Happening {
		h := happening("e1", day0+1, "AID", status)
		h.Claims, h.Origins = claims, origins
		return h
	}
	var history []escalation.Known
	for d, h := range [][]escalation.Happening{
		{},
		{sent(isnad.Reported, 1, "a")},
		{sent(isnad.Corroborated, 2, "a", "b")},
		{sent(isnad.Corroborated, 2, "a", "b")},
		{sent(isnad.Disputed, 3, "a", "b")},
	} {
		vol := escalation.Volume{}
		for i := range d + 1 {
			vol.Add(day0+i, "en", 100)
		}
		history = append(history, escalation.Known{Day: day0 + d, Happenings: h, Volume: vol})
	}
	alerts := m.Alerts(history)
	if len(alerts) != 1 {
		t.Fatalf("%d alerts: %+v", len(alerts), alerts)
	}
	a := alerts[0]
	if got, want := steps(a), "new_transfer PRK:KOR: 02 opened, 03 updated, 05 withdrawn"; got != want || a.State != escalation.AlertWithdrawn {
		t.Errorf("got  %s, %s\nwant %s", got, a.State, want)
	}
	// Replayed to an earlier day it is the same alert, as it was then.
	if b := m.Alerts(history[:3])[0]; b.ID != a.ID || b.State != escalation.AlertOpen || b.Origins != 2 {
		t.Errorf("by the third day: %+v", b)
	}
}

// A jump far above a quiet past opens an alert, and days without news end it.
func TestJump(t *testing.T) {
	m := method(t)
	var history []escalation.Known
	vol := escalation.Volume{}
	for d := range 80 {
		vol.Add(day0+d, "en", 100)
	}
	var hs []escalation.Happening
	for _, d := range []int{3, 11, 17, 30, 44} {
		hs = append(hs, happening("w"+string(rune('a'+d)), day0+d, "ACCUSE", isnad.Reported))
	}
	for i := range 6 {
		h := happening("j"+string(rune('a'+i)), day0+60, "THREATEN", isnad.Reported)
		h.Origins = []string{string(rune('a' + i))}
		hs = append(hs, h)
	}
	for d := 55; d < 80; d++ {
		history = append(history, escalation.Known{Day: day0 + d, Happenings: hs, Volume: vol})
	}
	alerts := m.Alerts(history)
	if len(alerts) != 1 || steps(alerts[0]) != "words_jump PRK:KOR: 30 opened, 08 ended" {
		for _, a := range alerts {
			t.Errorf("%s: %+v", steps(a), a)
		}
		t.Fatalf("want one alert, opened on the day of the jump and ended a week later")
	}
}

func TestSilentOutlet(t *testing.T) {
	m := method(t)
	printed := map[int]int{}
	for d := range 40 {
		printed[day0+d] = 3
	}
	var history []escalation.Known
	for d := 35; d < 50; d++ {
		known := map[int]int{}
		for day, n := range printed {
			if day <= day0+d {
				known[day] = n
			}
		}
		if d == 48 {
			printed[day0+48], known[day0+48] = 1, 1
		}
		history = append(history, escalation.Known{Day: day0 + d, Volume: escalation.Volume{}, Outlets: map[string]map[int]int{"x": known}})
	}
	alerts := m.Alerts(history)
	if len(alerts) != 1 || alerts[0].Rule != "source_quiet" || alerts[0].State != escalation.AlertEnded {
		t.Fatalf("got %+v", alerts)
	}
}
