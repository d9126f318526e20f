package sqlite

import "isnad/internal/store"

// after asks for what comes after a place in the order that order makes. Dates
// that are missing stand before all others, as SQLite sorts them. An article is
// in the results in one version only, so that date and id tell its place.
func after(w *where, c store.Cursor, newest bool) {
	if c == (store.Cursor{}) {
		return
	}
	from, _ := seconds(c.Published)
	var cond string
	var args []any
	switch {
	case from == nil && newest:
		cond, args = "v.published_from IS NULL AND v.id < ?", []any{c.Article}
	case from == nil:
		cond, args = "v.published_from IS NOT NULL OR v.id > ?", []any{c.Article}
	case newest:
		cond, args = "(v.published_from, v.id) < (?, ?) OR v.published_from IS NULL", []any{*from, c.Article}
	default:
		cond, args = "(v.published_from, v.id) > (?, ?)", []any{*from, c.Article}
	}
	if c.Claim == "" {
		w.add("("+cond+")", args...)
		return
	}
	// Within the article of the claim its later claims are left, either way.
	field := 1
	if c.Field == "title" {
		field = 0
	}
	w.add("(("+cond+") OR v.id = ? AND (c.field, c.start, c.id) > (?, ?, ?))", append(args, c.Article, field, c.Start, c.Claim)...)
}
