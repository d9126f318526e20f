package api

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"isnad"
	"isnad/internal/store"
	"isnad/internal/tabular"
)

// ArticleFilter is what articles are asked by.
type ArticleFilter struct {
	Outlet   []string       `query:"outlet,explode" doc:"Who printed it, as it is written; repeat the name for several."`
	Language isnad.Lang     `query:"language" doc:"Main language of the text, ISO 639-1: ar or en."`
	Type     []isnad.Type   `query:"type" doc:"With a claim of such a type; one claim must have type and stance."`
	Stance   []isnad.Stance `query:"stance" doc:"With a claim of such a stance."`
	Text     string         `query:"text" doc:"Words of title and text, in any spelling that folds alike; in double quotes for a phrase."`
	Span
	Order
	Paging
}

// Article is an article as a list shows it, without its text.
type Article struct {
	ID        string     `json:"id"`
	URL       string     `json:"url"`       // where it was printed, may be empty
	Outlet    string     `json:"outlet"`    // who printed it
	Title     string     `json:"title"`     // headline
	Byline    string     `json:"byline"`    // author line
	Published string     `json:"published"` // ISO 8601 with as much as is known
	Lang      isnad.Lang `json:"lang"`      // main language of the text
	Version   int        `json:"version"`   // 1 is the oldest
	Claims    int        `json:"claims"`    // how many were read in this version
}

// NewArticle is an article of a list.
func NewArticle(v store.Version) Article {
	return Article{v.ID, v.URL, v.Outlet, v.Title, v.Byline, v.Published, v.Lang, v.Number, v.Claims}
}

// Articles is a page of articles.
type Articles struct {
	Articles []Article `json:"articles"`
	Next     string    `json:"next"` // cursor of the next page, empty on the last
}

// OneArticle is a version of an article with what was read in it.
type OneArticle struct {
	Article  isnad.Article `json:"article"`
	Version  int           `json:"version"`  // 1 is the oldest
	Versions []Version     `json:"versions"` // all that are kept, oldest first
	Claims   []isnad.Claim `json:"claims"`   // of this version, title first, in order of trigger
}

// Version is a version of an article, without its text.
type Version struct {
	Version int    `json:"version"` // 1 is the oldest
	ID      string `json:"id"`      // of the article in this version
	Known   string `json:"known"`   // since when it could be known, RFC 3339 in UTC
	SHA256  string `json:"sha256"`  // of the text's bytes, hexadecimal
	Reader  string `json:"reader"`  // who read it
	Claims  int    `json:"claims"`  // how many were read in it
}

var articleSheet = tabular.Sheet[Article]{
	Columns: []string{"id", "url", "outlet", "title", "byline", "published", "lang", "version", "claims"},
	Cells: func(a Article) []string {
		return []string{a.ID, a.URL, a.Outlet, a.Title, a.Byline, a.Published, string(a.Lang), strconv.Itoa(a.Version), strconv.Itoa(a.Claims)}
	},
}

func (a *API) articles() {
	add[Articles](a, list[ArticleFilter, Article]{
		Op: Op{Path: "/api/articles", ID: "articles", Tag: "articles", Summary: "Articles",
			About: "Articles in their latest version, or in that of as-of, without their texts."},
		name: "articles", sheet: articleSheet,
		next: func(x Article) string {
			return store.AfterArticle(isnad.Article{ID: x.ID, Published: x.Published}).String()
		},
		rows: func(ctx context.Context, f *ArticleFilter, limit int) (iter.Seq2[Article, error], error) {
			q, err := f.query(limit)
			if err != nil {
				return nil, err
			}
			return mapped(a.Store.Articles(ctx, q), NewArticle), nil
		},
	})
	about := "One version of an article with its text, what was read in it, and the list of its versions. Offsets of claims are code points of exactly this title and text."
	Get(a, Op{Path: "/api/articles/{id}", ID: "article", Tag: "articles", Summary: "An article with its claims", About: about},
		func(ctx context.Context, in *struct {
			ID      string `path:"id" doc:"Id of the article."`
			Version Number `query:"version" minimum:"1" doc:"Another version than the latest, by its number."`
		}) (OneArticle, error) {
			return a.article(ctx, in.ID, in.Version)
		})
	Get(a, Op{Path: "/api/article", ID: "article-by-id", Tag: "articles", Summary: "An article whose id no path can hold", About: about},
		func(ctx context.Context, in *struct {
			ID      string `query:"id" required:"true" doc:"Id of the article, whatever letters it has."`
			Version Number `query:"version" minimum:"1" doc:"Another version than the latest, by its number."`
		}) (OneArticle, error) {
			return a.article(ctx, in.ID, in.Version)
		})
}

func (f *ArticleFilter) query(limit int) (store.ArticleQuery, error) {
	q := store.ArticleQuery{Outlet: f.Outlet, Lang: f.Language, Type: upper(f.Type), Stance: lower(f.Stance), Since: f.Since, Until: f.Until, AsOf: f.AsOf, Text: f.Text, Limit: limit}
	var err error
	if q.Newest, err = f.newest(); err != nil {
		return q, err
	}
	if q.After, err = store.ParseCursor(f.After); err != nil {
		return q, err
	}
	return q, q.Check()
}

// article is a version of an article: the latest that carries the id, unless
// another is asked for.
func (a *API) article(ctx context.Context, id string, number Number) (OneArticle, error) {
	vs, err := a.Store.Versions(ctx, id)
	if err != nil {
		return OneArticle{}, err
	}
	out := OneArticle{Versions: []Version{}, Claims: []isnad.Claim{}}
	var v store.Version
	for _, o := range vs {
		out.Versions = append(out.Versions, Version{o.Number, o.ID, o.Known, o.SHA256, o.Reader, o.Claims})
		if number.Given && o.Number == number.N {
			v = o
		}
	}
	if number.Given && v.ID == "" {
		return OneArticle{}, fmt.Errorf("version %d of article %q: %w", number.N, id, store.ErrNotFound)
	}
	if !number.Given {
		if v, err = a.Store.Article(ctx, id); err != nil {
			return OneArticle{}, err
		}
	}
	claims, err := a.Store.ClaimsOf(ctx, v.Digest)
	out.Article, out.Version, out.Claims = v.Article, v.Number, append(out.Claims, claims...)
	return out, err
}

// mapped yields rows as something else.
func mapped[S, T any](rows iter.Seq2[S, error], f func(S) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for x, err := range rows {
			var y T
			if err == nil {
				y = f(x)
			}
			if !yield(y, err) {
				return
			}
		}
	}
}
