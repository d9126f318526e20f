package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones by name on machines without a zone database; 450 KB

	"isnad/lexicon"
)

// Calendar is the table months compiled: from the words of a date to what
// they mean. A form may mean several things («م» after a year is the era,
// after a clock the afternoon); the grammar in dates.go takes what fits.
type Calendar struct {
	forms   map[string][]entry // by folded words joined with spaces
	longest int                // words in the longest form
}

// entry is what one form means.
type entry struct {
	kind  string // column kind of months.tsv
	value int    // month or weekday number
	text  string // am, pm, ad, ah
	zone  *time.Location
}

// NewCalendar compiles the table months. A value that is no month, weekday or
// zone is an error that names its row.
func NewCalendar(l *lexicon.Lexicon) (*Calendar, error) {
	c := &Calendar{forms: map[string][]entry{}}
	for _, row := range l.Table("months").Rows {
		e := entry{kind: row.Get("kind"), text: row.Get("value")}
		var err error
		switch e.kind {
		case "relative", "solar": // relative days belong to texts, not to date lines; see dates.go for solar
			continue
		case "gregorian", "hijri", "weekday":
			e.value, err = strconv.Atoi(e.text)
		case "zone":
			e.zone, err = zoneNamed(e.text)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: value %q: %w; write a number, or a zone such as Africa/Cairo or +03:00", row.Place(), e.text, err)
		}
		for _, f := range row.List("forms") {
			key := strings.Join(dateWords(f), " ")
			if key == "" {
				continue
			}
			if !slices.ContainsFunc(c.forms[key], func(x entry) bool { return x.kind == e.kind }) {
				c.forms[key] = append(c.forms[key], e)
			}
			c.longest = max(c.longest, strings.Count(key, " ")+1)
		}
	}
	return c, nil
}

// local marks a clock time whose zone the page does not say.
var local = time.FixedZone("local", 0)

func zoneNamed(s string) (*time.Location, error) {
	if s == "local" {
		return local, nil
	}
	if s != "" && (s[0] == '+' || s[0] == '-') {
		t, err := time.Parse("-07:00", s)
		if err != nil {
			return nil, err
		}
		_, sec := t.Zone()
		return time.FixedZone("", sec), nil
	}
	return time.LoadLocation(s)
}

// dateWords splits a form into the words the date grammar sees.
func dateWords(s string) []string {
	var out []string
	for _, t := range tokens(s) {
		if t.kind == word {
			out = append(out, t.text)
		}
	}
	return out
}
