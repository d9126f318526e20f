package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"isnad"
	"isnad/internal/extract"
	"isnad/internal/store"
	"isnad/lexicon"
)

type lexiconCmd struct {
	Check lexiconCheckCmd `cmd:"" help:"Name every row that breaks the tables' format."`
	Fmt   lexiconFmtCmd   `cmd:"" help:"Rewrite the tables of a folder in their one form."`
	Try   lexiconTryCmd   `cmd:"" help:"Read a sentence and show what fired."`
}

type lexiconCheckCmd struct {
	Dir string `arg:"" optional:"" help:"Folder to lay over the built-in tables, as with --lexicon."`
}

func (lexiconCheckCmd) Help() string {
	return `Problems are printed one a line: file:line: what is wrong; what to write.

Examples:
  isnad lexicon check
  isnad lexicon check my-tables/`
}

func (c *lexiconCheckCmd) Run(e *environment) error {
	if c.Dir != "" {
		e.flags.Lexicon = c.Dir
	}
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	problems := lex.Check()
	for _, p := range problems {
		fmt.Fprintln(e.stdout, p)
	}
	if len(problems) > 0 {
		e.warn("%s in the lexicon", count(len(problems), "problem"))
		return errSome
	}
	tables, rows := size(lex)
	fmt.Fprintf(e.stdout, "%s, %s, hash %s: no problem\n", count(tables, "table"), count(rows, "row"), lex.Hash())
	return nil
}

func size(lex *lexicon.Lexicon) (tables, rows int) {
	for _, name := range lex.Names() {
		tables++
		rows += len(lex.Table(name).Rows)
	}
	return tables, rows
}

type lexiconFmtCmd struct {
	Dirs []string `arg:"" name:"dir" help:"Folders with .tsv tables." type:"existingdir"`
}

func (lexiconFmtCmd) Help() string {
	return `Cells are trimmed and needless tabs removed; the order of rows and the comments
stay. The files that changed are named.

Examples:
  isnad lexicon fmt lexicon/data`
}

func (c *lexiconFmtCmd) Run(e *environment) error {
	for _, dir := range c.Dirs {
		changed, err := lexicon.Format(dir)
		for _, f := range changed {
			fmt.Fprintln(e.stdout, f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type lexiconTryCmd struct {
	Sentence []string `arg:"" optional:"" help:"The sentence; standard input where there is none."`
	Date     string   `default:"" placeholder:"DATE" help:"Day on which it is read: offices have dates."`
}

func (lexiconTryCmd) Help() string {
	return `Examples:
  isnad lexicon try 'نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.'
  isnad lexicon try --lexicon my-tables/ 'Moscow denied arming Pyongyang.'`
}

func (c *lexiconTryCmd) Run(e *environment) error {
	text := strings.Join(c.Sentence, " ")
	if text == "" {
		if f, ok := e.stdin.(*os.File); ok && terminal(f) {
			return usagef("nothing to try; give a sentence")
		}
		data, err := io.ReadAll(io.LimitReader(e.stdin, 1<<20))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		text = strings.TrimSpace(strings.ToValidUTF8(string(data), "\uFFFD"))
	}
	if _, _, ok := store.Interval(c.Date); c.Date != "" && !ok {
		return usagef("--date %q is no date; write 2024, 2024-11 or 2024-11-19", c.Date)
	}
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	a := isnad.Article{ID: "try", Outlet: "try", Published: c.Date, Lang: extract.DetectLang(text), Text: text, SHA256: store.TextSHA256(text)}
	reading := r.Read(a)
	w := bufio.NewWriter(e.stdout)
	if err := writeText(w, e.marks(), a, reading, true); err != nil {
		return err
	}
	for _, claim := range reading.Claims {
		fmt.Fprintf(w, "%s\n", claim)
		for i, ref := range claim.Rules {
			fmt.Fprintf(w, "%3d  %s\n", i+1, step(lex, ref))
		}
	}
	return w.Flush()
}
