package coder

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/token"
)

// Tally counts agreement for experiments, pairing claims as internal/eval does.
// The published figures come from internal/eval; this one also tells where a
// claim is lost.
type Tally struct {
	Gold, Pred, Type, Event, Strict, Claim map[isnad.Lang]int
	both, ingold, inpred                   map[string]int
	perType                                map[isnad.Type][4]int // gold, pred, type right, strict right
	lost                                   map[string]int
	scored                                 []scored // every claim predicted, with its raw score
}

func newTally() *Tally {
	n := func() map[isnad.Lang]int { return map[isnad.Lang]int{} }
	return &Tally{n(), n(), n(), n(), n(), n(), map[string]int{}, map[string]int{}, map[string]int{}, map[isnad.Type][4]int{}, map[string]int{}, nil}
}

// Add adds another tally.
func (t *Tally) Add(o *Tally) {
	for _, p := range [][2]map[isnad.Lang]int{{t.Gold, o.Gold}, {t.Pred, o.Pred}, {t.Type, o.Type}, {t.Event, o.Event}, {t.Strict, o.Strict}, {t.Claim, o.Claim}} {
		for k, v := range p[1] {
			p[0][k] += v
		}
	}
	for _, p := range [][2]map[string]int{{t.both, o.both}, {t.ingold, o.ingold}, {t.inpred, o.inpred}, {t.lost, o.lost}} {
		for k, v := range p[1] {
			p[0][k] += v
		}
	}
	t.scored = append(t.scored, o.scored...)
	for k, v := range o.perType {
		w := t.perType[k]
		for i := range v {
			w[i] += v[i]
		}
		t.perType[k] = w
	}
}

func f1(tp, pred, gold int) float64 {
	if tp == 0 {
		return 0
	}
	return 2 * float64(tp) / float64(pred+gold)
}

// PrintLevels writes precision, recall and F1 of the levels, by language.
func (t *Tally) PrintLevels(w io.Writer) {
	for _, l := range []isnad.Lang{"ar", "en"} {
		if t.Gold[l] == 0 {
			continue
		}
		fmt.Fprintf(w, "%s gold %d pred %d  type P %.3f R %.3f F %.3f  event %.3f  strict P %.3f R %.3f F %.3f  claim %.3f\n", l, t.Gold[l], t.Pred[l],
			float64(t.Type[l])/float64(max(1, t.Pred[l])), float64(t.Type[l])/float64(t.Gold[l]), f1(t.Type[l], t.Pred[l], t.Gold[l]),
			f1(t.Event[l], t.Pred[l], t.Gold[l]),
			float64(t.Strict[l])/float64(max(1, t.Pred[l])), float64(t.Strict[l])/float64(t.Gold[l]), f1(t.Strict[l], t.Pred[l], t.Gold[l]),
			f1(t.Claim[l], t.Pred[l], t.Gold[l]))
	}
}

// Print writes all figures.
func (t *Tally) Print(w io.Writer) {
	t.PrintLevels(w)
	for _, k := range append(strs(isnad.Stances), strs(isnad.Factualities)...) {
		fmt.Fprintf(w, "%s %.3f (%d)  ", k, f1(t.both[k], t.inpred[k], t.ingold[k]), t.ingold[k])
	}
	fmt.Fprintln(w)
	for _, ty := range isnad.Types {
		v := t.perType[ty]
		fmt.Fprintf(w, "%s %d %.2f/%.2f  ", ty, v[0], f1(v[2], v[1], v[0]), f1(v[3], v[1], v[0]))
	}
	fmt.Fprintln(w)
	var ks []string
	for k := range t.lost {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	for _, k := range ks {
		fmt.Fprintf(w, "%s %d\n", k, t.lost[k])
	}
	fmt.Fprintln(w)
}

func strs[T ~string](xs []T) []string {
	var out []string
	for _, x := range xs {
		out = append(out, string(x))
	}
	return out
}

func same(a, b []isnad.Code) bool {
	for _, x := range a {
		if !has(b, x) {
			return false
		}
	}
	for _, x := range b {
		if !has(a, x) {
			return false
		}
	}
	return true
}

func share(a, b []isnad.Code) bool {
	if len(a) == 0 && len(b) == 0 {
		return true
	}
	for _, x := range a {
		if has(b, x) {
			return true
		}
	}
	return false
}

// Evaluate reads examples and compares.
func (c *Coder) Evaluate(examples []*Example, ann *annotate.Actors, errs int, w io.Writer) *Tally {
	t := newTally()
	for _, e := range examples {
		txt := token.Cut(e.Article.Text)
		evs := c.Code(&e.Article, txt, ann.Find(&e.Article, txt), false)
		for _, g := range e.Sentences {
			var ps []Event
			for _, ev := range evs {
				at := txt.Sentences[ev.Sentence].Tokens[ev.Token].Start
				if at >= g.Start && at < g.End {
					ps = append(ps, ev)
				}
			}
			bad := t.sentence(e.Article.Lang, g.Claims, ps)
			if bad && errs > 0 {
				errs--
				fmt.Fprintf(w, "\n%s:%d %s\n", e.Article.ID, g.I, e.Article.Text[g.Start:g.End])
				for _, cl := range g.Claims {
					fmt.Fprintf(w, "  gold %s %v > %v by %v %s %s «%s»\n", cl.Type, cl.Actor, cl.Recipient, cl.Speaker, cl.Stance, cl.Factuality, cl.Trigger)
				}
				for _, p := range ps {
					fmt.Fprintf(w, "  pred %s %v > %v by %v %s %s «%s» %.2f\n", p.Type, p.Actor, p.Recipient, p.Speaker, p.Stance, p.Factuality, txt.Sentences[p.Sentence].Tokens[p.Token].Norm, p.Score)
				}
			}
		}
	}
	return t
}

func (t *Tally) sentence(l isnad.Lang, gs []GoldClaim, ps []Event) (bad bool) {
	t.Gold[l] += len(gs)
	t.Pred[l] += len(ps)
	for _, g := range gs {
		t.ingold[string(g.Stance)]++
		t.ingold[string(g.Factuality)]++
		v := t.perType[g.Type]
		v[0]++
		t.perType[g.Type] = v
	}
	for _, p := range ps {
		t.inpred[string(p.Stance)]++
		t.inpred[string(p.Factuality)]++
		v := t.perType[p.Type]
		v[1]++
		t.perType[p.Type] = v
	}
	type pair struct {
		score float64
		i, j  int
	}
	var pairs []pair
	lv := func(g GoldClaim, p Event) (ty, ev, st, cl bool) {
		ty = g.Type == p.Type
		ev = ty && share(g.Actor, p.Actor) && share(g.Recipient, p.Recipient)
		st = ty && same(g.Actor, p.Actor) && same(g.Recipient, p.Recipient)
		cl = st && same(g.Speaker, p.Speaker) && g.Stance == p.Stance && g.Factuality == p.Factuality
		return
	}
	f := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	for i, g := range gs {
		for j, p := range ps {
			ty, ev, st, cl := lv(g, p)
			if ty {
				pairs = append(pairs, pair{8*f(cl) + 4*f(st) + 4*f(ev) + 2 + (f(g.Stance == p.Stance)+f(g.Factuality == p.Factuality)+f(same(g.Speaker, p.Speaker)))/10, i, j})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	gi, pj := map[int]bool{}, map[int]bool{}
	right := 0
	whole := make([]bool, len(ps))
	for _, q := range pairs {
		if gi[q.i] || pj[q.j] {
			continue
		}
		gi[q.i], pj[q.j] = true, true
		g, p := gs[q.i], ps[q.j]
		_, ev, st, cl := lv(g, p)
		t.Type[l]++
		v := t.perType[g.Type]
		v[2]++
		if ev {
			t.Event[l]++
		}
		if st {
			t.Strict[l]++
			v[3]++
			if same(g.Speaker, p.Speaker) {
				if g.Stance == p.Stance {
					t.both[string(g.Stance)]++
				}
				if g.Factuality == p.Factuality {
					t.both[string(g.Factuality)]++
				}
			}
		}
		t.perType[g.Type] = v
		if cl {
			t.Claim[l]++
			right++
			whole[q.j] = true
		}
		var why []string
		if !same(g.Actor, p.Actor) {
			why = append(why, "actor")
		}
		if !same(g.Recipient, p.Recipient) {
			why = append(why, "recipient")
		}
		if !same(g.Speaker, p.Speaker) {
			why = append(why, "speaker")
		}
		if g.Stance != p.Stance {
			why = append(why, "stance")
		}
		if g.Factuality != p.Factuality {
			why = append(why, "fact")
		}
		for _, x := range why {
			t.lost[x]++
		}
		if len(why) == 1 {
			t.lost["only "+strings.Join(why, "+")]++
		}
	}
	for j := range ps {
		t.scored = append(t.scored, scored{ps[j].Score, whole[j]})
	}
	return right < len(gs) || right < len(ps)
}

// Parts measures each choice by itself, given right answers to those before it.
// show, where not nil, gets the claims whose parties are wrong.
func (c *Coder) Parts(examples []*Example, t *Tally, show func(e *Example, s string)) {
	r := &reading{c: c}
	walk(examples, func(e *Example, s *sentence, cl *goldClaim, links []link, mem *memory) {
		count := func(what string) { t.lost[string(e.Article.Lang)+" parts: "+what]++ }
		r.d, r.mem = e.doc, mem
		r.denials = s.denials(links, mem)
		h := hit{i: cl.head, ty: slices.Index(isnad.Types, cl.Type), p: 1}
		ev := Event{Type: cl.Type, Token: cl.head, sent: s, links: links, prev: mem, parties: e.doc.parties(s, mem)}
		count("claims")
		_, ok1 := bitsOf(ev.parties, cl.Actor)
		_, ok2 := bitsOf(ev.parties, cl.Recipient)
		if ok1 && ok2 {
			count("parties are candidates")
		}
		r.choose(s, h, &ev)
		if same(ev.Actor, cl.Actor) && same(ev.Recipient, cl.Recipient) {
			count("parties right")
		} else if show != nil {
			var named []string
			for _, m := range s.men {
				named = append(named, fmt.Sprintf("%s=%v", e.Article.Text[s.tok[m.From].Start:s.tok[m.To-1].End], m.Codes))
			}
			show(e, fmt.Sprintf("%s\n  gold %s %v > %v «%s» pred %v > %v candidates %v\n  named %s", e.Article.Text[s.tok[0].Start:s.tok[len(s.tok)-1].End],
				cl.Type, cl.Actor, cl.Recipient, cl.Trigger, ev.Actor, ev.Recipient, ok1 && ok2, strings.Join(named, "; ")))
		}
		ev.Actor, ev.Recipient = cl.Actor, cl.Recipient
		r.speak(s, h, &ev)
		if same(ev.Speaker, cl.Speaker) {
			count("speaker right")
			if ev.Stance == cl.Stance {
				count("stance right too")
			}
		}
		if show != nil && (!same(ev.Speaker, cl.Speaker) || ev.Stance != cl.Stance) {
			show(e, fmt.Sprintf("%s\n  voice %s %v > %v «%s» gold %v %s, found %v %s", e.Article.Text[s.tok[0].Start:s.tok[len(s.tok)-1].End],
				cl.Type, cl.Actor, cl.Recipient, cl.Trigger, cl.Speaker, cl.Stance, ev.Speaker, ev.Stance))
		}
		ev.Speaker, ev.Stance = cl.Speaker, cl.Stance
		if c.factOf(r, s, h, &ev) == cl.Factuality {
			count("factuality right")
		}
	})
}
