package serve

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/api"
	"isnad/internal/review"
	"isnad/internal/store"
)

// errForbidden refuses what a reader may not do.
var errForbidden = errors.New("this takes a reviewer")

// viewer is who asks: the person of this machine, or a user who has logged in.
type viewer struct {
	Name  string // under which marks are made, "" for nobody
	Marks bool   // may mark claims
	User  bool   // has logged in, and so may log out
}

func (s *Server) viewer(r *http.Request) viewer {
	v := visitOf(r.Context())
	if v == nil {
		return viewer{Name: s.Author, Marks: s.Author != ""}
	}
	return viewer{Name: v.user.Name, Marks: v.user.Role == store.ReviewerRole, User: v.user.Name != ""}
}

// reviewPages are the pages on which claims are marked.
func (s *Server) reviewPages() {
	s.mux.Handle("GET /review", s.page(s.reviews))
	operation[reviewAsked, Reviews](s, api.Op{Path: "/api/review", ID: "review", Tag: "claims", Summary: "Marks of claims",
		About: "What people found of claims: right, wrong or changed, with author and time, the last made first; and the rule by which marks count."}, s.reviews)
	s.mux.HandleFunc("POST /claims/{id}/marks", s.mark)
	s.mux.HandleFunc("GET /claims/{id}/marks", func(w http.ResponseWriter, r *http.Request) { // a form's address asked for anew
		http.Redirect(w, r, claimLink(r.PathValue("id")), http.StatusSeeOther)
	})
}

// formBytes bounds a form that is sent.
const formBytes = 64 << 10

// mark keeps the mark that a form says and leads back to the claim. A form that
// is wrong comes back as it was filled in, with what is wrong about it.
func (s *Server) mark(w http.ResponseWriter, r *http.Request) {
	req := s.request(w, r)
	r.Body = http.MaxBytesReader(w, r.Body, formBytes)
	err := r.ParseForm()
	if err != nil {
		err = fmt.Errorf("form: %w: %v", store.ErrInvalid, err)
	}
	var c isnad.Claim
	if err == nil && !req.viewer.Marks {
		err = errForbidden
	}
	if err == nil {
		c, _, err = s.Store.Claim(r.Context(), req.id)
	}
	if err != nil {
		s.failed(w, r, req, err)
		return
	}
	n := namer{req.Lang, s.Lexicon}
	f := n.form(c, req.viewer.Name)
	m := f.fill(r.PostForm, c)
	m.Author, m.At = req.viewer.Name, stamp(s.now())
	err = s.book.Check(m, c)
	if err == nil {
		err = s.keep(r, m)
	}
	var p review.Problem
	switch {
	case errors.As(err, &p):
		f.Problem = strings.TrimSpace(say(req.Lang, "problem."+p.Kind) + " " + p.Value)
		req.filled, req.id = f, c.ID
		a, err := s.claim(req)
		if err != nil {
			s.failed(w, r, req, err)
			return
		}
		s.render(w, r, req, http.StatusUnprocessableEntity, a)
	case err != nil:
		s.failed(w, r, req, err)
	default:
		http.Redirect(w, r, claimLink(c.ID)+"#review", http.StatusSeeOther)
	}
}

// fill takes what was filled in and says the mark that it means.
func (f *markForm) fill(values map[string][]string, c isnad.Claim) store.Mark {
	get := func(name string) string {
		if v := values[name]; len(v) > 0 {
			return strings.Join(strings.Fields(v[0]), " ")
		}
		return ""
	}
	f.Verdict, f.Reason = get("verdict"), get("reason")
	m := store.Mark{Claim: c, Verdict: store.Verdict(f.Verdict), Reason: f.Reason}
	if m.Verdict == store.Changed && c.Kind == isnad.KindEvent {
		f.Type, f.Stance, f.Factuality = get("type"), get("stance"), get("factuality")
		f.Actor, f.Recipient, f.Speaker = get("actor"), get("recipient"), get("speaker")
		m.Change = &store.Coding{Type: isnad.Type(f.Type), Actor: review.Codes(f.Actor), Recipient: review.Codes(f.Recipient), Speaker: review.Codes(f.Speaker),
			Stance: isnad.Stance(f.Stance), Factuality: isnad.Factuality(f.Factuality)}
	}
	return m
}

// keep keeps a mark, notes it in the log, and has the ledger take it up where the
// rule makes it matter and nothing else was waiting.
func (s *Server) keep(r *http.Request, m store.Mark) error {
	ctx := r.Context()
	waiting, err := s.Store.Unlinked(ctx)
	if err != nil {
		return err
	}
	if m, err = s.Store.Mark(ctx, m); err != nil {
		return err
	}
	if err := s.note(r, m.Author, "mark", string(m.Verdict)+" "+m.Claim.ID); err != nil {
		return err
	}
	if now, err := s.Store.Unlinked(ctx); err != nil || now == 0 || waiting > 0 || s.Ledger == nil {
		return err
	}
	_, err = s.Store.Link(ctx, s.Ledger)
	return err
}

// reviewPage lists marks.
type reviewPage struct {
	Findings []finding
	Rule     store.Rule
	Verdicts []store.Verdict
	Next     string // number of the mark that the next page comes after, "" where this is the last
	First    bool   // whether there is a page before
}

// Reviews is the same as data.
type Reviews struct {
	Marks []store.Mark `json:"marks"`
	Rule  store.Rule   `json:"rule"` // by which marks count in the ledger
	Next  string       `json:"next"` // for before, empty on the last page
}

// reviewAsked are the parameters of a list of marks.
type reviewAsked struct {
	Verdict []string `query:"verdict" doc:"right, wrong, changed."`
	Author  string   `query:"author" doc:"Who made it."`
	Article string   `query:"article" doc:"Of claims of this article, by its id."`
	Claim   string   `query:"claim" doc:"Of this claim, by its id."`
	Last    string   `query:"last" doc:"yes: each claim's last only."`
	Before  int64    `query:"before" minimum:"1" doc:"Marks made before this one, by its number: the next of the page before."`
	Limit   int      `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"At most so many."`
}

const marksOnAPage = 50

// reviews answers with the marks, the last made first: verdict, author, article,
// claim and last=yes ask for some; before is where the page before ended.
func (s *Server) reviews(r *request) (answer, error) {
	limit := r.limit(marksOnAPage)
	q := store.MarkQuery{Verdict: lower[store.Verdict](r.params, "verdict"), Author: r.text("author"), Article: r.text("article"), Claim: r.text("claim"), Last: r.text("last") == "yes", Newest: true, Limit: limit + 1}
	if b := r.text("before"); b != "" {
		n, err := strconv.ParseInt(b, 10, 64)
		if err != nil || n < 1 {
			return answer{}, fmt.Errorf("before %q: %w: it is the number of a mark", b, store.ErrInvalid)
		}
		q.Before = n
	}
	if r.err != nil {
		return answer{}, r.err
	}
	rule, err := s.Store.Rule(r)
	if err != nil {
		return answer{}, err
	}
	p := reviewPage{Rule: rule, Verdicts: store.Verdicts}
	data := Reviews{Marks: []store.Mark{}, Rule: rule}
	n := namer{r.Lang, s.Lexicon}
	for m, err := range s.Store.Marks(r, q) {
		if err != nil {
			return answer{}, err
		}
		if len(data.Marks) == limit {
			data.Next = strconv.FormatInt(data.Marks[limit-1].Seq, 10)
			break
		}
		data.Marks = append(data.Marks, m)
		p.Findings = append(p.Findings, n.finding(m))
	}
	p.Next, p.First = data.Next, q.Before > 0
	return answer{template: "review", title: say(r.Lang, "review.title"), data: p, json: data}, nil
}
