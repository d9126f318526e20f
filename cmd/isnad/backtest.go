package main

import (
	"fmt"

	"isnad"
	"isnad/internal/backtest"
	"isnad/internal/intensity"
	"isnad/internal/origin"
)

type backtestCmd struct {
	Dir    string `arg:"" name:"dir" help:"Folder with current_events_2002_2021.tsv.gz, gpr and truth."`
	Claims string `placeholder:"FILE" help:"File that keeps the claims read, so that the next run of this reader takes them from there."`
	Until  string `placeholder:"MONTH" default:"2021-12" help:"Last month looked at (default: 2021-12)."`
}

func (backtestCmd) Help() string {
	return `Reads Wikipedia's current-events items and sets the escalation series beside the
Geopolitical Risk index, militarised disputes, armed conflicts and missile launches,
with naive baselines in the same run. Prints the card of docs/backtest.md.

Examples:
  isnad backtest ../shared/data --claims claims.jsonl > docs/backtest.md`
}

func (c *backtestCmd) Run(e *environment) error {
	r, lex, err := e.reader()
	if err != nil {
		return err
	}
	m, err := intensity.Load(lex)
	if err != nil {
		return err
	}
	l, err := newLedger(lex)
	if err != nil {
		return err
	}
	facts := origin.New(lex)
	card, err := backtest.Run(backtest.Options{Dir: c.Dir, Claims: c.Claims, Reader: r.Name(), Until: c.Until, Method: m,
		Read:  func(a isnad.Article) []isnad.Claim { return r.Read(a).Claims },
		Facts: facts.Read, Events: l.Events, Event: l.Event,
		Log: func(format string, args ...any) {
			if !e.flags.Quiet {
				e.warn(format, args...)
			}
		}})
	if err != nil {
		return err
	}
	if _, err := e.stdout.Write(card); err != nil {
		return fmt.Errorf("write the card: %w", err)
	}
	return nil
}
