package coder

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/morph"
	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/internal/values"
	"isnad/lexicon"
)

// wordTable finds which row of a table a word belongs to.
type wordTable map[string]lexicon.Row

func newWordTable(t *lexicon.Table) wordTable {
	w := wordTable{}
	for _, r := range t.Rows {
		for _, f := range r.List("words") {
			w[orth.Fold(f)] = r
		}
	}
	return w
}

// at looks a token up, without its conjunction, preposition and article too.
func (w wordTable) at(s *sentence, i int) (lexicon.Row, bool) {
	return w.of(s.tok[i].Norm, &s.words[i].Word)
}

func (w wordTable) of(norm string, m *morph.Word) (lexicon.Row, bool) {
	for _, k := range []string{norm, m.Base, m.Stem} {
		if r, ok := w[k]; ok {
			return r, true
		}
	}
	return lexicon.Row{}, false
}

// writer turns events into claim rows.
type writer struct {
	c      *Coder
	a      *isnad.Article
	t      *token.Text
	d      *document
	vals   func() *values.Reading // asked for the first claim only: most articles have none
	field  string
	reader string
	cp     pointer
}

// pointer turns byte offsets into code points: it counts once, in blocks of 64
// bytes, and then only within a block. Continuation bytes (10xxxxxx) do not
// count, wherever a block begins.
type pointer struct {
	s      string
	before []int32 // code points before each block
}

func newPointer(s string) pointer {
	p := pointer{s: s, before: make([]int32, len(s)/64+1)}
	n := int32(0)
	for i := range len(s) {
		if i%64 == 0 {
			p.before[i/64] = n
		}
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	if len(s)%64 == 0 {
		p.before[len(s)/64] = n
	}
	return p
}

func (p *pointer) at(b int) int {
	n := int(p.before[b/64])
	for i := b / 64 * 64; i < b; i++ {
		if p.s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

func (w *writer) span(from, to int) isnad.Span {
	a := w.cp.at(from)
	return isnad.Span{Start: a, End: w.cp.at(to)}
}

// tokens is the span of tokens from..to (half open) of a sentence.
func (w *writer) tokens(s *sentence, from, to int) (isnad.Span, string) {
	a, b := s.tok[from].Start, s.tok[to-1].End
	return w.span(a, b), w.t.Source[a:b]
}

// Claims reads one field of an article: events and assessments as rows, in
// order of trigger. Offsets are code points into the field.
func (c *Coder) Claims(a *isnad.Article, t *token.Text, men [][]annotate.Mention, vals func() *values.Reading, field, reader string) []isnad.Claim {
	d, events := c.code(a, t, men, field == "title")
	defer d.release()
	w := &writer{c: c, a: a, t: t, d: d, vals: sync.OnceValue(vals), field: field, reader: reader, cp: newPointer(t.Source)}
	var out []isnad.Claim
	k := 0
	for _, s := range d.sentences {
		from := len(out)
		for ; k < len(events) && events[k].Sentence == s.index; k++ {
			out = append(out, w.event(s, &events[k]))
		}
		out = append(out, w.assessments(s, out[from:])...)
		own := out[from:]
		slices.SortStableFunc(own, func(x, y isnad.Claim) int { return x.Trigger.Start - y.Trigger.Start })
	}
	seen := map[string]int{}
	for i := range out {
		id := claimID(&out[i])
		if n := seen[id]; n > 0 {
			out[i].ID = fmt.Sprintf("%s-%d", id, n+1)
		} else {
			out[i].ID = id
		}
		seen[id]++
	}
	return out
}

// claimID hashes what makes a claim itself: where its trigger stands, and what
// it says of whom.
func claimID(c *isnad.Claim) string {
	h := sha256.Sum256([]byte(strings.Join([]string{c.Article, c.Kind, c.Field, strconv.Itoa(c.Trigger.Start), strconv.Itoa(c.Trigger.End), c.Trigger.Text,
		string(c.Type), isnad.Codes(c.Actor), isnad.Codes(c.Recipient), isnad.Codes(c.Speaker), string(c.Stance), string(c.Factuality)}, "\x00")))
	return "c" + hex.EncodeToString(h[:8])
}

func (w *writer) base(s *sentence, kind string) isnad.Claim {
	return isnad.Claim{
		Kind: kind, Article: w.a.ID, Outlet: w.a.Outlet, Published: w.a.Published, Field: w.field, Reader: w.reader,
		Sentence: w.span(s.start, s.tok[len(s.tok)-1].End),
	}
}

func (w *writer) event(s *sentence, e *Event) isnad.Claim {
	c := w.base(s, isnad.KindEvent)
	from, to := w.c.extent(s, e.Token)
	c.Trigger.Span, c.Trigger.Text = w.tokens(s, from, to)
	c.Type = e.Type
	var rules []string
	if t := s.terms[e.Token]; t != nil {
		rules = append(rules, t.rows...)
		if t.mode != "" && t.types&bit(e.Type) != 0 {
			c.Mode = strings.Split(t.mode, "|")
		}
	} else {
		rules = append(rules, "rule:learned_trigger")
	}
	c.Actor, rules = w.actors(s, e, e.Actor, e.Token, rules)
	c.Recipient, rules = w.actors(s, e, e.Recipient, e.Token, rules)
	at := e.Token
	if e.Cue >= 0 {
		at = e.Cue
	}
	c.Speaker, rules = w.actors(s, e, e.Speaker, at, rules)
	c.Stance, c.Factuality = e.Stance, e.Factuality
	if e.sure {
		rules = append(rules, "rule:construction")
	}
	if len(e.Speaker) > 0 {
		c.Chain, rules = w.chain(s, e, c.Speaker, rules)
	}
	if c.Stance == isnad.Denies {
		c.Denies = w.denied(s, e)
	}
	for j := e.Token - 1; j >= 0 && j >= e.Token-6; j-- {
		if s.mods[j] != nil && s.mods[j].fact == e.Factuality && e.Factuality != isnad.Actual {
			rules = append(rules, s.mods[j].row)
			break
		}
	}
	for _, word := range s.words {
		if x := word.context; x != "" && !slices.Contains(c.Contexts, x) {
			c.Contexts = append(c.Contexts, x)
		}
	}
	slices.Sort(c.Contexts)
	w.values(&c, s, e.Token)
	c.Confidence = w.c.confidence(e.Score)
	slices.Sort(rules)
	c.Rules = slices.Compact(rules)
	return c
}

// extent widens a trigger over the rest of an idiom of the lexicon, unless a party
// stands inside: «إرسال إيران أسلحة».
func (c *Coder) extent(s *sentence, i int) (from, to int) {
	to = i + 1
	if b := s.words[i].begins; s.lang == isnad.Arabic && b != nil {
		for _, id := range b.idioms {
			j := i
			for _, k := range id.rest {
				if j = s.next(j, k, 3); j < 0 {
					break
				}
			}
			if j > 0 && !s.named(i+1, j) {
				to = max(to, j+1)
			}
		}
	}
	return i, to
}

// named reports whether a party stands among the tokens of a range, half open.
func (s *sentence) named(from, to int) bool {
	return slices.ContainsFunc(s.at[from:to], func(m int16) bool { return m != 0 })
}

// actors turns codes into actors with the words they stand in: the mention
// nearest to token at, or, where the sentence has none, the one of earlier text
// that the code was carried over from. A code that no words stand for (nobody
// known) gets an empty span at the token.
func (w *writer) actors(s *sentence, e *Event, codes []isnad.Code, at int, rules []string) ([]isnad.Actor, []string) {
	var out []isnad.Actor
	for _, code := range codes {
		a := isnad.Actor{Code: code}
		src, m := s, -1
		best := math.MaxInt
		for k := range s.men {
			if !has(s.men[k].Codes, code) {
				continue
			}
			d := s.men[k].From - at
			if d < 0 {
				d = at - s.men[k].To + 1
			}
			if d < best {
				best, m = d, k
			}
		}
		if m < 0 {
			src, m = w.earlier(s, code)
			if m >= 0 {
				rules = append(rules, "rule:carried_over")
			}
		}
		if m >= 0 {
			mm := &src.men[m]
			a.Role, a.ID = mm.Role, mm.ID
			a.Span, a.Name = w.tokens(src, mm.From, mm.To)
			if p := len(mm.Pre); p > 0 && strings.HasPrefix(a.Name, mm.Pre) {
				a.Name = a.Name[p:]
				a.Start += utf8.RuneCountInString(mm.Pre)
			}
			rules = append(rules, mm.Rows...)
		} else {
			p := w.cp.at(s.tok[at].Start)
			a.Span = isnad.Span{Start: p, End: p}
			rules = append(rules, "rule:unnamed")
		}
		out = append(out, a)
	}
	return out, rules
}

// earlier finds the last mention of a code before a sentence, else the first
// after it.
func (w *writer) earlier(s *sentence, code isnad.Code) (*sentence, int) {
	for i := s.index - 1; i >= 0; i-- {
		q := w.d.sentences[i]
		for k := len(q.men) - 1; k >= 0; k-- {
			if has(q.men[k].Codes, code) {
				return q, k
			}
		}
	}
	for _, q := range w.d.sentences[s.index:] {
		for k := range q.men {
			if has(q.men[k].Codes, code) {
				return q, k
			}
		}
	}
	return s, -1
}

// chain lists the voices an event comes through, outermost first: cues of other
// speakers before the governing one whose content clause holds it, then the
// speaker's own.
func (w *writer) chain(s *sentence, e *Event, speaker []isnad.Actor, rules []string) ([]isnad.Voice, []string) {
	own := isnad.Voice{Speaker: speaker, Stance: e.Stance}
	if e.Cue < 0 {
		p := w.cp.at(s.tok[e.Token].Start)
		own.Cue = isnad.Span{Start: p, End: p}
		return []isnad.Voice{own}, append(rules, "rule:speech_goes_on")
	}
	own.Cue, _ = w.tokens(s, e.Cue, e.Cue+1)
	if e.relay != nil {
		return w.relayed(s, e, own, rules)
	}
	rules = append(rules, s.cueAt(e.Cue).row)
	var out []isnad.Voice
	for _, l := range e.links {
		if l.q >= e.Cue || l.mention < 0 || has(s.men[l.mention].Codes, e.Speaker[0]) && s.men[l.mention].Kind != annotate.Person {
			continue
		}
		if mk := s.marker(l.q, e.Cue+1); mk == 0 || mk == 4 && l.cue.kind != "verb" || mk == 4 {
			continue
		}
		m := &s.men[l.mention]
		if len(m.Codes) == 0 || len(speaker) > 0 && speaker[0].Name == w.t.Source[s.tok[m.From].Start:s.tok[m.To-1].End] {
			continue
		}
		v := isnad.Voice{Stance: l.cue.stance}
		for _, code := range m.Codes {
			a := isnad.Actor{Code: code, Role: m.Role, ID: m.ID}
			a.Span, a.Name = w.tokens(s, m.From, m.To)
			v.Speaker = append(v.Speaker, a)
		}
		v.Cue, _ = w.tokens(s, l.q, l.q+1)
		rules = append(rules, l.cue.row)
		out = append(out, v)
	}
	return append(out, own), rules
}

// relayed is the chain of an order that somebody else tells of.
func (w *writer) relayed(s *sentence, e *Event, own isnad.Voice, rules []string) ([]isnad.Voice, []string) {
	m := &s.men[e.relay.mention]
	outer := isnad.Voice{Stance: e.relay.stance}
	for _, code := range m.Codes {
		a := isnad.Actor{Code: code, Role: m.Role, ID: m.ID}
		a.Span, a.Name = w.tokens(s, m.From, m.To)
		outer.Speaker = append(outer.Speaker, a)
	}
	outer.Cue, _ = w.tokens(s, e.relay.cue, e.relay.cue+1)
	return []isnad.Voice{outer, own}, append(rules, s.cueAt(e.relay.cue).row, "rule:order")
}

// denied tells what a denial denies by the words between its cue and the
// trigger, and two beyond.
func (w *writer) denied(s *sentence, e *Event) isnad.Denied {
	lo, hi := e.Token, e.Token
	if e.Cue >= 0 {
		lo, hi = min(e.Cue, e.Token), max(e.Cue, e.Token)
	}
	for i := lo; i <= hi && i < len(s.tok); i++ {
		if r, ok := w.c.denials.at(s, i); ok {
			return isnad.Denied(r.Get("what"))
		}
	}
	return isnad.DeniesEvent
}

// values attaches the quantities, times and places of the sentence to a claim:
// those nearer to its trigger than to another event's would be better, but an
// event's figures stand anywhere in its sentence; so all are given.
func (w *writer) values(c *isnad.Claim, s *sentence, i int) {
	v := w.vals().At(s.index)
	whole := &sentence{tok: w.t.Sentences[s.index].Tokens}
	i += s.skip
	for _, q := range v.Quantities {
		x := q.Quantity
		x.Span, _ = w.tokens(whole, q.From, q.To)
		c.Quantities = append(c.Quantities, x)
	}
	for _, p := range v.Places {
		x := p.Place
		x.Span, _ = w.tokens(whole, p.From, p.To)
		c.Places = append(c.Places, x)
	}
	best := math.MaxInt
	for _, t := range v.Times {
		d := t.From - i
		if d < 0 {
			d = i - t.To
		}
		if t.When.From != "" && d < best {
			best, c.When = d, t.When
		}
	}
}

// assessments finds judgements with a holder: a cue of believing or saying with
// a subject, and in its content clause a word of judgement and an object. Where
// the sentence has an event by the same speaker, the judgement is about that
// and no row of its own.
func (w *writer) assessments(s *sentence, events []isnad.Claim) []isnad.Claim {
	var out []isnad.Claim
	for _, l := range s.links() {
		cu := l.cue
		if cu.stance != isnad.Believes || l.mention < 0 || len(s.men[l.mention].Codes) == 0 {
			continue
		}
		from := max(l.q, s.men[l.mention].To-1) + 1
		trigger := -1
		var row lexicon.Row
		for i := from; i < len(s.tok) && i < from+40; i++ {
			if r, ok := w.c.judgements.at(s, i); ok && s.tok[i].Kind == token.Word && s.at[i] == 0 {
				trigger, row = i, r
				break
			}
		}
		if trigger < 0 {
			continue
		}
		c := w.base(s, isnad.KindAssessment)
		c.Trigger.Span, c.Trigger.Text = w.tokens(s, trigger, trigger+1)
		if slices.ContainsFunc(events, func(e isnad.Claim) bool { return e.Trigger.Start == c.Trigger.Start }) {
			continue
		}
		c.Stance, c.Factuality, c.Confidence = isnad.Believes, isnad.Actual, .5
		e := &Event{Cue: l.q, links: nil}
		rules := []string{cu.row, row.Ref()}
		c.Speaker, rules = w.actors(s, e, s.men[l.mention].Codes, l.q, rules)
		var objects []isnad.Code
		for k := range s.men {
			if s.men[k].From < from || k == l.mention {
				continue
			}
			for _, code := range s.men[k].Codes {
				if !has(objects, code) && len(objects) < 6 {
					objects = append(objects, code)
				}
			}
		}
		if len(objects) == 0 {
			continue
		}
		c.Recipient, rules = w.actors(s, e, objects, trigger, rules)
		v := isnad.Voice{Speaker: c.Speaker, Stance: isnad.Believes}
		v.Cue, _ = w.tokens(s, l.q, l.q+1)
		c.Chain = []isnad.Voice{v}
		w.values(&c, s, trigger)
		slices.Sort(rules)
		c.Rules = slices.Compact(rules)
		out = append(out, c)
	}
	return out
}
