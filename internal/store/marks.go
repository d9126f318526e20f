package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"isnad"
)

// Reviews is what people found of the claims. A mark is a row with its author
// and time; none is ever changed or taken away, and a later one stands beside
// the earlier. The last of a claim is the one with the highest number, whatever
// the clocks said. It holds for the claim's id, so that a text read again to the
// same claim keeps its marks.
type Reviews interface {
	// Mark adds a mark of the claim with m.Claim.ID, of which a beginning is enough as
	// in Claim, and returns the mark as it is kept: with its number, the whole claim
	// and the version. ErrNotFound, or ErrInvalid (Mark.Check).
	Mark(ctx context.Context, m Mark) (Mark, error)

	// Marks yields marks, oldest first.
	Marks(ctx context.Context, q MarkQuery) iter.Seq2[Mark, error]

	// SetRule says what marks do to the ledger from the next Link on. A new store has
	// RuleNone. ErrInvalid for a rule that isn't one.
	SetRule(ctx context.Context, r Rule) error

	// Rule is the rule that holds.
	Rule(ctx context.Context) (Rule, error)
}

// Verdict is what a person found of a claim.
type Verdict string

const (
	Right   Verdict = "right"
	Wrong   Verdict = "wrong"   // the words say no such thing
	Changed Verdict = "changed" // they say it otherwise: see Mark.Change
)

// Verdicts lists them.
var Verdicts = []Verdict{Right, Wrong, Changed}

// Rule is what marks do to the ledger.
type Rule string

const (
	RuleNone  Rule = "none"  // nothing: they are shown, counted and exported
	RuleWrong Rule = "wrong" // a claim whose last mark is wrong is in no event, agreement or transfer, whatever time is asked for
)

// Rules lists them.
var Rules = []Rule{RuleNone, RuleWrong}

// Mark is one person's finding of one claim.
type Mark struct {
	Seq     int64       `json:"seq"`
	Claim   isnad.Claim `json:"claim"`   // as it was when it was marked
	Version string      `json:"version"` // digest of the article's version that it was read from
	Verdict Verdict     `json:"verdict"`
	Change  *Coding     `json:"change"` // what it should be, with Changed only
	Reason  string      `json:"reason"` // one line; never empty with Wrong and Changed
	Author  string      `json:"author"`
	At      string      `json:"at"` // RFC 3339 in UTC
}

// Coding is what the annotation guide codes of a claim.
type Coding struct {
	Type       isnad.Type       `json:"type"`
	Actor      []isnad.Code     `json:"actor"`
	Recipient  []isnad.Code     `json:"recipient"`
	Speaker    []isnad.Code     `json:"speaker"`
	Stance     isnad.Stance     `json:"stance"`
	Factuality isnad.Factuality `json:"factuality"`
}

// CodingOf is the coding of a claim as it was read.
func CodingOf(c isnad.Claim) Coding {
	codes := func(as []isnad.Actor) []isnad.Code {
		out := []isnad.Code{}
		for _, a := range as {
			if !slices.Contains(out, a.Code) {
				out = append(out, a.Code)
			}
		}
		return out
	}
	return Coding{c.Type, codes(c.Actor), codes(c.Recipient), codes(c.Speaker), c.Stance, c.Factuality}
}

// Differences names the fields in which two codings differ, in the order of Coding.
// Codes are sets.
func (c Coding) Differences(o Coding) (names []string) {
	same := func(a, b []isnad.Code) bool {
		return slices.Equal(slices.Compact(slices.Sorted(slices.Values(a))), slices.Compact(slices.Sorted(slices.Values(b))))
	}
	for _, f := range []struct {
		name string
		same bool
	}{
		{"type", c.Type == o.Type}, {"actor", same(c.Actor, o.Actor)}, {"recipient", same(c.Recipient, o.Recipient)}, {"speaker", same(c.Speaker, o.Speaker)},
		{"stance", c.Stance == o.Stance}, {"factuality", c.Factuality == o.Factuality},
	} {
		if !f.same {
			names = append(names, f.name)
		}
	}
	return names
}

// Bounds on what a person may write into a mark, in bytes.
const (
	maxReason = 2000
	maxAuthor = 100
)

// Check reports what makes a mark unfit to be kept, its claim aside. That codes are
// those of the codebook is asked by package review, which knows them.
func (m Mark) Check() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("mark claim %q: %w: %s", m.Claim.ID, ErrInvalid, fmt.Sprintf(format, args...))
	}
	from, _, ok := Interval(m.At)
	switch {
	case strings.ContainsFunc(m.Author+m.Reason, unicode.IsControl):
		return bad("author or reason with a character that is no letter; write them on one line")
	case !slices.Contains(Verdicts, m.Verdict):
		return bad("verdict %q is none of %v", m.Verdict, Verdicts)
	case strings.TrimSpace(m.Author) == "" || len(m.Author) > maxAuthor:
		return bad("author %q; give a name of at most %d bytes", m.Author, maxAuthor)
	case !ok || from.IsZero():
		return bad("%q is no time", m.At)
	case len(m.Reason) > maxReason:
		return bad("a reason of %d bytes; write at most %d", len(m.Reason), maxReason)
	case m.Verdict != Right && strings.TrimSpace(m.Reason) == "":
		return bad("%s without a reason; say why", m.Verdict)
	case (m.Change != nil) != (m.Verdict == Changed):
		return bad("what it should be goes with changed, and with nothing else")
	case m.Change != nil:
		if err := m.Change.check(); err != nil {
			return bad("%v", err)
		}
	}
	return nil
}

func (c Coding) check() error {
	switch {
	case !slices.Contains(isnad.Types, c.Type):
		return fmt.Errorf("no type is called %q; write one of %v", c.Type, isnad.Types)
	case !slices.Contains(isnad.Stances, c.Stance):
		return fmt.Errorf("no stance is called %q; write one of %v", c.Stance, isnad.Stances)
	case !slices.Contains(isnad.Factualities, c.Factuality):
		return fmt.Errorf("no factuality is called %q; write one of %v", c.Factuality, isnad.Factualities)
	case (c.Stance == isnad.Narrates) != (len(c.Speaker) == 0):
		return errors.New("stance narrates goes with no speaker, and nothing else does")
	}
	return nil
}

// MarkQuery asks for marks; a zero field asks for all.
type MarkQuery struct {
	Claim   string // id
	Article string // id
	Author  string
	Verdict []Verdict
	Last    bool // of each claim the last mark only; the other conditions are asked of it
	Newest  bool
	Before  int64 // earlier than the one with this number; 0 for all
	Limit   int
}

// Check reports values that no mark can have.
func (q MarkQuery) Check() error {
	if err := among("verdict", q.Verdict, Verdicts); err != nil {
		return err
	}
	return checkBounds("", "", "", q.Limit, 0)
}
