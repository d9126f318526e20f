// Package review is what people find of claims: it checks a mark against the
// codebook (Book), and makes a gold set of marks (Gold). Pages and commands ask
// it alike.
package review

import (
	"fmt"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/store"
	"isnad/lexicon"
)

// Problem is what is wrong with a mark that a person wrote. It is a
// store.ErrInvalid.
type Problem struct {
	Kind  string // reason, code, speaker, same, assessment, value: what pages say in the reader's language
	Value string // the code or value that is none
}

func (p Problem) Error() string {
	switch p.Kind {
	case "reason":
		return "say why: wrong and changed have a reason"
	case "code":
		return fmt.Sprintf("%q is no code; write an ISO 3166 alpha-3 code or one of the codebook's", p.Value)
	case "speaker":
		return "narrates is the article's own voice and has no speaker; every other stance has one"
	case "same":
		return "that is how it was read; mark it right, or say what is otherwise"
	case "assessment":
		return "an assessment is right or wrong; what it should be can't be written down yet"
	}
	return fmt.Sprintf("%q is none of the codebook's", p.Value)
}

// Is makes a Problem a store.ErrInvalid.
func (p Problem) Is(target error) bool { return target == store.ErrInvalid }

// Book knows the codes.
type Book struct{ codes map[isnad.Code]bool }

// NewBook takes the codes of states and others from the lexicon.
func NewBook(lex *lexicon.Lexicon) Book {
	b := Book{map[isnad.Code]bool{}}
	for _, table := range []string{"states", "actor_codes"} {
		for _, row := range lex.Table(table).Rows {
			b.codes[isnad.Code(row.ID())] = true
		}
	}
	return b
}

// Codes reads what a person wrote for parties: "RUS, prk", or "-" or nothing for
// none.
func Codes(s string) []isnad.Code {
	out := []isnad.Code{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",،;+ \t", r) }) {
		if w != "-" && !slices.Contains(out, isnad.Code(strings.ToUpper(w))) {
			out = append(out, isnad.Code(strings.ToUpper(w)))
		}
	}
	return out
}

// Check reports the first Problem of a mark of a claim.
func (b Book) Check(m store.Mark, c isnad.Claim) error {
	switch {
	case !slices.Contains(store.Verdicts, m.Verdict):
		return Problem{"value", string(m.Verdict)}
	case m.Verdict != store.Right && strings.TrimSpace(m.Reason) == "":
		return Problem{Kind: "reason"}
	case m.Verdict != store.Changed:
		return nil
	case c.Kind != isnad.KindEvent:
		return Problem{Kind: "assessment"}
	case m.Change == nil || len(m.Change.Differences(store.CodingOf(c))) == 0:
		return Problem{Kind: "same"}
	}
	return b.coding(*m.Change)
}

// coding holds a coding to the codebook.
func (b Book) coding(c store.Coding) error {
	for _, side := range [][]isnad.Code{c.Actor, c.Recipient, c.Speaker} {
		for _, code := range side {
			if !b.codes[code] {
				return Problem{"code", string(code)}
			}
		}
	}
	switch {
	case !slices.Contains(isnad.Types, c.Type):
		return Problem{"value", string(c.Type)}
	case !slices.Contains(isnad.Stances, c.Stance):
		return Problem{"value", string(c.Stance)}
	case !slices.Contains(isnad.Factualities, c.Factuality):
		return Problem{"value", string(c.Factuality)}
	case (c.Stance == isnad.Narrates) != (len(c.Speaker) == 0):
		return Problem{Kind: "speaker"}
	}
	return nil
}
