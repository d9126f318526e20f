package serve

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// agreementView is a pact in the words of the interface.
type agreementView struct {
	isnad.Agreement
	Link       string
	Called     string // its name, "" where no table knows it
	KindWord   string // "" where no word tells it
	Between    string
	StatusWord string
	Steps      []stepView
	Owed       []obligationView
	Older      []agreementView // those that it replaces
}

// stepView is a step of its life, with the sentences that tell it where its page
// is shown.
type stepView struct {
	isnad.PactStep
	Word string
	Who  string
	Said []*saidView
}

// obligationView is who owes whom what.
type obligationView struct {
	isnad.Obligation
	From, To    string
	DutyWord    string
	TriggerWord string // "" where it is owed on no condition
	Pact        string // link to its agreement
	Said        []*saidView
}

func agreementLink(id string) string { return "/agreements/" + url.PathEscape(id) }

// named is a word of the interface for what a table of the lexicon names.
func (n namer) named(prefix, value string) string {
	if value == "" {
		return ""
	}
	return say(n.lang, prefix+"."+value)
}

func (n namer) agreement(a isnad.Agreement) agreementView {
	v := agreementView{Agreement: a, Link: agreementLink(a.ID), Called: n.named("treaty", a.Name), KindWord: n.named("pact", a.Kind), Between: strings.Join(strings.Split(n.codes(a.Parties), n.comma()), " ↔ "), StatusWord: n.named("step", a.Status)}
	for _, s := range a.Life {
		v.Steps = append(v.Steps, stepView{PactStep: s, Word: n.named("step", s.Step), Who: n.codes(s.By)})
	}
	for _, o := range a.Obligations {
		v.Owed = append(v.Owed, n.obligation(o))
	}
	return v
}

func (n namer) obligation(o isnad.Obligation) obligationView {
	v := obligationView{Obligation: o, From: n.codes(o.Debtor), To: n.codes(o.Creditor), DutyWord: n.named("duty", o.Duty), TriggerWord: n.named("if", o.Trigger)}
	if o.Agreement != "" {
		v.Pact = agreementLink(o.Agreement)
	}
	return v
}

// recordsPage is a list of agreements, obligations or transfers.
type recordsPage struct {
	Agreements  []agreementView
	Obligations []obligationView
	Transfers   []transferView
	Filtered    bool
	Kinds       []string // that there are, to choose from
	More        int      // beyond the limit
}

// few takes the first of a list, and says how many are left.
func few[T any](all []T, limit int) ([]T, int) {
	if len(all) <= limit {
		return all, 0
	}
	return all[:limit], len(all) - limit
}

// agreements answers with a list of agreements, the last spoken of first.
func (s *Server) agreements(r *request) (answer, error) {
	all, err := s.recordsOf(r)
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	p, data := recordsPage{Filtered: r.filtered()}, []isnad.Agreement{}
	for _, a := range all.Agreements {
		if a.Kind != "" && !slices.Contains(p.Kinds, a.Kind) {
			p.Kinds = append(p.Kinds, a.Kind)
		}
		if kind := r.text("kind"); r.parties(a.Parties, a.Parties) && (kind == "" || a.Kind == kind) {
			data = append(data, a)
		}
	}
	slices.Sort(p.Kinds)
	slices.Reverse(data)
	data, p.More = few(data, r.limit(100))
	if r.err != nil {
		return answer{}, r.err
	}
	for _, a := range data {
		p.Agreements = append(p.Agreements, n.agreement(a))
	}
	return answer{template: "agreements", title: say(r.Lang, "agreements.title"), data: p}, nil
}

// agreement answers with one agreement, every step with its sentences.
func (s *Server) agreement(r *request) (answer, error) {
	all, err := s.recordsOf(r)
	if err != nil {
		return answer{}, err
	}
	i := slices.IndexFunc(all.Agreements, func(a isnad.Agreement) bool { return a.ID == r.id })
	if i < 0 {
		return answer{}, fmt.Errorf("agreement %q: %w", r.id, store.ErrNotFound)
	}
	n := namer{r.Lang, s.Lexicon}
	a := all.Agreements[i]
	v := n.agreement(a)
	for i := range v.Steps {
		if v.Steps[i].Said, err = s.allSaid(r, n, v.Steps[i].Claims); err != nil {
			return answer{}, err
		}
	}
	for i := range v.Owed {
		if v.Owed[i].Said, err = s.allSaid(r, n, v.Owed[i].Claims); err != nil {
			return answer{}, err
		}
	}
	for _, o := range all.Agreements {
		if slices.Contains(a.Replaces, o.ID) {
			v.Older = append(v.Older, n.agreement(o))
		}
	}
	title := v.Between
	if a.Name != "" {
		title = v.Called
	}
	return answer{template: "agreement", title: title, data: v}, nil
}

// allSaid quotes the sentences of claims, each sentence once.
func (s *Server) allSaid(r *request, n namer, ids []string) (out []*saidView, err error) {
	for i, id := range ids {
		x, _, err := s.said(r, n, id, i)
		if err != nil {
			return nil, err
		}
		if j := slices.IndexFunc(out, func(o *saidView) bool { return o.same(x) }); j >= 0 {
			out[j].Claims, out[j].Words = append(out[j].Claims, x.Claims...), append(out[j].Words, x.Words...)
			continue
		}
		out = append(out, x)
	}
	return out, nil
}

// obligations answers who owes whom what; ?if=attacked:RUS asks what is owed to
// a state on a condition, ?open=yes for what is not told as done.
func (s *Server) obligations(r *request) (answer, error) {
	trigger, creditor, given := strings.Cut(r.text("if"), ":")
	if r.text("if") != "" && (!given || creditor == "") {
		return answer{}, fmt.Errorf("if %q: %w: write a condition and a state, as attacked:RUS", r.text("if"), store.ErrInvalid)
	}
	all, err := s.recordsOf(r)
	if err != nil {
		return answer{}, err
	}
	n := namer{r.Lang, s.Lexicon}
	p, data := recordsPage{Filtered: r.filtered()}, []isnad.Obligation{}
	for _, o := range all.Obligations {
		if !r.parties(o.Debtor, o.Creditor) || r.text("open") != "" && o.Done || trigger != "" && (o.Trigger != trigger || !slices.Contains(o.Creditor, isnad.Code(strings.ToUpper(creditor)))) {
			continue
		}
		data = append(data, o)
	}
	data, p.More = few(data, r.limit(100))
	if r.err != nil {
		return answer{}, r.err
	}
	for _, o := range data {
		v := n.obligation(o)
		if v.Said, err = s.allSaid(r, n, o.Claims); err != nil {
			return answer{}, err
		}
		p.Obligations = append(p.Obligations, v)
	}
	return answer{template: "obligations", title: say(r.Lang, "obligations.title"), data: p}, nil
}
