package serve

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestOtherHosts(t *testing.T) {
	s := server(t, false)
	for host, want := range map[string]int{"127.0.0.1:4747": 200, "localhost": 200, "LOCALHOST:1": 200, "[::1]:4747": 200, "evil.example": 403, "evil.example:4747": 403, "127.0.0.1.evil.example": 403, "10.0.0.1": 403, "": 403} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %q: %d; want %d", host, w.Code, want)
		}
	}
}

func TestListen(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "10.1.2.3:0", "example.org:80", "[::]:0", "127.0.0.1"} {
		if l, err := Listen(addr, Access{}); !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%s: %v, %v", addr, l, err)
		}
	}
	l, err := Listen("localhost:0", Access{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := Listen(l.Addr().String(), Access{}); err == nil || !strings.Contains(err.Error(), "--addr 127.0.0.1:0") {
		t.Errorf("an address in use: %v", err)
	}
}

// A request under way when the server is told to end gets its answer.
func TestGracefulEnd(t *testing.T) {
	s := server(t, false, story()...)
	arrived, goOn := make(chan bool), make(chan bool)
	s.mux.HandleFunc("GET /slow", func(w http.ResponseWriter, _ *http.Request) { close(arrived); <-goOn; _, _ = io.WriteString(w, "done") })
	l, err := Listen("127.0.0.1:0", Access{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	answer := make(chan string, 1)
	go func() {
		defer http.DefaultClient.CloseIdleConnections()
		res, err := http.Get("http://" + l.Addr().String() + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		answer <- string(b)
	}()
	<-arrived
	stop()
	time.Sleep(20 * time.Millisecond)
	close(goOn)
	if got := <-answer; got != "done" {
		t.Errorf("answer %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
