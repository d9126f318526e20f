package sqlite

import (
	"cmp"
	"time"

	"isnad/internal/store"
)

// seconds returns what a date may mean in seconds since 1970, nil for no date.
func seconds(date string) (from, to *int64) {
	f, t, ok := store.Interval(date)
	if !ok {
		return nil, nil
	}
	a, b := f.Unix(), t.Unix()
	return &a, &b
}

// first returns the first time that is known.
func first(times ...*int64) *int64 {
	for _, t := range times {
		if t != nil {
			return t
		}
	}
	return nil
}

// compare orders times, unknown ones first.
func compare(a, b *int64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Compare(*a, *b)
}

// before orders two times of fetching; of two spellings of one moment the
// smaller counts, so that it does not matter which came first.
func before(a, b string) bool {
	_, x := seconds(a)
	_, y := seconds(b)
	return cmp.Or(compare(x, y), cmp.Compare(a, b)) < 0
}

func rfc3339(t *int64) string {
	if t == nil {
		return ""
	}
	return time.Unix(*t, 0).UTC().Format(time.RFC3339)
}
