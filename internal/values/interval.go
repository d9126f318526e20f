package values

import (
	"time"

	"github.com/hablullah/go-hijri"

	"isnad"
)

// published is the article's date, which relative times are counted from.
type published struct {
	day   time.Time
	known bool // to the day; otherwise relative times stay unresolved
}

// parsePublished reads ISO 8601 with as much as is known.
func parsePublished(s string) published {
	if len(s) >= 10 {
		if d, err := time.Parse("2006-01-02", s[:10]); err == nil && d.Year() >= 1700 && d.Year() <= 2200 {
			return published{d, true}
		}
	}
	return published{}
}

// interval is a time as days, both included; open where a side is zero.
type interval struct {
	from, to time.Time
	prec     string
}

func (iv interval) when() isnad.When {
	return isnad.When{From: iso(iv.from), To: iso(iv.to), Precision: iv.prec}
}

func iso(d time.Time) string {
	if d.IsZero() {
		return ""
	}
	return d.Format("2006-01-02")
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func dayOf(d time.Time) interval { return interval{d, d, "day"} }

func monthOf(y, m int) interval { return interval{date(y, m, 1), date(y, m+1, 0), "month"} }

func yearOf(y int) interval { return interval{date(y, 1, 1), date(y, 12, 31), "year"} }

// weekOf is the week of d from Monday (ISO 8601). Arab weeks begin on Saturday
// or Sunday; the difference is inside what "last week" leaves open.
func weekOf(d time.Time) interval {
	monday := d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
	return interval{monday, monday.AddDate(0, 0, 6), "week"}
}

// hijriDay turns a day of the Umm al-Qura calendar, official in Saudi Arabia,
// into ours; outside its tables (1356 to 1500) the arithmetic calendar serves.
func hijriDay(y, m, d int) time.Time {
	if y >= 1356 && y <= 1500 {
		return midnight(hijri.UmmAlQuraDate{Year: int64(y), Month: int64(m), Day: int64(d)}.ToGregorian())
	}
	return midnight(hijri.HijriDate{Year: int64(y), Month: int64(m), Day: int64(d), Pattern: hijri.Default}.ToGregorian())
}

func midnight(t time.Time) time.Time { y, m, d := t.Date(); return date(y, int(m), d) }

func hijriMonth(y, m int) interval {
	ny, nm := y, m+1
	if nm > 12 {
		ny, nm = y+1, 1
	}
	return interval{hijriDay(y, m, 1), hijriDay(ny, nm, 1).AddDate(0, 0, -1), "month"}
}

func hijriYear(y int) interval {
	return interval{hijriDay(y, 1, 1), hijriDay(y+1, 1, 1).AddDate(0, 0, -1), "year"}
}
