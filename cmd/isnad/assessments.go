package main

import "isnad"

type assessmentsCmd struct{ filter }

func (assessmentsCmd) Help() string {
	return `An assessment is a judgement with a holder and an object: "experts see the pact as
a threat to Europe". It is no event and is counted as none. --speaker asks for
the holder, --recipient for the object.

Examples:
  isnad assessments --recipient EUU
  isnad assessments --speaker UNK --since 2024-06 --format jsonl`
}

func (c *assessmentsCmd) Run(e *environment) error { return c.print(e, isnad.KindAssessment) }
