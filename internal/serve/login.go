package serve

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"isnad/internal/account"
	"isnad/internal/store"
)

// sessionCookie holds the token of a session. A name that begins so is taken by
// browsers only over https, for this host alone (RFC 6265bis, 4.1.3.2).
const sessionCookie = "__Host-isnad"

// sessionFor is how long a log-in lasts.
const sessionFor = 7 * 24 * time.Hour

// loginPages are the pages by which users come and go.
func (s *Server) loginPages() {
	s.mux.Handle("GET /login", s.page(func(r *request) (answer, error) {
		return loginPage(r, loginForm{To: r.text("to")}), nil
	}))
	s.mux.HandleFunc("POST /login", s.login)
	s.mux.HandleFunc("POST /logout", s.logout)
}

// loginForm is the form, as it was filled in but for the password.
type loginForm struct{ To, Name, Problem string }

func loginPage(r *request, f loginForm) answer {
	return answer{template: "login", title: say(r.Lang, "login.title"), data: f, json: struct{}{}}
}

// stamp is a time as the store has it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// who is the user whose session a request carries, with an empty name for nobody.
func (s *Server) who(r *http.Request) (store.User, error) {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return store.User{}, nil
	}
	_, u, err := s.Store.Session(r.Context(), account.HashToken(c.Value), stamp(s.now()))
	if errors.Is(err, store.ErrNotFound) {
		return store.User{}, nil
	}
	return u, err
}

// login begins a session. Whether the name or the password was wrong is not told,
// and takes the same time.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	req := s.request(w, r)
	r.Body = http.MaxBytesReader(w, r.Body, formBytes)
	if err := r.ParseForm(); err != nil {
		s.failed(w, r, req, fmt.Errorf("form: %w: %v", store.ErrInvalid, err))
		return
	}
	f := loginForm{To: r.PostForm.Get("to"), Name: strings.TrimSpace(r.PostForm.Get("name"))}
	again := func(status int, problem string) {
		f.Problem = problem
		s.render(w, r, req, status, loginPage(req, f))
	}
	if !s.guard.tries.Allow(remote(r), s.now()) {
		w.Header().Set("Retry-After", "60")
		again(http.StatusTooManyRequests, say(req.Lang, "login.often"))
		return
	}
	u, err := s.user(r, f.Name)
	ok := false
	if err == nil {
		ok, err = account.Verify(r.Context(), u.Hash, r.PostForm.Get("password"))
	}
	if err == nil && !ok {
		err = s.note(r, u.Name, "failed", "")
		if err == nil {
			again(http.StatusUnauthorized, say(req.Lang, "login.wrong"))
			return
		}
	}
	if err == nil {
		err = s.begin(w, r, u)
	}
	if err != nil {
		s.failed(w, r, req, err)
		return
	}
	http.Redirect(w, r, inside(f.To), http.StatusSeeOther)
}

// user looks a user up; one without a name is none. A name that nobody has is not
// kept in the log: it may be a password in the wrong field.
func (s *Server) user(r *http.Request, name string) (store.User, error) {
	all, err := s.Store.Users(r.Context())
	for _, u := range all {
		if u.Name == name {
			return u, nil
		}
	}
	return store.User{}, err
}

// begin begins a session, under a new token, whatever the browser had before.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, u store.User) error {
	token, hash := account.NewToken()
	now := s.now()
	if err := s.Store.PutSession(r.Context(), store.Session{Token: hash, User: u.Name, Created: stamp(now), Expires: stamp(now.Add(sessionFor))}); err != nil {
		return err
	}
	if err := s.note(r, u.Name, "login", ""); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: token, Path: "/", MaxAge: int(sessionFor.Seconds()), Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return nil
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(sessionCookie); err == nil {
		err := s.Store.RemoveSession(r.Context(), account.HashToken(c.Value))
		if v := visitOf(r.Context()); err == nil && v != nil {
			err = s.note(r, v.user.Name, "logout", "")
		}
		if err != nil {
			s.failed(w, r, s.request(w, r), err)
			return
		}
	}
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// note adds a line to the log.
func (s *Server) note(r *http.Request, who, what, detail string) error {
	return s.Store.Note(r.Context(), store.Note{At: stamp(s.now()), Who: who, What: what, Detail: detail, Address: remote(r)})
}

// inside is an address of this server as it was given, or the first page where it
// is none.
func inside(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}
