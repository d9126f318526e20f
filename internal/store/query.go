package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"isnad"
)

// Query asks for claims. A zero field asks nothing; the fields narrow each
// other, and of a list any value will do.
type Query struct {
	Kind       string // isnad.KindEvent or KindAssessment
	Dyad       Dyad
	Actor      []isnad.Code
	Recipient  []isnad.Code
	Speaker    []isnad.Code
	Type       []isnad.Type
	Stance     []isnad.Stance
	Factuality []isnad.Factuality
	Article    string // its id
	Outlet     []string

	// Since and Until bound the article's date of publication, both inclusive and
	// as exact as given: "2024", "2024-11", "2024-11-19" or RFC 3339. An article
	// dated "2024-11" is within both "since 2024-11-19" and "until 2024-11-19",
	// as it may be. One without a date is within no bound.
	Since, Until string

	// AsOf asks what was known by then: each article in the latest version known
	// at the end of that day (month, year, second). An article's first version is
	// known from its publication, a later one from when it was fetched.
	AsOf string

	// Text asks for words of the claim's sentence: all of them, in any spelling
	// that folds alike, those inside double quotes in that order.
	Text string

	MinConfidence float64 // 0 to 1
	Limit         int     // 0: all
	Offset        int
	Newest        bool   // articles in the opposite order, the last published first
	After         Cursor // only what comes after it in the order asked for
}

// ArticleQuery asks for articles. Its fields mean what they mean in Query;
// Text asks for words of title and text.
type ArticleQuery struct {
	Outlet             []string
	Lang               isnad.Lang
	Since, Until, AsOf string
	Text               string
	WithClaims         bool // only articles that have any

	// Revised asks for articles that changed: in a version after the first, known since
	// that day (month, year, second) or later.
	Revised string

	// Type and Stance ask for articles that have a claim of such a type and
	// stance: one claim must have both.
	Type   []isnad.Type
	Stance []isnad.Stance

	Limit, Offset int
	Newest        bool
	After         Cursor
}

// Dyad is a pair of states, e.g. RUS:PRK from Russia to North Korea. Only state
// roles count in it (StateRole), and the two sides are different states.
type Dyad struct {
	From, To isnad.Code
	Either   bool // in either order
}

// ParseDyad reads "RUS:PRK" (from Russia to North Korea) or "RUS-PRK" (either way).
func ParseDyad(s string) (Dyad, error) {
	sep, either := ":", false
	if strings.Contains(s, "-") {
		sep, either = "-", true
	}
	from, to, ok := strings.Cut(strings.ToUpper(strings.TrimSpace(s)), sep)
	if !ok || len(from) < 2 || len(to) < 2 || strings.ContainsAny(from+to, ":- \t") {
		return Dyad{}, fmt.Errorf("dyad %q: %w: write two codes as RUS:PRK (from Russia to North Korea) or RUS-PRK (either way)", s, ErrInvalid)
	}
	if from == to {
		return Dyad{}, fmt.Errorf("dyad %q: %w: it names one state twice", s, ErrInvalid)
	}
	return Dyad{isnad.Code(from), isnad.Code(to), either}, nil
}

// String writes the dyad as ParseDyad reads it, "" for none.
func (d Dyad) String() string {
	switch {
	case d == Dyad{}:
		return ""
	case d.Either:
		return string(d.From) + "-" + string(d.To)
	}
	return string(d.From) + ":" + string(d.To)
}

// stateRoles are the roles through which a state itself acts: government,
// military, legislature, courts, intelligence. A state named without a role
// ("Russia") acts itself.
var stateRoles = []isnad.Role{"", "GOV", "MIL", "LEG", "JUD", "SPY"}

// StateRole says whether the actor counts in a dyad of its state. Rebels and
// proxies do not, nor does an unknown actor.
func StateRole(a isnad.Actor) bool {
	return a.Code != isnad.Unknown && slices.Contains(stateRoles, a.Role)
}

// Check reports values that no claim can have, so that a slip of the pen is an
// error and not an empty answer.
func (q Query) Check() error {
	if err := cmp.Or(among("type", q.Type, isnad.Types), among("stance", q.Stance, isnad.Stances), among("factuality", q.Factuality, isnad.Factualities)); err != nil {
		return err
	}
	if !(q.MinConfidence >= 0 && q.MinConfidence <= 1) {
		return fmt.Errorf("query: %w: least confidence %v; it goes from 0 to 1", ErrInvalid, q.MinConfidence)
	}
	return checkBounds(q.Since, q.Until, q.AsOf, q.Limit, q.Offset)
}

// Check reports values that no article can have.
func (q ArticleQuery) Check() error {
	if err := cmp.Or(among("type", q.Type, isnad.Types), among("stance", q.Stance, isnad.Stances)); err != nil {
		return err
	}
	if _, _, ok := Interval(q.Revised); q.Revised != "" && !ok {
		return fmt.Errorf("query: %w: revised %q is no date; write 2024, 2024-11, 2024-11-19 or 2024-11-19T14:31:00Z", ErrInvalid, q.Revised)
	}
	return checkBounds(q.Since, q.Until, q.AsOf, q.Limit, q.Offset)
}

func checkBounds(since, until, asOf string, limit, offset int) error {
	for _, b := range []struct{ name, date string }{{"since", since}, {"until", until}, {"as-of", asOf}} {
		if _, _, ok := Interval(b.date); b.date != "" && !ok {
			return fmt.Errorf("query: %w: %s %q is no date; write 2024, 2024-11, 2024-11-19 or 2024-11-19T14:31:00Z", ErrInvalid, b.name, b.date)
		}
	}
	if limit < 0 || offset < 0 {
		return fmt.Errorf("query: %w: limit and offset are 0 or more", ErrInvalid)
	}
	return nil
}

// among reports the first value that is none of all there are.
func among[T ~string](what string, values, all []T) error {
	for _, v := range values {
		if !slices.Contains(all, v) {
			names := make([]string, len(all))
			for i, v := range all {
				names[i] = string(v)
			}
			return fmt.Errorf("query: %w: no %s is called %q; write one of %s", ErrInvalid, what, v, strings.Join(names, ", "))
		}
	}
	return nil
}
