package backtest

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/escalation"
)

// Run sets the series beside the outside ones and returns the card.
func Run(o Options) ([]byte, error) {
	c, err := o.read()
	if err != nil {
		return nil, err
	}
	o.Log("%d events", len(c.happenings))
	b := &card{}
	b.p("# Back-test")
	b.p("")
	b.p("Printed by `isnad backtest`; the method is `%s`, the reader `%s`. Nothing here is written by hand but the sentences, and no row is left out because it is bad. How it is counted: [escalation.md](escalation.md#the-back-test).", o.Method.Name(), o.Reader)
	b.p("")
	b.p("Read: %d items of Wikipedia's current events, %s to %s, %d claims, %d events (%d of them of several claims). A value of a month uses what was published by its end.", len(c.items), c.items[0].Published, c.items[len(c.items)-1].Published, c.claims, len(c.happenings), c.linked)
	b.p("Outside series: Geopolitical Risk index (Caldara and Iacoviello 2022), COW MID 5.0, UCDP/PRIO Armed Conflict 25.1, CNS/NTI launches. Years after 2021 were not looked at.")
	for _, part := range []func(*card, Options, *corpus) error{world, ablations, misses, dyads, rockets} {
		if err := part(b, o, c); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

type card struct{ bytes.Buffer }

func (b *card) p(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }

func (b *card) table(head string, rows []row) {
	b.p("")
	b.p("%s", head)
	b.p("%s", "|---|"+strings.Repeat("---:|", strings.Count(head, "|")-2))
	for _, r := range rows {
		b.WriteString("| " + r.name + " |")
		for _, x := range r.scores {
			if math.IsNaN(x) {
				b.WriteString(" – |")
			} else if x == math.Trunc(x) && math.Abs(x) > 1 {
				fmt.Fprintf(b, " %.0f |", x)
			} else {
				fmt.Fprintf(b, " %.3f |", x)
			}
		}
		b.WriteString("\n")
	}
}

var spans = [][2]string{{"2002-07", "2021-12"}, {"2004-01", "2012-12"}, {"2013-01", "2021-12"}}

var all = escalation.Scope{All: true}

// conflict are the contexts of organised force.
var conflict = []string{"military", "terrorism", "cbrn"}

// world compares the world's series by month.
func world(b *card, o Options, c *corpus) error {
	threats, acts, both, err := gpr(o.Dir)
	if err != nil {
		return err
	}
	b.p("")
	b.p("## The world by month: rank correlation (Spearman) with the Geopolitical Risk index")
	b.p("")
	b.p("Levels, and changes from month to month. *words* stand beside the index's threats, *acts* beside its acts. Baselines: items with a keyword (`internal/backtest/keywords.tsv`), as a count and as a share of the items; all items; the index's own last month. With 234 months a correlation's standard error is about 0.065.")
	for _, span := range spans {
		ms := months(span[0], span[1])
		if ms[len(ms)-1] > o.Until {
			ms = months(span[0], o.Until)
		}
		volume, kt, ka, kany, err := counted(c.items, ms)
		if err != nil {
			return err
		}
		var table []row
		add := func(name string, w, a []float64) {
			var r row
			r.name = name
			for _, x := range []struct {
				xs    []float64
				truth index
			}{{w, threats}, {a, acts}, {w, both}, {a, both}} {
				if x.xs == nil {
					r.scores = append(r.scores, math.NaN(), math.NaN())
					continue
				}
				l, m := compare(x.xs, x.truth, ms)
				r.scores = append(r.scores, l, m)
			}
			table = append(table, r)
		}
		for _, t := range attempts(o.Method, c, ms) {
			add(t.name, t.words, t.acts)
		}
		add("keyword count", kt, ka)
		add("keyword share", share(kt, volume), share(ka, volume))
		add("keyword share, the mean of three months", mean3(share(kt, volume)), mean3(share(ka, volume)))
		add("any keyword, count", kany, kany)
		add("any keyword, share", share(kany, volume), share(kany, volume))
		add("article volume", volume, volume)
		lw, _ := compare(last(threats, ms), threats, ms)
		la, _ := compare(last(acts, ms), acts, ms)
		lb, _ := compare(last(both, ms), both, ms)
		table = append(table, row{"index's last month, last change", []float64{lw, lastMove(threats, ms), la, lastMove(acts, ms), lb, lastMove(both, ms), lb, lastMove(both, ms)}})
		b.p("")
		b.p("### %s to %s", ms[0], ms[len(ms)-1])
		b.table("| predictor | words–threats, levels | changes | acts–acts, levels | changes | words–both, levels | changes | acts–both, levels | changes |", table)
	}
	return nil
}

// attempt is a way of making the world's series; each is in the card, whatever
// it reached.
type attempt struct {
	name        string
	words, acts []float64
}

// attempts are the ways tried, in the order in which they were, each with the
// reason for trying it in docs/escalation.md.
func attempts(m *escalation.Method, c *corpus, ms []string) []attempt {
	counts := m.Leave(escalation.Without{Denominators: true})
	force := with(c.happenings, conflict...)
	var out []attempt
	add := func(name string, m *escalation.Method, scope escalation.Scope, w, a []escalation.Happening) {
		t := attempt{name, monthly(m, scope, w, c.volume, ms, escalation.Words), monthly(m, scope, a, c.volume, ms, escalation.Acts)}
		out = append(out, t)
	}
	add("0: the method, between states", m, escalation.Scope{}, c.happenings, c.happenings)
	add("1: every event, rebels and unknown ones too", m, all, c.happenings, c.happenings)
	add("2: every event of armed force (context)", m, all, force, force)
	add("3: between states, armed force", m, escalation.Scope{}, force, force)
	add("4: as 2, without denominators", counts, all, force, force)
	threats := only(c.happenings, "THREATEN")
	violence := only(c.happenings, "ASSAULT", "MOBILIZE")
	add("5: threats only; attacks and mobilisations only", m, all, threats, violence)
	w, a := c.sharesOfItems(ms, threat, attack)
	out = append(out, attempt{"6: share of items with a threat or move, with an attack by armed force", w, a})
	out = append(out, attempt{"7: as 6, the mean of three months", mean3(w), mean3(a)})
	w, a = c.sharesOfItems(ms, hostile, violent)
	return append(out, attempt{"8: share of items with hostile words on arms, sanctions or moves, with any attack or arrest of armed force", w, a})
}

// only picks the happenings of some types.
func only(hs []escalation.Happening, types ...isnad.Type) []escalation.Happening {
	var out []escalation.Happening
	for _, h := range hs {
		if slices.Contains(types, h.Type) {
			out = append(out, h)
		}
	}
	return out
}

// armed says that a claim is in a context of armed force.
func armed(x isnad.Claim) bool {
	return slices.ContainsFunc(x.Contexts, func(s string) bool { return slices.Contains(conflict, s) })
}

// threat, attack, hostile and violent are what attempts 6 to 8 count.
func threat(x isnad.Claim) bool {
	return x.Type == "THREATEN" || x.Type == "MOBILIZE" || x.Type == "ASSAULT" && x.Factuality != isnad.Actual && x.Factuality != isnad.Negated
}

func attack(x isnad.Claim) bool { return x.Type == "ASSAULT" && armed(x) }

func hostile(x isnad.Claim) bool {
	words := []isnad.Type{"ACCUSE", "REJECT", "REQUEST", "CONSULT", "AGREE"}
	return threat(x) || x.Type == "SANCTION" || armed(x) && slices.Contains(words, x.Type)
}

func violent(x isnad.Claim) bool { return armed(x) && (x.Type == "ASSAULT" || x.Type == "COERCE") }

// sharesOfItems counts items, as the index counts articles, and not events: the
// share of a month's items with a claim of one kind, and of another.
func (c *corpus) sharesOfItems(ms []string, words, acts func(isnad.Claim) bool) (w, a []float64) {
	at := map[string]int{}
	for i, x := range ms {
		at[x] = i
	}
	has := [2]map[string]bool{{}, {}}
	for _, x := range c.told {
		for i, kind := range []func(isnad.Claim) bool{words, acts} {
			if kind(x) {
				has[i][x.Article] = true
			}
		}
	}
	w, a = make([]float64, len(ms)), make([]float64, len(ms))
	volume := make([]float64, len(ms))
	for _, x := range c.items {
		i, ok := at[x.Published[:7]]
		if !ok {
			continue
		}
		volume[i]++
		if has[0][x.ID] {
			w[i]++
		}
		if has[1][x.ID] {
			a[i]++
		}
	}
	return share(w, volume), share(a, volume)
}

// mean3 is the mean of a month and the two before it.
func mean3(xs []float64) []float64 {
	out := make([]float64, len(xs))
	for i := range xs {
		n := 0.0
		for j := max(0, i-2); j <= i; j++ {
			out[i] += xs[j]
			n++
		}
		out[i] /= n
	}
	return out
}

// ablations leave parts of the method out.
func ablations(b *card, o Options, c *corpus) error {
	threats, acts, _, err := gpr(o.Dir)
	if err != nil {
		return err
	}
	code, err := states()
	if err != nil {
		return err
	}
	truth, err := hostility(o.Dir, code)
	if err != nil {
		return err
	}
	ms := months(spans[0][0], o.Until)
	b.p("")
	b.p("## Ablations")
	b.p("")
	b.p("The method between states without one of its parts, %s to %s, and its acts beside the use of force by dyad and year.", ms[0], ms[len(ms)-1])
	var table []row
	for _, w := range []struct {
		name string
		w    escalation.Without
	}{{"whole", escalation.Without{}}, {"without status", escalation.Without{Status: true}}, {"without origins", escalation.Without{Origins: true}},
		{"without denominators", escalation.Without{Denominators: true}}, {"without factuality", escalation.Without{Factuality: true}}} {
		m := o.Method
		if w.name != "whole" {
			m = m.Leave(w.w)
		}
		r := row{name: w.name}
		for _, x := range []struct {
			line  escalation.Line
			truth index
		}{{escalation.Words, threats}, {escalation.Acts, acts}} {
			l, mv := compare(monthly(m, escalation.Scope{}, c.happenings, c.volume, ms, x.line), x.truth, ms)
			r.scores = append(r.scores, l, mv)
		}
		s := newDyadic(m, c, months("2003-01", "2014-12")).years(truth, 4, 2004, 2014, stateOf(code))
		r.scores = append(r.scores, rocAUC(s.by["acts"], s.yes), prAUC(s.by["acts"], s.yes))
		table = append(table, r)
	}
	b.table("| method | words–threats, levels | changes | acts–acts, levels | changes | use of force, ROC-AUC | PR-AUC |", table)
	return nil
}

// misses are the months whose ranks differ most, with what the series rest on.
func misses(b *card, o Options, c *corpus) error {
	threats, acts, _, err := gpr(o.Dir)
	if err != nil {
		return err
	}
	ms := months(spans[0][0], o.Until)
	b.p("")
	b.p("## Worst misses")
	b.p("")
	b.p("Months between whose rank in the series and rank in the index the difference is greatest (places of %d; positive: the series is higher), with the items of the month and what weighs most in it.", len(ms))
	for _, x := range []struct {
		line  escalation.Line
		truth index
		name  string
	}{{escalation.Words, threats, "words beside threats"}, {escalation.Acts, acts, "acts beside acts"}} {
		xs := monthly(o.Method, escalation.Scope{}, c.happenings, c.volume, ms, x.line)
		var ys []float64
		for i, m := range ms {
			ys = append(ys, x.truth[m])
			if math.IsNaN(xs[i]) {
				xs[i] = 0
			}
		}
		rx, ry := ranks(xs), ranks(ys)
		at := make([]int, len(ms))
		for i := range at {
			at[i] = i
		}
		slices.SortStableFunc(at, func(i, j int) int { return cmp.Compare(math.Abs(rx[j]-ry[j]), math.Abs(rx[i]-ry[i])) })
		b.p("")
		b.p("| %s | difference of ranks | items | heaviest pairs of the month |", x.name)
		b.p("|---|---:|---:|---|")
		for _, i := range at[:min(6, len(at))] {
			b.p("| %s | %+.0f | %d | %s |", ms[i], rx[i]-ry[i], itemsIn(c, ms[i]), heaviest(o.Method, c, ms[i], x.line))
		}
	}
	return nil
}

func itemsIn(c *corpus, month string) int {
	n := 0
	for _, a := range c.items {
		if a.Published[:7] == month {
			n++
		}
	}
	return n
}

// heaviest names the dyads that add most to a month's line.
func heaviest(m *escalation.Method, c *corpus, month string, line escalation.Line) string {
	p := escalation.PeriodOf(escalation.Month, isnad.Day(month))
	v := m.Series(escalation.Scope{}, c.happenings, c.volume).Values(escalation.Month, p.From, p.From)
	by := map[string]escalation.Points{}
	var total escalation.Points
	for _, x := range v[0].Contribs {
		if x.Line != line {
			continue
		}
		h := x.Happening()
		total += x.Value
		for _, d := range escalation.Dyads([]escalation.Happening{h}) {
			by[d.String()] += x.Value
		}
	}
	var names []string
	for n := range by {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(by[b], by[a]), cmp.Compare(a, b)) })
	var out []string
	for _, n := range names[:min(4, len(names))] {
		out = append(out, fmt.Sprintf("%s %.0f%%", n, 100*by[n].Float()/max(1, total.Float())))
	}
	return strings.Join(out, ", ")
}

func stateOf(code map[string]isnad.Code) func(isnad.Code) bool {
	known := map[isnad.Code]bool{}
	for _, c := range code {
		known[c] = true
	}
	return func(c isnad.Code) bool { return known[c] }
}
