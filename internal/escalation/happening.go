package escalation

import (
	"cmp"
	"slices"
	"strings"

	"isnad"
)

// Happening is what a series needs of an event.
type Happening struct {
	Event      string
	Type       isnad.Type
	Mode       []string
	Contexts   []string
	Day        int // of its first report, days since 1970: what is counted is reported then
	Last       int // of its last report
	Ended      int // day on which it was over, as its claims say; 0 where unknown
	Status     isnad.Status
	Factuality isnad.Factuality

	// Actor and Recipient act for their states; Others stand on either side in
	// another role only: rebels, parties, firms, citizens.
	Actor, Recipient           []isnad.Code
	OtherActor, OtherRecipient []isnad.Code
	Words                      []string // of its triggers, as the texts write them, ascending
	Origins                    []string // ascending; an unknown one is its outlet's
	Langs                      []isnad.Lang
	Claims, Outlets            int
}

// StateRole says whether an actor acts for its state: government, military,
// legislature, courts, intelligence, or the state named without a role. It is the
// rule of store.StateRole, which a test holds it to.
func StateRole(a isnad.Actor) bool {
	return a.Code != isnad.Unknown && slices.Contains([]isnad.Role{"", "GOV", "MIL", "LEG", "JUD", "SPY"}, a.Role)
}

// Digest makes the happening of an event. Its claims tell the roles of the
// parties, which the event's codes do not; lang tells an article's language, ""
// where it is unknown. An event without a dated claim has day 0 and counts in no
// series.
func Digest(e isnad.Event, claims []isnad.Claim, lang func(article string) isnad.Lang) Happening {
	h := Happening{Event: e.ID, Type: e.Type, Mode: e.Mode, Contexts: e.Contexts, Status: e.Status, Claims: len(e.Claims), Outlets: e.Outlets}
	h.Actor, h.OtherActor = parties(e.Actor, claims, func(c isnad.Claim) []isnad.Actor { return c.Actor })
	h.Recipient, h.OtherRecipient = parties(e.Recipient, claims, func(c isnad.Claim) []isnad.Actor { return c.Recipient })
	h.Factuality = mostFactual(e.Claims)
	if e.When.To != "" {
		h.Ended = isnad.Day(e.When.To)
	}
	var unknown []string
	for _, c := range e.Claims {
		if d := isnad.Day(c.Published); d != 0 {
			if h.Day == 0 || d < h.Day {
				h.Day = d
			}
			h.Last = max(h.Last, d)
		}
		for w := range strings.FieldsSeq(c.Trigger.Text) {
			h.Words = append(h.Words, w)
		}
		if c.Origin == "" {
			unknown = append(unknown, "outlet "+c.Outlet)
		} else {
			h.Origins = append(h.Origins, strings.Split(c.Origin, "+")...)
		}
		if lang != nil {
			if l := lang(c.Article); l != "" {
				h.Langs = append(h.Langs, l)
			}
		}
	}
	if len(h.Origins) == 0 {
		h.Origins = unknown
	}
	h.Words, h.Origins, h.Langs = set(h.Words), set(h.Origins), set(h.Langs)
	return h
}

// parties tells those of a side that act for their state from the others: by
// most of the claims that name them there. A code that no claim at hand names is
// taken for the state.
func parties(codes []isnad.Code, claims []isnad.Claim, side func(isnad.Claim) []isnad.Actor) (state, other []isnad.Code) {
	for _, code := range codes {
		yes, no := 0, 0
		for _, c := range claims {
			named, acts := false, false
			for _, a := range side(c) {
				if a.Code == code {
					named, acts = true, acts || StateRole(a)
				}
			}
			if named && acts {
				yes++
			} else if named {
				no++
			}
		}
		if yes >= no {
			state = append(state, code)
		} else {
			other = append(other, code)
		}
	}
	return state, other
}

// mostFactual is the factuality that most claims give it which do not deny it; of
// equally many the more factual.
func mostFactual(claims []isnad.EventClaim) isnad.Factuality {
	count := map[isnad.Factuality]int{}
	for _, c := range claims {
		if c.Stance != isnad.Denies {
			count[c.Factuality]++
		}
	}
	best := isnad.Actual
	for _, f := range isnad.Factualities {
		if count[f] > count[best] {
			best = f
		}
	}
	return best
}

func set[T cmp.Ordered](s []T) []T {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}

// has says that one of the folded words is among the happening's.
func (h Happening) has(fold func(string) string, words []string) bool {
	return len(words) == 0 || slices.ContainsFunc(h.Words, func(w string) bool { return slices.Contains(words, fold(w)) })
}

// weigh returns the line and weight of a happening, without its denominators.
// Zero: it counts for nothing.
func (m *Method) weigh(h Happening) (Line, Points) {
	if h.Day == 0 || h.Ended != 0 && h.Ended < h.Day-m.t.Constants.Memory {
		return "", 0
	}
	var best Intensity
	most := -1
	for _, r := range m.weights[h.Type] {
		n := 0
		for _, ask := range []struct{ asked, fits bool }{
			{r.Mode != "", slices.Contains(h.Mode, r.Mode)},
			{r.Context != "", slices.Contains(h.Contexts, r.Context)},
			{len(r.Words) > 0, h.has(m.t.Fold, r.Words)},
		} {
			if ask.asked && !ask.fits {
				n = -1
				break
			}
			if ask.asked {
				n++
			}
		}
		if n > most || n == most && r.Weight > best.Weight {
			best, most = r, n
		}
	}
	if most < 0 {
		return "", 0
	}
	line, w := best.Line, best.Weight
	if f, ok := m.factors[[2]string{"factuality", string(h.Factuality)}]; ok && !m.without.Factuality {
		w = w.times(f.Factor, Point)
	}
	if f, ok := m.factors[[2]string{"status", string(h.Status)}]; ok && !m.without.Status {
		w = w.times(f.Factor, Point)
		if f.Line != "" {
			line = f.Line
		}
	}
	return line, w
}
