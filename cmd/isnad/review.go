package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/user"
	"slices"
	"strings"
	"time"

	"isnad"
	"isnad/internal/review"
	"isnad/internal/store"
)

type reviewCmd struct {
	Mark   reviewMarkCmd   `cmd:"" help:"Mark a claim right, wrong or changed."`
	List   reviewListCmd   `cmd:"" help:"List the marks."`
	Export reviewExportCmd `cmd:"" help:"Write the marks as a gold set."`
	Rule   reviewRuleCmd   `cmd:"" help:"Say what marks do to the ledger."`
}

type reviewMarkCmd struct {
	Claim      string  `arg:"" help:"Id of a claim, or its beginning."`
	Verdict    string  `arg:"" enum:"right,wrong,changed" help:"right, wrong (the words say no such thing) or changed (they say it otherwise)."`
	Reason     string  `help:"Why; needed with wrong and changed."`
	As         string  `placeholder:"NAME" help:"Who says so (default: the name of the user of this machine)."`
	Type       *string `placeholder:"TYPE" help:"With changed: what the type should be."`
	Actor      *string `placeholder:"CODES" help:"With changed: who should be the actor, as RUS,PRK; - for nobody."`
	Recipient  *string `placeholder:"CODES" help:"Likewise the recipient."`
	Speaker    *string `placeholder:"CODES" help:"Likewise the speaker."`
	Stance     *string `placeholder:"STANCE" help:"With changed: what the stance should be."`
	Factuality *string `placeholder:"WORD" help:"With changed: what the factuality should be."`
}

func (reviewMarkCmd) Help() string {
	return `A mark is kept with its author and time and never changed; a later one of the
same claim stands beside it, and the last counts. What is not said to be
otherwise stays as it was read.

Examples:
  isnad review mark c1a2b3 right
  isnad review mark c1a2b3 wrong --reason "a film of that name"
  isnad review mark c1a2b3 changed --stance denies --speaker RUS --reason "it is Moscow that denies"`
}

func (c *reviewMarkCmd) Run(e *environment) error {
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	m := store.Mark{Verdict: store.Verdict(c.Verdict), Reason: strings.Join(strings.Fields(c.Reason), " "), Author: c.As, At: now()}
	if m.Author == "" {
		m.Author = osUser()
	}
	return e.withStore(false, func(s store.Store) error {
		claim, _, err := s.Claim(e.ctx, c.Claim)
		if err != nil {
			return err
		}
		m.Claim = claim
		coding, given := c.coding(claim)
		switch {
		case m.Verdict == store.Changed:
			m.Change = &coding
		case given:
			return usagef("what it should be goes with changed; mark it changed, or leave it out")
		}
		if err := review.NewBook(lex).Check(m, claim); err != nil {
			return usageError{err}
		}
		if m, err = s.Mark(e.ctx, m); err != nil {
			return err
		}
		if !e.flags.Quiet {
			e.warn("%s", markLine(m))
		}
		return link(e.ctx, e, s, lex)
	})
}

// coding is the claim's with what the flags change, and whether there are any.
func (c *reviewMarkCmd) coding(claim isnad.Claim) (out store.Coding, given bool) {
	out = store.CodingOf(claim)
	for _, f := range []struct {
		flag *string
		set  func(string)
	}{
		{c.Type, func(v string) { out.Type = isnad.Type(strings.ToUpper(v)) }},
		{c.Actor, func(v string) { out.Actor = review.Codes(v) }},
		{c.Recipient, func(v string) { out.Recipient = review.Codes(v) }},
		{c.Speaker, func(v string) { out.Speaker = review.Codes(v) }},
		{c.Stance, func(v string) { out.Stance = isnad.Stance(strings.ToLower(v)) }},
		{c.Factuality, func(v string) { out.Factuality = isnad.Factuality(strings.ToLower(v)) }},
	} {
		if f.flag != nil {
			given = true
			f.set(*f.flag)
		}
	}
	return out, given
}

type reviewListCmd struct {
	Claim   string          `placeholder:"ID" help:"Marks of one claim."`
	Article string          `placeholder:"ID" help:"Marks of the claims of one article."`
	Author  string          `placeholder:"NAME" help:"Marks of one author."`
	Verdict []store.Verdict `placeholder:"WORD" help:"right, wrong, changed."`
	Last    bool            `help:"Of each claim the last mark only."`
	Newest  bool            `help:"The last made first."`
	Limit   int             `placeholder:"N" default:"0" help:"At most so many; 0 for all."`
	Format  string          `enum:"auto,table,jsonl" default:"auto" help:"table or jsonl. Default: table on a terminal, else jsonl."`
}

func (reviewListCmd) Help() string {
	return `Examples:
  isnad review list --last --verdict wrong,changed
  isnad review list --claim c1a2b3c4d5e6f7081 --format table`
}

func (c *reviewListCmd) Run(e *environment) error {
	q := store.MarkQuery{Claim: c.Claim, Article: c.Article, Author: c.Author, Verdict: c.Verdict, Last: c.Last, Newest: c.Newest, Limit: c.Limit}
	if err := q.Check(); err != nil {
		return usageError{err}
	}
	return e.withStore(false, func(s store.Store) error {
		out := bufio.NewWriter(e.stdout)
		rows := json.NewEncoder(out)
		rows.SetEscapeHTML(false)
		lines := c.Format == "jsonl" || c.Format == "auto" && !terminal(e.stdout)
		for m, err := range s.Marks(e.ctx, q) {
			if err != nil {
				return err
			}
			if lines {
				err = rows.Encode(m)
			} else {
				_, err = fmt.Fprintln(out, markLine(m))
			}
			if err != nil {
				return err
			}
		}
		return out.Flush()
	})
}

// markLine says a mark on one line.
func markLine(m store.Mark) string {
	out := fmt.Sprintf("%d  %s  %-7s  %s  %s  %s «%s»", m.Seq, m.At, m.Verdict, m.Author, m.Claim.ID, m.Claim, m.Claim.Trigger.Text)
	if m.Change != nil {
		x := *m.Change
		codes := func(cs []isnad.Code) string {
			if len(cs) == 0 {
				return "-"
			}
			return joined(cs)
		}
		is := map[string]string{"type": string(x.Type), "actor": codes(x.Actor), "recipient": codes(x.Recipient), "speaker": codes(x.Speaker), "stance": string(x.Stance), "factuality": string(x.Factuality)}
		for _, name := range x.Differences(store.CodingOf(m.Claim)) {
			out += fmt.Sprintf("  %s=%s", name, is[name])
		}
	}
	if m.Reason != "" {
		out += "  " + m.Reason
	}
	return out
}

type reviewExportCmd struct {
	Prefix string `arg:"" help:"Beginning of the names of the two files: PREFIX.articles.jsonl and PREFIX.gold.jsonl."`
	Author string `placeholder:"NAME" help:"Where the last mark is this author's."`
}

func (reviewExportCmd) Help() string {
	return `Writes the last mark of each claim as a gold set of the annotation guide's
shape, which "isnad eval" and "isnad ingest --claims" read. A sentence is listed
only where every claim in it was marked. Claims that no reader found are not in
it: the set measures precision, and its recall is an upper bound.

Examples:
  isnad review export mine
  isnad eval mine.articles.jsonl mine.gold.jsonl`
}

func (c *reviewExportCmd) Run(e *environment) error {
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	return e.withStore(false, func(s store.Store) error {
		var files [2]*os.File
		for i, kind := range []string{"articles", "gold"} {
			f, err := os.Create(c.Prefix + "." + kind + ".jsonl")
			if err != nil {
				return fmt.Errorf("export marks: %w", err)
			}
			defer f.Close()
			files[i] = f
		}
		articles, gold := bufio.NewWriter(files[0]), bufio.NewWriter(files[1])
		t, err := review.Gold(e.ctx, s, review.NewBook(lex), store.MarkQuery{Author: c.Author}, articles, gold)
		if err = errors.Join(err, articles.Flush(), gold.Flush(), files[0].Close(), files[1].Close()); err != nil {
			return fmt.Errorf("export marks: %w", err)
		}
		if !e.flags.Quiet {
			e.warn("%s with %s in %s", count(t.Sentences, "sentence"), count(t.Claims, "claim"), count(t.Articles, "article"))
			for _, why := range slices.Sorted(maps.Keys(t.LeftOut)) {
				e.warn("left out %d: %s", t.LeftOut[why], why)
			}
		}
		return nil
	})
}

type reviewRuleCmd struct {
	Rule string `arg:"" optional:"" enum:"none,wrong," default:"" help:"none: nothing (as in a new store); wrong: a claim whose last mark is wrong is in no event, agreement or transfer. Without it, the rule that holds is printed."`
}

func (reviewRuleCmd) Help() string {
	return `The rule is kept in the store, so that pages, commands and exports say the same,
and the ledger is linked by it at once.

Examples:
  isnad review rule
  isnad review rule wrong`
}

func (c *reviewRuleCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		if c.Rule == "" {
			r, err := s.Rule(e.ctx)
			if err == nil {
				fmt.Fprintln(e.stdout, r)
			}
			return err
		}
		lex, err := e.lexicon()
		if err != nil {
			return err
		}
		if err := s.SetRule(e.ctx, store.Rule(c.Rule)); err != nil {
			return err
		}
		if err := s.Note(e.ctx, store.Note{At: now(), Who: osUser(), What: "rule", Detail: c.Rule}); err != nil {
			return err
		}
		return link(e.ctx, e, s, lex)
	})
}

// now is the time as marks and log have it.
func now() string { return time.Now().UTC().Format(time.RFC3339) }

// osUser is the name of the user of this machine.
func osUser() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown"
}
