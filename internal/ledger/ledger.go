// Package ledger links the claims of all articles into events: one thing in the
// world, everything said about it, and who says otherwise. It is a pure function
// of claims and their articles' facts (isnad.Entry): order of arrival, batches
// and workers change nothing, and what was known at a time is the same function
// over fewer claims. It sees isnad values only, and no text.
//
// Claims are linked block by block. A block is the claims of one type published
// on one day, and an event lies in the block of its first claim; blocks of later
// days add to it while it is open (Options.Window). So a new article makes a few
// blocks dirty and costs the same whether ten thousand claims are kept or a
// million. The alternative, components of a graph of alike claims, has no bound:
// in a war every day's fighting is like the day's before.
package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"isnad"
)

// Ledger links claims. It is safe for use by many goroutines.
type Ledger struct {
	name     string
	o        Options
	agencies map[string]bool
}

// Options are the constants of linking. They were fitted as
// docs/experiments/ledger.md tells and stand in the lexicon's table linking.
type Options struct {
	Weights   [features]float64 // of the likeness of two claims
	Bias      float64
	SameDay   float64 // mean likeness of claims from which they are one group
	Joined    float64 // likeness from which two groups of a day are one event
	LaterDay  float64 // and from which a group adds to an event of the days before
	Mean      float64 // mean likeness of claims that two groups must have besides
	MeanLater float64 // the same for a group and an event of the days before
	Window    int     // days for which an event stays open after its first report
}

// NewOptions takes the constants by their names in the table linking, and says
// which are missing or too many.
func NewOptions(values map[string]float64) (Options, error) {
	var o Options
	rest := maps.Clone(values)
	take := func(name string) float64 {
		v, ok := rest[name]
		if !ok {
			rest["no "+name] = 0
		}
		delete(rest, name)
		return v
	}
	for i, name := range featureNames {
		o.Weights[i] = take(name)
	}
	o.Bias, o.SameDay, o.Joined, o.LaterDay = take("bias"), take("same_day"), take("joined"), take("later_day")
	o.Mean, o.MeanLater, o.Window = take("mean"), take("mean_later"), int(take("window"))
	if len(rest) > 0 {
		return o, fmt.Errorf("linking: these constants are missing or unknown: %v; see the lexicon's table linking", slices.Sorted(maps.Keys(rest)))
	}
	return o, nil
}

// Version is the program's part of a ledger's name: raised when events come out
// otherwise of the same claims and constants.
const Version = "ledger-2"

// New makes a ledger. tables identifies the lexicon that its constants are from;
// agencies are the ids of the outlets that write for others.
func New(tables string, o Options, agencies []string) *Ledger {
	l := &Ledger{Version + "+" + tables, o, map[string]bool{}}
	for _, a := range agencies {
		l.agencies[a] = true
	}
	return l
}

// Name is what events were linked by: program version and tables.
func (l *Ledger) Name() string { return l.name }

func (l *Ledger) agency(id string) bool { return l.agencies[id] }

// Window is for how many days an event stays open after its first report.
func (l *Ledger) Window() int { return l.o.Window }

// Step links the claims of one block, given the events that are open: those of
// its type whose first claim was published at most Window days before. It returns
// what each open event gets, and the new events. All are in the order of claims.
func (l *Ledger) Step(open [][]isnad.Entry, fresh []isnad.Entry) (added, made [][]isnad.Entry) {
	// The order in which open events are given is nothing: equal likenesses are
	// decided by the order of their first claims.
	events, place := make([]*cluster, len(open)), make([]int, len(open))
	wholes := make([][]*mention, len(open))
	for i, es := range open {
		wholes[i], place[i] = inOrder(mentions(es)), i
	}
	slices.SortFunc(place, func(a, b int) int { return Order(wholes[a][0].claim, wholes[b][0].claim) })
	before := make([]int, len(open))
	for i, p := range place {
		events[i], before[i] = newCluster(wholes[p]), len(wholes[p])
	}
	fresh = slices.Clone(fresh)
	slices.SortFunc(fresh, func(a, b isnad.Entry) int { return Order(a.Claim, b.Claim) })
	parts := l.day(events, mentions(fresh))
	added = make([][]isnad.Entry, len(open))
	for i, c := range events {
		added[place[i]] = entries(c.mentions[before[i]:])
	}
	for _, c := range parts {
		made = append(made, entries(c.mentions))
	}
	return added, made
}

// Event makes the event of its entries. Its links to other events are not in it:
// they follow from where the other claims of its sentences lie (Speaks).
func (l *Ledger) Event(es []isnad.Entry) isnad.Event {
	ms := mentions(es)
	return l.event(inOrder(ms))
}

// Events is the whole ledger at once: all blocks, oldest first. Events come in
// the order of their first claims.
func (l *Ledger) Events(all []isnad.Entry) []isnad.Event {
	type block struct {
		typ isnad.Type
		day int
	}
	blocks := map[block][]isnad.Entry{}
	for _, e := range all {
		if e.Claim.Kind == isnad.KindEvent && e.Claim.Type != "" {
			b := block{e.Claim.Type, isnad.Day(e.Claim.Published)}
			blocks[b] = append(blocks[b], e)
		}
	}
	keys := slices.SortedFunc(maps.Keys(blocks), func(a, b block) int {
		return cmp.Or(cmp.Compare(a.typ, b.typ), cmp.Compare(a.day, b.day))
	})
	type event struct {
		day     int
		entries []isnad.Entry
	}
	var done []isnad.Event
	var open []event
	close := func(until block) {
		open = slices.DeleteFunc(open, func(e event) bool {
			if until.day <= e.day+l.o.Window && e.entries[0].Claim.Type == until.typ {
				return false
			}
			done = append(done, l.Event(e.entries))
			return true
		})
	}
	for _, b := range keys {
		close(b)
		now := make([][]isnad.Entry, len(open))
		for i, e := range open {
			now[i] = e.entries
		}
		added, made := l.Step(now, blocks[b])
		for i, more := range added {
			open[i].entries = append(open[i].entries, more...)
		}
		for _, es := range made {
			open = append(open, event{b.day, es})
		}
	}
	close(block{})
	l.link(done, all)
	slices.SortFunc(done, func(a, b isnad.Event) int {
		x, y := a.Claims[0], b.Claims[0]
		return cmp.Or(cmp.Compare(x.Published, y.Published), cmp.Compare(x.Article, y.Article), cmp.Compare(a.ID, b.ID))
	})
	return done
}

func mentions(es []isnad.Entry) []*mention {
	ms := make([]*mention, len(es))
	for i, e := range es {
		ms[i] = newMention(e)
	}
	return ms
}

func entries(ms []*mention) []isnad.Entry {
	es := make([]isnad.Entry, len(ms))
	for i, m := range ms {
		es[i] = isnad.Entry{Claim: m.claim, Facts: m.facts, URL: m.url}
	}
	return es
}
