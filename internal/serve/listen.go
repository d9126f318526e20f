package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"isnad/internal/api"
)

// ErrNotLoopback refuses an address that others could reach where nothing encrypts.
var ErrNotLoopback = errors.New("not an address of this machine alone")

// drain is how long requests under way may take once the server is told to end.
const drain = 5 * time.Second

// Listen takes an address for the server, e.g. "127.0.0.1:4747"; port 0 takes a free
// one. One that others can reach takes a certificate or a trusted proxy.
func Listen(addr string, a Access) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("serve on %q: %w (%v); write host and port, as 127.0.0.1:4747", addr, ErrNotLoopback, err)
	}
	if strings.EqualFold(host, "localhost") {
		host = "127.0.0.1" // whatever the machine's tables say
	}
	ip, err := netip.ParseAddr(host)
	if local := err == nil && ip.IsLoopback(); !local && !a.Encrypted() {
		return nil, fmt.Errorf("serve on %s: %w; write 127.0.0.1:PORT or [::1]:PORT, or encrypt with --tls-cert and --tls-key, or stand behind a proxy that does, named with --trusted-proxy", addr, ErrNotLoopback)
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("serve on %s: %w; another isnad may be running: open http://%s, or name another port with --addr 127.0.0.1:0", addr, err, addr)
	}
	if err != nil {
		return nil, fmt.Errorf("serve on %s: %w", addr, err)
	}
	return l, nil
}

// Serve answers requests until the context ends, then lets those under way
// finish for a few seconds.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    1 << 16,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	warm := make(chan struct{})
	go func() { defer close(warm); s.warm(ctx) }()
	defer func() {
		select {
		case <-warm:
		case <-time.After(drain):
		}
	}()
	ended := make(chan error, 1)
	go func() {
		if s.Access != nil && s.Access.Cert != "" {
			ended <- srv.ServeTLS(l, s.Access.Cert, s.Access.Key)
			return
		}
		ended <- srv.Serve(l)
	}()
	select {
	case err := <-ended:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := srv.Shutdown(wait)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	<-ended
	return err
}

// warm works out what pages take from the whole store, so that their first reader
// waits less. What fails is told to the one who asks for it.
func (s *Server) warm(ctx context.Context) {
	for _, lang := range interfaceLangs {
		if _, err := s.today(&request{Context: ctx, settings: settings{Lang: lang}, params: &params{}}); err != nil {
			return
		}
	}
	_, _, _ = s.gathered(ctx)
	_, _ = s.sourcesOf(ctx, "")
	_, _ = s.recordsWithin(ctx, api.Bounds{})
}
