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
		past    string // the day it was made, where it is only spoken of as made long before
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
		past := former(e.Claim)
		for _, x := range latest[key] {
			switch {
			case past != "":
				if x.past == past || x.past == "" && within(isnad.Day(x.entries[0].Claim.Published), isnad.Day(past), 366) {
					p = x
				}
			case x.past == "" && (x.Kind == kind || x.Kind == "" || kind == "") && isnad.Day(e.Claim.Published)-x.last <= pactYears*366:
				p = x
			}
		}
		if p == nil {
			p = &pact{past: past}
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
		p.Life = life(p.entries, p.past)
		// A text that tells of an older pact's end tells the rest of the newer one.
		for _, other := range latest[joined(p.Parties)] {
			if p.past == "" && other.past != "" {
				for _, e := range other.entries {
					if ends(e) && slices.Contains(in[e.Claim.Article], p) {
						p.Life = addSteps(p.Life, e, slices.DeleteFunc(tagged(e, "step"), func(s string) bool { return s != "in force" && s != "ratified" }), published(e.Claim))
						p.Replaces = append(p.Replaces, other.ID)
					}
				}
			}
		}
		slices.Sort(p.Replaces)
		p.Replaces = slices.Compact(p.Replaces)
		for _, s := range p.Life {
			if s.Step != "breached" && s.Step != "replaces" && slices.Index(pactSteps, s.Step) > slices.Index(pactSteps, p.Status) {
				p.Status = s.Step
			}
		}
		for _, older := range latest[joined(p.Parties)] {
			if older.ID != p.ID && !slices.Contains(p.Replaces, older.ID) && older.last < isnad.Day(p.entries[0].Claim.Published) && slices.ContainsFunc(p.Life, func(s isnad.PactStep) bool { return s.Step == "replaces" }) {
				p.Replaces = append(p.Replaces, older.ID)
				older.Status = "replaced"
			}
		}
	}
	for _, p := range pacts {
		for _, older := range pacts {
			if slices.Contains(p.Replaces, older.ID) {
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
//
// What is planned or possible is no step: it tells that the pact is negotiated as
// long as nothing further is told as done. Who ratifies speaks of what was signed
// before. Of a pact that is only spoken of as made long before (past), the
// sentence tells that it was made, and that it ends.
func life(es []isnad.Entry, past string) []isnad.PactStep {
	var out []isnad.PactStep
	done := false
	for _, e := range es {
		steps, on := tagged(e, "step"), told(e.Claim)
		switch {
		case past != "":
			out = addSteps(out, e, []string{"agreed"}, past)
			if ends(e) {
				out = addSteps(out, e, []string{"replaced"}, published(e.Claim))
			}
			continue
		case e.Claim.Factuality != isnad.Actual:
			if done {
				continue
			}
			if !slices.Equal(steps, []string{"proposed"}) {
				steps = []string{"negotiated"}
			}
		case slices.Contains(steps, "ratified"):
			steps = slices.DeleteFunc(steps, func(s string) bool { return s == "signed" })
		case len(steps) == 0:
			steps = []string{"agreed"}
		}
		done = done || e.Claim.Factuality == isnad.Actual
		out = addSteps(out, e, steps, on)
	}
	slices.SortStableFunc(out, func(a, b isnad.PactStep) int {
		return cmp.Or(cmp.Compare(a.On, b.On), slices.Index(pactSteps, a.Step)-slices.Index(pactSteps, b.Step))
	})
	return out
}

// addSteps adds what a claim tells to a life: a step by the same side is one.
func addSteps(life []isnad.PactStep, e isnad.Entry, steps []string, on string) []isnad.PactStep {
	by := side(e.Claim.Actor)
	for _, s := range steps {
		i := slices.IndexFunc(life, func(x isnad.PactStep) bool { return x.Step == s && slices.Equal(x.By, []isnad.Code(by)) })
		if i < 0 {
			i = len(life)
			life = append(life, isnad.PactStep{Step: s, By: by, On: on})
		}
		life[i].Claims = append(life[i].Claims, e.Claim.ID)
		life[i].On = min(life[i].On, on)
	}
	return life
}

// ends says that the sentence of a claim tells that a pact ends or is replaced.
func ends(e isnad.Entry) bool {
	return slices.ContainsFunc(tagged(e, "step"), func(s string) bool { return s == "lapsed" || s == "replaces" || s == "ended" })
}

// former is the day on which a pact was made that a claim speaks of as made more
// than two years before its report, "" for one of its own time.
func former(c isnad.Claim) string {
	if c.When.To != "" && isnad.Day(c.When.To) != 0 && isnad.Day(c.Published)-isnad.Day(c.When.To) > 2*366 {
		return c.When.From
	}
	return ""
}

func within(a, b, days int) bool { return max(a-b, b-a) <= days }

func published(c isnad.Claim) string {
	on, _, _ := strings.Cut(c.Published, "T")
	return on
}

// told is the day that a claim gives for its event, else that of its report.
func told(c isnad.Claim) string {
	if c.When.Precision == "day" {
		return c.When.From
	}
	return published(c)
}

// pactSteps in the order in which a pact takes them; its status is the last of
// them that is told.
var pactSteps = []string{"proposed", "negotiated", "agreed", "initialled", "signed", "ratified", "in force", "replaces", "breached", "suspended", "ended", "lapsed", "replaced"}

// Obligations reads who owes whom what: an act that is conditional, or that is
// promised in a sentence that names a duty or an article of a pact; or what a
// sentence says by a word that obliges, a condition and a duty, whatever its claims
// are read as (oblige). Where both sides are both, each owes the other. It is done once an act of its type between
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
		if c.Kind != isnad.KindEvent || c.Stance == isnad.Denies {
			continue
		}
		sides, act := owing(side(c.Actor), side(c.Recipient)), c.Type
		if oblige(e) {
			all := union(side(c.Actor), side(c.Recipient))
			sides, act = owing(all, all), "AID"
		} else if !owed(c.Type) {
			continue
		} else if !(c.Factuality == isnad.Conditional && (condition != "" || duty != "") || c.Factuality == isnad.Planned && (duty != "" || article != "")) {
			continue
		}
		if duty == "" {
			duty = strings.ToLower(string(c.Type))
		}
		for _, p := range sides {
			k := key{joined(p[0]), joined(p[1]), duty, condition}
			i, there := at[k]
			if !there {
				i = len(out)
				at[k] = i
				due := ""
				if c.Factuality == isnad.Planned {
					due = c.When.To
				}
				kinds = append(kinds, act)
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

// oblige says that the sentence of a claim obliges either side to something on a
// condition: "commits each country to help the other if it is attacked". The
// reader finds in it the signing, or the attack that is the condition, and seldom
// the help; who owes it are the parties of either, where they are two or more.
func oblige(e isnad.Entry) bool {
	c := e.Claim
	if len(union(side(c.Actor), side(c.Recipient))) < 2 || len(tagged(e, "binding")) == 0 || len(tagged(e, "mutual")) == 0 || len(tagged(e, "condition")) == 0 || len(tagged(e, "duty")) == 0 {
		return false
	}
	return c.Type == "AGREE" && c.Factuality != isnad.Negated || c.Factuality == isnad.Conditional
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
