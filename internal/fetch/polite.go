package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// Client fetches what programs ask for: one request to a host at a time, with a
// pause between two, as the site's robots.txt wants it. A host that is busy is
// left alone for as long as it says. It is safe for use by many goroutines.
type Client struct {
	o    Options
	http *http.Client

	mu    sync.Mutex
	hosts map[string]*host
}

// host is what is known of one host and port. Who holds turn may ask it.
type host struct {
	turn   chan struct{} // holds one token
	next   time.Time     // no request before
	robots *robotstxt.Group
	asked  time.Time // when robots.txt was; zero for never
	failed error     // why robots.txt could not be had
}

const (
	robotsFor   = 24 * time.Hour // RFC 9309, 2.4: no longer without asking again
	robotsRetry = time.Hour      // where it could not be had
	maxPause    = 30 * time.Second
	robotsBytes = 512 << 10 // RFC 9309, 2.5: at least 500 KiB
)

// NewClient makes a client.
func NewClient(o Options) *Client {
	o = o.filled()
	return &Client{o: o, http: o.client(), hosts: map[string]*host{}}
}

// Get asks for an address that a person named: a feed. robots.txt is not asked,
// because it speaks to programs that find addresses themselves (RFC 9309, 1).
func (c *Client) Get(ctx context.Context, r Request) (Response, error) { return c.take(ctx, r, false) }

// Follow asks for an address that was found in a feed or page.
func (c *Client) Follow(ctx context.Context, r Request) (Response, error) {
	return c.take(ctx, r, true)
}

func (c *Client) take(ctx context.Context, r Request, robots bool) (Response, error) {
	u, err := url.Parse(r.URL)
	if err != nil || !fetchable(u) {
		return c.o.get(ctx, c.http, r) // which says what is wrong with it
	}
	h := c.host(u)
	select {
	case <-h.turn:
	case <-ctx.Done():
		return Response{}, ctx.Err()
	}
	defer func() { h.turn <- struct{}{} }()
	pause := c.o.Delay
	if robots {
		if err := c.allowed(ctx, h, u); err != nil {
			return Response{}, fmt.Errorf("fetch %s: %w", withoutSecrets(u), err)
		}
		if h.robots != nil {
			pause = min(max(pause, h.robots.CrawlDelay), maxPause)
		}
	}
	if err := c.wait(ctx, h); err != nil {
		return Response{}, err
	}
	got, err := c.o.get(ctx, c.http, r)
	h.next = time.Now().Add(pause)
	var busy *BusyError
	if errors.As(err, &busy) && busy.After > 0 {
		h.next = time.Now().Add(busy.After)
	}
	return got, err
}

func (c *Client) host(u *url.URL) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[u.Host]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1)}
		h.turn <- struct{}{}
		c.hosts[u.Host] = h
	}
	return h
}

// maxPatience is how long a request waits for its turn in time. A host that
// asked for longer is refused at once, and the caller comes back.
const maxPatience = time.Minute

func (c *Client) wait(ctx context.Context, h *host) error {
	d := time.Until(h.next)
	if d <= 0 {
		return nil
	}
	if d > maxPatience {
		return &BusyError{d, "it was asked before"}
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// allowed asks robots.txt, at most once a day. A file that is not there allows
// all; one that cannot be had forbids all for an hour (RFC 9309, 2.3.1).
func (c *Client) allowed(ctx context.Context, h *host, u *url.URL) error {
	if h.asked.IsZero() || h.failed != nil && time.Since(h.asked) > robotsRetry || time.Since(h.asked) > robotsFor {
		if err := c.wait(ctx, h); err != nil {
			return err
		}
		o := c.o
		o.MaxBytes, o.Timeout = robotsBytes, min(o.Timeout, 10*time.Second)
		got, err := o.get(ctx, c.http, Request{URL: u.Scheme + "://" + u.Host + "/robots.txt"})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		h.asked, h.next, h.robots, h.failed = time.Now(), time.Now().Add(c.o.Delay), nil, nil
		var refused *StatusError
		switch {
		case err == nil:
			if data, bad := robotstxt.FromBytes(got.Body); bad == nil {
				h.robots = data.FindGroup("isnad")
			}
		case errors.As(err, &refused) && refused.Code < 500, errors.Is(err, ErrGone), errors.Is(err, ErrTooLarge): // none to be heeded
		default:
			h.failed = err
		}
	}
	if h.failed != nil {
		return fmt.Errorf("its robots.txt could not be had: %w", h.failed)
	}
	if h.robots != nil && !h.robots.Test(u.EscapedPath()) {
		return fmt.Errorf("%w; read it in a browser and save the page", ErrRobots)
	}
	return nil
}
