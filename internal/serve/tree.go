package serve

import (
	"cmp"
	"slices"
	"strings"

	"isnad"
)

// originView is where articles have an event from, and the articles below it.
type originView struct {
	ID       string
	Name     quote // as its outlet is called, "" where it is unknown
	State    string
	Owned    bool // by its state
	Articles []*reportView
}

// reportView is one article in the tree, with those that have its words.
type reportView struct {
	Outlet, Published string
	Link              string
	How               string // words: own report, credits it, has words of …
	Claims            []claimView
	Copies            []*reportView
}

// tree is who has it from whom: origins, below each the articles that have it
// from there, below an article those that have its words. The origin of most
// articles comes first, the unknown one last.
func (n namer) tree(e isnad.Event, said map[string]*saidView) []originView {
	at := map[string]int{}
	reports := map[string]*reportView{}
	var out []originView
	var order []isnad.EventClaim // the first of each article
	for _, c := range e.Claims {
		r := reports[c.Article]
		if r == nil {
			r = &reportView{Outlet: c.Outlet, Published: c.Published, Link: articleLink(c.Article), How: say(n.lang, "tree."+how(c))}
			reports[c.Article] = r
			order = append(order, c)
		}
		r.Claims = append(r.Claims, said[c.ID].Claims...)
	}
	for _, c := range order {
		if from := reports[c.CopyOf]; from != nil && !below(reports[c.Article], from) {
			from.Copies = append(from.Copies, reports[c.Article])
			continue
		}
		i, there := at[c.Origin]
		if !there {
			i = len(out)
			at[c.Origin] = i
			out = append(out, n.origin(c.Origin))
		}
		out[i].Articles = append(out[i].Articles, reports[c.Article])
	}
	slices.SortStableFunc(out, func(a, b originView) int {
		if (a.ID == "") != (b.ID == "") {
			return cmp.Compare(b.ID, a.ID)
		}
		return cmp.Compare(len(b.Articles), len(a.Articles))
	})
	return out
}

// below says that a report stands under another already.
func below(top, r *reportView) bool {
	return top == r || slices.ContainsFunc(top.Copies, func(c *reportView) bool { return below(c, r) })
}

// how says in one word how an article has what it tells.
func how(c isnad.EventClaim) string {
	switch {
	case c.CopyOf != "":
		return "words"
	case c.Origin == "":
		return "nobody"
	case c.Origin == c.Outlet:
		return "own"
	}
	return "credits"
}

// origin names an origin: an outlet that the lexicon knows by its id, several
// of them, or an outlet under the name that its articles give it.
func (n namer) origin(id string) originView {
	out := originView{ID: id}
	if id == "" {
		return out
	}
	table := n.lex.Table("outlets")
	if row, ok := table.Row(id); ok {
		out.Owned = row.Get("state_owned") == "yes"
		if code := row.Get("code"); code != "" {
			out.State = n.state(isnad.Code(code))
		}
		out.Name = quoted(id, "")
		if names := row.List("names_" + string(n.lang)); len(names) > 0 {
			out.Name = quoted(names[0], n.lang)
		}
		return out
	}
	names := strings.Split(id, "+")
	for i, part := range names {
		row, ok := table.Row(part)
		if !ok { // a name that holds a plus
			out.Name = quoted(id, "")
			return out
		}
		if forms := row.List("names_" + string(n.lang)); len(forms) > 0 {
			names[i] = forms[0]
		}
	}
	out.Name = quoted(strings.Join(names, " + "), n.lang)
	return out
}
