package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"isnad"
)

// Cursor is a place in the order of results. A query with one answers with what
// comes after it, so that a reader can go on from page to page while articles
// are added: unlike an offset, nothing is then shown twice or left out. It holds
// what results are ordered by, and so outlives the row that it was made from.
type Cursor struct {
	Published string `json:"p"` // of the article
	Article   string `json:"a"` // its id
	Field     string `json:"f,omitempty"`
	Start     int    `json:"s,omitempty"` // of the claim's trigger
	Claim     string `json:"c,omitempty"`
}

// AfterArticle is the place right after an article.
func AfterArticle(a isnad.Article) Cursor { return Cursor{Published: a.Published, Article: a.ID} }

// AfterClaim is the place right after a claim.
func AfterClaim(c isnad.Claim) Cursor {
	return Cursor{Published: c.Published, Article: c.Article, Field: c.Field, Start: c.Trigger.Start, Claim: c.ID}
}

// AfterEvent is the place right after an event, whose id stands where a claim's does.
func AfterEvent(e isnad.Event) Cursor {
	return Cursor{Published: e.Claims[0].Published, Article: e.Claims[0].Article, Claim: e.ID}
}

// String writes the cursor in letters that can stand in a URL, "" for none.
func (c Cursor) String() string {
	if c == (Cursor{}) {
		return ""
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and a number
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ParseCursor reads what String wrote.
func ParseCursor(s string) (c Cursor, err error) {
	if s == "" {
		return c, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Article == "" {
		return Cursor{}, fmt.Errorf("cursor %q: %w: take it from a page of results, or leave it out for the first", s, ErrInvalid)
	}
	return c, nil
}
