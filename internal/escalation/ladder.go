package escalation

import (
	"slices"

	"isnad"
)

// Rung is a place on the ladder between alliance and nuclear war (table rungs).
// Rows of one order are one rung, reached in several ways.
type Rung struct {
	ID       string
	Order    int
	NameEN   string
	NameAR   string
	Line     Line // Nuclear for the nuclear rungs
	Types    []isnad.Type
	Modes    []string // one of which the event has; none: any
	Contexts []string // likewise
	Words    []string // likewise, of a trigger
	Events   int      // that it takes in the window
}

// Standing is where a scope stands on the ladder, and through which event.
type Standing struct {
	Rung   string `json:"rung"`
	Order  int    `json:"order"`
	NameEN string `json:"name_en"`
	NameAR string `json:"name_ar"`
	Event  string `json:"event"` // the last that reaches it
	Day    string `json:"day"`   // of that event
	Events int    `json:"events"`
	Since  string `json:"since"` // first day of the window
}

// reaches says that a happening is of a rung's kind.
func (m *Method) reaches(r Rung, h Happening) bool {
	any := func(want, have []string) bool {
		return len(want) == 0 || slices.ContainsFunc(want, func(w string) bool { return slices.Contains(have, w) })
	}
	return slices.Contains(r.Types, h.Type) && any(r.Modes, h.Mode) && any(r.Contexts, h.Contexts) && h.has(m.t.Fold, r.Words)
}

// nuclear says that a happening is of one of the nuclear rungs' kinds.
func (m *Method) nuclear(h Happening) bool {
	return slices.ContainsFunc(m.t.Rungs, func(r Rung) bool { return r.Line == Nuclear && m.reaches(r, h) })
}

// standing is the highest rung with events enough in the window that ends with a
// day. Only what happened, corroborated or confirmed, lifts a dyad to a rung.
func (m *Method) standing(hs []Happening, day int) *Standing {
	from := day - m.t.Constants.LadderDays + 1
	i, _ := slices.BinarySearchFunc(hs, from, func(h Happening, day int) int { return h.Day - day })
	var sure []Happening
	for ; i < len(hs) && hs[i].Day <= day; i++ {
		if h := hs[i]; h.Factuality == isnad.Actual && (h.Status == isnad.Corroborated || h.Status == isnad.Confirmed) && !(h.Ended != 0 && h.Ended < h.Day-m.t.Constants.Memory) {
			sure = append(sure, h)
		}
	}
	for _, r := range slices.Backward(m.t.Rungs) {
		n, last := 0, -1
		for i, h := range sure {
			if m.reaches(r, h) {
				n, last = n+1, i
			}
		}
		if n >= max(1, r.Events) {
			return &Standing{r.ID, r.Order, r.NameEN, r.NameAR, sure[last].Event, isnad.DayDate(sure[last].Day), n, isnad.DayDate(from)}
		}
	}
	return nil
}
