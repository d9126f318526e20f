package backtest

import (
	"math"
	"slices"

	"isnad"
	"isnad/internal/escalation"
)

// dyads compares pairs of states with disputes and conflicts by year.
func dyads(b *card, o Options, c *corpus) error {
	code, err := states()
	if err != nil {
		return err
	}
	mid, err := hostility(o.Dir, code)
	if err != nil {
		return err
	}
	wars, list, err := conflicts(o.Dir, code)
	if err != nil {
		return err
	}
	isState := stateOf(code)
	d := newDyadic(o.Method, c, months("2003-01", o.Until))
	b.p("")
	b.p("## Dyads by year")
	b.p("")
	b.p("Every ordered pair of states that any event is between, or that the truth names, in every year. *last value* is the truth of the year before; *volume* counts the events of any kind between the two. ROC-AUC: the chance that a year with a dispute scores higher than one without. PR-AUC: average precision; by chance it is the share of positives.")
	var table []row
	for _, x := range []struct {
		name     string
		truth    map[cell]int
		least    int
		from, to int
	}{{"use of force or war by A against B (MID hostility 4, 5), 2004–2014", mid, 4, 2004, 2014},
		{"any threat, display or use of force (MID 2 to 5), 2004–2014", mid, 2, 2004, 2014},
		{"governments at war with each other (UCDP/PRIO), 2004–2021", wars, 1, 2004, 2021}} {
		s := d.years(x.truth, x.least, x.from, x.to, isState)
		n := 0
		for _, y := range s.yes {
			if y {
				n++
			}
		}
		for _, p := range predictors {
			table = append(table, row{x.name + ": " + p, []float64{rocAUC(s.by[p], s.yes), prAUC(s.by[p], s.yes), float64(n) / float64(len(s.yes))}})
		}
		onset := scored{by: map[string][]float64{}}
		for i := range s.cells {
			if s.by["last value"][i] >= float64(x.least) {
				continue
			}
			onset.yes = append(onset.yes, s.yes[i])
			for _, p := range predictors[:len(predictors)-1] {
				onset.by[p] = append(onset.by[p], s.by[p][i])
			}
		}
		for _, p := range predictors[:len(predictors)-1] {
			table = append(table, row{"– of those without one the year before: " + p, []float64{rocAUC(onset.by[p], onset.yes), prAUC(onset.by[p], onset.yes), math.NaN()}})
		}
	}
	b.table("| truth: predictor | ROC-AUC | PR-AUC | share of positives |", table)
	b.p("")
	b.p("Interstate conflicts of UCDP/PRIO since 2003, listed singly because they are few:")
	b.p("")
	for _, x := range list {
		b.p("- %s", x)
	}
	months, err := disputed(o.Dir, code)
	if err != nil {
		return err
	}
	b.p("")
	b.p("### Alarms")
	b.p("")
	b.p("A month in which a dyad's line stands at least 3 above its own past (robust z, 180 days); false where no dispute with use of force (MID) has the two on opposite sides in that month or the one before or after; 2004-01 to 2014-12.")
	table = nil
	for _, line := range []escalation.Line{escalation.Acts, escalation.Words} {
		n, spoke, wrong, found, all := alarms(o.Method, c, d, months, line, 3, "2004-01", "2014-12", isState)
		table = append(table, row{string(line), []float64{float64(n), float64(spoke), 100 * float64(wrong) / float64(n), 100 * float64(wrong) / float64(max(1, spoke)), 100 * float64(found) / float64(max(1, all))}})
	}
	b.table("| line | dyad-months | alarms | false alarms per hundred dyad-months | false, % of alarms | dispute months with an alarm, % |", table)
	return nil
}

// rockets compare North Korea's series with its launches.
func rockets(b *card, o Options, c *corpus) error {
	truth, err := launches(o.Dir)
	if err != nil {
		return err
	}
	ms := months("2004-01", o.Until)
	b.p("")
	b.p("## North Korea's launches by month")
	b.p("")
	b.p("Is there a launch in the month (lag 0), in the next (lead 1), or was there one in the month before (lag 1)? 2004-01 to %s. *volume*: events of any kind with North Korea on a side; *last value*: a launch in the month before.", ms[len(ms)-1])
	scopes := []escalation.Scope{{From: "PRK"}, {From: "PRK", To: "USA"}, {From: "PRK", To: "KOR"}, {From: "PRK", To: "JPN"}, {From: "USA", To: "PRK"}, {From: "KOR", To: "PRK"}}
	var table []row
	score := func(name string, xs []float64) {
		r := row{name: name}
		for _, shift := range []int{0, 1, -1} {
			var scores []float64
			var yes []bool
			for i := range ms {
				j := i + shift
				if j < 0 || j >= len(ms) || math.IsNaN(xs[i]) {
					continue
				}
				scores, yes = append(scores, xs[i]), append(yes, truth[ms[j]] > 0)
			}
			r.scores = append(r.scores, rocAUC(scores, yes), prAUC(scores, yes))
		}
		table = append(table, r)
	}
	for _, s := range scopes {
		for _, line := range []escalation.Line{escalation.Acts, escalation.Words} {
			score(s.String()+" "+string(line), monthly(o.Method, s, c.happenings, c.volume, ms, line))
		}
	}
	// Tests name no victim, so no dyad has them: what the state does to nobody named.
	mobilised := slices.DeleteFunc(slices.Clone(c.happenings), func(h escalation.Happening) bool {
		return h.Type != "MOBILIZE" || !slices.Contains(h.Actor, "PRK")
	})
	score("PRK, forces moved or tested, whoever is meant", monthly(o.Method, all, mobilised, c.volume, ms, escalation.Acts))
	volume := make([]float64, len(ms))
	lastValue := make([]float64, len(ms))
	for i, m := range ms {
		for _, h := range c.happenings {
			if isnad.DayDate(h.Day)[:7] == m && (slices.Contains(h.Actor, "PRK") || slices.Contains(h.Recipient, "PRK")) {
				volume[i]++
			}
		}
		if i > 0 {
			lastValue[i] = float64(min(1, truth[ms[i-1]]))
		}
	}
	score("volume", volume)
	score("last value", lastValue)
	n := 0
	for _, m := range ms {
		n += min(1, truth[m])
	}
	b.table("| predictor | ROC-AUC lag 0 | PR-AUC | ROC-AUC lead 1 | PR-AUC | ROC-AUC lag 1 | PR-AUC |", table)
	b.p("")
	b.p("Months with a launch: %d of %d.", n, len(ms))
	return nil
}
