package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"isnad/internal/orth"
	"isnad/internal/store/sqlite"
	"isnad/lexicon"
)

// TestServed starts the commands that serve, asks each for a page, and ends it
// as an interrupt does.
func TestServed(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	db := filepath.Join(t.TempDir(), "isnad.db")
	s, err := sqlite.Open(t.Context(), db, sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"demo", "--addr", "127.0.0.1:0"}, "composed for the demonstration"},
		{[]string{"--db", db, "serve", "--addr", "127.0.0.1:0"}, "The store is empty"},
	} {
		ctx, stop := context.WithCancel(t.Context())
		out, in := io.Pipe()
		var diagnostics bytes.Buffer
		env := environment{stdin: strings.NewReader(""), stdout: in, stderr: &diagnostics, newReader: func(*lexicon.Lexicon) (reader, error) { return scripted(""), nil }}
		code := make(chan int, 1)
		go func() { code <- run(ctx, c.args, env); in.Close() }()
		lines := bufio.NewScanner(out)
		if !lines.Scan() {
			stop()
			t.Fatalf("%v says nothing: %s", c.args, diagnostics.String())
		}
		address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(lines.Text())
		res, err := http.Get(address)
		if err != nil {
			stop()
			t.Fatalf("%v: %q: %v", c.args, lines.Text(), err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		http.DefaultClient.CloseIdleConnections()
		if res.StatusCode != 200 || !strings.Contains(string(body), c.want) {
			t.Errorf("%v: %d\n%s", c.args, res.StatusCode, body)
		}
		stop()
		if got := <-code; got != exitDone {
			t.Errorf("%v ends with %d: %s", c.args, got, diagnostics.String())
		}
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
