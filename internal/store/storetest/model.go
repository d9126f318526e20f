package storetest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"isnad"
	"isnad/internal/store"
)

// Fold is the folding that stores under test use: capitals, hamza, ta marbuta.
func Fold(s string) string {
	return strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ى", "ي", "ة", "ه").Replace(strings.ToLower(s))
}

// kept is a version as the model keeps it.
type kept struct {
	store.Reading
	digest  string
	group   int
	known   time.Time
	current bool
}

// model answers a query over readings without a store: what Query, Version and
// Claims promise, written as plainly as possible.
func model(rs []store.Reading, q store.Query) []string {
	var out []string
	all := versions(rs, q.AsOf)
	slices.SortStableFunc(all, func(a, b kept) int {
		x, _, _ := store.Interval(a.Article.Published)
		y, _, _ := store.Interval(b.Article.Published)
		order := cmp.Or(x.Compare(y), strings.Compare(a.Article.ID, b.Article.ID), strings.Compare(a.digest, b.digest))
		if q.Newest {
			order = -order
		}
		return order
	})
	for _, v := range all {
		if !v.current || !within(v.Article.Published, q.Since, q.Until) || !oneOf(v.Article.Outlet, q.Outlet) {
			continue
		}
		cs := slices.Clone(v.Claims)
		slices.SortFunc(cs, func(a, b isnad.Claim) int {
			return cmp.Or(cmp.Compare(a.Trigger.Start, b.Trigger.Start), strings.Compare(a.ID, b.ID))
		})
		for _, c := range cs {
			if matches(c, v.Article, q) {
				out = append(out, c.ID)
			}
		}
	}
	out = out[min(q.Offset, len(out)):]
	if q.Limit > 0 {
		out = out[:min(q.Limit, len(out))]
	}
	return append([]string{}, out...)
}

// versions groups readings into articles and says which version is current.
func versions(rs []store.Reading, asOf string) []kept {
	all := make([]kept, len(rs))
	for i, r := range rs {
		d, _ := store.Digest(r.Article)
		all[i] = kept{Reading: r, digest: d, group: i}
	}
	for range all { // join until nothing changes
		for i := range all {
			for j := range all {
				a, b := all[i].Article, all[j].Article
				if a.ID == b.ID || (store.Page(a.URL) != "" && store.Page(a.URL) == store.Page(b.URL)) {
					all[i].group = min(all[i].group, all[j].group)
				}
			}
		}
	}
	end := func(date string) time.Time { _, t, _ := store.Interval(date); return t }
	or := func(a, b time.Time) time.Time {
		if a.IsZero() {
			return b
		}
		return a
	}
	key := func(k kept) time.Time { return or(end(k.Article.Fetched), end(k.Article.Published)) }
	slices.SortFunc(all, func(a, b kept) int {
		return cmp.Or(cmp.Compare(a.group, b.group), key(a).Compare(key(b)), end(a.Article.Published).Compare(end(b.Article.Published)), strings.Compare(a.digest, b.digest))
	})
	last := map[int]int{}
	for i := range all {
		v := &all[i]
		v.known = key(*v)
		if i == 0 || all[i-1].group != v.group {
			v.known = or(end(v.Article.Published), end(v.Article.Fetched))
		}
		if asOf == "" || (!v.known.IsZero() && !v.known.After(end(asOf))) {
			last[v.group] = i
		}
	}
	for _, i := range last {
		all[i].current = true
	}
	return all
}

func within(published, since, until string) bool {
	from, to, ok := store.Interval(published)
	if since != "" {
		first, _, _ := store.Interval(since)
		if !ok || to.Before(first) {
			return false
		}
	}
	if until != "" {
		_, last, _ := store.Interval(until)
		if !ok || from.After(last) {
			return false
		}
	}
	return true
}

func oneOf[T comparable](v T, values []T) bool { return len(values) == 0 || slices.Contains(values, v) }

func matches(c isnad.Claim, a isnad.Article, q store.Query) bool {
	has := func(as []isnad.Actor, codes []isnad.Code) bool {
		return len(codes) == 0 || slices.ContainsFunc(as, func(a isnad.Actor) bool { return slices.Contains(codes, a.Code) })
	}
	state := func(as []isnad.Actor, code isnad.Code) bool {
		return slices.ContainsFunc(as, func(a isnad.Actor) bool { return a.Code == code && store.StateRole(a) })
	}
	d := q.Dyad
	text := " " + store.Words(Fold, a.Text) + " "
	for _, p := range store.Phrases(Fold, q.Text) {
		if !strings.Contains(text, " "+p+" ") {
			return false
		}
	}
	return (q.Kind == "" || c.Kind == q.Kind) && oneOf(c.Type, q.Type) && oneOf(c.Stance, q.Stance) && oneOf(c.Factuality, q.Factuality) &&
		has(c.Actor, q.Actor) && has(c.Recipient, q.Recipient) && has(c.Speaker, q.Speaker) && c.Confidence >= q.MinConfidence &&
		(d == store.Dyad{} || (state(c.Actor, d.From) && state(c.Recipient, d.To)) || (d.Either && state(c.Actor, d.To) && state(c.Recipient, d.From)))
}
