package suite

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"isnad"
	"isnad/internal/orth"
)

// undated is when a row without a date in its id is taken to be printed: the
// Arabic sets are of 2006 to 2008.
const undated = "2007"

// arabicDetection asks of each row whether it tells an ASSAULT, or a PROTEST: a
// row is yes where more than half of its annotators accepted it, and found
// where the reader has a claim of the type, whatever its stance and factuality.
// Beside it stands what share of each label of the origin was found: the "easy
// no" rows hold the same words as the others.
func (s *suite) arabicDetection(ctx context.Context) ([]Table, error) {
	type row struct {
		ID            string
		Text, Label   string
		EventType     isnad.Type `json:"event_type"`
		Accept, Total int
	}
	n := map[isnad.Type]*[4]int{"ASSAULT": {}, "PROTEST": {}} // rows, accepted, found, both
	labels := []string{"yes", "ambiguous", "difficult no", "easy no"}
	of := map[string][2]int{} // rows and found, by type and label
	err := rows(ctx, filepath.Join(s.Gold, "external/arabic_gsr.jsonl"), func(_ int, r row) error {
		c := n[r.EventType]
		if c == nil {
			return nil
		}
		yes := 2*r.Accept > r.Total
		found := has(s.events(isnad.Article{ID: r.ID, Published: day(r.ID, undated), Lang: isnad.Arabic, Text: r.Text}), r.EventType)
		for i, b := range []bool{true, yes, found, yes && found} {
			if b {
				c[i]++
			}
		}
		l := of[string(r.EventType)+r.Label]
		of[string(r.EventType)+r.Label] = [2]int{l[0] + 1, l[1] + b2i(found)}
		return nil
	})
	t := Table{Name: "external arabic_gsr"}
	for _, typ := range []isnad.Type{"ASSAULT", "PROTEST"} {
		c := n[typ]
		t.Rows = append(t.Rows, Row{string(typ), append(prf(c[3], c[2], c[1]), count("rows", c[0]), count("accepted", c[1]), count("found", c[2]))})
	}
	for _, typ := range []isnad.Type{"ASSAULT", "PROTEST"} {
		r := Row{Name: string(typ) + " found of"}
		for _, l := range labels {
			x := of[string(typ)+l]
			r.Figures = append(r.Figures, share(l, x[1], x[0]))
		}
		t.Rows = append(t.Rows, r)
	}
	return []Table{t}, err
}

func has(cs []isnad.Claim, typ isnad.Type) bool {
	return slices.ContainsFunc(cs, func(c isnad.Claim) bool { return c.Type == typ })
}

// arabicSpans asks of rows that hold an event whether it is found (type), at
// the words that all annotators marked (trigger, actor words, recipient words),
// and with the states that the row gives. Each is a share of the rows that have
// such an answer; "of found" a share of those where the type was found.
func (s *suite) arabicSpans(ctx context.Context) ([]Table, error) {
	type party struct{ Code string }
	type row struct {
		ID     string
		Text   string
		Type   isnad.Type `json:"event_type"`
		Verb   string     `json:"verb_gold"`
		Source string     `json:"source_gold"`
		Target string     `json:"target_gold"`
		XML    struct{ Date string }
		Events []struct{ Actor, Recipient []party }
	}
	asked := []string{"type", "trigger", "actor words", "recipient words", "actor state", "recipient state"}
	type tally struct{ rows, right, found int }
	n := map[isnad.Type][]tally{"ASSAULT": make([]tally, len(asked)), "PROTEST": make([]tally, len(asked)), "": make([]tally, len(asked))}
	err := rows(ctx, filepath.Join(s.Gold, "external/arabic_gsr_spans.jsonl"), func(_ int, r row) error {
		if n[r.Type] == nil {
			return nil
		}
		var cs []isnad.Claim
		for _, c := range s.events(isnad.Article{ID: r.ID, Published: day(r.XML.Date, undated), Lang: isnad.Arabic, Text: r.Text}) {
			if c.Type == r.Type {
				cs = append(cs, c)
			}
		}
		any := func(f func(isnad.Claim) bool) bool { return slices.ContainsFunc(cs, f) }
		var actors, recipients []isnad.Code
		for _, e := range r.Events {
			for _, p := range e.Actor {
				actors = s.known(actors, p.Code)
			}
			for _, p := range e.Recipient {
				recipients = s.known(recipients, p.Code)
			}
		}
		answers := []struct{ asked, right bool }{
			{true, len(cs) > 0},
			{r.Verb != "", any(func(c isnad.Claim) bool { return overlap(c.Trigger.Text, r.Verb) })},
			{r.Source != "", any(func(c isnad.Claim) bool { return named(c.Actor, r.Source) })},
			{r.Target != "", any(func(c isnad.Claim) bool { return named(c.Recipient, r.Target) })},
			{len(actors) > 0, any(func(c isnad.Claim) bool { return coded(c.Actor, actors) })},
			{len(recipients) > 0, any(func(c isnad.Claim) bool { return coded(c.Recipient, recipients) })},
		}
		for i, a := range answers {
			for _, k := range []isnad.Type{r.Type, ""} {
				x := &n[k][i]
				if a.asked {
					x.rows++
					if len(cs) > 0 {
						x.found++
					}
					if a.right {
						x.right++
					}
				}
			}
		}
		return nil
	})
	var out []Table
	for _, k := range []isnad.Type{"", "ASSAULT", "PROTEST"} {
		t := Table{Name: strings.TrimSpace("external arabic_gsr_spans " + string(k))}
		for i, x := range n[k] {
			t.Rows = append(t.Rows, Row{asked[i], []Figure{share("right", x.right, x.rows), share("of found", x.right, x.found), count("rows", x.rows)}})
		}
		out = append(out, t)
	}
	return out, err
}

// known adds a code that is one of ours: the rows have some of other tables.
func (s *suite) known(cs []isnad.Code, code string) []isnad.Code {
	_, state := s.Lexicon.Table("states").Row(code)
	_, other := s.Lexicon.Table("actor_codes").Row(code)
	if state || other {
		cs = append(cs, isnad.Code(code))
	}
	return cs
}

// coded says that a party has one of the codes.
func coded(as []isnad.Actor, codes []isnad.Code) bool {
	return slices.ContainsFunc(as, func(a isnad.Actor) bool { return slices.Contains(codes, a.Code) })
}

// named says that a party's words are among those marked.
func named(as []isnad.Actor, words string) bool {
	return slices.ContainsFunc(as, func(a isnad.Actor) bool { return overlap(a.Name, words) })
}

// overlap says that two phrases share a word, proclitics aside: one may end
// with the other where that has three letters or more.
func overlap(a, b string) bool {
	for _, x := range strings.Fields(orth.Fold(a)) {
		for _, y := range strings.Fields(orth.Fold(b)) {
			if x == y || utf8.RuneCountInString(y) >= 3 && strings.HasSuffix(x, y) || utf8.RuneCountInString(x) >= 3 && strings.HasSuffix(y, x) {
				return true
			}
		}
	}
	return false
}
