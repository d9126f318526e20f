package suite

import (
	"context"
	"path/filepath"
	"slices"

	"isnad"
)

// A kind of answer to an annotated event, over all rows that hold one.
type recall struct{ rows, claims, typ, guide, both int }

// add compares a row's events with the claims read: the event's type among them
// through the table that maps the guide to PLOVER (typ) and by the guide's own
// types (guide), and the type with both countries in one claim (both).
func (x *recall) add(found []mapped, wanted []mapped) {
	x.rows++
	x.claims += len(found)
	all := func(f func(g, p mapped) bool) int {
		for _, w := range wanted {
			if !slices.ContainsFunc(found, func(p mapped) bool { return f(w, p) }) {
				return 0
			}
		}
		return 1
	}
	x.typ += all(func(w, p mapped) bool { return w.typ == p.typ })
	x.guide += all(func(w, p mapped) bool { return w.typ == p.guide })
	x.both += all(func(w, p mapped) bool {
		return w.typ == p.typ && asked(w.actor, p.actor) && asked(w.recipient, p.recipient)
	})
}

func (x *recall) row(name string) Row {
	per := Figure{Name: "claims a row"}
	if x.rows > 0 {
		per.Value = float64(x.claims) / float64(x.rows)
	}
	return Row{name, []Figure{share("type", x.typ, x.rows), share("by guide", x.guide, x.rows), share("both countries", x.both, x.rows), count("rows", x.rows), per}}
}

// mapped is an event as it is compared: of the records, or of a claim.
type mapped struct {
	typ, guide       isnad.Type
	actor, recipient []string
}

// asked says that a party has a code of the record's; a record without one asks
// for none.
func asked(want, got []string) bool {
	return len(want) == 0 || slices.ContainsFunc(want, func(c string) bool { return slices.Contains(got, c) })
}

// records are the claims of a text as the records count them.
func (s *suite) records(a isnad.Article) (out []mapped) {
	codes := func(as []isnad.Actor) (cs []string) {
		for _, x := range as {
			cs = append(cs, s.plover.Code(x.Code))
		}
		return cs
	}
	for _, c := range s.events(a) {
		out = append(out, mapped{s.plover.RecordType(c), c.Type, codes(c.Actor), codes(c.Recipient)})
	}
	return out
}

// ploverRecords is recall over the records that came with PLOVER, each an
// edited sentence with the one event it was chosen for: precision can't be
// seen, so the claims a row are printed beside. Of a reciprocal record both
// sides hold all its parties.
func (s *suite) ploverRecords(ctx context.Context) ([]Table, error) {
	type party struct{ Code string }
	type row struct {
		ID, Text string
		Events   []struct {
			Type             isnad.Type
			Actor, Recipient []party
			Reciprocal       bool
		}
	}
	all, byType := &recall{}, map[isnad.Type]*recall{}
	err := rows(ctx, filepath.Join(s.Gold, "external/plover_gsr_en.jsonl"), func(_ int, r row) error {
		// The records date all sentences 2000-01-01; names are of about then.
		found := s.records(isnad.Article{ID: r.ID, Published: "2000", Lang: isnad.English, Text: r.Text})
		for _, e := range r.Events {
			codes := func(ps []party) (cs []string) {
				for _, p := range ps {
					if p.Code != "" {
						cs = append(cs, s.plover.RecordCode(p.Code))
					}
				}
				return cs
			}
			w := mapped{typ: e.Type, actor: codes(e.Actor), recipient: codes(e.Recipient)}
			if e.Reciprocal && len(w.recipient) == 0 {
				w.recipient = w.actor
			}
			if byType[e.Type] == nil {
				byType[e.Type] = &recall{}
			}
			all.add(found, []mapped{w})
			byType[e.Type].add(found, []mapped{w})
		}
		return nil
	})
	t := Table{Name: "external plover_gsr_en", Rows: []Row{all.row("all")}}
	for _, typ := range isnad.Types {
		if x := byType[typ]; x != nil {
			t.Rows = append(t.Rows, x.row(string(typ)))
		}
	}
	return []Table{t}, err
}

// petrarch is recall over rows of CAMEO tests: a row counts where all of its
// events are found. Events without a PLOVER type are left out; real says that
// the countries are real ones. Rows that expect no event show what is read too
// much.
func (s *suite) petrarch(ctx context.Context, set string, real bool) ([]Table, error) {
	type row struct {
		ID, Text, Date string
		Events         []struct {
			Type             isnad.Type
			Actor, Recipient string
		}
		NoEvents bool `json:"no_events"`
		Error    *string
	}
	var x recall
	none, claimed := 0, 0
	err := rows(ctx, filepath.Join(s.Gold, "external", set+".jsonl"), func(_ int, r row) error {
		if r.Error != nil {
			return nil // a test of an error message
		}
		found := s.records(isnad.Article{ID: r.ID, Published: day(r.Date, undated), Lang: isnad.English, Text: r.Text})
		if r.NoEvents {
			none++
			if len(found) > 0 {
				claimed++
			}
			return nil
		}
		var wanted []mapped
		for _, e := range r.Events {
			if e.Type == "" {
				continue
			}
			codes := func(code string) []string {
				if len(code) < 3 || code[:3] == "---" {
					return nil
				}
				return []string{s.plover.RecordCode(code[:3])}
			}
			wanted = append(wanted, mapped{typ: e.Type, actor: codes(e.Actor), recipient: codes(e.Recipient)})
		}
		if len(wanted) > 0 {
			x.add(found, wanted)
		}
		return nil
	})
	all := x.row("events")
	if !real {
		all.Figures = slices.Delete(all.Figures, 2, 3) // invented countries
	}
	return []Table{{Name: "external " + set, Rows: []Row{all, {"no event", []Figure{share("with claims", claimed, none), count("rows", none)}}}}}, err
}
