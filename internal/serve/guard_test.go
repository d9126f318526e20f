package serve

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"isnad/internal/account"
	"isnad/internal/store"
)

const words4 = "four words of mine"

// guarded is a server for a reader and a reviewer, at a time that the test sets.
func guarded(t testing.TB, a Access) (*Server, *time.Time) {
	t.Helper()
	plain := server(t, false, story()...)
	o := plain.Options
	o.Access, o.Author = &a, "the person of this machine"
	s := New(o)
	now := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return now }
	hash, err := account.Hash(words4)
	if err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]store.UserRole{"ريم": store.ReviewerRole, "bo": store.ReaderRole} {
		if err := s.Store.PutUser(t.Context(), store.User{Name: name, Role: role, Hash: hash, Created: noonText}); err != nil {
			t.Fatal(err)
		}
	}
	return s, &now
}

const noonText = "2026-01-02T12:00:00Z"

// visitor is a browser: it keeps cookies and follows no redirect.
type visitor struct {
	t    testing.TB
	base string
	*http.Client
}

func visiting(t testing.TB, s http.Handler) *visitor {
	web := httptest.NewTLSServer(s)
	t.Cleanup(web.Close)
	return (&visitor{t: t, base: web.URL, Client: web.Client()}).another()
}

// another is the same server with no cookies.
func (v *visitor) another() *visitor {
	jar, _ := cookiejar.New(nil)
	return &visitor{v.t, v.base, &http.Client{Transport: v.Transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (v *visitor) ask(method, path string, form url.Values, header ...string) (int, http.Header, string) {
	v.t.Helper()
	r, err := http.NewRequest(method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := v.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	return res.StatusCode, res.Header, string(b)
}

func (v *visitor) login(name, password string) (int, http.Header) {
	code, h, _ := v.ask("POST", "/login", url.Values{"name": {name}, "password": {password}, "to": {"/claims?type=AID"}})
	return code, h
}

// Who has not logged in sees the log-in and nothing else; a reader reads, a
// reviewer marks; the log has all of it.
func TestUsers(t *testing.T) {
	s, now := guarded(t, Access{Cert: "cert.pem"})
	nobody := visiting(t, s)
	claim := claimLink(story()[0].Claims[0].ID)
	for path, want := range map[string]int{"/": 303, "/claims?type=AID": 303, claim: 303, claim + "?part=panel": 401, "/api/claims": 401, "/claims?format=json": 401, "/nowhere": 303, "/login": 200, "/static/style.css": 200} {
		code, h, body := nobody.ask("GET", path, nil)
		if code != want || code != 200 && strings.Contains(body, "موسكو") || code == 303 && h.Get("Location") != "/login?to="+url.QueryEscape(path) {
			t.Errorf("%s: %d to %q", path, code, h.Get("Location"))
		}
		if h.Get("Strict-Transport-Security") == "" || h.Get("Content-Security-Policy") != policy {
			t.Errorf("%s lacks its protection: %v", path, h)
		}
	}
	if code, _, _ := nobody.ask("POST", claim+"/marks", url.Values{"verdict": {"right"}}); code != 401 {
		t.Errorf("a mark of nobody: %d", code)
	}
	for lang, want := range map[string]string{"en": "Name or password is wrong", "ar": "غير صحيح"} {
		code, h, body := nobody.ask("POST", "/login?lang="+lang, url.Values{"name": {"bo"}, "password": {"four words of yours"}})
		if code != 401 || !strings.Contains(body, want) || strings.Contains(h.Get("Set-Cookie"), sessionCookie) || strings.Contains(body, "yours") {
			t.Errorf("%d %s %s", code, body, h)
		}
		checkAccessible(t, "/login", body)
	}
	if code, _ := nobody.login("nobody", words4); code != 401 {
		t.Errorf("a name that nobody has: %d", code)
	}

	reader, reviewer := nobody.another(), nobody.another()
	code, h := reader.login(" bo ", words4)
	if code != 303 || h.Get("Location") != "/claims?type=AID" {
		t.Fatalf("%d to %q", code, h.Get("Location"))
	}
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if c.Name == sessionCookie && (!c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || len(c.Value) < 43) {
			t.Errorf("cookie %+v", c)
		}
	}
	if code, _, body := reader.ask("GET", claim+"?lang=en", nil); code != 200 || !strings.Contains(body, "Log out") || strings.Contains(body, "Mark this claim") {
		t.Errorf("reader: %d\n%s", code, body)
	}
	if code, _, _ := reader.ask("POST", claim+"/marks", url.Values{"verdict": {"right"}}); code != 403 {
		t.Errorf("a reader marks: %d", code)
	}
	if code, _ := reviewer.login("ريم", words4); code != 303 {
		t.Fatal(code)
	}
	if code, _, body := reviewer.ask("POST", claim+"/marks", url.Values{"verdict": {"right"}}); code != 303 {
		t.Errorf("a reviewer marks: %d %s", code, body)
	}
	if code, _, _ := reviewer.ask("POST", claim+"/marks", url.Values{"verdict": {"right"}}, "Sec-Fetch-Site", "cross-site"); code != 403 {
		t.Errorf("from another site: %d", code)
	}
	for m, err := range s.Store.Marks(t.Context(), store.MarkQuery{}) {
		if m.Author != "ريم" || m.At != noonText || err != nil {
			t.Errorf("%+v %v", m, err)
		}
	}
	if code, _, _ := reader.ask("POST", "/logout", url.Values{}); code != 303 {
		t.Error(code)
	}
	if code, _, _ := reader.ask("GET", "/", nil); code != 303 {
		t.Errorf("after logging out: %d", code)
	}
	if code, _, _ := reviewer.ask("GET", "/", nil); code != 200 {
		t.Errorf("another's session: %d", code)
	}
	*now = now.Add(sessionFor)
	if code, _, _ := reviewer.ask("GET", "/", nil); code != 303 {
		t.Errorf("a week later: %d", code)
	}
	notes, err := s.Store.Notes(t.Context(), 0)
	var log []string
	for _, n := range notes {
		log = append(log, strings.TrimSpace(n.Who+" "+n.What))
		if n.Address != "127.0.0.1" {
			t.Errorf("%+v", n)
		}
	}
	if got := strings.Join(log, ", "); got != "bo failed, bo failed, failed, bo login, ريم login, ريم mark, bo logout" || err != nil {
		t.Errorf("%s %v", got, err)
	}
}

// Sessions end with the user and with the password.
func TestSessionsEnd(t *testing.T) {
	s, _ := guarded(t, Access{Cert: "cert.pem"})
	v := visiting(t, s)
	if code, _ := v.login("bo", words4); code != 303 {
		t.Fatal(code)
	}
	if err := s.Store.RemoveUser(t.Context(), "bo"); err != nil {
		t.Fatal(err)
	}
	if code, _, _ := v.ask("GET", "/", nil); code != 303 {
		t.Errorf("a user that is no more: %d", code)
	}
}

// Who guesses is slowed down, whatever the name; and so is who asks too much.
func TestLimits(t *testing.T) {
	s, now := guarded(t, Access{Cert: "cert.pem"})
	v := visiting(t, s)
	for i := range triesAtOnce {
		if code, _ := v.login("bo", "guess number "+strings.Repeat("x", i)); code != 401 {
			t.Fatalf("try %d: %d", i, code)
		}
	}
	for name, password := range map[string]string{"bo": words4, "ريم": words4} {
		if code, h := v.login(name, password); code != 429 || h.Get("Retry-After") == "" {
			t.Errorf("%s after five tries: %d", name, code)
		}
	}
	*now = now.Add(15 * time.Second)
	if code, _ := v.login("bo", words4); code != 303 {
		t.Errorf("later: %d", code)
	}
	codes := map[int]int{}
	for range asksAtOnce + 50 {
		r := httptest.NewRequest("GET", "https://a.example/login", nil)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		codes[w.Code]++
	}
	if codes[200] != asksAtOnce || codes[429] != 50 {
		t.Errorf("%v", codes)
	}
}

// Where a request comes from, by the word of a proxy that is trusted and of no other.
func TestProxies(t *testing.T) {
	a := Access{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.1.0.0/16")}}
	for _, c := range []struct {
		peer, proto string
		forwarded   []string
		encrypted   bool
		want        string // "" where it is refused
	}{
		{"127.0.0.1:5", "https", []string{"192.0.2.1"}, false, "192.0.2.1"},
		{"127.0.0.1:5", "https", []string{"198.51.100.9, 192.0.2.1"}, false, "192.0.2.1"}, // the first is what the client said
		{"127.0.0.1:5", "https", []string{"192.0.2.1", "10.1.2.3"}, false, "192.0.2.1"},   // two proxies
		{"127.0.0.1:5", "https", []string{"192.0.2.1, 10.2.2.3"}, false, "10.2.2.3"},
		{"[::ffff:127.0.0.1]:5", "https", nil, false, "::ffff:127.0.0.1"},
		{"127.0.0.1:5", "http", []string{"192.0.2.1"}, false, ""},
		{"127.0.0.1:5", "", []string{"192.0.2.1"}, false, ""},
		{"192.0.2.7:5", "https", []string{"127.0.0.1"}, false, ""},
		{"192.0.2.7:5", "", []string{"127.0.0.1"}, true, "192.0.2.7"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		if c.encrypted {
			r.TLS = &tls.ConnectionState{}
		}
		got, err := a.client(r)
		if err == nil && got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%+v: %q, %v", c, got, err)
		}
	}
	// Through the whole server: not encrypted is refused, and a server for this machine takes nothing from a proxy.
	s, _ := guarded(t, a)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/login", nil))
	if w.Code != http.StatusForbidden {
		t.Errorf("not encrypted: %d", w.Code)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = "127.0.0.1:4747"
	r.Header.Set("X-Forwarded-For", "192.0.2.1")
	w = httptest.NewRecorder()
	server(t, false).ServeHTTP(w, r)
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "--trusted-proxy") {
		t.Errorf("through a proxy without users: %d %s", w.Code, w.Body)
	}
}

func TestInside(t *testing.T) {
	for to, want := range map[string]string{"/claims?a=b#c": "/claims?a=b#c", "": "/", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "/\t/evil.example": "/", "javascript:alert(1)": "/"} {
		if got := inside(to); got != want {
			t.Errorf("%q: %q", to, got)
		}
	}
}

// The problem that a program gets without a log-in is one of RFC 9457.
func TestUnauthorizedProblem(t *testing.T) {
	s, _ := guarded(t, Access{Cert: "cert.pem"})
	_, h, body := visiting(t, s).ask("GET", "/api/claims", nil)
	var p failure
	if err := json.Unmarshal([]byte(body), &p); err != nil || p.Status != 401 || !strings.HasPrefix(h.Get("Content-Type"), "application/problem+json") {
		t.Errorf("%v %s %v", err, body, h)
	}
}
