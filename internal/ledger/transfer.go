package ledger

import (
	"slices"
	"strings"

	"isnad"
)

// stages of a transfer, in order.
var stages = []string{"sought", "offered", "promised", "agreed", "shipped", "delivered", "used"}

// amounts are the kinds of quantity that say how much was transferred, by what.
var amounts = map[string][]string{
	"troops": {"troops", "units", "people"}, "arms": {"arms", "vehicles", "units"}, "ammunition": {"arms", "weight"}, "food": {"weight", "aid"}, "money": {"money"},
	"medicine": {"weight", "aid"}, "relief": {"weight", "aid", "money", "vehicles"}, "fuel": {"weight", "volume"}, "training": {"troops", "people"},
}

// TransferTypes are the types of the events that transfers are read out of.
var TransferTypes = []isnad.Type{"AID", "MOBILIZE"}

// Transfers reads out of events of aid, and of arms and goods that are traded,
// what goes from whom to whom, how far it came and who denies it. entries are the
// claims of the events. Events of the same parties and thing within a season are
// one transfer: reports of one delivery are linked to one event already, and
// promise and delivery are acts of their own. An event of another type joins a
// transfer that is known by acts of aid (moved).
func (l *Ledger) Transfers(events []isnad.Event, all []isnad.Entry) []isnad.Transfer {
	const season = 90 // days
	by := make(map[string]isnad.Entry, len(all))
	for _, e := range all {
		by[e.Claim.ID] = e
	}
	type key struct{ from, to, what string }
	last := map[key]int{}
	seen := map[key]int{}
	days := map[int][]int{} // of the events of a transfer
	var out []isnad.Transfer
	for _, e := range slices.Concat(ofType(events, "AID"), ofType(events, "MOBILIZE")) {
		if len(e.Actor) == 0 || len(e.Recipient) == 0 {
			continue
		}
		var es []isnad.Entry
		for _, c := range e.Claims {
			if x, ok := by[c.ID]; ok {
				es = append(es, x)
			}
		}
		what := thing(es)
		if what == "" {
			continue
		}
		k := key{joined(e.Actor), joined(e.Recipient), what}
		day := isnad.Day(e.Claims[0].Published)
		i, there := seen[k]
		if e.Type != "AID" && (!there || !moved(es) || !slices.ContainsFunc(days[i], func(d int) bool { return max(d-day, day-d) <= season })) {
			continue
		}
		if !there || e.Type == "AID" && day-last[k] > season {
			i = len(out)
			seen[k] = i
			out = append(out, isnad.Transfer{ID: "t" + strings.TrimPrefix(e.Claims[0].ID, "c"), From: e.Actor, To: e.Recipient, What: what, Status: e.Status})
		}
		if e.Type == "AID" {
			last[k] = day
			days[i] = append(days[i], day)
		}
		t := &out[i]
		t.Events = append(t.Events, e.ID)
		if slices.Index(isnad.Statuses, e.Status) < slices.Index(isnad.Statuses, t.Status) {
			t.Status = e.Status
		}
		ms := inOrder(mentions(es))
		taken, takes := takenFigures(ms), takingBack(ms)
		for _, m := range ms {
			if !takes[m] {
				transferred(t, m, taken)
			}
		}
	}
	for i := range out {
		t := &out[i]
		slices.SortStableFunc(t.Stages, func(a, b isnad.TransferStage) int {
			return slices.Index(stages, a.Stage) - slices.Index(stages, b.Stage)
		})
		if n := len(t.Stages); n > 0 {
			t.Stage = t.Stages[n-1].Stage
		}
		slices.Sort(t.Against)
		t.Against = slices.DeleteFunc(slices.Compact(t.Against), func(c isnad.Code) bool { return slices.Contains(t.From, c) || slices.Contains(t.To, c) })
		slices.Sort(t.DeniedBy)
		t.DeniedBy = slices.Compact(t.DeniedBy)
		// Asserted in one event and denied in another it is as disputed as in one.
		if len(t.Stages) > 0 && t.Status != isnad.Retracted && meet(t.DeniedBy, union(t.From, t.To)) {
			t.Status = isnad.Disputed
		}
	}
	return out
}

// moved says that most claims of an event have a word of sending or arriving.
// Forces sent to another state are read as aid in one sentence and as a movement
// of forces in the next, denials among them; where parties, thing and such a word
// agree with a transfer, it is the one that they speak of.
func moved(es []isnad.Entry) bool {
	n := 0
	for _, e := range es {
		if words := tagged(e, "stage"); slices.Contains(words, "shipped") || slices.Contains(words, "delivered") {
			n++
		}
	}
	return 2*n > len(es)
}

func ofType(events []isnad.Event, t isnad.Type) (out []isnad.Event) {
	for _, e := range events {
		if e.Type == t {
			out = append(out, e)
		}
	}
	return out
}

// thing is what most claims say is transferred; of equally many, what is named
// first, and relief only where nothing nearer is.
func thing(es []isnad.Entry) string {
	count, order := map[string]int{}, []string{}
	for _, e := range es {
		for _, w := range tagged(e, "what") {
			if count[w]++; count[w] == 1 {
				order = append(order, w)
			}
		}
		for _, q := range e.Claim.Quantities {
			if w := map[string]string{"troops": "troops", "arms": "arms", "money": "money"}[q.Kind]; w != "" {
				if count[w]++; count[w] == 1 {
					order = append(order, w)
				}
			}
		}
	}
	best := ""
	for _, w := range order {
		if best == "" || best == "relief" || w != "relief" && count[w] > count[best] {
			best = w
		}
	}
	return best
}

// transferred adds what a claim tells to a transfer.
func transferred(t *isnad.Transfer, m *mention, taken back) {
	c := m.claim
	e := isnad.Entry{Claim: c, Facts: m.facts}
	if c.Stance == isnad.Denies {
		if c.Denies == isnad.DeniesEvent || c.Denies == "" {
			t.DeniedBy = append(t.DeniedBy, side(c.Speaker)...)
		}
		return
	}
	for _, a := range tagged(e, "against") {
		t.Against = append(t.Against, isnad.Code(a))
	}
	stage := stageOf(e)
	if stage == "" {
		return
	}
	on := told(c)
	i := slices.IndexFunc(t.Stages, func(s isnad.TransferStage) bool { return s.Stage == stage })
	if i < 0 {
		i = len(t.Stages)
		t.Stages = append(t.Stages, isnad.TransferStage{Stage: stage, On: on})
	}
	t.Stages[i].Claims = append(t.Stages[i].Claims, c.ID)
	t.Stages[i].On = min(t.Stages[i].On, on)
	for _, q := range c.Quantities {
		if !slices.Contains(amounts[t.What], q.Kind) {
			continue
		}
		a := isnad.Amount{Low: q.Low, High: &q.High, Approx: q.Approx, Unit: q.Unit, Speaker: side(c.Speaker), Claim: c.ID, TakenBack: taken.of(m, q)}
		if q.Approx == "min" && q.High == 0 {
			a.High = nil
		}
		i := slices.IndexFunc(t.Quantity, func(b isnad.Amount) bool {
			return a.Low == b.Low && (a.High == nil) == (b.High == nil) && (a.High == nil || *a.High == *b.High) && slices.Equal(a.Speaker, b.Speaker)
		})
		switch {
		case i < 0:
			t.Quantity = append(t.Quantity, a)
		case a.TakenBack == "":
			t.Quantity[i].TakenBack = ""
		}
	}
}

// stageOf is how far a claim says that it came: by the words of its sentence,
// within what its factuality allows. What is told as done without a word for how
// far was shipped; that it arrived is told only where the text says so.
func stageOf(e isnad.Entry) string {
	words := tagged(e, "stage")
	among := func(allowed ...string) string {
		for _, w := range words {
			if slices.Contains(allowed, w) {
				return w
			}
		}
		return ""
	}
	switch e.Claim.Factuality {
	case isnad.Negated:
		return ""
	case isnad.Planned:
		if s := among("promised", "offered"); s != "" {
			return s
		}
		return "promised"
	case isnad.Possible, isnad.Conditional:
		if s := among("sought", "offered"); s != "" {
			return s
		}
		return "sought"
	}
	if s := among("delivered", "used", "shipped"); s != "" {
		return s
	}
	return "shipped"
}
