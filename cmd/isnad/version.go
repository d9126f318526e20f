package main

import (
	"fmt"

	"isnad/engine"
)

type versionCmd struct{}

func (versionCmd) Run(e *environment) error {
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stdout, "%s+%s\n", engine.Version, lex.Hash())
	return err
}
