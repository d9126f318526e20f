package ledger

import (
	"cmp"
	"slices"
	"strings"

	"isnad"
)

// tagged lists the values of a claim's tags of a group.
func tagged(e isnad.Entry, group string) (out []string) {
	if e.Facts == nil {
		return nil
	}
	for _, t := range e.Facts.Tags[e.Claim.ID] {
		if v, ok := strings.CutPrefix(t, group+"="); ok {
			out = append(out, v)
		}
	}
	return out
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// pactYears is for how long reports of the same parties and kind are of one
// agreement.
const pactYears = 10

// Agreements reads pacts and what they oblige to out of claims: what is agreed
// between two parties or more, a ceasefire, leaving a treaty. Claims of the same
// parties and of one kind, or of none, are one agreement: unlike an event it is
// spoken of for years.
func (l *Ledger) Agreements(all []isnad.Entry) []isnad.Agreement {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b isnad.Entry) int { return Order(a.Claim, b.Claim) })
	type pact struct {
		isnad.Agreement
		entries []isnad.Entry
		last    int
	}
	var pacts []*pact
	of := map[string]*pact{}       // by claim
	in := map[string][]*pact{}     // by article
	latest := map[string][]*pact{} // by parties
	for _, e := range all {
		if !agrees(e) {
			continue
		}
		parties := union(side(e.Claim.Actor), side(e.Claim.Recipient))
		parties = slices.DeleteFunc(parties, func(c isnad.Code) bool { return c == "MED" })
		if len(parties) < 2 {
			continue
		}
		kind := first(tagged(e, "kind"))
		if e.Claim.Type == "RETREAT" {
			kind = "ceasefire"
		}
		key := joined(parties)
		var p *pact
		for _, x := range latest[key] {
			if (x.Kind == kind || x.Kind == "" || kind == "") && isnad.Day(e.Claim.Published)-x.last <= pactYears*366 {
				p = x
			}
		}
		if p == nil {
			p = &pact{}
			p.ID, p.Parties = "g"+strings.TrimPrefix(e.Claim.ID, "c"), parties
			pacts = append(pacts, p)
			latest[key] = append(latest[key], p)
		}
		if p.Kind == "" {
			p.Kind = kind
		}
		if p.Name == "" {
			p.Name = first(tagged(e, "name"))
		}
		for _, q := range e.Claim.Quantities {
			if q.Kind == "articles" && p.Articles == 0 {
				p.Articles = int(q.Low)
			}
		}
		p.last = isnad.Day(e.Claim.Published)
		p.entries = append(p.entries, e)
		of[e.Claim.ID] = p
		if a := in[e.Claim.Article]; !slices.Contains(a, p) {
			in[e.Claim.Article] = append(a, p)
		}
	}
	for _, p := range pacts {
		p.Life = life(p.entries)
		for _, s := range p.Life {
			if s.Step != "breached" && s.Step != "replaces" && slices.Index(pactSteps, s.Step) > slices.Index(pactSteps, p.Status) {
				p.Status = s.Step
			}
		}
		for _, older := range latest[joined(p.Parties)] {
			if older.ID != p.ID && older.last < isnad.Day(p.entries[0].Claim.Published) && slices.ContainsFunc(p.Life, func(s isnad.PactStep) bool { return s.Step == "replaces" }) {
				p.Replaces = append(p.Replaces, older.ID)
				older.Status = "replaced"
			}
		}
	}
	article := make(map[string]string, len(all))
	for _, e := range all {
		article[e.Claim.ID] = e.Claim.Article
	}
	for _, o := range Obligations(all) {
		for _, p := range in[article[o.Claims[0]]] {
			if agreement(p.Parties, union(o.Debtor, o.Creditor)) > 0 && len(union(o.Debtor, o.Creditor)) <= len(p.Parties) {
				o.Agreement = p.ID
				p.Obligations = append(p.Obligations, o)
				break
			}
		}
	}
	out := make([]isnad.Agreement, len(pacts))
	for i, p := range pacts {
		out[i] = p.Agreement
	}
	return out
}

// agrees says that a claim tells of a pact: an agreement, a ceasefire, or leaving
// what was agreed. What somebody denies or what did not come about is no pact.
func agrees(e isnad.Entry) bool {
	c := e.Claim
	switch {
	case c.Kind != isnad.KindEvent || c.Stance == isnad.Denies || c.Factuality == isnad.Negated:
		return false
	case c.Type == "AGREE":
		return true
	case c.Type == "RETREAT":
		return slices.Contains(c.Mode, "ceasefire") || slices.Contains(tagged(e, "kind"), "ceasefire")
	case c.Type == "SANCTION":
		return first(tagged(e, "step")) == "ended" || first(tagged(e, "step")) == "suspended"
	}
	return false
}

// life lists the steps of a pact by their day. Each claim tells the steps that
// its sentence names; one that names none tells that it was agreed, or, where it
// is planned or only possible, negotiated.
func life(es []isnad.Entry) []isnad.PactStep {
	type key struct{ step, by string }
	at := map[key]int{}
	var out []isnad.PactStep
	for _, e := range es {
		steps := tagged(e, "step")
		if len(steps) == 0 {
			steps = []string{"agreed"}
			if e.Claim.Factuality != isnad.Actual {
				steps = []string{"negotiated"}
			}
		}
		by := side(e.Claim.Actor)
		on := told(e.Claim)
		for _, s := range steps {
			k := key{s, joined(by)}
			i, there := at[k]
			if !there {
				i = len(out)
				at[k] = i
				out = append(out, isnad.PactStep{Step: s, By: by, On: on})
			}
			out[i].Claims = append(out[i].Claims, e.Claim.ID)
			out[i].On = min(out[i].On, on)
		}
	}
	slices.SortStableFunc(out, func(a, b isnad.PactStep) int {
		return cmp.Or(cmp.Compare(a.On, b.On), slices.Index(pactSteps, a.Step)-slices.Index(pactSteps, b.Step))
	})
	return out
}

// told is the day that a claim gives for its event, else that of its report.
func told(c isnad.Claim) string {
	if c.When.Precision == "day" {
		return c.When.From
	}
	on, _, _ := strings.Cut(c.Published, "T")
	return on
}

// pactSteps in the order in which a pact takes them; its status is the last of
// them that is told.
var pactSteps = []string{"proposed", "negotiated", "agreed", "initialled", "signed", "ratified", "in force", "replaces", "breached", "suspended", "ended", "replaced"}

// Obligations reads who owes whom what: an act that is conditional, or that is
// promised in a sentence that names a duty or an article of a pact. Where both
// sides are both, each owes the other. It is done once an act of its type between
// the same parties is told as having happened later.
func Obligations(all []isnad.Entry) []isnad.Obligation {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b isnad.Entry) int { return Order(a.Claim, b.Claim) })
	type key struct{ debtor, creditor, duty, trigger string }
	at := map[key]int{}
	var out []isnad.Obligation
	var kinds []isnad.Type
	for _, e := range all {
		c := e.Claim
		condition, duty, article := first(tagged(e, "condition")), first(tagged(e, "duty")), first(tagged(e, "article"))
		if c.Kind != isnad.KindEvent || c.Stance == isnad.Denies || !owed(c.Type) {
			continue
		}
		if !(c.Factuality == isnad.Conditional && (condition != "" || duty != "") || c.Factuality == isnad.Planned && (duty != "" || article != "")) {
			continue
		}
		if duty == "" {
			duty = strings.ToLower(string(c.Type))
		}
		for _, p := range owing(side(c.Actor), side(c.Recipient)) {
			k := key{joined(p[0]), joined(p[1]), duty, condition}
			i, there := at[k]
			if !there {
				i = len(out)
				at[k] = i
				due := ""
				if c.Factuality == isnad.Planned {
					due = c.When.To
				}
				kinds = append(kinds, c.Type)
				out = append(out, isnad.Obligation{ID: "o" + strings.TrimPrefix(c.ID, "c") + joined(p[0]), Article: article, Debtor: p[0], Creditor: p[1], Duty: duty, Trigger: condition, Due: due})
			}
			out[i].Article = cmp.Or(out[i].Article, article)
			out[i].Claims = append(out[i].Claims, c.ID)
		}
	}
	since := make(map[string]string, len(all)) // claim → published
	done := map[isnad.Type][]isnad.Claim{}
	for _, e := range all {
		since[e.Claim.ID] = e.Claim.Published
		if c := e.Claim; c.Factuality == isnad.Actual && c.Stance != isnad.Denies {
			done[c.Type] = append(done[c.Type], c)
		}
	}
	for i := range out {
		for _, c := range done[kinds[i]] {
			if c.Published > since[out[i].Claims[0]] &&
				meet(side(c.Actor), out[i].Debtor) && meet(side(c.Recipient), out[i].Creditor) {
				out[i].Done = true
			}
		}
	}
	return out
}

// owed says that an act of a type can be a duty.
func owed(t isnad.Type) bool {
	return slices.Contains([]isnad.Type{"AID", "COOPERATE", "CONSULT", "CONCEDE", "RETREAT", "SUPPORT"}, t)
}

// owing parts debtors from creditors. Where both lists are the same, each owes
// the others.
func owing(actor, recipient codes) [][2]codes {
	if len(actor) == 0 {
		return nil
	}
	if !slices.Equal(actor, recipient) || len(actor) == 1 {
		return [][2]codes{{actor, recipient}}
	}
	var out [][2]codes
	for i, a := range actor {
		out = append(out, [2]codes{{a}, append(slices.Clone(actor[:i]), actor[i+1:]...)})
	}
	return out
}
