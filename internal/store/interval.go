package store

import (
	"strings"
	"time"
)

// Interval returns the first and last second that a date may mean: "2024-11" is
// all of November. A time without a zone is taken as UTC, and so are the ends
// of days. ok is false for what is no date.
func Interval(date string) (from, to time.Time, ok bool) {
	var err error
	last := func(years, months, days int) (time.Time, time.Time, bool) {
		return from, from.AddDate(years, months, days).Add(-time.Second), err == nil
	}
	switch len(date) {
	case len("2006"):
		from, err = time.Parse("2006", date)
		return last(1, 0, 0)
	case len("2006-01"):
		from, err = time.Parse("2006-01", date)
		return last(0, 1, 0)
	case len("2006-01-02"):
		from, err = time.Parse("2006-01-02", date)
		return last(0, 0, 1)
	}
	date = strings.Replace(date, " ", "T", 1)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if from, err = time.Parse(layout, date); err == nil {
			from = from.UTC().Truncate(time.Second)
			to = from
			if strings.HasPrefix(layout, "2006-01-02T15:04") && !strings.Contains(layout, ":05") {
				to = from.Add(59 * time.Second)
			}
			return from, to, true
		}
	}
	return time.Time{}, time.Time{}, false
}
