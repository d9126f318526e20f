package serve

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"golang.org/x/text/language"

	"isnad"
)

// settings are how one reader wants the pages. They are kept in cookies and
// changed by ?lang= and ?theme= on any page, so that they work without scripts.
type settings struct {
	Lang  isnad.Lang
	Theme string // "auto" follows the system
}

var themes = []string{"auto", "light", "dark"}

// settingsOf reads the settings of a request: what its address asks for, what
// was chosen before, what the browser prefers.
func settingsOf(w http.ResponseWriter, r *http.Request) settings {
	tags, _, _ := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	_, i, _ := language.NewMatcher([]language.Tag{language.English, language.Arabic}).Match(tags...)
	return settings{
		Lang:  isnad.Lang(setting(w, r, "lang", []string{"en", "ar"}, string(interfaceLangs[i]))),
		Theme: setting(w, r, "theme", themes, "auto"),
	}
}

func setting(w http.ResponseWriter, r *http.Request, name string, known []string, otherwise string) string {
	if v := r.URL.Query().Get(name); slices.Contains(known, v) {
		http.SetCookie(w, &http.Cookie{Name: "isnad_" + name, Value: v, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode})
		return v
	}
	if c, err := r.Cookie("isnad_" + name); err == nil && slices.Contains(known, c.Value) {
		return c.Value
	}
	return otherwise
}

// with is the address of this page with one parameter changed; "" takes it out.
func with(u *url.URL, name, value string) string {
	q := u.Query()
	q.Del("part")
	q.Set(name, value)
	if value == "" {
		q.Del(name)
	}
	out := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: q.Encode()}
	return out.String()
}
