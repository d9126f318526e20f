package store

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"isnad"
)

// Check reports what makes a reading unfit to be kept: an article without id or
// text, claims of another article, ids twice, spans outside their field.
func (r Reading) Check() error {
	a := r.Article
	bad := func(format string, args ...any) error {
		return fmt.Errorf("keep article %q: %w: %s", a.ID, ErrInvalid, fmt.Sprintf(format, args...))
	}
	switch {
	case a.ID == "":
		return bad("it has no id; give one or let extract make it")
	case r.Reader == "":
		return bad("its reader has no name")
	case !utf8.ValidString(a.Text) || !utf8.ValidString(a.Title):
		return bad("its text is not UTF-8")
	case a.SHA256 != "" && a.SHA256 != TextSHA256(a.Text):
		return bad("sha256 is not that of its text; offsets would point into another text")
	}
	for name, raw := range a.Extra {
		if !json.Valid(raw) {
			return bad("extra field %s is no JSON", name)
		}
	}
	size := map[string]int{"title": utf8.RuneCountInString(a.Title), "text": utf8.RuneCountInString(a.Text)}
	ids := make(map[string]bool, len(r.Claims))
	for _, c := range r.Claims {
		n, known := size[c.Field]
		switch {
		case c.ID == "":
			return bad("a claim at %d has no id", c.Trigger.Start)
		case ids[c.ID]:
			return bad("claim id %s stands twice", c.ID)
		case c.Article != a.ID:
			return bad("claim %s is of article %q", c.ID, c.Article)
		case !known:
			return bad(`claim %s has field %q; it must be "title" or "text"`, c.ID, c.Field)
		case c.Kind != isnad.KindEvent && c.Kind != isnad.KindAssessment:
			return bad("claim %s has kind %q", c.ID, c.Kind)
		case !(c.Confidence >= 0 && c.Confidence <= 1):
			return bad("claim %s has confidence %v; it goes from 0 to 1", c.ID, c.Confidence)
		}
		ids[c.ID] = true
		for _, s := range spans(c) {
			if s.Start < 0 || s.End < s.Start || s.End > n {
				return bad("claim %s has a span %d–%d outside its %s of %d characters", c.ID, s.Start, s.End, c.Field, n)
			}
		}
	}
	return nil
}

// spans lists the spans of a claim that point into its own field. Those of
// places and parties do too.
func spans(c isnad.Claim) []isnad.Span {
	out := []isnad.Span{c.Sentence, c.Trigger.Span}
	parties := [][]isnad.Actor{c.Actor, c.Recipient, c.Speaker}
	for _, v := range c.Chain {
		out = append(out, v.Cue)
		parties = append(parties, v.Speaker)
	}
	for _, p := range parties {
		for _, a := range p {
			out = append(out, a.Span)
		}
	}
	for _, p := range c.Places {
		out = append(out, p.Span)
	}
	for _, q := range c.Quantities {
		out = append(out, q.Span)
	}
	return out
}
