package main

import (
	"cmp"
	"slices"
	"strings"

	"isnad"
)

// marks are how fired words are set off: bold and underlined on a terminal,
// in brackets elsewhere.
type marks struct{ on, off string }

func (e *environment) marks() marks {
	if e.colour() {
		return marks{"\x1b[1;4m", "\x1b[0m"}
	}
	return marks{"[", "]"}
}

// mark returns a part of a field with spans of the field marked, on one line.
// Spans that touch or overlap are marked as one.
func (m marks) mark(field []rune, part isnad.Span, spans []isnad.Span) string {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b isnad.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var b strings.Builder
	at := part.Start
	for i := 0; i < len(spans); {
		s := spans[i]
		for i++; i < len(spans) && spans[i].Start < s.End; i++ {
			s.End = max(s.End, spans[i].End)
		}
		s.Start, s.End = max(s.Start, part.Start), min(s.End, part.End)
		if s.Start >= s.End || s.Start < at {
			continue
		}
		b.WriteString(string(field[at:s.Start]) + m.on + string(field[s.Start:s.End]) + m.off)
		at = s.End
	}
	b.WriteString(string(field[at:part.End]))
	return strings.Join(strings.Fields(b.String()), " ")
}

// fired lists the words that made a claim: its trigger and the cues of its chain.
func fired(c isnad.Claim) []isnad.Span {
	spans := []isnad.Span{c.Trigger.Span}
	for _, v := range c.Chain {
		if v.Cue.End > v.Cue.Start {
			spans = append(spans, v.Cue)
		}
	}
	return spans
}
