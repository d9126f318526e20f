package store

import (
	"cmp"
	"slices"

	"isnad"
)

// Ledger is how claims become events. A store keeps what it says and calls it
// where claims have changed. Implemented by ledger.Ledger, and by the suite's.
type Ledger interface {
	// Name is the version of program and constants; what another linked is linked anew.
	Name() string
	// Window is for how many days an event stays open after its first report.
	Window() int
	// Step links the claims of one type and day, given the events that are open,
	// and returns what each of them gets, and the new events.
	Step(open [][]isnad.Entry, fresh []isnad.Entry) (added, made [][]isnad.Entry)
	// Event makes the event of its claims.
	Event([]isnad.Entry) isnad.Event
	// Events is all blocks at once, for what was known at a time.
	Events([]isnad.Entry) []isnad.Event
	// Speaks says how a claim speaks of another of its article, "" if not.
	Speaks(a, b isnad.Claim) isnad.LinkKind
}

// Linked says what Link changed.
type Linked struct {
	Blocks  int // taken up
	Made    int // events that were new
	Changed int // events that were there and are otherwise now
	Gone    int // events that were there and are none now
}

// Change is an entry of the feed of changes.
type Change struct {
	Seq  int64  // cursor: ask for what comes after it
	Kind string // made, changed, gone; revised for an article in a new version, withdrawn for one taken back
	ID   string // of the event, or the article
	Into string // of a gone event the one that has its first claim now, "" where none has
}

// Tombstone stands for an article that was withdrawn: that it was there is kept,
// what it said counts no more.
type Tombstone struct {
	Article   string
	URL       string
	Outlet    string
	Title     string
	Published string
	Withdrawn string // RFC 3339
	Reason    string
}

// EventQuery asks for events. Its fields mean what they mean in Query; Stance and
// Speaker ask for an event that has such a claim, Since and Until bound its
// reports, Text asks for words of the sentence of one of its claims.
type EventQuery struct {
	Dyad         Dyad
	Actor        []isnad.Code
	Recipient    []isnad.Code
	Speaker      []isnad.Code
	Type         []isnad.Type
	Stance       []isnad.Stance
	Status       []isnad.Status
	Article      string
	Outlet       []string // of one of its claims
	Since, Until string
	Text         string
	Limit        int
	Newest       bool   // the last reported first
	After        Cursor // only what comes after it in the order asked for; see AfterEvent
}

// Check reports values that no event can have.
func (q EventQuery) Check() error {
	if err := cmp.Or(among("type", q.Type, isnad.Types), among("stance", q.Stance, isnad.Stances), among("status", q.Status, isnad.Statuses)); err != nil {
		return err
	}
	return checkBounds(q.Since, q.Until, "", q.Limit, 0)
}

// Match says that an event answers the query, its text aside. A dyad's states
// are actor and recipient of the event by a third of its claims; the roles of
// single claims are asked of claims.
func (q EventQuery) Match(e isnad.Event) bool {
	any := func(want, have []isnad.Code) bool {
		return len(want) == 0 || slices.ContainsFunc(want, func(c isnad.Code) bool { return slices.Contains(have, c) })
	}
	if !any(q.Actor, e.Actor) || !any(q.Recipient, e.Recipient) {
		return false
	}
	if len(q.Type) > 0 && !slices.Contains(q.Type, e.Type) || len(q.Status) > 0 && !slices.Contains(q.Status, e.Status) {
		return false
	}
	if q.After != (Cursor{}) && !q.beyond(e) {
		return false
	}
	if d := q.Dyad; d != (Dyad{}) {
		way := func(a, b isnad.Code) bool { return slices.Contains(e.Actor, a) && slices.Contains(e.Recipient, b) }
		if !way(d.From, d.To) && !(d.Either && way(d.To, d.From)) {
			return false
		}
	}
	for _, ask := range []func(isnad.EventClaim) bool{
		func(c isnad.EventClaim) bool { return any(q.Speaker, c.Speaker) },
		func(c isnad.EventClaim) bool { return len(q.Stance) == 0 || slices.Contains(q.Stance, c.Stance) },
		func(c isnad.EventClaim) bool { return q.Article == "" || c.Article == q.Article },
		func(c isnad.EventClaim) bool { return len(q.Outlet) == 0 || slices.Contains(q.Outlet, c.Outlet) },
		func(c isnad.EventClaim) bool { return Within(c.Published, q.Since, q.Until) },
	} {
		if !slices.ContainsFunc(e.Claims, ask) {
			return false
		}
	}
	return true
}

// beyond says that an event comes after the cursor.
func (q EventQuery) beyond(e isnad.Event) bool {
	at, c := AfterEvent(e), q.After
	n := cmp.Or(cmp.Compare(at.Published, c.Published), cmp.Compare(at.Article, c.Article), cmp.Compare(at.Claim, c.Claim))
	return n > 0 && !q.Newest || n < 0 && q.Newest
}

// Within says that a date may lie within bounds, "" for none, as Since and Until
// of a query mean them; what has no date lies within none.
func Within(date, since, until string) bool {
	if since == "" && until == "" {
		return true
	}
	from, to, ok := Interval(date)
	if !ok {
		return false
	}
	if since != "" {
		if s, _, _ := Interval(since); to.Before(s) {
			return false
		}
	}
	if until != "" {
		if _, u, _ := Interval(until); from.After(u) {
			return false
		}
	}
	return true
}

// CompareEvents is the order of events: published, article and id of their first
// claims.
func CompareEvents(a, b isnad.Event) int {
	x, y := a.Claims[0], b.Claims[0]
	return cmp.Or(cmp.Compare(x.Published, y.Published), cmp.Compare(x.Article, y.Article), cmp.Compare(a.ID, b.ID))
}
