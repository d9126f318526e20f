package stability

import (
	"fmt"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/orth"
)

// Read reads an article into claims.
type Read func(isnad.Article) []isnad.Claim

// reading is what of a claim a change of the text is compared by.
type reading struct {
	typ, trigger               string
	actor, recipient, speaker  []isnad.Code
	stance, factuality, denies string
	quantities                 []isnad.Quantity
	at                         int // code point of the trigger; not compared
}

func codesOf(as []isnad.Actor, of map[isnad.Code]isnad.Code) []isnad.Code {
	cs := []isnad.Code{}
	for _, a := range as {
		c := a.Code
		if m, ok := of[c]; ok {
			c = m
		}
		cs = append(cs, c)
	}
	slices.Sort(cs)
	return slices.Compact(cs)
}

// readings reads a text; of maps codes, nil for none.
func (r Read) readings(lang isnad.Lang, text string, of map[isnad.Code]isnad.Code) []reading {
	a := isnad.Article{ID: "s", Outlet: "case", Lang: lang, Published: "2024-11-19", Text: text}
	var out []reading
	for _, c := range r(a) {
		x := reading{
			at: c.Trigger.Start, typ: c.Kind + " " + string(c.Type), trigger: orth.Fold(c.Trigger.Text), stance: string(c.Stance), factuality: string(c.Factuality), denies: string(c.Denies),
			actor: codesOf(c.Actor, of), recipient: codesOf(c.Recipient, of), speaker: codesOf(c.Speaker, of),
		}
		for _, q := range c.Quantities {
			q.Span = isnad.Span{}
			x.quantities = append(x.quantities, q)
		}
		out = append(out, x)
	}
	return out
}

// shown makes readings comparable and legible.
func shown(rs []reading) string {
	var lines []string
	for _, r := range rs {
		lines = append(lines, fmt.Sprintf("%s %v>%v by %v %s %s %s «%s» %v", r.typ, r.actor, r.recipient, r.speaker, r.stance, r.denies, r.factuality, r.trigger, r.quantities))
	}
	return strings.Join(lines, "\n")
}

// Shown is what the claims of a text say, a line each, without their places:
// two texts that read alike give the same.
func (r Read) Shown(lang isnad.Lang, text string) string { return shown(r.readings(lang, text, nil)) }
