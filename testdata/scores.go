// Package testdata holds what tests compare with, and lets the program show the
// scores that stand here: there is one copy of them, and a test keeps it.
package testdata

import _ "embed"

// Scores is scores.txt.
//
//go:embed scores.txt
var Scores string
