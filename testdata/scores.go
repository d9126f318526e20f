// Package testdata holds what tests compare with and measures are taken on, and
// lets the program show the scores that stand here: there is one copy of them,
// and a test keeps it.
package testdata

import _ "embed"

// Scores is scores.txt.
//
//go:embed scores.txt
var Scores string

// Actors is actors.tsv: who a name or phrase is.
//
//go:embed actors.tsv
var Actors string

// Quiet is quiet.tsv: articles of July 2015 with nothing to find.
//
//go:embed quiet.tsv
var Quiet string
