package ledger

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"isnad"
	"isnad/lexicon"
)

// testLedger has the constants and agencies of the lexicon.
func testLedger(t testing.TB) *Ledger {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, r := range lex.Table("linking").Rows {
		if values[r.ID()], err = strconv.ParseFloat(r.Get("value"), 64); err != nil {
			t.Fatal(err)
		}
	}
	o, err := NewOptions(values)
	if err != nil {
		t.Fatal(err)
	}
	return New("test", o, []string{"afp", "reuters", "dpa"})
}

// words makes a bag of words that all weigh the same.
func words(s string) []isnad.Word {
	var out []isnad.Word
	for _, w := range strings.Fields(s) {
		h := fnv.New32a()
		h.Write([]byte(w))
		out = append(out, isnad.Word{Hash: h.Sum32(), Weight: 6})
	}
	slices.SortFunc(out, func(a, b isnad.Word) int { return cmp.Compare(a.Hash, b.Hash) })
	return out
}

// report is an article of one claim, written as
// "outlet date TYPE ACTOR>RECIPIENT by SPEAKER stance: words".
func report(id, line string, more ...func(*isnad.Claim, *isnad.Facts)) isnad.Entry {
	head, text, _ := strings.Cut(line, ": ")
	f := strings.Fields(head)
	from, to, _ := strings.Cut(f[3], ">")
	c := isnad.Claim{ID: "c" + id, Kind: isnad.KindEvent, Article: "a" + id, Outlet: f[0], Published: f[1], Field: "text", Type: isnad.Type(f[2]),
		Actor: actors(from), Recipient: actors(to), Stance: isnad.Stance(f[len(f)-1]), Factuality: isnad.Actual}
	if f[4] == "by" {
		c.Speaker = actors(f[5])
	}
	if c.Stance == isnad.Denies {
		c.Denies = isnad.DeniesEvent
	}
	facts := &isnad.Facts{Article: c.Article, Gist: words(text), Around: map[string][]isnad.Word{c.ID: words(text)}}
	for _, m := range more {
		m(&c, facts)
	}
	return isnad.Entry{Claim: c, Facts: facts, URL: "https://example.org/" + id}
}

func actors(codes string) []isnad.Actor {
	var out []isnad.Actor
	for _, c := range strings.FieldsFunc(codes, func(r rune) bool { return r == '+' || r == '-' }) {
		out = append(out, isnad.Actor{Code: isnad.Code(c)})
	}
	return out
}

func credit(kind isnad.CreditKind, outlet string) func(*isnad.Claim, *isnad.Facts) {
	return func(_ *isnad.Claim, f *isnad.Facts) {
		f.Credits = append(f.Credits, isnad.Credit{Kind: kind, Outlet: outlet})
	}
}

func counts(kind string, low, high float64, approx string) func(*isnad.Claim, *isnad.Facts) {
	return func(c *isnad.Claim, _ *isnad.Facts) {
		c.Quantities = append(c.Quantities, isnad.Quantity{Kind: kind, Low: low, High: high, Approx: approx})
	}
}

func runs(rs ...uint32) func(*isnad.Claim, *isnad.Facts) {
	return func(_ *isnad.Claim, f *isnad.Facts) { f.Runs = rs }
}

const (
	harbour = "frigate shelled harbour Zafira cranes burning grain silo"
	bridge  = "sappers blew viaduct Orsova midnight convoy stranded gorge"
)

func TestEventsAreLinked(t *testing.T) {
	l := testLedger(t)
	events := l.Events([]isnad.Entry{
		report("1", "north 2021-03-01 ASSAULT RUS>UKR narrates: "+harbour),
		report("2", "south 2021-03-01 ASSAULT RUS>UKR by UKR states: frigate shelled harbour Zafira two cranes ablaze"),
		report("3", "east 2021-03-02 ASSAULT RUS>UKR narrates: harbour Zafira shelled frigate silo grain losses"),
		report("4", "north 2021-03-01 ASSAULT RUS>UKR narrates: "+bridge),
		report("5", "north 2021-03-20 ASSAULT RUS>UKR narrates: "+harbour), // weeks later: the same words, another time
		report("6", "north 2021-03-01 ACCUSE UKR>RUS narrates: "+harbour),
		report("7", "west 2021-03-01 ASSAULT IRN>ISR narrates: "+harbour), // other parties
	})
	var got []string
	for _, e := range events {
		var ids []string
		for _, c := range e.Claims {
			ids = append(ids, c.ID)
		}
		got = append(got, strings.Join(ids, "+"))
	}
	slices.Sort(got)
	if want := "c1+c2+c3 c4 c5 c6 c7"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
	if e := events[0]; e.ID != "e1" || e.Outlets != 3 || fmt.Sprint(e.Actor, e.Recipient) != "[RUS] [UKR]" {
		t.Errorf("event %s of %d outlets, %v>%v", e.ID, e.Outlets, e.Actor, e.Recipient)
	}
}

func TestStatus(t *testing.T) {
	l := testLedger(t)
	afp, reuters := credit(isnad.CreditByline, "afp"), credit(isnad.CreditByline, "reuters")
	for _, c := range []struct {
		name string
		want isnad.Status
		es   []isnad.Entry
	}{
		{"an outlet", isnad.Reported, []isnad.Entry{report("1", "north 2021-03-01 AID PRK>RUS narrates: x")}},
		{"one side", isnad.Asserted, []isnad.Entry{report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x")}},
		{"one side in two outlets", isnad.Asserted, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x", afp), report("2", "south 2021-03-01 AID PRK>RUS by UKR states: x", reuters)}},
		{"one agency in two outlets", isnad.Reported, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS narrates: x", afp), report("2", "south 2021-03-01 AID PRK>RUS narrates: x", afp)}},
		{"two agencies", isnad.Corroborated, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS narrates: x", afp), report("2", "south 2021-03-01 AID PRK>RUS narrates: x", reuters)}},
		{"two states", isnad.Corroborated, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x"), report("2", "south 2021-03-02 AID PRK>RUS by USA confirms: x")}},
		{"the actor", isnad.Confirmed, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x"), report("2", "south 2021-03-02 AID PRK>RUS by PRK confirms: x")}},
		{"the recipient denies", isnad.Disputed, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x"), report("2", "south 2021-03-02 AID PRK>RUS by RUS denies: x")}},
		{"a stranger denies", isnad.Asserted, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x"), report("2", "south 2021-03-02 AID PRK>RUS by CHN denies: x")}},
		{"the size is denied", isnad.Asserted, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x"),
			report("2", "south 2021-03-02 AID PRK>RUS by RUS denies: x", func(c *isnad.Claim, _ *isnad.Facts) { c.Denies = isnad.DeniesQuantity })}},
		{"only denied", isnad.OnlyDenied, []isnad.Entry{report("1", "north 2021-03-01 AID PRK>RUS by RUS denies: x")}},
		{"taken back", isnad.Retracted, []isnad.Entry{
			report("1", "north 2021-03-01 AID PRK>RUS by UKR states: x"), report("2", "south 2021-03-02 AID PRK>RUS by UKR denies: x")}},
	} {
		e := l.Event(c.es)
		if e.Status != c.want {
			t.Errorf("%s: %s, want %s", c.name, e.Status, c.want)
		}
		if want := c.es[len(c.es)-1].Claim.Published; e.StatusSince != want && c.name != "one side in two outlets" && c.name != "a stranger denies" && c.name != "the size is denied" {
			t.Errorf("%s: since %s, want %s", c.name, e.StatusSince, want)
		}
	}
}

func TestOrigins(t *testing.T) {
	l := testLedger(t)
	line := func(outlet string) string { return outlet + " 2021-03-01 ASSAULT RUS>UKR narrates: " + harbour }
	afp, reuters := credit(isnad.CreditByline, "afp"), credit(isnad.CreditByline, "reuters")
	for _, c := range []struct {
		name string
		want string // the origin of each claim
		n    int
		es   []isnad.Entry
	}{
		{"three outlets, one agency", "afp afp afp", 1, []isnad.Entry{report("1", line("north"), afp), report("2", line("south"), afp), report("3", line("east"), afp)}},
		{"a copy without credit", "afp afp", 1, []isnad.Entry{report("1", line("north"), afp, runs(1, 2, 3, 4, 5)), report("2", line("south"), runs(3, 4, 5, 6, 7, 8))}},
		{"a copy under a correspondent's name", "afp afp", 1, []isnad.Entry{report("1", line("north"), afp, runs(1, 2, 3, 4, 5)), report("2", line("south"), credit(isnad.CreditCorrespondent, ""), runs(3, 4, 5, 6, 7, 8))}},
		{"a formula in common is no copy", "afp ", 1, []isnad.Entry{report("1", line("north"), afp, runs(1, 2, 3, 4, 5)), report("2", line("south"), runs(4, 5, 6, 7))}},
		{"one text under two agencies", "afp afp", 1, []isnad.Entry{report("1", line("north"), afp, runs(1, 2, 3, 4, 5)), report("2", line("south"), reuters, runs(1, 2, 3, 4, 6))}},
		{"two agencies", "afp reuters", 2, []isnad.Entry{report("1", line("north"), afp, runs(1, 2, 3, 4)), report("2", line("south"), reuters, runs(5, 6, 7, 8))}},
		{"the paper's own and an agency", "afp south", 2, []isnad.Entry{report("1", line("north"), afp), report("2", line("south"), credit(isnad.CreditCorrespondent, ""))}},
		{"nobody credited", " ", 1, []isnad.Entry{report("1", line("north")), report("2", line("south"))}},
	} {
		e := l.Event(c.es)
		var got []string
		for _, x := range e.Claims {
			got = append(got, x.Origin)
		}
		if strings.Join(got, " ") != c.want || e.Origins != c.n {
			t.Errorf("%s: %q, %d origins; want %q, %d", c.name, strings.Join(got, " "), e.Origins, c.want, c.n)
		}
	}
}

func TestContested(t *testing.T) {
	l := testLedger(t)
	line := func(day, by string) string {
		return "north 2021-03-0" + day + " ASSAULT RUS>UKR " + by + ": " + harbour
	}
	e := l.Event([]isnad.Entry{
		report("1", line("1", "by UKR states"), counts("killed", 27, 27, "exact")),
		report("2", line("2", "by UKR states"), counts("killed", 30, 30, "exact")),
		report("3", line("2", "by RUS states"), counts("killed", 10, 12, "range")),
		report("4", line("3", "narrates"), counts("killed", 40, 0, "min"), counts("wounded", 5, 5, "exact")),
	})
	var got []string
	for _, c := range e.Contested {
		for _, v := range c.Values {
			high := "open"
			if v.High != nil {
				high = fmt.Sprint(*v.High)
			}
			got = append(got, fmt.Sprintf("%s %v %v-%s revises %v", c.What, v.Speaker, *v.Low, high, v.Revises))
		}
	}
	want := "killed [UKR] 27-27 revises false|killed [UKR] 30-30 revises true|killed [RUS] 10-12 revises false|killed [] 40-open revises false"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
}

// A speech act and the act that it speaks of are two events with a link.
func TestLinks(t *testing.T) {
	l := testLedger(t)
	at := func(start int) func(*isnad.Claim, *isnad.Facts) {
		return func(c *isnad.Claim, _ *isnad.Facts) {
			c.Article, c.Sentence, c.Trigger.Start = "a", isnad.Span{End: 90}, start
		}
	}
	events := l.Events([]isnad.Entry{
		report("1", "north 2021-03-01 ACCUSE UKR>PRK narrates: x", at(5)),
		report("2", "north 2021-03-01 AID PRK>RUS by UKR alleges: x", at(30)),
	})
	for _, e := range events {
		want := []isnad.Link{}
		if e.Type == "ACCUSE" {
			want = []isnad.Link{{Kind: isnad.LinkRespondsTo, Event: "e2"}}
		}
		if fmt.Sprint(e.Links) != fmt.Sprint(want) {
			t.Errorf("%s has links %v, want %v", e.Type, e.Links, want)
		}
	}
}

// crowd draws reports of a few happenings over a few days.
func crowd(t *rapid.T) []isnad.Entry {
	topics := []string{harbour, bridge, "envoys met palace Lindau talks armistice prisoners list", "cargo vessel docked quay flour medicine Aldara aid"}
	n := rapid.IntRange(1, 40).Draw(t, "n")
	var out []isnad.Entry
	for i := range n {
		topic := strings.Fields(rapid.SampledFrom(topics).Draw(t, "topic"))
		topic = topic[rapid.IntRange(0, 3).Draw(t, "from"):]
		out = append(out, report(fmt.Sprintf("%02d", i), fmt.Sprintf("%s 2021-03-0%d %s %s narrates: %s",
			rapid.SampledFrom([]string{"north", "south", "east"}).Draw(t, "outlet"), rapid.IntRange(1, 9).Draw(t, "day"),
			rapid.SampledFrom([]string{"ASSAULT", "AID"}).Draw(t, "type"), rapid.SampledFrom([]string{"RUS>UKR", "UKR>RUS", "->UKR"}).Draw(t, "pair"), strings.Join(topic, " "))))
	}
	return out
}

func text(t interface{ Fatal(...any) }, events []isnad.Event) []byte {
	var b bytes.Buffer
	for _, e := range events {
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// The order in which claims come changes no byte, and every claim is in one
// event.
func TestOrderIsNothing(t *testing.T) {
	l := testLedger(t)
	rapid.Check(t, func(t *rapid.T) {
		es := crowd(t)
		want := text(t, l.Events(es))
		mixed := slices.Clone(es)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		got := l.Events(mixed)
		if !bytes.Equal(text(t, got), want) {
			t.Fatal("another order gave other events")
		}
		n := 0
		for _, e := range got {
			n += len(e.Claims)
		}
		if n != len(es) {
			t.Fatalf("%d claims in events, of %d", n, len(es))
		}
	})
}

// What is published later changes no link between earlier claims: the events as
// of a day are those of a ledger that never saw more.
func TestLaterChangesNothingBefore(t *testing.T) {
	l := testLedger(t)
	rapid.Check(t, func(t *rapid.T) {
		es := crowd(t)
		until := fmt.Sprintf("2021-03-0%d", rapid.IntRange(1, 9).Draw(t, "until"))
		var early []isnad.Entry
		for _, e := range es {
			if e.Claim.Published <= until {
				early = append(early, e)
			}
		}
		of := func(events []isnad.Event) map[string]string {
			m := map[string]string{}
			for _, e := range events {
				for _, c := range e.Claims {
					if c.Published <= until {
						m[c.ID] = e.ID
					}
				}
			}
			return m
		}
		if got, want := of(l.Events(es)), of(l.Events(early)); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("with later claims %v, without %v", got, want)
		}
	})
}

// How each claim stands to what was said before, and what an outlet takes back.
func TestStands(t *testing.T) {
	l := testLedger(t)
	corrects, withdraws := says("correction=error"), says("correction=withdrawn")
	get := func(es ...isnad.Entry) isnad.Event {
		t.Helper()
		events := l.Events(es)
		if len(events) != 1 {
			t.Fatalf("%d events, want 1", len(events))
		}
		return events[0]
	}
	e := get(
		report("1", "north 2021-03-01 ASSAULT RUS>UKR by UKR states: "+harbour, counts("killed", 15, 15, "exact")),
		report("2", "south 2021-03-01 ASSAULT RUS>UKR by UKR states: "+harbour, counts("killed", 150, 150, "exact")),
		report("3", "south 2021-03-02 ASSAULT RUS>UKR by UKR states: "+harbour, counts("killed", 150, 150, "exact"), corrects),
		report("4", "north 2021-03-03 ASSAULT RUS>UKR by UKR states: "+harbour, counts("killed", 18, 18, "exact")),
		report("5", "west 2021-03-03 ASSAULT RUS>UKR by RUS denies: "+harbour),
		report("6", "west 2021-03-04 ASSAULT RUS>UKR by UNO confirms: "+harbour),
		report("7", "north 2021-03-04 ASSAULT RUS>UKR by UKR states: "+harbour),
	)
	var got []string
	for _, c := range e.Claims {
		got = append(got, fmt.Sprintf("%s %s %s", c.ID, c.Link, c.Of))
	}
	if want := "c1  |c2  |c3 corrects c2|c4 refines c2|c5 denies c4|c6 supports c4|c7 repeats c4"; strings.Join(got, "|") != want {
		t.Errorf("stands %s, want %s", strings.Join(got, "|"), want)
	}
	got = nil
	for _, v := range e.Contested[0].Values {
		got = append(got, fmt.Sprintf("%v %v %s", *v.Low, v.Revises, v.TakenBack))
	}
	if want := "15 false |150 true c3|18 true "; strings.Join(got, "|") != want {
		t.Errorf("figures %s, want %s", strings.Join(got, "|"), want)
	}
	e = get(report("1", "north 2021-03-01 ASSAULT RUS>UKR narrates: "+harbour), report("2", "north 2021-03-02 ASSAULT RUS>UKR narrates: "+harbour, withdraws))
	if e.Status != isnad.Retracted || e.Claims[1].Link != isnad.LinkRetracts {
		t.Errorf("withdrawn by its outlet: %s, %s", e.Status, e.Claims[1].Link)
	}
	// What another outlet withdraws is not taken back.
	e = get(report("1", "north 2021-03-01 ASSAULT RUS>UKR narrates: "+harbour), report("2", "south 2021-03-02 ASSAULT RUS>UKR narrates: "+harbour, withdraws))
	if e.Status != isnad.Reported {
		t.Errorf("withdrawn by another outlet: %s", e.Status)
	}
}

// One article in thirteen that credits somebody else is no independent origin;
// one in twelve is.
func TestLoneOrigin(t *testing.T) {
	of := func(n int) []*source {
		ss := []*source{{article: "x", known: []string{"dpa"}, reports: true}}
		for i := range n {
			ss = append(ss, &source{article: fmt.Sprint(i), known: []string{"afp"}, reports: true})
		}
		return ss
	}
	if got := fmt.Sprint(independent(of(11)), independent(of(12))); got != "[afp dpa] [afp]" {
		t.Errorf("got %s", got)
	}
}
