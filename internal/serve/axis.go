package serve

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"isnad"
)

// contestedView is a value on which the claims of an event differ: a row for
// each that is said, figures as ranges on one axis. Nothing is averaged.
type contestedView struct {
	What string // words: "troops"
	Unit string
	Axis bool // the rows stand on an axis
	Log  bool // of which each step is ten times the one before
	Rows []valueView
	Tick []tick
}

// valueView is one party's word on a value.
type valueView struct {
	Who       string
	Value     string
	Text      quote // where it is words of an article, a place
	Published string
	Link      string // to the claim
	Revises   bool
	Bar       bar
}

// bar is where a range stands on the axis, in hundredths of its width from the
// side where it begins in the reader's direction.
type bar struct {
	From, To string
	Point    bool // one figure
	Open     bool // "at least": it goes on
	Below    bool // "at most": it comes from nothing
}

// tick is a mark of the axis.
type tick struct {
	At     string
	Label  string
	Anchor string // of its label, in SVG's words
}

// figure is a row before it has a place on the axis.
type figure struct {
	low, high float64
	approx    string
	open      bool
}

// contested puts a value into words, a table for each unit.
func (n namer) contested(c isnad.Contested, said map[string]*saidView) []contestedView {
	var out []contestedView
	at := map[string]int{}
	figures := map[string][]figure{}
	for _, v := range c.Values {
		unit := v.Unit
		if _, ok := words()["counted."+c.What]; ok && c.What != "money" {
			unit = "" // "soldier" and "man" are both troops
		}
		i, there := at[unit]
		if !there {
			i = len(out)
			at[unit] = i
			out = append(out, contestedView{What: n.counted(c.What), Unit: unit})
		}
		row := valueView{Who: n.valueOf(v.Speaker, v.Claim, said), Published: v.Published, Link: claimLink(v.Claim), Revises: v.Revises}
		if v.Low != nil {
			f := figure{low: *v.Low, high: *v.Low, approx: v.Approx, open: v.High == nil || v.Approx == "min"}
			if v.High != nil && !f.open {
				f.high = *v.High
			}
			row.Value = n.amount(isnad.Quantity{Low: f.low, High: f.high, Approx: v.Approx})
			figures[unit] = append(figures[unit], f)
		} else {
			row.Value, row.Text = n.wordValue(c.What, v.Text)
		}
		out[i].Rows = append(out[i].Rows, row)
	}
	for i := range out {
		if fs := figures[out[i].Unit]; len(fs) > 0 && len(fs) == len(out[i].Rows) {
			out[i].draw(fs, n.lang)
		}
	}
	return out
}

// counted names a thing that is counted, or what else is contested.
func (n namer) counted(what string) string {
	if _, ok := words()["counted."+what]; ok {
		return say(n.lang, "counted."+what)
	}
	return say(n.lang, "what."+what)
}

// valueOf says whose word a value is.
func (n namer) valueOf(speaker []isnad.Code, claim string, said map[string]*saidView) string {
	if x := said[claim]; x != nil {
		return x.Claims[0].Who
	}
	if len(speaker) == 0 {
		return say(n.lang, "claims.narrated")
	}
	return n.codes(speaker)
}

// wordValue writes a value that is no number.
func (n namer) wordValue(what, text string) (string, quote) {
	switch what {
	case "actor":
		var cs []isnad.Code
		for c := range strings.SplitSeq(text, "+") {
			cs = append(cs, isnad.Code(c))
		}
		return n.codes(cs), quote{}
	case "date":
		from, to, _ := strings.Cut(text, "/")
		return n.period(isnad.When{From: from, To: cmp.Or(to, from), Precision: "day"}), quote{}
	}
	return "", quoted(text, "")
}

// draw gives each row its place on one axis. It begins at nothing; where the
// largest figure is fifty times the smallest or more, its steps are powers of ten.
func (c *contestedView) draw(fs []figure, lang isnad.Lang) {
	top, least := 0.0, math.Inf(1)
	for _, f := range fs {
		top = max(top, f.low, f.high)
		for _, x := range []float64{f.low, f.high} {
			if x > 0 {
				least = min(least, x)
			}
		}
	}
	if top <= 0 {
		return
	}
	c.Axis = true
	c.Log = top >= 50*least
	var end, begin float64
	var ticks []float64
	if c.Log {
		begin, end = math.Floor(math.Log10(least)), math.Ceil(math.Log10(top)-1e-9)
		for e := begin; e <= end; e++ {
			ticks = append(ticks, math.Pow(10, e))
		}
	} else {
		step := math.Pow(10, math.Floor(math.Log10(top))-1)
		for _, times := range []float64{2, 5, 10, 20, 50} {
			if top/step <= 5 {
				break
			}
			step = times * math.Pow(10, math.Floor(math.Log10(top))-1)
		}
		end = math.Ceil(top/step-1e-9) * step
		for i := 0; float64(i)*step <= end+step/2; i++ {
			ticks = append(ticks, float64(i)*step)
		}
	}
	place := func(x float64) float64 {
		if c.Log {
			if x <= 0 {
				return 0
			}
			x = math.Log10(x)
		}
		return min(max((x-begin)/(end-begin), 0), 1)
	}
	// Marks at the ends keep clear of the edge, by a fiftieth on either side.
	at := func(x float64) string {
		p := 2 + 96*place(x)
		if lang == isnad.Arabic {
			p = 100 - p
		}
		return strconv.FormatFloat(p, 'f', 2, 64) + "%"
	}
	edge := "100%"
	if lang == isnad.Arabic {
		edge = "0%"
	}
	for _, x := range ticks {
		t := tick{At: at(x), Label: number(x), Anchor: "middle"}
		if p := place(x); p < 0.06 {
			t.Anchor = "start"
		} else if p > 0.94 {
			t.Anchor = "end"
		}
		c.Tick = append(c.Tick, t)
	}
	for i, f := range fs {
		b := bar{From: at(f.low), To: at(f.high), Point: f.low == f.high && !f.open, Open: f.open, Below: f.approx == "max"}
		if b.Open {
			b.To = edge
		}
		if b.Below {
			b.From, b.Point = at(0), false
		}
		c.Rows[i].Bar = b
	}
}
