package serve

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"isnad"
	"isnad/internal/store"
)

// post sends a form as a browser does from a page of this server.
func post(t testing.TB, s http.Handler, path string, form url.Values, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Host = "127.0.0.1:4747"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// A mark is made by a form, shown with its claim and in the list, and stands
// beside the one before.
func TestMarks(t *testing.T) {
	s := server(t, false, story()...)
	c := story()[0].Claims[0]
	address := claimLink(c.ID) + "/marks"
	if w := post(t, s, address, url.Values{"verdict": {"right"}}); w.Code != http.StatusForbidden {
		t.Errorf("without an author: %d", w.Code)
	}
	if _, body := get(t, s, claimLink(c.ID)+"?lang=en"); strings.Contains(body, "<form method=\"post\"") || !strings.Contains(body, "Nobody has marked") {
		t.Error("a form for nobody")
	}
	s.Author = `Reem <script>`
	if w := post(t, s, address, url.Values{"verdict": {"right"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != claimLink(c.ID)+"#review" {
		t.Errorf("%d to %q\n%s", w.Code, w.Header().Get("Location"), w.Body)
	}
	x := store.CodingOf(c)
	form := url.Values{"verdict": {"changed"}, "reason": {"  it is   planned "}, "type": {string(x.Type)}, "actor": {strings.ToLower(strings.Join(strs(x.Actor), ", "))}, "recipient": strs(x.Recipient),
		"speaker": {strings.Join(strs(x.Speaker), " ")}, "stance": {string(x.Stance)}, "factuality": {"planned"}}
	if w := post(t, s, address, form); w.Code != http.StatusSeeOther {
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
	for lang, want := range map[string]string{"en": "changed", "ar": "معدَّل"} {
		for _, path := range []string{claimLink(c.ID), "/review", "/review?last=yes&verdict=changed"} {
			status, body := get(t, s, path+sep(path)+"lang="+lang)
			if status != 200 || !strings.Contains(body, want) || !strings.Contains(body, "it is planned") || !strings.Contains(body, "Reem &lt;script&gt;") {
				t.Errorf("%s in %s: %d\n%s", path, lang, status, body)
			}
			checkAccessible(t, path, body)
			checkQuotes(t, path, body)
		}
	}
	var one struct{ Marks []store.Mark }
	if _, body := get(t, s, "/api"+claimLink(c.ID)); json.Unmarshal([]byte(body), &one) != nil || len(one.Marks) != 2 || one.Marks[0].Change.Factuality != isnad.Planned || one.Marks[0].Author != s.Author {
		t.Errorf("%+v", one)
	}
	var list struct {
		Marks []store.Mark
		Next  string
	}
	if _, body := get(t, s, "/api/review?limit=1"); json.Unmarshal([]byte(body), &list) != nil || len(list.Marks) != 1 || list.Next == "" || list.Marks[0].Verdict != store.Changed {
		t.Errorf("%+v", list)
	}
	if _, body := get(t, s, "/api/review?limit=1&before="+list.Next); json.Unmarshal([]byte(body), &list) != nil || list.Marks[0].Verdict != store.Right {
		t.Errorf("%+v", list)
	}
	if status, _ := get(t, s, "/api/review?before=x"); status != 400 {
		t.Errorf("before=x: %d", status)
	}
	if notes, err := s.Store.Notes(t.Context(), 0); err != nil || len(notes) != 2 || notes[1].Who != s.Author || notes[1].Detail != "changed "+c.ID {
		t.Errorf("%+v %v", notes, err)
	}
}

// What is wrong with a form is said in the reader's language, and what was filled
// in stands there still; nothing is kept.
func TestMarksRefused(t *testing.T) {
	s := server(t, false, story()...)
	s.Author = "reem"
	c := story()[0].Claims[0]
	address := claimLink(c.ID) + "/marks"
	full := func(more ...string) url.Values {
		v := url.Values{"verdict": {"changed"}, "reason": {"because"}, "type": {"AID"}, "actor": {"RUS"}, "recipient": {"PRK"}, "speaker": {"RUS"}, "stance": {"denies"}, "factuality": {"actual"}}
		for i := 0; i < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	for _, x := range []struct {
		form   url.Values
		status int
		en, ar string
	}{
		{url.Values{"verdict": {"wrong"}, "reason": {" "}}, 422, "Say why", "اذكر السبب"},
		{full("actor", "RUS, ZZZ"), 422, "ZZZ", "ZZZ"},
		{full("stance", "narrates"), 422, "has no speaker", "بلا قائل"},
		{full("type", "GIVE"), 422, "GIVE", "GIVE"},
		{url.Values{}, 422, "no such value", "لا قيمة كهذه"},
		{url.Values{"verdict": {"right"}, "reason": {strings.Repeat("x", 70_000)}}, 400, "Bad request", "طلب غير صحيح"},
		{url.Values{"verdict": {"right"}, "reason": {strings.Repeat("x", 3_000)}}, 400, "2000 bytes", "2000 bytes"},
	} {
		for lang, want := range map[string]string{"en": x.en, "ar": x.ar} {
			w := post(t, s, address+"?lang="+lang, x.form)
			body := w.Body.String()
			if w.Code != x.status || x.status == 422 && (!strings.Contains(body, want) || !strings.Contains(body, `value="because"`) && x.form.Get("reason") == "because") {
				t.Errorf("%v in %s: %d; want %q in\n%s", x.form, lang, w.Code, want, body)
			}
			checkAccessible(t, address, body)
		}
	}
	for name, change := range map[string]func(*http.Request){
		"another site":   func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"another origin": func(r *http.Request) { r.Header.Del("Sec-Fetch-Site"); r.Header.Set("Origin", "https://evil.example") },
		"another name":   func(r *http.Request) { r.Host = "evil.example" },
	} {
		if w := post(t, s, address, url.Values{"verdict": {"right"}}, change); w.Code != http.StatusForbidden {
			t.Errorf("from %s: %d", name, w.Code)
		}
	}
	if w := post(t, s, "/claims/zzz/marks", url.Values{"verdict": {"right"}}); w.Code != http.StatusNotFound {
		t.Errorf("no such claim: %d", w.Code)
	}
	if status, _ := get(t, s, address); status != http.StatusSeeOther {
		t.Errorf("the form's address asked for: %d", status)
	}
	for m := range s.Store.Marks(t.Context(), store.MarkQuery{}) {
		t.Errorf("kept: %+v", m)
	}
}

// With the rule, a denial that is marked wrong ends the dispute at once.
func TestMarkChangesStatus(t *testing.T) {
	s := server(t, false, quarrel()...)
	s.Author = "reem"
	e := disputed(t, s)
	if err := s.Store.SetRule(t.Context(), store.RuleWrong); err != nil {
		t.Fatal(err)
	}
	for _, c := range e.Claims {
		if c.Stance == isnad.Denies {
			if w := post(t, s, claimLink(c.ID)+"/marks", url.Values{"verdict": {"wrong"}, "reason": {"r"}}); w.Code != http.StatusSeeOther {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
		}
	}
	now, err := s.Store.Event(t.Context(), e.ID)
	if err != nil || now.Status == isnad.Disputed {
		t.Errorf("%s, %v", now.Status, err)
	}
}

// The whole of a mark by keyboard, in a real browser.
func TestBrowserReview(t *testing.T) {
	s := server(t, false, story()...)
	s.Author = "ريم"
	b := browse(t, s)
	c := story()[0].Claims[0]
	b.goTo("/articles/ar-1?lang=en")
	b.do(chromedp.Focus(chromedp.CSS(`.body a.m`)))
	b.key(kb.Enter)
	b.want(openText+".includes('Mark this claim')", "true")
	b.do(chromedp.Focus(chromedp.CSS(`#review summary`)))
	b.key(kb.Enter)
	b.key(kb.Tab)
	b.key(" ") // the first verdict
	b.key(kb.ArrowDown)
	b.key(kb.ArrowDown)
	b.want("document.querySelector('input[name=verdict]:checked').value", "changed")
	b.want("document.querySelector('.change').open", "true")
	b.key(kb.Tab)
	b.key("so it says")
	b.key(kb.Escape) // closes nothing while a form is filled in
	b.do(chromedp.Focus(chromedp.CSS(`[name=factuality]`)))
	b.key("pl")
	b.do(chromedp.Focus(chromedp.CSS(`#review button`)))
	b.key(kb.Enter)
	b.want("location.pathname + location.hash", claimLink(c.ID)+"#review")
	b.want("document.querySelector('.findings li').innerText.includes('so it says')", "true")
	b.want("document.querySelector('.findings .by').textContent", "ريم")
	b.quiet()
}
