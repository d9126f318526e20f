package coder

import (
	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/morph"
)

// An order is somebody's word that something be done: «أصدر الزعيم توجيهاته بتقديم …»,
// «أمر الرئيس بسحب …», "ordered the withdrawal of". What is ordered is planned. Told
// by somebody else («أكدت الوزيرة أن الزعيم أصدر توجيهاته بـ…»), it comes through both:
// the one who orders speaks last.
type order struct {
	at   int // token of the order
	who  int // mention of whoever gives it
	verb int // token of the verb that gives it
}

// reach is how many tokens after an order what is ordered is looked for.
const reach = 8

// ordered finds the order that the event at token i carries out.
func (s *sentence) ordered(i int) (order, bool) {
	for o := i - 1; o >= 0 && o >= i-reach; o-- {
		if s.words[o].class&(that|relative) != 0 && s.tok[o].Norm != "بان" {
			break
		}
		if !s.isOf(o, kOrder) || s.cues[o] != nil && s.cues[o].stance == isnad.Denies {
			continue
		}
		v := s.issuing(o)
		if v == nil || v.passive || v.subject < 0 || !s.leads(o, i) || s.stopped(v.at) || s.stopped(o) {
			return order{}, false
		}
		return order{o, v.subject, v.at}, true
	}
	return order{}, false
}

// issuing is the verb by which the order at token o is given: itself, or «أصدر»,
// "gave" before it.
func (s *sentence) issuing(o int) *verbFrame {
	v, own := s.governor(o)
	if v == nil {
		return nil
	}
	if own && !s.isOf(o-1, kIssue) && !s.isOf(o-2, kIssue) {
		return v
	}
	for k := len(s.vf) - 1; k >= 0; k-- {
		if x := &s.vf[k]; x.at < o && o-x.at <= 10 {
			if s.isOf(x.at, kIssue) {
				return x
			}
			return nil
		}
	}
	return nil
}

// leads reports whether the event at token i is what the order at o is for: after
// «ب», as the object of the English verb, or after "to".
func (s *sentence) leads(o, i int) bool {
	for j := o + 1; j <= i; j++ {
		if j < i && s.finite(j) && s.lang == isnad.Arabic {
			return false
		}
		if s.lang == isnad.English || s.words[j].Prep == "ب" || s.tok[j].Norm == "بان" {
			return true
		}
	}
	return false
}

// ordering sets voice and factuality of an event that somebody ordered.
func (r *reading) ordering(s *sentence, e *Event) {
	if speechAct(e.Type) && e.Type != "SUPPORT" || e.Stance == isnad.Denies || e.Stance == isnad.Alleges || s.words[e.Token].Form == morph.Perfect && s.words[e.Token].Conj {
		return
	}
	o, ok := s.ordered(e.Token)
	if !ok {
		return
	}
	m := &s.men[o.who]
	sc := s.scope(o.verb, e.links)
	planned := e.Factuality
	if planned == isnad.Actual && e.Type != "COERCE" && e.Type != "ASSAULT" { // a court's order is the measure itself
		planned = isnad.Planned
	}
	if s.lang == isnad.Arabic { // "ordered patrols" tells of both at once
		e.Factuality = planned
	}
	if m.Kind != annotate.Person && m.Kind != annotate.Office || len(m.Codes) == 0 || sc.k < 0 || sc.how != scopeThat && sc.how != scopeColon {
		return
	}
	outer, _ := s.subject(sc.k, e.links)
	if outer < 0 || outer == o.who || len(s.men[outer].Codes) == 0 || e.links[sc.k].cue.stance == isnad.Denies {
		return
	}
	e.Factuality, e.Speaker, e.Stance, e.Cue = planned, m.Codes, isnad.States, o.at
	e.relay = &relay{cue: e.links[sc.k].q, mention: outer, stance: e.links[sc.k].cue.stance}
}

// relay is the voice that an order is told by.
type relay struct {
	cue, mention int
	stance       isnad.Stance
}
