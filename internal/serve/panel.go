package serve

import (
	"slices"
	"strings"

	"isnad"
	"isnad/lexicon"
)

// panel is all that there is to say of one claim.
type panel struct {
	claimView
	Of                            int // claims in the article
	Previous, Next                *claimView
	Together                      []claimView // the other claims of the same words
	Title                         string      // for the heading of a window
	Sentence                      []Paragraph // with this claim's words marked
	ActorOf, RecipientOf, Speaker []party
	Voices                        []voice
	TriggerWords                  quote
	WhenWords                     string
	PlaceWords                    []placeView
	Amounts                       []amountView
	Steps                         []step
	OtherReader                   bool
	Permalink                     string
	Event                         *eventView // that it belongs to
	Review                        reviewView
}

// voice is one link of the chain.
type voice struct {
	Speaker []party
	Stance  isnad.Stance
	Word    string
	Cue     quote
}

type placeView struct {
	isnad.Place
	State string
	Words quote
}

type amountView struct {
	Amount string
	isnad.Quantity
	Words quote
}

// step is a lexicon row or rule that made the claim, as "isnad explain" shows it.
type step struct {
	Ref   string `json:"ref"`
	Place string `json:"place,omitempty"` // lexicon/data/cues.tsv:12
	Cells []cell `json:"cells,omitempty"`
	Rule  bool   `json:"-"` // a rule of the program and no row
}

type cell struct {
	Column string `json:"column"`
	Value  string `json:"value"`
}

func stepOf(lex *lexicon.Lexicon, ref string) step {
	name, id, _ := strings.Cut(ref, ":")
	if name == "rule" {
		return step{Ref: ref, Rule: true}
	}
	table := lex.Table(name)
	row, ok := table.Row(id)
	if !ok {
		return step{Ref: ref}
	}
	out := step{Ref: ref, Place: row.Place()}
	for _, column := range table.Columns[1:] {
		v := row.Get(column)
		if forms := row.List(column); len(forms) > 6 { // a row may hold a whole paradigm
			v = strings.Join(forms[:6], "|") + "|…"
		}
		if v != "" {
			out.Cells = append(out.Cells, cell{column, v})
		}
	}
	return out
}

// panel opens the i-th claim of an article.
func (n namer) panel(p *articlePage, i int, reader string) *panel {
	c := p.Claims[i].Claim
	f := fieldOf(p.Version.Article, c.Field)
	out := &panel{claimView: p.Claims[i], Of: len(p.Claims), ActorOf: n.parties(f, c.Actor), RecipientOf: n.parties(f, c.Recipient),
		Speaker: n.parties(f, c.Speaker), TriggerWords: f.words(c.Trigger.Span), OtherReader: reader != "" && c.Reader != reader, Permalink: claimLink(c.ID), Event: p.Event(c.ID)}
	if i > 0 {
		out.Previous = &p.Claims[i-1]
	}
	if i+1 < len(p.Claims) {
		out.Next = &p.Claims[i+1]
	}
	for j, o := range p.Claims {
		if j != i && o.Field == c.Field && o.Trigger.Start < c.Trigger.End && c.Trigger.Start < o.Trigger.End {
			out.Together = append(out.Together, o)
		}
	}
	for _, v := range c.Chain {
		out.Voices = append(out.Voices, voice{n.parties(f, v.Speaker), v.Stance, say(n.lang, "stance."+string(v.Stance)), f.words(v.Cue)})
	}
	for _, pl := range c.Places {
		w := f.words(pl.Span)
		if w.Text == "" {
			w = quoted(pl.Name, f.lang)
		}
		out.PlaceWords = append(out.PlaceWords, placeView{pl, n.state(pl.State), w})
	}
	for _, q := range c.Quantities {
		out.Amounts = append(out.Amounts, amountView{n.amount(q), q, f.words(q.Span)})
	}
	if c.When.From+c.When.To != "" {
		out.WhenWords = n.period(c.When)
	}
	for _, ref := range c.Rules {
		out.Steps = append(out.Steps, stepOf(n.lex, ref))
	}
	out.Sentence = sentence(f, c)
	return out
}

// sentence is the claim's sentence by itself with the words of this claim marked.
func sentence(f field, c isnad.Claim) []Paragraph {
	s := c.Sentence
	s.Start, s.End = max(s.Start, 0), min(s.End, len(f.runes))
	if s.Start >= s.End {
		return nil
	}
	shift := func(x *isnad.Span) { // spans outside the sentence become empty
		x.Start, x.End = max(x.Start-s.Start, 0), min(x.End, s.End)-s.Start
	}
	actors := func(as []isnad.Actor) []isnad.Actor {
		as = slices.Clone(as)
		for i := range as {
			shift(&as[i].Span)
		}
		return as
	}
	c.Field = "text"
	c.Actor, c.Recipient, c.Speaker = actors(c.Actor), actors(c.Recipient), actors(c.Speaker)
	c.Chain, c.Places, c.Quantities = slices.Clone(c.Chain), slices.Clone(c.Places), slices.Clone(c.Quantities)
	for i := range c.Chain {
		c.Chain[i].Speaker = actors(c.Chain[i].Speaker)
		shift(&c.Chain[i].Cue)
	}
	for i := range c.Places {
		shift(&c.Places[i].Span)
	}
	for i := range c.Quantities {
		shift(&c.Quantities[i].Span)
	}
	text := string(f.runes[s.Start:s.End])
	shift(&c.Trigger.Span)
	c.Sentence = isnad.Span{}
	return layout("text", text, f.lang, []isnad.Claim{c})
}
