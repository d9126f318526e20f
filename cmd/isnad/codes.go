package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
	"isnad/lexicon"
)

// checkCodes refuses codes that no actor has, in --actor, --recipient,
// --speaker and --dyad: "UK" is a slip for GBR and not a question without an
// answer. The error names the codes that come nearest.
func (e *environment) checkCodes(q store.Query) error {
	type flag struct {
		name  string
		codes []isnad.Code
	}
	asked := []flag{{"actor", q.Actor}, {"recipient", q.Recipient}, {"speaker", q.Speaker}}
	if q.Dyad != (store.Dyad{}) {
		asked = append(asked, flag{"dyad", []isnad.Code{q.Dyad.From, q.Dyad.To}})
	}
	if !slices.ContainsFunc(asked, func(f flag) bool { return len(f.codes) > 0 }) {
		return nil // no need of the lexicon
	}
	lex, err := e.lexicon()
	if err != nil {
		return err
	}
	for _, f := range asked {
		for _, c := range f.codes {
			if _, state := lex.Table("states").Row(string(c)); state {
				continue
			}
			if _, other := lex.Table("actor_codes").Row(string(c)); other {
				continue
			}
			return usagef("--%s: no state or body has the code %q; write %s", f.name, c, strings.Join(nearest(lex, string(c)), ", or "))
		}
	}
	return nil
}

// nearest are the three codes that are most like a word, with their names: by
// name first ("UK", "Russia", «روسيا»), then by letters ("RUZ").
func nearest(lex *lexicon.Lexicon, word string) []string {
	type near struct {
		distance float64
		code, is string
	}
	var all []near
	word = strings.ToLower(word)
	for _, table := range []string{"states", "actor_codes"} {
		for _, r := range lex.Table(table).Rows {
			d := float64(edits(word, strings.ToLower(r.ID())))
			for _, n := range append(slices.Concat(r.List("names_en"), r.List("names_ar")), r.Get("name_en"), r.Get("name_ar")) {
				if n = strings.ToLower(n); n == "" {
					continue
				}
				bare := strings.ReplaceAll(n, ".", "")
				switch {
				case bare == word:
					d = min(d, 0)
				case strings.HasPrefix(bare, word):
					d = min(d, 0.5)
				default:
					// A slip in a name weighs more than one in a code: names are longer.
					d = min(d, 0.5+float64(edits(word, bare)))
				}
			}
			all = append(all, near{d, r.ID(), r.Get("name_en")})
		}
	}
	slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.code, b.code)) })
	var out []string
	for _, n := range all[:3] {
		out = append(out, fmt.Sprintf("%s (%s)", n.code, n.is))
		if n.distance == 0 {
			break // that is its name
		}
	}
	return out
}

// edits is the number of letters to change, add or take away between two words
// (Levenshtein), two exchanged letters counting as one.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
