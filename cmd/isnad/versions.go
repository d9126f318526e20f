package main

import (
	"bufio"
	"fmt"
	"strings"

	"isnad/internal/revision"
	"isnad/internal/store"
)

type versionsCmd struct {
	ID string `arg:"" help:"Id of an article."`
}

func (versionsCmd) Help() string {
	return `An article whose text or headline changed at its address is kept in versions. Each
is shown with what changed: [-words that went-] {+words that came+}, with "…" for
what stayed the same.

Example:
  isnad versions a1b2c3d4e5f60718`
}

func (c *versionsCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		vs, err := s.Versions(e.ctx, c.ID)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(e.stdout)
		for i, v := range vs {
			fmt.Fprintf(out, "version %d  %s  %s  %s  known %s, %s\n", v.Number, v.ID, v.Published, v.URL, v.Known, count(v.Claims, "claim"))
			if i == 0 {
				continue
			}
			before := vs[i-1]
			for _, f := range []struct{ name, old, new string }{{"title", before.Title, v.Title}, {"byline", before.Byline, v.Byline}, {"text", before.Text, v.Text}} {
				if f.old != f.new {
					fmt.Fprintf(out, "  %-7s %s\n", f.name, changes(revision.Compare(f.old, f.new)))
				}
			}
		}
		return out.Flush()
	})
}

// around is how many words are shown before and after a change.
const around = 6

// changes writes what changed, with a few words of what did not.
func changes(ps []revision.Part) string {
	var b strings.Builder
	for i, p := range ps {
		w := strings.Fields(p.Text)
		switch p.Kind {
		case revision.Gone:
			fmt.Fprintf(&b, "[-%s-] ", strings.Join(w, " "))
		case revision.New:
			fmt.Fprintf(&b, "{+%s+} ", strings.Join(w, " "))
		default:
			first, last := i == 0, i == len(ps)-1
			switch {
			case len(w) <= around || !first && !last && len(w) <= 2*around:
			case first:
				w = append([]string{"…"}, w[len(w)-around:]...)
			case last:
				w = append(w[:around:around], "…")
			default:
				w = append(append(w[:around:around], "…"), w[len(w)-around:]...)
			}
			if len(w) > 0 {
				b.WriteString(strings.Join(w, " ") + " ")
			}
		}
	}
	return strings.TrimSpace(b.String())
}
