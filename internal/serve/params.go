package serve

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// params reads the query of an address. Its names are those of the command
// line's flags; a list is given by commas or by repeating the name.
type params struct {
	values url.Values
	err    error // the first that was wrong
}

func (p *params) text(name string) string { return strings.TrimSpace(p.values.Get(name)) }

func (p *params) list(name string) (out []string) {
	for _, v := range p.values[name] {
		for w := range strings.SplitSeq(v, ",") {
			if w = strings.TrimSpace(w); w != "" {
				out = append(out, w)
			}
		}
	}
	return out
}

// upper reads a list of codes or types, which may be written small.
func upper[T ~string](p *params, name string) (out []T) {
	for _, w := range p.list(name) {
		out = append(out, T(strings.ToUpper(w)))
	}
	return out
}

func lower[T ~string](p *params, name string) (out []T) {
	for _, w := range p.list(name) {
		out = append(out, T(strings.ToLower(w)))
	}
	return out
}

func (p *params) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// limit is the number of results on a page: as asked for, at most 500.
func (p *params) limit(otherwise int) int {
	s := p.text("limit")
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 500 {
		p.fail(fmt.Errorf("limit %q: %w: write a number from 1 to 500, and go on with the cursor after", s, store.ErrInvalid))
	}
	return n
}

func (p *params) after() store.Cursor {
	c, err := store.ParseCursor(p.text("after"))
	if err != nil {
		p.fail(err)
	}
	return c
}

// oldest says whether results are asked for in the order of publication.
func (p *params) oldest() bool { return p.text("order") == "oldest" }

// articleQuery is the question for a list of articles. The articles' language
// is called language: lang is the interface's.
func (p *params) articleQuery() (store.ArticleQuery, error) {
	q := store.ArticleQuery{
		Outlet: p.outlets(), Lang: isnad.Lang(p.text("language")), Since: p.text("since"), Until: p.text("until"), AsOf: p.text("as-of"), Text: p.text("text"),
		Type: upper[isnad.Type](p, "type"), Stance: lower[isnad.Stance](p, "stance"),
		Newest: !p.oldest(), Limit: p.limit(20), After: p.after(),
	}
	if p.err != nil {
		return q, p.err
	}
	return q, q.Check()
}

// outlets are names as they are: they may hold commas.
func (p *params) outlets() []string {
	return slices.DeleteFunc(slices.Clone(p.values["outlet"]), func(s string) bool { return s == "" })
}

// claimQuery is the question for a list of claims.
func (p *params) claimQuery() (store.Query, error) {
	q := store.Query{
		Kind: p.text("kind"), Actor: upper[isnad.Code](p, "actor"), Recipient: upper[isnad.Code](p, "recipient"), Speaker: upper[isnad.Code](p, "speaker"),
		Type: upper[isnad.Type](p, "type"), Stance: lower[isnad.Stance](p, "stance"), Factuality: lower[isnad.Factuality](p, "factuality"),
		Article: p.text("article"), Outlet: p.outlets(), Since: p.text("since"), Until: p.text("until"), AsOf: p.text("as-of"), Text: p.text("text"),
		Newest: !p.oldest(), Limit: p.limit(50), After: p.after(),
	}
	if s := p.text("dyad"); s != "" {
		d, err := store.ParseDyad(s)
		if err != nil {
			p.fail(err)
		}
		q.Dyad = d
	}
	if s := p.text("min-confidence"); s != "" {
		c, err := strconv.ParseFloat(s, 64)
		if err != nil {
			p.fail(fmt.Errorf("min-confidence %q: %w: write a number from 0 to 1", s, store.ErrInvalid))
		}
		q.MinConfidence = c
	}
	if !slices.Contains([]string{"", isnad.KindEvent, isnad.KindAssessment}, q.Kind) {
		p.fail(fmt.Errorf("kind %q: %w: write %s or %s", q.Kind, store.ErrInvalid, isnad.KindEvent, isnad.KindAssessment))
	}
	if p.err != nil {
		return q, p.err
	}
	return q, q.Check()
}
