package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"isnad/internal/feed"
	"isnad/internal/fetch"
	"isnad/internal/store"
)

type feedsCmd struct {
	Add    feedsAddCmd    `cmd:"" help:"Add a feed."`
	List   feedsListCmd   `cmd:"" help:"List the feeds and how they do."`
	Remove feedsRemoveCmd `cmd:"" help:"Forget feeds; their articles stay."`
	Import feedsImportCmd `cmd:"" help:"Add the feeds of an OPML file."`
	Export feedsExportCmd `cmd:"" help:"Write the feeds as OPML."`
}

type feedsAddCmd struct {
	URLs      []string `arg:"" name:"url" help:"Addresses of RSS, Atom, JSON Feed, a news sitemap or an index of them, or of a site's front page, whose feeds are looked for."`
	Outlet    string   `help:"Outlet of articles that do not name theirs (default: the feed's title)."`
	Find      bool     `help:"Look for feeds on these pages, whatever their addresses."`
	AllowHost []string `placeholder:"HOST:PORT" help:"Address in a private network that may be fetched from."`
}

func (feedsAddCmd) Help() string {
	return `An address with a path is kept as it is; nothing is asked yet. A front page
(https://host/) is asked for the feeds that it names; where it names none, the
sitemaps of robots.txt and the usual places are tried.

Examples:
  isnad feeds add https://example.org/rss.xml --outlet example
  isnad feeds add https://example.org/           finds its feeds
  isnad feeds add --find https://example.org/world/`
}

func (c *feedsAddCmd) Run(e *environment) error {
	for _, u := range c.URLs {
		if !isAddress(u) {
			return usagef("feed %s: write its address, https://…", u)
		}
	}
	return e.withStore(true, func(s store.Store) error {
		var feeds []store.Feed
		var some error
		client := fetch.NewClient(fetch.Options{AllowHosts: c.AllowHost})
		for _, u := range c.URLs {
			if c.Find || frontPage(u) {
				found, err := findFeeds(e.ctx, client, u)
				if err != nil {
					if e.ctx.Err() != nil {
						return err
					}
					e.warn("%v", err)
					some = errSome
				}
				for _, f := range found {
					e.warn("found %s", f)
					feeds = append(feeds, store.Feed{URL: f, Outlet: c.Outlet})
				}
				continue
			}
			feeds = append(feeds, store.Feed{URL: u, Outlet: c.Outlet})
		}
		return firstError(e.addFeeds(s, feeds), some)
	})
}

// addFeeds keeps those that are not there yet.
func (e *environment) addFeeds(s store.Store, feeds []store.Feed) error {
	have, err := s.Feeds(e.ctx)
	if err != nil {
		return err
	}
	added := 0
	for _, f := range feeds {
		if !isAddress(f.URL) {
			e.warn("feed %s: no address of the web; left out", f.URL)
			continue
		}
		if slices.ContainsFunc(have, func(h store.Feed) bool { return h.URL == f.URL || h.Moved == f.URL }) {
			continue
		}
		if err := s.PutFeed(e.ctx, f); err != nil {
			return err
		}
		added++
	}
	if !e.flags.Quiet {
		e.warn(`%s added; "isnad ingest --watch" takes what is new`, count(added, "feed"))
	}
	return nil
}

type feedsListCmd struct {
	Format string `enum:"auto,table,jsonl" default:"auto" help:"table or jsonl. Default: table on a terminal, else jsonl."`
}

func (feedsListCmd) Help() string {
	return `A feed is new (not asked yet), good, quiet (it answers, and had nothing new for two
days), failed (it does not answer; the error is shown) or gone.`
}

func (c *feedsListCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		feeds, err := s.Feeds(e.ctx)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(e.stdout)
		for _, f := range feeds {
			state := feed.State(f, time.Now())
			if c.Format == "jsonl" || c.Format == "auto" && !terminal(e.stdout) {
				if err := json.NewEncoder(out).Encode(struct {
					State string `json:"state"`
					store.Feed
				}{state, f}); err != nil {
					return err
				}
				continue
			}
			day := func(t string) string { return strings.TrimSuffix(strings.Replace(t, "T", " ", 1), "Z") }
			fmt.Fprintf(out, "%-6s  %-19s  %5d  %s  %s\n", state, day(f.Changed), f.Articles, f.Outlet, f.URL)
			if f.Error != "" {
				fmt.Fprintf(out, "        %s\n", f.Error)
			}
		}
		return out.Flush()
	})
}

type feedsRemoveCmd struct {
	URLs []string `arg:"" name:"url" help:"Addresses as \"isnad feeds list\" shows them."`
}

func (c *feedsRemoveCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		for _, u := range c.URLs {
			if err := s.RemoveFeed(e.ctx, u); err != nil {
				return err
			}
		}
		return nil
	})
}

type feedsImportCmd struct {
	File string `arg:"" help:"An OPML file; - for standard input."`
}

// opmlBytes bounds an OPML file.
const opmlBytes = 16 << 20

func (c *feedsImportCmd) Run(e *environment) error {
	in := e.stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("import feeds: %w", err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, opmlBytes))
	if err != nil {
		return fmt.Errorf("import feeds: %w", err)
	}
	feeds, err := feed.ReadOPML(data)
	if err != nil {
		return fmt.Errorf("import feeds from %s: %w", c.File, err)
	}
	return e.withStore(true, func(s store.Store) error { return e.addFeeds(s, feeds) })
}

type feedsExportCmd struct{}

func (c *feedsExportCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		feeds, err := s.Feeds(e.ctx)
		if err != nil {
			return err
		}
		return feed.WriteOPML(e.stdout, feeds)
	})
}
