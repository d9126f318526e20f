package serve

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"isnad"
	"isnad/internal/store"
)

// desk is a store in which a dispute opens, a figure is revised, an article copies
// another and one is changed.
func desk(t *testing.T) *Server {
	t.Helper()
	first := isnad.Article{ID: "d1", Outlet: "Northline Wire", Title: "Troops sent", Published: "2024-11-01T08:00:00Z", Lang: "en", Text: "North Korea sent 1,500 troops to Russia."}
	second := isnad.Article{ID: "d2", Outlet: "Northline Wire", Title: "More troops", Published: "2024-11-02T08:00:00Z", Lang: "en", Text: "North Korea sent 3,000 troops to Russia."}
	denial := isnad.Article{ID: "d3", Outlet: "وكالة مرساة", Title: "موسكو تنفي", Published: "2024-11-03T08:00:00Z", Lang: "ar", Text: "نفت موسكو أن ترسل كوريا الشمالية قوات إلى روسيا."}
	changed := first
	changed.Title, changed.Fetched, first.Fetched = "Some troops sent", "2024-11-03T10:00:00Z", "2024-11-01T09:00:00Z"
	say := func(a isnad.Article, trigger, sentence, actor, recipient, speaker string, stance isnad.Stance, figure float64, words string) store.Reading {
		r := reading(a, told{"AID", trigger, sentence, actor, recipient, speaker, "", stance, isnad.Actual})
		if figure > 0 {
			r.Claims[0].Quantities = []isnad.Quantity{{Kind: "troops", Low: figure, High: figure, Approx: "exact", Unit: "soldier", Span: on{a, "text"}.span(words)}}
		}
		r.Facts = isnad.Facts{Article: a.ID, Around: map[string][]isnad.Word{r.Claims[0].ID: {{Hash: 1, Weight: 3}, {Hash: 2, Weight: 3}}}, Gist: []isnad.Word{{Hash: 1, Weight: 3}, {Hash: 2, Weight: 3}}, Credits: []isnad.Credit{{Kind: isnad.CreditCorrespondent}}}
		return r
	}
	return server(t, false,
		say(first, "sent", first.Text, "PRK GOV North Korea", "RUS GOV Russia", "", isnad.Narrates, 1500, "1,500 troops"),
		say(changed, "sent", first.Text, "PRK GOV North Korea", "RUS GOV Russia", "", isnad.Narrates, 1500, "1,500 troops"),
		say(second, "sent", second.Text, "PRK GOV North Korea", "RUS GOV Russia", "", isnad.Narrates, 3000, "3,000 troops"),
		say(denial, "ترسل", denial.Text, "PRK GOV كوريا الشمالية", "RUS GOV روسيا", "RUS GOV موسكو", isnad.Denies, 0, ""))
}

func TestDeskPages(t *testing.T) {
	s := desk(t)
	for _, f := range []store.Feed{
		{URL: "https://a.example/rss", Outlet: "Quiet Paper", Succeeded: "2024-11-03T09:00:00Z", Changed: "2024-10-01T09:00:00Z", Articles: 4},
		{URL: "https://b.example/rss", Outlet: "Broken Paper", Failures: 3, Error: "no answer <b>", Next: "2024-11-04T00:00:00Z"},
		{URL: "javascript:alert(1)", Outlet: "Good Paper", Succeeded: "2024-11-03T09:00:00Z", Changed: "2024-11-03T09:00:00Z"},
		{URL: "https://d.example/rss", Outlet: "New Paper"},
		{URL: "https://e.example/rss", Outlet: "Gone Paper", Gone: true},
	} {
		if err := s.Store.PutFeed(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	s.now = func() time.Time { return time.Date(2024, 11, 3, 12, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		path   string
		status int
		en, ar []string
	}{
		{"/", 200, []string{"What changed", "3 November 2024", "Disputes opened <span class=\"n\">1</span>", "disputed", "Some troops sent", "with=2", "Quiet Paper", "Broken Paper"}, []string{"ما الذي تغيّر", "نزاعات فُتحت", "ساكت", "متعطل"}},
		{"/today?since=2024-11-02", 200, []string{"Figures revised <span class=\"n\">1</span>", "<del>1,500</del>", "3,000"}, []string{"أرقام عُدّلت"}},
		{"/today?since=2024-11-01&until=2024-11-02", 200, []string{"New events <span class=\"n\">1</span>", "Disputes opened <span class=\"n\">0</span>", "In dispute", "Last day with news"}, []string{"أحداث جديدة"}},
		{"/today?since=2023-11-01&until=2024-11-02", 400, []string{"31 days"}, nil},
		{"/today?since=soon", 400, []string{"it is no day"}, nil},
		{"/today?since=2030-01-01", 200, []string{"None in these days"}, []string{"لا شيء في هذه الأيام"}},
		{"/feeds", 200, []string{"not asked yet", "failed", "quiet", "gone", "good", "failures in a row: 3", "no answer &lt;b&gt;"}, []string{"ساكت", "متعطل", "زائل"}},
		{"/actors/PRK", 200, []string{"North Korea", "What it does", "To whom", "/dyads/PRK:RUS", "Nothing of the kind was read"}, []string{"ما يفعله", "كوريا الشمالية"}},
		{"/actors/rus", 200, []string{"What it denies", "Russia denies"}, []string{"ما ينفيه"}},
		{"/actors/XYZ", 404, nil, nil},
		{"/dyads/PRK:RUS", 200, []string{"North Korea → Russia", "/intensity/PRK:RUS", "/dyads/RUS:PRK", "Denied", "disputed"}, []string{"كوريا الشمالية ← روسيا"}},
		{"/dyads/PRK-RUS", 200, []string{"North Korea – Russia"}, nil},
		{"/dyads/USA:FRA", 200, []string{"No event from one to the other was read"}, []string{"لم يُقرأ حدث"}},
		{"/dyads/PRK", 400, []string{"write two codes"}, nil},
		{"/dyads/PRK:XYZ", 404, nil, nil},
		{"/outlets/Northline%20Wire", 200, []string{"Northline Wire", "Articles that tell an event", "Whom it credits", "More troops"}, []string{"ما عنده من مصدره"}},
		{"/outlets/reuters", 200, []string{"Who has it from here"}, []string{"مَن أخذ عنه"}},
		{"/outlets/nobody", 404, nil, nil},
		{"/articles/d1?version=1&with=2", 200, []string{"<ins>Some troops ", "<del>Troops ", "Changed: headline", "Version"}, []string{"ما تغيّر بين النسختين"}},
		{"/articles/d1?version=2&with=1", 200, []string{"<ins>Some troops "}, nil},
		{"/articles/d1?with=9", 404, nil, nil},
		{"/articles/d1", 200, []string{"what changed since version", "Where it is from"}, []string{"من أين أُخذ"}},
	} {
		for lang, want := range map[string][]string{"en": c.en, "ar": c.ar} {
			path := c.path + "?lang=" + lang
			if strings.Contains(c.path, "?") {
				path = c.path + "&lang=" + lang
			}
			status, body := get(t, s, path)
			if status != c.status {
				t.Errorf("%s: %d; want %d", path, status, c.status)
			}
			for _, w := range want {
				if !strings.Contains(body, w) {
					t.Errorf("%s lacks %q:\n%s", path, w, body)
				}
			}
			if len(body) > 150_000 {
				t.Errorf("%s has %d bytes", path, len(body))
			}
			if strings.Contains(body, `href="javascript:`) {
				t.Errorf("%s links to a script", path)
			}
			checkAccessible(t, path, body)
			checkQuotes(t, path, body)
		}
	}
}

// Pages say under ?format=json and under /api what they show.
func TestDeskData(t *testing.T) {
	s := desk(t)
	decode := func(path string, into any) {
		t.Helper()
		status, body := get(t, s, path)
		if err := json.Unmarshal([]byte(body), into); err != nil || status != 200 {
			t.Fatalf("%s: %d, %v\n%s", path, status, err, body)
		}
	}
	var today todayData
	decode("/?format=json", &today)
	if today.Since != "2024-11-03" || len(today.Opened) != 1 || today.Opened[0].Before != isnad.Reported || today.Opened[0].Status != isnad.Disputed || len(today.Versions) != 1 || len(today.New) != 0 {
		t.Errorf("%+v", today)
	}
	decode("/api/today?since=2024-11-01&until=2024-11-02", &today)
	if len(today.New) != 1 || len(today.Opened) != 0 || len(today.Revised) != 1 || today.Revised[0].Before != "1,500" || today.Revised[0].Value != "3,000" {
		t.Errorf("%+v", today)
	}
	var actor actorData
	decode("/actors/PRK?format=json", &actor)
	if actor.Articles != 3 || len(actor.Claims["does"]) != 3 || len(actor.Claims["denies"]) != 0 {
		t.Errorf("%+v", actor)
	}
	var dyad dyadData
	decode("/dyads/PRK:RUS?format=json", &dyad)
	if dyad.Dyad != "PRK:RUS" || len(dyad.Events) != 1 || len(dyad.Claims["denied"]) != 1 {
		t.Errorf("%+v", dyad)
	}
	var outlet outletData
	decode("/outlets/Northline%20Wire?format=json", &outlet)
	if outlet.Articles != 2 || outlet.Told != 2 || outlet.Own != 2 || len(outlet.FirstHand) != 1 {
		t.Errorf("%+v", outlet)
	}
	var diff differenceData
	decode("/api/difference?id=d1&version=2&with=1", &diff)
	if diff.Old != 1 || diff.New != 2 || len(diff.Fields) != 1 || diff.Fields["title"][0].Kind != "gone" {
		t.Errorf("%+v", diff)
	}
}

// The address that the list of articles had leads to where it is now.
func TestOldAddresses(t *testing.T) {
	s := desk(t)
	r := httptest.NewRequest("GET", "/?text=troops&lang=ar", nil)
	r.Host = "127.0.0.1"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 302 || w.Header().Get("Location") != "/articles?text=troops&lang=ar" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// Who has whose words, and who credits whom, is told from both ends.
func TestSourcing(t *testing.T) {
	of := map[string]*sourcing{}
	source(of, isnad.Event{Claims: []isnad.EventClaim{
		{Article: "1", Outlet: "north", Origin: "north"},
		{Article: "2", Outlet: "south", Origin: "north", CopyOf: "1"},
		{Article: "3", Outlet: "south", Origin: "afp"},
		{Article: "4", Outlet: "east"},
		{Article: "3", Outlet: "south", Origin: "afp"},
	}})
	south, north := of["south"], of["north"]
	if len(south.all) != 2 || len(south.own) != 0 || len(south.words["north"]) != 1 || len(south.credits["afp"]) != 1 {
		t.Errorf("south: %+v", south)
	}
	if len(north.own) != 1 || len(north.lends["south"]) != 1 || len(of["afp"].lends["south"]) != 1 || len(of["east"].unknown) != 1 {
		t.Errorf("north %+v, afp %+v, east %+v", north, of["afp"], of["east"])
	}
}
