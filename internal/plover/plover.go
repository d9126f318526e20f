// Package plover says what a claim is under PLOVER's manual. Claims follow the
// project's own guide (docs/codebook.md); where the two part, as on signing,
// promised aid and planned meetings, the tables plover_map and plover_codes of
// the lexicon hold the difference and its reason, for exports and for scores
// against other people's annotation.
package plover

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/orth"
	"isnad/lexicon"
)

// Map maps claims to PLOVER. It is safe for use by many goroutines.
type Map struct {
	rules         []rule
	guide, record map[string]string // codes, by side
}

// rule is a row of plover_map; of those that fit a claim the one with most
// conditions decides, of equals the first.
type rule struct {
	typ        isnad.Type
	factuality isnad.Factuality
	words      []string // folded, with a space on either side
	manual     isnad.Type
	records    isnad.Type
}

// New reads the tables.
func New(lex *lexicon.Lexicon) *Map {
	m := &Map{guide: map[string]string{}, record: map[string]string{}}
	for _, r := range lex.Table("plover_map").Rows {
		x := rule{typ: isnad.Type(r.Get("type")), factuality: isnad.Factuality(r.Get("factuality")), manual: isnad.Type(r.Get("plover")), records: isnad.Type(r.Get("records"))}
		if x.records == "" {
			x.records = x.manual
		}
		for _, w := range r.List("words") {
			x.words = append(x.words, " "+orth.Fold(w)+" ")
		}
		m.rules = append(m.rules, x)
	}
	// A row with more conditions goes before one with fewer, so that a row laid
	// over the table needs no place in it; of equals the first decides.
	slices.SortStableFunc(m.rules, func(a, b rule) int { return b.conditions() - a.conditions() })
	for _, r := range lex.Table("plover_codes").Rows {
		of := m.guide
		if r.Get("side") == "record" {
			of = m.record
		}
		of[r.Get("code")] = r.Get("plover")
	}
	return m
}

// Type is the claim's type under the manual 2.0, "" where the manual has no
// event for it: what is feared, asked for, or did not happen.
func (m *Map) Type(c isnad.Claim) isnad.Type {
	if r := m.find(c); r != nil {
		return r.manual
	}
	return ""
}

// RecordType is the claim's type in the gold records that came with PLOVER. They
// follow the CAMEO manual, where a promise to yield is an agreement.
func (m *Map) RecordType(c isnad.Claim) isnad.Type {
	if r := m.find(c); r != nil {
		return r.records
	}
	return ""
}

func (m *Map) find(c isnad.Claim) *rule {
	trigger := " " + orth.Fold(c.Trigger.Text) + " "
	for i := range m.rules {
		r := &m.rules[i]
		if (r.typ == "" || r.typ == c.Type) && (r.factuality == "" || r.factuality == c.Factuality) && r.worded(trigger) {
			return r
		}
	}
	return nil
}

func (r *rule) conditions() (n int) {
	for _, set := range []bool{r.typ != "", r.factuality != "", len(r.words) > 0} {
		if set {
			n++
		}
	}
	return n
}

// worded says that the trigger holds one of the rule's words.
func (r *rule) worded(trigger string) bool {
	if len(r.words) == 0 {
		return true
	}
	for _, w := range r.words {
		if strings.Contains(trigger, w) || strings.Contains(trigger, " و"+w[1:]) {
			return true
		}
	}
	return false
}

// Code is what a code of our claims is compared by: PLOVER's records have one
// code for all intergovernmental bodies.
func (m *Map) Code(c isnad.Code) string { return other(m.guide, string(c)) }

// RecordCode is what a code of the records is compared by; slips in them are mended.
func (m *Map) RecordCode(code string) string { return other(m.record, code) }

func other(of map[string]string, code string) string {
	if c, ok := of[code]; ok {
		return c
	}
	return code
}
