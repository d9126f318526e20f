package serve

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"go.uber.org/goleak"
	"golang.org/x/net/html"

	"isnad"
	"isnad/internal/api"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// get asks for a page and checks what holds of every answer.
func get(t testing.TB, s http.Handler, path string) (int, string) {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Host = "127.0.0.1:4747"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Header().Get("Content-Security-Policy") != policy || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s lacks its protection: %v", path, w.Header())
	}
	return w.Code, w.Body.String()
}

// texts returns the text of all elements of a page that satisfy a condition.
func texts(t testing.TB, page string, is func(*html.Node) bool) (out []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			var b strings.Builder
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					b.WriteString(d.Data)
				}
			}
			out = append(out, b.String())
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func element(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == name }
}

func TestPages(t *testing.T) {
	s := server(t, true, story()...)
	denial := story()[0].Claims[0].ID
	for _, c := range []struct {
		path   string
		status int
		en, ar string // what the page says in each language
	}{
		{"/", 200, "Composed for the demonstration", "مؤلَّفة للعرض"},
		{"/articles", 200, "Composed for the demonstration", "مؤلَّفة للعرض"},
		{"/articles?text=أسلحة", 200, "موسكو تنفي", "موسكو تنفي"},
		{"/articles?text=nowhere", 200, "No article answers this", "لا مقال يطابق"},
		{"/articles?outlet=Northline+Wire&language=en&since=2024&until=2024-11&type=aid&stance=denies", 200, "Moscow denies arms deal", "Moscow denies arms deal"},
		{"/articles?since=yesterday", 400, "is no date", "is no date"},
		{"/articles?type=GIVE", 400, "no type is called", "no type is called"},
		{"/articles?after=x", 400, "cursor", "cursor"},
		{"/articles?as-of=2024-11-19", 200, "/articles/en-1?version=1", "/articles/en-1?version=1"},
		{"/articles/ar-1", 200, "Choose a marked word", "اختر لفظاً"},
		{"/articles?id=ar-1", 200, "Choose a marked word", "اختر لفظاً"},
		{"/articles/en-1?version=1", 200, "not the latest version", "ليست هذه أحدث نسخة"},
		{"/articles/en-1?version=3", 404, "Not found", "غير موجود"},
		{"/articles/ar-1?claim=none", 404, "Not found", "غير موجود"},
		{"/articles/none", 200, "No claim was found", "لم يُعثر في هذا المقال"},
		{"/articles/unknown", 404, "Not found", "غير موجود"},
		{"/claims", 200, "North Korea", "كوريا الشمالية"},
		{"/claims?dyad=PRK:RUS&stance=denies&actor=prk&recipient=RUS&speaker=RUS&factuality=actual&kind=event&min-confidence=0.5&as-of=2024-12&article=ar-1", 200, "Russia denies", "نفي روسيا"},
		{"/claims?dyad=RUS", 400, "dyad", "dyad"},
		{"/intensity", 200, "never a probability of war", "وليست احتمالاً للحرب"},
		{"/intensity/PRK:RUS?since=2024-10-01&until=2024-11-30", 200, "North Korea → Russia", "كوريا الشمالية → روسيا"},
		{"/intensity/PRK:PRK", 400, "is no dyad", "is no dyad"},
		{"/intensity?since=soon", 400, "it is no date", "it is no date"},
		{"/claims?kind=rumour", 400, "rumour", "rumour"},
		{"/claims?min-confidence=much", 400, "number from 0 to 1", "number from 0 to 1"},
		{"/claims?limit=0", 400, "number from 1 to 500", "number from 1 to 500"},
		{"/claims?text=nowhere", 200, "No claim answers this", "لا قول يطابق"},
		{"/claims/" + denial, 200, "Chain of voices", "سلسلة الإسناد"},
		{"/claims/" + denial[:6], 200, "Chain of voices", "سلسلة الإسناد"},
		{"/claims/zzz", 404, "Not found", "غير موجود"},
		{"/review", 200, "No mark answers this", "لا علامة تطابق"},
		{"/review?verdict=good", 400, "no verdict is called", "no verdict is called"},
		{"/quality", 200, "What often goes wrong", "ما يكثر فيه الخطأ"},
		{"/nowhere", 404, "Not found", "غير موجود"},
		{"/static/", 404, "not found", "not found"},
	} {
		for lang, want := range map[string]string{"en": c.en, "ar": c.ar} {
			path := c.path + "?lang=" + lang
			if strings.Contains(c.path, "?") {
				path = c.path + "&lang=" + lang
			}
			status, body := get(t, s, path)
			if status != c.status || !strings.Contains(strings.ToLower(body), strings.ToLower(want)) {
				t.Errorf("%s: %d; want %d and %q in\n%s", path, status, c.status, want, body)
			}
			if c.path == "/static/" {
				continue
			}
			dir := map[string]string{"en": "ltr", "ar": "rtl"}[lang]
			if !strings.Contains(body, `<html lang="`+lang+`" dir="`+dir+`"`) {
				t.Errorf("%s is not in its language and direction", path)
			}
			if len(body) > 150_000 {
				t.Errorf("%s has %d bytes", path, len(body))
			}
			checkAccessible(t, path, body)
		}
	}
}

func TestEmptyStore(t *testing.T) {
	s := server(t, false)
	for lang, want := range map[string]string{"en": "The store is empty", "ar": "المخزن فارغ"} {
		status, body := get(t, s, "/articles?lang="+lang)
		if status != 200 || !strings.Contains(body, want) || !strings.Contains(body, "isnad ingest") || strings.Contains(body, "class=\"demo\"") {
			t.Errorf("%d\n%s", status, body)
		}
	}
}

// The text on the page is the article's, to the character.
func TestTextIsWhole(t *testing.T) {
	s := server(t, false, story()...)
	for _, r := range story()[:1] {
		_, body := get(t, s, articleLink(r.Article.ID))
		got := texts(t, body, func(n *html.Node) bool { return strings.HasPrefix(attr(n, "class"), "field") })
		if len(got) != 2 || got[0] != r.Article.Title || got[1] != r.Article.Text {
			t.Errorf("got %q", got)
		}
	}
}

func TestData(t *testing.T) {
	s := server(t, false, story()...)
	var list struct {
		Articles []api.Article
		Next     string
	}
	decode := func(path string, into any) {
		t.Helper()
		status, body := get(t, s, path)
		if err := json.Unmarshal([]byte(body), into); err != nil || status != 200 {
			t.Fatalf("%s: %d, %v\n%s", path, status, err, body)
		}
	}
	// Page by page everything comes once.
	var ids []string
	for after := ""; ; after = list.Next {
		list.Next = ""
		list.Articles = nil
		decode("/api/articles?limit=1&after="+after, &list)
		for _, a := range list.Articles {
			ids = append(ids, a.ID)
		}
		if list.Next == "" {
			break
		}
	}
	if got, want := strings.Join(ids, " "), `none en-1 ar-1 ../x?"><script>&#`; got != want {
		t.Errorf("articles %s; want %s", got, want)
	}
	var article api.OneArticle
	decode("/articles/en-1?format=json", &article)
	if article.Version != 2 || len(article.Versions) != 2 || len(article.Claims) != 2 || article.Article.ID != "en-1" {
		t.Errorf("%+v", article)
	}
	var claims struct {
		Claims []isnad.Claim
		Next   string
	}
	decode("/api/claims?stance=denies&order=oldest", &claims)
	if len(claims.Claims) != 2 || claims.Claims[0].Article != "ar-1" || claims.Next != "" {
		t.Errorf("%+v", claims)
	}
	var one struct {
		Claim   isnad.Claim
		Article isnad.Article
		Steps   []step
	}
	decode("/api/claims/"+claims.Claims[0].ID, &one)
	if one.Article.ID != "ar-1" || len(one.Steps) != 3 || one.Steps[0].Place == "" || one.Steps[2].Place != "" {
		t.Errorf("%+v", one)
	}
	var problem huma.ErrorModel
	status, body := get(t, s, "/api/claims/none")
	if err := json.Unmarshal([]byte(body), &problem); err != nil || status != 404 || problem.Status != 404 {
		t.Errorf("%d %s", status, body)
	}
}

func TestPanelPart(t *testing.T) {
	s := server(t, false, story()...)
	_, body := get(t, s, "/claims/"+story()[0].Claims[2].ID+"?part=panel&lang=en")
	if strings.Contains(body, "<html") || !strings.Contains(body, "South Korea") || !strings.Contains(body, `dir="rtl"`) {
		t.Error(body)
	}
	// Claims whose words overlap name each other.
	if !strings.Contains(body, "In the same words") || !strings.Contains(body, "mobilize") {
		t.Error(body)
	}
}

func TestSettings(t *testing.T) {
	s := server(t, false, story()...)
	r := httptest.NewRequest("GET", "/?theme=dark&lang=ar", nil)
	r.Host = "localhost:4747"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	r = httptest.NewRequest("GET", "/claims", nil)
	r.Host = "[::1]:4747"
	for _, c := range w.Result().Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("cookie %v", c)
		}
		r.AddCookie(c)
	}
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), `<html lang="ar" dir="rtl" data-theme="dark">`) {
		t.Error("settings are not kept")
	}
	r = httptest.NewRequest("GET", "/", nil)
	r.Host = "localhost"
	r.Header.Set("Accept-Language", "ar-SA,ar;q=0.9,en;q=0.8")
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), `<html lang="ar"`) {
		t.Error("the browser's language is passed over")
	}
}
