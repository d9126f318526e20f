// Package coded reads claims that others have coded: a person, a language model,
// another program. A row is a claim as isnad prints it, or the short form of
// annotation:
//
//	{"article": "ID or URL", "type": "AID", "actor": ["PRK"], "recipient": ["RUS"], "speaker": ["RUS"],
//	 "stance": "denies", "factuality": "actual", "trigger": "تزويد"}
//	{"id": "ID", "i": 3, "claims": [ … ]}
//
// Every field is checked: words must stand in the article, codes and values must
// be those of the codebook. What the short form leaves out (sentence, places,
// times, quantities) is read from the article as isnad reads it.
package coded

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"isnad"
	"isnad/internal/token"
	"isnad/internal/values"
	"isnad/lexicon"
)

// ErrRefused is wrapped by what is wrong with a row.
var ErrRefused = errors.New("refused")

// Reader checks and completes rows. It is safe for use by many goroutines.
type Reader struct {
	codes  map[isnad.Code]bool
	valuer *values.Valuer
}

// New prepares a reader from the lexicon's codes and tables of values.
func New(lex *lexicon.Lexicon) (*Reader, error) {
	r := &Reader{codes: map[isnad.Code]bool{}}
	for _, table := range []string{"states", "actor_codes"} {
		for _, row := range lex.Table(table).Rows {
			r.codes[isnad.Code(row.ID())] = true
		}
	}
	var err error
	r.valuer, err = values.NewValuer(lex)
	return r, err
}

// row is a line of either form, and a claim within the short form.
type row struct {
	ID         string           `json:"id"`
	I          *int             `json:"i"`
	Claims     []row            `json:"claims"`
	Kind       string           `json:"kind"`
	Article    string           `json:"article"`
	URL        string           `json:"url"`
	Field      string           `json:"field"`
	Sentence   *isnad.Span      `json:"sentence"`
	Type       isnad.Type       `json:"type"`
	Mode       []string         `json:"mode"`
	Contexts   []string         `json:"contexts"`
	Actor      parties          `json:"actor"`
	Recipient  parties          `json:"recipient"`
	Speaker    parties          `json:"speaker"`
	Stance     isnad.Stance     `json:"stance"`
	Denies     isnad.Denied     `json:"denies"`
	Factuality isnad.Factuality `json:"factuality"`
	Chain      []isnad.Voice    `json:"chain"`
	Trigger    trigger          `json:"trigger"`
	Places     []isnad.Place    `json:"places"`
	When       *isnad.When      `json:"when"`
	Quantities []isnad.Quantity `json:"quantities"`
	Confidence *float64         `json:"confidence"`
	Reader     string           `json:"reader"`
	Rules      []string         `json:"rules"`
}

// parties are codes or actors.
type parties []isnad.Actor

// UnmarshalJSON reads ["RUS"] and [{"code": "RUS", …}].
func (p *parties) UnmarshalJSON(data []byte) error {
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		return err
	}
	*p = nil
	for _, item := range items {
		var a isnad.Actor
		if err := json.Unmarshal(item, &a.Code); err != nil {
			if err := json.Unmarshal(item, &a); err != nil {
				return err
			}
		}
		*p = append(*p, a)
	}
	return nil
}

// trigger is words, or words with their span.
type trigger struct {
	isnad.Trigger
	placed bool
}

// UnmarshalJSON reads "words" and {"start": 3, "end": 8, "text": "words"}.
func (t *trigger) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &t.Text); err == nil {
		return nil
	}
	t.placed = true
	return json.Unmarshal(data, &t.Trigger)
}

// Claims reads a line. find looks up an article by its id or address. reader
// names the coder where the row does not.
func (r *Reader) Claims(line []byte, reader string, find func(string) (isnad.Article, error)) ([]isnad.Claim, isnad.Article, error) {
	var x row
	if err := json.Unmarshal(line, &x); err != nil {
		return nil, isnad.Article{}, fmt.Errorf("%w: no claim: %w", ErrRefused, err)
	}
	rows := []row{x}
	name := x.Article
	if name == "" {
		name = x.URL
	}
	if x.Claims != nil {
		rows = x.Claims
		if name == "" {
			name = x.ID
		}
		for i := range rows {
			rows[i].I = x.I
		}
	}
	if name == "" {
		return nil, isnad.Article{}, fmt.Errorf("%w: it names no article; write its id or address into article", ErrRefused)
	}
	a, err := find(name)
	if err != nil {
		return nil, a, fmt.Errorf("%w: %w; ingest the article first", ErrRefused, err)
	}
	var out []isnad.Claim
	var problems []error
	for _, x := range rows {
		if x.Reader == "" {
			x.Reader = reader
		}
		c, err := r.claim(x, a)
		if err != nil {
			problems = append(problems, fmt.Errorf("%w: article %s: %w", ErrRefused, a.ID, err))
			continue
		}
		out = append(out, c)
	}
	return out, a, errors.Join(problems...)
}

// claim checks and completes one.
func (r *Reader) claim(x row, a isnad.Article) (isnad.Claim, error) {
	c := isnad.Claim{ID: x.ID, Kind: isnad.KindEvent, Article: a.ID, Outlet: a.Outlet, Published: a.Published, Field: x.Field, Type: x.Type, Mode: x.Mode, Contexts: x.Contexts,
		Actor: x.Actor, Recipient: x.Recipient, Speaker: x.Speaker, Stance: x.Stance, Denies: x.Denies, Factuality: x.Factuality, Chain: x.Chain,
		Places: x.Places, Quantities: x.Quantities, Confidence: 1, Reader: x.Reader, Rules: x.Rules}
	if x.Kind != "" {
		c.Kind = x.Kind
	}
	if x.Confidence != nil {
		c.Confidence = *x.Confidence
	}
	if c.Stance == "" {
		c.Stance = isnad.Narrates
	}
	if c.Factuality == "" {
		c.Factuality = isnad.Actual
	}
	if c.Stance == isnad.Denies && c.Denies == "" {
		c.Denies = isnad.DeniesEvent
	}
	if err := r.codebook(c); err != nil {
		return c, err
	}
	if err := place(&c, x, a); err != nil {
		return c, err
	}
	if c.ID == "" {
		c.ID = id(c)
	}
	text := []rune(a.Text)
	if c.Field == "title" {
		text = []rune(a.Title)
	}
	if err := spans(c, text); err != nil {
		return c, err
	}
	r.complete(&c, x, a)
	return c, nil
}

// codebook checks the values that the codebook lists.
func (r *Reader) codebook(c isnad.Claim) error {
	switch {
	case c.Kind != isnad.KindEvent && c.Kind != isnad.KindAssessment:
		return fmt.Errorf("kind %q is neither event nor assessment", c.Kind)
	case c.Kind == isnad.KindEvent && !slices.Contains(isnad.Types, c.Type):
		return fmt.Errorf("type %q is none of the codebook's", c.Type)
	case !slices.Contains(isnad.Stances, c.Stance):
		return fmt.Errorf("stance %q is none of the codebook's", c.Stance)
	case !slices.Contains(isnad.Factualities, c.Factuality):
		return fmt.Errorf("factuality %q is none of the codebook's", c.Factuality)
	case c.Denies != "" && (c.Stance != isnad.Denies || !slices.Contains([]isnad.Denied{isnad.DeniesEvent, isnad.DeniesActor, isnad.DeniesQuantity, isnad.DeniesPurpose}, c.Denies)):
		return fmt.Errorf("denies %q beside stance %s; write event, actor, quantity or purpose with stance denies only", c.Denies, c.Stance)
	case c.Stance == isnad.Narrates && len(c.Speaker) > 0:
		return fmt.Errorf("stance narrates has speaker %s; the article's own voice has none", isnad.Codes(c.Speaker))
	case !(c.Confidence >= 0 && c.Confidence <= 1):
		return fmt.Errorf("confidence %v; it goes from 0 to 1", c.Confidence)
	}
	for _, side := range []struct {
		name   string
		actors []isnad.Actor
	}{{"actor", c.Actor}, {"recipient", c.Recipient}, {"speaker", c.Speaker}} {
		for _, p := range side.actors {
			if !r.codes[p.Code] {
				return fmt.Errorf("%s %q is no code; write an ISO 3166 alpha-3 code or one of the codebook's", side.name, p.Code)
			}
		}
	}
	return nil
}

// place finds the words of the trigger, and the sentence that they stand in: in
// sentence i where the row says so and the article lists its sentences, else the
// first place in the text, else in the title.
func place(c *isnad.Claim, x row, a isnad.Article) error {
	c.Trigger = x.Trigger.Trigger
	if x.Trigger.placed {
		if c.Field == "" {
			c.Field = "text"
		}
	} else {
		if c.Trigger.Text == "" {
			return errors.New("it has no trigger; copy the word that carries the event")
		}
		from, part := 0, a.Text
		if x.I != nil {
			var listed []struct{ I, Start, End int }
			if err := json.Unmarshal(a.Extra["sentences"], &listed); err == nil {
				for _, s := range listed {
					if runes := []rune(a.Text); s.I == *x.I && s.Start >= 0 && s.Start <= s.End && s.End <= len(runes) {
						from, part = s.Start, string(runes[s.Start:s.End])
					}
				}
			}
		}
		field, at := "text", strings.Index(part, c.Trigger.Text)
		if c.Field == "title" || at < 0 {
			field, from, part = "title", 0, a.Title
			at = strings.Index(part, c.Trigger.Text)
		}
		if at < 0 {
			return fmt.Errorf("trigger «%s» does not stand in the article; copy it letter by letter", c.Trigger.Text)
		}
		c.Field = field
		c.Trigger.Start = from + utf8.RuneCountInString(part[:at])
		c.Trigger.End = c.Trigger.Start + utf8.RuneCountInString(c.Trigger.Text)
	}
	if c.Field != "text" && c.Field != "title" {
		return fmt.Errorf("field %q is neither text nor title", c.Field)
	}
	if x.Sentence != nil {
		c.Sentence = *x.Sentence
	}
	return nil
}

// spans checks that every span lies in the field and holds the words given.
func spans(c isnad.Claim, text []rune) error {
	check := func(what string, s isnad.Span, words string) error {
		if s.Start < 0 || s.End < s.Start || s.End > len(text) {
			return fmt.Errorf("%s goes from %d to %d in a %s of %d code points", what, s.Start, s.End, c.Field, len(text))
		}
		if got := string(text[s.Start:s.End]); words != "" && s.End > s.Start && got != words {
			return fmt.Errorf("%s is given as «%s», and %d–%d of the %s is «%s»", what, words, s.Start, s.End, c.Field, got)
		}
		return nil
	}
	if c.Trigger.End <= c.Trigger.Start {
		return errors.New("its trigger is empty")
	}
	err := errors.Join(check("trigger", c.Trigger.Span, c.Trigger.Text), check("sentence", c.Sentence, ""))
	for _, side := range [][]isnad.Actor{c.Actor, c.Recipient, c.Speaker} {
		for _, p := range side {
			err = errors.Join(err, check("party "+string(p.Code), p.Span, p.Name))
		}
	}
	for _, v := range c.Chain {
		err = errors.Join(err, check("cue", v.Cue, ""))
	}
	for _, p := range c.Places {
		err = errors.Join(err, check("place", p.Span, p.Name))
	}
	for _, q := range c.Quantities {
		err = errors.Join(err, check("quantity", q.Span, ""))
	}
	return err
}

// complete reads what the short form leaves out.
func (r *Reader) complete(c *isnad.Claim, x row, a isnad.Article) {
	if c.Kind != isnad.KindEvent || x.Sentence != nil && x.When != nil {
		if x.When != nil {
			c.When = *x.When
		}
		return
	}
	source := a.Text
	if c.Field == "title" {
		source = a.Title
	}
	cut := token.Cut(source)
	defer cut.Release()
	point := pointer{source: source}
	for i, s := range cut.Sentences {
		start, end := point.at(s.Start), point.at(s.End)
		if c.Trigger.Start < start || c.Trigger.Start >= end {
			continue
		}
		if x.Sentence == nil {
			c.Sentence = isnad.Span{Start: start, End: max(end, c.Trigger.End)}
		}
		vals := r.valuer.Find(&a, cut)
		if i >= len(vals) {
			return
		}
		point = pointer{source: source}
		span := func(from, to int) isnad.Span {
			return isnad.Span{Start: utf8.RuneCountInString(source[:s.Tokens[from].Start]), End: utf8.RuneCountInString(source[:s.Tokens[to-1].End])}
		}
		if x.Quantities == nil {
			for _, q := range vals[i].Quantities {
				v := q.Quantity
				v.Span = span(q.From, q.To)
				c.Quantities = append(c.Quantities, v)
			}
		}
		if x.Places == nil {
			for _, p := range vals[i].Places {
				v := p.Place
				v.Span = span(p.From, p.To)
				c.Places = append(c.Places, v)
			}
		}
		// The time that stands nearest to the trigger is the event's.
		nearest := -1
		for _, t := range vals[i].Times {
			at := span(t.From, t.To)
			if d := max(at.Start-c.Trigger.End, c.Trigger.Start-at.End, 0); t.When.From != "" && (nearest < 0 || d < nearest) {
				nearest, c.When = d, t.When
			}
		}
		if x.When != nil {
			c.When = *x.When
		}
		return
	}
	if x.Sentence == nil {
		c.Sentence = c.Trigger.Span
	}
}

// pointer turns rising places in bytes into places in code points.
type pointer struct {
	source      string
	byte, runes int
}

func (p *pointer) at(b int) int {
	if b < p.byte {
		p.byte, p.runes = 0, 0
	}
	p.runes += utf8.RuneCountInString(p.source[p.byte:b])
	p.byte = b
	return p.runes
}

// id is from content, as that of isnad's own claims.
func id(c isnad.Claim) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%d\x00%s\x00%s\x00%s\x00%s\x00%s\x00%s\x00%s", c.Reader, c.Article, c.Trigger.Start, c.Trigger.End, c.Field,
		c.Type, isnad.Codes(c.Actor), isnad.Codes(c.Recipient), isnad.Codes(c.Speaker), c.Stance, c.Factuality))
	return "c" + hex.EncodeToString(sum[:8])
}
