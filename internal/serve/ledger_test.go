package serve

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/ledger"
	"isnad/internal/store"
	"isnad/lexicon"
)

// book is the ledger as the program gives it to the pages.
type book struct{ *ledger.Ledger }

func (book) Obligations(all []isnad.Entry) []isnad.Obligation { return ledger.Obligations(all) }

func testLedger(t testing.TB, lex *lexicon.Lexicon) book {
	t.Helper()
	values := map[string]float64{}
	for _, r := range lex.Table("linking").Rows {
		v, err := strconv.ParseFloat(r.Get("value"), 64)
		if err != nil {
			t.Fatal(err)
		}
		values[r.ID()] = v
	}
	o, err := ledger.NewOptions(values)
	if err != nil {
		t.Fatal(err)
	}
	return book{ledger.New(lex.Hash(), o, []string{"kcna"})}
}

// quarrel is a small ledger: one dispatch of troops that one outlet has from an
// agency and another from itself, that a third party gives other figures for, and
// that the sender denies; and a pact with what it obliges to.
func quarrel() []store.Reading {
	article := func(id, outlet, published, title, text string, lang isnad.Lang) isnad.Article {
		return isnad.Article{ID: id, Outlet: outlet, Title: title, Published: published, Lang: lang, Text: text, URL: "https://" + id + ".example/"}
	}
	count := func(r *store.Reading, claim int, words string, low, high float64, approx string) {
		o := on{r.Article, "text"}
		r.Claims[claim].Quantities = []isnad.Quantity{{Kind: "troops", Low: low, High: high, Approx: approx, Unit: "soldier", Span: o.span(words)}}
	}
	around := func(r *store.Reading, credits []isnad.Credit, tags ...[]string) {
		r.Facts = isnad.Facts{Article: r.Article.ID, Credits: credits, Around: map[string][]isnad.Word{}, Tags: map[string][]string{}}
		gist := []isnad.Word{{Hash: 1, Weight: 3}, {Hash: 2, Weight: 3}, {Hash: 3, Weight: 3}, {Hash: 4, Weight: 3}}
		r.Facts.Gist = gist
		for i, c := range r.Claims {
			r.Facts.Around[c.ID] = gist
			if i < len(tags) {
				r.Facts.Tags[c.ID] = tags[i]
			}
		}
	}
	one := reading(article("q-1", "وكالة مرساة", "2024-10-18T10:00:00+03:00", "سيول: قوات إلى روسيا", "قالت سيول إن كوريا الشمالية أرسلت 1500 جندي إلى روسيا.", "ar"),
		told{"AID", "أرسلت", "قالت سيول إن كوريا الشمالية أرسلت 1500 جندي إلى روسيا.", "PRK GOV كوريا الشمالية", "RUS GOV روسيا", "KOR SPY سيول", "قالت", isnad.States, isnad.Actual})
	count(&one, 0, "1500 جندي", 1500, 1500, "exact")
	around(&one, []isnad.Credit{{Kind: isnad.CreditByline, Outlet: "kcna"}}, []string{"what=troops"})
	two := reading(article("q-2", "Harbour", "2024-10-19T08:00:00Z", "Troops for Russia", "Kyiv said North Korea sent more than 10,000 troops to Russia.", "en"),
		told{"AID", "sent", "Kyiv said North Korea sent more than 10,000 troops to Russia.", "PRK GOV North Korea", "RUS GOV Russia", "UKR GOV Kyiv", "said", isnad.States, isnad.Actual})
	count(&two, 0, "more than 10,000 troops", 10000, 0, "min")
	around(&two, []isnad.Credit{{Kind: isnad.CreditCorrespondent, Outlet: ""}}, []string{"what=troops", "stage=shipped"})
	three := reading(article("q-3", "Northline Wire", "2024-10-20T08:00:00Z", "Pyongyang denies", "Pyongyang denied that North Korea sent troops to Russia.", "en"),
		told{"AID", "sent", "Pyongyang denied that North Korea sent troops to Russia.", "PRK GOV North Korea", "RUS GOV Russia", "PRK GOV Pyongyang", "denied", isnad.Denies, isnad.Actual})
	around(&three, nil, []string{"what=troops"})
	old := reading(article("q-0", "Harbour", "2000-02-09", "A treaty of friendship", "Russia and North Korea signed a treaty.", "en"),
		told{"AGREE", "signed", "Russia and North Korea signed a treaty.", "RUS GOV Russia", "PRK GOV North Korea", "", "", isnad.Narrates, isnad.Actual})
	around(&old, nil, []string{"step=signed"})
	pact := reading(article("q-4", "Harbour", "2024-11-12", "A treaty of partnership", "Russia and North Korea ratified a treaty that replaces the older one. North Korea will help Russia if it is attacked, says Article 4.", "en"),
		told{"AGREE", "ratified", "Russia and North Korea ratified a treaty that replaces the older one.", "RUS GOV Russia", "PRK GOV North Korea", "", "", isnad.Narrates, isnad.Actual},
		told{"AID", "help", "North Korea will help Russia if it is attacked, says Article 4.", "PRK GOV North Korea", "RUS GOV Russia", "", "", isnad.Narrates, isnad.Conditional})
	around(&pact, nil, []string{"kind=defence", "step=ratified", "step=replaces"}, []string{"duty=military assistance", "condition=attacked", "article=4"})
	return []store.Reading{old, one, two, three, pact}
}

// linked finds the events of a server's store.
func linked(t testing.TB, s *Server) (out []isnad.Event) {
	t.Helper()
	for e, err := range s.Store.Events(t.Context(), store.EventQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// disputed is the dispatch of troops of quarrel.
func disputed(t testing.TB, s *Server) isnad.Event {
	t.Helper()
	for _, e := range linked(t, s) {
		if e.Status == isnad.Disputed && len(e.Claims) == 3 {
			return e
		}
	}
	t.Fatalf("no event of three claims is disputed: %+v", linked(t, s))
	return isnad.Event{}
}

func TestEventPages(t *testing.T) {
	s := server(t, false, quarrel()...)
	e := disputed(t, s)
	for _, c := range []struct {
		path   string
		status int
		en, ar []string
	}{
		{"/events", 200, []string{"disputed", "North Korea denies", e.ID, "outlets · "}, []string{"متنازع فيه", "نفي كوريا الشمالية", "المنابر: 3"}},
		{"/events?status=disputed&dyad=PRK:RUS&type=aid&since=2024-10&until=2024-10-20&stance=denies", 200, []string{e.ID}, []string{e.ID}},
		{"/events?text=1500", 200, []string{e.ID}, []string{e.ID}},
		{"/events?as-of=2024-10-18", 200, []string{"South Korea states"}, []string{"تصريح كوريا الجنوبية"}},
		{"/events?as-of=2024-10-18&status=disputed", 200, []string{"No event answers this"}, []string{"لا حدث يطابق"}},
		{"/events?as-of=soon", 400, []string{"is no date"}, nil},
		{"/events?status=sure", 400, []string{"no status is called"}, nil},
		{"/events?dyad=RUS", 400, []string{"dyad"}, nil},
		{"/events?after=x", 400, []string{"cursor"}, nil},
		{"/events?limit=1", 200, []string{"Next page"}, []string{"الصفحة التالية"}},
		{"/events/none", 404, []string{"Not found"}, []string{"غير موجود"}},
		{"/events/" + e.ID, 200, []string{"Both sides", "Who denies it", "Pyongyang", "Contested values", "at least 10,000", "1,500", "Who has it from whom", "KCNA", "How its status came about"},
			[]string{"الجانبان", "من ينفيه", "القيم المختلف فيها", "على الأقل 10,000", "من أخذه عمّن", "كيف تكوّنت حالته"}},
		{"/events/" + e.ID[:8], 200, []string{"Both sides"}, []string{"الجانبان"}},
	} {
		for lang, want := range map[string][]string{"en": c.en, "ar": c.ar} {
			path := c.path + "?lang=" + lang
			if strings.Contains(c.path, "?") {
				path = c.path + "&lang=" + lang
			}
			status, body := get(t, s, path)
			for _, w := range want {
				if status != c.status || !strings.Contains(body, w) {
					t.Errorf("%s: %d; want %d and %q in\n%s", path, status, c.status, w, body)
				}
			}
			checkAccessible(t, path, body)
			checkQuotes(t, path, body)
		}
	}
}

// Every claim of an event can be opened from its page, each on its own side, and
// what was taken together is told once.
func TestEventOpensToItsWords(t *testing.T) {
	s := server(t, false, quarrel()...)
	e := disputed(t, s)
	_, body := get(t, s, "/events/"+e.ID+"?lang=en")
	sides := strings.Split(body, `class="side `)
	if len(sides) != 3 {
		t.Fatalf("%d sides", len(sides)-1)
	}
	for _, c := range e.Claims {
		on := 1
		if c.Stance == isnad.Denies {
			on = 2
		}
		if !strings.Contains(sides[on], claimLink(c.ID)) {
			t.Errorf("claim %s is not on side %d", c.ID, on)
		}
	}
	for _, v := range e.Contested[0].Values {
		if !strings.Contains(body, `class="value" href="`+claimLink(v.Claim)) {
			t.Errorf("the value of %s does not open", v.Claim)
		}
	}
	var data isnad.Event
	if _, text := get(t, s, "/api/events/"+e.ID); json.Unmarshal([]byte(text), &data) != nil || data.ID != e.ID || len(data.Claims) != 3 {
		t.Errorf("%+v", data)
	}
}

// The history replayed ends with the status that the ledger found, at its time.
func TestHistory(t *testing.T) {
	s := server(t, false, quarrel()...)
	e := disputed(t, s)
	full, said := map[string]isnad.Claim{}, map[string]*saidView{}
	for _, c := range e.Claims {
		claim, _, err := s.Store.Claim(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		full[c.ID] = claim
	}
	var got []string
	for _, turn := range s.history(namer{isnad.English, s.Lexicon}, e, full, said) {
		got = append(got, string(turn.Status)+" "+turn.On[:10])
	}
	if strings.Join(got, ", ") != "asserted 2024-10-18, corroborated 2024-10-19, disputed 2024-10-20" {
		t.Errorf("%q", got)
	}
}

// Page by page every event comes once, in either order.
func TestEventsPaged(t *testing.T) {
	s := server(t, false, quarrel()...)
	for _, order := range []string{"", "oldest"} {
		var ids []string
		for after := ""; ; {
			var list struct {
				Events []isnad.Event
				Next   string
			}
			_, body := get(t, s, "/api/events?limit=1&order="+order+"&after="+after)
			if err := json.Unmarshal([]byte(body), &list); err != nil {
				t.Fatal(err, body)
			}
			for _, e := range list.Events {
				ids = append(ids, e.ID)
			}
			if after = list.Next; after == "" {
				break
			}
		}
		all := linked(t, s)
		if len(ids) != len(all) {
			t.Fatalf("%d events page by page; want %d", len(ids), len(all))
		}
		for i, e := range all {
			at := i
			if order == "" {
				at = len(all) - 1 - i
			}
			if ids[at] != e.ID {
				t.Errorf("event %d of order %q is %s", at, order, ids[at])
			}
		}
	}
}

func TestEmptyLedger(t *testing.T) {
	s := server(t, false)
	if _, body := get(t, s, "/events?lang=en"); !strings.Contains(body, "There are no events yet") || !strings.Contains(body, "isnad ingest") {
		t.Error(body)
	}
}

func TestAxis(t *testing.T) {
	number := func(low, high float64, approx string) isnad.Value {
		return isnad.Value{Low: &low, High: &high, Approx: approx, Claim: "c"}
	}
	open := 40.0
	for _, c := range []struct {
		values []isnad.Value
		ticks  string
		bars   string // in English
		log    bool
	}{
		{[]isnad.Value{number(10, 12, "range"), number(20, 20, "exact")}, "0 5 10 15 20", "50.00%-59.60% 98.00%.", false},
		{[]isnad.Value{{Low: &open, Approx: "min"}, number(0, 100, "max")}, "0 20 40 60 80 100", "40.40%-100%> 2.00%-98.00%<", false},
		{[]isnad.Value{number(10, 10, ""), number(10000, 10000, "about")}, "10 100 1,000 10,000", "2.00%. 98.00%.", true},
	} {
		got := namer{lang: "en"}.contested(isnad.Contested{What: "troops", Values: c.values}, nil)
		var ticks, bars []string
		for _, x := range got[0].Tick {
			ticks = append(ticks, x.Label)
		}
		for _, r := range got[0].Rows {
			b := r.Bar.From
			switch {
			case r.Bar.Point:
				b += "."
			case r.Bar.Open:
				b += "-" + r.Bar.To + ">"
			case r.Bar.Below:
				b += "-" + r.Bar.To + "<"
			default:
				b += "-" + r.Bar.To
			}
			bars = append(bars, b)
		}
		if strings.Join(ticks, " ") != c.ticks || strings.Join(bars, " ") != c.bars || got[0].Log != c.log {
			t.Errorf("ticks %q, bars %q, log %v; want %q, %q, %v", ticks, bars, got[0].Log, c.ticks, c.bars, c.log)
		}
		ar := namer{lang: "ar"}.contested(isnad.Contested{What: "troops", Values: c.values}, nil)
		if ar[0].Rows[1].Bar.From == got[0].Rows[1].Bar.From {
			t.Error("the axis does not follow the direction of the language")
		}
	}
	// What is no number stands in a list, and units that differ have axes of their own.
	got := namer{lang: "en"}.contested(isnad.Contested{What: "date", Values: []isnad.Value{{Text: "2024-10-08/2024-10-13"}, {Text: "2024-10-18"}}}, nil)
	if got[0].Axis || got[0].Rows[0].Value != "8 October 2024 – 13 October 2024" {
		t.Errorf("%+v", got)
	}
	usd, sar := number(5, 5, ""), number(20, 20, "")
	usd.Unit, sar.Unit = "USD", "SAR"
	if got := (namer{lang: "en"}).contested(isnad.Contested{What: "money", Values: []isnad.Value{usd, sar}}, nil); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}
