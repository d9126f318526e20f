package serve

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/escalation"
)

// timePage is a timeline: a lane for each family of events over one axis of time.
type timePage struct {
	drawnPage
	Events        int
	From, To      string // days
	Step          string // of a column: day, week, month, year
	Before, After *edgeLink
	H             int
	Lanes         []lane
	Ticks         []tick
	Axis          int // y of the axis
	Columns       string
	Moves         []move
	Chosen        string // the column and lane that are listed, in words
	Listed        []eventView
	More          int
	Table         []timeRow
}

// edgeLink leads to the events that the axis does not reach.
type edgeLink struct {
	N    int
	Link string
}

// lane is the events of one family.
type lane struct {
	Family  family
	Y, Base int
	N       int
	Bars    []timeBar
	Marks   []timeMark
}

// timeBar stands for the events of one column. Places on the axis are hundredths
// of its width, so that it fits a phone without shrinking its words.
type timeBar struct {
	X, W            string
	Y, H            string // of the part whose day is told
	ToldY, ToldH    string // of the part that stands at its first report; "" where none does
	Link, Title     string
	Current, Hollow bool
}

// timeMark is one event, where all columns have few.
type timeMark struct {
	X, Y        string
	Told        bool
	Status      isnad.Status
	Link, Title string
}

// timeRow is a column as text.
type timeRow struct {
	Name  string
	Cells []timeCell
}

type timeCell struct {
	N    int
	Link string
}

// Sizes of the timeline, in pixels.
const (
	laneHeight  = 84
	laneHead    = 18 // for the lane's name
	mostColumns = 62
	mostMarks   = 8 // in a column, above which columns are bars
)

// timed is an event with the day it stands at.
type timed struct {
	isnad.Event
	day  int
	told bool // the day is that of its first report
}

// happened is the day of an event: the first that its claims tell to the day, else
// that of its first report; 0 where neither is known.
func happened(e isnad.Event) timed {
	if e.When.Precision == "day" && e.When.From != "" {
		return timed{e, isnad.Day(e.When.From), false}
	}
	return timed{e, reported(e), true}
}

// Timeline is events over time as data.
type Timeline struct {
	From    string           `json:"from"`
	To      string           `json:"to"`
	Step    string           `json:"step"`   // day, week, month, year
	Before  int              `json:"before"` // events of earlier days than from
	After   int              `json:"after"`
	Columns []TimelineColumn `json:"columns"`
}

// TimelineColumn is a day, week, month or year.
type TimelineColumn struct {
	From   string         `json:"from"`
	To     string         `json:"to"`
	Events map[family]int `json:"events"` // vcoop, mcoop, vconf, mconf
	Told   int            `json:"told"`   // of them, stand at their first report
}

// timeline answers with the events over time.
func (s *Server) timeline(r *request) (answer, error) {
	es, err := s.drawn(r)
	if err != nil {
		return answer{}, err
	}
	var ts []timed
	for _, e := range es {
		if t := happened(e); t.day != 0 {
			ts = append(ts, t)
		}
	}
	m := &timeMaker{r: r, n: namer{r.Lang, s.Lexicon}}
	p := timePage{drawnPage: r.drawing("/timeline", "from", "to", "day", "lane"), Events: len(es)}
	data := Timeline{Columns: []TimelineColumn{}}
	p.Empty = len(ts) == 0
	if !p.Empty {
		if err := m.span(ts); err != nil {
			return answer{}, err
		}
		if err := m.draw(&p, &data, ts); err != nil {
			return answer{}, err
		}
	}
	return answer{template: "timeline", title: say(r.Lang, "timeline.title"), data: p, json: data}, nil
}

// timeMaker holds what the parts of one timeline ask for.
type timeMaker struct {
	r        *request
	n        namer
	from, to int // days that are asked for
	first    int // of all events
	last     int
	columns  []escalation.Period
	step     string
}

// span finds the days that are drawn: those asked for, else those of the reports.
func (m *timeMaker) span(ts []timed) error {
	m.first, m.last = ts[0].day, ts[0].day
	for _, t := range ts {
		m.first, m.last = min(m.first, t.day), max(m.last, t.day)
		if day := reported(t.Event); day != 0 {
			m.from, m.to = min(cmp.Or(m.from, day), day), max(m.to, day)
		}
	}
	if m.from == 0 {
		m.from, m.to = m.first, m.last
	}
	for _, x := range []struct {
		name string
		into *int
	}{{"from", &m.from}, {"to", &m.to}} {
		if v := m.r.text(x.name); v != "" {
			if *x.into = isnad.Day(v); *x.into == 0 {
				return unknown(x.name, v, "it is no date; write 2024-11-19")
			}
		}
	}
	if m.to < m.from {
		return unknown("to", m.r.text("to"), "it is before from; write them in order")
	}
	m.from = max(m.from, m.to-366*mostColumns)
	for _, step := range []escalation.Step{escalation.Day, escalation.Week, escalation.Month} {
		if m.columns = escalation.Periods(step, m.from, m.to); len(m.columns) <= mostColumns {
			m.step = string(step)
			return nil
		}
	}
	m.columns, m.step = years(m.from, m.to), "year"
	return nil
}

// years lists the years that meet a span of days.
func years(from, to int) (out []escalation.Period) {
	for y, _ := strconv.Atoi(isnad.DayDate(from)[:4]); ; y++ {
		p := escalation.Period{From: isnad.Day(fmt.Sprintf("%04d-01-01", y)), To: isnad.Day(fmt.Sprintf("%04d-12-31", y))}
		if p.From > to {
			return out
		}
		out = append(out, p)
	}
}

// draw puts events into lanes and columns.
func (m *timeMaker) draw(p *timePage, data *Timeline, ts []timed) error {
	drawn := families[:4]
	cells := map[family][][]timed{}
	for _, f := range drawn {
		cells[f] = make([][]timed, len(m.columns))
	}
	low, high := m.columns[0].From, m.columns[len(m.columns)-1].To
	before, after, most := 0, 0, 0
	var seen []timed
	for _, t := range ts {
		switch {
		case t.day < low:
			before++
			continue
		case t.day > high:
			after++
			continue
		}
		i, _ := slices.BinarySearchFunc(m.columns, t.day, func(c escalation.Period, day int) int { return cmp.Compare(c.To, day) })
		f := eventFamily(t.Event)
		if cells[f] == nil {
			continue
		}
		cells[f][i] = append(cells[f][i], t)
		most = max(most, len(cells[f][i]))
		seen = append(seen, t)
	}
	p.From, p.To, p.Step = isnad.DayDate(low), isnad.DayDate(high), m.step
	*data = Timeline{From: p.From, To: p.To, Step: m.step, Before: before, After: after}
	if before > 0 {
		p.Before = &edgeLink{before, m.r.link("/timeline", "from", isnad.DayDate(m.first), "day", "", "lane", "")}
	}
	if after > 0 {
		p.After = &edgeLink{after, m.r.link("/timeline", "to", isnad.DayDate(m.last), "day", "", "lane", "")}
	}
	for i, f := range drawn {
		p.Lanes = append(p.Lanes, m.lane(i, f, cells[f], most))
	}
	p.Axis = 4 * laneHeight
	p.H = p.Axis + 26
	p.Ticks, p.Moves = m.ticks(), m.moves()
	var spans []string
	for i, c := range m.columns {
		spans = append(spans, isnad.DayDate(c.From)+"/"+isnad.DayDate(c.To))
		row, col := timeRow{Name: m.name(c)}, TimelineColumn{From: isnad.DayDate(c.From), To: isnad.DayDate(c.To), Events: map[family]int{}}
		for _, f := range drawn {
			row.Cells = append(row.Cells, timeCell{len(cells[f][i]), m.into(c, f)})
			col.Events[f] = len(cells[f][i])
			for _, t := range cells[f][i] {
				if t.told {
					col.Told++
				}
			}
		}
		p.Table, data.Columns = append(p.Table, row), append(data.Columns, col)
	}
	p.Columns = strings.Join(spans, " ")
	return m.list(p, seen)
}

// list shows the events of the chosen day and lane, else of all that is drawn.
func (m *timeMaker) list(p *timePage, seen []timed) error {
	day := 0
	if v := m.r.text("day"); v != "" {
		if day = isnad.Day(v); day == 0 {
			return unknown("day", v, "it is no date; write 2024-11-19")
		}
	}
	which := family(m.r.text("lane"))
	if which != "" && !slices.Contains(families, which) {
		return unknown("lane", string(which), "write one of vcoop, mcoop, vconf, mconf")
	}
	var es []isnad.Event
	for _, t := range seen {
		if (day == 0 || t.day == day) && (which == "" || eventFamily(t.Event) == which) {
			es = append(es, t.Event)
		}
	}
	if day != 0 {
		p.Chosen = date(m.n.lang, isnad.DayDate(day))
	}
	if which != "" {
		p.Chosen = strings.TrimPrefix(p.Chosen+m.n.comma()+say(m.n.lang, "family."+string(which)), m.n.comma())
	}
	p.Listed, p.More = m.n.lines(es, m.r.limit(shownEvents))
	return m.r.err
}

// name says which days a column is of.
func (m *timeMaker) name(c escalation.Period) string {
	from, to := isnad.DayDate(c.From), isnad.DayDate(c.To)
	switch m.step {
	case "day":
		return date(m.n.lang, from)
	case "month":
		return date(m.n.lang, from[:7])
	case "year":
		return from[:4]
	}
	return date(m.n.lang, from) + " – " + date(m.n.lang, to)
}

// into leads to a column: its events where it is a day, else a nearer timeline.
func (m *timeMaker) into(c escalation.Period, f family) string {
	if m.step == "day" {
		return m.r.link("/timeline", "day", isnad.DayDate(c.From), "lane", string(f))
	}
	return m.r.link("/timeline", "from", isnad.DayDate(c.From), "to", isnad.DayDate(c.To), "day", "", "lane", "")
}

// at is a place on the axis in hundredths, in the direction of the language.
func (m *timeMaker) at(share float64) string {
	if m.n.lang == isnad.Arabic {
		share = 1 - share
	}
	return strconv.FormatFloat(100*share, 'f', 2, 64) + "%"
}

func (m *timeMaker) lane(i int, f family, columns [][]timed, most int) lane {
	out := lane{Family: f, Y: i * laneHeight, Base: (i + 1) * laneHeight}
	width := 1 / float64(len(m.columns))
	room := float64(laneHeight - laneHead - 4)
	v := view{settings: settings{Lang: m.n.lang}}
	for j, ts := range columns {
		out.N += len(ts)
		if len(ts) == 0 {
			continue
		}
		if most <= mostMarks {
			for k, t := range ts {
				out.Marks = append(out.Marks, m.mark(t, (float64(j)+0.5)*width, float64(out.Base)-7-float64(k)*room/mostMarks))
			}
			continue
		}
		told := 0
		for _, t := range ts {
			if t.told {
				told++
			}
		}
		unit := room / float64(most)
		full, upper := max(2, unit*float64(len(ts))), unit*float64(told)
		left := (float64(j) + 0.1) * width
		if m.n.lang == isnad.Arabic { // a rectangle begins at its left
			left = (float64(j) + 0.9) * width
		}
		b := timeBar{X: m.at(left), W: strconv.FormatFloat(80*width, 'f', 2, 64) + "%", Y: px(float64(out.Base) - full + upper), H: px(full - upper), Link: m.into(m.columns[j], f)}
		if told > 0 {
			b.ToldY, b.ToldH = px(float64(out.Base)-full), px(upper)
		}
		b.Title = m.name(m.columns[j]) + m.n.comma() + say(m.n.lang, "family."+string(f)) + m.n.comma() + v.Count(len(ts), "events")
		b.Current = m.r.text("lane") == string(f) && m.step == "day" && m.r.text("day") == isnad.DayDate(m.columns[j].From)
		out.Bars = append(out.Bars, b)
	}
	return out
}

func (m *timeMaker) mark(t timed, share, y float64) timeMark {
	e := m.n.event(t.Event)
	title := e.TypeWord + " " + e.From
	if e.To != "" {
		title += m.n.arrow() + e.To
	}
	return timeMark{m.at(share), px(y), t.told, t.Status, e.Link, title + m.n.comma() + e.StatusWord + m.n.comma() + date(m.n.lang, isnad.DayDate(t.day))}
}

// ticks name some columns: five at most, which is what a phone has room for.
func (m *timeMaker) ticks() (out []tick) {
	every := max(1, (len(m.columns)+4)/5)
	for i := every / 2; i < len(m.columns); i += every {
		iso := isnad.DayDate(m.columns[i].From)
		name := iso[:4]
		if month := say(m.n.lang, "month."+iso[5:7]); m.step == "day" || m.step == "week" {
			name = strings.TrimPrefix(iso[8:], "0") + " " + month
		} else if m.step == "month" {
			name = month + " " + iso[:4]
		}
		out = append(out, tick{At: m.at((float64(i) + 0.5) / float64(len(m.columns))), Label: name, Anchor: "middle"})
	}
	return out
}

// moves are the ways to other spans.
func (m *timeMaker) moves() (out []move) {
	from, to := m.columns[0].From, m.columns[len(m.columns)-1].To
	n := to - from + 1
	for _, x := range []struct {
		act      string
		from, to int
	}{{"in", from + n/4, to - n/4}, {"out", from - n/2, to + n/2}, {"earlier", from - max(1, n/2), to - max(1, n/2)}, {"later", from + max(1, n/2), to + max(1, n/2)}, {"whole", m.first, m.last}} {
		out = append(out, move{x.act, m.r.link("/timeline", "from", isnad.DayDate(x.from), "to", isnad.DayDate(max(x.from, x.to)), "day", "", "lane", "")})
	}
	return append(out, move{"fit", m.r.link("/timeline", "from", "", "to", "", "day", "", "lane", "")})
}
