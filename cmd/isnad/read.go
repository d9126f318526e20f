package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"isnad"
	"isnad/engine"
)

type readCmd struct {
	Inputs        []string          `arg:"" optional:"" name:"input" help:"Files, folders, zips or addresses; - for standard input."`
	Format        string            `enum:"auto,text,jsonl,articles" default:"auto" help:"text: sentences with the words that fired and their claims; jsonl: a claim a line; articles: the articles as extracted, a line each. Default: text on a terminal, else jsonl."`
	All           bool              `help:"With text: also the sentences without a claim."`
	Outlet        string            `help:"Outlet of articles that do not name theirs."`
	MinConfidence float64           `placeholder:"0..1" help:"Leave out claims below this confidence."`
	Workers       int               `placeholder:"N" help:"Articles read at once (default: one a processor)."`
	Map           map[string]string `placeholder:"FIELD=COLUMN" mapsep:"," help:"Which column of a sheet or row holds an article's id, url, outlet, title, byline, published, lang, text or fetched."`
	AllowHost     []string          `placeholder:"HOST:PORT" help:"Address in a private network that may be fetched from."`
}

func (readCmd) Help() string {
	return `What an input is, is seen from its content, not its name: a page, a text copied
from a browser, articles as JSONL, a folder or a zip of them.

Examples:
  isnad read article.html
  isnad read --all page.txt                      every sentence, claims or not
  isnad read --format jsonl news.zip > claims.jsonl
  isnad read --format articles page.html         what offsets count in
  curl -s https://example.org/a | isnad read -

Exit code 1 says that some inputs failed; each is named, the others are read.`
}

func (c *readCmd) Run(e *environment) error {
	if len(c.Inputs) == 0 {
		if terminal(e.stdin) {
			return usagef("nothing to read; name a file, a folder or an address, or - for standard input")
		}
		c.Inputs = []string{"-"}
	}
	if err := checkConfidence(c.MinConfidence); err != nil {
		return err
	}
	if c.Format == "auto" {
		c.Format = "jsonl"
		if terminal(e.stdout) {
			c.Format = "text"
		}
	}
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	in, err := newInputs(e, lex, c.Outlet, c.AllowHost, c.Map)
	if err != nil {
		return err
	}
	t := e.tally("reading")
	out := bufio.NewWriterSize(e.stdout, 1<<16)
	produce := func(ctx context.Context, hand func(isnad.Article) error) error {
		return in.walkAll(ctx, c.Inputs, hand, t.failed)
	}
	err = readAll(e.ctx, r, c.Workers, produce, func(res result) error {
		if res.err != nil {
			t.failed(res.err)
			return nil
		}
		res.reading.Claims = confident(res.reading.Claims, c.MinConfidence)
		t.add(res)
		if err := c.print(out, e.marks(), res); err != nil {
			return err
		}
		if terminal(e.stdout) {
			return out.Flush()
		}
		return nil
	})
	if ferr := out.Flush(); err == nil && ferr != nil {
		err = fmt.Errorf("write results: %w", ferr)
	}
	return firstError(err, t.end())
}

// firstError prefers what ended the work to what failed on the way.
func firstError(ended, some error) error {
	if ended != nil {
		return ended
	}
	return some
}

func checkConfidence(x float64) error {
	if !(x >= 0 && x <= 1) {
		return usagef("--min-confidence %v: it goes from 0 to 1", x)
	}
	return nil
}

func confident(cs []isnad.Claim, least float64) []isnad.Claim {
	kept := cs[:0:0]
	for _, c := range cs {
		if c.Confidence >= least {
			kept = append(kept, c)
		}
	}
	return kept
}

func (c *readCmd) print(w *bufio.Writer, m marks, res result) error {
	switch c.Format {
	case "articles":
		return writeLine(w, res.article)
	case "jsonl":
		for _, claim := range res.reading.Claims {
			if err := writeLine(w, claim); err != nil {
				return err
			}
		}
		return nil
	}
	return writeText(w, m, res.article, res.reading, c.All)
}

func writeLine[T isnad.Article | isnad.Claim | isnad.Event](w *bufio.Writer, v T) error {
	line, err := isnad.Line(v)
	if err != nil {
		return err
	}
	_, err = w.Write(line)
	return err
}

// writeText prints a heading and each sentence that has claims, its fired words
// marked and its claims below it.
func writeText(w *bufio.Writer, m marks, a isnad.Article, r engine.Reading, all bool) error {
	var head []string
	for _, s := range []string{a.Title, a.Outlet, a.Published, a.URL} {
		if s != "" {
			head = append(head, strings.Join(strings.Fields(s), " "))
		}
	}
	fmt.Fprintf(w, "# %s · %s\n", a.ID, strings.Join(head, " · "))
	type place struct {
		field string
		isnad.Span
	}
	claims := map[place][]isnad.Claim{}
	for _, c := range r.Claims {
		p := place{c.Field, c.Sentence}
		claims[p] = append(claims[p], c)
	}
	fields := map[string][]rune{"title": []rune(a.Title), "text": []rune(a.Text)}
	for _, s := range r.Sentences {
		cs := claims[place{s.Field, s.Span}]
		if len(cs) == 0 && !all {
			continue
		}
		var spans []isnad.Span
		for _, c := range cs {
			spans = append(spans, fired(c)...)
		}
		fmt.Fprintf(w, "\n%s\n", m.mark(fields[s.Field], s.Span, spans))
		for _, c := range cs {
			fmt.Fprintf(w, "  %s\n", c)
		}
	}
	return w.WriteByte('\n')
}
