package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
	"isnad/lexicon"
)

type explainCmd struct {
	ID     string   `arg:"" help:"The id of a claim or event, or its beginning."`
	Inputs []string `arg:"" optional:"" name:"input" help:"Read these instead of asking the store."`
}

func (explainCmd) Help() string {
	return `Of an event, shows its status, who has it from whom, contested values and links.
Of a claim, shows the sentence with the words that fired, each field of the claim with its
words, and the lexicon rows and rules that made it, each with its file and line.

Examples:
  isnad explain 3f9c2a71b0de
  isnad explain 3f9c article.txt                 without a store`
}

func (c *explainCmd) Run(e *environment) error {
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	if len(c.Inputs) > 0 {
		return c.fromInputs(e, r, lex)
	}
	return e.withStore(false, func(s store.Store) error {
		if strings.HasPrefix(c.ID, "e") { // as ids of events do; another coder's claims may, too
			if err := explainStored(e, s, c.ID); !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		claim, v, err := s.Claim(e.ctx, c.ID)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("%w in %s; \"isnad claims\" and \"isnad events\" list those there are, and \"isnad explain ID FILE\" looks in a file", err, e.flags.DB)
		}
		if err != nil {
			return err
		}
		vs, err := s.Versions(e.ctx, v.ID)
		if err != nil {
			return err
		}
		return explain(e.stdout, e.marks(), lex, r.Name(), claim, v.Article, fmt.Sprintf("version %d of %d", v.Number, len(vs)))
	})
}

// explainStored explains an event of the store.
func explainStored(e *environment, s store.Store, id string) error {
	x, err := s.Event(e.ctx, id)
	if err != nil {
		return err
	}
	articles := map[string][2][]rune{}
	return explainEvent(e.stdout, x, func(c isnad.EventClaim) string {
		fields, read := articles[c.Article]
		if !read {
			if v, err := s.Article(e.ctx, c.Article); err == nil {
				fields = [2][]rune{[]rune(v.Title), []rune(v.Text)}
			}
			articles[c.Article] = fields
		}
		field := fields[1]
		if c.Field == "title" {
			field = fields[0]
		}
		if c.Sentence.End > len(field) {
			return ""
		}
		return e.marks().mark(field, c.Sentence, []isnad.Span{c.Trigger.Span})
	})
}

var errFound = errors.New("found")

func (c *explainCmd) fromInputs(e *environment, r reader, lex *lexicon.Lexicon) error {
	in, err := newInputs(e, lex, "", nil, nil)
	if err != nil {
		return err
	}
	t := e.tally("looking")
	t.quiet = true
	var found *isnad.Claim
	var article isnad.Article
	produce := func(ctx context.Context, hand func(isnad.Article) error) error {
		return in.walkAll(ctx, c.Inputs, hand, t.failed)
	}
	err = readAll(e.ctx, r, 0, produce, func(res result) error {
		for _, claim := range res.reading.Claims {
			if strings.HasPrefix(claim.ID, c.ID) {
				found, article = &claim, res.article
				return errFound
			}
		}
		return nil
	})
	switch {
	case found != nil:
		return explain(e.stdout, e.marks(), lex, r.Name(), *found, article, "not in a store")
	case err != nil:
		return err
	}
	return firstError(fmt.Errorf("claim %q: %w in %s", c.ID, store.ErrNotFound, strings.Join(c.Inputs, ", ")), t.end())
}

// explain prints a claim and all that it rests on.
func explain(out io.Writer, m marks, lex *lexicon.Lexicon, reader string, c isnad.Claim, a isnad.Article, version string) error {
	w := bufio.NewWriter(out)
	field := []rune(a.Text)
	if c.Field == "title" {
		field = []rune(a.Title)
	}
	line := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%-11s %s\n", name, strings.TrimSpace(fmt.Sprintf(format, args...)))
	}
	words := func(s isnad.Span) string {
		if s.Start < 0 || s.End > len(field) || s.Start >= s.End {
			return "in no words of its own"
		}
		return fmt.Sprintf("«%s» %d–%d", strings.Join(strings.Fields(string(field[s.Start:s.End])), " "), s.Start, s.End)
	}
	parties := func(name string, as []isnad.Actor) {
		for _, p := range as {
			about := strings.Join(slices.DeleteFunc([]string{string(p.Code), string(p.Role), p.ID}, func(s string) bool { return s == "" }), " ")
			line(name, "%s %s", about, words(p.Span))
			name = ""
		}
	}
	fmt.Fprintf(w, "%s\n\n  %s\n\n", c, m.mark(field, c.Sentence, fired(c)))
	line("claim", "%s, confidence %.2f", c.ID, c.Confidence)
	line("article", "%s, %s, %s, %s", a.ID, a.Outlet, a.Published, version)
	if a.Title != "" {
		line("title", "%s", a.Title)
	}
	if a.URL != "" {
		line("url", "%s", a.URL)
	}
	line("sentence", "%s %d–%d", c.Field, c.Sentence.Start, c.Sentence.End)
	line("type", "%s", strings.Join(append([]string{string(c.Type)}, c.Mode...), " "))
	line("trigger", "%s", words(c.Trigger.Span))
	if len(c.Contexts) > 0 {
		line("contexts", "%s", strings.Join(c.Contexts, " "))
	}
	parties("actor", c.Actor)
	parties("recipient", c.Recipient)
	parties("speaker", c.Speaker)
	line("stance", "%s %s", c.Stance, c.Denies)
	line("factuality", "%s", c.Factuality)
	for i, v := range c.Chain {
		line(fmt.Sprintf("voice %d", i+1), "%s %s, %s", isnad.Codes(v.Speaker), v.Stance, words(v.Cue))
	}
	for _, p := range c.Places {
		line("place", "%s %s %s %s", p.ID, p.State, p.Precision, words(p.Span))
	}
	if c.When != (isnad.When{}) {
		line("when", "%s to %s, to the %s", c.When.From, c.When.To, c.When.Precision)
	}
	for _, q := range c.Quantities {
		line("quantity", "%s %v to %v (%s) %s %s", q.Kind, q.Low, q.High, q.Approx, q.Unit, words(q.Span))
	}
	fmt.Fprintf(w, "\nread by %s, by these steps:\n", c.Reader)
	if c.Reader != reader {
		fmt.Fprintf(w, "(this is %s: its rows may have changed since; \"isnad reread\" reads again)\n", reader)
	}
	for i, ref := range c.Rules {
		fmt.Fprintf(w, "%3d  %s\n", i+1, step(lex, ref))
	}
	return w.Flush()
}

// shorten cuts a cell of very many forms; the row's place says where they all are.
func shorten(cell string) string {
	const most = 80 // code points
	if r := []rune(cell); len(r) > most {
		return string(r[:most]) + "…"
	}
	return cell
}

// step says what a rule of a claim is: a lexicon row with its place and cells,
// or a rule of the program by its name.
func step(lex *lexicon.Lexicon, ref string) string {
	name, id, _ := strings.Cut(ref, ":")
	t := lex.Table(name)
	row, ok := t.Row(id)
	if !ok {
		if name == "rule" {
			return ref
		}
		return ref + "  (no such row in this lexicon)"
	}
	var cells []string
	for _, column := range t.Columns[1:] {
		if v := row.Get(column); v != "" {
			cells = append(cells, column+"="+shorten(v))
		}
	}
	return fmt.Sprintf("%s  %s  %s", ref, row.Place(), strings.Join(cells, "  "))
}
