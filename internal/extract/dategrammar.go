package extract

import (
	"strings"
	"time"
)

// parse is one reading of a line: its tokens, what the table says of them, and
// which of them the date has used.
type parse struct {
	c    *Calendar
	t    []token
	used []bool
}

// find looks for a date in a line and also returns how many words and numbers
// of the line no rule accounts for.
func (c *Calendar) find(s string) (moment, int, bool) {
	p := &parse{c: c, t: tokens(s)}
	p.used = make([]bool, len(p.t))
	d, ok := p.named("gregorian")
	if !ok {
		d, ok = p.numbers()
	}
	if !ok {
		if d, ok = p.named("hijri"); ok {
			d, ok = hijriToGregorian(d.year, d.month, d.day)
		}
	} else {
		p.named("hijri") // the same day in the other calendar
	}
	if !ok {
		return d, 0, false
	}
	p.clock(&d)
	left := 0
	for i := range p.t {
		if p.used[i] || p.t[i].kind == sign {
			continue
		}
		if n := p.known(i); n > 0 {
			for j := i; j < i+n; j++ {
				p.used[j] = true
			}
			continue
		}
		left++
	}
	return d, left, true
}

// at finds the longest form of a kind that begins at token i, and how many
// tokens it takes; 0 is none.
func (p *parse) at(i int, kinds ...string) (entry, int) {
	if i < 0 || i >= len(p.t) || p.t[i].kind != word {
		return entry{}, 0
	}
	key := ""
	var best entry
	n := 0
	for j := i; j < len(p.t) && j < i+p.c.longest && p.t[j].kind == word; j++ {
		if j > i {
			key += " "
		}
		key += p.t[j].text
		for _, e := range p.c.forms[key] {
			for _, k := range kinds {
				if e.kind == k {
					best, n = e, j-i+1
				}
			}
		}
	}
	return best, n
}

// known is the number of tokens of a form that may stand around a date.
func (p *parse) known(i int) int {
	_, n := p.at(i, "weekday", "clock", "label", "era", "ordinal", "zone", "meridiem", "hijri", "gregorian")
	return n
}

func (p *parse) isSign(i int, of string) bool {
	return i >= 0 && i < len(p.t) && p.t[i].kind == sign && strings.Contains(of, p.t[i].text)
}

func (p *parse) isDay(i int) bool {
	return i >= 0 && i < len(p.t) && p.t[i].kind == number && len(p.t[i].text) <= 2 && p.t[i].value >= 1 && p.t[i].value <= 31
}

func (p *parse) isYear(i int) bool {
	return i >= 0 && i < len(p.t) && p.t[i].kind == number && len(p.t[i].text) == 4 && !p.isSign(i+1, ":")
}

func (p *parse) use(from, to int) {
	for i := from; i < to && i < len(p.t); i++ {
		p.used[i] = true
	}
}

// skip passes over signs and small words between the parts of a date.
func (p *parse) skip(i int, signs string, kinds ...string) int {
	for i < len(p.t) {
		if p.isSign(i, signs) {
			i++
			continue
		}
		if len(kinds) > 0 {
			if _, n := p.at(i, kinds...); n > 0 {
				i += n
				continue
			}
		}
		break
	}
	return i
}

// named finds a month name of a calendar with a year, and its day if there is
// one: "19 نوفمبر 2024", «3 مايو (أيار) 2024», "Nov. 19th, 2024".
func (p *parse) named(calendar string) (moment, bool) {
	for i := 0; i < len(p.t); i++ {
		m, n := p.at(i, calendar)
		if n == 0 {
			continue
		}
		d := moment{month: m.value, hour: -1, second: -1}
		start, end := i, i+n
		for { // the same month by its other names
			j := p.skip(end, "(/-–،,.[")
			o, k := p.at(j, calendar)
			if k == 0 || o.value != m.value || j == end {
				break
			}
			end = p.skip(j+k, ")]")
		}
		// The day before it, "of", "st" and a stroke aside.
		b := i - 1
		for b >= 0 && (p.isSign(b, "/-–.(,،")) {
			b--
		}
		if _, o := p.at(b, "ordinal"); o > 0 {
			b--
			if _, o := p.at(b, "ordinal"); o > 0 {
				b--
			}
		}
		if p.isDay(b) && !p.isSign(b-1, ":") {
			d.day, start = p.t[b].value, b
		}
		a := p.skip(end, "،,./-–")
		if d.day == 0 && p.isDay(a) && !p.isSign(a+1, ":") {
			y := p.skip(a+1, "،,.", "ordinal")
			if p.isYear(y) {
				d.day, a = p.t[a].value, y
			}
		}
		if !p.isYear(a) {
			// "14:31، 19 نوفمبر 2024" has its clock first, "Nov 19 14:31 2024" between.
			continue
		}
		d.year = p.t[a].value
		hijriYear := d.year < 1550
		if e, n := p.at(a+1, "era"); n > 0 && !(p.isSign(a+2, ":")) {
			hijriYear = e.text == "ah"
			a += n
		}
		if hijriYear != (calendar == "hijri") {
			continue
		}
		p.use(start, a+1)
		return d, true
	}
	return moment{}, false
}

// numbers finds three numbers that are a date: 2024-11-19, 19/11/2024,
// 2024/8/3. Day and month are told apart by size, by an Arabic line (day
// first), or not at all: then the year is all that is known.
func (p *parse) numbers() (moment, bool) {
	arabic := false
	for _, t := range p.t {
		if t.kind == word && []rune(t.text)[0] >= 0x600 && []rune(t.text)[0] < 0x700 {
			arabic = true
		}
	}
	for i := 0; i+4 < len(p.t); i++ {
		s := p.t[i+1]
		if p.t[i].kind != number || s.kind != sign || !strings.Contains("/-.–\\", s.text) ||
			p.t[i+2].kind != number || !p.isSign(i+3, s.text) || p.t[i+4].kind != number {
			continue
		}
		x, y, z := p.t[i], p.t[i+2], p.t[i+4]
		d := moment{hour: -1, second: -1}
		switch {
		case len(x.text) == 4 && len(y.text) <= 2 && len(z.text) <= 2:
			d.year, d.month, d.day = x.value, y.value, z.value
		case len(z.text) == 4 && len(x.text) <= 2 && len(y.text) <= 2:
			d.year = z.value
			switch {
			case y.value > 12 && x.value <= 12:
				d.month, d.day = x.value, y.value
			case x.value > 12 || arabic || s.text == "." || x.value == y.value:
				d.month, d.day = y.value, x.value
			}
		default:
			continue
		}
		if d.year < 1550 { // 1436/10/4
			h, ok := hijriToGregorian(d.year, d.month, d.day)
			if !ok {
				continue
			}
			d = h
		}
		p.use(i, i+5)
		return d, true
	}
	return moment{}, false
}

// clock finds a time of day and its zone: "02:31 م", "14:00 (GMT+0400)",
// «الساعة 5 مساء بتوقيت القاهرة».
func (p *parse) clock(d *moment) {
	for i := 0; i < len(p.t); i++ {
		if p.used[i] || p.t[i].kind != number || len(p.t[i].text) > 2 {
			continue
		}
		end := i + 1
		h, m, s := p.t[i].value, 0, -1
		if p.isSign(i+1, ":") && i+2 < len(p.t) && p.t[i+2].kind == number && len(p.t[i+2].text) == 2 {
			m, end = p.t[i+2].value, i+3
			if p.isSign(end, ":") && end+1 < len(p.t) && p.t[end+1].kind == number && len(p.t[end+1].text) == 2 {
				s, end = p.t[end+1].value, end+2
			}
		} else if _, before := p.at(i-1, "clock"); before == 0 {
			continue
		} else if _, after := p.at(i+1, "meridiem"); after == 0 {
			continue
		}
		if e, n := p.at(end, "meridiem"); n > 0 {
			switch {
			case e.text == "pm" && h < 12:
				h += 12
			case e.text == "am" && h == 12:
				h = 0
			}
			end += n
		}
		d.hour, d.minute, d.second = h, m, s
		z := p.skip(end, "(،,-–", "clock")
		if e, n := p.at(z, "zone"); n > 0 {
			d.zone, end = e.zone, z+n
			z = end
		} else if p.t[min(z, len(p.t)-1)].text == "z" && z < len(p.t) {
			d.zone, end = time.UTC, z+1
		}
		if z == end || p.isSign(end, "+-") {
			z = end
		}
		if d.zone == nil && z > end { // "14:00 (+0300)"
			z = p.skip(end, "(")
		}
		if p.isSign(z, "+-") && z+1 < len(p.t) && p.t[z+1].kind == number && p.t[z+1].glued {
			digits, to := p.t[z+1].text, z+2
			if p.isSign(to, ":") && to+1 < len(p.t) && p.t[to+1].kind == number && len(p.t[to+1].text) == 2 {
				digits, to = digits+p.t[to+1].text, to+2
			}
			if o := offset(p.t[z].text[0], digits); o != nil {
				d.zone, end = o, to
			}
		}
		p.use(i, end)
		return
	}
}
