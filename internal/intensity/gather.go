package intensity

import (
	"context"
	"iter"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/store"
)

// Source is what a store tells of a time. Implemented by store.Store.
type Source interface {
	Articles(ctx context.Context, q store.ArticleQuery) iter.Seq2[store.Version, error]
	Claims(ctx context.Context, q store.Query) iter.Seq2[isnad.Claim, error]
}

// Gather brings together what was known at the end of a day ("" for now): the
// happenings of the events given, which are the ledger's of that time, and the
// readable articles by day, language and outlet.
func Gather(ctx context.Context, s Source, asOf string, events iter.Seq2[isnad.Event, error]) (escalation.Known, error) {
	k := escalation.Known{Volume: escalation.Volume{}, Outlets: map[string]map[int]int{}, Day: isnad.Day(asOf)}
	lang := map[string]isnad.Lang{}
	for v, err := range s.Articles(ctx, store.ArticleQuery{AsOf: asOf}) {
		if err != nil {
			return k, err
		}
		lang[v.ID] = v.Lang
		day := isnad.Day(v.Published)
		if v.Sentences == 0 || day == 0 {
			continue
		}
		k.Volume.Add(day, v.Lang, 1)
		if k.Outlets[v.Outlet] == nil {
			k.Outlets[v.Outlet] = map[int]int{}
		}
		k.Outlets[v.Outlet][day]++
	}
	claims := map[string]isnad.Claim{}
	for c, err := range s.Claims(ctx, store.Query{Kind: isnad.KindEvent, AsOf: asOf}) {
		if err != nil {
			return k, err
		}
		claims[c.ID] = isnad.Claim{Actor: c.Actor, Recipient: c.Recipient} // all that Digest asks for
	}
	for e, err := range events {
		if err != nil {
			return k, err
		}
		own := make([]isnad.Claim, 0, len(e.Claims))
		for _, c := range e.Claims {
			if c, ok := claims[c.ID]; ok {
				own = append(own, c)
			}
		}
		k.Happenings = append(k.Happenings, escalation.Digest(e, own, func(article string) isnad.Lang { return lang[article] }))
	}
	return k, nil
}
