package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"isnad"
	"isnad/engine"
	"isnad/lexicon"
)

// interrupting cancels the work when it has read so many articles.
type interrupting struct {
	scripted
	left   *atomic.Int64
	cancel func()
}

func (r interrupting) Read(a isnad.Article) engine.Reading {
	if r.left.Add(-1) == 0 {
		r.cancel()
	}
	return r.scripted.Read(a)
}

// TestInterrupted breaks an ingest off in the middle and runs it again: it goes
// on from the last whole batch, and the store holds what an unbroken run puts
// there.
func TestInterrupted(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	var rows strings.Builder
	const articles = 400
	for i := range articles {
		fmt.Fprintf(&rows, `{"id":"a%d","outlet":"o","text":"PRK arms RUS says USA"}`+"\n", i)
	}
	input := filepath.Join(dir, "a.jsonl")
	if err := os.WriteFile(input, []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	ingest := func(db string, after int64) (code int, stderr string) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var out, errs bytes.Buffer
		left := &atomic.Int64{}
		left.Store(after)
		code = run(ctx, []string{"ingest", "--db", filepath.Join(dir, db), input}, environment{stdout: &out, stderr: &errs,
			newReader: func(*lexicon.Lexicon) (reader, error) { return interrupting{"", left, cancel}, nil }})
		return code, errs.String()
	}
	claims := func(db string) string {
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"claims", "--db", filepath.Join(dir, db)}, environment{stdout: &out, stderr: &errs}); code != exitDone {
			t.Fatalf("claims: exit code %d: %s", code, errs.String())
		}
		return out.String()
	}
	code, stderr := ingest("broken.db", 300)
	if code != exitFailed || !strings.Contains(stderr, "the same command goes on from there") {
		t.Errorf("exit code %d, stderr %q", code, stderr)
	}
	if n := strings.Count(claims("broken.db"), "\n"); n == 0 || n%batchArticles != 0 || n >= 300 {
		t.Errorf("%d claims are kept; want whole batches of %d, under 300", n, batchArticles)
	}
	code, stderr = ingest("broken.db", 0)
	if code != exitDone || strings.Contains(stderr, " 400 articles") || !strings.Contains(stderr, "more were in the store already") {
		t.Errorf("run again: exit code %d, stderr %q", code, stderr)
	}
	if code, stderr := ingest("whole.db", 0); code != exitDone {
		t.Errorf("unbroken: exit code %d, stderr %q", code, stderr)
	}
	if claims("broken.db") != claims("whole.db") {
		t.Error("a broken and an unbroken run put other claims")
	}
}
