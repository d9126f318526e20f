package coder

import (
	"strings"

	"isnad"
	"isnad/internal/morph"
	"isnad/internal/orth"
	"isnad/lexicon"
)

// construct is a set of classes of constructions.tsv: the words by which some
// constructions tell of an event, its parties or its voice by grammar alone, so
// that nothing hangs on what the models learned of single words.
type construct uint16

const (
	kBelief construct = 1 << iota
	kEvidence
	kShows
	kOrder
	kIssue
	kWish
	kBuild
	kArsenal
	kCapability
	kMilitary
	kStop
	kPact
	kRatify
)

var constructClasses = map[string]construct{
	"belief": kBelief, "evidence": kEvidence, "shows": kShows, "order": kOrder, "issue": kIssue, "wish": kWish, "build": kBuild,
	"arsenal": kArsenal, "capability": kCapability, "military": kMilitary, "stop": kStop, "pact": kPact, "ratify": kRatify,
}

// constructions finds the classes of a word: Arabic by its verb or by the word
// without what is written together with it, English by its stem.
type constructions map[string]construct

func newConstructions(t *lexicon.Table, m *morph.Morph) constructions {
	k := constructions{}
	for _, r := range t.Rows {
		for _, f := range r.List("forms") {
			w := orth.Fold(f)
			if r.Get("lang") == string(isnad.English) {
				w = "e:" + m.English(w).Stem
			}
			k[w] |= constructClasses[r.Get("class")]
		}
	}
	return k
}

func (k constructions) of(norm string, w *morph.Word, lang isnad.Lang) construct {
	if lang == isnad.English {
		return k["e:"+w.Stem]
	}
	set := k[norm]
	if w.Verb != "" {
		set |= k[w.Verb]
	}
	for _, begin := range unprefixed(norm) {
		for _, end := range unsuffixed(begin) {
			set |= k[end]
		}
	}
	return set
}

// unprefixed lists what a folded word is without conjunction, preposition and
// article, and with them.
func unprefixed(w string) []string {
	out := []string{w}
	for _, group := range [][]string{{"و", "ف"}, {"ب", "ل", "ك"}, {"ال", "ل"}} {
		for _, x := range out {
			for _, p := range group {
				if rest, ok := strings.CutPrefix(x, p); ok && len(rest) >= 4 {
					out = append(out, rest)
				}
			}
		}
	}
	return out
}

// unsuffixed lists what a folded word is without pronoun and the ending of the
// feminine, and with them.
func unsuffixed(w string) []string {
	out := []string{w}
	for _, s := range []string{"ها", "هما", "هم", "ه", "نا"} {
		if rest, ok := strings.CutSuffix(w, s); ok && len(rest) >= 4 {
			out = append(out, rest)
			if stem, ok := strings.CutSuffix(rest, "ت"); ok {
				out = append(out, stem+"ه")
			}
		}
	}
	return out
}

// is reports whether the word at i, which may lie outside, is of a class.
func (s *sentence) isOf(i int, k construct) bool {
	return i >= 0 && i < len(s.words) && s.words[i].constructs&k != 0
}

// anyOf reports whether a word between two tokens, ends left out, is of a class.
func (s *sentence) anyOf(lo, hi int, k construct) bool {
	for i := lo + 1; i < hi; i++ {
		if s.isOf(i, k) {
			return true
		}
	}
	return false
}
