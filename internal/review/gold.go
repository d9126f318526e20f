package review

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"isnad"
	"isnad/internal/store"
)

// Source is what a gold set is made of. Implemented by store.Store.
type Source interface {
	store.Reviews
	Article(ctx context.Context, id string) (store.Version, error)
	ClaimsOf(ctx context.Context, digest string) ([]isnad.Claim, error)
}

// Tally says what a gold set holds and what was left out of it.
type Tally struct {
	Articles, Sentences, Claims int
	LeftOut                     map[string]int // marks, by reason
}

// Why a mark is not in the gold set.
const (
	notText    = "marks of titles and assessments, which are not scored"
	oldVersion = "marks of articles that have another version now, or none"
	unmarked   = "marks in sentences with a claim that nobody has marked"
	unfit      = "marks in sentences with a claim that breaks the guide as it was read"
)

// Gold writes the last marks as a gold set: articles with their sentences, and a
// row for each sentence with its claims, as the annotation guide's scorer reads
// them. A sentence is listed only if every claim that is read from it was marked:
// a claim that nobody has looked at would count as wrong. What is right stands
// as it was read, what was changed as it should be, what is wrong is left out.
//
// Such a set measures precision. Claims that no reader found are not in it, so
// that the recall it gives is an upper bound.
func Gold(ctx context.Context, s Source, b Book, q store.MarkQuery, articles, gold io.Writer) (Tally, error) {
	t := Tally{LeftOut: map[string]int{}}
	q.Last = true
	byArticle := map[string][]store.Mark{}
	for m, err := range s.Marks(ctx, q) {
		if err != nil {
			return t, err
		}
		if m.Claim.Field != "text" || m.Claim.Kind != isnad.KindEvent {
			t.LeftOut[notText]++
			continue
		}
		byArticle[m.Claim.Article] = append(byArticle[m.Claim.Article], m)
	}
	for _, id := range slices.Sorted(maps.Keys(byArticle)) {
		v, err := s.Article(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			t.LeftOut[oldVersion] += len(byArticle[id])
			continue
		} else if err != nil {
			return t, err
		}
		read, err := s.ClaimsOf(ctx, v.Digest)
		if err != nil {
			return t, err
		}
		if err := t.article(b, v, read, byArticle[id], articles, gold); err != nil {
			return t, err
		}
	}
	return t, nil
}

// sentence is a row of an articles file, with the marks in it.
type sentence struct {
	I int `json:"i"`
	isnad.Span
	marks []store.Mark
}

// claimRow is a claim of a gold row.
type claimRow struct {
	store.Coding
	Denies  isnad.Denied `json:"denies,omitempty"`
	Trigger string       `json:"trigger"`
}

// article writes the rows of one article.
func (t *Tally) article(b Book, v store.Version, read []isnad.Claim, marks []store.Mark, articles, gold io.Writer) error {
	at := map[isnad.Span]*sentence{}
	marked := map[string]bool{}
	for _, m := range marks {
		if m.Version != v.Digest {
			t.LeftOut[oldVersion]++
			continue
		}
		marked[m.Claim.ID] = true
		if at[m.Claim.Sentence] == nil {
			at[m.Claim.Sentence] = &sentence{Span: m.Claim.Sentence}
		}
		at[m.Claim.Sentence].marks = append(at[m.Claim.Sentence].marks, m)
	}
	open := func(s *sentence) bool {
		return slices.ContainsFunc(read, func(c isnad.Claim) bool {
			return c.Field == "text" && c.Kind == isnad.KindEvent && !marked[c.ID] && c.Sentence.Start < s.End && s.Start < c.Sentence.End
		})
	}
	order := slices.SortedFunc(maps.Values(at), func(a, b *sentence) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var listed []*sentence
	var rows [][]claimRow
	for _, s := range order {
		claims, err := b.claims(s.marks)
		switch {
		case open(s) || len(listed) > 0 && listed[len(listed)-1].End > s.Start: // cut otherwise by another reader
			t.LeftOut[unmarked] += len(s.marks)
			continue
		case err != nil:
			t.LeftOut[unfit] += len(s.marks)
			continue
		}
		s.I = len(listed)
		listed, rows = append(listed, s), append(rows, claims)
	}
	if len(listed) == 0 {
		return nil
	}
	if err := line(articles, map[string]any{"id": v.ID, "url": v.URL, "outlet": v.Outlet, "title": v.Title, "byline": v.Byline, "published": v.Published,
		"lang": v.Lang, "text": v.Text, "sentences": listed}); err != nil {
		return err
	}
	t.Articles++
	for i, claims := range rows {
		t.Sentences++
		t.Claims += len(claims)
		if err := line(gold, map[string]any{"id": v.ID, "i": i, "claims": claims}); err != nil {
			return err
		}
	}
	return nil
}

// claims are the claims that marks leave standing, each once, in the order of the text.
func (b Book) claims(marks []store.Mark) ([]claimRow, error) {
	out := []claimRow{}
	slices.SortStableFunc(marks, func(a, b store.Mark) int {
		return cmp.Or(cmp.Compare(a.Claim.Trigger.Start, b.Claim.Trigger.Start), cmp.Compare(a.Claim.ID, b.Claim.ID))
	})
	for _, m := range marks {
		if m.Verdict == store.Wrong {
			continue
		}
		r := claimRow{Coding: store.CodingOf(m.Claim), Denies: m.Claim.Denies, Trigger: m.Claim.Trigger.Text}
		if m.Change != nil {
			r.Coding = *m.Change
		}
		if r.Stance != isnad.Denies {
			r.Denies = ""
		}
		if err := b.coding(r.Coding); err != nil {
			return nil, fmt.Errorf("claim %s: %w", m.Claim.ID, err)
		}
		if !slices.ContainsFunc(out, func(o claimRow) bool {
			return o.Trigger == r.Trigger && o.Denies == r.Denies && len(o.Differences(r.Coding)) == 0
		}) {
			out = append(out, r)
		}
	}
	return out, nil
}

func line(w io.Writer, row any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(row)
}
