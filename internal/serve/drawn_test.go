package serve

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"isnad"
	"isnad/internal/atlas"
	"isnad/internal/store"
)

// scattered is quarrel with places of every kind, and an attack by rebels.
func scattered() []store.Reading {
	rs := quarrel()
	put := func(r *store.Reading, claim int, ps ...isnad.Place) { r.Claims[claim].Places = ps }
	city := isnad.Place{ID: "524901", Name: "Moscow", State: "RUS", Lat: 55.75, Lon: 37.62, Precision: "city"}
	put(&rs[0], 0, city)
	put(&rs[1], 0, isnad.Place{ID: "state_rus", Name: "روسيا", State: "RUS", Lat: 64.69, Lon: 97.75, Precision: "state"})
	put(&rs[4], 0, isnad.Place{ID: "kursk_region", Name: "Kursk region", State: "RUS", Lat: 51.7, Lon: 36.2, Precision: "region"})
	put(&rs[4], 1, isnad.Place{ID: "524901", Name: "near Moscow", State: "RUS", Lat: 55.75, Lon: 37.62, Precision: "near"})
	rebels := reading(isnad.Article{ID: "q-5", Outlet: "Harbour", Title: "Clash", Published: "2024-11-14", Lang: "en", Text: "Rebels attacked the army. Turkey attacked Syria.", URL: "https://q-5.example/"},
		told{"ASSAULT", "attacked", "Rebels attacked the army.", "SYR REB Rebels", "SYR MIL army", "", "", isnad.Narrates, isnad.Actual},
		told{"ASSAULT", "attacked Syria", "Turkey attacked Syria.", "TUR MIL Turkey", "SYR GOV Syria", "", "", isnad.Narrates, isnad.Actual})
	rebels.Claims[1].Places = []isnad.Place{{ID: "black_sea", Name: "Black Sea", Lat: 43, Lon: 34, Precision: "sea"}}
	rebels.Claims[1].When = isnad.When{From: "2024-11-12", To: "2024-11-12", Precision: "day"}
	return append(rs, rebels)
}

func TestDrawings(t *testing.T) {
	s := server(t, false, scattered()...)
	for _, c := range []struct {
		path   string
		status int
		en, ar string
	}{
		{"/map", 200, "Russia · 1", "روسيا · 1"},
		{"/map", 200, `class="mk point`, `class="mk area`},
		{"/map", 200, `class="mk near`, `class="mk sea`},
		{"/map?view=30,50,45,60&borders=UKR", 200, "as claimed by Ukraine", "كما تطالب بها أوكرانيا"},
		{"/map?place=524901.city", 200, "Moscow <span", "موسكو <span"},
		{"/map?place=state_rus.state", 200, "disputed</span>", "متنازع فيه</span>"},
		{"/map?place=nowhere.city", 404, "Not found", "غير موجود"},
		{"/map?view=1,2,3", 400, "west,south,east,north", "west,south,east,north"},
		{"/map?borders=right", 400, "write one of neutral, facto", "write one of"},
		{"/map?actor=BRA", 200, "There is nothing to draw", "لا شيء يُرسم"},
		{"/map?type=GIVE", 400, "no type is called", "no type is called"},
		{"/map?as-of=2024-10-18", 200, "Russia", "روسيا"},
		{"/map?wide=390", 200, `viewBox="0 0 390 `, `viewBox="0 0 390 `},
		{"/timeline", 200, "Events of these days", "أحداث هذه الأيام"},
		{"/timeline?from=2024-11-10&to=2024-11-20", 200, "assault", "اعتداء"},
		{"/timeline?from=2024-11-10&to=2024-11-20&day=2024-11-12&lane=mconf", 200, "Chosen:", "المختار:"},
		{"/timeline?from=1900-01-01&to=2024-11-20", 200, "2000", "2000"},
		{"/timeline?from=2024-11-20&to=2024-11-10", 400, "before from", "before from"},
		{"/timeline?from=soon", 400, "it is no date", "it is no date"},
		{"/timeline?day=soon", 400, "it is no date", "it is no date"},
		{"/timeline?lane=up", 400, "vcoop", "vcoop"},
		{"/timeline?actor=BRA", 200, "There is nothing to draw", "لا شيء يُرسم"},
		{"/network", 200, "Turkey → Syria, Acts", "تركيا ← سوريا"},
		{"/network?line=cooperation", 200, "North Korea → Russia", "كوريا الشمالية ← روسيا"},
		{"/network?edge=TUR:SYR:acts", 200, "its course over time", "مساره عبر الزمن"},
		{"/network?edge=TUR:SYR:words", 404, "Not found", "غير موجود"},
		{"/network?state=syr", 200, "Only the lines of", "خطوط هذه الدولة فقط"},
		{"/network?line=love", 400, "acts, words or cooperation", "acts, words or cooperation"},
		{"/network?actor=BRA", 200, "There is nothing to draw", "لا شيء يُرسم"},
		{"/network?as-of=2024-10-18", 200, "North Korea", "كوريا الشمالية"},
	} {
		for lang, want := range map[string]string{"en": c.en, "ar": c.ar} {
			path := c.path + "?lang=" + lang
			if strings.Contains(c.path, "?") {
				path = c.path + "&lang=" + lang
			}
			status, body := get(t, s, path)
			if status != c.status || !strings.Contains(body, want) {
				t.Errorf("%s: %d; want %d and %q in\n%s", path, status, c.status, want, body)
			}
			if len(body) > 150_000 {
				t.Errorf("%s: %d bytes", path, len(body))
			}
			checkAccessible(t, path, body)
			checkQuotes(t, path, body)
		}
	}
}

// What is known of a state only is the state's shape and never a mark.
func TestStateIsNoPoint(t *testing.T) {
	s := server(t, false, scattered()...)
	_, body := get(t, s, "/map?lang=en&actor=PRK&type=AID")
	if !strings.Contains(body, `class="shade `) || strings.Contains(body, `class="mk point mcoop"><title>Russia`) {
		t.Errorf("Russia is not shaded, or is a point:\n%s", body)
	}
	var data EventMap
	if _, text := get(t, s, "/api/map"); json.Unmarshal([]byte(text), &data) != nil || data.Events < 5 || len(data.Places) != 5 {
		t.Errorf("%+v", data)
	}
	for _, p := range data.Places {
		if len(p.Events) != 1 || p.Precision == "" {
			t.Errorf("%+v", p)
		}
	}
}

// An event's page has a small map where its place is exact, and none where only the state is known.
func TestWhere(t *testing.T) {
	s := server(t, false, scattered()...)
	seen := map[bool]int{}
	for _, e := range linked(t, s) {
		p, ok := placeOf(e)
		exact := ok && p.Precision != "state"
		seen[exact]++
		_, body := get(t, s, eventLink(e.ID)+"?lang=en")
		if got := strings.Contains(body, `<figure class="where">`); got != exact {
			t.Errorf("a map on the page of an event at %+v: %v", p, got)
		}
		if exact && !strings.Contains(body, `href="/map?place=`) {
			t.Errorf("the small map of %s does not lead to the map", e.ID)
		}
		checkAccessible(t, e.ID, body)
	}
	if seen[true] < 4 || seen[false] < 2 {
		t.Errorf("%v", seen)
	}
}

// An event stands at the place most of its claims name, and at a finer one in the same state.
func TestPlaceOf(t *testing.T) {
	city, other := isnad.Place{ID: "aden", State: "YEM", Precision: "city"}, isnad.Place{ID: "riyadh", State: "SAU", Precision: "city"}
	yemen := isnad.Place{ID: "state_yem", State: "YEM", Precision: "state"}
	for _, c := range []struct {
		places []isnad.Place
		want   string
	}{{nil, ""}, {[]isnad.Place{yemen, other}, "state_yem"}, {[]isnad.Place{yemen, other, city}, "aden"}, {[]isnad.Place{other, city}, "riyadh"}} {
		if p, ok := placeOf(isnad.Event{Places: c.places}); p.ID != c.want || ok != (c.want != "") {
			t.Errorf("%v: %q; want %q", c.places, p.ID, c.want)
		}
	}
}

// Clusters keep every event once, never mix kinds, and don't cover each other.
func TestClusters(t *testing.T) {
	kinds := slices.Sorted(func(yield func(string) bool) {
		for k := range markKinds {
			if !yield(k) {
				return
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		var groups []*placeGroup
		total := 0
		for i := range rapid.IntRange(0, 40).Draw(t, "places") {
			n := rapid.IntRange(1, 300).Draw(t, "events")
			total += n
			groups = append(groups, &placeGroup{isnad.Place{ID: string(rune('a' + i)), Lat: rapid.Float64Range(-70, 85).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon"),
				Precision: rapid.SampledFrom(kinds).Draw(t, "kind")}, make([]isnad.Event, n)})
		}
		cs, outside := clusters(atlas.Whole(400), groups)
		for i, c := range cs {
			total -= c.n
			for _, g := range c.groups {
				if markKinds[g.Precision] != c.kind {
					t.Fatalf("a %s in a cluster of %s", g.Precision, c.kind)
				}
			}
			for _, o := range cs[:i] {
				if c.covers(o) {
					t.Fatalf("two clusters of %s at %.0f,%.0f and %.0f,%.0f", c.kind, c.x, c.y, o.x, o.y)
				}
			}
		}
		if total != outside {
			t.Fatalf("%d events are missing, %d stand outside", total, outside)
		}
	})
}

// Every event is in a column or before or after them, and Arabic begins at the right.
func TestTimelineCounts(t *testing.T) {
	s := server(t, false, scattered()...)
	for query, step := range map[string]string{"": "month", "?from=2024-10-01&to=2024-11-30": "day", "?from=2024-10-10&to=2024-10-19": "day", "?from=2024-01-01&to=2024-11-30": "week", "?from=1990-01-01&to=2024-11-30": "year"} {
		var data Timeline
		_, text := get(t, s, "/api/timeline"+query)
		if err := json.Unmarshal([]byte(text), &data); err != nil {
			t.Fatal(err, text)
		}
		n := data.Before + data.After
		for _, c := range data.Columns {
			for _, m := range c.Events {
				n += m
			}
		}
		if want := len(linked(t, s)); n != want || query != "" && data.Step != step || len(data.Columns) > mostColumns {
			t.Errorf("%q: %d events of %d, %d columns of a %s", query, n, want, len(data.Columns), data.Step)
		}
	}
	at := regexp.MustCompile(`class="ticktext" x="([0-9.]+)%"`)
	for lang, first := range map[string]bool{"en": true, "ar": false} {
		_, body := get(t, s, "/timeline?from=2024-11-01&to=2024-11-20&lang="+lang)
		ms := at.FindAllStringSubmatch(body, -1)
		if len(ms) < 2 || (len(ms[0][1]) < len(ms[1][1]) || ms[0][1] < ms[1][1]) != first {
			t.Errorf("%s: ticks %v", lang, ms)
		}
	}
}

// What rebels do is no act of their state, and whoever asks twice sees the same.
func TestNetworkOfStates(t *testing.T) {
	s := server(t, false, scattered()...)
	var data Network
	_, text := get(t, s, "/api/network?type=ASSAULT")
	if err := json.Unmarshal([]byte(text), &data); err != nil || len(data.Edges) != 1 || data.Edges[0].From != "TUR" || data.Edges[0].Line != "acts" || len(data.Nodes) != 2 {
		t.Errorf("%+v, %v", data, err)
	}
	_, one := get(t, s, "/network?lang=en")
	for range 5 {
		if _, again := get(t, server(t, false, scattered()...), "/network?lang=en"); again != one {
			t.Fatal("the same store is drawn in another way")
		}
	}
}

// Many states are laid out apart, within the drawing, the same each time; no more than the cap are drawn.
func TestNetworkLayout(t *testing.T) {
	var codes []isnad.Code
	var ties []tie
	counts := map[isnad.Code]int{}
	for i := range 40 {
		c := isnad.Code([]rune{rune('A' + i%26), rune('A' + i/26), 'X'})
		codes = append(codes, c)
		counts[c] = 41 - i
		if i > 0 {
			ties = append(ties, tie{c, codes[0], "acts", make([]isnad.Event, 40-i)}, tie{codes[i/2], c, "words", make([]isnad.Event, 1)})
		}
	}
	for i := range ties {
		for j := range ties[i].Events {
			ties[i].Events[j].ID = string(rune(i)) + string(rune(j))
		}
	}
	first := layoutNodes(codes[:mostNodes], ties[:2*mostNodes-2], counts, 840, 630)
	for range 4 {
		again := layoutNodes(codes[:mostNodes], ties[:2*mostNodes-2], counts, 840, 630)
		for c, p := range first {
			if again[c] != p {
				t.Fatalf("%s stands at %v, before at %v", c, again[c], p)
			}
		}
	}
	close := 0
	for i, a := range codes[:mostNodes] {
		p := first[a]
		if math.IsNaN(p.x) || p.x < sideMargin || p.x > 840-sideMargin || p.y < endMargin || p.y > 630-endMargin {
			t.Errorf("%s stands at %v", a, p)
		}
		for _, b := range codes[:i] {
			if q := first[b]; math.Hypot((p.x-q.x)/84, (p.y-q.y)/46) < 0.6 {
				close++
			}
		}
	}
	if close > 2 {
		t.Errorf("%d pairs of states stand on each other", close)
	}
	m := &netMaker{r: &request{params: &params{}}, n: namer{"en", server(t, false).Lexicon}}
	var p netPage
	m.draw(&p, ties, countNodes(ties))
	if len(p.Nodes) > mostNodes || len(p.Edges) > mostEdges || p.HiddenNodes+len(p.Nodes) != 40 || p.HiddenEdges+len(p.Edges) != len(ties) {
		t.Errorf("%d states, %d left out; %d lines, %d left out, of %d", len(p.Nodes), p.HiddenNodes, len(p.Edges), p.HiddenEdges, len(ties))
	}
}
