package escalation

import (
	"cmp"
	"maps"
	"slices"

	"isnad"
)

// Series is a scope's happenings with the volume that they were reported in,
// ready for any step and span.
type Series struct {
	m      *Method
	scope  Scope
	volume Volume
	hs     []Happening // of the scope, by day and event
	cache  map[Period]*sums
}

// Series picks the happenings of a scope. Their order is nothing.
func (m *Method) Series(scope Scope, hs []Happening, v Volume) *Series {
	s := &Series{m: m, scope: scope, volume: v, cache: map[Period]*sums{}}
	for _, h := range hs {
		if h.Day != 0 && m.In(scope, h) {
			s.hs = append(s.hs, h)
		}
	}
	slices.SortFunc(s.hs, func(a, b Happening) int { return cmp.Or(a.Day-b.Day, cmp.Compare(a.Event, b.Event)) })
	return s
}

// sums is a period before statistics.
type sums struct {
	by       map[isnad.Lang]int
	volume   int
	contribs []Contribution
	lines    map[Line]Points
}

// sum adds up a period.
func (s *Series) sum(p Period) *sums {
	if c := s.cache[p]; c != nil {
		return c
	}
	out := &sums{lines: map[Line]Points{}}
	out.by, out.volume = s.volume.span(p.From, p.To)
	s.cache[p] = out
	if out.volume == 0 {
		return out
	}
	i, _ := slices.BinarySearchFunc(s.hs, p.From, func(h Happening, day int) int { return h.Day - day })
	for ; i < len(s.hs) && s.hs[i].Day <= p.To; i++ {
		h := &s.hs[i]
		line, w := s.m.weigh(*h)
		if w == 0 {
			continue
		}
		v := s.m.perArticle(w, *h, out)
		out.contribs = append(out.contribs, Contribution{Event: h.Event, Line: line, Value: v, weight: w, h: h})
		if s.m.nuclear(*h) {
			out.contribs = append(out.contribs, Contribution{Event: h.Event, Line: Nuclear, Value: v, weight: w, h: h})
		}
	}
	for _, line := range Lines {
		s.m.cap(out.contribs, line)
	}
	for _, c := range out.contribs {
		out.lines[c.Line] += c.Value
	}
	return out
}

// perArticle divides a weight by the readable articles of the languages in which
// the event is told: the mean over these, each with its own volume, so that a
// language that came later makes the others' events no smaller.
func (m *Method) perArticle(w Points, h Happening, s *sums) Points {
	c := m.t.Constants
	if m.without.Denominators {
		return w
	}
	var sum Points
	n := Points(0)
	for _, l := range h.Langs {
		if s.by[l] > 0 {
			sum += w.times(Points(c.PerArticles), Points(max(s.by[l], c.VolumeFloor)))
			n++
		}
	}
	if n == 0 {
		return w.times(Points(c.PerArticles), Points(max(s.volume, c.VolumeFloor)))
	}
	return sum.times(1, n)
}

// cap holds down the share of one origin in a line. An event's contribution is
// parted equally among its origins. Beyond its heaviest event, an origin adds no
// more than OriginShare of what it adds together with the others. So a further
// event of another origin never makes a value smaller, which a plain cap on the
// share did: 18 points of one origin became 10 when another brought 5.
func (m *Method) cap(cs []Contribution, line Line) {
	total := map[string]Points{}
	heaviest := map[string]Points{}
	var all Points
	for i := range cs {
		c := &cs[i]
		if c.Line != line {
			continue
		}
		c.origins = c.h.Origins
		if len(c.origins) == 0 {
			c.origins = []string{""}
		}
		n := Points(len(c.origins))
		c.shares = make([]Points, n)
		for j := range c.shares {
			c.shares[j] = c.Value / n
			if Points(j) < c.Value%n {
				c.shares[j]++
			}
			total[c.origins[j]] += c.shares[j]
			heaviest[c.origins[j]] = max(heaviest[c.origins[j]], c.shares[j])
		}
		all += c.Value
	}
	if m.without.Origins || len(total) == 0 {
		return
	}
	share := m.t.Constants.OriginShare
	for _, o := range slices.Sorted(maps.Keys(total)) {
		most := heaviest[o] + (all-total[o]).times(share, Point-share)
		if total[o] <= most {
			continue
		}
		for i := range cs {
			for j := range cs[i].shares {
				if cs[i].Line == line && cs[i].origins[j] == o {
					cs[i].shares[j] = cs[i].shares[j].times(most, total[o])
				}
			}
		}
	}
	for i := range cs {
		if cs[i].Line == line {
			cs[i].Value = 0
			for _, v := range cs[i].shares {
				cs[i].Value += v
			}
		}
	}
}

// Values are the series from one day to another, both inclusive, by periods.
func (s *Series) Values(step Step, from, to int) []Value {
	var out []Value
	for _, p := range Periods(step, from, to) {
		out = append(out, s.value(step, p))
	}
	return out
}

// Sums are a line's values without their statistics, null where nothing was read.
func (s *Series) Sums(step Step, from, to int, line Line) []*Points {
	var out []*Points
	for _, p := range Periods(step, from, to) {
		x := s.sum(p)
		if x.volume == 0 {
			out = append(out, nil)
			continue
		}
		v := x.lines[line]
		out = append(out, &v)
	}
	return out
}

// value is a period with its statistics.
func (s *Series) value(step Step, p Period) Value {
	x := s.sum(p)
	v := Value{Dyad: s.scope.String(), Day: isnad.DayDate(p.From), To: isnad.DayDate(p.To), Volume: x.volume, Volumes: x.by, Method: s.m.name}
	if st := s.m.standing(s.hs, p.To); st != nil {
		v.Ladder, v.Rung = st, &st.Rung
	}
	if x.volume == 0 {
		v.State = s.volume.unread(p.From, s.m.t.Constants.GapDays)
		return v
	}
	v.State = Quiet
	if len(x.contribs) > 0 {
		v.State = Measured
	}
	for _, c := range x.contribs {
		if c.Line != Nuclear { // those stand in their own line already
			v.Contribs = append(v.Contribs, c)
		}
	}
	for _, line := range Lines {
		lv := s.line(step, p, line)
		v.Lines = append(v.Lines, lv.LineValue)
		v.History = lv.history
	}
	get := func(l Line) *Points { y := x.lines[l]; return &y }
	v.Acts, v.Words, v.Cooperation, v.Disputed = get(Acts), get(Words), get(Cooperation), get(Disputed)
	acts := v.Of(Acts)
	v.Low, v.High, v.Z, v.Percentile = &acts.Low, &acts.High, acts.Z, acts.Percentile
	return v
}

type lineValue struct {
	LineValue
	history int
}

func (s *Series) line(step Step, p Period, line Line) lineValue {
	x := s.sum(p)
	lv := lineValue{LineValue: LineValue{Line: line, Value: x.lines[line]}}
	by := map[string]Points{}
	for _, c := range x.contribs {
		if c.Line != line {
			continue
		}
		lv.Events++
		lv.Weight += c.weight
		for i, o := range c.origins {
			by[o] += c.shares[i]
		}
	}
	lv.Origins = len(by)
	for _, o := range slices.Sorted(maps.Keys(by)) {
		if lv.Largest == "" || by[o] > by[lv.Largest] {
			lv.Largest = o
		}
	}
	lv.WithoutLargest = lv.Value - by[lv.Largest]
	lv.Low, lv.High = s.m.interval(s.scope, p, line, x.contribs)
	b := s.baseline(step, p, line)
	lv.history, lv.Median, lv.Z, lv.Percentile = b.history, b.median, b.z, b.percentile
	return lv
}
