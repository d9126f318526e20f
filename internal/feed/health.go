package feed

import (
	"time"

	"isnad/internal/store"
)

// How often a feed is asked: after an answer in Every; after the nth failure in
// a row in Every doubled n times, a day at most, or as long as the server says.
const (
	Every   = 15 * time.Minute
	longest = 24 * time.Hour
)

// Outcome is how a feed answered.
type Outcome struct {
	At    time.Time
	Err   error         // nil where it answered
	Wait  time.Duration // as the server asks, 0 where it does not
	New   int           // articles taken
	Gone  bool
	Moved string // its new address, "" where it has none
}

// After is a feed after it was asked: counted, and when it is asked again.
func After(f store.Feed, o Outcome) store.Feed {
	at := o.At.UTC()
	f.Checked = at.Format(time.RFC3339)
	wait := Every
	if o.Err != nil {
		f.Failures++
		f.Error, f.Gone = o.Err.Error(), o.Gone
		wait = min(Every<<min(f.Failures, 10), longest)
	} else {
		f.Succeeded, f.Failures, f.Error, f.Gone = f.Checked, 0, "", false
		f.Articles += o.New
		if o.New > 0 {
			f.Changed = f.Checked
		}
		if o.Moved != "" && o.Moved != f.URL {
			f.Moved, f.URL = f.URL, o.Moved
		}
	}
	f.Next = at.Add(max(wait, o.Wait)).Format(time.RFC3339)
	return f
}

// Due says that a feed is to be asked now. One that is to be asked later than any
// feed ever is was asked by a clock that was ahead, and is due.
func Due(f store.Feed, now time.Time) bool {
	t, err := time.Parse(time.RFC3339, f.Next)
	return !f.Gone && (err != nil || !t.After(now) || t.Sub(now) > longest)
}

// The states of a feed. Quiet and failed are different things.
const (
	New    = "new"    // not asked yet
	Good   = "good"   // answers, and had an article of late
	Quiet  = "quiet"  // answers, and has had none for longer than QuietAfter
	Failed = "failed" // does not answer
	Gone   = "gone"   // said that it won't come back
)

// QuietAfter is how long a feed may have nothing new before it is called quiet.
const QuietAfter = 48 * time.Hour

// State says how a feed does.
func State(f store.Feed, now time.Time) string {
	switch {
	case f.Gone:
		return Gone
	case f.Failures > 0:
		return Failed
	case f.Succeeded == "":
		return New
	}
	if t, err := time.Parse(time.RFC3339, f.Changed); err != nil || now.Sub(t) > QuietAfter {
		return Quiet
	}
	return Good
}
