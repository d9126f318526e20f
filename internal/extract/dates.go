package extract

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/hablullah/go-hijri"
)

// Dates as news pages write them. The grammar is one pass over the words of a
// line: a month name with a day and a year around it, three numbers, and a
// clock with a zone, wherever they stand:
//
//	الثلاثاء، 19 نوفمبر 2024 02:31 م
//	28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)
//	4 شوال 1436 هـ الموافق 20 يوليو 2015 م
//	Tue, Nov 19, 2024 2:31 PM EST
//
// Where a line has both calendars the Gregorian date counts; a Hijri date
// alone is converted by the Umm al-Qura calendar of Saudi Arabia (1356 to 1500
// AH; the arithmetic calendar before that). Iranian solar months are in the
// table for other readers but are not converted here. Parsers of the English
// world (araddon/dateparse, go-dateparser) were left aside: the first knows no
// Arabic, the second costs 160 ms at every start and no Maghrebi or Hijri name.

var isoDate = regexp.MustCompile(`(?i)^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?)?)?)?$`)

// The first printed newspapers are of 1605.
const firstYear = 1600

// Parse reads a date in any of the forms and returns it as ISO 8601 with as
// much as is known: "2018", "2023-12", "2024-11-19", "2024-11-19T14:31",
// "2024-11-19T14:31:00+02:00". The error wraps ErrDate.
func (c *Calendar) Parse(s string) (string, error) {
	if len(s) > 500 {
		return "", fmt.Errorf("%w: %q; a date is shorter", ErrDate, cut(s, 60))
	}
	s = clean(s)
	if m := isoDate.FindStringSubmatch(fold(s)); m == nil {
		if d, _, ok := c.find(s); ok {
			return d.iso(s)
		}
		return "", fmt.Errorf("%w: %q; write it as 2024-11-19 or 2024-11-19T14:31:00+02:00", ErrDate, cut(s, 60))
	} else {
		d := moment{month: num(m[2]), day: num(m[3]), year: num(m[1]), hour: -1}
		if m[4] != "" {
			d.hour, d.minute, d.second = num(m[4]), num(m[5]), -1
			if m[6] != "" {
				d.second = num(m[6])
			}
		}
		switch z := m[7]; {
		case z == "z":
			d.zone = time.UTC
		case z != "":
			d.zone = offset(z[0], z[1:])
		}
		return d.iso(s)
	}
}

// Line says whether a line of a page is its date line: a date and little else
// (at most three words that no table of dates knows).
func (c *Calendar) Line(s string) (string, bool) {
	s = clean(s)
	if len(s) > 200 {
		return "", false
	}
	d, left, ok := c.find(s)
	if !ok || left > 3 || d.day == 0 {
		return "", false
	}
	iso, err := d.iso(s)
	return iso, err == nil
}

func num(s string) int { n, _ := strconv.Atoi(s); return n }

func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// offset reads "0300", "03:00", "03" or "3" behind a sign.
func offset(sign byte, s string) *time.Location {
	s = strings.ReplaceAll(s, ":", "")
	if len(s) > 4 || s == "" {
		return nil
	}
	h, m := num(s), 0
	if len(s) > 2 {
		h, m = num(s[:len(s)-2]), num(s[len(s)-2:])
	}
	if h > 15 || m > 59 {
		return nil
	}
	sec := (h*60 + m) * 60
	if sign == '-' {
		sec = -sec
	}
	return time.FixedZone("", sec)
}

// moment is a date with as much as is known; month and day are 0 and hour and
// second are -1 where unknown.
type moment struct {
	year, month, day     int
	hour, minute, second int
	zone                 *time.Location
}

func (d moment) iso(s string) (string, error) {
	bad := func(what, remedy string) (string, error) {
		return "", fmt.Errorf("%w: %q has %s; %s", ErrDate, cut(s, 60), what, remedy)
	}
	if d.year < firstYear || d.year > 9999 {
		return bad(fmt.Sprintf("the year %d", d.year), "check the year")
	}
	if d.month == 0 {
		return fmt.Sprintf("%04d", d.year), nil
	}
	if d.month > 12 {
		return bad(fmt.Sprintf("the month %d", d.month), "write year, month, day")
	}
	if d.day == 0 {
		return fmt.Sprintf("%04d-%02d", d.year, d.month), nil
	}
	if last := time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); d.day > last {
		return bad(fmt.Sprintf("day %d of a month of %d days", d.day, last), "check the day")
	}
	out := fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	if d.hour < 0 {
		return out, nil
	}
	if d.hour > 23 || d.minute > 59 || d.second > 60 {
		return bad(fmt.Sprintf("the time %d:%02d", d.hour, d.minute), "write hours 0 to 23 and minutes 0 to 59")
	}
	out += fmt.Sprintf("T%02d:%02d", d.hour, d.minute)
	if d.zone == nil || d.zone == local {
		if d.second >= 0 {
			out += fmt.Sprintf(":%02d", d.second)
		}
		return out, nil
	}
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, max(d.second, 0), 0, d.zone)
	return t.Format("2006-01-02T15:04:05Z07:00"), nil
}

// future says whether an ISO date is more than two days after now: zones and
// early editions make a day, clocks set wrong the rest.
func future(iso string, now time.Time) bool {
	limit := now.UTC().AddDate(0, 0, 2).Format("2006-01-02")
	n := min(len(iso), len(limit))
	return iso[:n] > limit[:n]
}

type tokenKind int

const (
	number tokenKind = iota
	word
	sign
)

// token is a number, a folded word, or one other character.
type token struct {
	kind  tokenKind
	text  string
	value int
	glued bool // no space before it
}

func tokens(s string) []token {
	var out []token
	rs := []rune(fold(s))
	space := true
	for i := 0; i < len(rs); {
		c := rs[i]
		j := i + 1
		switch {
		case c >= '0' && c <= '9':
			for j < len(rs) && rs[j] >= '0' && rs[j] <= '9' {
				j++
			}
			v := -1
			if j-i <= 4 {
				v = num(string(rs[i:j]))
			}
			out = append(out, token{number, string(rs[i:j]), v, !space})
		case unicode.IsLetter(c):
			for j < len(rs) && (unicode.IsLetter(rs[j]) || unicode.IsMark(rs[j]) || rs[j] == '\'' || rs[j] == '.' && j+1 < len(rs) && unicode.IsLetter(rs[j+1])) {
				j++
			}
			out = append(out, token{word, string(rs[i:j]), 0, !space})
		case c == ' ':
			space = true
			i++
			continue
		default:
			out = append(out, token{sign, string(c), 0, !space})
		}
		space = false
		i = j
	}
	return out
}

// hijriToGregorian converts a Hijri date; a day of 0 stands for an unknown
// day, which leaves only the Gregorian year, and that only where the whole
// month falls into one.
func hijriToGregorian(year, month, day int) (moment, bool) {
	at := func(d int) time.Time {
		if year >= 1356 && year <= 1500 {
			return hijri.UmmAlQuraDate{Year: int64(year), Month: int64(month), Day: int64(d)}.ToGregorian()
		}
		return hijri.HijriDate{Year: int64(year), Month: int64(month), Day: int64(d)}.ToGregorian()
	}
	if month < 1 || month > 12 || day > 30 || year < 1000 || year > 1500 {
		return moment{}, false
	}
	first, last := at(max(day, 1)), at(29)
	if day == 0 {
		return moment{year: first.Year(), hour: -1, second: -1}, first.Year() == last.Year()
	}
	return moment{year: first.Year(), month: int(first.Month()), day: first.Day(), hour: -1, second: -1}, true
}
