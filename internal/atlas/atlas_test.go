package atlas

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"isnad"
	"isnad/lexicon"
)

// tables reads the lexicon's territories and conventions.
func tables(t testing.TB) ([]Territory, map[string]Convention) {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	codes := func(r lexicon.Row, column string) (out []isnad.Code) {
		for _, c := range r.List(column) {
			out = append(out, isnad.Code(c))
		}
		return out
	}
	var ts []Territory
	for _, r := range lex.Table("territories").Rows {
		ts = append(ts, Territory{r.Get("area"), isnad.Code(r.Get("in")), r.Get("by"), codes(r, "claimants"), codes(r, "against")})
		if !HasArea(r.Get("area")) {
			t.Errorf("%s: no outline is called %s", r.Place(), r.Get("area"))
		}
	}
	cs := map[string]Convention{}
	for _, r := range lex.Table("border_conventions").Rows {
		c := Convention{Rule(r.Get("rule")), isnad.Code(r.Get("state"))}
		cs[r.ID()] = c
		if c.Rule == Claim && !slices.ContainsFunc(ts, func(t Territory) bool { return claims(c.State, t) }) {
			t.Errorf("%s: no territory is claimed or administered by %s", r.Place(), c.State)
		}
	}
	return ts, cs
}

// How the lines of known disputes are drawn under the conventions.
func TestConventions(t *testing.T) {
	ts, cs := tables(t)
	names := map[style]string{none: "none", full: "full", dashed: "dashed", dotted: "dotted"}
	for _, c := range []struct {
		between, along, convention, want string
	}{
		{"RUS UKR", "B89", "neutral", "dashed"}, {"RUS UKR", "B89", "facto", "dashed"}, {"RUS UKR", "B89", "UKR", "none"}, {"RUS UKR", "B89", "RUS", "full"},
		{"ISR SYR", "B16", "facto", "dashed"}, {"ISR SYR", "B16", "SYR", "none"}, {"ISR SYR", "B16", "ISR", "full"},
		{"ESH MAR", "B19", "MAR", "none"}, {"ESH MAR", "B19", "facto", "dashed"}, {"DZA ESH", "", "facto", "full"},
		{"IND PAK", "B05|B09", "IND", "none"}, {"IND PAK", "B05|B09", "PAK", "none"}, {"IND PAK", "B05|B09", "neutral", "dashed"}, {"IND PAK", "", "neutral", "full"},
		{"SRB XKX", "", "facto", "dashed"}, {"SRB XKX", "", "SRB", "none"}, {"ALB XKX", "", "neutral", "full"},
		{"ISR PSE", "", "neutral", "dashed"}, {"JOR PSE", "", "neutral", "full"}, {"KOR PRK", "", "facto", "dashed"},
		{"FRA DEU", "", "neutral", "full"}, {"RUS UKR", "", "neutral", "full"},
	} {
		var of []isnad.Code
		for _, s := range strings.Fields(c.between) {
			of = append(of, isnad.Code(s))
		}
		if got := names[border(arc{of: of, areas: split(c.along)}, cs[c.convention], ts)]; got != c.want {
			t.Errorf("%s along %q under %s: %s; want %s", c.between, c.along, c.convention, got, c.want)
		}
	}
	by := map[string]Territory{}
	for _, x := range ts {
		by[x.Area] = x
	}
	for _, c := range []struct{ area, convention, want string }{
		{"B35", "facto", "dashed"}, {"B35", "GEO", "none"}, {"B35", "neutral", "dashed"}, {"B16", "facto", "dotted"}, {"B16", "SYR", "full"}, {"B16", "ISR", "none"},
		{"B19", "MAR", "none"}, {"B56", "VEN", "full"}, {"B56", "GUY", "none"}, {"B56", "UKR", "dotted"},
	} {
		if got := names[edge(by[c.area], cs[c.convention], ts)]; got != c.want {
			t.Errorf("edge of %s under %s: %s; want %s", c.area, c.convention, got, c.want)
		}
	}
}

// Each of these disputes is told from the table of outlines: its lines are there.
func TestDisputesHaveLines(t *testing.T) {
	ts, _ := tables(t)
	for _, x := range ts {
		if x.In == "" {
			continue
		}
		found := len(earth().edges[x.Area]) > 0
		for _, a := range earth().arcs {
			found = found || slices.Contains(a.areas, x.Area) && slices.Contains(a.of, x.In)
		}
		if !found && !slices.Contains([]string{"B18", "B47", "B58", "B68", "B73", "B75"}, x.Area) { // islands, and areas no larger than the lines are exact
			t.Errorf("%s has neither an edge nor a border in outlines.tsv", x.Area)
		}
	}
}

// Another convention is another drawing, and a claim is the shape of who makes it.
func TestDraw(t *testing.T) {
	ts, cs := tables(t)
	v := View{33, 31, 38, 35, 800}
	states := []isnad.Code{"SYR", "ISR", "VAT", "UNK"}
	facto, neutral, syr := Draw(v, cs["facto"], ts, states), Draw(v, cs["neutral"], ts, states), Draw(v, cs["SYR"], ts, states)
	if facto.Nobody != "" || neutral.Nobody == "" || facto.Claimed == "" || neutral.Claimed != "" {
		t.Errorf("nobody's land is drawn under the wrong convention")
	}
	if strings.Count(syr.Shapes[0].Path, "M") != strings.Count(facto.Shapes[0].Path, "M")+1 {
		t.Errorf("the Golan is no part of Syria's shape under its claim: %q", syr.Shapes[0].Path)
	}
	if len(facto.Shapes) != 2 || facto.Shapes[0].State != "SYR" || facto.Shapes[1].State != "ISR" {
		t.Errorf("%d shapes; want those of Syria and Israel, which can be seen here", len(facto.Shapes))
	}
	for _, s := range facto.Shapes {
		if s.X < 0 || s.X > 800 || s.Y < 0 || s.Y > float64(v.Height()) {
			t.Errorf("%s is to be named outside the drawing, at %.0f %.0f", s.State, s.X, s.Y)
		}
	}
}

// The whole world is a small picture.
func TestWeight(t *testing.T) {
	ts, cs := tables(t)
	for _, v := range []View{Whole(840), {25, 10, 65, 42, 840}, {34, 31, 37, 34, 840}} {
		d := Draw(v, cs["neutral"], ts, nil)
		n := len(d.Land) + len(d.Solid) + len(d.Broken) + len(d.Claimed) + len(d.Nobody)
		t.Logf("%s: %d bytes of paths", v, n)
		if n > 60_000 || len(d.Land) < 80 {
			t.Errorf("%s: %d bytes of paths, %d of land", v, n, len(d.Land))
		}
	}
}

// A view stays in the world with its shape, whatever is asked of it, and is read
// as it is written.
func TestViews(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(low, high float64, name string) float64 { return rapid.Float64Range(low, high).Draw(t, name) }
		var places [][2]float64
		for range rapid.IntRange(0, 5).Draw(t, "places") {
			places = append(places, [2]float64{n(-55, 75, "lat"), n(-180, 180, "lon")})
		}
		v := Around(places, 800, 0.6)
		for range rapid.IntRange(0, 6).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "zoom") {
				v = v.Zoom(n(0.2, 5, "factor"), n(-90, 90, "lat"), n(-200, 200, "lon"))
			} else {
				v = v.Move(n(-1, 1, "east"), n(-1, 1, "north"))
			}
		}
		if v.West < LeastLon-1e-6 || v.East > MostLon+1e-6 || v.South < LeastLat-1e-6 || v.North > MostLat+1e-6 || v.East-v.West < leastSpan-1e-6 || v.Height() < 1 {
			t.Fatalf("%+v", v)
		}
		back, err := ParseView(v.String(), 800)
		if err != nil || math.Abs(back.West-v.West) > 0.01 || math.Abs(back.North-v.North) > 0.01 {
			t.Fatalf("%s: %v, %v", v, back, err)
		}
	})
	for _, p := range [][2]float64{{15, 44}, {55, 37}, {-33, 151}} {
		v := Around([][2]float64{p, {30, 31}}, 800, 0.6)
		if !v.Sees(p[0], p[1]) || !v.Sees(30, 31) {
			t.Errorf("%s does not see %v", v, p)
		}
		if lat := latitude(miller(p[0])); math.Abs(lat-p[0]) > 1e-9 {
			t.Errorf("latitude %f came back as %f", p[0], lat)
		}
	}
	for _, bad := range []string{"", "1,2,3", "1,2,3,x", "60,10,30,40", "30,40,60,10", "NaN,1,2,3", "0,0,1e9,1"} {
		if _, err := ParseView(bad, 800); err == nil || !strings.Contains(err.Error(), "view") {
			t.Errorf("view %q: %v", bad, err)
		}
	}
}

// The world is drawn in a few thousandths of a second.
func BenchmarkDraw(b *testing.B) {
	ts, cs := tables(b)
	for b.Loop() {
		Draw(Whole(840), cs["neutral"], ts, nil)
	}
}
