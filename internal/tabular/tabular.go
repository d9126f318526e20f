// Package tabular says how rows are written as CSV: the columns of each kind of
// row and the cells of one. Commands and API take them from here, so that a
// column means the same wherever it comes from. Lists are joined by "+"; what
// has no value is an empty cell.
package tabular

import (
	"fmt"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/escalation"
)

// Sheet is a kind of row as CSV: the head, and the cells of a row under it.
type Sheet[T any] struct {
	Columns []string
	Cells   func(T) []string
}

// Claims is the sheet of claims and assessments; offsets are code points.
var Claims = Sheet[isnad.Claim]{
	[]string{"id", "kind", "article", "outlet", "published", "field", "type", "mode", "contexts", "actor", "recipient", "speaker",
		"stance", "denies", "factuality", "trigger", "trigger_start", "trigger_end", "sentence_start", "sentence_end", "from", "to", "confidence", "reader"},
	func(c isnad.Claim) []string {
		codes := func(as []isnad.Actor) string { return strings.TrimPrefix(isnad.Codes(as), "-") }
		return []string{c.ID, c.Kind, c.Article, c.Outlet, c.Published, c.Field, string(c.Type), plus(c.Mode), plus(c.Contexts),
			codes(c.Actor), codes(c.Recipient), codes(c.Speaker), string(c.Stance), string(c.Denies), string(c.Factuality), c.Trigger.Text,
			strconv.Itoa(c.Trigger.Start), strconv.Itoa(c.Trigger.End), strconv.Itoa(c.Sentence.Start), strconv.Itoa(c.Sentence.End),
			c.When.From, c.When.To, number(&c.Confidence), c.Reader}
	},
}

// Events is the sheet of events; claims is how many there are.
var Events = Sheet[isnad.Event]{
	[]string{"id", "type", "mode", "contexts", "actor", "recipient", "from", "to", "precision", "places", "status", "status_since", "outlets", "origins", "claims", "contested", "links"},
	func(e isnad.Event) []string {
		var places, contested, links []string
		for _, p := range e.Places {
			places = append(places, p.Name)
		}
		for _, c := range e.Contested {
			contested = append(contested, c.What)
		}
		for _, l := range e.Links {
			links = append(links, string(l.Kind)+" "+l.Event)
		}
		return []string{e.ID, string(e.Type), plus(e.Mode), plus(e.Contexts), plus(e.Actor), plus(e.Recipient),
			e.When.From, e.When.To, e.When.Precision, plus(places), string(e.Status), e.StatusSince, strconv.Itoa(e.Outlets), strconv.Itoa(e.Origins),
			strconv.Itoa(len(e.Claims)), plus(contested), plus(links)}
	},
}

// Series is the sheet of values of reported intensity, in points per thousand
// readable articles; low, high, z and percentile are those of acts.
var Series = Sheet[escalation.Value]{
	[]string{"dyad", "day", "to", "acts", "words", "cooperation", "disputed", "volume", "low", "high", "z", "percentile", "state", "rung", "method", "events"},
	func(v escalation.Value) []string {
		points := func(p *escalation.Points) string {
			if p == nil {
				return ""
			}
			return p.String()
		}
		rung := ""
		if v.Rung != nil {
			rung = *v.Rung
		}
		var events []string
		for _, c := range v.Contribs {
			events = append(events, c.Event)
		}
		return []string{v.Dyad, v.Day, v.To, points(v.Acts), points(v.Words), points(v.Cooperation), points(v.Disputed), strconv.Itoa(v.Volume),
			points(v.Low), points(v.High), number(v.Z), number(v.Percentile), string(v.State), rung, v.Method, plus(events)}
	},
}

func plus[T ~string](list []T) string {
	s := make([]string, len(list))
	for i, x := range list {
		s[i] = string(x)
	}
	return strings.Join(s, "+")
}

func number(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}

// Value writes a value as a range: "27", "10–12", "40 or more", with its unit; a
// value that is no number as it is.
func Value(v isnad.Value) string {
	switch {
	case v.Low == nil:
		return v.Text
	case v.High == nil:
		return fmt.Sprintf("%v or more %s", *v.Low, v.Unit)
	case *v.Low == *v.High:
		return fmt.Sprintf("%v %s", *v.Low, v.Unit)
	}
	return fmt.Sprintf("%v–%v %s", *v.Low, *v.High, v.Unit)
}
