// Package escalation turns events into series of reported intensity: for an
// ordered pair of states and a day, how much it is reported that one did to the
// other (acts), said against it (words), and did with it (cooperation). The three
// are never added up. It is a measure of what is reported and no probability of
// war.
//
// It is a pure function of isnad values (Happening, made of an event and its
// claims by Digest) and of tables (Tables). Nothing in it names a country. Every
// value is a sum of named events' contributions in whole millionths of a point
// (Points), so that it opens to its events exactly. What was known at a time is
// the same function over the events of a ledger of that time.
package escalation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"isnad"
)

// Version is the program's part of a method's name: raised when values come out
// otherwise of the same events and tables.
const Version = "escalation-1"

// Line is one of the series that are never mixed.
type Line string

// The lines. Disputed holds what a party denies and what only one side says; an
// event in it is in no other. Nuclear counts events of the ladder's nuclear rungs
// once more, beside the line that they are in.
const (
	Acts        Line = "acts"
	Words       Line = "words"
	Cooperation Line = "cooperation"
	Disputed    Line = "disputed"
	Nuclear     Line = "nuclear"
)

// Lines lists them as values show them.
var Lines = []Line{Acts, Words, Cooperation, Disputed, Nuclear}

// Tables are the weights and constants; they stand in the lexicon, each row with
// its reason.
type Tables struct {
	Intensity []Intensity
	Factors   []Factor
	Errors    map[string]ReaderError // by event type, and "parties"
	Rungs     []Rung                 // in order, lowest first
	Rules     []Rule
	Regions   map[string][]isnad.Code
	Constants Constants

	// Fold takes differences of spelling away from a word (orth.Fold).
	Fold func(string) string `json:"-"`
}

// Intensity is what an event of a type and mode weighs (table intensity).
type Intensity struct {
	ID      string
	Type    isnad.Type
	Mode    string   // "" for any
	Context string   // "" for any
	Words   []string // of a trigger, one of which the event has; none: any
	Line    Line
	Weight  Points
}

// Factor is how a factuality or status enters (table event_factors).
type Factor struct {
	Kind   string // factuality or status
	Value  string
	Factor Points // of 1
	Line   Line   // Disputed: the event goes there
}

// ReaderError is how often the reader is right, 0 to 1 (table reader_error).
type ReaderError struct{ Precision, Recall float64 }

// Constants are those of the table escalation.
type Constants struct {
	PerArticles, VolumeFloor                  int
	OriginShare                               Points // of 1
	Memory                                    int    // days
	BaselineDays, BaselineLeast, WeekdayLeast int    // days
	LadderDays                                int
	Replicates                                int
	Interval                                  float64
	ChangePenalty                             float64
	ChangeLeast, Shuffles                     int
	GapDays                                   int
}

// NewConstants takes them by their names, and says which are missing or too many.
func NewConstants(values map[string]float64) (Constants, error) {
	rest := maps.Clone(values)
	var missing []string
	take := func(name string) float64 {
		v, ok := rest[name]
		if !ok {
			missing = append(missing, "no "+name)
		}
		delete(rest, name)
		return v
	}
	n := func(name string) int { return int(take(name)) }
	c := Constants{PerArticles: n("per_articles"), VolumeFloor: n("volume_floor"), OriginShare: Points(take("origin_share")*float64(Point) + 0.5), Memory: n("memory"),
		BaselineDays: n("baseline_days"), BaselineLeast: n("baseline_least"), WeekdayLeast: n("weekday_least"), LadderDays: n("ladder_days"),
		Replicates: n("replicates"), Interval: take("interval"), ChangePenalty: take("change_penalty"), ChangeLeast: n("change_least"), Shuffles: n("shuffles"), GapDays: n("gap_days")}
	if missing = append(missing, slices.Sorted(maps.Keys(rest))...); len(missing) > 0 {
		return c, fmt.Errorf("escalation: these constants are missing or unknown: %v; see the lexicon's table escalation", missing)
	}
	return c, nil
}

// Without says what to leave out of the method, to see what it brings.
type Without struct{ Status, Origins, Denominators, Factuality bool }

// Method is tables made ready. It is safe for use by many goroutines.
type Method struct {
	t       Tables
	name    string
	without Without
	weights map[isnad.Type][]Intensity
	factors map[[2]string]Factor
	regions map[isnad.Code][]string
}

// New prepares a method. Its name holds a hash of the tables, so that a changed
// weight is another method.
func New(t Tables) (*Method, error) {
	if t.Fold == nil {
		t.Fold = func(s string) string { return s }
	}
	m := &Method{t: t, weights: map[isnad.Type][]Intensity{}, factors: map[[2]string]Factor{}, regions: map[isnad.Code][]string{}}
	body, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("escalation: %w", err)
	}
	sum := sha256.Sum256(body)
	m.name = Version + "+" + hex.EncodeToString(sum[:])[:12]
	for _, r := range t.Intensity {
		r.Words = folded(t.Fold, r.Words)
		m.weights[r.Type] = append(m.weights[r.Type], r)
	}
	for _, r := range t.Factors {
		m.factors[[2]string{r.Kind, r.Value}] = r
	}
	m.t.Rungs = slices.Clone(t.Rungs)
	for i, r := range m.t.Rungs {
		m.t.Rungs[i].Words = folded(t.Fold, r.Words)
	}
	slices.SortStableFunc(m.t.Rungs, func(a, b Rung) int { return a.Order - b.Order })
	for _, typ := range isnad.Types {
		if len(m.weights[typ]) == 0 {
			return nil, fmt.Errorf("escalation: the table intensity has no row for %s", typ)
		}
	}
	for _, region := range slices.Sorted(maps.Keys(t.Regions)) {
		for _, c := range t.Regions[region] {
			m.regions[c] = append(m.regions[c], region)
		}
	}
	return m, nil
}

// Leave returns the method without a part of it, under another name.
func (m *Method) Leave(w Without) *Method {
	out := *m
	out.without = w
	for _, p := range []struct {
		left bool
		name string
	}{{w.Status, "status"}, {w.Origins, "origins"}, {w.Denominators, "denominators"}, {w.Factuality, "factuality"}} {
		if p.left {
			out.name += "-" + p.name
		}
	}
	return &out
}

// Name is the version of program and tables.
func (m *Method) Name() string { return m.name }

// Rungs lists the ladder, lowest first.
func (m *Method) Rungs() []Rung { return m.t.Rungs }

// Rules lists the rules of alerts.
func (m *Method) Rules() []Rule { return m.t.Rules }

func folded(fold func(string) string, words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fold(w)
	}
	return out
}
