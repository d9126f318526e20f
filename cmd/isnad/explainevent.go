package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad"
	"isnad/internal/tabular"
)

// explainEvent prints an event: its status and what brought it, the tree of who
// had it from whom, who says otherwise, contested values and links. sentence
// gives the words of a claim.
func explainEvent(out io.Writer, x isnad.Event, sentence func(isnad.EventClaim) string) error {
	w := bufio.NewWriter(out)
	line := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%-11s %s\n", name, strings.TrimSpace(fmt.Sprintf(format, args...)))
	}
	fmt.Fprintf(w, "%s · %s · %s\n\n", headline(x), x.Status, sources(x))
	line("event", "%s", x.ID)
	line("status", "%s since %s, by claim %s", x.Status, x.StatusSince, x.StatusClaim)
	if x.When.From != "" {
		line("when", "%s to %s, to the %s", x.When.From, x.When.To, x.When.Precision)
	}
	for _, p := range x.Places {
		line("place", "%s %s", p.Name, p.State)
	}
	fmt.Fprintf(w, "\nwho has it from whom:\n")
	tree(w, x, sentence)
	if len(x.Contested) > 0 {
		fmt.Fprintf(w, "\ncontested:\n")
		for _, c := range x.Contested {
			fmt.Fprintf(w, "  %s\n", c.What)
			for _, v := range c.Values {
				who := codeList(v.Speaker)
				if who == "" {
					who = "the article"
				}
				revises := ""
				if v.Revises {
					revises = ", after another figure"
				}
				if v.TakenBack != "" {
					revises += ", taken back by claim " + v.TakenBack
				}
				fmt.Fprintf(w, "    %-12s %s  (%s%s; claim %s)\n", who, tabular.Value(v), v.Published, revises, v.Claim)
			}
		}
	}
	for _, l := range x.Links {
		line("\n"+string(l.Kind), "%s", l.Event)
	}
	return w.Flush()
}

// tree prints the origins, below each the articles that have it from there, and
// below each article the claims, those who deny last.
func tree(w io.Writer, x isnad.Event, sentence func(isnad.EventClaim) string) {
	under := map[string][]isnad.EventClaim{}
	for _, c := range x.Claims {
		under[c.Origin] = append(under[c.Origin], c)
	}
	origins := make([]string, 0, len(under))
	for o := range under {
		origins = append(origins, o)
	}
	// The origin of most claims first, the unknown one last.
	slices.SortFunc(origins, func(a, b string) int {
		if (a == "") != (b == "") {
			return cmp.Compare(b, a)
		}
		return cmp.Or(cmp.Compare(len(under[b]), len(under[a])), cmp.Compare(a, b))
	})
	for _, o := range origins {
		name := o
		if name == "" {
			name = "(origin unknown)"
		}
		fmt.Fprintf(w, "  %s\n", name)
		article := ""
		for _, c := range under[o] {
			if c.Article != article {
				article = c.Article
				how := "credits it"
				switch {
				case c.CopyOf != "":
					how = "has words of " + c.CopyOf
				case o == "":
					how = "credits nobody"
				case o == c.Outlet:
					how = "its own report"
				}
				fmt.Fprintf(w, "    └ %s %s (%s) %s\n", c.Outlet, c.Published, how, cmp.Or(c.URL, c.Article))
			}
			who := codeList(c.Speaker)
			if who != "" {
				who += " "
			}
			link := ""
			if c.Link != "" {
				link = fmt.Sprintf(" (%s %s)", c.Link, c.Of)
			}
			fmt.Fprintf(w, "        %s  %s%s%s: %s\n", c.ID, who, c.Stance, link, sentence(c))
		}
	}
}
