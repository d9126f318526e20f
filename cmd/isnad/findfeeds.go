package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"isnad/internal/feed"
	"isnad/internal/fetch"
)

// errNoFeed is wrapped where a site has no feed that can be found.
var errNoFeed = errors.New("no feed found")

// mostFeeds bounds how many of the feeds that a page names are taken.
const mostFeeds = 10

// frontPage says that an address is a site's, without a path.
func frontPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// findFeeds looks for the feeds of a page: the page may be one, name some, or stand
// on a site that has them where its robots.txt says, or where most have them. What
// is found was asked, and is one.
func findFeeds(ctx context.Context, client *fetch.Client, address string) ([]string, error) {
	front, err := client.Get(ctx, fetch.Request{URL: address})
	if err != nil {
		return nil, err
	}
	if isFeed(front) {
		return []string{address}, nil
	}
	try := func(candidates []string, most int) (found []string, err error) {
		for _, u := range candidates {
			got, err := client.Follow(ctx, fetch.Request{URL: u})
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err == nil && isFeed(got) && !slices.Contains(found, got.URL) {
				found = append(found, got.URL)
			}
			if len(found) == most {
				break
			}
		}
		return found, nil
	}
	named := feed.Links(front.Body, front.URL)
	found, err := try(named[:min(len(named), mostFeeds)], mostFeeds)
	if err != nil || len(found) > 0 {
		return found, err
	}
	base, err := url.Parse(front.URL)
	if err != nil {
		return nil, err
	}
	at := func(path string) string { return (&url.URL{Scheme: base.Scheme, Host: base.Host, Path: path}).String() }
	var further []string
	if robots, err := client.Get(ctx, fetch.Request{URL: at("/robots.txt")}); err == nil {
		further = feed.Sitemaps(robots.Body, robots.URL)
	}
	for _, path := range feed.CommonPaths {
		further = append(further, at(path))
	}
	if found, err = try(further, 1); err == nil && len(found) == 0 {
		err = fmt.Errorf("%s: %w: it names none, and none stands where they usually do; give a feed's own address", address, errNoFeed)
	}
	return found, err
}

// isFeed says that an answer is a feed that has something, or an index of such.
func isFeed(got fetch.Response) bool {
	f, err := feed.Parse(got.Body, got.URL)
	return err == nil && len(f.Entries)+len(f.Sitemaps) > 0
}
