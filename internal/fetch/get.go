package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// Request asks for an address, or for what has changed there.
type Request struct {
	URL          string
	ETag         string // of the answer that is known, "" for none
	LastModified string // likewise
}

// Response is the answer to a Request.
type Response struct {
	Fetched
	NotModified  bool // nothing but At is set
	ETag         string
	LastModified string
	Moved        string // where the address has moved for good, "" where it has not
}

// StatusError is an answer that is no page. It is one of the refusals (ErrStatus).
type StatusError struct {
	Code   int // e.g. 404
	Status string
}

func (e *StatusError) Error() string        { return ErrStatus.Error() + ": " + e.Status }
func (e *StatusError) Is(target error) bool { return target == ErrStatus }

// BusyError says that a server wants to be left alone for a while (429, 503).
type BusyError struct {
	After  time.Duration // as it said, 0 where it did not
	Status string
}

func (e *BusyError) Error() string {
	if e.After > 0 {
		return fmt.Sprintf("the server is busy (%s) and asks to wait for %s", e.Status, e.After.Round(time.Second))
	}
	return "the server is busy (" + e.Status + ")"
}

// Is makes a BusyError one of the refusals.
func (e *BusyError) Is(target error) bool { return target == ErrStatus }

// maxRedirects is how many redirects are followed. Browsers stop at 20.
const maxRedirects = 10

// client is an HTTP client that judges every address it connects to.
func (o Options) client() *http.Client {
	transport := &http.Transport{DialContext: o.dial, DisableKeepAlives: true, DisableCompression: true, TLSHandshakeTimeout: 10 * time.Second,
		ResponseHeaderTimeout: o.Timeout, MaxResponseHeaderBytes: 1 << 20}
	return &http.Client{Transport: transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) >= maxRedirects {
			return errors.New("redirected ten times")
		}
		if !fetchable(req.URL) {
			return fmt.Errorf("%w: redirected to %s", ErrAddress, withoutSecrets(req.URL))
		}
		return nil
	}}
}

// fetchable says that an address is one of the web without a name and password.
func fetchable(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}

// withoutSecrets is an address as it may stand in a log: no user, no query.
func withoutSecrets(u *url.URL) string {
	v := *u
	v.User, v.RawQuery, v.Fragment = nil, "", ""
	return v.String()
}

// get asks for one address.
func (o Options) get(ctx context.Context, client *http.Client, r Request) (Response, error) {
	shown := r.URL
	fail := func(err error, remedy string) (Response, error) {
		return Response{}, fmt.Errorf("fetch %s: %w; %s", shown, err, remedy)
	}
	u, err := url.Parse(r.URL)
	if err == nil && u.User != nil {
		shown = withoutSecrets(u)
		return fail(ErrAddress, "an address with a name and password is not fetched, so that they stand in no record")
	}
	if err != nil || !fetchable(u) {
		return fail(ErrAddress, "write it as https://host/page")
	}
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return fail(err, "check the address")
	}
	for name, value := range map[string]string{"User-Agent": userAgent, "Accept-Language": "ar,en;q=0.8", "Accept-Encoding": "gzip, br, zstd",
		"Accept": "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.8", "If-None-Match": r.ETag, "If-Modified-Since": r.LastModified} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	moved, permanent := "", true
	following := *client
	following.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		if code := next.Response.StatusCode; code != http.StatusMovedPermanently && code != http.StatusPermanentRedirect {
			permanent = false
		}
		if permanent {
			moved = next.URL.String()
		}
		return client.CheckRedirect(next, via)
	}
	resp, err := following.Do(req)
	switch {
	case errors.Is(err, ErrPrivate):
		return fail(ErrPrivate, "allow it with --allow-host HOST:PORT if it is meant")
	case err != nil:
		var ue *url.Error
		if errors.As(err, &ue) {
			err = ue.Err
		}
		return fail(err, "check the address and the network")
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified:
		return Response{Fetched: Fetched{URL: resp.Request.URL.String(), At: time.Now()}, NotModified: true, ETag: r.ETag, LastModified: r.LastModified, Moved: moved}, nil
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		return fail(&BusyError{retryAfter(resp.Header.Get("Retry-After"), time.Now()), resp.Status}, "try again later")
	case code == http.StatusGone:
		return fail(ErrGone, "the site says that it won't come back")
	case code != http.StatusOK:
		return fail(&StatusError{code, resp.Status}, "open it in a browser, save the page and read the file")
	}
	unpacked, err := unpack(resp.Header.Get("Content-Encoding"), resp.Body)
	if err != nil {
		return fail(err, "try again")
	}
	body, err := io.ReadAll(io.LimitReader(unpacked, o.MaxBytes+1))
	if err != nil {
		return fail(err, "try again")
	}
	if int64(len(body)) > o.MaxBytes {
		return fail(fmt.Errorf("%w: over %d MiB", ErrTooLarge, o.MaxBytes>>20), "save it and read the file")
	}
	return Response{Fetched{resp.Request.URL.String(), resp.Header.Get("Content-Type"), body, time.Now()}, false, resp.Header.Get("ETag"), resp.Header.Get("Last-Modified"), moved}, nil
}

// unpack reads a body as it was before it was packed for the way. The limit on
// bytes is laid on what comes out: a small body that unpacks without end ends there.
func unpack(encoding string, body io.Reader) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(body)
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrPacked, err)
		}
		return z, nil
	case "br":
		return brotli.NewReader(body), nil
	case "zstd":
		z, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrPacked, err)
		}
		return z.IOReadCloser(), nil
	}
	return nil, fmt.Errorf("%w: %q", ErrPacked, encoding)
}

// maxRetryAfter is the longest that a server may make us wait.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads seconds or a date (RFC 9110, 10.2.3), 0 where it is neither.
func retryAfter(s string, now time.Time) time.Duration {
	var d time.Duration
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
		d = time.Duration(min(n, 1<<20)) * time.Second
	} else if t, err := http.ParseTime(s); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}
