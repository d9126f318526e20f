package isnad

import "time"

// Day is the calendar day of a date as it was printed, in days since 1970: of a
// month or year its first day, 0 where there is none.
func Day(date string) int {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if len(date) >= len(layout) {
			if t, err := time.Parse(layout, date[:len(layout)]); err == nil {
				return int(t.Unix() / 86400)
			}
		}
	}
	return 0
}

// DayDate writes a day of Day as a date.
func DayDate(day int) string { return time.Unix(int64(day)*86400, 0).UTC().Format("2006-01-02") }
