package escalation

import (
	"bytes"
	"encoding/json"

	"isnad"
)

// Value is a scope's reported intensity in a period. Acts, Words, Cooperation and
// Disputed are points per thousand readable articles, each the exact sum of the
// contributions to its line; null where the period was unmonitored or failed. Low,
// High, Z and Percentile are those of the acts; each line's own are in Lines.
type Value struct {
	Dyad        string         `json:"dyad"` // a Scope
	Day         string         `json:"day"`  // first of the period
	Acts        *Points        `json:"acts"`
	Words       *Points        `json:"words"`
	Cooperation *Points        `json:"cooperation"`
	Disputed    *Points        `json:"disputed"`
	Volume      int            `json:"volume"` // readable articles of the period
	Low         *Points        `json:"low"`
	High        *Points        `json:"high"`
	Z           *float64       `json:"z"`          // null also where there is too little past
	Percentile  *float64       `json:"percentile"` // 0 to 100
	State       State          `json:"state"`
	Rung        *string        `json:"rung"` // id of the ladder's rung; null where nothing reaches one
	Method      string         `json:"method"`
	Contribs    []Contribution `json:"contributions"`

	To      string             `json:"to"` // last day of the period
	History int                `json:"history"`
	Volumes map[isnad.Lang]int `json:"volumes"`
	Lines   []LineValue        `json:"lines"`
	Ladder  *Standing          `json:"ladder"` // the rung's event
}

// Contribution is what one event adds to a line.
type Contribution struct {
	Event string `json:"event"`
	Line  Line   `json:"line"`
	Value Points `json:"value"`

	weight  Points   // before the denominator
	origins []string // as in shares
	shares  []Points // of Value, by origin
	h       *Happening
}

// LineValue is one line of a value.
type LineValue struct {
	Line           Line     `json:"line"`
	Value          Points   `json:"value"`
	Weight         Points   `json:"weight"` // numerator: the weights of the events, before cap and denominator
	Events         int      `json:"events"`
	Origins        int      `json:"origins"`
	Low            Points   `json:"low"`
	High           Points   `json:"high"`
	Z              *float64 `json:"z"`
	Percentile     *float64 `json:"percentile"`
	Median         *Points  `json:"median"` // of the past, with the weekday's term
	Largest        string   `json:"largest_origin"`
	WithoutLargest Points   `json:"without_largest"` // the value without that origin
}

// Of returns a line of a value.
func (v Value) Of(l Line) LineValue {
	for _, x := range v.Lines {
		if x.Line == l {
			return x
		}
	}
	return LineValue{Line: l}
}

// MarshalJSON writes all fields, empty lists as [].
func (v Value) MarshalJSON() ([]byte, error) {
	type plain Value
	p := plain(v)
	if p.Contribs == nil {
		p.Contribs = []Contribution{}
	}
	if p.Lines == nil {
		p.Lines = []LineValue{}
	}
	if p.Volumes == nil {
		p.Volumes = map[isnad.Lang]int{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(p); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Weight is the contribution before cap and denominator, in points.
func (c Contribution) Weight() Points { return c.weight }

// Happening is the event that contributes.
func (c Contribution) Happening() Happening { return *c.h }
