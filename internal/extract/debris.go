package extract

import "isnad/lexicon"

type debris struct{}

func newDebris(*lexicon.Lexicon) *debris { return nil }
