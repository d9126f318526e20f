package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"isnad"
	"isnad/lexicon"
)

var article = isnad.Article{ID: "a1", URL: "https://paper.example/a1#top", Outlet: "paper", Title: "Arms\tsent", Published: "2024-11-19T10:00:00+02:00", Lang: "en",
	Text: "First sentence.\nSome \"3,000\" soldiers were sent, <b>Kyiv</b> said.\n"}

// at is a claim of the second sentence.
func at(id string, typ isnad.Type, actor, recipient []isnad.Actor, change ...func(*isnad.Claim)) isnad.Claim {
	c := isnad.Claim{ID: id, Kind: isnad.KindEvent, Article: "a1", Outlet: "paper", Published: article.Published, Field: "text", Sentence: isnad.Span{Start: 16, End: 65}, Type: typ,
		Actor: actor, Recipient: recipient, Stance: isnad.Narrates, Factuality: isnad.Actual, Trigger: isnad.Trigger{Span: isnad.Span{Start: 45, End: 49}, Text: "sent"},
		Confidence: 0.5, Reader: "isnad-0.1+test"}
	for _, f := range change {
		f(&c)
	}
	return c
}

func actor(code isnad.Code, role isnad.Role) isnad.Actor {
	return isnad.Actor{Code: code, Role: role, ID: string(code), Name: "«" + string(code) + "»"}
}

// aid is what most tests export: PRK sends soldiers to RUS, said by UKR.
func aid() isnad.Claim {
	return at("c0000000000000001", "AID", []isnad.Actor{actor("PRK", "")}, []isnad.Actor{actor("RUS", "MIL")}, func(c *isnad.Claim) {
		c.Speaker, c.Stance = []isnad.Actor{actor("UKR", "GOV")}, isnad.States
		c.Chain = []isnad.Voice{{Speaker: c.Speaker, Stance: isnad.States}}
		c.Places = []isnad.Place{{Name: "Kursk", State: "RUS", Lat: 51.73, Lon: 36.19, Precision: "city"}}
		c.When = isnad.When{From: "2024-10-01", To: "2024-10-31", Precision: "month"}
		c.Quantities = []isnad.Quantity{{Kind: "troops", Low: 3000, High: 3000, Approx: "about", Unit: "soldier"}}
	})
}

func eventOf(status isnad.Status, claims ...isnad.Claim) Event {
	e := Event{Event: isnad.Event{ID: "e" + claims[0].ID[1:], Type: claims[0].Type, Mode: claims[0].Mode, Status: status, StatusSince: claims[0].Published, Outlets: 1, Origins: 1,
		When: claims[0].When, Places: claims[0].Places}, Whole: claims, Article: article}
	for _, a := range claims[0].Actor {
		e.Actor = append(e.Actor, a.Code)
	}
	for _, a := range claims[0].Recipient {
		e.Recipient = append(e.Recipient, a.Code)
	}
	for _, c := range claims {
		e.Claims = append(e.Claims, isnad.EventClaim{ID: c.ID, Article: c.Article, URL: article.URL, Outlet: c.Outlet, Published: c.Published, Field: c.Field, Stance: c.Stance, Denies: c.Denies, Sentence: c.Sentence})
	}
	return e
}

// written exports claims and the events of one claim each, as the format holds.
func written(t *testing.T, format, of string, text bool, claims ...isnad.Claim) (string, Header) {
	t.Helper()
	var b bytes.Buffer
	h := write(t, &b, format, of, text, claims...)
	return b.String(), h
}

func write(t *testing.T, w io.Writer, format, of string, text bool, claims ...isnad.Claim) Header {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	f, of, err := Find(format, of)
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(w, f, Options{Lexicon: lex, Of: of, Text: text, Header: Header{Program: "isnad-test", Question: map[string]string{"type": "AID"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		if of == Events {
			err = x.Event(eventOf(isnad.Reported, c))
		} else {
			err = x.Claim(Claim{c, article})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	h, err := x.End()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// lines splits tab-separated output into rows of cells.
func lines(s string) (out [][]string) {
	for line := range strings.Lines(s) {
		out = append(out, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return out
}

// cell finds a value by the layout's name.
func cell(t *testing.T, format string, row []string, name string) string {
	t.Helper()
	columns, err := Columns(format, "")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
	if i < 0 || len(row) != len(columns) {
		t.Fatalf("%s: column %s is %d of %d cells", format, name, i, len(row))
	}
	return row[i]
}

func wants(t *testing.T, format string, row []string, want map[string]string) {
	t.Helper()
	for name, v := range want {
		if got := cell(t, format, row, name); got != v {
			t.Errorf("%s %s is %q; want %q", format, name, got, v)
		}
	}
}

func TestGDELTHasNoHeaderAndFIPS(t *testing.T) {
	out, h := written(t, "gdelt", "", false, aid())
	rows := lines(out)
	if len(rows) != 1 || len(rows[0]) != 61 || h.Rows != 1 {
		t.Fatalf("%d rows of %d cells", len(rows), len(rows[0]))
	}
	wants(t, "gdelt", rows[0], map[string]string{"Day": "20241001", "MonthYear": "202410", "Year": "2024", "Actor1Code": "PRK", "Actor1CountryCode": "PRK", "Actor1Name": "NORTH KOREA",
		"Actor2Code": "RUSMIL", "Actor2Type1Code": "MIL", "EventCode": "070", "EventBaseCode": "070", "EventRootCode": "07", "QuadClass": "2", "ActionGeo_CountryCode": "RS",
		"ActionGeo_Type": "4", "ActionGeo_Lat": "51.73", "NumMentions": "1", "DATEADDED": "20241119080000", "SOURCEURL": "https://paper.example/a1#isnad=e0000000000000001"})
}

// FIPS 10-4 and ISO mean different places by the same letters.
func TestFIPSIsNotISO(t *testing.T) {
	all, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	countries := byID(all["countries"])
	for state, fips := range map[string]string{"CHN": "CH", "DEU": "GM", "ISR": "IS", "RUS": "RS", "PRK": "KN", "BHR": "BA", "OMN": "MU", "MAR": "MO", "DZA": "AG", "CHE": "SZ", "UKR": "UP", "IRQ": "IZ", "GBR": "UK"} {
		if got := countries[state]["fips"]; got != fips {
			t.Errorf("%s is %q in FIPS 10-4; want %q", state, got, fips)
		}
	}
}

func TestICEWSKeepsLeadingZeros(t *testing.T) {
	pact := at("c0000000000000002", "CONSULT", []isnad.Actor{actor("PRK", ""), actor("RUS", "")}, []isnad.Actor{actor("PRK", ""), actor("RUS", "")})
	alone := at("c0000000000000003", "MOBILIZE", []isnad.Actor{actor("PRK", "")}, nil)
	out, h := written(t, "icews", "", false, aid(), pact, alone)
	rows := lines(out)
	if len(rows) != 4 || rows[0][6] != "CAMEO Code" {
		t.Fatalf("want a header, a row and a pair of rows:\n%s", out)
	}
	wants(t, "icews", rows[1], map[string]string{"CAMEO Code": "070", "Event Text": "Provide aid", "Intensity": "7.0", "Source Name": "North Korea", "Source Country": "North Korea",
		"Target Country": "Russian Federation", "Target Sectors": "Military,Government", "Sentence Number": "2", "City": "Kursk", "Country": "Russian Federation", "isnad ID": "c0000000000000001"})
	wants(t, "icews", rows[2], map[string]string{"CAMEO Code": "040", "Source Country": "North Korea", "Target Country": "Russian Federation"})
	wants(t, "icews", rows[3], map[string]string{"CAMEO Code": "040", "Source Country": "Russian Federation", "Target Country": "North Korea"})
	if rows[2][0] != rows[3][0] {
		t.Error("the rows of one claim have different Event IDs")
	}
	if h.LeftOut[string(hasOneSide)] != 1 {
		t.Errorf("left out: %v", h.LeftOut)
	}
}

func TestPOLECAT(t *testing.T) {
	out, _ := written(t, "polecat", "", false, aid(), at("c4", "CONSULT", []isnad.Actor{actor("EUU", ""), actor("MED", "MED")}, nil, func(c *isnad.Claim) { c.Mode = []string{"visit"} }))
	rows := lines(out)
	columns, _ := Columns("polecat", "")
	if len(columns) != 40 || rows[0][0] != "Event ID" || len(rows) != 3 {
		t.Fatalf("%d columns, %d lines", len(columns), len(rows))
	}
	wants(t, "polecat", rows[1], map[string]string{"Event ID": "a1_c0000000000000001", "Event Type": "AID", "Intensity": "10", "Quad Code": "MATERIAL COOPERATION", "Actor Country": "PRK",
		"Recipient Country": "RUS", "Primary Recipient Sector": "MIL", "Actor Name Raw": "«PRK»", "Publication Date": "2024-11-19"})
	// MED is media here and medicine in PLOVER.
	wants(t, "polecat", rows[2], map[string]string{"Event Mode": "visit", "Intensity": "4", "Actor Country": "EUR;JRN", "Actor Sectors": "JRN", "Recipient Country": "None"})
}

func TestACLED(t *testing.T) {
	attack := at("c0000000000000005", "ASSAULT", []isnad.Actor{actor("ISR", "MIL")}, []isnad.Actor{actor("SYR", "CVL")}, func(c *isnad.Claim) {
		c.Mode = []string{"aerial"}
		c.Places = []isnad.Place{{Name: "حلب", State: "SYR", Lat: 36.2, Lon: 37.16, Precision: "city"}}
		c.Quantities = []isnad.Quantity{{Kind: "killed", Low: 12, High: 14}, {Kind: "killed", Low: 9, High: 9}, {Kind: "wounded", Low: 3}}
	})
	somewhere := at("c0000000000000006", "ASSAULT", []isnad.Actor{actor("ISR", "MIL")}, nil, func(c *isnad.Claim) {
		c.Places = []isnad.Place{{Name: "Syria", State: "SYR", Lat: 35, Lon: 38, Precision: "state"}}
	})
	out, h := written(t, "acled", "", true, attack, somewhere, aid())
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 2 || len(rows[0]) != 31 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	wants(t, "acled", rows[1], map[string]string{"event_id_cnty": "SYRe0000000000000005", "event_date": "2024-11-19", "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike",
		"fatalities": "9", "iso": "760", "country": "Syria", "civilian_targeting": "Civilian targeting", "inter1": "State forces", "geo_precision": "1", "timestamp": "1732003200"})
	if !strings.Contains(cell(t, "acled", rows[1], "notes"), `Some "3,000" soldiers`) {
		t.Error("no sentence in the notes although texts were asked for")
	}
	if h.LeftOut[string(hasNoPlace)] != 1 || h.Rows != 1 {
		t.Errorf("header %+v", h)
	}
}

// What was denied, feared or did not happen is no deed.
func TestDeedsOnly(t *testing.T) {
	denied := aid()
	denied.Stance, denied.Denies = isnad.Denies, isnad.DeniesEvent
	negated := aid()
	negated.Factuality = isnad.Negated
	judgement := aid()
	judgement.Kind, judgement.Type = isnad.KindAssessment, ""
	for _, f := range []string{"icews", "polecat", "gdelt", "acled"} {
		_, h := written(t, f, "", false, denied, negated, judgement)
		if h.Rows != 0 || len(h.LeftOut) != 3 {
			t.Errorf("%s wrote %d rows, left out %v", f, h.Rows, h.LeftOut)
		}
	}
	if _, h := written(t, "csv", "", false, denied, negated, judgement); h.Rows != 3 {
		t.Errorf("csv wrote %d rows of 3", h.Rows)
	}
}

// No text of an article goes out unless it is asked for.
func TestTextOnlyWhenAsked(t *testing.T) {
	for _, f := range Formats {
		for _, of := range f.Of {
			for _, asked := range []bool{false, true} {
				out, _ := written(t, f.Name, of, asked, aid())
				if has := strings.Contains(out, "soldiers were"); has && !asked {
					t.Errorf("%s of %s holds the sentence", f.Name, of)
				} else if asked && !has && slices.Contains([]string{"jsonl", "csv", "geojson", "graphml"}, f.Name) {
					t.Errorf("%s of %s lacks the sentence", f.Name, of)
				}
			}
		}
	}
}

// Every format carries the id of each row, and the same rows give the same bytes.
func TestIDsAndBytes(t *testing.T) {
	for _, f := range Formats {
		for _, of := range f.Of {
			c := aid()
			c.Type, c.Places[0].Precision = "ASSAULT", "city"
			out, h := written(t, f.Name, of, false, c)
			if again, _ := written(t, f.Name, of, false, c); again != out {
				t.Errorf("%s of %s differs from run to run", f.Name, of)
			}
			if !strings.Contains(out, "0000000000000001") || h.Rows != 1 || h.Outlets["paper"] != 1 || h.From != "2024-11-19" {
				t.Errorf("%s of %s: %+v\n%s", f.Name, of, h, out)
			}
		}
	}
}

func TestJSONL(t *testing.T) {
	out, _ := written(t, "jsonl", "", true, aid())
	var c struct {
		isnad.Claim
		Title, Words string
	}
	if err := json.Unmarshal([]byte(out), &c); err != nil || c.ID != aid().ID || c.Words != `Some "3,000" soldiers were sent, <b>Kyiv</b> said` || c.Title != article.Title {
		t.Errorf("%+v %v", c, err)
	}
}

func TestGeoJSON(t *testing.T) {
	state := aid()
	state.ID, state.Places = "c0000000000000009", []isnad.Place{{Name: "Russia", State: "RUS", Lat: 60, Lon: 100, Precision: "state"}}
	out, _ := written(t, "geojson", Claims, false, aid(), state)
	var g struct {
		Type     string
		Features []struct {
			ID         string
			Geometry   *struct{ Coordinates []float64 }
			Properties map[string]any
		}
		Isnad Header
	}
	if err := json.Unmarshal([]byte(out), &g); err != nil || len(g.Features) != 2 {
		t.Fatal(err, out)
	}
	if c := g.Features[0].Geometry.Coordinates; c[0] != 36.19 || c[1] != 51.73 {
		t.Errorf("coordinates %v; longitude stands first", c)
	}
	if g.Features[1].Geometry != nil {
		t.Error("a whole state got a pin")
	}
	if g.Isnad.Rows != 2 || g.Isnad.Program != "isnad-test" || g.Isnad.Lexicon == "" {
		t.Errorf("header %+v", g.Isnad)
	}
}

func TestGraphML(t *testing.T) {
	c := aid()
	c.Trigger.Text = "a<b & \x01"
	out, _ := written(t, "graphml", Claims, false, c, at("c7", "MOBILIZE", []isnad.Actor{actor("PRK", "")}, nil))
	var g struct {
		Key []struct {
			ID string `xml:"id,attr"`
		} `xml:"key"`
		Graph struct {
			Node []struct {
				ID string `xml:"id,attr"`
			} `xml:"node"`
			Edge []struct {
				Source string `xml:"source,attr"`
				Target string `xml:"target,attr"`
				Data   []struct {
					Key string `xml:"key,attr"`
				} `xml:"data"`
			} `xml:"edge"`
		} `xml:"graph"`
	}
	if err := xml.Unmarshal([]byte(out), &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Graph.Node) != 2 || len(g.Graph.Edge) != 1 || g.Graph.Edge[0].Source != "PRK" || g.Graph.Edge[0].Target != "RUS" {
		t.Errorf("%+v", g.Graph)
	}
	for _, d := range g.Graph.Edge[0].Data {
		if !slices.ContainsFunc(g.Key, func(k struct {
			ID string `xml:"id,attr"`
		}) bool {
			return k.ID == d.Key
		}) {
			t.Errorf("data %s has no key", d.Key)
		}
	}
}

func TestFind(t *testing.T) {
	for _, bad := range [][2]string{{"xlsx", ""}, {"gdelt", Claims}, {"icews", Events}, {"csv", "articles"}} {
		if _, _, err := Find(bad[0], bad[1]); !errors.Is(err, ErrFormat) {
			t.Errorf("Find(%q, %q): %v", bad[0], bad[1], err)
		}
	}
}

// kinds are how a value of a layout's type looks.
var kinds = map[string]*regexp.Regexp{"integer": regexp.MustCompile(`^-?\d*$`), "float": regexp.MustCompile(`^(-?\d+(\.\d+)?(E-?\d+)?)?$`), "date": regexp.MustCompile(`^(\d{4}-\d\d-\d\d)?$`), "string": regexp.MustCompile(`^[^\t\n]*$`)}

// misfits are the cells that do not look like their column's type.
func misfits(columns []Column, row []string) (out []string) {
	if len(row) != len(columns) {
		return []string{fmt.Sprintf("%d cells under %d columns", len(row), len(columns))}
	}
	for i, c := range columns {
		if !kinds[c.Type].MatchString(row[i]) {
			out = append(out, fmt.Sprintf("%s (%s): %q", c.Name, c.Type, row[i]))
		}
	}
	return out
}
