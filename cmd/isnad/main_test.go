package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"isnad"
	"isnad/engine"
	"isnad/lexicon"
)

// TestMain runs the scripts of testdata/script with two programs: isnad as it
// is, and scripted, the same with a reader whose claims follow from the text in
// a way that a script can count on.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"isnad": main, "scripted": scriptedMain})
}

func TestScripts(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/rows", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, `{"id":"net","text":"PRK arms RUS"}`) })
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Paper</title><item><title>One</title><link>/rows</link><source url="https://agency.example/">Agency</source><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate></item><item><link>/none</link></item></channel></rss>`)
	})
	mux.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("ISNAD_DB", env.WorkDir+"/data/isnad.db")
			env.Setenv("HOST", strings.TrimPrefix(server.URL, "http://"))
			return writeBytes(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "blocked": blocked},
	})
}

// writeBytes writes the inputs that a script cannot hold: a picture, a zip and
// the half of it.
func writeBytes(dir string) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("a.jsonl")
	if err != nil {
		return err
	}
	fmt.Fprintln(w, `{"id":"zip","text":"PRK arms RUS"}`)
	if err := z.Close(); err != nil {
		return err
	}
	for name, data := range map[string][]byte{
		"picture.txt": []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"), "whole.zip": b.Bytes(), "cut.zip": b.Bytes()[:b.Len()/2], "empty.txt": nil,
		"latin.txt":     []byte("Moscow denied that it had sent weapons to caf\xe9 owners in North Korea in October.\n"),
		"invalid.jsonl": []byte("{\"id\":\"utf8\",\"text\":\"\xff\xfe\"}\n{\"id\":\"after\",\"text\":\"PRK arms RUS\"}\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// blocked makes a store one that can't be written to, for the superuser too: a
// folder stands where its journal would be made.
func blocked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: blocked store")
	}
	path := ts.MkAbs(args[0])
	os.Remove(path + "-wal")
	ts.Check(os.Mkdir(path+"-wal", 0o755))
}

// exits runs a program and wants its exit code: exits 2 isnad claims --dyad X.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program args…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s; want %s", got, args[0])
	}
}

func scriptedMain() {
	env := environment{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, newReader: func(*lexicon.Lexicon) (reader, error) {
		return scripted(os.Getenv("SCRIPTED_VERSION")), nil
	}}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], env))
}

// scripted reads each line of a text as a sentence, and one that looks like
// "PRK arms RUS says USA" as AID PRK→RUS by USA; "denies" for "says" is a
// denial. "panics" breaks it, "slowly" takes a second, "wrong" points outside
// the text. Its value is the version in its name.
type scripted string

func (s scripted) Name() string { return "scripted-" + string(s) }

func (s scripted) Read(a isnad.Article) (r engine.Reading) {
	at := 0
	for line := range strings.Lines(a.Text) {
		n := len([]rune(line))
		span := isnad.Span{Start: at, End: at + len([]rune(strings.TrimRight(line, "\n")))}
		r.Sentences = append(r.Sentences, engine.Sentence{Field: "text", Span: span})
		if w := strings.Fields(line); len(w) >= 3 && w[1] == "arms" {
			start := at + len([]rune(line[:strings.Index(line, "arms")]))
			c := isnad.Claim{Kind: isnad.KindEvent, Article: a.ID, Outlet: a.Outlet, Published: a.Published, Field: "text", Sentence: span,
				Type: "AID", Actor: []isnad.Actor{{Code: isnad.Code(w[0]), Role: "GOV"}}, Recipient: []isnad.Actor{{Code: isnad.Code(w[2]), Role: "GOV"}},
				Stance: isnad.Narrates, Factuality: isnad.Actual, Trigger: isnad.Trigger{Span: isnad.Span{Start: start, End: start + 4}, Text: "arms"},
				Confidence: 0.5, Reader: s.Name(), Rules: []string{"states:" + w[0], "rule:scripted", "cues:none"}}
			if len(w) >= 5 {
				c.Speaker = []isnad.Actor{{Code: isnad.Code(w[4]), Role: "GOV"}}
				c.Stance, c.Confidence = isnad.States, 0.9
				if w[3] == "denies" {
					c.Stance, c.Denies = isnad.Denies, isnad.DeniesEvent
				}
				cue := at + strings.Index(line, w[3])
				c.Chain = []isnad.Voice{{Speaker: c.Speaker, Stance: c.Stance, Cue: isnad.Span{Start: cue, End: cue + len(w[3])}}}
			}
			sum := sha256.Sum256(fmt.Append(nil, a.ID, start, c.Stance))
			c.ID = hex.EncodeToString(sum[:6])
			r.Claims = append(r.Claims, c)
		}
		at += n
	}
	switch {
	case strings.Contains(a.Text, "panics"):
		panic("scripted")
	case strings.Contains(a.Text, "slowly"):
		time.Sleep(time.Second)
	case strings.Contains(a.Text, "wrong") && len(r.Claims) > 0:
		r.Claims[0].Trigger.End = 1 << 20
	}
	return r
}
