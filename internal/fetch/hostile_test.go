package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hostile is a server that does what servers do that are broken or mean harm.
func hostile(t *testing.T) (url, host string) {
	mux := http.NewServeMux()
	stop := make(chan struct{})
	mux.HandleFunc("/hang", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-stop:
		}
	})
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			w.Write([]byte("x"))
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		chunk := bytes.Repeat([]byte("endless "), 8<<10)
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/loop?"+r.URL.RawQuery+"x", http.StatusFound)
	})
	mux.HandleFunc("/reset", func(w http.ResponseWriter, r *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it")
		c.(*net.TCPConn).SetLinger(0)
		c.Close()
	})
	mux.HandleFunc("/headers", func(w http.ResponseWriter, r *http.Request) {
		for i := range 100_000 {
			w.Header().Set(fmt.Sprintf("X-%d", i), "many")
		}
	})
	mux.Handle("/inside", http.RedirectHandler("http://169.254.169.254/latest/meta-data", http.StatusFound))
	mux.Handle("/other-port", http.RedirectHandler("http://127.0.0.1:1/", http.StatusFound))
	mux.Handle("/file", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
	mux.Handle("/secret", http.RedirectHandler("http://name:word@example.org/", http.StatusFound))
	mux.HandleFunc("/odd", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "exi")
		w.Write([]byte("x"))
	})
	bomb := bytes.Repeat([]byte{'a'}, 64<<20)
	for name, pack := range map[string]func(*bytes.Buffer){
		"gzip": func(b *bytes.Buffer) { z := gzip.NewWriter(b); z.Write(bomb); z.Close() },
		"br":   func(b *bytes.Buffer) { z := brotli.NewWriterLevel(b, 1); z.Write(bomb); z.Close() },
		"zstd": func(b *bytes.Buffer) {
			z, _ := zstd.NewWriter(b, zstd.WithEncoderConcurrency(1))
			z.Write(bomb)
			z.Close()
		},
	} {
		var b bytes.Buffer
		pack(&b)
		mux.HandleFunc("/bomb/"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", name)
			w.Write(b.Bytes())
		})
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(func() { close(stop); srv.CloseClientConnections(); srv.Close() })
	return srv.URL, strings.TrimPrefix(srv.URL, "http://")
}

// Every refusal comes in time, names what it is, and takes no memory to speak of.
func TestHostileServer(t *testing.T) {
	url, host := hostile(t)
	o := Options{AllowHosts: []string{host}, MaxBytes: 1 << 20, Timeout: 500 * time.Millisecond, Delay: time.Millisecond}
	c := NewClient(o)
	for _, x := range []struct {
		path string
		want error
		say  string
	}{
		{"/hang", nil, "network"}, {"/drip", context.DeadlineExceeded, ""}, {"/endless", ErrTooLarge, "1 MiB"}, {"/loop", nil, "ten times"}, {"/reset", nil, "try again"}, {"/headers", nil, "network"},
		{"/inside", ErrPrivate, "--allow-host"}, {"/other-port", ErrPrivate, "--allow-host"}, {"/file", ErrAddress, "file:///"}, {"/secret", ErrAddress, "example.org"},
		{"/odd", ErrPacked, "exi"}, {"/bomb/gzip", ErrTooLarge, ""}, {"/bomb/br", ErrTooLarge, ""}, {"/bomb/zstd", ErrTooLarge, ""},
	} {
		t.Run(x.path[1:], func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			started := time.Now()
			_, err := c.Get(t.Context(), Request{URL: url + x.path})
			runtime.ReadMemStats(&after)
			if err == nil || x.want != nil && !errors.Is(err, x.want) || !strings.Contains(err.Error(), x.say) || strings.Contains(err.Error(), "word") {
				t.Errorf("error %v", err)
			}
			if d := time.Since(started); d > 3*time.Second {
				t.Errorf("took %s", d)
			}
			if grown := int64(after.TotalAlloc - before.TotalAlloc); grown > 48<<20 {
				t.Errorf("took %d MB", grown>>20)
			}
		})
	}
	if _, err := c.Get(t.Context(), Request{URL: "http://name:word@example.org/"}); !errors.Is(err, ErrAddress) || strings.Contains(err.Error(), "word@") {
		t.Errorf("credentials in an address: %v", err)
	}
}

// A name that resolves inwards is refused at the connection, whatever it said
// when it was looked up before.
func TestNameThatResolvesInwards(t *testing.T) {
	url, _ := hostile(t)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	for _, name := range []string{"localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"} {
		if _, err := Page(t.Context(), "http://"+name+":"+port+"/", Options{Timeout: time.Second}); err == nil {
			t.Errorf("%s was fetched", name)
		}
	}
}
