package serve

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"isnad"
)

// The layout of a field is its text cut up for marking: paragraphs of
// sentences of marks of runs. Each level nests in the one before, so that it
// becomes elements as it stands, and the texts of all runs, one after another,
// are the field to the character (TestLayout).
//
// Claims overlap in every way: two on one word, one trigger inside another's
// actor, the actor of a third carried over from a paragraph above. So the text
// is cut wherever anything begins or ends, and pieces that the same claims
// cover are put together again, level by level.

// Paragraph is one line of a field, with the newline that ends it.
type Paragraph struct {
	Lang      isnad.Lang
	Dir       string // "rtl" or "ltr", by its first letter
	Blank     bool   // nothing to be seen
	Sentences []Sentence
}

// Sentence is a stretch in the sentences of the same claims, which may be none.
type Sentence struct {
	Claims []int // in the list of claims given to layout
	Marks  []Mark
}

// Mark is a stretch in the triggers of the same claims; of none, it is plain text.
type Mark struct {
	Claims []int
	Runs   []Run
}

// Run is a stretch in which every character plays the same parts.
type Run struct {
	Parts []Part
	Text  string
}

// Part is what words do in a claim.
type Part struct {
	Claim int
	Role  string // one of the roles below
}

// The roles of words, beside the trigger, which is a Mark. Where words have
// several, the first of this list is shown.
const (
	roleActor     = "actor"
	roleRecipient = "recipient"
	roleSpeaker   = "speaker"
	roleCue       = "cue"
	rolePlace     = "place"
	roleQuantity  = "quantity"
)

var partOrder = []string{roleActor, roleRecipient, roleSpeaker, roleCue, rolePlace, roleQuantity}

// levels of a span; a sentence and a trigger are no Part.
const (
	levelSentence = iota
	levelTrigger
	levelPart
	levels
)

// stretch is a span with what covers it.
type stretch struct {
	isnad.Span
	level int
	part  Part
}

// layout lays out one field of an article. Claims of another field are passed
// over. Spans are moved out to whole characters as readers see them: a mark or
// a joiner is never parted from its letter (UAX #29).
func layout(field, text string, lang isnad.Lang, claims []isnad.Claim) []Paragraph {
	runes := []rune(text)
	whole := boundaries(text)
	var all []stretch
	cuts := []int{0, len(runes)}
	add := func(level int, s isnad.Span, claim int, role string) {
		s.Start, s.End = max(s.Start, 0), min(s.End, len(runes))
		if s.Start >= s.End {
			return
		}
		for !whole[s.Start] {
			s.Start--
		}
		for !whole[s.End] {
			s.End++
		}
		all = append(all, stretch{s, level, Part{claim, role}})
		cuts = append(cuts, s.Start, s.End)
	}
	for i, c := range claims {
		if c.Field != field {
			continue
		}
		add(levelSentence, c.Sentence, i, "")
		add(levelTrigger, c.Trigger.Span, i, "")
		for _, p := range parts(c) {
			add(levelPart, p.Span, i, p.role)
		}
	}
	for i, r := range runes {
		if r == '\n' {
			cuts = append(cuts, i+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	slices.SortStableFunc(all, func(a, b stretch) int { return cmp.Compare(a.Start, b.Start) })

	var out []Paragraph
	var open []stretch
	next, fresh := 0, true
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		open = slices.DeleteFunc(open, func(s stretch) bool { return s.End <= from })
		for ; next < len(all) && all[next].Start <= from; next++ {
			open = append(open, all[next])
		}
		if fresh {
			out = append(out, Paragraph{})
		}
		out[len(out)-1].add(open, string(runes[from:to]))
		fresh = runes[to-1] == '\n'
	}
	for i := range out {
		out[i].describe(lang)
	}
	return out
}

// add puts a piece of text at the end of the paragraph, joined to what stands
// there as far as the same claims cover it.
func (p *Paragraph) add(open []stretch, text string) {
	var claims [levels][]int
	var parts []Part
	for _, s := range open {
		if s.level == levelPart {
			parts = append(parts, s.part)
		} else {
			claims[s.level] = append(claims[s.level], s.part.Claim)
		}
	}
	for i := range claims {
		slices.Sort(claims[i])
		claims[i] = slices.Compact(claims[i])
	}
	slices.SortFunc(parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Claim, b.Claim), cmp.Compare(slices.Index(partOrder, a.Role), slices.Index(partOrder, b.Role)))
	})
	parts = slices.Compact(parts)

	n := len(p.Sentences)
	if n == 0 || !slices.Equal(p.Sentences[n-1].Claims, claims[levelSentence]) {
		p.Sentences = append(p.Sentences, Sentence{Claims: claims[levelSentence]})
		n++
	}
	s := &p.Sentences[n-1]
	n = len(s.Marks)
	if n == 0 || !slices.Equal(s.Marks[n-1].Claims, claims[levelTrigger]) {
		s.Marks = append(s.Marks, Mark{Claims: claims[levelTrigger]})
		n++
	}
	m := &s.Marks[n-1]
	n = len(m.Runs)
	if n == 0 || !slices.Equal(m.Runs[n-1].Parts, parts) {
		m.Runs = append(m.Runs, Run{Parts: parts})
		n++
	}
	m.Runs[n-1].Text += text
}

// text is the paragraph's text.
func (p Paragraph) text() string {
	var b strings.Builder
	for _, s := range p.Sentences {
		for _, m := range s.Marks {
			for _, r := range m.Runs {
				b.WriteString(r.Text)
			}
		}
	}
	return b.String()
}

// describe sets language and direction: those of the article unless the
// paragraph begins in letters of another script.
func (p *Paragraph) describe(lang isnad.Lang) {
	text := p.text()
	p.Lang, p.Dir = written(text, lang)
	p.Blank = strings.TrimSpace(text) == ""
}

// written tells language and direction of a quoted text: those of its article,
// but those of its first letter where that is of another script.
func written(text string, lang isnad.Lang) (isnad.Lang, string) {
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana) && unicode.IsLetter(r):
			if direction(lang) != "rtl" {
				lang = isnad.Arabic
			}
			return lang, "rtl"
		case unicode.IsLetter(r):
			if direction(lang) == "rtl" {
				lang = isnad.English
			}
			return lang, "ltr"
		}
	}
	return lang, direction(lang)
}

// direction is that of a language's script.
func direction(lang isnad.Lang) string {
	switch lang {
	case isnad.Arabic, "fa", "ur", "he", "ps":
		return "rtl"
	}
	return "ltr"
}

// boundaries says before which code points, and whether at the end, a
// character as readers see it begins.
func boundaries(text string) []bool {
	out := make([]bool, 0, len(text)+1)
	for g := graphemes.FromString(text); g.Next(); {
		first := true
		for range g.Value() {
			out = append(out, first)
			first = false
		}
	}
	return append(out, true)
}

// role is a span with what its words do.
type role struct {
	isnad.Span
	role string
}

// parts lists the words of a claim other than its trigger.
func parts(c isnad.Claim) (out []role) {
	parties := func(name string, as []isnad.Actor) {
		for _, a := range as {
			out = append(out, role{a.Span, name})
		}
	}
	parties(roleActor, c.Actor)
	parties(roleRecipient, c.Recipient)
	parties(roleSpeaker, c.Speaker)
	for _, v := range c.Chain {
		parties(roleSpeaker, v.Speaker)
		out = append(out, role{v.Cue, roleCue})
	}
	for _, p := range c.Places {
		out = append(out, role{p.Span, rolePlace})
	}
	for _, q := range c.Quantities {
		out = append(out, role{q.Span, roleQuantity})
	}
	return out
}
